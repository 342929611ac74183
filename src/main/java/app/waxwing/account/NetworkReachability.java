package app.waxwing.account;

import app.waxwing.base.Events;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Reachability] over [ReachState]: keeps one state per active account, runs the pings on `io-*` threads and plans them with [Time]. State changes
/// happen under one lock that is never held while something is asked or told. An account at whose address another server answers is offline in every
/// mode, and that address is probed in every mode but offline by choice.
final class NetworkReachability implements Reachability, Recognition.Listener, AutoCloseable {
    private static final long A_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Logger LOG = LoggerFactory.getLogger(NetworkReachability.class);
    private final Time time;
    private final AtomicLong lastUse;
    private final Map<Long, Instant> heard = new ConcurrentHashMap<>();
    private final Executor io;
    private final Callee callee;
    private final Events<Reachability> changes = new Events<>();
    private final Object lock = new Object();
    private final Map<Long, Watched> watched = new LinkedHashMap<>();
    private volatile Mode mode = Mode.AUTO;
    private volatile boolean closed;

    /// @param io runs pings and tells listeners; not the caller's thread
    /// @param callee who answers at the accounts' addresses
    NetworkReachability(Time time, Executor io, Callee callee) {
        this.time = time;
        lastUse = new AtomicLong(time.nanos() - A_SECOND);
        this.io = io;
        this.callee = callee;
    }

    private static final class Watched {
        ReachState state;
        Optional<Subscription> plan = Optional.empty();

        Watched(ReachState state) {
            this.state = state;
        }
    }

    /// These are the accounts whose servers count; new ones are looked at now.
    void accounts(Collection<Long> active) {
        List<Long> fresh = new ArrayList<>();
        synchronized (lock) {
            watched.entrySet().removeIf(e -> {
                if (active.contains(e.getKey())) return false;
                e.getValue().plan.ifPresent(Subscription::close);
                return true;
            });
            for (long account : active) {
                if (watched.containsKey(account)) continue;
                watched.put(account, new Watched(ReachState.start(time.nanos())));
                fresh.add(account);
            }
        }
        if (mode == Mode.AUTO) fresh.forEach(a -> happened(a, ReachState.Event.DUE));
        tell();
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void mode(Mode wanted) {
        if (mode == wanted) return;
        mode = wanted;
        if (wanted == Mode.AUTO) {
            probeNow();
        } else {
            List<Long> all;
            synchronized (lock) {
                for (Watched w : watched.values()) {
                    w.plan.ifPresent(Subscription::close);
                    w.plan = Optional.empty();
                    // A ping under way will not be heard while nothing is asked.
                    w.state = w.state.idle();
                }
                all = List.copyOf(watched.keySet());
            }
            all.forEach(callee::doubt);
            all.stream().filter(callee::stranger).forEach(a -> happened(a, ReachState.Event.DUE));
        }
        tell();
    }

    @Override
    public boolean online(long account) {
        return switch (mode) {
            case FORCED_OFFLINE -> false;
            case FORCED_ONLINE, AUTO -> {
                synchronized (lock) {
                    Watched w = watched.get(account);
                    yield w == null || !(mode == Mode.AUTO && w.state.away() || callee.stranger(account));
                }
            }
        };
    }

    @Override
    public boolean offline() {
        synchronized (lock) {
            if (watched.isEmpty()) return true;
            return switch (mode) {
                case FORCED_OFFLINE -> true;
                case FORCED_ONLINE -> watched.keySet().stream().allMatch(callee::stranger);
                case AUTO -> watched.entrySet().stream().allMatch(e -> e.getValue().state.away() || callee.stranger(e.getKey()));
            };
        }
    }

    /// True once an answer has come and nothing has failed since.
    boolean there(long account) {
        synchronized (lock) {
            Watched w = watched.get(account);
            return mode != Mode.FORCED_OFFLINE && w != null && w.state.known() == ReachState.Known.THERE && !callee.stranger(account);
        }
    }

    @Override
    public Optional<Instant> lastContact(long account) {
        return Optional.ofNullable(heard.get(account));
    }

    @Override
    public void answered(long account) {
        happened(account, ReachState.Event.ANSWERED);
    }

    @Override
    public void failed(long account) {
        callee.doubt(account);
        happened(account, ReachState.Event.FAILED);
    }

    /// A request has no answer yet. It may come: that is no reason to ask who is there.
    void silent(long account) {
        happened(account, ReachState.Event.FAILED);
    }

    @Override
    public void probeNow() {
        List<Long> all;
        synchronized (lock) {
            all = List.copyOf(watched.keySet());
        }
        all.forEach(this::lookAgain);
    }

    @Override
    public void used() {
        long now = time.nanos();
        long last = lastUse.get();
        // Keys and the mouse come by the dozen.
        if (now - last < A_SECOND || !lastUse.compareAndSet(last, now)) return;
        List<Long> all;
        synchronized (lock) {
            all = List.copyOf(watched.keySet());
        }
        all.forEach(account -> happened(account, ReachState.Event.USED));
    }

    @Override
    public Set<Long> strangers() {
        return callee.strangers();
    }

    @Override
    public void lookAgain(long account) {
        callee.doubt(account);
        happened(account, ReachState.Event.NUDGED);
    }

    @Override
    public void recognised(long account, boolean right, boolean news) {
        happened(account, right ? ReachState.Event.ANSWERED : ReachState.Event.STRANGER);
        if (news) tell();
    }

    @Override
    public void unheard(long account) {
        happened(account, ReachState.Event.FAILED);
    }

    @Override
    public Events<Reachability> changes() {
        return changes;
    }

    private void happened(long account, ReachState.Event event) {
        boolean ask;
        boolean changed;
        if (event == ReachState.Event.ANSWERED || event == ReachState.Event.PING_ANSWERED) heard.put(account, time.now());
        synchronized (lock) {
            Watched w = watched.get(account);
            if (w == null || closed || mode == Mode.FORCED_OFFLINE) return;
            ReachState before = w.state;
            ReachState.Step step = before.on(event, time.nanos());
            w.state = step.state();
            boolean asks = mode == Mode.AUTO || callee.stranger(account);
            ask = step.ping() && asks;
            if (step.ping() && !ask) w.state = step.state().idle();
            if (step.next().isPresent() && asks) {
                w.plan.ifPresent(Subscription::close);
                w.plan = Optional.of(time.after(step.next().get(), () -> happened(account, ReachState.Event.DUE)));
            }
            changed = before.known() != w.state.known();
        }
        if (ask) io.execute(() -> ping(account));
        if (changed) tell();
    }

    /// Whatever comes of it: while a ping is under way no other one is begun.
    private void ping(long account) {
        ReachState.Event heard = ReachState.Event.PING_FAILED;
        try {
            if (callee.ping(account)) heard = ReachState.Event.PING_ANSWERED;
        } catch (RuntimeException | Error e) {
            LOG.error("asking for account {}", account, e);
        }
        happened(account, heard);
    }

    private void tell() {
        if (!closed) io.execute(() -> changes.publish(this));
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            watched.values().forEach(w -> w.plan.ifPresent(Subscription::close));
        }
    }
}
