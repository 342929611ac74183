package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.download.Entry.Label;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.ActiveAccounts;
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
import java.util.function.Consumer;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Wishes: rows of `keep_reason` and the downloads they ask for, always in one transaction.
final class KeepRows {
    private static final int CHUNK = 400;
    private final Rows rows;

    KeepRows(Rows rows) {
        this.rows = rows;
    }

    /// @param kind of the reason: user, playlist, album, artist
    /// @param source the collection, or empty = each track itself
    /// @param following the collection holds more than before; it is no reason any more when the user released it meanwhile
    record Edge(String kind, Optional<ItemKey> source, boolean following) {}

    /// @param quality for tracks that are not queued or here
    /// @param named the user named the quality: what is queued or here in another one changes
    record Wish(Collection<ItemKey> tracks, Origin origin, int priority, String quality, boolean named, Optional<Edge> edge) {
        /// As the façade takes it: what the user wants is kept for that reason, and in the quality named.
        static Wish of(Collection<ItemKey> tracks, Origin origin, int priority, String quality) {
            boolean kept = origin == Origin.USER || origin == Origin.PLAYLIST;
            return new Wish(tracks, origin, priority, quality, Entry.rank(origin) == 1,
                    kept ? Optional.of(new Edge("user", Optional.empty(), false)) : Optional.empty());
        }

        /// Why this cannot be wished for.
        Optional<Failure> trouble(TransferSource source) {
            Optional<Quality> known = Quality.of(quality);
            if (known.isEmpty())
                return Optional.of(new Failure.Invalid("There is no quality «" + quality + "»; there are " + Quality.words()));
            return tracks.stream().map(ItemKey::account).distinct().flatMap(a -> source.trouble(a, known.get()).stream()).findFirst();
        }

        private boolean outdated(DSLContext sql) {
            return edge.filter(Edge::following).flatMap(e -> e.source().map(s -> !FollowRows.kept(sql, e.kind(), s))).orElse(false);
        }
    }

    /// @param added new rows
    /// @param merged rows that were there, before and after
    /// @param replaced rows that gave way to one of another quality, before and after
    /// @param all one for each track wanted, in order
    /// @param back tracks whose deletion was taken back: their files are here again
    record Enqueued(List<Entry> added, List<Change> merged, List<Change> replaced, List<Entry> all, Set<ItemKey> back) {}

