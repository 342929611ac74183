package app.waxwing.library.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Query;
import app.waxwing.library.Track;
import app.waxwing.parts.Following;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Paged;
import app.waxwing.parts.Place;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackList;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All tracks (or those of one genre) in a table that can be sorted by its headings.
final class TracksView implements Page {
    private static final Set<TrackColumn> USUAL = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM,
            TrackColumn.YEAR,
            TrackColumn.PLAYS, TrackColumn.MARK, TrackColumn.HEART, TrackColumn.TIME, TrackColumn.MORE);
    private final ViewContext ctx;
    private final String name;
    private final RowsViewModel model;
    private final Paged<Track> paged;
    private final TrackTable table;
    private final Lettered letters;
    private final PageHead head;
    private final VBox root;
    private final Following following;
    private String title;
    private TrackList list;
    private boolean placed;
    /// The order is another: the next rows are shown from the first on.
    private boolean toTop;
    private boolean onScreen;

    /// @param name `tracks`, or `genre` with its own memory
    TracksView(ViewContext ctx, String name, String title, Query base) {
        this.ctx = ctx;
        this.name = name;
        this.title = title;
        model = new RowsViewModel(ctx.fx(), ctx.memory(), name, base, ctx::playableOnly, ctx.library()::trackRows, true);
        paged = new Paged<>(ctx.library()::tracksByRow, Track::row, ctx.fx());
        list = new TrackList.Long(paged);
        table = new TrackTable(ctx, "tracks", EnumSet.allOf(TrackColumn.class), USUAL);
        table.onSort((sort, descending) -> {
            placed = true;
            toTop = true;
            Place.forget(ctx.memory(), name);
            model.sort(Optional.of(sort), descending);
        });
        model.order().subscribe(order -> table.sorted(order.sort(), order.descending()));
        head = new PageHead(title, Buttons.primary(Icon.PLAY, Texts.of("menu.play"), () -> play(false)),
                Buttons.quiet(Icon.SHUFFLE, Texts.of("menu.shuffle"), () -> play(true)));
        letters = Lettered.of(ctx, table);
        var box = new StateBox<>(model.rows().state(), letters, this::show,
                rows -> rows.length == 0 ? Optional.of(Empties.of(ctx, Icon.TRACKS, "tracks")) : Optional.empty(),
                model.rows()::ask);
        VBox.setVgrow(box, Priority.ALWAYS);
        root = new VBox(head, box);
        root.getStyleClass().addAll("page", "table-page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), model.rows()::ask);
    }

    private void show(long[] rows) {
        boolean begun = model.begun(rows);
        if (!begun) {
            head.under(Texts.count("count.tracks", rows.length));
            letters.show(model.asked(), rows.length);
        }
        Runnable stay = toTop || !placed ? () -> {} : table.staying(paged, rows);
        paged.rows(rows);
        list = new TrackList.Long(paged, begun ? Optional.of(model.whole()) : Optional.empty());
        table.show(list, title, false);
        stay.run();
        int at = Place.of(ctx.memory(), name);
        if (!placed && at > 0 && at < rows.length) table.place(at);
        else if (toTop && rows.length > 0) table.place(0);
        placed = true;
        toTop = false;
    }

    void title(String words) {
        title = words;
        head.title(words);
    }

    private void play(boolean shuffled) {
        if (paged.size() == 0) return;
        if (shuffled) list.shuffle(ctx, title);
        else list.play(ctx, 0, title);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        table.shown();
        following.start();
        onScreen = true;
    }

    @Override
    public void hidden() {
        if (onScreen) table.firstVisible().ifPresent(at -> Place.keep(ctx.memory(), name, at));
        onScreen = false;
        table.hidden();
        following.stop();
    }

    @Override
    public void close() {
        hidden();
    }

    @Override
    public Node first() {
        return table.list();
    }

    TrackTable table() {
        return table;
    }
}
