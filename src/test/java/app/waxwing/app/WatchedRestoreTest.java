package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.control.Commands;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchedRestoreTest {
    private static List<String> asked(boolean watched, String... words) {
        return Launcher.asked(List.of(words), Commands.grammar().parse(List.of(words)), watched);
    }

    @Test
    @DisplayName("4.16 a restore shows how far it is to who watches it on a terminal; a script and --json get the one document")
    void onATerminal() {
        assertThat(asked(true, "restore", "--", "my backup")).containsExactly("restore", "--follow", "--", "my backup");
        assertThat(asked(false, "restore", "newest")).containsExactly("restore", "newest");
        assertThat(asked(true, "restore", "newest", "--follow")).containsExactly("restore", "newest", "--follow");
        assertThat(asked(true, "backups")).containsExactly("backups");
    }
}
