package app.waxwing.shell;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.RowMenus;
import app.waxwing.kit.Texts;
import app.waxwing.parts.TypeAhead;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Listens to the whole window's keyboard before its controls do, and leaves them what is theirs: letters and undo to text fields, Space to a button
/// that was reached by keyboard, everything to an open dialog.
final class Shortcuts {
    private Shortcuts() {}

    static void install(Scene scene, Dialogs dialogs, Consumer<Shortcut> act) {
        RowMenus.keys(scene);
        scene.addEventFilter(KeyEvent.KEY_PRESSED, e -> Shortcut.of(e).ifPresent(shortcut -> {
            Node owner = scene.getFocusOwner();
            if (dialogs.isOpen() || belongsTo(owner, shortcut)) return;
            e.consume();
            act.accept(shortcut);
        }));
        // A button fires on release: what was taken as a shortcut must not press it.
        scene.addEventFilter(KeyEvent.KEY_RELEASED, e -> {
            if (e.getCode() == KeyCode.SPACE && !dialogs.isOpen() && !belongsTo(scene.getFocusOwner(), Shortcut.TOGGLE)) e.consume();
        });
    }

    private static boolean belongsTo(Node owner, Shortcut shortcut) {
        if (owner instanceof TextInputControl) {
            return switch (shortcut) {
                case TOGGLE, UNDO, REDO, SEEK_FORWARD, SEEK_BACK, LOUDER, QUIETER -> true;
                default -> false;
            };
        }
        return shortcut == Shortcut.TOGGLE
                && (owner instanceof ButtonBase && owner.isFocusVisible() || owner != null && TypeAhead.busy(owner));
    }

    /// The sheet of F1.
    static void show(Dialogs dialogs) {
        var title = new Label(Texts.of("shortcut.title"));
        title.getStyleClass().add("section-title");
        var grid = new GridPane(24, 7);
        int row = 0;
        for (Shortcut shortcut : Shortcut.values()) {
            if (shortcut.isPage()) continue;
            var keys = new Label(shortcut.keys());
            keys.getStyleClass().add("kbd");
            grid.add(new Label(shortcut.words()), row % 2 * 2, row / 2);
            grid.add(keys, row % 2 * 2 + 1, row / 2);
            row++;
        }
        var close = Buttons.quiet(Texts.of("dialog.close"), dialogs::close);
        var card = new VBox(16, title, grid, close);
        card.getStyleClass().add("dialog-card");
        card.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(Texts.of("shortcut.title"));
        dialogs.show(card, Pos.CENTER, close, () -> {});
    }
}
