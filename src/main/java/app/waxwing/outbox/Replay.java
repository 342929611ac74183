package app.waxwing.outbox;

import static app.waxwing.store.schema.Tables.PENDING_ACTION;

import app.waxwing.account.Accounts;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.PendingActions.Action;
import app.waxwing.library.UserEdits;
import app.waxwing.server.ItemKind;
import app.waxwing.server.MediaServer;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One round: the waiting actions of an account in the order they were made. An action that must wait holds back the later ones of its item only.
/// What the server does not find waits for a sync first ([Unfound]).
final class Replay {
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(5);
    /// When one request fails and the server is not found to be away.
    private static final Duration AWAY_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration REFUSED_WAIT = Duration.ofHours(24);
    /// What was made longer ago, and not tried since then, is not sent unasked: the server has lived on without it.
    static final Duration OLD = Duration.ofDays(90);
    private static final String MOVED = "The server does not find it. It may have moved there: the next sync shows that, and this waits for it.";
    private static final String MISSING = "The server does not find it. The next sync shows whether it is gone, and this waits for it.";
    private final Database database;
    private final Accounts accounts;
    private final PendingActions actions;
    private final UserEdits edits;
    private final Events<String> notes;
    private final Time time;
    private final RandomGenerator random;
    private final Sending sending;
    private final Unfound unfound;

    Replay(Database database, Accounts accounts, LibraryChanges library, PendingActions actions, UserEdits edits, Events<String> notes,
            Time time,
            RandomGenerator random) {
        this.database = database;
        this.accounts = accounts;
        this.actions = actions;
        this.edits = edits;
        this.notes = notes;
        this.time = time;
        this.random = random;
        sending = new Sending(database, actions, library, time);
        unfound = new Unfound(database);
    }

    /// Whether something waits for a sync.
    boolean awaitsSync() {
        return unfound.any();
    }

