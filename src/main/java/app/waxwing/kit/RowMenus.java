package app.waxwing.kit;

import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Bounds;
import javafx.geometry.Point2D;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Menus of rows that the keyboard asks for, by Shift+F10 or the menu key. Such an event goes to what has the focus, which is the list and never
/// one of its cells: a cell that listens hears the mouse only. FX thread.
public final class RowMenus {
    private RowMenus() {}

    /// Opens the menu of the chosen row at that row, where the keyboard asks for it. Where several are chosen it is that of the one the keyboard
    /// stands on; where none is, nothing opens.
    ///
    /// @param menu of a row; empty where it has none
    public static <T> void byKeyboard(ListView<T> list, Function<T, Optional<ContextMenu>> menu) {
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            if (!e.isKeyboardTrigger()) return;
            int index = chosen(list);
            if (index < 0 || index >= list.getItems().size()) return;
            menu.apply(list.getItems().get(index)).ifPresent(m -> m.show(row(list, index), Side.BOTTOM, 0, 0));
            e.consume();
        });
    }

    private static int chosen(ListView<?> list) {
        int stands = list.getFocusModel().getFocusedIndex();
        return stands >= 0 && list.getSelectionModel().isSelected(stands) ? stands : list.getSelectionModel().getSelectedIndex();
    }

    /// Asks what has the focus for its menu when Shift+F10 or the menu key is pressed and nobody took it: the toolkit does so on Windows alone.
    public static void keys(Scene scene) {
        if (System.getProperty("os.name", "").startsWith("Windows")) return;
        scene.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            boolean asks = e.getCode() == KeyCode.CONTEXT_MENU || e.getCode() == KeyCode.F10 && e.isShiftDown();
            Node focused = scene.getFocusOwner();
            if (!asks || focused == null) return;
            Bounds at = focused.getBoundsInLocal();
            Point2D here = focused.localToScene(at.getCenterX(), at.getCenterY());
            Point2D there = focused.localToScreen(at.getCenterX(), at.getCenterY());
            focused.fireEvent(new ContextMenuEvent(ContextMenuEvent.CONTEXT_MENU_REQUESTED, here.getX(), here.getY(), there.getX(),
                    there.getY(), true, null));
            e.consume();
        });
    }

    /// The cell that shows it, brought into sight; the list where there is none.
    private static Node row(ListView<?> list, int index) {
        for (Node child : list.getChildrenUnmodifiable()) {
            if (!(child instanceof VirtualFlow<?> flow)) continue;
            flow.scrollTo(index);
            list.layout();
            return flow.getCell(index);
        }
        return list;
    }
}
