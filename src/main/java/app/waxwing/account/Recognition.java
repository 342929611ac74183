package app.waxwing.account;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Time;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.jellyfin.JellyfinProbe;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import okhttp3.Call;
import okhttp3.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the server that answers at an account's address is the one that the account was made with (B.43). Every request of an account passes
/// [#admit]: in doubt whoever answers is asked who it is, without signing in, and until the right one has said so nothing goes out. There is doubt at
/// first, after a request that failed or got an odd answer, after a probe without an answer, after a sleep or a change of network; and before the first
/// request over a connection whoever answers is asked, too, so that a stranger gets none where it takes the address while nobody looks. Any thread.
final class Recognition implements Callee {
    private static final Logger LOG = LoggerFactory.getLogger(Recognition.class);
    /// So long a stranger's word counts.
    private static final Duration REFUSED = ReachState.OFTEN;
    private static final long PATIENCE = 10_000;
    private static final long CANCELLED_WITHIN = 50;

    private enum Standing {
        DOUBTED, RIGHT, STRANGER
    }

    /// @param at when whoever answers was asked last
    /// @param doubts how many there were, those about one connection too, so that an answer that was asked for before a doubt does not end it
    private record Known(Standing standing, long at, long doubts, Optional<ServerInfo> info) {
        Known(Standing standing, long at, long doubts) {
            this(standing, at, doubts, Optional.empty());
        }
    }

    /// One question for all who wait for it.
    ///
    /// @param doubts how many there were when it was asked
    private record Question(long doubts, CompletableFuture<Optional<Failure>> answer) {}

    /// Hears what came of asking. Returns at once.
    interface Listener {
        /// @param right the account's own server answered, else another one
        /// @param news it was otherwise before
        void recognised(long account, boolean right, boolean news);

        /// None that we know answers.
        void unheard(long account);
    }

    private final LongFunction<Optional<AccountRow>> rows;
    private final HttpClients clients;
    private final Time time;
    private final Executor io;
    private final Map<Long, Known> known = new ConcurrentHashMap<>();
    private final Map<Long, Question> asked = new ConcurrentHashMap<>();
    private final Map<Long, Set<Connection>> proven = new ConcurrentHashMap<>();
    private volatile Listener listener = new Listener() {
        @Override
        public void recognised(long account, boolean right, boolean news) {}

        @Override
        public void unheard(long account) {}
    };

    Recognition(LongFunction<Optional<AccountRow>> rows, HttpClients clients, Time time, Executor io) {
        this.rows = rows;
        this.clients = clients;
        this.time = time;
        this.io = io;
    }

    void tell(Listener now) {
        listener = now;
    }

