package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Texts;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Track;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.ObservableListBase;
import javafx.geometry.Side;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// Tracks in columns, 44 px a row, for lists of any length: it holds row numbers and asks for small records a screenful at a time. Enter or a double click
/// plays from there with the list as the queue; several rows can be chosen; sorting asks the library again instead of sorting in memory. FX thread.
public final class TrackTable extends VBox {
    /// Height of a row.
    public static final double ROW = 44;
    /// Room at both ends of a row.
    static final double PAD = 10;
    private static final double GUTTER = 14;
    /// So many chosen rows are followed where they go.
    private static final int FEW = 100;
    /// Padding of the list, by the stylesheet.
    private static final double FRAME = 14;
    private final ViewContext ctx;
    private final String name;
    private final ListView<Integer> list = new ListView<>();
    private final TrackHeader header;
    private final Set<TrackRow> live = Collections.newSetFromMap(new WeakHashMap<>());
    private final Set<TrackColumn> possible;
    private Set<TrackColumn> chosen;
    private TrackList tracks = new TrackList.Whole(List.of());
    private Map<TrackColumn, ColumnLayout.Place> places = Map.of();
    private double placedWidth = -1;
    /// Line that is to be at the top once the list has its height; -1 none.
    private int placing = -1;
    private String title = "";
    private boolean discs;
    private boolean files;
    private BiConsumer<Sort, Boolean> sorter = (sort, descending) -> {};
    private Optional<Consumer<List<Integer>>> remover = Optional.empty();
    private Subscription loads = () -> {};
    private Subscription sampling = () -> {};
    private javafx.util.Subscription watching = () -> {};
    private Runnable scrolled = () -> {};

