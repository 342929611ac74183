package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD_TRAFFIC;

import app.waxwing.base.ItemKey;
import java.time.Duration;
import java.time.Instant;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Bytes fetched of each item within a day, whatever became of them and of its row in the queue. Inside transactions only.
final class TrafficRows {
    private static final Duration DAY = Duration.ofDays(1);

    private TrafficRows() {}

    static void add(DSLContext sql, ItemKey key, long bytes, Instant now) {
        long millis = now.toEpochMilli();
        Condition fresh = DOWNLOAD_TRAFFIC.SINCE.between(millis - DAY.toMillis(), millis);
        sql.insertInto(DOWNLOAD_TRAFFIC).set(DOWNLOAD_TRAFFIC.ACCOUNT_ID, key.account()).set(DOWNLOAD_TRAFFIC.ITEM_ID, key.id())
                .set(DOWNLOAD_TRAFFIC.BYTES, bytes).set(DOWNLOAD_TRAFFIC.SINCE, millis)
                .onConflict(DOWNLOAD_TRAFFIC.ACCOUNT_ID, DOWNLOAD_TRAFFIC.ITEM_ID).doUpdate()
                .set(DOWNLOAD_TRAFFIC.BYTES, DSL.when(fresh, DOWNLOAD_TRAFFIC.BYTES.plus(bytes)).otherwise(bytes))
                .set(DOWNLOAD_TRAFFIC.SINCE, DSL.when(fresh, DOWNLOAD_TRAFFIC.SINCE).otherwise(millis)).execute();
    }

    static long bytes(DSLContext sql, ItemKey key, Instant now) {
        Long bytes = sql.select(DOWNLOAD_TRAFFIC.BYTES).from(DOWNLOAD_TRAFFIC)
                .where(of(key).and(DOWNLOAD_TRAFFIC.SINCE.between(now.toEpochMilli() - DAY.toMillis(), now.toEpochMilli())))
                .fetchOne(DOWNLOAD_TRAFFIC.BYTES);
        return bytes == null ? 0 : bytes;
    }

    /// The user asks for another round.
    static void forgive(DSLContext sql, ItemKey key) {
        sql.deleteFrom(DOWNLOAD_TRAFFIC).where(of(key)).execute();
    }

    private static Condition of(ItemKey key) {
        return DOWNLOAD_TRAFFIC.ACCOUNT_ID.eq(key.account()).and(DOWNLOAD_TRAFFIC.ITEM_ID.eq(key.id()));
    }
}
