package app.waxwing.parts;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One group of options: an icon and a heading, then lines of words at the left and a control at the right. FX thread.
public final class Card extends VBox {
    public Card(Icon icon, String title) {
        getStyleClass().add("settings-card");
        var head = new Label(title, Icons.of(icon, 17));
        head.getStyleClass().setAll("section-title", "settings-head");
        getChildren().add(head);
    }

    /// @param help one sentence below the words, or nothing
    public Card line(String words, String help, Node control) {
        var label = new Label(words);
        label.getStyleClass().setAll("settings-words");
        label.setWrapText(true);
        var texts = new VBox(1, label);
        if (!help.isEmpty()) {
            var under = new Label(help);
            under.getStyleClass().setAll("secondary");
            under.setWrapText(true);
            texts.getChildren().add(under);
        }
        texts.setMinWidth(140);
        HBox.setHgrow(texts, Priority.ALWAYS);
        var line = new HBox(20, texts, control);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("settings-line");
        if (control instanceof Region region) region.setMinWidth(Region.USE_PREF_SIZE);
        control.setAccessibleText(control.getAccessibleText() == null ? words : control.getAccessibleText());
        getChildren().add(line);
        return this;
    }

    public Card node(Node node) {
        getChildren().add(node);
        return this;
    }

    /// On or off.
    public static Node toggle(String name, ObservableValue<Boolean> value, Consumer<Boolean> change) {
        var button = new ToggleButton();
        button.getStyleClass().setAll("toggle-button", "switch");
        var knob = new Region();
        knob.getStyleClass().add("switch-knob");
        button.setGraphic(knob);
        button.setAccessibleText(name);
        value.subscribe(on -> button.setSelected(on));
        button.setOnAction(e -> {
            change.accept(button.isSelected());
            button.setSelected(value.getValue());
        });
        return button;
    }

    /// One of a few.
    public static <E extends Enum<E>> Node choice(List<E> all, Function<E, String> words, ObservableValue<E> value, Consumer<E> change) {
        var row = new HBox();
        row.getStyleClass().add("segments");
        Map<E, ToggleButton> buttons = new EnumMap<>(all.getFirst().getDeclaringClass());
        for (E one : all) {
            var button = new ToggleButton(words.apply(one));
            button.getStyleClass().setAll("toggle-button", "segment");
            button.setOnAction(e -> {
                change.accept(one);
                buttons.forEach((which, b) -> b.setSelected(which == value.getValue()));
            });
            buttons.put(one, button);
            row.getChildren().add(button);
        }
        value.subscribe(now -> buttons.forEach((which, b) -> b.setSelected(which == now)));
        return row;
    }

    /// A whole number with − and +.
    public static Node stepper(String name, int least, int most, ObservableValue<Integer> value, IntConsumer change) {
        var figure = new Label();
        figure.getStyleClass().setAll("stepper-figure", "figures");
        Button less = Buttons.icon(Icon.MINUS, Texts.of("settings.less", name), () -> change.accept(value.getValue() - 1));
        Button more = Buttons.icon(Icon.ADD, Texts.of("settings.more", name), () -> change.accept(value.getValue() + 1));
        value.subscribe(now -> {
            figure.setText(String.valueOf(now));
            less.setDisable(now <= least);
            more.setDisable(now >= most);
        });
        var row = new HBox(less, figure, more);
        row.setAlignment(Pos.CENTER);
        row.getStyleClass().add("stepper");
        return row;
    }

    public static Label words(String text) {
        var label = new Label(text);
        label.getStyleClass().setAll("settings-value");
        label.setMaxWidth(420);
        label.setTextOverrun(javafx.scene.control.OverrunStyle.LEADING_ELLIPSIS);
        return label;
    }
}
