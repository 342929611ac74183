package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The colour table alone, without a toolkit.
class TokenTest {
    private static final List<Token> GROUNDS = List.of(Token.BG, Token.SURFACE, Token.RAISED, Token.HOVER);
    private static final List<Token> WORDS = List.of(Token.TEXT, Token.MUTED, Token.WAX_TEXT, Token.TAIL_TEXT);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("every text reaches 4.5:1 on every ground, tinted or not (look: «Text reaches 4.5:1 everywhere»)")
    void textsAreReadable(boolean dark) {
        for (Token ground : GROUNDS) {
            Color plain = ground.color(dark);
            Color tinted = over(Token.TINT.color(dark), plain);
            for (Token words : WORDS) {
                assertThat(contrast(words.color(dark), plain)).as("%s on %s, dark %s", words, ground, dark).isGreaterThanOrEqualTo(4.5);
                if (ground != Token.HOVER)
                    assertThat(contrast(words.color(dark), tinted))
                            .as("%s on tinted %s, dark %s", words, ground, dark).isGreaterThanOrEqualTo(4.5);
            }
        }
        assertThat(contrast(Token.ON_WAX.color(dark), Token.WAX_FILL.color(dark))).as("primary button, dark %s", dark)
                .isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(Token.BG.color(dark), Token.TEXT.color(dark))).as("tooltip").isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void marksAndBarsReachThreeToOne(boolean dark) {
        for (Token ground : List.of(Token.BG, Token.SURFACE, Token.RAISED)) {
            for (Token mark : List.of(Token.WAX, Token.TAIL, Token.OK)) {
                assertThat(contrast(mark.color(dark), ground.color(dark))).as("%s on %s, dark %s", mark, ground, dark)
                        .isGreaterThanOrEqualTo(3.0);
            }
        }
    }

    private static Color over(Color top, Color ground) {
        double a = top.getOpacity();
        return Color.color(top.getRed() * a + ground.getRed() * (1 - a), top.getGreen() * a + ground.getGreen() * (1 - a),
                top.getBlue() * a + ground.getBlue() * (1 - a));
    }

    /// WCAG 2.2, relative luminance.
    private static double contrast(Color one, Color two) {
        double a = luminance(one);
        double b = luminance(two);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double v) {
        return v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
    }
}
