package app.waxwing.library;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.store.Database;
import app.waxwing.store.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/// What every part of one sync uses: the account, its server, the store, and the walk through pages.
record SyncContext(long account, MediaServer server, Database database, LibraryChanges changes, Events<LibrarySync.Progress> progress,
        Executor io, Time time, PendingActions actions, BooleanSupplier stopped, Supplier<GiveWay.Traffic> traffic) {
    static final int PAGE = 500;
    /// Rows a transaction: well under 25 ms.
    private static final int PIECE = 125;

    /// The user asked to stop; what was written stays, the next sync goes on from there.
    static final class Stopped extends RuntimeException {
        Stopped() {
            super("the sync was asked to stop");
        }
    }

    @FunctionalInterface
    interface Fetch<T> {
        Page<T> page(String cursor);
    }

    @FunctionalInterface
    interface Write<T> {
        Tally write(Connection connection, List<T> items, Instant asked) throws SQLException;
    }

    /// An answer and when it was asked for.
    private record Answer<T>(Page<T> page, Instant asked) {}

    AccountRows rows() {
        return new AccountRows(database, account, time);
    }

    <T> T write(Work<T> work) {
        return rows().write(work);
    }

    <T> T read(Work<T> query) {
        return database.readNow(query);
    }

    SyncStep load(String scope, long pass) {
        return read(sql -> SyncStep.load(sql, account, scope)).filter(s -> s.pass() == pass).orElseGet(() -> SyncStep.fresh(scope, pass));
    }

    SyncStep save(SyncStep step) {
        write(sql -> step.save(sql, account, time.now()));
        return step;
    }

    /// The step as it stands, where its list still does so before it: else what stood behind it may have slid before it, and the list is to be read
    /// from its first page. A list that was broken off is asked for the page before the break, with the count that counts from now on.
    <T> Optional<SyncStep> inPlace(SyncStep step, Fetch<T> fetch, Function<T, String> key) {
        if (step.complete() || step.cursor().isEmpty()) return Optional.of(step);
        Optional<LeftPage> left = read(sql -> LeftPage.load(sql, account, step));
        if (left.isEmpty()) return Optional.empty();
        GiveWay.to(this);
        Page<T> page = fetch.page(Page.counted(left.get().cursor()));
        return left.get().is(page, key) ? Optional.of(save(step.counted(page.total(), page.next()))) : Optional.empty();
    }

    /// Reads pages from where the step stands until its end. Each page and the cursor after it are one transaction, so a kill loses at most a page,
    /// which is then read again. While one page is written the next is already asked for.
    ///
    /// @param key of an item its id, and what it has its place in the list by
    <T> SyncStep walk(SyncStep start, String what, Fetch<T> fetch, Function<T, String> key, Write<T> write, Counts counts) {
        SyncStep step = start;
        if (step.complete()) return step;
        CompletableFuture<Answer<T>> coming = ask(fetch, step.cursor());
        while (true) {
            Answer<T> answer = wait(coming);
            check();
            Page<T> page = answer.page();
            Optional<String> next = page.next();
            if (next.isPresent() && next.get().equals(step.cursor())) {
                throw new Failure.Corrupt("The server's list of " + what + " (it leads back to the same page)").asException();
            }
            if (next.isPresent()) {
                GiveWay.to(traffic, time, this::check);
                coming = ask(fetch, next.get());
            }
            step = store(step, page, answer.asked(), key, write, counts);
            tell(what, step.seen() + step.dropped(), Math.max(step.total(), 0));
            changes.changed(Library.Change.CONTENT);
            if (next.isEmpty()) return step;
        }
    }

    /// Writes a page in pieces, so that an edit never waits long behind it. What was seen is counted with each piece; the cursor moves with the
    /// last one, so a page is either done or read again, which is harmless.
    private <T> SyncStep store(SyncStep start, Page<T> page, Instant asked, Function<T, String> key, Write<T> write, Counts counts) {
        record Written(Tally tally, SyncStep step) {}
        var left = LeftPage.of(start, page, key);
        SyncStep step = start;
        int from = 0;
        do {
            SyncStep before = step;
            int to = Math.min(from + PIECE, page.items().size());
            List<T> piece = page.items().subList(from, to);
            Written written = write(sql -> {
                Tally tally = Batch.run(sql, connection -> write.write(connection, piece, asked));
                boolean last = to == page.items().size();
                SyncStep after = last ? before.after(tally, page.dropped(), page.total(), page.next()) : before.counted(tally);
                after.save(sql, account, time.now());
                if (last) left.save(sql, account, after, time.now());
                return new Written(tally, after);
            });
            counts.add(written.tally());
            step = written.step();
            from = to;
        } while (from < page.items().size());
        return step;
    }

    void tell(String what, long done, long total) {
        progress.publish(new LibrarySync.Progress(account, what, done, total, false));
    }

    void check() {
        if (stopped.getAsBoolean()) throw new Stopped();
    }

    private <T> CompletableFuture<Answer<T>> ask(Fetch<T> fetch, String cursor) {
        return CompletableFuture.supplyAsync(() -> {
            Instant asked = time.now();
            return new Answer<>(fetch.page(cursor), asked);
        }, io);
    }

    static <T> T wait(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    /// What the sync did so far.
    static final class Counts {
        private long added;
        private long updated;
        private long removed;
        private long moved;

        void add(Tally tally) {
            added += tally.added();
            updated += tally.updated();
        }

        void removed(long count) {
            removed += count;
        }

        void moved(long count) {
            moved += count;
        }

        long moved() {
            return moved;
        }

        long added() {
            return added;
        }

        long updated() {
            return updated;
        }

        long removed() {
            return removed;
        }
    }
}
