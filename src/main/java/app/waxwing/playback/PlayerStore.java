package app.waxwing.playback;

import static app.waxwing.store.schema.Tables.PLAYER_ORDER;
import static app.waxwing.store.schema.Tables.PLAYER_STATE;
import static app.waxwing.store.schema.Tables.QUEUE_ITEM;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jooq.DSLContext;

/// The tables of the queue and of where the player stands. Writes only what changed: the list from its first difference on, the shuffled order
/// when there is another one, the one row of the rest each time.
final class PlayerStore {
    private static final String SEPARATOR = ",";
    private final Database database;
    private final Time time;

    PlayerStore(Database database, Time time) {
        this.database = database;
        this.time = time;
    }

    /// @param origin true when the user put it in
    record Row(long entry, ItemKey key, boolean byUser) {}

    /// @param current number of the current entry
    record Saved(List<Row> rows, OptionalLong current, Duration position, int volume, boolean shuffled, List<Long> playingOrder,
            Player.Repeat repeat, String title) {
        static final Saved NOTHING = new Saved(List.of(), OptionalLong.empty(), Duration.ZERO, 100, false, List.of(), Player.Repeat.OFF,
                "");
    }

    /// What is to be saved.
    record Now(PlayQueue queue, Duration position, int volume) {}

    CompletableFuture<Saved> load() {
        return database.read(sql -> {
            List<Row> rows = rows(sql);
            var state = sql.selectFrom(PLAYER_STATE).fetchOne();
            if (state == null) return Saved.NOTHING;
            String order = sql.select(PLAYER_ORDER.SHUFFLE_ORDER).from(PLAYER_ORDER).fetchOptional(PLAYER_ORDER.SHUFFLE_ORDER).orElse("");
            int index = Math.toIntExact(state.getQueueIndex());
            return new Saved(rows, index < 0 || index >= rows.size() ? OptionalLong.empty() : OptionalLong.of(rows.get(index).entry()),
                    Duration.ofMillis(state.getPositionMs()), Math.toIntExact(state.getVolume()), state.getIsShuffled(),
                    order.isEmpty() ? List.of() : Arrays.stream(order.split(SEPARATOR)).map(Long::valueOf).toList(),
                    Player.Repeat.valueOf(state.getRepeatMode().toUpperCase(Locale.ROOT)), state.getSourceTitle());
        });
    }

    private static List<Row> rows(DSLContext sql) {
        return sql.connectionResult(connection -> {
            var rows = new ArrayList<Row>();
            try (var select = connection.prepareStatement("SELECT entry, account_id, track_item_id, origin FROM queue_item ORDER BY position");
                    var found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(new Row(found.getLong(1), new ItemKey(found.getLong(2), found.getString(3)), "user".equals(found.getString(4))));
                }
            }
            return rows;
        });
    }

    /// @param before what the tables hold; empty when that is not known
    CompletableFuture<Integer> save(Optional<PlayQueue> before, Now now) {
        PlayQueue queue = now.queue();
        int same = before.map(b -> commonStart(b, queue)).orElse(0);
        boolean list = before.isEmpty() || same < before.get().size() || same < queue.size();
        boolean order = list || !queue.ordersAs(before.get());
        return database.write(Durability.SOON, Lane.USER, sql -> {
            if (list) writeList(sql, queue, same);
            if (order) writeOrder(sql, queue);
            return writeState(sql, now);
        });
    }

    private static int commonStart(PlayQueue before, PlayQueue now) {
        if (now.listsAs(before)) return now.size();
        int same = 0;
        int end = Math.min(before.size(), now.size());
        while (same < end && before.entries().get(same).entry() == now.entries().get(same).entry()) same++;
        return same;
    }

    private static void writeList(DSLContext sql, PlayQueue queue, int from) {
        sql.deleteFrom(QUEUE_ITEM).where(QUEUE_ITEM.POSITION.ge((long) from)).execute();
        if (from == queue.size()) return;
        // JDBC's own batch: a quarter of the time that jOOQ's takes, and edits wait behind it.
        sql.connection(connection -> {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO queue_item (position, account_id, track_item_id, entry, origin) VALUES (?, ?, ?, ?, ?)")) {
                for (int i = from; i < queue.size(); i++) {
                    PlayerState.Entry e = queue.entries().get(i);
                    insert.setLong(1, i);
                    insert.setLong(2, e.track().key().account());
                    insert.setString(3, e.track().key().id());
                    insert.setLong(4, e.entry());
                    insert.setString(5, e.byUser() ? "user" : "source");
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        });
    }

    private static void writeOrder(DSLContext sql, PlayQueue queue) {
        String order = queue.playingOrder().stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        sql.insertInto(PLAYER_ORDER).set(PLAYER_ORDER.ID, 1L).set(PLAYER_ORDER.SHUFFLE_ORDER, order)
                .onConflict(PLAYER_ORDER.ID).doUpdate().set(PLAYER_ORDER.SHUFFLE_ORDER, order).execute();
    }

    private int writeState(DSLContext sql, Now now) {
        PlayQueue queue = now.queue();
        var row = sql.newRecord(PLAYER_STATE);
        row.setId(1L);
        row.setQueueIndex((long) queue.index());
        row.setPositionMs(now.position().toMillis());
        row.setVolume((long) now.volume());
        row.setIsShuffled(queue.isShuffled());
        row.setRepeatMode(queue.repeat().name().toLowerCase(Locale.ROOT));
        row.setSourceTitle(queue.title());
        row.setSavedAt(time.now().toEpochMilli());
        return sql.insertInto(PLAYER_STATE).set(row).onConflict(PLAYER_STATE.ID).doUpdate().set(row).execute();
    }
}
