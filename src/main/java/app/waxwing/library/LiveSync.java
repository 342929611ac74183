package app.waxwing.library;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.ServerPush;
import app.waxwing.store.Database;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one line to each active account's server while that can be reached, and acts on what it says: changes of the library by a sync, plays and
/// favourites at once. What was said while no line stood is lost, so an ordinary sync follows each time one stands again; where none can be had, or
/// the server knows no such thing, one sync follows for each time in which it can be reached, and one a day ([LivePasses]). Any thread.
public final class LiveSync implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveSync.class);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    /// What a server says of user data was so a little before it comes.
    private static final Duration UNDERWAY = Duration.ofSeconds(2);
    private final Map<Long, Line> lines = new HashMap<>();
    private final Accounts accounts;
    private final LibrarySync sync;
    private final Database database;
    private final LibraryChanges changes;
    private final Time time;
    private final Executor io;
    private final RandomGenerator random;
    private final BooleanSupplier allowed;
    private Subscription subscriptions = () -> {};
    private boolean closed;

    /// @param allowed whether the network may be used for this now
    public LiveSync(Accounts accounts, LibrarySync sync, Database database, LibraryChanges changes, Time time, Executor io,
            RandomGenerator random, BooleanSupplier allowed) {
        this.accounts = accounts;
        this.sync = sync;
        this.database = database;
        this.changes = changes;
        this.time = time;
        this.io = io;
        this.random = random;
        this.allowed = allowed;
    }

    public LiveSync begin() {
        subscriptions = accounts.changes().subscribe(a -> look()).and(accounts.reachability().changes().subscribe(r -> look()));
        run(this::look);
        return this;
    }

    /// Opens and closes lines as accounts, servers and the network are now.
    public void look() {
        synchronized (lines) {
            if (closed) return;
            Map<Long, MediaServer> wanted = new HashMap<>();
            if (allowed.getAsBoolean()) accounts.active().forEach(a -> server(a).ifPresent(s -> wanted.put(a.id(), s)));
            lines.forEach((account, line) -> {
                if (!wanted.containsKey(account)) line.drop();
            });
            lines.keySet().retainAll(wanted.keySet());
            wanted.forEach((account, server) -> lines.computeIfAbsent(account, Line::new).want(server));
        }
    }

    /// The account is about to go.
    public void leave(long account) {
        synchronized (lines) {
            Line line = lines.remove(account);
            if (line != null) line.drop();
        }
    }

    /// How many lines stand.
    public int open() {
        synchronized (lines) {
            return (int) lines.values().stream().filter(Line::stands).count();
        }
    }

    @Override
    public void close() {
        subscriptions.close();
        synchronized (lines) {
            closed = true;
            lines.values().forEach(Line::drop);
            lines.clear();
        }
    }

    private Optional<MediaServer> server(Account account) {
        if (!accounts.signedIn(account.id()) || !accounts.reachability().online(account.id())) return Optional.empty();
        try {
            return Optional.of(accounts.server(account.id()));
        } catch (FailureException e) {
            return Optional.empty(); // it has to sign in again, which is said where that is shown
        }
    }

    /// How long to wait after so many failures in a row: a second, then twice as long each time up to five minutes, and up to a fifth more.
    ///
    /// @param luck 0 to 1
    static Duration pause(int failures, double luck) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(failures, 9));
        Duration capped = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return capped.plusMillis((long) (capped.toMillis() * 0.2 * luck));
    }

    private void run(Runnable task) {
        try {
            io.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("closing: nothing more is asked");
        }
    }

    /// One account's line, or the wait before the next try. A number tells messages of older lines from those of this one.
    private final class Line {
        private final long account;
        private @Nullable MediaServer server;
        private ServerPush.@Nullable Line open;
        private Subscription waiting = () -> {};
        private Subscription beats = () -> {};
        private int current;
        private int failures;
        private int silent;
        private boolean stands;
        private final LivePasses passes;
        private CompletableFuture<?> writing = CompletableFuture.completedFuture(0);

        Line(long account) {
            this.account = account;
            passes = new LivePasses(account, sync, time, LiveSync.this::run, random);
        }

        synchronized boolean stands() {
            return stands;
        }

        synchronized void want(MediaServer wanted) {
            if (server == wanted) return;
            drop();
            server = wanted;
            failures = 0;
            passes.begin();
            connect();
        }

        synchronized void drop() {
            end();
            passes.end();
            server = null;
            if (open != null) {
                ServerPush.Line line = open;
                run(line::close);
            }
            open = null;
        }

        private void end() {
            current++;
            stands = false;
            waiting.close();
            beats.close();
        }

        private void connect() {
            int mine = ++current;
            MediaServer at = server;
            if (at != null) run(() -> connect(mine, at));
        }

        private void connect(int mine, MediaServer at) {
            Optional<ServerPush> push = at.push();
            if (push.isEmpty()) {
                without(mine);
                return;
            }
            try {
                ServerPush.Line line = push.get().open(new Ears(mine));
                synchronized (this) {
                    if (mine == current) open = line;
                    else run(line::close);
                }
            } catch (FailureException e) {
                ended(mine, String.valueOf(e.getMessage()));
            }
        }

        private synchronized void ended(int mine, String why) {
            if (mine != current) return;
            if (stands) {
                passes.broken();
                run(() -> accounts.reachability().failed(account)); // the server may have gone, and another one come in its place
            } else {
                passes.without();
            }
            end();
            open = null;
            Duration pause = pause(failures++, random.nextDouble());
            LOG.info("account {}: no line to the server for {} s: {}", account, pause.toSeconds(), why);
            waiting = time.after(pause, () -> run(this::again));
        }

        private synchronized void without(int mine) {
            if (mine == current) passes.without();
        }

        private synchronized void again() {
            if (server != null) connect();
        }

        private synchronized void opened(int mine) {
            if (mine != current) return;
            stands = true;
            LOG.debug("account {}: the line stands", account);
            passes.stands();
        }

        private synchronized void within(int mine, Duration silence) {
            if (mine != current) return;
            beats.close();
            silent = 0;
            beats = time.every(silence.dividedBy(2), () -> run(() -> beat(mine)));
        }

        /// The server answers each sign of life; one that was silent for twice its own time is not there any more.
        private synchronized void beat(int mine) {
            if (mine != current || open == null) return;
            if (silent++ < 4) {
                open.alive();
                return;
            }
            ServerPush.Line line = open;
            run(line::close);
            ended(mine, "it is silent");
        }

        private synchronized void heard(int mine) {
            if (mine != current) return;
            if (silent > 0) failures = 0; // it has stood for a while and answers
            silent = 0;
        }

        private synchronized void changed(int mine, ServerPush.LibraryNews news) {
            if (mine != current) return;
            passes.changed(news.removed(), news.added());
        }

        private synchronized void userData(int mine, List<RemoteUserData> items) {
            if (mine != current) return;
            var asked = time.now().minus(UNDERWAY);
            writing = writing.handle((x, e) -> 0).thenRunAsync(() -> {
                UserDataSync.told(new AccountRows(database, account, time), items, asked);
                changes.changed(Library.Change.USER_STATE);
            }, io).exceptionally(e -> {
                LOG.warn("account {}: what the server says of {} items is not written", account, items.size(), e);
                return null;
            });
        }

        private final class Ears implements ServerPush.Listener {
            private final int mine;

            Ears(int mine) {
                this.mine = mine;
            }

            @Override
            public void opened() {
                Line.this.opened(mine);
            }

            @Override
            public void within(Duration silence) {
                Line.this.within(mine, silence);
            }

            @Override
            public void heard() {
                Line.this.heard(mine);
            }

            @Override
            public void libraryChanged(ServerPush.LibraryNews news) {
                changed(mine, news);
            }

            @Override
            public void userData(List<RemoteUserData> items) {
                Line.this.userData(mine, items);
            }

            @Override
            public void ended(String why) {
                Line.this.ended(mine, why);
            }
        }
    }
}
