package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PENDING_ACTION;
import static app.waxwing.store.schema.Tables.PENDING_ACTION_ITEM;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Database;
import app.waxwing.base.Events;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;

/// The journal's rows: written in the transaction of the edit they tell of, sent by `outbox`.
public final class PendingActions {
    public static final String FAVOURITE = "favourite";
    public static final String PLAY = "play";
    public static final String CREATE = "playlist-create";
    public static final String ADD = "playlist-add";
    public static final String REMOVE = "playlist-remove";
    public static final String DELETE = "playlist-delete";
    /// The time to be tried next of what the user let go: long past.
    private static final Instant RELEASED = Instant.EPOCH;
    /// Part of every edit and play, so in plain JDBC.
    private static final String INSERT = "INSERT INTO pending_action (account_id, kind, item_kind, item_id, detail, token, created_at)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id";
    /// As often, and of numbers that triggers keep.
    static final String COUNT = "SELECT coalesce(sum(waiting), 0) FROM pending_count WHERE " + ActiveAccounts.own("account_id");
    private static final Condition SHOWN = ActiveAccounts.own(PENDING_ACTION.ACCOUNT_ID);
    private final Database database;
    private final Events<Long> counts = new Events<>();

    public PendingActions(Database database) {
        this.database = database;
    }

    /// One action that waits.
    ///
    /// @param detail by kind: `on` or `off`, the time of a play, a playlist's title
    /// @param sentAt when it was first put on the wire: if set, whether the server has it is not known
    /// @param heldFrom of when the backup is that it comes out of: it may have been sent since, so it waits for the user; or, where it only waited for too
    ///        long, when it was made
    /// @param before the server's own count before it was sent, where the kind needs it; -1 none
    public record Action(long id, ItemKey key, String kind, ItemKind itemKind, String detail, Instant createdAt, int attempts,
            Optional<Instant> nextAt, Optional<String> error, Optional<Instant> sentAt, long before,
            Optional<Instant> heldFrom) {
        /// The user said that it may go, however old it is.
        public boolean released() {
            return nextAt.filter(RELEASED::equals).isPresent();
        }

        public boolean ofPlaylist() {
            return kind.startsWith("playlist-");
        }
    }

    /// How many of the active accounts wait, after each change, on thread `db-events` and before the edit's own future.
    public Events<Long> counts() {
        return counts;
    }

    /// In the caller's transaction.
    public long add(DSLContext sql, String kind, ItemKind itemKind, ItemKey item, String detail, List<RemotePlaylistEntry> entries,
            List<Long> positions,
            Instant now) {
        long id = Batch.run(sql, connection -> {
            var made = new long[1];
            try (var row = new Batch(connection, INSERT)) {
                row.number(item.account()).text(kind).text(itemKind.word()).text(item.id()).text(detail).text(UUID.randomUUID().toString())
                        .number(now.toEpochMilli()).read(r -> made[0] = r.getLong(1));
            }
            return made[0];
        });
        for (int i = 0; i < entries.size(); i++) {
            RemotePlaylistEntry entry = entries.get(i);
            sql.insertInto(PENDING_ACTION_ITEM).set(PENDING_ACTION_ITEM.ACTION_ID, id).set(PENDING_ACTION_ITEM.POSITION, (long) i)
                    .set(PENDING_ACTION_ITEM.TRACK_ITEM_ID, entry.trackId()).set(PENDING_ACTION_ITEM.ENTRY_ID, entry.entryId().orElse(null))
                    .set(PENDING_ACTION_ITEM.WAS_AT, positions.isEmpty() ? null : positions.get(i)).execute();
        }
        changed(sql);
        return id;
    }

    /// In the caller's transaction; how many were there.
    public int remove(DSLContext sql, long id) {
        int removed = sql.deleteFrom(PENDING_ACTION).where(PENDING_ACTION.ID.eq(id)).execute();
        changed(sql);
        return removed;
    }

