package app.waxwing.kit;

import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.util.Duration;

/// Buttons as the window has them. Each has a spoken name; those with an icon alone also a tooltip.
public final class Buttons {
    private static final String TIP = "tip";

    private Buttons() {}

    /// The one main thing to do: wax red.
    public static Button primary(String label, Runnable action) {
        return styled(new Button(label), label, action, "primary");
    }

    public static Button primary(Icon icon, String label, Runnable action) {
        Button button = primary(label, action);
        button.setGraphic(Icons.of(icon));
        return button;
    }

    /// Anything else to do.
    public static Button quiet(String label, Runnable action) {
        return styled(new Button(label), label, action, "quiet");
    }

    public static Button quiet(Icon icon, String label, Runnable action) {
        Button button = quiet(label, action);
        button.setGraphic(Icons.of(icon));
        return button;
    }

    /// An icon alone, 34 × 34, without ground until hovered.
    public static Button icon(Icon icon, String name, Runnable action) {
        Button button = styled(new Button(), name, action, "icon-button");
        button.setGraphic(Icons.of(icon));
        tip(button);
        return button;
    }

    /// An icon alone on a quiet disc, 36 × 36.
    public static Button round(Icon icon, String name, Runnable action) {
        Button button = styled(new Button(), name, action, "round-button");
        button.setGraphic(Icons.of(icon));
        tip(button);
        return button;
    }

    /// An icon that is on or off.
    public static ToggleButton toggle(Icon icon, String name) {
        var button = new ToggleButton(null, Icons.of(icon));
        button.getStyleClass().setAll("toggle-button", "icon-button");
        button.setAccessibleText(name);
        tip(button);
        return button;
    }

    /// Words that lead somewhere.
    public static Hyperlink link(String label, Runnable action) {
        var link = new Hyperlink(label);
        link.getStyleClass().setAll("link");
        link.setOnAction(_ -> action.run());
        link.setAccessibleRole(AccessibleRole.HYPERLINK);
        return link;
    }

    /// Changes name and tooltip of an icon button with its state.
    public static void name(ButtonBase button, String name) {
        button.setAccessibleText(name);
        if (button.getTooltip() != null) button.getTooltip().setText(name);
        else tip(button);
    }

    /// Says the button's name where the pointer rests. Made when that first comes over it: a tooltip is a window of its own, and most are never seen.
    private static void tip(ButtonBase button) {
        if (button.getProperties().put(TIP, TIP) != null) return;
        button.addEventHandler(MouseEvent.MOUSE_ENTERED, _ -> {
            if (button.getTooltip() != null) return;
            var tip = new Tooltip(button.getAccessibleText());
            tip.setShowDelay(Duration.millis(400));
            button.setTooltip(tip);
        });
    }

    private static Button styled(Button button, String name, Runnable action, String style) {
        button.getStyleClass().setAll("button", style);
        button.setAccessibleText(name);
        button.setOnAction(_ -> action.run());
        return button;
    }
}
