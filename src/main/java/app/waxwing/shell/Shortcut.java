package app.waxwing.shell;

import app.waxwing.kit.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.Modifier;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyEvent;

/// The keyboard of the window; docs list what stands here. «Ctrl» is Command on a Mac.
public enum Shortcut {
    TOGGLE(KeyCode.SPACE), NEXT(KeyCode.N, KeyCombination.SHORTCUT_DOWN), PREVIOUS(KeyCode.P, KeyCombination.SHORTCUT_DOWN),
    SEEK_FORWARD(KeyCode.RIGHT, KeyCombination.SHORTCUT_DOWN), SEEK_BACK(KeyCode.LEFT, KeyCombination.SHORTCUT_DOWN),
    LOUDER(KeyCode.UP, KeyCombination.SHORTCUT_DOWN), QUIETER(KeyCode.DOWN, KeyCombination.SHORTCUT_DOWN),
    MUTE(KeyCode.M, KeyCombination.SHORTCUT_DOWN), SHUFFLE(KeyCode.S, KeyCombination.SHORTCUT_DOWN),
    REPEAT(KeyCode.L, KeyCombination.SHORTCUT_DOWN), FAVOURITE(KeyCode.D, KeyCombination.SHORTCUT_DOWN),
    UNDO(KeyCode.Z, KeyCombination.SHORTCUT_DOWN), REDO(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
    SEARCH(KeyCode.K, KeyCombination.SHORTCUT_DOWN), FIND(KeyCode.F, KeyCombination.SHORTCUT_DOWN),
    BACK(KeyCode.LEFT, KeyCombination.ALT_DOWN), FORWARD(KeyCode.RIGHT, KeyCombination.ALT_DOWN),
    RAIL(KeyCode.B, KeyCombination.SHORTCUT_DOWN),
    PANEL(KeyCode.E, KeyCombination.SHORTCUT_DOWN), OFFLINE(KeyCode.O, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN),
    UPDATE(KeyCode.R, KeyCombination.SHORTCUT_DOWN), PLAYABLE(KeyCode.J, KeyCombination.SHORTCUT_DOWN), HELP(KeyCode.F1),
    PAGE_1(KeyCode.DIGIT1, KeyCombination.SHORTCUT_DOWN), PAGE_2(KeyCode.DIGIT2, KeyCombination.SHORTCUT_DOWN),
    PAGE_3(KeyCode.DIGIT3, KeyCombination.SHORTCUT_DOWN), PAGE_4(KeyCode.DIGIT4, KeyCombination.SHORTCUT_DOWN),
    PAGE_5(KeyCode.DIGIT5, KeyCombination.SHORTCUT_DOWN), PAGE_6(KeyCode.DIGIT6, KeyCombination.SHORTCUT_DOWN),
    PAGE_7(KeyCode.DIGIT7, KeyCombination.SHORTCUT_DOWN), PAGE_8(KeyCode.DIGIT8, KeyCombination.SHORTCUT_DOWN),
    PAGE_9(KeyCode.DIGIT9, KeyCombination.SHORTCUT_DOWN);

    private final KeyCodeCombination keys;

    Shortcut(KeyCode code, Modifier... modifiers) {
        keys = new KeyCodeCombination(code, modifiers);
    }

    /// The shortcut of a key press, if it is one.
    public static Optional<Shortcut> of(KeyEvent e) {
        return Stream.of(values()).filter(s -> s.keys.match(e)).findFirst();
    }

    /// «Ctrl+Shift+Z».
    public String keys() {
        return keys.getDisplayText();
    }

    /// What it does, in words.
    public String words() {
        return isPage() ? Texts.of("shortcut.page", page() + 1) : Texts.of("shortcut." + name().toLowerCase(Locale.ROOT));
    }

    boolean isPage() {
        return name().startsWith("PAGE_");
    }

    /// Which item of the rail, from 0.
    int page() {
        return ordinal() - PAGE_1.ordinal();
    }
}
