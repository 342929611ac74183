package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.Query;

/// Wishes: rows of `keep_reason` and the downloads they ask for, always in one transaction.
final class KeepRows {
    private static final int CHUNK = 400;
    private final Rows rows;

    KeepRows(Rows rows) {
        this.rows = rows;
    }

    /// @param kind of the reason: user, playlist, album, artist
    /// @param source the collection, or empty = each track itself
    record Edge(String kind, Optional<String> source) {}

    record Wish(Collection<ItemKey> tracks, Origin origin, int priority, String quality, Optional<Edge> edge) {}

    /// @param added new rows
    /// @param merged rows that were there, before and after
    /// @param all one for each track wanted, in order
    record Enqueued(List<Entry> added, List<Change> merged, List<Entry> all) {}

    /// Unique per account and item while not deleted; a second wish merges (B.37).
    CompletableFuture<Enqueued> enqueue(Wish wish, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            Map<Long, Set<String>> byAccount = new LinkedHashMap<>();
            for (ItemKey key : wish.tracks()) byAccount.computeIfAbsent(key.account(), a -> new java.util.LinkedHashSet<>()).add(key.id());
            Map<ItemKey, Entry> all = new HashMap<>();
            List<Entry> added = new ArrayList<>();
            List<Change> merged = new ArrayList<>();
            Root standard = FolderRows.standard(sql);
            Root root = Entry.rootOf(wish.origin(), standard);
            byAccount.forEach((account, items) -> chunks(items, chunk -> {
                wish.edge().ifPresent(edge -> keep(sql, account, chunk, edge, now));
                Map<String, Entry> there = present(sql, account, chunk);
                Set<String> whole = new HashSet<>(sql.select(MEDIA_FILE.ITEM_ID).from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account)
                        .and(MEDIA_FILE.ITEM_ID.in(chunk)).and(MEDIA_FILE.QUALITY.eq(wish.quality()))).fetch(MEDIA_FILE.ITEM_ID));
                for (Entry before : there.values()) {
                    Entry after = merge(before, wish, standard, whole.contains(before.key().id()));
                    if (after.equals(before)) continue;
                    sql.update(DOWNLOAD).set(DownloadRows.decided(after)).set(DOWNLOAD.IS_CLEARED, false).where(DOWNLOAD.ID.eq(after.id()))
                            .execute();
                    merged.add(new Change(before, after));
                }
                List<String> missing = chunk.stream().filter(i -> !there.containsKey(i)).toList();
                List<Query> inserts = new ArrayList<>();
                for (String item : missing) {
                    long place = now.toEpochMilli() * 1_000_000 + Turn.GAP * all.size() + Turn.GAP * inserts.size();
                    inserts.add(sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, account).set(DOWNLOAD.ITEM_ID, item)
                            .set(DOWNLOAD.QUALITY, wish.quality()).set(DOWNLOAD.ORIGIN, wish.origin().word())
                            .set(DOWNLOAD.CLASS, (long) Entry.rank(wish.origin())).set(DOWNLOAD.PRIORITY, (long) wish.priority())
                            .set(DOWNLOAD.ROOT, root.kind()).set(DOWNLOAD.FOLDER_ID, DownloadRows.folder(root))
                            .set(DOWNLOAD.QUEUED_AT, now.toEpochMilli()).set(DOWNLOAD.PLACE, place));
                }
                if (!inserts.isEmpty()) sql.batch(inserts).execute();
                List<String> adopted = missing.stream().filter(whole::contains).toList();
                if (!adopted.isEmpty()) complete(sql, account, adopted, wish.quality());
                Map<String, Entry> after = present(sql, account, chunk);
                missing.forEach(item -> {
                    Entry entry = after.get(item);
                    if (entry != null) added.add(entry);
                });
                after.values().forEach(e -> all.put(e.key(), e));
            }));
            return new Enqueued(added, merged, wish.tracks().stream().filter(all::containsKey).map(k -> all.get(k)).toList());
        });
    }

    /// @param gone tracks that nothing keeps any more
    /// @param downloads their rows in the queue
    record Released(int edges, List<ItemKey> gone, List<Long> downloads) {}

    /// Takes one reason away from all tracks that have it.
    CompletableFuture<Released> release(long account, String kind, String source) {
        return rows.write(Durability.KEPT, sql -> {
            var edge = KEEP_REASON.ACCOUNT_ID.eq(account).and(KEEP_REASON.KIND.eq(kind)).and(KEEP_REASON.SOURCE_ITEM_ID.eq(source));
            List<String> tracks = sql.select(KEEP_REASON.TRACK_ITEM_ID).from(KEEP_REASON).where(edge).fetch(KEEP_REASON.TRACK_ITEM_ID);
            sql.deleteFrom(KEEP_REASON).where(edge).execute();
            List<ItemKey> gone = new ArrayList<>();
            List<Long> downloads = new ArrayList<>();
            for (String track : tracks) {
                if (kept(sql, account, track)) continue;
                gone.add(new ItemKey(account, track));
                unpin(sql, account, track);
                downloads
                        .addAll(sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(account).and(DOWNLOAD.ITEM_ID.eq(track))
                                .and(DownloadRows.PRESENT)).fetch(DOWNLOAD.ID));
            }
            return new Released(tracks.size(), gone, downloads);
        });
    }

    /// Inside a transaction that removes an unfinished download: the wish goes with all its reasons.
    static boolean forget(DSLContext sql, Entry entry) {
        if (entry.state() instanceof DownloadState.Completed) return false;
        sql.deleteFrom(KEEP_REASON)
                .where(KEEP_REASON.ACCOUNT_ID.eq(entry.key().account()).and(KEEP_REASON.TRACK_ITEM_ID.eq(entry.key().id())))
                .execute();
        return true;
    }

    /// Inside a transaction that removes a download by the user's word: his own reasons go; a playlist that holds the track keeps it.
    static boolean unlessPlaylist(DSLContext sql, Entry entry) {
        var track = KEEP_REASON.ACCOUNT_ID.eq(entry.key().account()).and(KEEP_REASON.TRACK_ITEM_ID.eq(entry.key().id()));
        sql.deleteFrom(KEEP_REASON).where(track.and(KEEP_REASON.KIND.ne("playlist"))).execute();
        return !kept(sql, entry.key().account(), entry.key().id());
    }

    /// Inside a transaction: nothing keeps the track.
    static boolean unkept(DSLContext sql, Entry entry) {
        return !kept(sql, entry.key().account(), entry.key().id());
    }

    /// How each of the tracks stands: its download where there is one, whether it is wanted, whether it is whole here.
    ///
    /// @param entries by track
    record Standing(Map<ItemKey, Entry> entries, Set<ItemKey> kept, Set<ItemKey> whole) {}

    CompletableFuture<Standing> standing(Collection<ItemKey> tracks) {
        return rows.read(sql -> {
            Map<Long, Set<String>> byAccount = new HashMap<>();
            for (ItemKey key : tracks) byAccount.computeIfAbsent(key.account(), a -> new HashSet<>()).add(key.id());
            Map<ItemKey, Entry> entries = new HashMap<>();
            Set<ItemKey> kept = new HashSet<>();
            Set<ItemKey> whole = new HashSet<>();
            byAccount.forEach((account, items) -> chunks(items, chunk -> {
                present(sql, account, chunk).forEach((item, entry) -> entries.put(new ItemKey(account, item), entry));
                sql.selectDistinct(KEEP_REASON.TRACK_ITEM_ID).from(KEEP_REASON).where(KEEP_REASON.ACCOUNT_ID.eq(account)
                        .and(KEEP_REASON.TRACK_ITEM_ID.in(chunk))).forEach(r -> kept.add(new ItemKey(account, r.value1())));
                sql.selectDistinct(MEDIA_FILE.ITEM_ID).from(MEDIA_FILE)
                        .where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.in(chunk))
                                .and(MEDIA_FILE.IS_PINNED.isTrue()))
                        .forEach(r -> whole.add(new ItemKey(account, r.value1())));
            }));
            return new Standing(entries, kept, whole);
        });
    }

    private static Entry merge(Entry before, Wish wish, Root standard, boolean whole) {
        Origin origin = Entry.higher(before.origin(), wish.origin());
        int rank = Math.min(before.rank(), Entry.rank(wish.origin()));
        DownloadState state = before.state();
        if (state instanceof DownloadState.Completed && !whole) state = Transitions.next(state, new DownloadInput.Lost());
        if (Entry.rank(wish.origin()) <= 1) state = Transitions.next(state, new DownloadInput.Wanted());
        Entry after = before.wanted(origin, rank, Math.max(before.priority(), wish.priority())).with(state);
        // A wish to keep moves what has never begun; the rest stays where it is and moves when it is whole: an attempt that was told to stop a
        // moment ago may have its file finished there.
        boolean begun = before.partPath().isPresent() || before.part().bytes() > 0 || before.state() instanceof DownloadState.Completed;
        if (!Entry.rootOf(origin, standard).isCache() && before.root().isCache() && !begun) {
            after = after.placed(standard, Optional.empty(), Optional.empty());
        }
        return after;
    }

    private static void keep(DSLContext sql, long account, List<String> tracks, Edge edge, Instant now) {
        List<Query> inserts = new ArrayList<>();
        for (String track : tracks) {
            inserts.add(sql.insertInto(KEEP_REASON).set(KEEP_REASON.ACCOUNT_ID, account).set(KEEP_REASON.TRACK_ITEM_ID, track)
                    .set(KEEP_REASON.KIND, edge.kind()).set(KEEP_REASON.SOURCE_ITEM_ID, edge.source().orElse(track))
                    .set(KEEP_REASON.ADDED_AT, now.toEpochMilli()).onConflictDoNothing());
        }
        sql.batch(inserts).execute();
        sql.update(MEDIA_FILE).set(MEDIA_FILE.IS_PINNED, true).where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.in(tracks))
                .and(MEDIA_FILE.IS_PINNED.isFalse())).execute();
    }

    /// Rows for tracks that are whole here already.
    private static void complete(DSLContext sql, long account, List<String> items, String quality) {
        for (var file : sql.selectFrom(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.in(items))
                .and(MEDIA_FILE.QUALITY.eq(quality))).fetch()) {
            sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.COMPLETED_AT, file.getCompletedAt())
                    .set(DOWNLOAD.ROOT, file.getRoot()).set(DOWNLOAD.FOLDER_ID, file.getFolderId())
                    .set(DOWNLOAD.FILE_PATH, file.getPath()).set(DOWNLOAD.SHA256, file.getSha256())
                    .set(DOWNLOAD.BYTES_DOWNLOADED, file.getSize())
                    .set(DOWNLOAD.EXPECTED_SIZE, file.getSize()).set(DOWNLOAD.MIME_TYPE, file.getMimeType()).set(DOWNLOAD.PROGRESS, 1.0)
                    .where(DOWNLOAD.ACCOUNT_ID.eq(account).and(DOWNLOAD.ITEM_ID.eq(file.getItemId())).and(DownloadRows.PRESENT)).execute();
        }
    }

    static boolean kept(DSLContext sql, long account, String track) {
        return sql.fetchExists(KEEP_REASON, KEEP_REASON.ACCOUNT_ID.eq(account).and(KEEP_REASON.TRACK_ITEM_ID.eq(track)));
    }

    static void unpin(DSLContext sql, long account, String track) {
        sql.update(MEDIA_FILE).set(MEDIA_FILE.IS_PINNED, false).where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.eq(track)))
                .execute();
    }

    private static Map<String, Entry> present(DSLContext sql, long account, List<String> items) {
        Map<String, Entry> there = new LinkedHashMap<>();
        DownloadRows.all(sql, DOWNLOAD.ACCOUNT_ID.eq(account).and(DOWNLOAD.ITEM_ID.in(items)).and(DownloadRows.PRESENT))
                .forEach(e -> there.put(e.key().id(), e));
        return there;
    }

    private static void chunks(Set<String> items, java.util.function.Consumer<List<String>> work) {
        List<String> list = List.copyOf(new ArrayList<>(items));
        for (int at = 0; at < list.size(); at += CHUNK) work.accept(list.subList(at, Math.min(list.size(), at + CHUNK)));
    }
}
