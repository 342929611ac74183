package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The table `manifest_due`, which triggers fill: finished files whose line in the manifest may say other reasons than `keep_reason` does, and
/// accounts whose kept collections may be others than their folder says.
final class ReasonRows {
    private static final int CHUNK = 400;
    private final Rows rows;

    ReasonRows(Rows rows) {
        this.rows = rows;
    }

    /// What is to be said.
    ///
    /// @param lines as they should be now, by media folder; what lies in the cache has none that count
    /// @param marks of each line, in the same order
    /// @param idle marks of what needs no line (any more)
    /// @param keepers marks of accounts whose kept collections changed, by account
    /// @param last the last mark that was looked at
    record Due(Map<Root, List<Manifest.Line>> lines, Map<Root, List<Long>> marks, List<Long> idle, Map<Long, Long> keepers, long last) {
        boolean nothing() {
            return lines.isEmpty() && idle.isEmpty() && keepers.isEmpty();
        }
    }

    /// The first so many behind a mark, after every change submitted before.
    CompletableFuture<Due> due(long after, int limit) {
        return rows.write(Durability.SOON, sql -> {
            Map<Long, Map<String, Long>> marks = new HashMap<>();
            Map<Long, Long> keepers = new HashMap<>();
            long last = after;
            for (var row : sql.fetch("SELECT id, account_id, item_id FROM manifest_due WHERE id > ? ORDER BY id LIMIT ?", after, limit)) {
                last = row.get(0, Long.class);
                long account = row.get(1, Long.class);
                String item = row.get(2, String.class);
                if (item.isEmpty()) keepers.put(account, last);
                else marks.computeIfAbsent(account, a -> new HashMap<>()).put(item, last);
            }
            var due = new Due(new HashMap<>(), new HashMap<>(), new ArrayList<>(), keepers, last);
            marks.forEach((account, items) -> {
                List<String> all = List.copyOf(items.keySet());
                Set<String> said = new HashSet<>();
                for (int at = 0; at < all.size(); at += CHUNK)
                    lines(sql, account, all.subList(at, Math.min(all.size(), at + CHUNK)), items, due, said);
                items.forEach((item, mark) -> {
                    if (!said.contains(item)) due.idle().add(mark);
                });
            });
            return due;
        });
    }

    /// Lines of a media folder as they should be, but for those that are due: these will be written by themselves.
    CompletableFuture<List<Manifest.Line>> lines(Root root) {
        return rows.read(sql -> {
            var due = new Due(new HashMap<>(), new HashMap<>(), new ArrayList<>(), Map.of(), 0);
            sql.selectDistinct(MEDIA_FILE.ACCOUNT_ID, MEDIA_FILE.ITEM_ID).from(MEDIA_FILE)
                    .where(MEDIA_FILE.FOLDER_ID.eq(root.folder()).and(DSL.condition("NOT EXISTS (SELECT 1 FROM manifest_due d"
                            + " WHERE d.account_id = media_file.account_id AND d.item_id = media_file.item_id)")))
                    .fetchGroups(MEDIA_FILE.ACCOUNT_ID, MEDIA_FILE.ITEM_ID).forEach((account, items) -> {
                        for (int at = 0; at < items.size(); at += CHUNK)
                            lines(sql, account, items.subList(at, Math.min(items.size(), at + CHUNK)), Map.of(), due, new HashSet<>());
                    });
            return due.lines().getOrDefault(root, List.of());
        });
    }

    /// What these lines say is to be said again.
    CompletableFuture<Integer> again(Collection<Manifest.Line> lines) {
        return rows.write(Durability.SOON, sql -> {
            for (Manifest.Line line : lines)
                sql.execute("INSERT OR REPLACE INTO manifest_due (account_id, item_id) SELECT id, ? FROM account WHERE server_id = ?"
                        + " AND user_id = ?", line.itemId(), line.serverId(), line.userId());
            return lines.size();
        });
    }

