package app.waxwing.kit;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.paint.Color;

/// The colours of Waxwing, dark and light: warm neutrals, wax red for what acts and plays, tail yellow for what is kept on this computer.
/// In the stylesheet each is `-wax-<name>`. A test holds every text on every ground at 4.5:1.
public enum Token {
    BG("#141110", "#f6f2ed"), SURFACE("#1b1715", "#fffdfa"), RAISED("#231e1b", "#ffffff"), LINE("#2f2925", "#e6ded5"),
    /// Hovered, selected, quiet buttons.
    HOVER("#2a2420", "#f0eae2"), TEXT("#f3ede7", "#241d18"), MUTED("#a79b91", "#6b5f55"),
    /// Decoration only, never words.
    FAINT("#75695f", "#a3968a"), WAX("#f0543f", "#d93f2b"), WAX_BRIGHT("#ff7a63", "#ee6a54"), TAIL("#f2bd3f", "#b97f0a"),
    /// The dot that says «connected».
    OK("#7fb069", "#4d8138"),
    /// Current row, active chip, failure box; laid over a ground.
    TINT("#f0543f1a", "#d93f2b12"),
    /// Wax where it is words.
    WAX_TEXT("#ff7a63", "#b02d1c"), TAIL_TEXT("#f2bd3f", "#855a00"),
    /// Ground of primary buttons and the label on it.
    WAX_FILL("#f0543f", "#c93522"), ON_WAX("#141110", "#ffffff"),
    /// A failure box's edge.
    WAX_EDGE("#f0543f73", "#d93f2b66"),
    /// What floats throws this.
    SHADOW("#00000073", "#462d1924"),
    /// The same of a large card ([SoftShadow]), where it is darkest.
    SHADE("#00000038", "#0000001c"),
    /// Behind a dialog.
    SCRIM("#0b0908a6", "#2f241c66");

    private final String dark;
    private final String light;

    Token(String dark, String light) {
        this.dark = dark;
        this.light = light;
    }

    public Color color(boolean inDark) {
        return Color.web(inDark ? dark : light);
    }

    /// Its name in the stylesheet.
    public String css() {
        return "-wax-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// A stylesheet that gives every token its value; the build writes it down (`TokenStyles`).
    public static String stylesheet(boolean inDark) {
        return Stream.of(values()).map(t -> t.css() + ": " + (inDark ? t.dark : t.light) + ";")
                .collect(Collectors.joining(" ", ".root { ", " }"));
    }
}
