package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeNamesTest {
    @TempDir
    Path root;

    private static String title(String title) {
        return SafeNames.path("Artist", "Album", OptionalInt.empty(), OptionalInt.empty(), title, "flac")
                .substring("Artist/Album/".length());
    }

    @ParameterizedTest
    @CsvSource({"CON,_CON.flac", "con.live,_con.live.flac", "..,_.flac", "a:b,a_b.flac", "AC/DC,AC_DC.flac", "'ends. ',ends.flac",
            "'.hidden',_hidden.flac",
            "'what?',what_.flac", "'',Untitled.flac", "Lpt1 ,_Lpt1.flac"})
    @DisplayName("B.24 B.26 names that some system would refuse or take for something else")
    void examples(String from, String to) {
        assertThat(title(from)).isEqualTo(to);
    }

    @Test
    @DisplayName("2.12 disc and number lead the name")
    void numbers() {
        assertThat(SafeNames.path("A", "B", OptionalInt.of(1), OptionalInt.of(3), "T", "mp3")).isEqualTo("A/B/03 T.mp3");
        assertThat(SafeNames.path("A", "B", OptionalInt.of(2), OptionalInt.of(12), "T", "mp3")).isEqualTo("A/B/2-12 T.mp3");
        assertThat(SafeNames.extension(Optional.of("/music/x/y.M4A"), Optional.of("mov,mp4"))).isEqualTo("m4a");
        assertThat(SafeNames.extension(Optional.empty(), Optional.of("mov,mp4,m4a"))).isEqualTo("m4a");
        assertThat(SafeNames.numbered("A/B/T.mp3", 2)).isEqualTo("A/B/T (2).mp3");
    }

    @Test
    @DisplayName("B.25 names that differ in case or composition only have one key")
    void keys() {
        assertThat(SafeNames.key("AC/é.flac")).isEqualTo(SafeNames.key("ac/" + Normalizer.normalize("É", Normalizer.Form.NFD) + ".FLAC"));
    }

    @Test
    @DisplayName("B.24 B.26 5,000 seeded names stay inside the root, fit everywhere and can be written here")
    void seeded() throws Exception {
        String[] pieces = {"..", "/", "\\", "CON", ":", "\0", "\u202e", "é", "e\u0301", "😀", "\ud800", "ש", "名前", " ", ".", "~", "%2e",
                "C:", "\n", "aux.", "x".repeat(300)};
        for (long seed = 0; seed < 5000; seed++) {
            var random = new Random(seed);
            String[] text = new String[3];
            for (int i = 0; i < 3; i++) {
                var made = new StringBuilder();
                for (int n = random.nextInt(7); n > 0; n--) made.append(pieces[random.nextInt(pieces.length)]);
                text[i] = made.toString();
            }
            String path = SafeNames.path(text[0], text[1], OptionalInt.of(1), OptionalInt.of(1), text[2], "flac");
            assertThat(path.split("/")).as("seed %d", seed).hasSize(3);
            assertThat(root.resolve(path).normalize()).as("seed %d", seed).startsWithRaw(root).isEqualTo(root.resolve(path));
            assertThat(path.length()).as("seed %d: %s", seed, path).isLessThan(180);
            for (String segment : path.split("/")) {
                assertThat(segment.getBytes(StandardCharsets.UTF_8).length).as("seed %d", seed).isLessThan(215);
                assertThat(segment).as("seed %d", seed).doesNotEndWith(".").doesNotEndWith(" ").doesNotStartWith(".")
                        .doesNotContainPattern("[<>:\"\\\\|?*\\p{Cntrl}]");
            }
            if (seed % 50 == 0) {
                Files.createDirectories(root.resolve(path).getParent());
                Files.writeString(root.resolve(path), "x");
            }
        }
    }
}
