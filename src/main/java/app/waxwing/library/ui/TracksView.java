package app.waxwing.library.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Query;
import app.waxwing.parts.Following;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.LongTracks;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
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
    private final RowsViewModel<long[]> model;
    private final TrackTable table;
    private final LongTracks list;
    private final Lettered letters;
    private final PageHead head;
    private final VBox root;
    private final Following following;
    private String title;

    /// @param name `tracks`, or `genre` with its own memory
    TracksView(ViewContext ctx, String name, String title, Query base) {
        this.title = title;
        model = new RowsViewModel<>(ctx.fx(), ctx.memory(), name, base, ctx::playableOnly, ctx.library()::trackRows, true);
        table = new TrackTable(ctx, "tracks", EnumSet.allOf(TrackColumn.class), USUAL);
        list = new LongTracks(ctx, name, table);
        table.onSort((sort, descending) -> {
            list.anew();
            model.sort(Optional.of(sort), descending);
        });
        model.order().subscribe(order -> table.sorted(order.sort(), order.descending()));
        head = new PageHead(title, Buttons.primary(Icon.PLAY, Texts.of("menu.play"), () -> list.play(false, this.title)),
                Buttons.quiet(Icon.SHUFFLE, Texts.of("menu.shuffle"), () -> list.play(true, this.title)));
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
        list.show(rows, begun ? Optional.of(model.whole()) : Optional.empty(), title);
    }

    void title(String words) {
        title = words;
        head.title(words);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        list.shown();
        following.start();
    }

    @Override
    public void hidden() {
        list.hidden();
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
