package app.waxwing.library;

import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Albums that moved as a whole, as when their folder got another name: all of their tracks that moved are in one other album, and the server lists
/// none in the old one any more.
final class MovedAlbums {
    private final long account;
    private final Condition missing;
    private final Condition fresh;
    private final Map<Long, String> albums = new HashMap<>();
    private final Map<String, Set<String>> targets = new HashMap<>();

    /// @param alone everything in the new album is new, or was kept as a track of the old one already
    record Album(String old, String now, boolean alone) {}

    private MovedAlbums(long account, Condition missing, Condition fresh) {
        this.account = account;
        this.missing = missing;
        this.fresh = fresh;
    }

    /// @param missing tracks that the server does not list any more
    /// @param fresh tracks that are new
    static MovedAlbums read(SyncContext context, List<MovedTracks.Pair> pairs, Condition missing, Condition fresh) {
        var albums = new MovedAlbums(context.account(), missing, fresh);
        List<Long> rows = new ArrayList<>();
        pairs.forEach(p -> rows.addAll(List.of(p.old().row(), p.now().row())));
        for (int from = 0; from < rows.size(); from += Tables.MANY) {
            List<Long> some = rows.subList(from, Math.min(rows.size(), from + Tables.MANY));
            albums.albums.putAll(context.read(sql -> sql.select(TRACK.ID, TRACK.ALBUM_ITEM_ID).from(TRACK)
                    .where(TRACK.ID.in(some), TRACK.ALBUM_ITEM_ID.isNotNull()).fetchMap(TRACK.ID, TRACK.ALBUM_ITEM_ID)));
        }
        for (var pair : pairs) {
            String old = albums.of(pair.old());
            if (!old.isEmpty()) albums.targets.computeIfAbsent(old, k -> new HashSet<>()).add(albums.of(pair.now()));
        }
        return albums;
    }

    /// Of no album: empty.
    private String of(MovedTracks.Face face) {
        return albums.getOrDefault(face.row(), "");
    }

    /// In the transaction that gives their last tracks new ids, after it did.
    ///
    /// @param pairs those tracks
    /// @param later whose turn is in later transactions
    List<Album> among(DSLContext sql, List<MovedTracks.Pair> pairs, List<MovedTracks.Pair> later) {
        Set<String> ended = new HashSet<>();
        pairs.forEach(p -> ended.add(of(p.old())));
        later.forEach(p -> ended.remove(of(p.old())));
        List<Album> whole = new ArrayList<>();
        for (String old : ended) {
            Set<String> into = targets.getOrDefault(old, Set.of());
            if (into.size() != 1 || into.contains("") || into.contains(old)) continue;
            if (sql.fetchExists(TRACK, in(old).and(missing.not()))) continue;
            String now = into.iterator().next();
            whole.add(new Album(old, now, alone(sql, old, now)));
        }
        return whole;
    }

    private boolean alone(DSLContext sql, String old, String now) {
        return !sql.fetchExists(TRACK, in(now).and(TRACK.GONE_AT.isNull()).and(fresh.not())
                .and(notExists(selectOne().from(KEEP_REASON).where(KEEP_REASON.ACCOUNT_ID.eq(account),
                        KEEP_REASON.TRACK_ITEM_ID.eq(TRACK.ITEM_ID), KEEP_REASON.KIND.eq("album"), KEEP_REASON.SOURCE_ITEM_ID.eq(old))))
                .and(notExists(selectOne().from(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(account),
                        KEEP_EXCEPTION.KIND.eq("album"), KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(old),
                        KEEP_EXCEPTION.TRACK_ITEM_ID.eq(TRACK.ITEM_ID)))));
    }

    private Condition in(String album) {
        return TRACK.ACCOUNT_ID.eq(account).and(TRACK.ALBUM_ITEM_ID.eq(album));
    }
}