    /// Unique per account and item while not deleted; a second wish merges (B.37), one for another quality takes the row's place.
    ///
    /// @param known rows as memory has them, where that differs from what is stored
    /// @param cooling removed rows whose files are still there, with the time when each was last written
    CompletableFuture<Enqueued> enqueue(Wish wish, Map<Long, Entry> known, Map<Long, Instant> cooling, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            if (wish.outdated(sql)) return new Enqueued(List.of(), List.of(), List.of(), List.of(), Set.of());
            wish.edge().filter(e -> !e.following()).ifPresent(e -> e.source().filter(s -> FollowRows.COLLECTIONS.contains(e.kind()))
                    .ifPresent(s -> FollowRows.keep(sql, e.kind(), s, wish.quality(), wish.priority(), now)));
            Map<Long, Set<String>> byAccount = new LinkedHashMap<>();
            for (ItemKey key : wish.tracks()) byAccount.computeIfAbsent(key.account(), a -> new java.util.LinkedHashSet<>()).add(key.id());
            Map<ItemKey, Entry> all = new HashMap<>();
            List<Entry> added = new ArrayList<>();
            List<Change> merged = new ArrayList<>();
            List<Change> replaced = new ArrayList<>();
            Set<ItemKey> back = new HashSet<>();
            Root standard = FolderRows.standard(sql);
            byAccount.forEach((account, items) -> chunks(items, texts -> {
                List<String> chunk = texts.values();
                wish.edge().ifPresent(edge -> keep(sql, account, texts, edge, now));
                Map<String, Entry> there = present(sql, account, texts);
                Map<String, String> quality = QualityRows.meant(sql, account, chunk, wish, there);
                for (Entry left : QualityRows.cooling(sql, account, chunk, cooling.keySet())) {
                    if (there.containsKey(left.key().id()) || wish.named() && !left.quality().equals(quality.get(left.key().id())))
                        continue;
                    QualityRows.takeBack(sql, left, cooling.getOrDefault(left.id(), now), now);
                    quality.put(left.key().id(), left.quality());
                    back.add(left.key());
                }
                Set<String> whole = new HashSet<>();
                sql.select(MEDIA_FILE.ITEM_ID, MEDIA_FILE.QUALITY).from(MEDIA_FILE)
                        .where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(Batch.among(MEDIA_FILE.ITEM_ID, texts)))
                        .forEach(r -> {
                            if (r.value2().equals(quality.get(r.value1()))) whole.add(r.value1());
                        });
                Map<String, Entry> former = new HashMap<>();
                List<Entry> another = new ArrayList<>();
                for (Entry before : List.copyOf(there.values())) {
                    String item = before.key().id();
                    if (!before.quality().equals(quality.get(item))) {
                        another.add(known.getOrDefault(before.id(), before));
                        there.remove(item);
                        former.put(item, before);
                        continue;
                    }
                    Entry after = merge(before, wish, standard, whole.contains(before.key().id()));
                    if (after.equals(before)) continue;
                    sql.update(DOWNLOAD).set(DownloadRows.decided(after)).set(DOWNLOAD.IS_CLEARED, false).where(DOWNLOAD.ID.eq(after.id()))
                            .execute();
                    merged.add(new Change(before, after));
                    there.put(item, after);
                }
                replaced.addAll(QualityRows.replace(sql, another, now));
                there.values().forEach(e -> all.put(e.key(), e));
                List<String> missing = chunk.stream().filter(i -> !there.containsKey(i)).toList();
                List<Entry> fresh = insert(sql, account, missing.size() == chunk.size() ? texts : Batch.Texts.of(missing), item -> {
                    Optional<Entry> was = Optional.ofNullable(former.get(item));
                    Origin origin = was.map(e -> Entry.higher(e.origin(), wish.origin())).orElse(wish.origin());
                    return new NewRow(item, quality.getOrDefault(item, wish.quality()), origin,
                            Math.min(Entry.rank(wish.origin()), was.map(Entry::rank).orElse(Integer.MAX_VALUE)),
                            was.map(e -> Math.max(e.priority(), wish.priority())).orElse(wish.priority()), Entry.rootOf(origin, standard));
                }, now, now.toEpochMilli() * 1_000_000 + Turn.GAP * all.size());
                List<String> here = missing.stream().filter(whole::contains).toList();
                complete(sql, account, here, quality, now);
                Map<String, Entry> completed = here.isEmpty() ? Map.of() : present(sql, account, Batch.Texts.of(here));
                for (Entry entry : fresh) {
                    Entry stored = completed.getOrDefault(entry.key().id(), entry);
                    added.add(stored);
                    all.put(stored.key(), stored);
                }
            }));
            return new Enqueued(added, merged, replaced, wish.tracks().stream().filter(all::containsKey).map(k -> all.get(k)).toList(),
                    back);
        });
    }

    /// Gives up what is not whole of tracks that are whole here in another quality: the old file counts again.
    ///
    /// @param known as in [#enqueue]
    CompletableFuture<Enqueued> revert(Collection<Long> ids, Map<Long, Entry> known, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            List<Entry> back = new ArrayList<>();
            List<Change> replaced = new ArrayList<>();
            for (long id : ids) {
                Entry before = known.containsKey(id) ? known.get(id) : DownloadRows.find(sql, id).orElse(null);
                if (before == null || before.state() instanceof DownloadState.Completed || before.state() instanceof DownloadState.Removing)
                    continue;
                Optional<String> other = QualityRows.other(sql, before);
                if (other.isEmpty()) continue;
                String item = before.key().id();
                replaced.addAll(QualityRows.replace(sql, List.of(before), now));
                sql.insertInto(DOWNLOAD).set(DOWNLOAD.ACCOUNT_ID, before.key().account()).set(DOWNLOAD.ITEM_ID, item)
                        .set(DOWNLOAD.QUALITY, other.get()).set(DOWNLOAD.ORIGIN, before.origin().word())
                        .set(DOWNLOAD.CLASS, (long) before.rank()).set(DOWNLOAD.PRIORITY, (long) before.priority())
                        .set(DOWNLOAD.QUEUED_AT, now.toEpochMilli()).set(DOWNLOAD.PLACE, now.toEpochMilli() * 1_000_000).execute();
                complete(sql, before.key().account(), List.of(item), Map.of(item, other.get()), now);
                back.addAll(present(sql, before.key().account(), Batch.Texts.of(List.of(item))).values());
            }
            return new Enqueued(back, List.of(), replaced, back, Set.of());
        });
    }

    private record NewRow(String item, String quality, Origin origin, int rank, int priority, Root root) {
        boolean alike(NewRow other) {
            return equals(new NewRow(item, other.quality, other.origin, other.rank, other.priority, other.root));
        }
    }

    /// New rows, and the entries that reading them would give: to read 10,000 back took longer than to write them. Those that differ in nothing but
    /// their tracks go in by one statement, which are all of them but where a wish changes what is there.
    private static List<Entry> insert(DSLContext sql, long account, Batch.Texts items, Function<String, NewRow> as, Instant now,
            long firstPlace) {
        if (items.values().isEmpty()) return List.of();
        List<NewRow> news = items.values().stream().map(as).toList();
        Map<String, Label> labels = DownloadRows.labels(sql, account, items);
        DownloadState queued = new DownloadState.Queued(0, 0, Optional.empty());
        Instant queuedAt = Instant.ofEpochMilli(now.toEpochMilli());
        return Batch.run(sql, connection -> {
            List<Entry> entries = new ArrayList<>(news.size());
            long first = Batch.number(connection, "SELECT coalesce(max(id), 0) FROM download") + 1;
            try (var insert = new Batch(connection, "INSERT INTO download (id, account_id, item_id, quality, origin, class, priority, root,"
                    + " folder_id, queued_at, place) SELECT ? + key, ?, value, ?, ?, ?, ?, ?, ?, ?, ? + key * ? FROM json_each(?)")) {
                for (int from = 0, to; from < news.size(); from = to) {
                    NewRow row = news.get(from);
                    for (to = from + 1; to < news.size() && row.alike(news.get(to));) to++;
                    insert.number(first + from).number(account).text(row.quality()).text(row.origin().word()).number(row.rank())
                            .number(row.priority()).text(row.root().kind()).number(DownloadRows.folder(row.root()))
                            .number(now.toEpochMilli()).number(firstPlace + from * Turn.GAP).number(Turn.GAP)
                            .texts(to - from == news.size() ? items : Batch.Texts.of(items.values().subList(from, to))).run();
                }
            }
            for (int i = 0; i < news.size(); i++) {
                NewRow row = news.get(i);
                entries.add(
                        new Entry(first + i, new ItemKey(account, row.item()), Optional.ofNullable(labels.get(row.item())).orElseThrow(),
                                row.quality(), row.origin(), new Turn(row.rank(), row.priority(), false, firstPlace + i * Turn.GAP),
                                queued, row.root(), Optional.empty(), Optional.empty(), Entry.PartState.NOTHING, queuedAt,
                                Optional.empty(), Optional.empty(), Optional.empty()));
            }
            return entries;
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
            if (FollowRows.COLLECTIONS.contains(kind)) FollowRows.release(sql, kind, new ItemKey(account, source));
            return released(sql, tracks.stream().map(track -> new ItemKey(account, track)).toList());
        });
    }

    /// Takes all reasons of the active accounts away.
    CompletableFuture<Released> releaseAll() {
        return rows.write(Durability.KEPT, sql -> {
            List<ItemKey> tracks = new ArrayList<>();
            for (long account : ActiveAccounts.ids(sql)) {
                sql.selectDistinct(KEEP_REASON.TRACK_ITEM_ID).from(KEEP_REASON).where(KEEP_REASON.ACCOUNT_ID.eq(account))
                        .forEach(r -> tracks.add(new ItemKey(account, r.value1())));
                sql.deleteFrom(KEEP_REASON).where(KEEP_REASON.ACCOUNT_ID.eq(account)).execute();
                FollowRows.releaseAll(sql, account);
            }
            return released(sql, tracks);
        });
    }

    /// Tracks that have lost a reason.
    private static Released released(DSLContext sql, List<ItemKey> tracks) {
        List<ItemKey> gone = new ArrayList<>();
        List<Long> downloads = new ArrayList<>();
        for (ItemKey track : tracks) {
            if (kept(sql, track)) continue;
            gone.add(track);
            unpin(sql, track.account(), track.id());
            downloads.addAll(sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(DOWNLOAD.ACCOUNT_ID.eq(track.account())
                    .and(DOWNLOAD.ITEM_ID.eq(track.id())).and(DownloadRows.PRESENT)).fetch(DOWNLOAD.ID));
        }
        return new Released(tracks.size(), gone, downloads);
    }

    /// Whether an item is a reason for something, or is followed.
    CompletableFuture<Boolean> isKept(String kind, ItemKey source) {
        return rows.read(sql -> FollowRows.kept(sql, kind, source) || sql.fetchExists(KEEP_REASON, KEEP_REASON.ACCOUNT_ID
                .eq(source.account()).and(KEEP_REASON.KIND.eq(kind)).and(KEEP_REASON.SOURCE_ITEM_ID.eq(source.id()))));
    }

    /// Inside a transaction that removes an unfinished download: the wish goes with all its reasons.
    static boolean forget(DSLContext sql, Entry entry) {
        if (entry.state() instanceof DownloadState.Completed) return false;
        FollowRows.except(sql, entry.key(), FollowRows.COLLECTIONS);
        sql.deleteFrom(KEEP_REASON)
                .where(KEEP_REASON.ACCOUNT_ID.eq(entry.key().account()).and(KEEP_REASON.TRACK_ITEM_ID.eq(entry.key().id())))
                .execute();
        return true;
    }

    /// Inside a transaction that removes a download by the user's word: his own reasons go; a playlist that holds the track keeps it.
    static boolean unlessPlaylist(DSLContext sql, Entry entry) {
        FollowRows.except(sql, entry.key(), List.of("album", "artist"));
        var track = KEEP_REASON.ACCOUNT_ID.eq(entry.key().account()).and(KEEP_REASON.TRACK_ITEM_ID.eq(entry.key().id()));
        sql.deleteFrom(KEEP_REASON).where(track.and(KEEP_REASON.KIND.ne("playlist"))).execute();
        return !kept(sql, entry.key());
    }

    /// Inside a transaction: nothing keeps the track.
    static boolean unkept(DSLContext sql, Entry entry) {
        return !kept(sql, entry.key());
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
                        .and(Batch.among(KEEP_REASON.TRACK_ITEM_ID, chunk))).forEach(r -> kept.add(new ItemKey(account, r.value1())));
                sql.selectDistinct(MEDIA_FILE.ITEM_ID).from(MEDIA_FILE)
                        .where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(Batch.among(MEDIA_FILE.ITEM_ID, chunk))
                                // The plus: those of the tracks, not all that are kept.
                                .and(DSL.condition("+media_file.is_pinned = 1")))
                        .forEach(r -> whole.add(new ItemKey(account, r.value1())));
            }));
            return new Standing(entries, kept, whole);
        });
    }

    private static Entry merge(Entry before, Wish wish, Root standard, boolean whole) {
        // To hear what somebody paused, or what failed for good after a try, is no wish to fetch it: it is streamed. What only lost its file was
        // never tried.
        boolean stands = before.state() instanceof DownloadState.Paused
                || before.state() instanceof DownloadState.Failed && before.tries() > 0;
        if (wish.origin() == Origin.PLAYING && before.origin() != Origin.PLAYING && stands) return before;
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

    private static void keep(DSLContext sql, long account, Batch.Texts tracks, Edge edge, Instant now) {
        Batch.run(sql, connection -> {
            try (var insert = new Batch(connection, "INSERT INTO keep_reason (account_id, track_item_id, kind, source_item_id, added_at)"
                    + " SELECT ?, value, ?, coalesce(?, value), ? FROM json_each(?) WHERE true ON CONFLICT DO NOTHING");
                    // The plus: those of the tracks, not all that may be evicted.
                    var pin = new Batch(connection, "UPDATE media_file SET is_pinned = 1 WHERE account_id = ? AND +is_pinned = 0"
                            + " AND item_id IN (SELECT value FROM json_each(?))")) {
                insert.number(account).text(edge.kind()).text(edge.source().map(ItemKey::id)).number(now.toEpochMilli()).texts(tracks)
                        .run();
                return pin.number(account).texts(tracks).run();
            }
        });
    }

    /// Rows for tracks that are whole here already.
    static void complete(DSLContext sql, long account, List<String> items, Map<String, String> quality, Instant now) {
        if (items.isEmpty()) return;
        for (var file : sql.selectFrom(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.in(items))).fetch()) {
            if (!file.getQuality().equals(quality.get(file.getItemId()))) continue;
            sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.COMPLETED_AT, file.getCompletedAt())
                    .set(DOWNLOAD.ROOT, file.getRoot()).set(DOWNLOAD.FOLDER_ID, file.getFolderId())
                    .set(DOWNLOAD.FILE_PATH, file.getPath()).set(DOWNLOAD.SHA256, file.getSha256())
                    .set(DOWNLOAD.BYTES_DOWNLOADED, file.getSize())
                    .set(DOWNLOAD.EXPECTED_SIZE, file.getSize()).set(DOWNLOAD.MIME_TYPE, file.getMimeType()).set(DOWNLOAD.PROGRESS, 1.0)
                    .where(DOWNLOAD.ACCOUNT_ID.eq(account).and(DOWNLOAD.ITEM_ID.eq(file.getItemId())).and(DownloadRows.PRESENT)).execute();
            QualityRows.leave(sql, new ItemKey(account, file.getItemId()), file.getQuality(), now);
        }
    }

    static boolean kept(DSLContext sql, ItemKey track) {
        return kept(sql, track.account(), track.id());
    }

    static boolean kept(DSLContext sql, long account, String track) {
        return Batch.number(sql, "SELECT EXISTS (SELECT 1 FROM keep_reason WHERE account_id = ? AND track_item_id = ?)", account,
                track) == 1;
    }

    static void unpin(DSLContext sql, long account, String track) {
        sql.update(MEDIA_FILE).set(MEDIA_FILE.IS_PINNED, false).where(MEDIA_FILE.ACCOUNT_ID.eq(account).and(MEDIA_FILE.ITEM_ID.eq(track)))
                .execute();
    }

    private static Map<String, Entry> present(DSLContext sql, long account, Batch.Texts items) {
        Map<String, Entry> there = new LinkedHashMap<>();
        DownloadRows.all(sql, DOWNLOAD.ACCOUNT_ID.eq(account).and(Batch.among(DOWNLOAD.ITEM_ID, items)).and(DownloadRows.PRESENT))
                .forEach(e -> there.put(e.key().id(), e));
        return there;
    }

    private static void chunks(Set<String> items, Consumer<Batch.Texts> work) {
        List<String> list = List.copyOf(new ArrayList<>(items));
        for (int at = 0; at < list.size(); at += CHUNK) work.accept(Batch.Texts.of(list.subList(at, Math.min(list.size(), at + CHUNK))));
    }
}