    /// @return when the next wait is over, if one waits
    Optional<Instant> round(long account, BooleanSupplier closed) {
        Set<ItemKey> held = new HashSet<>();
        Set<Long> done = new HashSet<>();
        Optional<Instant> next = Optional.empty();
        holdOld(account);
        while (!closed.getAsBoolean() && accounts.reachability().online(account) && accounts.signedIn(account)) {
            // Read again after each one: a creation gives later actions of its playlist another item id.
            List<Action> waiting = database.readNow(sql -> PendingActions.of(sql, account));
            unfound.only(account, waiting);
            Optional<Action> first = waiting.stream().filter(a -> !done.contains(a.id()) && !held.contains(a.key())).findFirst();
            if (first.isEmpty()) return next;
            Action action = first.get();
            done.add(action.id());
            if (action.heldFrom().isPresent() || unfound.waits(action.key())) {
                held.add(action.key());
                continue;
            }
            if (action.nextAt().filter(at -> at.isAfter(time.now())).isPresent()) {
                held.add(action.key());
                next = earlier(next, action.nextAt().get());
                continue;
            }
            try {
                MediaServer server = accounts.server(account);
                sending.send(server, action);
                unfound.found(action.key());
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.NotFound f && !unfound.asksSync(action)) {
                    giveUp(action, f);
                    continue;
                }
                Outcome outcome = outcome(action, e.failure());
                if (outcome.again().isPresent()) next = earlier(next, outcome.again().get());
                held.add(action.key());
                if (outcome.stop()) return next;
            }
        }
        return next;
    }

    /// The maximum age (requirement C.3 4), whatever was tried before it was over: an edit that one answer of a year ago kept from going out would
    /// overwrite newer ones as any other. Nothing is lost: what is held waits until the user sends or drops it. A play goes out however old it is: it
    /// says itself when it was.
    private void holdOld(long account) {
        Instant before = time.now().minus(OLD);
        List<Long> old = database.readNow(sql -> PendingActions.of(sql, account)).stream()
                .filter(a -> a.createdAt().isBefore(before) && !a.kind().equals(PendingActions.PLAY) && a.heldFrom().isEmpty())
                .filter(a -> !a.released() && !triedSince(a, before)).map(Action::id).toList();
        if (old.isEmpty()) return;
        LOG.warn("{} changes of account {} waited for more than {} days: the user is asked", old.size(), account, OLD.toDays());
        done(sql -> {
            int rows = sql.update(PENDING_ACTION).set(PENDING_ACTION.HELD_FROM, PENDING_ACTION.CREATED_AT).where(PENDING_ACTION.ID.in(old))
                    .execute();
            actions.changed(sql);
            return rows;
        });
    }

    /// The wait after a failure, a day at most, ends soon after it was tried.
    private static boolean triedSince(Action action, Instant before) {
        return Stream.of(action.nextAt(), action.sentAt()).flatMap(Optional::stream).anyMatch(at -> !at.isBefore(before));
    }

    /// @param stop nothing else of this account can be sent now
    private record Outcome(boolean stop, Optional<Instant> again) {}

    private Outcome outcome(Action action, Failure failure) {
        return switch (failure) {
            case Failure.NotFound f -> {
                LOG.info("{} of {} waits for a sync: {}", action.kind(), action.key(), f.what());
                failed(action, action.itemKind() == ItemKind.PLAYLIST ? MISSING : MOVED, action.nextAt());
                yield new Outcome(false, Optional.empty());
            }
            case Failure.Offline f -> new Outcome(true, Optional.of(time.now().plus(AWAY_WAIT)));
            // Nothing more is tried before the account is signed in, and then soon; of one that counts as signed in the waits grow.
            case Failure.Unauthorised f -> new Outcome(true, failed(action, failure, wait(action)));
            case Failure.ServerBusy f -> new Outcome(true, failed(action, failure, f.retryAfter().orElse(FIRST_WAIT)));
            case Failure.NotPermitted f -> new Outcome(false, failed(action, failure, REFUSED_WAIT));
            case Failure.WrongPassword f -> new Outcome(true, failed(action, failure, REFUSED_WAIT));
            case Failure.Untrusted f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.NotEncrypted f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.DiskFull f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.StoreMissing f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.NotWritable f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.InUse f -> new Outcome(true, failed(action, failure, LONGEST_WAIT));
            case Failure.Corrupt f -> new Outcome(false, failed(action, failure, wait(action)));
            case Failure.Unplayable f -> new Outcome(false, failed(action, failure, wait(action)));
            case Failure.TooLarge f -> new Outcome(false, failed(action, failure, wait(action)));
            case Failure.MissingPart f -> new Outcome(false, failed(action, failure, wait(action)));
            case Failure.Invalid f -> new Outcome(false, failed(action, failure, REFUSED_WAIT));
            case Failure.Trouble f -> new Outcome(false, failed(action, failure, wait(action)));
        };
    }

    private Duration wait(Action action) {
        long factor = 1L << Math.min(action.attempts(), 10);
        Duration wait = FIRST_WAIT.multipliedBy(factor);
        if (wait.compareTo(LONGEST_WAIT) > 0) wait = LONGEST_WAIT;
        return wait.plusNanos((long) (wait.toNanos() * 0.1 * random.nextDouble()));
    }

    private Optional<Instant> failed(Action action, Failure failure, Duration wait) {
        Instant again = time.now().plus(wait);
        String words = app.waxwing.base.FailureWords.sentence(failure);
        LOG.info("{} of {} waits: {}", action.kind(), action.key(), words);
        failed(action, words, Optional.of(again));
        return Optional.of(again);
    }

    private void failed(Action action, String words, Optional<Instant> again) {
        done(sql -> {
            int rows = sql.update(PENDING_ACTION).set(PENDING_ACTION.ATTEMPTS, PENDING_ACTION.ATTEMPTS.plus(1L))
                    .set(PENDING_ACTION.ERROR, words)
                    .set(PENDING_ACTION.NEXT_AT, again.map(Instant::toEpochMilli).orElse(null))
                    .where(PENDING_ACTION.ID.eq(action.id())).execute();
            actions.changed(sql);
            return rows;
        });
    }

    /// The conflict rule: what the server no longer has, under no id that a sync knows of, cannot be changed. The edit goes, with a note
    /// that is told where the account is an active one; a play stays here, so that nothing is told of it.
    private void giveUp(Action action, Failure.NotFound failure) {
        record Given(String words, boolean told) {}
        Given given = done(sql -> {
            String words = Words.of(sql, action) + ": the server no longer has it.";
            PendingActions.find(sql, action.id()).ifPresent(a -> edits.refused(sql, a));
            actions.remove(sql, action.id());
            boolean told = !action.kind().equals(PendingActions.PLAY) && ActiveAccounts.ids(sql).contains(action.key().account());
            return new Given(words, told);
        });
        LOG.warn("given up ({}): {}", failure.what(), given.words);
        if (given.told) notes.publish(given.words);
    }

    private <T> T done(app.waxwing.store.Work<T> work) {
        try {
            return database.write(Durability.KEPT, Lane.USER, work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    private static Optional<Instant> earlier(Optional<Instant> one, Instant other) {
        return one.filter(o -> o.isBefore(other)).or(() -> Optional.of(other));
    }
}
