package app.waxwing.kit;

import java.util.function.DoubleConsumer;
import java.util.function.DoubleFunction;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleAction;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// A thin line with a knob: the seek bar (with its buffered part) and the volume. Its parts are placed without a layout pass, so a value that changes
/// ten times a second costs nothing else. Arrow keys, Page Up/Down, Home and End move it; its value is spoken in words.
public final class Scrubber extends Region {
    private static final double LINE = 4;
    private static final double KNOB = 12;
    private static final PseudoClass DRAGGED = PseudoClass.getPseudoClass("dragged");
    private final DoubleProperty value = new SimpleDoubleProperty();
    private final DoubleProperty ahead = new SimpleDoubleProperty();
    private final Region line = part("line");
    private final Region buffered = part("ahead");
    private final Region done = part("done");
    private final Region knob = part("knob");
    private DoubleFunction<String> words = v -> Formats.percent(v);
    private DoubleConsumer chosen = _ -> {};
    private DoubleConsumer dragging = _ -> {};
    private double step = 0.05;
    private boolean dragged;

    /// @param styleClass `seek` or `volume`
    /// @param whileDragging also tell of every place on the way, not only where it is let go
    public Scrubber(String styleClass, String name, boolean whileDragging) {
        getStyleClass().addAll("scrubber", styleClass);
        getChildren().addAll(line, buffered, done, knob);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.SLIDER);
        setAccessibleText(name);
        setMinSize(40, 18);
        setPrefHeight(18);
        setMaxHeight(18);
        value.subscribe(_ -> {
            place();
            notifyAccessibleAttributeChanged(AccessibleAttribute.VALUE);
        });
        ahead.subscribe(_ -> place());
        addEventHandler(MouseEvent.MOUSE_PRESSED, e -> drag(e, true));
        addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> {
            drag(e, true);
            if (whileDragging) chosen.accept(value.get());
        });
        addEventHandler(MouseEvent.MOUSE_RELEASED, e -> {
            drag(e, false);
            chosen.accept(value.get());
        });
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    /// 0–1. Left alone while the user drags.
    public void show(double part) {
        if (!dragged) value.set(Math.clamp(part, 0, 1));
    }

    /// 0–1: how much is buffered.
    public void showAhead(double part) {
        ahead.set(Math.clamp(part, 0, 1));
    }

    public double value() {
        return value.get();
    }

    /// Called when the user chose a place.
    public void onChosen(DoubleConsumer then) {
        chosen = then;
    }

    /// Called while the user drags, for showing the time below the knob.
    public void onDragging(DoubleConsumer then) {
        dragging = then;
    }

    /// How its value is spoken.
    public void words(DoubleFunction<String> wanted) {
        words = wanted;
    }

    /// One press of an arrow key.
    public void step(double part) {
        step = part;
    }

    private void drag(MouseEvent e, boolean on) {
        if (getWidth() <= 0) return;
        if (on) requestFocus();
        dragged = on;
        pseudoClassStateChanged(DRAGGED, on);
        value.set(Math.clamp(e.getX() / getWidth(), 0, 1));
        dragging.accept(value.get());
        e.consume();
    }

    private void key(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown()) return;
        double to = switch (e.getCode()) {
            case LEFT, DOWN -> value.get() - step;
            case RIGHT, UP -> value.get() + step;
            case PAGE_DOWN -> value.get() - 4 * step;
            case PAGE_UP -> value.get() + 4 * step;
            case HOME -> 0;
            case END -> 1;
            default -> Double.NaN;
        };
        if (Double.isNaN(to)) return;
        e.consume();
        choose(to);
    }

    private void choose(double to) {
        value.set(Math.clamp(to, 0, 1));
        chosen.accept(value.get());
    }

    private Region part(String style) {
        var part = new Region();
        part.getStyleClass().add(style);
        part.setManaged(false);
        part.setMouseTransparent(true);
        return part;
    }

    @Override
    protected void layoutChildren() {
        place();
    }

    private void place() {
        double w = getWidth();
        double y = Math.round((getHeight() - LINE) / 2);
        line.resizeRelocate(0, y, w, LINE);
        buffered.resizeRelocate(0, y, w * ahead.get(), LINE);
        done.resizeRelocate(0, y, w * value.get(), LINE);
        knob.resizeRelocate(Math.clamp(w * value.get() - KNOB / 2, 0, Math.max(0, w - KNOB)), Math.round((getHeight() - KNOB) / 2), KNOB,
                KNOB);
    }

    @Override
    public Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case VALUE -> value.get();
            case MIN_VALUE -> 0.0;
            case MAX_VALUE -> 1.0;
            case VALUE_STRING -> words.apply(value.get());
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }

    @Override
    public void executeAccessibleAction(AccessibleAction action, Object... parameters) {
        switch (action) {
            case INCREMENT, BLOCK_INCREMENT -> choose(value.get() + step);
            case DECREMENT, BLOCK_DECREMENT -> choose(value.get() - step);
            case SET_VALUE -> {
                if (parameters.length > 0 && parameters[0] instanceof Number wanted) choose(wanted.doubleValue());
            }
            default -> super.executeAccessibleAction(action, parameters);
        }
    }
}