    /// In the caller's transaction: what is held of the active accounts may go to its server; how many that are. A time long past says that it may,
    /// however old it is.
    public int release(DSLContext sql) {
        int released = sql.update(PENDING_ACTION).setNull(PENDING_ACTION.HELD_FROM).set(PENDING_ACTION.NEXT_AT, RELEASED.toEpochMilli())
                .where(PENDING_ACTION.HELD_FROM.isNotNull(), SHOWN).execute();
        changed(sql);
        return released;
    }

    /// Of the active accounts: what another user of the same server did waits for that user.
    public static List<Action> held(DSLContext sql) {
        return sql.selectFrom(PENDING_ACTION).where(PENDING_ACTION.HELD_FROM.isNotNull(), SHOWN).orderBy(PENDING_ACTION.ID)
                .fetch(PendingActions::action);
    }

    /// Of the active accounts.
    public static int count(DSLContext sql) {
        return (int) Batch.run(sql, connection -> Batch.number(connection, COUNT)).longValue();
    }

    /// Tells the new number after the commit; also when another account became the active one.
    public void changed(DSLContext sql) {
        long waiting = count(sql);
        database.afterCommit(() -> counts.publish(waiting));
    }

    public static List<Action> of(DSLContext sql, ItemKey item) {
        return sql.selectFrom(PENDING_ACTION).where(PENDING_ACTION.ACCOUNT_ID.eq(item.account()), PENDING_ACTION.ITEM_ID.eq(item.id()))
                .orderBy(PENDING_ACTION.ID).fetch(PendingActions::action);
    }

    public static List<Action> of(DSLContext sql, long account) {
        return sql.selectFrom(PENDING_ACTION).where(PENDING_ACTION.ACCOUNT_ID.eq(account)).orderBy(PENDING_ACTION.ID)
                .fetch(PendingActions::action);
    }

    /// Of the active accounts.
    public static List<Action> shown(DSLContext sql) {
        return sql.selectFrom(PENDING_ACTION).where(SHOWN).orderBy(PENDING_ACTION.ID).fetch(PendingActions::action);
    }

    public static Optional<Action> find(DSLContext sql, long id) {
        return sql.selectFrom(PENDING_ACTION).where(PENDING_ACTION.ID.eq(id)).fetchOptional(PendingActions::action);
    }

    /// The tracks that an action of a playlist speaks of, in order.
    public static List<RemotePlaylistEntry> entries(DSLContext sql, long id) {
        return sql.selectFrom(PENDING_ACTION_ITEM).where(PENDING_ACTION_ITEM.ACTION_ID.eq(id)).orderBy(PENDING_ACTION_ITEM.POSITION)
                .fetch(r -> new RemotePlaylistEntry(r.getTrackItemId(), Optional.ofNullable(r.getEntryId())));
    }

    /// Where the tracks of an addition belong among the entries that the server then has, in order; empty where that is at its end.
    public static List<Place> places(DSLContext sql, long id) {
        return sql.selectFrom(PENDING_ACTION_ITEM).where(PENDING_ACTION_ITEM.ACTION_ID.eq(id), PENDING_ACTION_ITEM.WAS_AT.isNotNull())
                .orderBy(PENDING_ACTION_ITEM.POSITION).fetch(r -> new Place(r.getTrackItemId(), r.getWasAt().intValue()));
    }

    /// @param at from 0
    public record Place(String trackId, int at) {}

    private static Action action(app.waxwing.store.schema.tables.records.PendingActionRecord r) {
        return new Action(r.getId(), new ItemKey(r.getAccountId(), r.getItemId()), r.getKind(), ItemKind.of(r.getItemKind()), r.getDetail(),
                Instant.ofEpochMilli(r.getCreatedAt()), r.getAttempts().intValue(),
                Optional.ofNullable(r.getNextAt()).map(Instant::ofEpochMilli),
                Optional.ofNullable(r.getError()), Optional.ofNullable(r.getSentAt()).map(Instant::ofEpochMilli),
                r.getBeforeCount() == null ? -1 : r.getBeforeCount(), Optional.ofNullable(r.getHeldFrom()).map(Instant::ofEpochMilli));
    }
}
