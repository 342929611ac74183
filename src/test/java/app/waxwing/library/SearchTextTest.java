package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchTextTest {
    private static final String LETTERS = "abcXYZ019 '`.-_&+!$/()\t";
    private static final String MARKED = LETTERS + "éÉøŁßÆſŉǅİıΑΣσςΐϹϲйЙҐ’–“•夜空";
    /// A space that is decomposed with all that stands before it.
    private static final String AS_A_WHOLE = "\u3000";

    @Test
    @DisplayName("4.14 Text of ASCII alone is folded as any other: the same words as with a space behind it that is none of ASCII's")
    void ascii() {
        var random = new Random(14);
        for (int n = 0; n < 20_000; n++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            assertThat(SearchText.words(text.toString())).as("«%s»", text).isEqualTo(SearchText.words(text + AS_A_WHOLE));
        }
        assertThat(SearchText.words("R.E.M.'s  DON'T (Live)")).isEqualTo("rems dont live");
    }

    @Test
    @DisplayName("4.14 Letters with marks are folded each by itself to what they are folded to in a whole text, whatever stands beside them")
    void marked() {
        for (int c = 0x80; c < 0x3000; c++) {
            for (String text : List.of(Character.toString(c), "a" + (char) c, (char) c + "a", "Ba" + (char) c + " b",
                    "a" + (char) c + "Σ")) {
                assertThat(SearchText.plain(text) + " ").as("%x", c).isEqualTo(SearchText.plain(text + AS_A_WHOLE));
            }
        }
        for (int c = 0x4E00; c <= 0x9FFF; c++)
            assertThat(SearchText.plain("a" + (char) c) + " ").as("%x", c).isEqualTo(SearchText.plain("a" + (char) c + AS_A_WHOLE));
        var random = new Random(15);
        for (int n = 0; n < 20_000; n++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) text.append(MARKED.charAt(random.nextInt(MARKED.length())));
            assertThat(SearchText.words(text.toString())).as("«%s»", text).isEqualTo(SearchText.words(text + AS_A_WHOLE));
        }
        assertThat(SearchText.plain("Électrique – Čistá Łąka")).isEqualTo("electrique – cista laka");
    }
}
