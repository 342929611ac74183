package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RestartTest {
    @Test
    @DisplayName("4.16 after a restore the program opens again: the packaged launcher with the words it was given")
    void packaged() {
        assertThat(Restart.words(Optional.of("/opt/waxwing/bin/Waxwing"), ProcessHandle.current().info(), List.of("--data-dir", "/m")))
                .contains(List.of("/opt/waxwing/bin/Waxwing", "--data-dir", "/m"));
    }

    @Test
    @DisplayName("4.16 otherwise this very Java with all its options, so that a process like this one comes up")
    void java() {
        assertThat(Restart.words(Optional.empty(), ProcessHandle.current().info(), List.of())).hasValueSatisfying(words -> {
            assertThat(Path.of(words.getFirst())).isExecutable();
            assertThat(words).as("its options and its main class").hasSizeGreaterThan(2).anyMatch(w -> w.startsWith("-X"));
        });
    }

    @Test
    @DisplayName("nothing starts where nobody wished for it")
    void notWished() {
        // One of another test may just be ending.
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        new Restart().carryOut(List.of());
        assertThat(ProcessHandle.current().children()).isSubsetOf(before);
    }
}
