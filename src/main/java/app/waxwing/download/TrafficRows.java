package app.waxwing.download;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Batch;
import org.jooq.DSLContext;

/// Bytes fetched of each item, hour by hour, whatever became of them and of its row in the queue. Inside transactions only.
final class TrafficRows {
    /// With the hour that runs they cover any 24 hours whole.
    private static final long HOURS_BEFORE = 24;
    private static final String OF = " FROM download_traffic WHERE account_id = ? AND item_id = ?";

    private TrafficRows() {}

    /// Of every item that is fetched once a second: three statements where nothing has to be tidied up.
    ///
    /// @param hour as [Runaway#hour] counts them
    /// @return what [#bytes] says of it now
    static long add(DSLContext sql, ItemKey key, long bytes, long hour) {
        put(sql, key, bytes, hour);
        if (Batch.number(sql, "SELECT count(*)" + OF + " AND hour NOT BETWEEN ? AND ?", key.account(), key.id(), hour - HOURS_BEFORE,
                hour) > 0)
            tidy(sql, key, hour);
        return bytes(sql, key, hour);
    }

    /// What an earlier run counted under a clock that was ahead is of this hour from now on, so that its day ends.
    private static void tidy(DSLContext sql, ItemKey key, long hour) {
        long ahead = Batch.number(sql, "SELECT sum(bytes)" + OF + " AND hour > ?", key.account(), key.id(), hour);
        Batch.run(sql, "DELETE" + OF + " AND hour NOT BETWEEN ? AND ?", key.account(), key.id(), hour - HOURS_BEFORE, hour);
        put(sql, key, ahead, hour);
    }

    private static void put(DSLContext sql, ItemKey key, long bytes, long hour) {
        Batch.run(sql, "INSERT INTO download_traffic (account_id, item_id, hour, bytes) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (account_id, item_id, hour) DO UPDATE SET bytes = bytes + excluded.bytes", key.account(), key.id(), hour,
                bytes);
    }

    /// What came in the 24 hours before, and in the hour that they began in.
    static long bytes(DSLContext sql, ItemKey key, long hour) {
        return Batch.number(sql, "SELECT sum(bytes)" + OF + " AND hour >= ?", key.account(), key.id(), hour - HOURS_BEFORE);
    }

    /// The user asks for another round.
    static void forgive(DSLContext sql, ItemKey key) {
        Batch.run(sql, "DELETE" + OF, key.account(), key.id());
    }
}
