package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.ALBUM_ARTIST;
import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.TRACK_ARTIST;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Batch;
import app.waxwing.library.SyncEngine;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// Kept playlists, albums and artists: which there are, and what they hold that is not wanted yet.
final class FollowRows {
    /// Kinds of reasons that are followed.
    static final List<String> COLLECTIONS = List.of("playlist", "album", "artist");
    private final Rows rows;

    FollowRows(Rows rows) {
        this.rows = rows;
    }

    /// @param tracks that it holds and for which it is no reason yet
    record Due(String kind, ItemKey source, String quality, int priority, List<ItemKey> tracks) {}

    private record Collection(String kind, ItemKey source, String quality, int priority) {}

    private record Found(ItemKey track, long row) {}

    /// Nothing in the midst of a sync, where a track that moved stands in the library twice and would come again. After one that came to its end all
    /// of it; after one that did not, what cannot be such a track.
    CompletableFuture<List<Due>> due() {
        return rows.read(sql -> {
            Map<Collection, List<Found>> due = new LinkedHashMap<>();
            Set<Long> broken = SyncEngine.brokenOff(sql);
            for (Condition holds : List.of(KEPT_COLLECTION.KIND.eq(inline("playlist")).and(inPlaylist()),
                    KEPT_COLLECTION.KIND.eq(inline("album")).and(TRACK.ALBUM_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID)),
                    KEPT_COLLECTION.KIND.eq(inline("artist")).and(byArtist()))) {
                var c = KEPT_COLLECTION;
                sql.select(c.KIND, c.ACCOUNT_ID, c.SOURCE_ITEM_ID, c.QUALITY, c.PRIORITY, TRACK.ITEM_ID, TRACK.ID).from(c).crossJoin(TRACK)
                        .where(SyncEngine.settled(c.ACCOUNT_ID).or(c.ACCOUNT_ID.in(broken)), TRACK.ACCOUNT_ID.eq(c.ACCOUNT_ID),
                                TRACK.GONE_AT.isNull(), holds,
                                notExists(selectOne().from(KEEP_REASON)
                                        .where(KEEP_REASON.ACCOUNT_ID.eq(c.ACCOUNT_ID), KEEP_REASON.TRACK_ITEM_ID.eq(TRACK.ITEM_ID),
                                                KEEP_REASON.KIND.eq(c.KIND), KEEP_REASON.SOURCE_ITEM_ID.eq(c.SOURCE_ITEM_ID))),
                                notExists(selectOne().from(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(c.ACCOUNT_ID),
                                        KEEP_EXCEPTION.KIND.eq(c.KIND), KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(c.SOURCE_ITEM_ID),
                                        KEEP_EXCEPTION.TRACK_ITEM_ID.eq(TRACK.ITEM_ID))))
                        .orderBy(c.ACCOUNT_ID, c.SOURCE_ITEM_ID, TRACK.ALBUM_TITLE, TRACK.DISC, TRACK.NUMBER, TRACK.ID)
                        .forEach(r -> due.computeIfAbsent(new Collection(r.value1(), new ItemKey(r.value2(), r.value3()), r.value4(),
                                Math.toIntExact(r.value5())), k -> new ArrayList<>())
                                .add(new Found(new ItemKey(r.value2(), r.value6()), r.value7())));
            }
            for (long account : broken) {
                List<Long> found = due.entrySet().stream().filter(e -> e.getKey().source().account() == account)
                        .flatMap(e -> e.getValue().stream()).map(Found::row).distinct().toList();
                Set<Long> own = found.isEmpty() ? Set.of() : SyncEngine.ofTheirOwn(sql, account, found);
                due.forEach((collection, all) -> all.removeIf(f -> f.track.account() == account && !own.contains(f.row)));
            }
            return due.entrySet().stream().filter(e -> !e.getValue().isEmpty()).map(e -> new Due(e.getKey().kind(), e.getKey().source(),
                    e.getKey().quality(), e.getKey().priority(), e.getValue().stream().map(Found::track).toList())).toList();
        });
    }

    /// Whose it is, beyond our own numbers.
    record Person(String serverId, String userId) {}

    /// A followed collection as it outlives the database.
    ///
    /// @param without tracks of it that the user took out by hand
    record Kept(String kind, String id, String quality, int priority, List<String> without) {
        Kept {
            without = List.copyOf(without);
        }
    }

    /// What accounts keep now; one that keeps nothing has an empty list.
    CompletableFuture<Map<Person, List<Kept>>> kept(java.util.Collection<Long> accounts) {
        return rows.read(sql -> {
            Map<Person, List<Kept>> kept = new LinkedHashMap<>();
            for (var person : sql.select(ACCOUNT.ID, ACCOUNT.SERVER_ID, ACCOUNT.USER_ID).from(ACCOUNT).where(ACCOUNT.ID.in(accounts))) {
                Map<String, List<String>> without = new HashMap<>();
                var e = KEEP_EXCEPTION;
                sql.select(e.KIND, e.SOURCE_ITEM_ID, e.TRACK_ITEM_ID).from(e).where(e.ACCOUNT_ID.eq(person.value1()))
                        .forEach(r -> without.computeIfAbsent(r.value1() + ":" + r.value2(), k -> new ArrayList<>()).add(r.value3()));
                var c = KEPT_COLLECTION;
                kept.put(new Person(person.value2(), person.value3()), sql.select(c.KIND, c.SOURCE_ITEM_ID, c.QUALITY, c.PRIORITY).from(c)
                        .where(c.ACCOUNT_ID.eq(person.value1())).orderBy(c.KIND, c.SOURCE_ITEM_ID)
                        .fetch(r -> new Kept(r.value1(), r.value2(), r.value3(), Math.toIntExact(r.value4()),
                                without.getOrDefault(r.value1() + ":" + r.value2(), List.of()))));
            }
            return kept;
        });
    }

    CompletableFuture<Optional<Person>> person(long account) {
        return rows.read(sql -> person(sql, account));
    }

    /// What a person kept is kept again; what is kept here already stays as it is.
    ///
    /// @param told as a folder tells of it; empty where none does: then each collection that is a reason for a file, in the quality of most of its
    /// files
    /// @param all nothing more will be told of it
    /// @return how many collections came
    CompletableFuture<Integer> recall(long account, Optional<List<Kept>> told, boolean all, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            if (!sql.fetchExists(ACCOUNT, ACCOUNT.ID.eq(account))) return 0;
            int came = 0;
            for (Kept one : told.isPresent() ? told.get() : byReasons(sql, account)) {
                var source = new ItemKey(account, one.id());
                if (!COLLECTIONS.contains(one.kind()) || kept(sql, one.kind(), source)) continue;
                keep(sql, one.kind(), source, one.quality(), one.priority(), now);
                var e = KEEP_EXCEPTION;
                for (String track : one.without()) {
                    sql.insertInto(e).set(e.ACCOUNT_ID, account).set(e.KIND, one.kind()).set(e.SOURCE_ITEM_ID, one.id())
                            .set(e.TRACK_ITEM_ID, track).onConflictDoNothing().execute();
                }
                came++;
            }
            if (all) SoughtRows.recalled(sql, account);
            return came;
        });
    }

    private static List<Kept> byReasons(DSLContext sql, long account) {
        Map<String, Kept> kept = new LinkedHashMap<>();
        var k = KEEP_REASON;
        sql.select(k.KIND, k.SOURCE_ITEM_ID, MEDIA_FILE.QUALITY).from(k)
                .join(MEDIA_FILE).on(MEDIA_FILE.ACCOUNT_ID.eq(k.ACCOUNT_ID), MEDIA_FILE.ITEM_ID.eq(k.TRACK_ITEM_ID))
                .where(k.ACCOUNT_ID.eq(account), k.KIND.in(COLLECTIONS)).groupBy(k.KIND, k.SOURCE_ITEM_ID, MEDIA_FILE.QUALITY)
                .orderBy(count().desc(), MEDIA_FILE.QUALITY)
                .forEach(r -> kept.putIfAbsent(r.value1() + ":" + r.value2(), new Kept(r.value1(), r.value2(), r.value3(), 0, List.of())));
        return List.copyOf(kept.values());
    }

    private static Condition inPlaylist() {
        return TRACK.ITEM_ID.in(select(PLAYLIST_ITEM.TRACK_ITEM_ID).from(PLAYLIST_ITEM)
                .where(PLAYLIST_ITEM.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        PLAYLIST_ITEM.PLAYLIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID)))
                .and(exists(selectOne().from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        PLAYLIST.ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID), PLAYLIST.GONE_AT.isNull(), PLAYLIST.DELETED_AT.isNull())));
    }

    private static Condition byArtist() {
        var t = TRACK.as("t");
        return TRACK.ITEM_ID.in(select(TRACK_ARTIST.TRACK_ITEM_ID).from(TRACK_ARTIST)
                .where(TRACK_ARTIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                        TRACK_ARTIST.ARTIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID))
                // In this order, and not sorted for a union: from the artist's albums to their tracks, not through all tracks.
                .unionAll(select(t.ITEM_ID).from(ALBUM_ARTIST).crossJoin(t)
                        .where(t.ACCOUNT_ID.eq(ALBUM_ARTIST.ACCOUNT_ID), t.ALBUM_ITEM_ID.eq(ALBUM_ARTIST.ALBUM_ITEM_ID),
                                ALBUM_ARTIST.ACCOUNT_ID.eq(KEPT_COLLECTION.ACCOUNT_ID),
                                ALBUM_ARTIST.ARTIST_ITEM_ID.eq(KEPT_COLLECTION.SOURCE_ITEM_ID))));
    }

    // ---- inside transactions

    static Optional<Person> person(DSLContext sql, long account) {
        return Batch.run(sql, connection -> {
            List<Person> found = new ArrayList<>(1);
            try (var find = new Batch(connection, "SELECT server_id, user_id FROM account WHERE id = ?")) {
                find.number(account).read(r -> found.add(new Person(r.getString(1), r.getString(2))));
            }
            return found.stream().findFirst();
        });
    }

    /// From now on the collection is followed; what was taken out of it by hand before comes again.
    static void keep(DSLContext sql, String kind, ItemKey source, String quality, int priority, Instant now) {
        sql.deleteFrom(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(source.account()), KEEP_EXCEPTION.KIND.eq(kind),
                KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(source.id())).execute();
        sql.insertInto(KEPT_COLLECTION).set(KEPT_COLLECTION.ACCOUNT_ID, source.account()).set(KEPT_COLLECTION.KIND, kind)
                .set(KEPT_COLLECTION.SOURCE_ITEM_ID, source.id()).set(KEPT_COLLECTION.QUALITY, quality)
                .set(KEPT_COLLECTION.PRIORITY, (long) priority).set(KEPT_COLLECTION.ADDED_AT, now.toEpochMilli()).onDuplicateKeyUpdate()
                .set(KEPT_COLLECTION.QUALITY, quality).set(KEPT_COLLECTION.PRIORITY, (long) priority).execute();
    }

    static boolean kept(DSLContext sql, String kind, ItemKey source) {
        return sql.fetchExists(KEPT_COLLECTION, KEPT_COLLECTION.ACCOUNT_ID.eq(source.account()), KEPT_COLLECTION.KIND.eq(kind),
                KEPT_COLLECTION.SOURCE_ITEM_ID.eq(source.id()));
    }

    static void release(DSLContext sql, String kind, ItemKey source) {
        sql.deleteFrom(KEPT_COLLECTION).where(KEPT_COLLECTION.ACCOUNT_ID.eq(source.account()), KEPT_COLLECTION.KIND.eq(kind),
                KEPT_COLLECTION.SOURCE_ITEM_ID.eq(source.id())).execute();
        sql.deleteFrom(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(source.account()), KEEP_EXCEPTION.KIND.eq(kind),
                KEEP_EXCEPTION.SOURCE_ITEM_ID.eq(source.id())).execute();
    }

    /// Nothing of the account is followed any more.
    CompletableFuture<Integer> releaseAll(long account) {
        return rows.write(Durability.KEPT, sql -> {
            releaseAll(sql, account);
            return 0;
        });
    }

    /// Nothing of the account is followed any more.
    static void releaseAll(DSLContext sql, long account) {
        sql.deleteFrom(KEPT_COLLECTION).where(KEPT_COLLECTION.ACCOUNT_ID.eq(account)).execute();
        sql.deleteFrom(KEEP_EXCEPTION).where(KEEP_EXCEPTION.ACCOUNT_ID.eq(account)).execute();
    }

    /// The user takes one track out of the collections that are reasons for it: they do not bring it back.
    ///
    /// @param kinds of collections whose word does not count against his
    static void except(DSLContext sql, ItemKey track, List<String> kinds) {
        sql.insertInto(KEEP_EXCEPTION, KEEP_EXCEPTION.ACCOUNT_ID, KEEP_EXCEPTION.KIND, KEEP_EXCEPTION.SOURCE_ITEM_ID,
                KEEP_EXCEPTION.TRACK_ITEM_ID)
                .select(select(KEEP_REASON.ACCOUNT_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID, KEEP_REASON.TRACK_ITEM_ID)
                        .from(KEEP_REASON)
                        .where(KEEP_REASON.ACCOUNT_ID.eq(track.account()), KEEP_REASON.TRACK_ITEM_ID.eq(track.id()),
                                KEEP_REASON.KIND.in(kinds)))
                .onConflictDoNothing().execute();
    }
}
