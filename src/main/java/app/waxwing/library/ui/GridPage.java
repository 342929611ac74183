package app.waxwing.library.ui;

import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Listing;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.parts.Following;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Paged;
import app.waxwing.parts.Place;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TileGrid;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A page that is a grid: of covers of albums, artists, playlists, or of the names of genres.
final class GridPage<T> implements Page {
    /// What is listed.
    ///
    /// @param name `albums`, `recent`, `artists`, `playlists`, `genres`: key of its words
    /// @param begins whether the first rows come sooner than all
    /// @param sorts offered orders; the first is the usual one
    record Spec<T>(String name, ItemKind kind, Icon icon, Query base, boolean begins, Function<Query, CompletableFuture<long[]>> ask,
            Function<long[], CompletableFuture<List<T>>> load,
            ToLongFunction<T> rowOf, TileGrid.Look<T> look, List<Sort> sorts) {
        /// Of what comes as a whole: there are thousands at most.
        static <T> Spec<T> whole(ViewContext ctx, String name, ItemKind kind, Icon icon,
                Function<Query, CompletableFuture<Listing<T>>> list,
                ToLongFunction<T> rowOf, TileGrid.Look<T> look, List<Sort> sorts) {
            Map<Long, T> known = new HashMap<>();
            var newest = new AtomicInteger();
            return new Spec<>(name, kind, icon, Query.ALL, false, query -> {
                int mine = newest.incrementAndGet();
                return list.apply(query).thenApplyAsync(listing -> {
                    // Of an older question that is answered later nothing is shown.
                    if (mine == newest.get()) {
                        known.clear();
                        listing.items().forEach(one -> known.put(rowOf.applyAsLong(one), one));
                    }
                    return listing.items().stream().mapToLong(rowOf).toArray();
                }, ctx.fx());
            }, rows -> CompletableFuture.completedFuture(Arrays.stream(rows).mapToObj(known::get).filter(Objects::nonNull).toList()), rowOf,
                    look, sorts);
        }
    }

    private final ViewContext ctx;
    private final Spec<T> spec;
    private final RowsViewModel<long[]> model;
    private final TileGrid<T> grid;
    private final Lettered letters;
    private final PageHead head;
    private final MenuButton sort = new MenuButton();
    private final VBox root;
    private final Following following;
    /// The user asked for another random order.
    private boolean shuffled;

    GridPage(ViewContext ctx, Spec<T> spec, List<Node> controls) {
        this.ctx = ctx;
        this.spec = spec;
        model = new RowsViewModel<>(ctx.fx(), ctx.memory(), spec.name(), spec.base(), ctx::playableOnly, spec.ask(),
                spec.begins());
        grid = new TileGrid<>(ctx, spec.name(), new Paged<>(spec.load(), spec.rowOf(), ctx.fx()), spec.look());
        letters = Lettered.of(ctx, spec.kind(), grid);
        sort.getStyleClass().addAll("pill", "sort-pill");
        sort.setManaged(spec.sorts().size() > 1);
        sort.setVisible(spec.sorts().size() > 1);
        fillSort();
        var right = new java.util.ArrayList<Node>(controls);
        right.add(sort);
        head = new PageHead(Texts.of("nav." + spec.name()), right.toArray(Node[]::new));
        var box = new StateBox<>(model.rows().state(), letters, this::show,
                rows -> rows.length == 0 ? Optional.of(Empties.of(ctx, spec.icon(), spec.name())) : Optional.empty(),
                model.rows()::ask);
        VBox.setVgrow(box, Priority.ALWAYS);
        root = new VBox(head, box);
        root.getStyleClass().addAll("page", "grid-page");
        boolean byPlays = spec.base().sort().equals(Optional.of(Sort.LAST_PLAYED));
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, byPlays ? Change.USER_STATE : Change.PLAYLISTS),
                model.rows()::ask);
        model.order().subscribe(this::ordered);
    }

    private void show(long[] rows) {
        boolean random = model.asked().sort().equals(Optional.of(Sort.RANDOM));
        grid.rows(random && !shuffled ? steady(grid.paged().rows(), rows) : rows);
        shuffled = false;
        if (model.begun(rows)) return;
        head.under(Texts.count("count." + spec.name(), rows.length));
        letters.show(model.asked(), rows.length);
    }

    /// A random order stays while rows come and go: what is new follows.
    static long[] steady(long[] before, long[] now) {
        if (before.length == 0) return now;
        Set<Long> left = Arrays.stream(now).boxed().collect(Collectors.toCollection(LinkedHashSet::new));
        LongStream stays = Arrays.stream(before).filter(left::remove);
        return LongStream.concat(Arrays.stream(stays.toArray()), left.stream().mapToLong(row -> row)).toArray();
    }

    private void ordered(RowsViewModel.Order order) {
        Sort by = order.sort().orElse(spec.sorts().getFirst());
        sort.setText(words(by));
        sort.setGraphic(Icons.of(order.descending() ? Icon.SORT_DOWN : Icon.SORT_UP, 13));
        sort.setAccessibleText(Texts.of("sort.by", words(by)));
    }

    private void fillSort() {
        var group = new ToggleGroup();
        for (Sort by : spec.sorts()) {
            var item = new RadioMenuItem(words(by));
            item.setToggleGroup(group);
            item.setSelected(by == model.order().get().sort().orElse(spec.sorts().getFirst()));
            item.setOnAction(e -> {
                Place.forget(ctx.memory(), spec.name());
                // Chosen again it goes the other way.
                var now = model.order().get();
                model.sort(Optional.of(by), by == now.sort().orElse(spec.sorts().getFirst())
                        ? !now.descending()
                        : RowsViewModel.fromTheTop(by));
                shuffled = true;
                grid.anew();
            });
            sort.getItems().add(item);
        }
    }

    private static String words(Sort sort) {
        return Texts.of("sort." + sort.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        grid.shown();
        following.start();
    }

    @Override
    public void hidden() {
        grid.hidden();
        following.stop();
    }

    @Override
    public void close() {
        hidden();
    }

    @Override
    public Node first() {
        return grid.list();
    }

    TileGrid<T> grid() {
        return grid;
    }
}
