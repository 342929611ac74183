package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SearchTextTest {
    private static final String LETTERS = "abcXYZ019 '`.-_&+!$/()\t";

    @Test
    @DisplayName("4.14 Text of ASCII alone is folded as any other: the same words as with a space behind it that is none of ASCII's")
    void ascii() {
        var random = new Random(14);
        for (int n = 0; n < 20_000; n++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            assertThat(SearchText.words(text.toString())).as("«%s»", text).isEqualTo(SearchText.words(text + "\u00A0"));
        }
        assertThat(SearchText.words("R.E.M.'s  DON'T (Live)")).isEqualTo("rems dont live");
    }
}