    private static void lines(DSLContext sql, long account, List<String> items, Map<String, Long> marks, Due due, Set<String> said) {
        Map<String, List<String>> reasons = new HashMap<>();
        sql.select(KEEP_REASON.TRACK_ITEM_ID, KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID).from(KEEP_REASON)
                .where(KEEP_REASON.ACCOUNT_ID.eq(account), KEEP_REASON.TRACK_ITEM_ID.in(items))
                .forEach(r -> reasons.computeIfAbsent(r.value1(), i -> new ArrayList<>()).add(r.value2() + ":" + r.value3()));
        sql.select(ACCOUNT.SERVER_ID, ACCOUNT.USER_ID).select(MEDIA_FILE.fields()).from(MEDIA_FILE)
                .join(ACCOUNT).on(ACCOUNT.ID.eq(MEDIA_FILE.ACCOUNT_ID))
                .where(MEDIA_FILE.ACCOUNT_ID.eq(account), MEDIA_FILE.ITEM_ID.in(items), MEDIA_FILE.ROOT.ne(Root.CACHE.kind()))
                .forEach(r -> {
                    String item = r.get(MEDIA_FILE.ITEM_ID);
                    Root root = DownloadRows.root(r.get(MEDIA_FILE.ROOT), r.get(MEDIA_FILE.FOLDER_ID));
                    due.lines().computeIfAbsent(root, k -> new ArrayList<>()).add(new Manifest.Line(r.get(MEDIA_FILE.PATH),
                            r.get(ACCOUNT.SERVER_ID), r.get(ACCOUNT.USER_ID), item, r.get(MEDIA_FILE.QUALITY), r.get(MEDIA_FILE.SIZE),
                            r.get(MEDIA_FILE.SHA256), Optional.ofNullable(r.get(MEDIA_FILE.MIME_TYPE)),
                            new Validators(Optional.ofNullable(r.get(MEDIA_FILE.ETAG)),
                                    Optional.ofNullable(r.get(MEDIA_FILE.LAST_MODIFIED))),
                            reasons.getOrDefault(item, List.of())));
                    due.marks().computeIfAbsent(root, k -> new ArrayList<>()).add(marks.getOrDefault(item, 0L));
                    said.add(item);
                });
    }

    /// It is written; what changed again meanwhile has another mark and stays.
    CompletableFuture<Integer> told(Collection<Long> marks) {
        List<Long> all = List.copyOf(marks);
        return rows.write(Durability.SOON, sql -> {
            int told = 0;
            for (int at = 0; at < all.size(); at += CHUNK) {
                List<Long> some = all.subList(at, Math.min(all.size(), at + CHUNK));
                String places = String.join(", ", java.util.Collections.nCopies(some.size(), "?"));
                told += sql.execute("DELETE FROM manifest_due WHERE id IN (" + places + ")", some.toArray());
            }
            return told;
        });
    }

    /// Within the transaction that gives a track its finished file: where its line says the reasons of now, none is due.
    static void settled(DSLContext sql, ItemKey key, Optional<List<String>> line) {
        if (line.filter(said -> Set.copyOf(said).equals(Set.copyOf(DownloadStore.reasons(sql, key)))).isPresent())
            Batch.run(sql, "DELETE FROM manifest_due WHERE account_id = ? AND item_id = ?", key.account(), key.id());
    }

    /// Reasons that the manifest tells of, for files whose rows are of an older day.
    ///
    /// @param lines by track
    CompletableFuture<Integer> since(Map<ItemKey, Manifest.Line> lines, Instant now) {
        return rows.write(Durability.KEPT, sql -> {
            int added = 0;
            for (var one : lines.entrySet()) added += add(sql, one.getKey(), one.getValue().reasons(), now);
            return added;
        });
    }

    static int add(DSLContext sql, ItemKey track, List<String> reasons, Instant now) {
        int added = 0;
        for (String reason : reasons) {
            int colon = reason.indexOf(':');
            if (colon <= 0) continue;
            added += sql.insertInto(KEEP_REASON).set(KEEP_REASON.ACCOUNT_ID, track.account()).set(KEEP_REASON.TRACK_ITEM_ID, track.id())
                    .set(KEEP_REASON.KIND, reason.substring(0, colon)).set(KEEP_REASON.SOURCE_ITEM_ID, reason.substring(colon + 1))
                    .set(KEEP_REASON.ADDED_AT, now.toEpochMilli()).onConflictDoNothing().execute();
        }
        return added;
    }
}
