package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.server.RemoteArtist;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// After a complete pass: what neither it nor the complete pass before it met is marked gone, unless that is suspiciously much or everything;
/// then the figures of artists.
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);
    /// So many items, or so large a part, go without a question; more of both is held: a server that lost a disk is no wish to forget.
    /// All there is, however little, is held too.
    static final int SILENTLY = 50;
    static final double PART = 0.05;
    private static final int CHUNK = 200;
    private final SyncContext context;
    private final SyncContext.Counts counts;

    Sweep(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
    }

    /// The complete pass before this one, which is now the last: 0 when there is none, and then nothing counts as missed twice.
    private long before(String kind, long pass) {
        String scope = "whole/" + kind;
        long before = context.read(sql -> SyncStep.load(sql, context.account(), scope)).map(SyncStep::pass).orElse(0L);
        if (before != pass) context.save(SyncStep.fresh(scope, pass));
        return before == pass ? 0 : before;
    }

    void tracks(long pass) {
        long before = before("tracks", pass);
        Condition missing = TRACK.ACCOUNT_ID.eq(context.account()).and(TRACK.GONE_AT.isNull()).and(TRACK.SEEN_PASS.lt(before));
        long[] rows = context.read(sql -> Tables.longs(sql.select(TRACK.ID).from(TRACK).where(missing)));
        long known = context.read(sql -> (long) sql.fetchCount(TRACK, TRACK.ACCOUNT_ID.eq(context.account()), TRACK.GONE_AT.isNull()));
        if (held("tracks", rows.length, known)) return;
        long now = context.time().now().toEpochMilli();
        for (int from = 0; from < rows.length; from += CHUNK) {
            List<Long> chunk = Tables.boxed(rows, from, Math.min(rows.length, from + CHUNK));
            counts.removed(context.write(sql -> {
                Set<String> albums = new LinkedHashSet<>(sql.selectDistinct(TRACK.ALBUM_ITEM_ID).from(TRACK)
                        .where(TRACK.ID.in(chunk), TRACK.ALBUM_ITEM_ID.isNotNull()).fetch(TRACK.ALBUM_ITEM_ID));
                int gone = sql.update(TRACK).set(TRACK.GONE_AT, now).where(TRACK.ID.in(chunk)).execute();
                Batch.run(sql, connection -> {
                    AlbumFigures.refresh(connection, context.account(), albums);
                    return 0;
                });
                return gone;
            }));
        }
    }

    void albums(long pass) {
        long before = before("albums", pass);
        long[] rows = context.read(sql -> Tables.longs(sql.select(ALBUM.ID).from(ALBUM)
                .where(ALBUM.ACCOUNT_ID.eq(context.account()), ALBUM.GONE_AT.isNull(), ALBUM.SEEN_PASS.lt(before))));
        long known = context.read(sql -> (long) sql.fetchCount(ALBUM, ALBUM.ACCOUNT_ID.eq(context.account()), ALBUM.GONE_AT.isNull()));
        if (held("albums", rows.length, known)) return;
        long now = context.time().now().toEpochMilli();
        for (int from = 0; from < rows.length; from += CHUNK) {
            List<Long> chunk = Tables.boxed(rows, from, Math.min(rows.length, from + CHUNK));
            counts.removed(context.write(sql -> sql.update(ALBUM).set(ALBUM.GONE_AT, now).where(ALBUM.ID.in(chunk)).execute()));
        }
    }

    /// An artist goes only when no track or album here names it any more: servers list artists by rules of their own.
    void artists(long pass) {
        long before = before("artists", pass);
        Condition named = exists(selectOne().from(TRACK_ARTIST).join(TRACK)
                .on(TRACK.ACCOUNT_ID.eq(TRACK_ARTIST.ACCOUNT_ID), TRACK.ITEM_ID.eq(TRACK_ARTIST.TRACK_ITEM_ID))
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), TRACK_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID),
                        TRACK.GONE_AT.isNull()))
                .or(exists(selectOne().from(ALBUM_ARTIST).join(ALBUM)
                        .on(ALBUM.ACCOUNT_ID.eq(ALBUM_ARTIST.ACCOUNT_ID), ALBUM.ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID))
                        .where(ALBUM_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), ALBUM_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID),
                                ALBUM.GONE_AT.isNull())));
        long[] rows = context.read(sql -> Tables.longs(sql.select(ARTIST.ID).from(ARTIST)
                .where(ARTIST.ACCOUNT_ID.eq(context.account()), ARTIST.GONE_AT.isNull(), ARTIST.SEEN_PASS.lt(before)).andNot(named)));
        long known = context.read(sql -> (long) sql.fetchCount(ARTIST, ARTIST.ACCOUNT_ID.eq(context.account()), ARTIST.GONE_AT.isNull()));
        if (held("artists", rows.length, known)) return;
        long now = context.time().now().toEpochMilli();
        for (int from = 0; from < rows.length; from += CHUNK) {
            List<Long> chunk = Tables.boxed(rows, from, Math.min(rows.length, from + CHUNK));
            counts.removed(context.write(sql -> sql.update(ARTIST).set(ARTIST.GONE_AT, now).where(ARTIST.ID.in(chunk)).execute()));
        }
    }

    private boolean held(String what, long missing, long known) {
        if (missing == 0 || missing < known && (missing <= SILENTLY || missing <= known * PART)) return false;
        LOG.warn("account {}: the server no longer lists {} of {} {}; that is much, so they are kept as they are", context.account(),
                missing, known, what);
        return true;
    }

    private record Figures(long albums, long tracks) {}

    /// Artists that only tracks or albums name get a row; counts are written where they differ.
    void figures() {
        unlisted();
        long account = context.account();
        Map<String, Long> tracks = new HashMap<>();
        Map<String, Long> albums = new HashMap<>();
        context.read(sql -> {
            sql.select(TRACK_ARTIST.ARTIST_ITEM_ID, count()).from(TRACK_ARTIST).join(TRACK)
                    .on(TRACK.ACCOUNT_ID.eq(TRACK_ARTIST.ACCOUNT_ID), TRACK.ITEM_ID.eq(TRACK_ARTIST.TRACK_ITEM_ID))
                    .where(TRACK_ARTIST.ACCOUNT_ID.eq(account), TRACK.GONE_AT.isNull()).groupBy(TRACK_ARTIST.ARTIST_ITEM_ID)
                    .forEach(r -> tracks.put(r.value1(), (long) r.value2()));
            sql.select(ALBUM_ARTIST.ARTIST_ITEM_ID, count()).from(ALBUM_ARTIST).join(ALBUM)
                    .on(ALBUM.ACCOUNT_ID.eq(ALBUM_ARTIST.ACCOUNT_ID), ALBUM.ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID))
                    .where(ALBUM_ARTIST.ACCOUNT_ID.eq(account), ALBUM.GONE_AT.isNull()).groupBy(ALBUM_ARTIST.ARTIST_ITEM_ID)
                    .forEach(r -> albums.put(r.value1(), (long) r.value2()));
            return 0;
        });
        Map<Long, Figures> wrong = new HashMap<>();
        context.read(sql -> {
            sql.select(ARTIST.ID, ARTIST.ITEM_ID, ARTIST.ALBUM_COUNT, ARTIST.TRACK_COUNT).from(ARTIST).where(ARTIST.ACCOUNT_ID.eq(account))
                    .forEach(r -> {
                        var right = new Figures(albums.getOrDefault(r.value2(), 0L), tracks.getOrDefault(r.value2(), 0L));
                        if (!right.equals(new Figures(r.value3(), r.value4()))) wrong.put(r.value1(), right);
                    });
            return 0;
        });
        List<Map.Entry<Long, Figures>> all = new ArrayList<>(wrong.entrySet());
        for (int from = 0; from < all.size(); from += CHUNK * 5) {
            var chunk = all.subList(from, Math.min(all.size(), from + CHUNK * 5));
            context.write(sql -> Batch.run(sql, connection -> {
                try (var update = new Batch(connection, "UPDATE artist SET album_count = ?, track_count = ? WHERE id = ?")) {
                    for (var entry : chunk)
                        update.number(entry.getValue().albums).number(entry.getValue().tracks).number((long) entry.getKey()).run();
                }
                return chunk.size();
            }));
        }
    }

    private void unlisted() {
        long account = context.account();
        List<RemoteArtist> unlisted = context
                .read(sql -> sql.select(TRACK_ARTIST.ARTIST_ITEM_ID, min(TRACK_ARTIST.ARTIST_NAME)).from(TRACK_ARTIST)
                        .where(TRACK_ARTIST.ACCOUNT_ID.eq(account), TRACK_ARTIST.ARTIST_ITEM_ID.ne("")).groupBy(TRACK_ARTIST.ARTIST_ITEM_ID)
                        .except(sql.select(ARTIST.ITEM_ID, min(TRACK_ARTIST.ARTIST_NAME)).from(ARTIST).join(TRACK_ARTIST)
                                .on(TRACK_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), TRACK_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID))
                                .where(ARTIST.ACCOUNT_ID.eq(account)).groupBy(ARTIST.ITEM_ID))
                        .fetch(r -> new RemoteArtist(r.value1(), r.value2(), r.value2(), Optional.empty(), Optional.empty())));
        for (int from = 0; from < unlisted.size(); from += CHUNK) {
            List<RemoteArtist> chunk = unlisted.subList(from, Math.min(unlisted.size(), from + CHUNK));
            counts.add(context.write(
                    sql -> Batch.run(sql, connection -> new ArtistWriter(connection, account, 0).write(chunk, context.time().now()))));
        }
    }
}