    @Override
    public Set<Long> strangers() {
        return known.entrySet().stream().filter(e -> e.getValue().standing() == Standing.STRANGER).map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean stranger(long account) {
        Known now = known.get(account);
        return now != null && now.standing() == Standing.STRANGER;
    }

    /// What the account's server last said of itself.
    Optional<ServerInfo> info(long account) {
        return Optional.ofNullable(known.get(account)).filter(k -> k.standing() == Standing.RIGHT).flatMap(Known::info);
    }

    /// Somebody has just signed in at the account's address, where this server answers.
    void met(long account, ServerInfo server) {
        right(account, server, doubts(account));
    }

    void forget(long account) {
        // The doubts are counted on: who waits for a look after one of them must not wait for ever.
        known.computeIfPresent(account, (a, k) -> new Known(Standing.DOUBTED, k.at(), k.doubts() + 1));
        proven.remove(account);
    }

    @Override
    public void doubt(long account) {
        known.merge(account, new Known(Standing.DOUBTED, time.nanos(), 1), (k, first) -> k.standing() == Standing.STRANGER
                ? new Known(Standing.STRANGER, first.at() - REFUSED.toNanos(), k.doubts() + 1, k.info())
                : new Known(Standing.DOUBTED, k.at(), k.doubts() + 1, k.info()));
    }

    /// [#doubt], unless whoever answers was asked so lately.
    void doubtAfter(long account, Duration pause) {
        Known now = known.get(account);
        if (now == null || time.nanos() - now.at() >= pause.toNanos()) doubt(account);
    }

    /// Before a request of the account is sent to its server. Waits for the server's word where there is doubt; ends when the call is cancelled.
    ///
    /// @param url where the request goes; an address that a new sign-in has replaced is nobody's
    /// @throws IOException with the [FailureException] that says why the request does not go out
    void admit(long account, URI url, Call call) throws IOException {
        Account is = rows.apply(account).map(AccountRow::account).filter(a -> a.url().equals(url))
                .orElseThrow(() -> refusal(new Failure.Offline("")));
        Known now = known.get(account);
        if (now != null && now.standing() == Standing.RIGHT) return;
        if (now != null && now.standing() == Standing.STRANGER && time.nanos() - now.at() < REFUSED.toNanos()) {
            throw refusal(new Failure.Offline(is.serverName(), true));
        }
        hear(account, doubts(account), call);
    }

    /// As [#admit], whatever is known: for a connection that is not open yet.
    void admitAnew(long account, URI url, Call call) throws IOException {
        admit(account, url, call);
        hear(account, another(account), call);
    }

    /// Before the first request over a connection to the account's server: at its other end may be another one than at the others'.
    void connected(long account, Connection connection, Call call) throws IOException {
        Set<Connection> known = proven(account);
        if (known.contains(connection)) return;
        hear(account, another(account), call);
        known.add(connection);
    }

    /// Waits for the right server's word, asked for after so many doubts.
    private void hear(long account, long doubts, Call call) throws IOException {
        while (true) {
            Question question = asking(account);
            Optional<Failure> trouble = answer(question.answer(), call);
            if (trouble.isPresent()) throw refusal(trouble.get());
            if (question.doubts() >= doubts) return;
        }
    }

    /// One doubt more, about what is new only: others go on.
    private long another(long account) {
        return known.merge(account, new Known(Standing.DOUBTED, time.nanos(), 1),
                (k, first) -> new Known(k.standing(), k.at(), k.doubts() + 1, k.info())).doubts();
    }

    private Set<Connection> proven(long account) {
        return proven.computeIfAbsent(account, a -> Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())));
    }

    /// Asks who answers. Blocks.
    ///
    /// @return why the account's server cannot be asked anything else; empty when it is the one that answers
    Optional<Failure> ask(long account) {
        return ask(account, PATIENCE);
    }

    /// True while the server starts, too: it is there, though it does not say yet who it is.
    @Override
    public boolean ping(long account) {
        Optional<Failure> trouble = look(account, CallWatch.SILENCE.toMillis());
        return trouble.isEmpty() || trouble.get() instanceof Failure.ServerBusy;
    }

    private Question asking(long account) {
        var own = new Question(doubts(account), new CompletableFuture<>());
        Question running = asked.putIfAbsent(account, own);
        if (running != null) return running;
        try {
            io.execute(() -> {
                Optional<Failure> answer = Optional.of(new Failure.Offline(""));
                try {
                    answer = ask(account, PATIENCE);
                } finally {
                    asked.remove(account, own);
                    own.answer().complete(answer);
                }
            });
        } catch (RejectedExecutionException e) { // the program ends
            asked.remove(account, own);
            own.answer().complete(Optional.of(new Failure.Offline("")));
        }
        return own;
    }

    private static Optional<Failure> answer(CompletableFuture<Optional<Failure>> asked, Call call) throws IOException {
        while (true) {
            if (call.isCanceled()) throw new IOException("Canceled");
            try {
                return asked.get(CANCELLED_WITHIN, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                continue; // nobody has answered yet
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            } catch (ExecutionException e) {
                throw new IOException(e);
            }
        }
    }

    private Optional<Failure> ask(long account, long patience) {
        Optional<Failure> trouble = look(account, patience);
        boolean unheard = trouble.filter(f -> f instanceof Failure.Offline offline && !offline.another()).isPresent();
        if (unheard) listener.unheard(account);
        return trouble;
    }

    private Optional<Failure> look(long account, long patience) {
        Optional<AccountRow> row = rows.apply(account);
        if (row.isEmpty()) return Optional.of(new Failure.NotFound("account " + account));
        Account is = row.get().account();
        long doubts = doubts(account);
        Optional<ServerInfo> found = Optional.empty();
        Failure trouble = new Failure.Offline(is.serverName(), true);
        try {
            found = Optional.of(new JellyfinProbe(clients.fresh(row.get().certificate(), patience)).look(is.url()).info());
        } catch (FailureException e) {
            LOG.debug("account {}: who answers at {}? {}", account, is.url(), e.getMessage());
            trouble = of(e.failure(), is.serverName());
        }
        Optional<Account> now = rows.apply(account).map(AccountRow::account);
        if (now.isEmpty()) return Optional.of(trouble);
        // What is heard at an address that a new sign-in has replaced meanwhile says nothing.
        if (!now.get().url().equals(is.url())) return look(account, patience);
        if (found.isEmpty()) {
            unanswered(account);
            return Optional.of(trouble);
        }
        if (found.get().id().equals(is.serverId())) {
            right(account, found.get(), doubts);
            return Optional.empty();
        }
        stranger(account, is);
        return Optional.of(trouble);
    }

    /// A hotel's page, or whatever else is no server of ours, is as good as none.
    private static Failure of(Failure said, String server) {
        return switch (said) {
            case Failure.ServerBusy busy -> new Failure.ServerBusy(server, busy.retryAfter());
            case Failure.Untrusted untrusted -> untrusted;
            default -> new Failure.Offline(server);
        };
    }

    private long doubts(long account) {
        Known now = known.get(account);
        return now == null ? 0 : now.doubts();
    }

    private void right(long account, ServerInfo server, long doubts) {
        Known was = known.get(account);
        known.merge(account, new Known(Standing.RIGHT, time.nanos(), doubts, Optional.of(server)),
                (k, heard) -> new Known(k.doubts() == doubts || k.standing() == Standing.RIGHT ? Standing.RIGHT : Standing.DOUBTED,
                        heard.at(),
                        k.doubts(), heard.info()));
        boolean news = was != null && was.standing() == Standing.STRANGER;
        if (news) LOG.info("account {}: its own server answers again", account);
        listener.recognised(account, true, news);
    }

    private void stranger(long account, Account is) {
        Known was = known.get(account);
        known.merge(account, new Known(Standing.STRANGER, time.nanos(), 0),
                (k, heard) -> new Known(Standing.STRANGER, heard.at(), k.doubts(), k.info()));
        boolean news = was == null || was.standing() != Standing.STRANGER;
        if (news) LOG.warn("account {}: another server than {} answers at {}; nothing is sent there", account, is.serverName(), is.url());
        listener.recognised(account, false, news);
    }

    private void unanswered(long account) {
        known.computeIfPresent(account,
                (a, k) -> new Known(k.standing() == Standing.STRANGER ? Standing.STRANGER : Standing.DOUBTED, time.nanos(),
                        k.doubts(), k.info()));
    }

    private static IOException refusal(Failure why) {
        return new IOException(FailureWords.sentence(why), why.asException());
    }
}