    /// @param name keeps what the user chose (columns, scroll position) apart from other tables
    /// @param possible columns it may have; the optional ones not in `usual` start hidden
    public TrackTable(ViewContext ctx, String name, Set<TrackColumn> possible, Set<TrackColumn> usual) {
        this.ctx = ctx;
        this.name = name;
        this.possible = EnumSet.copyOf(possible);
        chosen = recall("columns").map(TrackTable::columns).orElseGet(() -> EnumSet.copyOf(usual));
        header = new TrackHeader(this);
        getStyleClass().add("track-table");
        list.getStyleClass().add("track-list");
        list.setFixedCellSize(ROW);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setCellFactory(view -> {
            var row = new TrackRow(this);
            live.add(row);
            return row;
        });
        list.setAccessibleRole(AccessibleRole.LIST_VIEW);
        list.setAccessibleText(Texts.of("tracks.table"));
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        list.addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, this::menu);
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(header, list);
    }

    // What it shows

    /// @param title what a queue made from this list is called
    public void show(TrackList newTracks, String title, boolean withDiscs) {
        loads.close();
        tracks = newTracks;
        this.title = title;
        discs = withDiscs;
        loads = newTracks.onLoaded(loaded -> render());
        List<Integer> lines = newTracks.lines(withDiscs);
        if (lines instanceof TrackList.Indices same && list.getItems() instanceof Lines old && old.size() == same.size()) {
            render();
            return;
        }
        List<Integer> selected = List.copyOf(list.getSelectionModel().getSelectedIndices());
        list.setItems(lines instanceof TrackList.Indices indices ? new Lines(indices) : FXCollections.observableArrayList(lines));
        selected.stream().filter(i -> i >= 0 && i < lines.size()).forEach(i -> list.getSelectionModel().select((int) i));
    }

    /// Keeps what is looked at under the pointer while rows come and go: to be run once the other rows are shown. At the top one stays at the top.
    ///
    /// @param now what is shown until then
    public Runnable staying(Paged<?> now, long[] others) {
        int first = firstVisible().orElse(0);
        OptionalInt top = first == 0 ? OptionalInt.empty() : now.findNear(others, first);
        List<Integer> chosen = List.copyOf(list.getSelectionModel().getSelectedIndices());
        int[] follow = chosen.size() > FEW ? new int[0] : chosen.stream().flatMapToInt(i -> now.find(others, i).stream()).toArray();
        boolean still = chosen.size() > FEW || IntStream.of(follow).boxed().toList().equals(chosen);
        return () -> {
            if (!still) {
                list.getSelectionModel().clearSelection();
                for (int line : follow) list.getSelectionModel().select(line);
            }
            if (top.isPresent() && top.getAsInt() != first) list.scrollTo(top.getAsInt());
        };
    }

    /// Draws the visible rows again.
    public void render() {
        live.forEach(TrackRow::render);
    }

    /// Called when a heading is pressed; the page asks the library again.
    public void onSort(BiConsumer<Sort, Boolean> newSorter) {
        sorter = newSorter;
        header.sortable(true);
    }

    /// The list has an order of its own, to which the heading of the numbers leads back.
    ///
    /// @param words what that order is called
    public void onOwnOrder(String words, Runnable back) {
        header.own(words, back);
    }

    /// The size of a track is that of its file here, and the list is sorted by that.
    public void files() {
        files = true;
    }

    boolean ofFiles() {
        return files;
    }

    /// Marks the heading that the list is sorted by.
    public void sorted(Optional<Sort> sort, boolean descending) {
        header.sorted(sort, descending);
    }

    /// Called with the indices to take out of the list (Delete key and menu); only for playlists that can be changed.
    public void onRemove(Optional<Consumer<List<Integer>>> newRemover) {
        remover = newRemover;
    }

    /// Follow what plays, what is fetched and whether we are offline; call when the page is shown.
    public void shown() {
        hidden();
        sampling = ctx.sampler().watch(() -> live.forEach(TrackRow::renderMark));
        watching = ctx.nowPlaying().subscribe(now -> render()).and(ctx.desk().offline().subscribe(off -> render()));
    }

    public void hidden() {
        sampling.close();
        watching.unsubscribe();
        sampling = () -> {};
        watching = () -> {};
    }

    /// The list itself: for focus and scrolling.
    public ListView<Integer> list() {
        return list;
    }

    /// As high as its rows, without a scroll bar of its own: for short lists within a page that scrolls.
    public void fit(int rows) {
        list.setMinHeight(rows * ROW + FRAME);
        list.setPrefHeight(rows * ROW + FRAME);
        list.setMaxHeight(rows * ROW + FRAME);
    }

    /// Shows or hides the headings.
    public void headings(boolean on) {
        header.setVisible(on);
        header.setManaged(on);
    }

    /// Line that stands first on screen, to come back to.
    public Optional<Integer> firstVisible() {
        return flow().map(VirtualFlow::getFirstVisibleCell).map(javafx.scene.control.IndexedCell::getIndex);
    }

    private Optional<VirtualFlow<?>> flow() {
        for (Node child : list.getChildrenUnmodifiable()) if (child instanceof VirtualFlow<?> flow) return Optional.of(flow);
        return Optional.empty();
    }

    /// A row came into sight.
    void moved() {
        scrolled.run();
    }

    /// Told when other rows came into sight, before they are laid out.
    void onScroll(Runnable newScrolled) {
        scrolled = newScrolled;
    }

    /// Brings a line to the top, where it stood before or at the beginning of a new order. A list that was never laid out does not know yet how far
    /// it has to scroll: there it is done again when it does.
    public void place(int line) {
        list.scrollTo(line);
        if (list.getHeight() <= ROW) placeSoon(line);
    }

    /// Brings a line to the top with the next layout, which gives the list another height.
    public void placeSoon(int line) {
        placing = line;
        if (list.getScene() != null) afterLayout(list.getScene());
        else
            list.sceneProperty().subscribe(scene -> {
                if (scene != null && placing >= 0) afterLayout(scene);
            });
    }

    private void afterLayout(javafx.scene.Scene scene) {
        scene.addPostLayoutPulseListener(new Runnable() {
            @Override
            public void run() {
                if (placing >= 0 && list.getScene() == scene && list.getHeight() <= ROW) return;
                scene.removePostLayoutPulseListener(this);
                if (placing >= 0 && placing < list.getItems().size() && list.getScene() == scene) list.scrollTo(placing);
                placing = -1;
            }
        });
    }

    /// Brings a row to the top and chooses it.
    public void go(int index) {
        int line = lineOf(index);
        list.scrollTo(line);
        list.getSelectionModel().clearAndSelect(line);
        list.getFocusModel().focus(line);
    }

    public int lineOf(int index) {
        return discs ? list.getItems().indexOf(index) : index;
    }

    // For rows and header

    ViewContext ctx() {
        return ctx;
    }

    TrackList tracks() {
        return tracks;
    }

    /// Rows carry the track's own number instead of their place in the list.
    boolean numbered() {
        return discs;
    }

    Set<TrackColumn> chosen() {
        return chosen;
    }

    Set<TrackColumn> possible() {
        return possible;
    }

    void choose(TrackColumn column, boolean on) {
        chosen = EnumSet.copyOf(chosen);
        if (on) chosen.add(column);
        else chosen.remove(column);
        ctx.memory().put(name + ".columns", Set.copyOf(chosen));
        placedWidth = -1;
        header.relay();
        live.forEach(TrackRow::relay);
    }

    /// The same for heading and rows, whether there is a scroll bar or not.
    Map<TrackColumn, ColumnLayout.Place> places() {
        double width = Math.max(0, getWidth() - GUTTER - 2 * PAD);
        if (width != placedWidth) {
            placedWidth = width;
            places = ColumnLayout.place(List.copyOf(chosen), width);
        }
        return places;
    }

    void sort(Sort sort, boolean descending) {
        sorter.accept(sort, descending);
    }

    void play(int index) {
        if (index >= 0) tracks.play(ctx, index, title);
    }

    /// The chosen rows; their records are read when something is done with them, so that a menu over 100,000 rows opens at once.
    Picked picked() {
        List<Integer> indices = selectedIndices();
        Optional<Track> only = indices.size() == 1 ? tracks.get(indices.getFirst()) : Optional.empty();
        return new Picked(indices.size(), only, () -> tracks.read(ctx, indices));
    }

    List<Integer> selectedIndices() {
        var indices = new ArrayList<Integer>();
        for (int line : list.getSelectionModel().getSelectedIndices()) {
            if (line < 0 || line >= list.getItems().size()) continue;
            int index = list.getItems().get(line);
            if (index >= 0) indices.add(index);
        }
        return indices;
    }

    void openMenu(Node anchor, double x, double y) {
        ContextMenu menu = ItemMenu.ofTracks(ctx, picked(), remover.map(r -> () -> r.accept(selectedIndices())));
        if (Double.isNaN(x)) menu.show(anchor, Side.BOTTOM, 0, 4);
        else menu.show(anchor, x, y);
    }

    boolean playing(ItemKey key) {
        return ctx.nowPlaying().get().track().filter(key::equals).isPresent();
    }

    // Keys and menus

    private void key(KeyEvent e) {
        int focused = list.getFocusModel().getFocusedIndex();
        if (e.getCode() == KeyCode.ENTER && !e.isControlDown() && focused >= 0 && focused < list.getItems().size()) {
            play(list.getItems().get(focused));
            e.consume();
        } else if (e.getCode() == KeyCode.DELETE && remover.isPresent() && !selectedIndices().isEmpty()) {
            remover.get().accept(selectedIndices());
            e.consume();
        }
    }

    private void menu(ContextMenuEvent e) {
        if (selectedIndices().isEmpty()) return;
        if (e.isKeyboardTrigger()) openMenu(row(list.getFocusModel().getFocusedIndex()), Double.NaN, Double.NaN);
        else openMenu(list, e.getScreenX(), e.getScreenY());
        e.consume();
    }

    /// The row on screen that shows a line; the list itself where none does.
    private Node row(int line) {
        return live.stream().filter(r -> !r.isEmpty() && r.isVisible() && r.getIndex() == line).findFirst().<Node>map(r -> r).orElse(list);
    }

    private Optional<Object> recall(String what) {
        return Optional.ofNullable(ctx.memory().get(name + "." + what));
    }

    private static Set<TrackColumn> columns(Object remembered) {
        Set<TrackColumn> columns = EnumSet.noneOf(TrackColumn.class);
        if (remembered instanceof Set<?> set)
            set.forEach(c -> {
                if (c instanceof TrackColumn column) columns.add(column);
            });
        return columns;
    }

    /// A list of indices as JavaFX wants it, without holding a single one.
    static final class Lines extends ObservableListBase<Integer> implements ObservableList<Integer> {
        private final TrackList.Indices indices;

        Lines(TrackList.Indices indices) {
            this.indices = indices;
        }

        @Override
        public Integer get(int index) {
            return indices.get(index);
        }

        @Override
        public int size() {
            return indices.size();
        }
    }
}
