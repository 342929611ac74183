package app.waxwing.parts;

import app.waxwing.kit.Texts;
import java.util.function.Consumer;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// The alphabet beside a long list: a click or a drag along it jumps. The keyboard types the letter in the list instead. FX thread.
public final class LetterStrip extends Region {
    private final Consumer<String> jump;
    private String last = "";

    public LetterStrip(Consumer<String> jump) {
        this.jump = jump;
        getStyleClass().add("letter-strip");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(Texts.of("letters.name"));
        for (String letter : Initials.ALL) {
            var label = new Label(letter);
            label.getStyleClass().setAll("letter");
            label.setMouseTransparent(true);
            getChildren().add(label);
        }
        setMinWidth(22);
        setPrefWidth(22);
        setMaxWidth(22);
        setOnMousePressed(e -> {
            last = "";
            at(e.getY());
        });
        setOnMouseDragged(e -> at(e.getY()));
    }

    private void at(double y) {
        int i = Math.clamp((long) (y / getHeight() * Initials.ALL.size()), 0, Initials.ALL.size() - 1);
        String letter = Initials.ALL.get(i);
        if (letter.equals(last)) return;
        last = letter;
        jump.accept(letter);
    }

    @Override
    protected void layoutChildren() {
        double step = getHeight() / Initials.ALL.size();
        int i = 0;
        for (var child : getChildren()) {
            child.setVisible(step >= 13 || i % 2 == 0);
            child.resizeRelocate(0, i * step, getWidth(), Math.max(step, 13));
            i++;
        }
    }

    @Override
    protected double computePrefHeight(double width) {
        return 300;
    }

    @Override
    protected double computeMinHeight(double width) {
        return 100;
    }
}
