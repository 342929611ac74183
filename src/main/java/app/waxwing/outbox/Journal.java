package app.waxwing.outbox;

import static app.waxwing.store.schema.Tables.PENDING_ACTION;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Counts;
import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.library.Batch;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.UserEdits;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Audit;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The outbox over the journal's table: what is shown, counted, sent or dropped on demand is of the active accounts, what is sent by
/// itself of all. One round an account at a time, on `io-*` threads; it begins when something is added, when a server comes back, when an action's wait
/// is over, and when a sync that an action waits for may be.
public final class Journal implements Outbox, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    /// The same track within this time is one play (requirement 4.7).
    private static final Duration ONE_PLAY = Duration.ofSeconds(30);
    /// Plain text, as all of a play is: most of what one costs was writing its statements anew. Changes no row where it is the same play again.
    private static final String PLAYED = "INSERT INTO user_data (account_id, item_id, kind, play_count_local, last_played_local_at)"
            + " VALUES (?, ?, 'track', 1, ?) ON CONFLICT (account_id, item_id) DO UPDATE SET play_count_local = play_count_local + 1,"
            + " last_played_local_at = excluded.last_played_local_at"
            + " WHERE last_played_local_at IS NULL OR abs(excluded.last_played_local_at - last_played_local_at) >= ?";
    private static final String TOLD = "INSERT INTO user_data (account_id, item_id, kind, play_count, last_played_at, acknowledged_at)"
            + " VALUES (?, ?, 'track', 1, ?, ?) ON CONFLICT (account_id, item_id) DO UPDATE SET play_count = play_count + 1,"
            + " last_played_at = excluded.last_played_at, acknowledged_at = excluded.acknowledged_at";
    private final Map<Long, CompletableFuture<Void>> rounds = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Events<Integer> changes = new Events<>();
    private final Events<String> notes = new Events<>();
    private final Database database;
    private final Accounts accounts;
    private final LibraryChanges library;
    private final PendingActions actions;
    private final UserEdits edits;
    private final Executor io;
    private final Time time;
    private final Replay replay;
    private final Subscription subscriptions;
    private volatile boolean closed;
    private final Map<Long, Subscription> alarms = new ConcurrentHashMap<>();

    public Journal(Database database, Accounts accounts, LibraryChanges library, PendingActions actions, UserEdits edits, Executor io,
            Time time,
            RandomGenerator random) {
        this.database = database;
        this.accounts = accounts;
        this.library = library;
        this.actions = actions;
        this.edits = edits;
        this.io = io;
        this.time = time;
        replay = new Replay(database, accounts, library, actions, edits, notes, time, random);
        count.set(database.readNow(PendingActions::count));
        subscriptions = actions.counts().subscribe(this::counted).and(accounts.reachability().changes().subscribe(r -> send()))
                .and(accounts.changes().subscribe(all -> {
                    countAnew();
                    send();
                })).and(library.events().subscribe(change -> {
                    // The end of a sync tells of it last.
                    if (change == Library.Change.USER_STATE && replay.awaitsSync()) send();
                }));
        if (database.readNow(sql -> sql.fetchExists(PENDING_ACTION))) send();
    }

    /// Others' rows may be shown now. Through the writer, so that no older number comes after a newer one.
    private void countAnew() {
        var _ = database.write(Durability.SOON, Lane.USER, sql -> {
            actions.changed(sql);
            return 0;
        }).exceptionally(e -> {
            if (!closed) LOG.warn("what waits was not counted", e);
            return 0;
        });
    }

    private void counted(long now) {
        int before = count.getAndSet((int) now);
        changes.publish((int) now);
        if (now > before) send();
    }

    @Override
    public CompletableFuture<List<Pending>> pending() {
        return database.read(sql -> {
            List<Pending> list = new ArrayList<>();
            for (PendingActions.Action action : PendingActions.shown(sql)) {
                list.add(new Pending(action.id(), action.key(), action.kind(), Words.of(sql, action), action.createdAt(), action.attempts(),
                        action.error(), action.heldFrom()));
            }
            return list;
        });
    }

    @Override
    public int count() {
        return count.get();
    }

    @Override
    public CompletableFuture<Void> drop(long id) {
        return database.write(Durability.KEPT, Lane.USER, sql -> {
            PendingActions.find(sql, id).ifPresent(action -> {
                edits.undo(sql, action);
                actions.remove(sql, id);
            });
            return 0;
        }).thenApply(n -> null);
    }

    @Override
    public CompletableFuture<Integer> sendHeld() {
        return database.write(Durability.KEPT, Lane.USER, actions::release).thenApply(released -> {
            send();
            return released;
        });
    }

    @Override
    public CompletableFuture<Integer> dropHeld() {
        return database.write(Durability.KEPT, Lane.USER, sql -> {
            List<PendingActions.Action> held = PendingActions.held(sql);
            // The newest first: what an earlier one made goes last.
            for (PendingActions.Action action : held.reversed()) {
                edits.undo(sql, action);
                actions.remove(sql, action.id());
            }
            held.stream().collect(Collectors.groupingBy(a -> a.key().account(), Collectors.counting())).forEach((account, dropped) -> Audit
                    .write(sql, time.now(), Audit.CHANGES_DROPPED,
                            Counts.of(dropped, "change") + (dropped == 1 ? " that was held" : " that were held"), account));
            return held.size();
        });
    }

    @Override
    public CompletableFuture<Void> flush() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (Account account : accounts.all()) all.add(round(account.id()));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletableFuture<Void> played(ItemKey track, Instant at) {
        // A count, and no edit: it survives the end of the process, and the disk is not woken for each track that was heard.
        return database.write(Durability.SOON, Lane.USER, sql -> {
            long when = at.toEpochMilli();
            boolean another = Batch.run(sql, connection -> {
                try (var row = new Batch(connection, PLAYED)) {
                    return row.number(track.account()).text(track.id()).number(when).number(ONE_PLAY.toMillis()).run() > 0;
                }
            });
            if (!another) return 0;
            actions.add(sql, PendingActions.PLAY, ItemKind.TRACK, track, at.toString(), List.of(), List.of(), time.now());
            database.afterCommit(() -> library.changed(Library.Change.USER_STATE));
            return 1;
        }).thenApply(n -> null);
    }

    @Override
    public CompletableFuture<Void> told(ItemKey track, Instant at) {
        return database.write(Durability.SOON, Lane.USER, sql -> {
            int rows = Batch.run(sql, connection -> {
                try (var row = new Batch(connection, TOLD)) {
                    return row.number(track.account()).text(track.id()).number(at.toEpochMilli()).number(time.now().toEpochMilli()).run();
                }
            });
            database.afterCommit(() -> library.changed(Library.Change.USER_STATE));
            return rows;
        }).thenApply(n -> null);
    }

    @Override
    public Events<Integer> changes() {
        return changes;
    }

    @Override
    public Events<String> notes() {
        return notes;
    }

    private void send() {
        if (!closed) flush();
    }

    /// Joins the round that runs, and begins another after it, since what is new may have come too late for it.
    private CompletableFuture<Void> round(long account) {
        if (closed || !accounts.reachability().online(account)) return CompletableFuture.completedFuture(null);
        var mine = new CompletableFuture<Void>();
        CompletableFuture<Void> before = rounds.put(account, mine);
        Runnable work = () -> {
            try {
                Optional<Instant> again = replay.round(account, () -> closed);
                again.ifPresent(at -> wake(account, at));
            } catch (RuntimeException | Error e) {
                if (!closed) LOG.error("sending the changes of account {}", account, e);
            } finally {
                rounds.remove(account, mine);
                mine.complete(null);
            }
        };
        try {
            if (before == null) io.execute(work);
            else before.thenRunAsync(work, io);
        } catch (RejectedExecutionException e) {
            rounds.remove(account, mine);
            mine.complete(null);
        }
        return mine;
    }

    private void wake(long account, Instant at) {
        Duration wait = Duration.between(time.now(), at);
        Subscription before = alarms.put(account, time.after(wait.isNegative() ? Duration.ofMillis(10) : wait.plusMillis(10), this::send));
        if (before != null) before.close();
    }

    @Override
    public void close() {
        closed = true;
        subscriptions.close();
        alarms.values().forEach(Subscription::close);
    }
}
