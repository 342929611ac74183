package app.waxwing.download;

import static app.waxwing.store.schema.Tables.NETWORK_CHOICE;

import app.waxwing.store.Durability;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// What the user said of networks of which the system does not know whether they cost.
final class NetworkRows {
    private final Rows rows;

    NetworkRows(Rows rows) {
        this.rows = rows;
    }

    /// Whether each costs, by its name.
    CompletableFuture<Map<String, Boolean>> all() {
        return rows.read(sql -> sql.selectFrom(NETWORK_CHOICE).fetchMap(NETWORK_CHOICE.NETWORK, NETWORK_CHOICE.IS_METERED));
    }

    CompletableFuture<Integer> choose(String network, boolean metered, Instant now) {
        return rows.write(Durability.KEPT,
                sql -> sql.insertInto(NETWORK_CHOICE).set(NETWORK_CHOICE.NETWORK, network).set(NETWORK_CHOICE.IS_METERED, metered)
                        .set(NETWORK_CHOICE.CHOSEN_AT, now.toEpochMilli()).onConflict(NETWORK_CHOICE.NETWORK).doUpdate()
                        .set(NETWORK_CHOICE.IS_METERED, metered).set(NETWORK_CHOICE.CHOSEN_AT, now.toEpochMilli()).execute());
    }
}
