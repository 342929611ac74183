package app.waxwing.playback;

import static app.waxwing.store.schema.Tables.PLAYER_ORDER;
import static app.waxwing.store.schema.Tables.PLAYER_STATE;
import static app.waxwing.store.schema.Tables.QUEUE_ITEM;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The tables of the queue and of where the player stands. Writes only what changed: the list from its first difference on, the shuffled order
/// when there is another one, the one row of the rest each time. A long list is written beside the old one in short transactions, and counts
/// from the moment the one row names it: a kill leaves the old queue or the new one. Lists below zero are put aside, each for the account of that
/// number: what it had in the queue when another user of its server became the active one, with the current entry at position 0.
final class PlayerStore {
    /// Rows in one transaction: 10–20 ms on a slow machine.
    static final int PIECE = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(PlayerStore.class);
    private static final String SEPARATOR = ",";
    private static final String INSERT = "INSERT INTO queue_item (list, position, account_id, track_item_id, entry, origin)"
            + " SELECT ?, ?, id, ?, ?, ? FROM account WHERE id = ?";
    private final Database database;
    private final Time time;
    private volatile long list;
    private volatile long lastList;

    PlayerStore(Database database, Time time) {
        this.database = database;
        this.time = time;
    }

    /// @param byUser the user put it in
    record Row(long position, long entry, ItemKey key, boolean byUser) {}

    /// @param rows of active accounts
    /// @param hidden rows of the others
    /// @param index position of the current entry among both
    /// @param current number of the current entry
    record Saved(List<Row> rows, List<Row> hidden, Set<Long> active, long index, OptionalLong current, Duration position, int volume,
            boolean shuffled, List<Long> playingOrder, Player.Repeat repeat, String title) {
        static final Saved NOTHING = nothing(Set.of());

        static Saved nothing(Set<Long> active) {
            return new Saved(List.of(), List.of(), active, -1, OptionalLong.empty(), Duration.ZERO, 100, false, List.of(),
                    Player.Repeat.OFF, "");
        }
    }

    /// What is to be saved.
    record Now(PlayQueue queue, Duration position, int volume) {}

    /// Call once, before the first [#save].
    CompletableFuture<Saved> load() {
        return database.read(sql -> {
            lastList = sql.select(DSL.max(QUEUE_ITEM.LIST)).from(QUEUE_ITEM).fetchOptional(0, Long.class).orElse(0L);
            lastList = Math.max(0, lastList);
            Set<Long> active = Set.copyOf(ActiveAccounts.ids(sql));
            var state = sql.selectFrom(PLAYER_STATE).fetchOne();
            if (state == null) return Saved.nothing(active);
            list = state.getList();
            lastList = Math.max(list, lastList);
            Map<Boolean, List<Row>> all = rows(sql, list).stream()
                    .collect(Collectors.partitioningBy(r -> active.contains(r.key().account())));
            List<Row> rows = all.getOrDefault(true, List.of());
            String order = sql.select(PLAYER_ORDER.SHUFFLE_ORDER).from(PLAYER_ORDER).fetchOptional(PLAYER_ORDER.SHUFFLE_ORDER).orElse("");
            long index = state.getQueueIndex();
            return new Saved(rows, all.getOrDefault(false, List.of()), active, index,
                    rows.stream().filter(r -> r.position() == index).mapToLong(Row::entry).findFirst(),
                    Duration.ofMillis(state.getPositionMs()), Math.toIntExact(state.getVolume()), state.getIsShuffled(),
                    order.isEmpty() ? List.of() : Arrays.stream(order.split(SEPARATOR)).map(Long::valueOf).toList(),
                    Player.Repeat.valueOf(state.getRepeatMode().toUpperCase(Locale.ROOT)), state.getSourceTitle());
        });
    }

    private static List<Row> rows(DSLContext sql, long list) {
        return sql.connectionResult(connection -> {
            var rows = new ArrayList<Row>();
            try (var select = connection
                    .prepareStatement(
                            "SELECT entry, account_id, track_item_id, origin, position FROM queue_item WHERE list = ? ORDER BY position")) {
                select.setLong(1, list);
                var found = select.executeQuery();
                while (found.next()) {
                    rows.add(new Row(found.getLong(5), found.getLong(1), new ItemKey(found.getLong(2), found.getString(3)),
                            "user".equals(found.getString(4))));
                }
            }
            return rows;
        });
    }

    /// One at a time.
    ///
    /// @param before what the tables hold; empty when that is not known
    CompletableFuture<?> save(Optional<PlayQueue> before, Now now) {
        PlayQueue queue = now.queue();
        int same = before.map(b -> commonStart(b, queue)).orElse(0);
        boolean changed = before.isEmpty() || same < before.get().size() || same < queue.size();
        boolean order = changed || !queue.ordersAs(before.get());
        int gone = before.map(PlayQueue::size).orElse(Integer.MAX_VALUE) - same;
        if (changed && Math.max(gone, queue.size() - same) > PIECE) return replace(now, before.map(PlayQueue::size).orElse(0));
        long target = list;
        return database.write(Durability.SOON, Lane.USER, sql -> {
            if (changed) {
                sql.deleteFrom(QUEUE_ITEM).where(QUEUE_ITEM.LIST.eq(target), QUEUE_ITEM.POSITION.ge((long) same)).execute();
                insert(sql, target, queue, same, queue.size());
            }
            if (order) writeOrder(sql, queue);
            return writeState(sql, now, target);
        });
    }

