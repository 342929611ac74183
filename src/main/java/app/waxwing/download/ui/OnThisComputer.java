package app.waxwing.download.ui;

import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Track;
import app.waxwing.parts.Following;
import app.waxwing.parts.Paged;
import app.waxwing.parts.Question;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackList;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import javafx.scene.layout.Region;

/// The third tab: every track that plays without the network, with its size and whether it is kept or cached. FX thread.
final class OnThisComputer {
    private Query query = Query.ALL.playableOnly(true);
    private final Paged<Track> paged;
    private final TrackTable table;
    private final StateBox<long[]> root;
    private final Following following;

    OnThisComputer(ViewContext ctx) {
        paged = new Paged<>(ctx.library()::tracksByRow, Track::row, ctx.fx());
        var rows = new Question<>(ctx.fx(), () -> ctx.library().trackRows(query));
        var columns = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.SIZE,
                TrackColumn.MARK, TrackColumn.TIME,
                TrackColumn.MORE);
        table = new TrackTable(ctx, "here", columns, columns);
        table.onSort((Sort sort, Boolean descending) -> {
            query = Query.ALL.playableOnly(true).sort(sort, descending);
            table.sorted(Optional.of(sort), descending);
            rows.ask();
        });
        root = new StateBox<>(rows.state(), table, found -> {
            paged.rows(found);
            table.show(new TrackList.Long(paged), Texts.of("downloads.tab.here"), false);
        }, found -> found.length == 0
                ? Optional.of(new EmptyState(Icon.DISK, Texts.of("downloads.none.here"), Texts.of("downloads.none.here.help")))
                : Optional.empty(),
                rows::ask);
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY), rows::ask);
    }

    Region root() {
        return root;
    }

    void shown() {
        table.shown();
        following.start();
    }

    void hidden() {
        table.hidden();
        following.stop();
    }
}
