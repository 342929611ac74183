package app.waxwing.library.ui;

import app.waxwing.kit.Fx;
import app.waxwing.parts.TrackTable;
import java.util.EnumSet;
import java.util.Set;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// A table of tracks in a page that scrolls as a whole. Few tracks stand there all, and the page follows the row that the keyboard is on; many
/// fill the room under the head and scroll by themselves, so that only those in sight are made. The table is a child of the page's content.
/// FX thread.
final class TracksInPage {
    /// Not many more than a large window shows: each row that is made takes its time before the page is drawn.
    static final int FEW = 30;
    private static final int LEAST = 6;
    private static final double UNDER = 24;
    private static final Set<KeyCode> MOVES = EnumSet.of(KeyCode.UP, KeyCode.DOWN, KeyCode.HOME, KeyCode.END, KeyCode.PAGE_UP,
            KeyCode.PAGE_DOWN);
    /// Room that a whole page of rows leaves for the title above it and the button under it.
    private static final double BESIDE = 110;
    private final ScrollPane scroll;
    private final TrackTable table;
    private final ListView<Integer> list;
    private final int few;
    private final boolean below;

    TracksInPage(ScrollPane scroll, TrackTable table) {
        this(scroll, table, FEW, false);
    }

    /// Under much else: many have a page to themselves, wherever they begin.
    ///
    /// @param few how many stand there all
    static TracksInPage below(ScrollPane scroll, TrackTable table, int few) {
        return new TracksInPage(scroll, table, few, true);
    }

    private TracksInPage(ScrollPane scroll, TrackTable table, int few, boolean below) {
        this.few = few;
        this.below = below;
        this.scroll = scroll;
        this.table = table;
        list = table.list();
        scroll.viewportBoundsProperty().subscribe(_ -> refit());
        table.layoutYProperty().subscribe(_ -> refit());
        list.layoutYProperty().subscribe(_ -> refit());
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    }

    /// The table shows other tracks.
    void changed() {
        table.fit(many() ? room() : lines());
    }

    private int lines() {
        return list.getItems().size();
    }

    private boolean many() {
        return lines() > few;
    }

    private int room() {
        double beside = below ? BESIDE : top() + UNDER;
        return Math.max(LEAST, (int) ((scroll.getViewportBounds().getHeight() - beside) / TrackTable.ROW));
    }

    /// Where the list begins, from the top of the page: the table stands in its content, or in a part of that.
    private double top() {
        double in = table.getParent() == null || table.getParent() == scroll.getContent() ? 0 : table.getParent().getLayoutY();
        return in + table.getLayoutY() + list.getLayoutY();
    }

    /// Not within the layout that told of the new room.
    private void refit() {
        if (many()) Fx.later(this::changed);
    }

    private void key(KeyEvent e) {
        if (!MOVES.contains(e.getCode())) return;
        boolean page = e.getCode() == KeyCode.PAGE_UP || e.getCode() == KeyCode.PAGE_DOWN;
        if (page && !many() && lines() > 0 && !e.isShiftDown() && !e.isControlDown()) {
            turn(e.getCode() == KeyCode.PAGE_DOWN ? 1 : -1);
            e.consume();
        }
        Fx.later(this::reveal);
    }

    /// To the list all its rows are in sight, so that a page would be all of them.
    private void turn(int way) {
        int rows = Math.max(1, (int) (scroll.getViewportBounds().getHeight() / TrackTable.ROW) - 1);
        int line = Math.clamp((long) list.getFocusModel().getFocusedIndex() + (long) way * rows, 0, lines() - 1);
        list.getSelectionModel().clearAndSelect(line);
        list.getFocusModel().focus(line);
    }

    private void reveal() {
        int line = list.getFocusModel().getFocusedIndex();
        if (line < 0) return;
        int first = many() ? table.firstVisible().orElse(0) : 0;
        double at = top() + (line - first) * TrackTable.ROW;
        // With the first row comes what stands above it.
        Scrolling.reveal(scroll, line == 0 ? 0 : at, at + TrackTable.ROW + UNDER / 2);
    }
}
