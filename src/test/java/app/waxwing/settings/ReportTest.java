package app.waxwing.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Path HOME = Path.of("/home/ida.muster");
    private static final String TOKEN = "9f3b1c7d5e2a48069b8c7d6e5f4a3b2c";

    @Test
    @DisplayName("4.20 a report holds no token, password or credentials, wherever they were planted, and no user's name in a folder")
    void nothingLeaks() {
        String report = Report.of(List.of(new Diagnosis.Check("data folder", true, "/home/ida.muster/.local/share/waxwing, 5 GB free."),
                new Diagnosis.Check("music folder", false, "/Users/otto/Music: gone; C:\\Users\\Eva\\Music too; /home/karl/x."),
                new Diagnosis.Check("server Home", true,
                        "jellyfin at https://ida:S3CRET-PW@music.example/jf?api_key=" + TOKEN + " may be asked."),
                new Diagnosis.Check("settings", false, "In the settings, x takes a word, not «token=hunter2xyz»."),
                new Diagnosis.Check("log", true,
                        "Authorization: MediaBrowser9Token123456789abcdefXYZ and " + TOKEN + " and Bearer abc.def.ghi, "
                                + "password \"two words\"")),
                List.of(new Safekeeping.Deed(Instant.EPOCH, "user", "sign-in", "ida.muster at Home", "done")), HOME);
        assertThat(report).doesNotContain("muster").doesNotContain("otto").doesNotContain("Eva").doesNotContain("karl")
                .doesNotContain("S3CRET")
                .doesNotContain(TOKEN).doesNotContain("hunter2").doesNotContain("Token1234").doesNotContain("abc.def")
                .doesNotContain("two words");
        assertThat(report).contains("ok   data folder: ~/.local/share/waxwing, 5 GB free.", "LOOK music folder", "music.example",
                "sign-in");
    }

    @Test
    @DisplayName("What helps stays readable: versions, sizes, sentences, statements")
    void theRestStays() {
        String text = "Waxwing 0.1.0, Java 25.0.1+8-LTS, JavaFX 26.0.2+3, Linux amd64\nSchema 10; 142 MB; SELECT track_item_id FROM play_history_removed "
                + "WHERE deleted_at IS NOT NULL; sign-in tokens: Kept in the keyring of the system. 2026-11-27T09:15:00Z";
        assertThat(Report.clean(text, HOME)).isEqualTo(text);
    }
}