    /// The whole list beside the old one, piece by piece, so that nothing a user does waits for it.
    private CompletableFuture<?> replace(Now now, int oldSize) {
        PlayQueue queue = now.queue();
        long target = ++lastList;
        CompletableFuture<?> done = CompletableFuture.completedFuture(0);
        for (int from = 0; from < queue.size(); from += PIECE) {
            int start = from;
            done = done.thenCompose(x -> database.write(Durability.SOON, Lane.BULK,
                    sql -> insert(sql, target, queue, start, Math.min(start + PIECE, queue.size()))));
        }
        done = done.thenCompose(x -> database.write(Durability.SOON, Lane.USER, sql -> {
            writeOrder(sql, queue);
            return writeState(sql, now, target);
        })).thenAccept(x -> list = target);
        for (int from = oldSize - oldSize % PIECE; from >= 0; from -= PIECE) {
            long start = from;
            done = done.thenCompose(x -> database.write(Durability.SOON, Lane.BULK, sql -> sql.deleteFrom(QUEUE_ITEM)
                    .where(QUEUE_ITEM.LIST.between(0L, target - 1), QUEUE_ITEM.POSITION.ge(start)).execute()));
        }
        return done;
    }

    /// What leaves the queue with its user, by position from the current entry on. At once back; the next [#save] is written after it.
    void putAside(long account, List<Row> rows) {
        for (int from = 0; from < rows.size(); from += PIECE) {
            List<Row> piece = rows.subList(from, Math.min(from + PIECE, rows.size()));
            boolean first = from == 0;
            noted(database.write(Durability.SOON, Lane.USER, sql -> {
                if (first) sql.deleteFrom(QUEUE_ITEM).where(QUEUE_ITEM.LIST.eq(-account)).execute();
                return insertAside(sql, account, piece);
            }));
        }
    }

    /// Everything that was put aside for these accounts. Through the writer, so that it sees what was put aside a moment ago.
    CompletableFuture<List<Row>> aside(Set<Long> accounts) {
        return database.write(Durability.SOON, Lane.USER,
                sql -> accounts.stream().sorted().flatMap(account -> rows(sql, -account).stream()).toList());
    }

    void isBack(long account) {
        noted(database.write(Durability.SOON, Lane.USER, sql -> sql.deleteFrom(QUEUE_ITEM).where(QUEUE_ITEM.LIST.eq(-account)).execute()));
    }

    private static void noted(CompletableFuture<Integer> written) {
        var _ = written.exceptionally(e -> {
            LOG.error("what was put aside of the queue was not written", e);
            return 0;
        });
    }

    private static int insertAside(DSLContext sql, long account, List<Row> rows) {
        sql.connection(connection -> {
            try (var insert = connection.prepareStatement(INSERT)) {
                for (Row row : rows) insert(insert, -account, row);
                insert.executeBatch();
            }
        });
        return rows.size();
    }

    private static void insert(PreparedStatement insert, long list, Row row) throws SQLException {
        insert.setLong(1, list);
        insert.setLong(2, row.position());
        insert.setString(3, row.key().id());
        insert.setLong(4, row.entry());
        insert.setString(5, row.byUser() ? "user" : "source");
        insert.setLong(6, row.key().account());
        insert.addBatch();
    }

    private static int commonStart(PlayQueue before, PlayQueue now) {
        if (now.listsAs(before)) return now.size();
        int same = 0;
        int end = Math.min(before.size(), now.size());
        while (same < end && before.entries().get(same).entry() == now.entries().get(same).entry()) same++;
        return same;
    }

    /// JDBC's own batch: it takes a quarter of the time of jOOQ's. Tracks of an account that is being removed are left out.
    private static int insert(DSLContext sql, long list, PlayQueue queue, int from, int to) {
        sql.connection(connection -> {
            try (var insert = connection.prepareStatement(INSERT)) {
                for (int i = from; i < to; i++) {
                    PlayerState.Entry e = queue.entries().get(i);
                    insert(insert, list, new Row(i, e.entry(), e.track().key(), e.byUser()));
                }
                insert.executeBatch();
            }
        });
        return to - from;
    }

    private static void writeOrder(DSLContext sql, PlayQueue queue) {
        String order = queue.playingOrder().stream().map(String::valueOf).collect(Collectors.joining(SEPARATOR));
        sql.insertInto(PLAYER_ORDER).set(PLAYER_ORDER.ID, 1L).set(PLAYER_ORDER.SHUFFLE_ORDER, order)
                .onConflict(PLAYER_ORDER.ID).doUpdate().set(PLAYER_ORDER.SHUFFLE_ORDER, order).execute();
    }

    private int writeState(DSLContext sql, Now now, long list) {
        PlayQueue queue = now.queue();
        var row = sql.newRecord(PLAYER_STATE);
        row.setId(1L);
        row.setList(list);
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
