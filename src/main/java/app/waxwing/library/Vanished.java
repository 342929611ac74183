package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.server.RemoteTrack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a server says it removed. A track that came again under a new id takes over what hung on its old one; one that the server still gives when
/// asked is not gone; the rest is marked, unless it is so much that passes have to decide and the user is asked. Albums and artists go when no track here names them.
final class Vanished {
    private static final Logger LOG = LoggerFactory.getLogger(Vanished.class);
    private final SyncContext context;
    private final SyncContext.Counts counts;
    private final MovedRows moved;

    private record Row(long id, String item, String folder) {}

    Vanished(SyncContext context, SyncContext.Counts counts, MovedRows moved) {
        this.context = context;
        this.counts = counts;
        this.moved = moved;
    }

    /// @return false where it is too much to be believed
    boolean mark(Set<String> removed) {
        if (removed.isEmpty()) return true;
        List<Row> tracks = tracks(removed);
        if (!tracks.isEmpty()) {
            Map<String, Integer> missing = new HashMap<>();
            tracks.forEach(t -> missing.merge(t.folder, 1, Integer::sum));
            Map<String, Integer> known = context.read(sql -> sql.select(TRACK.FOLDER_ITEM_ID, count()).from(TRACK)
                    .where(TRACK.ACCOUNT_ID.eq(context.account()), TRACK.GONE_AT.isNull()).groupBy(TRACK.FOLDER_ITEM_ID)
                    .fetchMap(TRACK.FOLDER_ITEM_ID, count()));
            if (!Sweep.held(missing, known).isEmpty()) {
                LOG.warn("account {}: the server says that {} tracks are removed; that is much, so everything is read", context.account(),
                        tracks.size());
                return false;
            }
            Set<String> still = context.server().tracks(tracks.stream().map(Row::item).toList()).stream().map(RemoteTrack::id)
                    .collect(Collectors.toSet());
            moved.follow(tracks.stream().filter(t -> !still.contains(t.item)).map(Row::id).toList());
            // Those that moved have no row of their old id any more.
            counts.removed(gone().tracks(tracks(removed).stream().filter(t -> !still.contains(t.item)).map(Row::id).toList()));
        }
        counts.removed(gone().albums(emptyAlbums(removed)));
        counts.removed(gone().artists(pieces(removed, some -> gone().unnamedArtists(some))));
        return true;
    }

    private GoneRows gone() {
        return new GoneRows(context.rows());
    }

    private List<Row> tracks(Set<String> ids) {
        return pieces(ids, some -> context.read(sql -> sql.select(TRACK.ID, TRACK.ITEM_ID, TRACK.FOLDER_ITEM_ID).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(context.account()), TRACK.ITEM_ID.in(some), TRACK.GONE_AT.isNull())
                .fetch(r -> new Row(r.value1(), r.value2(), r.value3()))));
    }

    /// An album that still has tracks here is left to the passes.
    private List<Long> emptyAlbums(Set<String> ids) {
        return pieces(ids, some -> context.read(sql -> sql.select(ALBUM.ID).from(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(context.account()), ALBUM.ITEM_ID.in(some), ALBUM.GONE_AT.isNull(),
                        notExists(selectOne().from(TRACK)
                                .where(TRACK.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID), TRACK.ALBUM_ITEM_ID.eq(ALBUM.ITEM_ID),
                                        TRACK.GONE_AT.isNull())))
                .fetch(ALBUM.ID)));
    }

    private static <T> List<T> pieces(Set<String> ids, java.util.function.Function<List<String>, List<T>> read) {
        List<String> all = List.copyOf(ids);
        List<T> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += Tables.MANY) {
            found.addAll(read.apply(all.subList(from, Math.min(all.size(), from + Tables.MANY))));
        }
        return found;
    }
}
