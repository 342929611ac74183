package app.waxwing.library;

import static app.waxwing.store.schema.Tables.IMAGE;

import app.waxwing.base.ItemKey;
import app.waxwing.store.CacheMeters;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.schema.tables.records.ImageRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jooq.impl.DSL;

/// The table `image`: which covers are on disk, which were refused, and in what order they were used.
final class CoverTable {
    private final Database database;

    CoverTable(Database database) {
        this.database = database;
    }

    /// One picture in one size.
    record Key(ItemKey item, String tag, int size) {}

    /// @param file below the image folder; empty = asked for and refused
    record Row(Key key, Optional<String> file, long bytes, Instant fetchedAt) {}

    /// All sizes of all versions of an item's picture.
    List<Row> of(ItemKey item) {
        return database.readNow(sql -> sql.selectFrom(IMAGE).where(IMAGE.ACCOUNT_ID.eq(item.account())).and(IMAGE.ITEM_ID.eq(item.id()))
                .fetch(CoverTable::row));
    }

    long bytes() {
        return database.readNow(sql -> {
            Long sum = sql.select(DSL.coalesce(DSL.sum(IMAGE.BYTES), 0).cast(Long.class)).from(IMAGE).fetchSingle().value1();
            return sum == null ? 0L : sum;
        });
    }

    CacheMeters.Held held() {
        return database.readNow(sql -> new CacheMeters.Held(sql.fetchCount(IMAGE, IMAGE.FILE.isNotNull()), bytes()));
    }

    long lastUse() {
        return database.readNow(sql -> {
            Long last = sql.select(DSL.max(IMAGE.USED_SEQ)).from(IMAGE).fetchSingle().value1();
            return last == null ? 0L : last;
        });
    }

    /// Blocks until the row is written.
    void put(Key key, Optional<String> file, long bytes, Optional<String> problem, Instant now, long use) {
        database.write(Durability.SOON, Lane.BULK, sql -> {
            var row = new ImageRecord();
            row.setAccountId(key.item().account());
            row.setItemId(key.item().id());
            row.setTag(key.tag());
            row.setSize((long) key.size());
            row.setFile(file.orElse(null));
            row.setBytes(bytes);
            row.setProblem(problem.orElse(null));
            row.setFetchedAt(now.toEpochMilli());
            row.setUsedSeq(use);
            return sql.insertInto(IMAGE).set(row).onConflict(IMAGE.ACCOUNT_ID, IMAGE.ITEM_ID, IMAGE.TAG, IMAGE.SIZE).doUpdate()
                    .set(IMAGE.FILE, row.getFile()).set(IMAGE.BYTES, row.getBytes()).set(IMAGE.PROBLEM, row.getProblem())
                    .set(IMAGE.FETCHED_AT, row.getFetchedAt()).set(IMAGE.USED_SEQ, row.getUsedSeq()).execute();
        }).join();
    }

    /// Notes many uses in one transaction.
    CompletableFuture<Integer> used(Map<Key, Long> uses) {
        return database.write(Durability.SOON, Lane.BULK, sql -> {
            uses.forEach((key, use) -> sql.update(IMAGE).set(IMAGE.USED_SEQ, use).where(IMAGE.ACCOUNT_ID.eq(key.item().account()))
                    .and(IMAGE.ITEM_ID.eq(key.item().id())).and(IMAGE.TAG.eq(key.tag())).and(IMAGE.SIZE.eq((long) key.size())).execute());
            return uses.size();
        });
    }

    /// Those not used for longest that have a file.
    List<Row> eldest(int count) {
        return database.readNow(sql -> sql.selectFrom(IMAGE).where(IMAGE.FILE.isNotNull()).orderBy(IMAGE.USED_SEQ).limit(count)
                .fetch(CoverTable::row));
    }

    void remove(List<Row> rows) {
        database.write(Durability.SOON, Lane.BULK, sql -> {
            var conditions = new ArrayList<org.jooq.Condition>();
            for (Row row : rows) {
                Key key = row.key();
                conditions.add(IMAGE.ACCOUNT_ID.eq(key.item().account()).and(IMAGE.ITEM_ID.eq(key.item().id())).and(IMAGE.TAG.eq(key.tag()))
                        .and(IMAGE.SIZE.eq((long) key.size())));
            }
            return sql.deleteFrom(IMAGE).where(DSL.or(conditions)).execute();
        }).join();
    }

    void removeAll(long account) {
        database.write(Durability.SOON, Lane.BULK, sql -> sql.deleteFrom(IMAGE).where(IMAGE.ACCOUNT_ID.eq(account)).execute()).join();
    }

    private static Row row(ImageRecord r) {
        return new Row(new Key(new ItemKey(r.getAccountId(), r.getItemId()), r.getTag(), r.getSize().intValue()),
                Optional.ofNullable(r.getFile()),
                r.getBytes(), Instant.ofEpochMilli(r.getFetchedAt()));
    }
}
