package app.waxwing.parts;

import app.waxwing.kit.RowCell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BiFunction;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

/// Covers or cards in rows, for any number of them: rows of tiles in a virtual list, of which only those on screen exist; holds row numbers, and records
/// come a screenful at a time. Arrow keys, Page, Home and End move; Enter opens, Ctrl+Enter plays.
/// Remembers where it stood. FX thread.
public final class TileGrid<T> extends Region {
    private static final double GUTTER = 14;
    private final ViewContext ctx;
    private final String name;
    private final Paged<T> paged;
    private final Look<T> look;
    private final ListView<Integer> list = new ListView<>();
    private final Set<TileRow> live = Collections.newSetFromMap(new WeakHashMap<>());
    private GridGeometry geometry;
    /// Where it stood before, for as long as nobody moved it: the width and with it the rows are known only after a few layouts.
    private Optional<Integer> cameFrom = Optional.empty();
    private int current;
    private boolean byKeyboard;
    private boolean onScreen;
    private boolean anew;
    private javafx.util.Subscription watching = () -> {};
    private Runnable scrolled = () -> {};

    /// What stands in the grid.
    ///
    /// @param geometry for a width of the grid
    public record Look<T>(DoubleFunction<GridGeometry> geometry, BiFunction<ViewContext, GridGeometry, Tile<T>> tile) {
        public static <T> Look<T> covers(Function<T, TileFacts> facts, boolean round) {
            return new Look<>(GridGeometry::covers, (ctx, g) -> new Covered<>(new CoverTile(ctx, g.edge(), round), facts));
        }
    }

    private record Covered<T>(CoverTile region, Function<T, TileFacts> facts) implements Tile<T> {
        @Override
        public void show(Optional<T> record) {
            region.show(record.map(facts));
        }

        @Override
        public void current(boolean on) {
            region.current(on);
        }

        @Override
        public void open() {
            region.open();
        }

        @Override
        public void play() {
            region.play();
        }

        @Override
        public void menu() {
            region.menu();
        }
    }

