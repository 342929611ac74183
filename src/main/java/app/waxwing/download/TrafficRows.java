package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD_TRAFFIC;

import app.waxwing.base.ItemKey;
import java.math.BigDecimal;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// Bytes fetched of each item, hour by hour, whatever became of them and of its row in the queue. Inside transactions only.
final class TrafficRows {
    /// With the hour that runs they cover any 24 hours whole.
    private static final long HOURS_BEFORE = 24;

    private TrafficRows() {}

    /// Of every item that is fetched once a second: two statements where nothing has to be tidied up.
    ///
    /// @param hour as [Runaway#hour] counts them
    /// @return what [#bytes] says of it now
    static long add(DSLContext sql, ItemKey key, long bytes, long hour) {
        put(sql, key, bytes, hour);
        var all = sql.select(DSL.min(DOWNLOAD_TRAFFIC.HOUR), DSL.max(DOWNLOAD_TRAFFIC.HOUR), DSL.sum(DOWNLOAD_TRAFFIC.BYTES))
                .from(DOWNLOAD_TRAFFIC).where(of(key)).fetchSingle();
        if (all.value1() >= hour - HOURS_BEFORE && all.value2() <= hour) return all.value3().longValue();
        // What an earlier run counted under a clock that was ahead is of this hour from now on, so that its day ends.
        long ahead = sum(sql, of(key).and(DOWNLOAD_TRAFFIC.HOUR.gt(hour)));
        sql.deleteFrom(DOWNLOAD_TRAFFIC).where(of(key).and(DOWNLOAD_TRAFFIC.HOUR.notBetween(hour - HOURS_BEFORE, hour))).execute();
        put(sql, key, ahead, hour);
        return bytes(sql, key, hour);
    }

    private static void put(DSLContext sql, ItemKey key, long bytes, long hour) {
        sql.insertInto(DOWNLOAD_TRAFFIC).set(DOWNLOAD_TRAFFIC.ACCOUNT_ID, key.account()).set(DOWNLOAD_TRAFFIC.ITEM_ID, key.id())
                .set(DOWNLOAD_TRAFFIC.HOUR, hour).set(DOWNLOAD_TRAFFIC.BYTES, bytes)
                .onConflict(DOWNLOAD_TRAFFIC.ACCOUNT_ID, DOWNLOAD_TRAFFIC.ITEM_ID, DOWNLOAD_TRAFFIC.HOUR).doUpdate()
                .set(DOWNLOAD_TRAFFIC.BYTES, DOWNLOAD_TRAFFIC.BYTES.plus(bytes)).execute();
    }

    /// What came in the 24 hours before, and in the hour that they began in.
    static long bytes(DSLContext sql, ItemKey key, long hour) {
        return sum(sql, of(key).and(DOWNLOAD_TRAFFIC.HOUR.ge(hour - HOURS_BEFORE)));
    }

    /// The user asks for another round.
    static void forgive(DSLContext sql, ItemKey key) {
        sql.deleteFrom(DOWNLOAD_TRAFFIC).where(of(key)).execute();
    }

    private static long sum(DSLContext sql, Condition which) {
        BigDecimal sum = sql.select(DSL.sum(DOWNLOAD_TRAFFIC.BYTES)).from(DOWNLOAD_TRAFFIC).where(which).fetchOne(0, BigDecimal.class);
        return sum == null ? 0 : sum.longValue();
    }

    private static Condition of(ItemKey key) {
        return DOWNLOAD_TRAFFIC.ACCOUNT_ID.eq(key.account()).and(DOWNLOAD_TRAFFIC.ITEM_ID.eq(key.id()));
    }
}
