package app.waxwing.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    @DisplayName("one of a thing is not said as many")
    void one() {
        assertThat(Counts.of(1, "backup")).isEqualTo("1 backup");
        assertThat(Counts.of(0, "backup")).isEqualTo("0 backups");
        assertThat(Counts.of(2, "backup")).isEqualTo("2 backups");
        assertThat(FailureWords.sentence(new Failure.ServerBusy("Home", Optional.of(Duration.ofSeconds(1)))))
                .isEqualTo("Home is busy and asks to wait 1 second.");
        assertThat(FailureWords.sentence(new Failure.ServerBusy("Home", Optional.of(Duration.ofSeconds(120)))))
                .isEqualTo("Home is busy and asks to wait 2 minutes.");
    }
}