    /// @param name keeps the scroll position apart from other grids
    public TileGrid(ViewContext ctx, String name, Paged<T> paged, Look<T> look) {
        this.ctx = ctx;
        this.name = name;
        this.paged = paged;
        this.look = look;
        geometry = look.geometry().apply(0);
        getStyleClass().add("cover-grid");
        list.getStyleClass().add("cover-list");
        list.setCellFactory(view -> {
            var cell = new TileRow();
            live.add(cell);
            return cell;
        });
        list.setFocusTraversable(true);
        list.setSelectionModel(new NoSelection<>());
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.addEventFilter(InputEvent.ANY, e -> {
            if (!MouseEvent.MOUSE_MOVED.equals(e.getEventType())) cameFrom = Optional.empty();
        });
        list.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        // By Shift+F10 or the menu key; it goes to the list and not to the tile that the keyboard stands on.
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            if (!e.isKeyboardTrigger()) return;
            byKeyboard = true;
            render();
            tile(current).ifPresent(Tile::menu);
            e.consume();
        });
        list.focusedProperty().subscribe(on -> render());
        paged.onLoaded(loaded -> render());
        getChildren().add(list);
    }

    /// Shows these rows, at the place where it stood when the same name was shown last.
    public void rows(long[] rows) {
        boolean first = paged.size() == 0;
        int stood = firstVisible().orElse(0);
        // At the top one stays there, where new ones come; elsewhere with what one looks at.
        OptionalInt stays = stood == 0 || anew ? OptionalInt.empty() : paged.findNear(rows, stood);
        anew = false;
        current = paged.find(rows, current).orElse(current);
        paged.rows(rows);
        current = Math.clamp(current, 0, Math.max(0, rows.length - 1));
        int at = Place.of(ctx.memory(), name);
        if (first && at > 0 && at < rows.length) cameFrom = Optional.of(at);
        relay();
        stays.ifPresent(now -> {
            if (now / geometry.columns() != stood / geometry.columns()) scrollTo(now);
        });
        render();
    }

    /// The next rows are those of another order, to be seen from the top.
    public void anew() {
        anew = true;
        scrollTo(0);
    }

    /// Reads the visible records again.
    public void refresh() {
        paged.refresh();
        render();
    }

    public void shown() {
        hidden();
        watching = ctx.desk().offline().subscribe(off -> render());
        onScreen = true;
    }

    public void hidden() {
        watching.unsubscribe();
        watching = () -> {};
        // A page that is closed later stands elsewhere by then.
        if (onScreen) firstVisible().ifPresent(at -> Place.keep(ctx.memory(), name, at));
        onScreen = false;
    }

    public Paged<T> paged() {
        return paged;
    }

    /// The list of rows: for focus.
    public ListView<Integer> list() {
        return list;
    }

    public int columns() {
        return geometry.columns();
    }

    public void scrollTo(int index) {
        list.scrollTo(index / geometry.columns());
    }

    /// Index of the first tile on screen.
    public Optional<Integer> firstVisible() {
        return flow().map(VirtualFlow::getFirstVisibleCell).map(cell -> cell.getIndex() * geometry.columns());
    }

    /// Told when other rows came into sight, before they are laid out.
    public void onScroll(Runnable newScrolled) {
        scrolled = newScrolled;
    }

    /// Brings a tile to the top and makes it the current one.
    public void go(int index) {
        current = index;
        byKeyboard = true;
        cameFrom = Optional.empty();
        scrollTo(index);
        render();
    }

    @Override
    protected void layoutChildren() {
        list.resizeRelocate(0, 0, getWidth(), getHeight());
        relay();
    }

    @Override
    protected double computePrefHeight(double width) {
        return 400;
    }

    private void relay() {
        var wanted = look.geometry().apply(Math.max(0, getWidth() - GUTTER));
        int rows = wanted.rows(paged.size());
        boolean reshaped = !wanted.equals(geometry);
        if (getWidth() <= 0) return;
        if (!reshaped && list.getItems().size() == rows) return;
        int at = cameFrom.or(this::firstVisible).orElse(0);
        geometry = wanted;
        list.setFixedCellSize(geometry.rowHeight());
        list.setItems(new TrackTable.Lines(new TrackList.Indices(rows)));
        if (reshaped) live.forEach(TileRow::rebuild);
        if (at > 0) scrollTo(at);
        if (cameFrom.isPresent()) afterLayout();
    }

    /// A list that was never laid out does not know yet how far it has to scroll.
    private void afterLayout() {
        Scene scene = getScene();
        if (scene == null) return;
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                scene.removePostLayoutPulseListener(this);
                cameFrom.ifPresent(TileGrid.this::scrollTo);
            }
        });
    }

    private void render() {
        live.forEach(TileRow::render);
    }

    private void key(KeyEvent e) {
        int page = Math.max(1, (int) (list.getHeight() / geometry.rowHeight()));
        int before = current;
        switch (e.getCode()) {
            case LEFT -> current = geometry.move(current, paged.size(), -1, 0);
            case RIGHT -> current = geometry.move(current, paged.size(), 1, 0);
            case UP -> current = geometry.move(current, paged.size(), 0, -1);
            case DOWN -> current = geometry.move(current, paged.size(), 0, 1);
            case PAGE_UP -> current = geometry.move(current, paged.size(), 0, -page);
            case PAGE_DOWN -> current = geometry.move(current, paged.size(), 0, page);
            case HOME -> current = 0;
            case END -> current = Math.max(0, paged.size() - 1);
            case ENTER -> tile(current).ifPresent(e.isControlDown() ? Tile::play : Tile::open);
            default -> {
                return;
            }
        }
        if (e.isAltDown()) return;
        byKeyboard = true;
        if (current != before) reveal();
        render();
        e.consume();
    }

    private void reveal() {
        int row = current / geometry.columns();
        flow().ifPresent(f -> {
            var first = f.getFirstVisibleCell();
            var last = f.getLastVisibleCell();
            if (first == null || last == null) return;
            if (row <= first.getIndex()) f.scrollToTop(row);
            else if (row >= last.getIndex()) f.scrollPixels((row - last.getIndex() + 1) * geometry.rowHeight());
        });
    }

    private Optional<Tile<T>> tile(int index) {
        return live.stream().filter(c -> !c.isEmpty() && c.getIndex() == index / geometry.columns() && c.getScene() != null).findFirst()
                .map(c -> c.tiles.get(index % geometry.columns()));
    }

    private Optional<VirtualFlow<TileRow>> flow() {
        for (var child : list.getChildrenUnmodifiable()) {
            if (child instanceof VirtualFlow<?> found) {
                @SuppressWarnings("unchecked") // the cell factory above makes nothing else
                var flow = (VirtualFlow<TileRow>) found;
                return Optional.of(flow);
            }
        }
        return Optional.empty();
    }

    /// One row of tiles.
    final class TileRow extends RowCell<Integer> {
        private final List<Tile<T>> tiles = new ArrayList<>();
        /// What each tile shows, so that a tile is only filled again when it shall show something else.
        private final List<Optional<T>> shown = new ArrayList<>();
        private boolean shownOffline;
        private final Pane bed = new Pane() {
            @Override
            protected void layoutChildren() {
                double x = 0;
                for (Tile<T> tile : tiles) {
                    tile.region().resizeRelocate(x, 0, geometry.edge(), geometry.height());
                    x += geometry.edge() + geometry.gap();
                }
            }

            @Override
            protected double computePrefWidth(double height) {
                return 100;
            }
        };

        TileRow() {
            getStyleClass().add("cover-row");
            bed.getStyleClass().add("cover-bed");
            rebuild();
        }

        @Override
        protected void updateItem(Integer item, boolean empty) {
            super.updateItem(item, empty);
            if (empty) setGraphic(null);
            else content(bed);
            scrolled.run();
            render();
        }

        void rebuild() {
            tiles.clear();
            shown.clear();
            for (int i = 0; i < geometry.columns(); i++) tiles.add(look.tile().apply(ctx, geometry));
            bed.getChildren().setAll(tiles.stream().map(Tile::region).toList());
            render();
        }

        void render() {
            if (isEmpty() || getItem() == null) return;
            if (tiles.size() != geometry.columns()) return;
            boolean again = shown.size() == tiles.size() && shownOffline == ctx.desk().offline().get();
            shownOffline = ctx.desk().offline().get();
            while (shown.size() < tiles.size()) shown.add(Optional.empty());
            for (int i = 0; i < tiles.size(); i++) {
                int index = getItem() * geometry.columns() + i;
                Tile<T> tile = tiles.get(i);
                tile.region().setVisible(index < paged.size());
                if (index >= paged.size()) continue;
                Optional<T> record = paged.get(index);
                if (!again || !record.equals(shown.get(i))) tile.show(record);
                shown.set(i, record);
                tile.current(index == current && list.isFocused() && byKeyboard);
            }
        }
    }
}
