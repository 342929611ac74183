package app.waxwing.parts;

import app.waxwing.kit.Texts;
import app.waxwing.library.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;

/// The alphabet beside a long list, and the other scripts that have rows in it: a click or a drag along it jumps, so do the arrow keys, Home, End and a
/// letter where it has the keyboard. Letters without rows are faint; there it goes to the next that has some. FX thread.
final class LetterStrip extends Region {
    static final double WIDTH = 22;
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass NONE = PseudoClass.getPseudoClass("none");
    private static final List<String> ALPHABET = IntStream.rangeClosed('A', 'Z').mapToObj(c -> String.valueOf((char) c)).toList();
    private final Consumer<Letters.Start> jump;
    private final Runnable done;
    private final List<Label> labels = new ArrayList<>();
    private Letters letters = Letters.NONE;
    private List<String> order = List.of();
    private Optional<Letters.Start> current = Optional.empty();

    /// @param jump goes there, told each once in a drag
    /// @param done the pointer was let go, or the list shall have the keyboard
    LetterStrip(Consumer<Letters.Start> jump, Runnable done) {
        this.jump = jump;
        this.done = done;
        getStyleClass().add("letter-strip");
        setAccessibleRole(AccessibleRole.SLIDER);
        setFocusTraversable(true);
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        setOnMousePressed(e -> {
            current = Optional.empty();
            at(e.getY());
        });
        setOnMouseDragged(e -> at(e.getY()));
        setOnMouseReleased(e -> done.run());
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        addEventHandler(KeyEvent.KEY_TYPED, this::typed);
        name();
    }

    /// Offers these letters.
    void show(Letters newLetters) {
        letters = newLetters;
        List<String> wanted = order(newLetters);
        if (!wanted.equals(order)) {
            order = wanted;
            labels.clear();
            for (String letter : order) {
                var label = new Label(letter);
                label.getStyleClass().setAll("letter");
                label.setMouseTransparent(true);
                labels.add(label);
            }
            getChildren().setAll(labels);
        }
        for (Label label : labels) label.pseudoClassStateChanged(NONE, start(label.getText()).isEmpty());
        current(current.flatMap(c -> start(c.letter())));
    }

    /// Marks the letter that the first row on screen belongs to.
    void current(Optional<Letters.Start> start) {
        current = start;
        for (Label label : labels)
            label.pseudoClassStateChanged(CURRENT, start.filter(s -> s.letter().equals(label.getText())).isPresent());
        name();
    }

    Letters letters() {
        return letters;
    }

    /// The alphabet always, so that a letter stays where it is; the others stand where the list has them.
    private static List<String> order(Letters letters) {
        List<String> told = letters.starts().stream().map(Letters.Start::letter).toList();
        List<String> latin = told.stream().filter(ALPHABET::contains).toList();
        boolean down = latin.size() > 1 && latin.getFirst().compareTo(latin.getLast()) > 0;
        List<String> alphabet = down ? ALPHABET.reversed() : ALPHABET;
        List<String> order = new ArrayList<>();
        int first = 0;
        while (first < told.size() && !ALPHABET.contains(told.get(first))) first++;
        order.addAll(told.subList(0, first));
        order.addAll(alphabet);
        for (String letter : told.subList(first, told.size())) if (!ALPHABET.contains(letter)) order.add(letter);
        return order;
    }

    private Optional<Letters.Start> start(String letter) {
        return letters.starts().stream().filter(s -> s.letter().equals(letter)).findFirst();
    }

    /// This letter, or the next in the strip that has rows, or else the last one.
    private Optional<Letters.Start> near(int at) {
        for (int i = at; i < order.size(); i++) {
            Optional<Letters.Start> start = start(order.get(i));
            if (start.isPresent()) return start;
        }
        return letters.starts().isEmpty() ? Optional.empty() : Optional.of(letters.starts().getLast());
    }

    private void at(double y) {
        if (order.isEmpty()) return;
        go(near(Math.clamp((long) (y / getHeight() * order.size()), 0, order.size() - 1)));
    }

    private void go(Optional<Letters.Start> start) {
        if (start.isEmpty() || start.equals(current)) return;
        current(start);
        jump.accept(start.get());
    }

    private void key(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown() || letters.starts().isEmpty()) return;
        int at = current.map(letters.starts()::indexOf).orElse(-1);
        int last = letters.starts().size() - 1;
        switch (e.getCode()) {
            case UP -> go(Optional.of(letters.starts().get(Math.max(0, at - 1))));
            case DOWN -> go(Optional.of(letters.starts().get(Math.min(last, at + 1))));
            case HOME -> go(Optional.of(letters.starts().getFirst()));
            case END -> go(Optional.of(letters.starts().getLast()));
            case LEFT, ENTER -> done.run();
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void typed(KeyEvent e) {
        if (e.isShortcutDown() || e.isAltDown() || e.getCharacter().isBlank()) return;
        int at = order.indexOf(Letters.group(app.waxwing.library.SearchText.plain(e.getCharacter()).codePoints().findFirst().orElse(0)));
        if (at < 0) return;
        go(near(at));
        e.consume();
    }

    private void name() {
        setAccessibleText(current.map(c -> Texts.of("letters.at", c.letter())).orElse(Texts.of("letters.name")));
    }

    @Override
    protected void layoutChildren() {
        if (labels.isEmpty()) return;
        double step = getHeight() / labels.size();
        int every = Math.max(1, (int) Math.ceil(12 / step));
        for (int i = 0; i < labels.size(); i++) {
            labels.get(i).setVisible(i % every == 0);
            labels.get(i).resizeRelocate(0, i * step, getWidth(), Math.max(step, 12));
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
