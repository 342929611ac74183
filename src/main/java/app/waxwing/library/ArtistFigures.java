package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.min;

import app.waxwing.server.RemoteArtist;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How many albums and tracks each artist has, kept on its row.
final class ArtistFigures {
    private static final int CHUNK = 200;
    private final AccountRows rows;

    ArtistFigures(AccountRows rows) {
        this.rows = rows;
    }

    private record Figures(long albums, long tracks) {}

    /// Artists that only tracks or albums name get a row; counts are written where they differ.
    ///
    /// @return the new rows
    Tally refresh() {
        Tally fresh = unlisted();
        long account = rows.account();
        Map<String, Long> tracks = new HashMap<>();
        Map<String, Long> albums = new HashMap<>();
        rows.read(sql -> {
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
        rows.read(sql -> {
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
            rows.write(sql -> Batch.run(sql, connection -> {
                try (var update = new Batch(connection, "UPDATE artist SET album_count = ?, track_count = ? WHERE id = ?")) {
                    for (var entry : chunk)
                        update.number(entry.getValue().albums).number(entry.getValue().tracks).number((long) entry.getKey()).run();
                }
                return chunk.size();
            }));
        }
        return fresh;
    }

    private Tally unlisted() {
        Tally tally = Tally.NONE;
        long account = rows.account();
        List<RemoteArtist> unlisted = rows
                .read(sql -> sql.select(TRACK_ARTIST.ARTIST_ITEM_ID, min(TRACK_ARTIST.ARTIST_NAME)).from(TRACK_ARTIST)
                        .where(TRACK_ARTIST.ACCOUNT_ID.eq(account), TRACK_ARTIST.ARTIST_ITEM_ID.ne("")).groupBy(TRACK_ARTIST.ARTIST_ITEM_ID)
                        .except(sql.select(ARTIST.ITEM_ID, min(TRACK_ARTIST.ARTIST_NAME)).from(ARTIST).join(TRACK_ARTIST)
                                .on(TRACK_ARTIST.ACCOUNT_ID.eq(ARTIST.ACCOUNT_ID), TRACK_ARTIST.ARTIST_ITEM_ID.eq(ARTIST.ITEM_ID))
                                .where(ARTIST.ACCOUNT_ID.eq(account)).groupBy(ARTIST.ITEM_ID))
                        .fetch(r -> new RemoteArtist(r.value1(), r.value2(), r.value2(), Optional.empty(), Optional.empty())));
        for (int from = 0; from < unlisted.size(); from += CHUNK) {
            List<RemoteArtist> chunk = unlisted.subList(from, Math.min(unlisted.size(), from + CHUNK));
            tally = tally.plus(rows.write(
                    sql -> Batch.run(sql, connection -> new ArtistWriter(connection, account, 0).write(chunk, rows.time().now()))));
        }
        return tally;
    }
}
