package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.store.Durability;
import app.waxwing.store.schema.tables.records.DownloadRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;

/// What is to be fetched ahead and what no more: looks only, writes nothing. Every method returns at once.
record AheadRows(Rows rows) {
    /// What a track takes of which nothing at all tells the size.
    private static final long USUAL = 12L << 20;

    /// A track that is neither here nor in the queue.
    ///
    /// @param bytes as the library says, else what files here take on average
    record Missing(ItemKey key, long bytes) {}

    /// @param missing in the order asked for
    /// @param coming bytes that unfinished rows will still bring to the cache
    /// @param stale rows fetched ahead that are not whole and not wanted any more
    record Plan(List<Missing> missing, long coming, List<Long> stale) {
        /// The first of them that find room together in so many bytes, beside what comes already.
        List<ItemKey> within(long room) {
            List<ItemKey> fit = new ArrayList<>();
            long left = room - coming;
            for (Missing one : missing) {
                if (one.bytes() > left) break;
                left -= one.bytes();
                fit.add(one.key());
            }
            return List.copyOf(fit);
        }

        long needed() {
            return coming + missing.stream().mapToLong(Missing::bytes).sum();
        }

        /// With what is known besides of how much they take.
        Plan atLeast(ToLongFunction<ItemKey> least) {
            return new Plan(missing.stream().map(m -> new Missing(m.key(), Math.max(m.bytes(), least.applyAsLong(m.key())))).toList(),
                    coming,
                    stale);
        }

        Plan only(List<ItemKey> keys) {
            return new Plan(missing.stream().filter(m -> keys.contains(m.key())).toList(), coming, stale);
        }
    }

    /// For what will be heard next: what was fetched ahead and is not among these is stale. Through the writer, so that what was removed a moment
    /// before does not count as here.
    CompletableFuture<Plan> next(Collection<ItemKey> wanted) {
        return rows.write(Durability.SOON, sql -> {
            List<DownloadRecord> unfinished = unfinished(sql);
            List<Long> stale = unfinished.stream().filter(r -> r.getOrigin().equals(Origin.QUEUE.word())
                    && r.getClass_() == Entry.rank(Origin.QUEUE))
                    .filter(r -> !wanted.contains(new ItemKey(r.getAccountId(), r.getItemId()))).map(DownloadRecord::getId).toList();
            return plan(sql, wanted, unfinished.stream().filter(r -> !stale.contains(r.getId())).toList(), stale);
        });
    }

    CompletableFuture<Plan> rest(Collection<ItemKey> wanted) {
        return rows.write(Durability.SOON, sql -> plan(sql, wanted, unfinished(sql), List.of()));
    }

    /// What may be evicted, and what the user keeps beside it.
    CompletableFuture<FetchAhead.Held> held() {
        return rows.read(sql -> sql.select(bytes(FileRows.EVICTABLE), DSL.count().filterWhere(FileRows.EVICTABLE),
                bytes(MEDIA_FILE.IS_PINNED.isTrue())).from(MEDIA_FILE)
                .fetchSingle(r -> new FetchAhead.Held(r.value1(), r.value2(), r.value3())));
    }

    private static Field<Long> bytes(Condition which) {
        return DSL.coalesce(DSL.sum(MEDIA_FILE.SIZE).filterWhere(which).cast(Long.class), 0L);
    }

    private static List<DownloadRecord> unfinished(DSLContext sql) {
        return sql.selectFrom(DOWNLOAD).where(DOWNLOAD.ORIGIN.in(Origin.QUEUE.word(), Origin.ALBUM.word()), DownloadRows.PRESENT,
                DOWNLOAD.STATUS.in("pending", "paused", "downloading", "failed")).fetch();
    }

    private static Plan plan(DSLContext sql, Collection<ItemKey> wanted, List<DownloadRecord> unfinished, List<Long> stale) {
        long usual = usual(sql);
        long coming = 0;
        for (DownloadRecord row : unfinished) {
            if (row.getStatus().equals("failed")) continue;
            long size = row.getExpectedSize() == null ? usual : row.getExpectedSize();
            coming += Math.max(0, size - row.getBytesDownloaded());
        }
        List<Missing> missing = new ArrayList<>();
        for (ItemKey key : new LinkedHashSet<>(wanted)) {
            boolean here = sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ACCOUNT_ID.eq(key.account()).and(MEDIA_FILE.ITEM_ID.eq(key.id())));
            boolean queued = sql.fetchExists(DOWNLOAD, DOWNLOAD.ACCOUNT_ID.eq(key.account()).and(DOWNLOAD.ITEM_ID.eq(key.id()))
                    .and(DownloadRows.PRESENT));
            if (here || queued) continue;
            Long size = sql.select(TRACK.SIZE).from(TRACK).where(TRACK.ACCOUNT_ID.eq(key.account()).and(TRACK.ITEM_ID.eq(key.id())))
                    .fetchOne(TRACK.SIZE);
            missing.add(new Missing(key, size == null ? usual : size));
        }
        return new Plan(missing, coming, stale);
    }

    private static long usual(DSLContext sql) {
        BigDecimal average = sql.select(DSL.avg(DSL.field("size", Long.class)))
                .from(DSL.select(MEDIA_FILE.SIZE.as("size")).from(MEDIA_FILE).where(MEDIA_FILE.ID.gt(0L)) // along the key
                        .orderBy(MEDIA_FILE.ID.desc()).limit(50))
                .fetchOne().value1();
        return average == null ? USUAL : average.longValue();
    }
}
