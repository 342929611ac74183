package app.waxwing.parts;

import app.waxwing.kit.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;

/// Tabs as pills; Left and Right move between them. FX thread.
public final class Tabs<E extends Enum<E>> extends HBox {
    private final ObjectProperty<E> chosen;
    private final Map<E, ToggleButton> buttons;

    public Tabs(List<E> tabs, Function<E, String> words) {
        super(4);
        getStyleClass().add("tabs");
        chosen = new SimpleObjectProperty<>(tabs.getFirst());
        buttons = new EnumMap<>(tabs.getFirst().getDeclaringClass());
        setAccessibleRole(AccessibleRole.TAB_PANE);
        setAccessibleText(Texts.of("tabs.name"));
        for (E tab : tabs) {
            var button = new ToggleButton(words.apply(tab));
            button.getStyleClass().setAll("toggle-button", "tab-pill");
            button.setAccessibleRole(AccessibleRole.TAB_ITEM);
            button.setOnAction(e -> {
                chosen.set(tab);
                button.setSelected(true);
            });
            buttons.put(tab, button);
            getChildren().add(button);
        }
        chosen.subscribe(now -> buttons.forEach((tab, button) -> button.setSelected(tab == now)));
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            int step = e.getCode() == KeyCode.RIGHT ? 1 : e.getCode() == KeyCode.LEFT ? -1 : 0;
            if (step == 0 || e.isAltDown()) return;
            E next = tabs.get(Math.clamp(tabs.indexOf(chosen.get()) + (long) step, 0, tabs.size() - 1));
            chosen.set(next);
            words(next).requestFocus();
            e.consume();
        });
    }

    public ObjectProperty<E> chosen() {
        return chosen;
    }

    /// Changes a tab's words, e.g. its count.
    public void words(E tab, String words) {
        words(tab).setText(words);
    }

    private ToggleButton words(E tab) {
        return java.util.Objects.requireNonNull(buttons.get(tab));
    }
}
