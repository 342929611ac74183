package app.waxwing.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class PartsTest {
    private static final String SENTENCE = "LibVLC is missing: install libvlc5 and vlc-plugin-base";

    @Test
    void aPresentPartLetsTheTestRun() {
        assertThatCode(() -> Parts.require(Map.of("WAXWING_REQUIRE", "vlc"), "vlc", SENTENCE, () -> true)).doesNotThrowAnyException();
    }

    @Test
    void aMissingPartSkipsWithTheSentence() {
        assertThatThrownBy(() -> Parts.require(Map.of("WAXWING_REQUIRE", "sound"), "vlc", SENTENCE, () -> false))
                .isInstanceOf(TestAbortedException.class).hasMessageContaining(SENTENCE);
        assertThatThrownBy(() -> Parts.require(Map.of(), "vlc", SENTENCE, () -> false)).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void aMissingPartThatIsRequiredFails() {
        assertThatThrownBy(() -> Parts.require(Map.of("WAXWING_REQUIRE", "sound, vlc"), "vlc", SENTENCE, () -> false))
                .isInstanceOf(AssertionFailedError.class).hasMessageContaining(SENTENCE);
    }
}
