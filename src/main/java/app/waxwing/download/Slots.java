package app.waxwing.download;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;

/// How many run at once, and who gives way to whom. Thread `downloads`.
final class Slots {
    /// Transfers that are just ending still have a thread.
    private static final int ENDING = 2;
    /// The class of what is fetched ahead: one at a time, so that the user's own wishes find slots.
    static final int AHEAD = 3;
    static final int MOST_THREADS = Limits.MOST_AT_ONCE + Board.EXTRA_FOR_PLAYING + ENDING;
    /// So many files in another quality one server makes for us at once: each costs it an encoder that takes a whole core. More important
    /// ones do not wait for what is fetched ahead.
    static final int MOST_MADE = 2;
    private final Board board;
    private final Transfers transfers;
    private final Gate gate;
    private final Limiter limiter;
    private final LongFunction<String> server;

    /// @param server on which an account is; at once, from memory
    Slots(Board board, Transfers transfers, Gate gate, Limiter limiter, LongFunction<String> server) {
        this.server = server;
        this.board = board;
        this.transfers = transfers;
        this.gate = gate;
        this.limiter = limiter;
    }

    /// Looks at what the user set and what is so outside; the bandwidth follows.
    void look() {
        Gate.Conditions now = gate.look();
        boolean streams = now.streaming() || board.running().stream().anyMatch(e -> e.rank() == 0);
        limiter.rate(now.limits().bandwidthNow(streams));
    }

    boolean free(Entry entry) {
        if (full()) return false;
        if (entry.rank() == AHEAD && board.running().stream().anyMatch(e -> e.rank() == AHEAD)) return false;
        return entry.rank() == 0 || counted().size() < atOnce();
    }

    /// Narrows what may run to what its server may make now.
    Predicate<Entry> makeable(Predicate<Entry> mayRun) {
        List<Entry> made = board.running().stream().filter(Slots::made).toList();
        if (made.size() < MOST_MADE) return mayRun;
        return e -> !(made(e) && made.stream().filter(m -> m.rank() <= e.rank() && server(m).equals(server(e))).count() >= MOST_MADE)
                && mayRun.test(e);
    }

    private String server(Entry entry) {
        return server.apply(entry.key().account());
    }

    private static boolean made(Entry entry) {
        return entry.target().transcoded();
    }

    /// Whether the lane may run beside what sounds: while music comes from a server, nothing is fetched ahead from it. Which server the player
    /// streams from is not known here, so that its stream counts for all; what is heard while it is fetched counts for its own.
    boolean quietFor(Lane lane) {
        return lane.rank() != AHEAD || lane.anyway()
                || !gate.seen().streaming()
                        && board.running().stream().noneMatch(e -> e.rank() == 0 && e.key().account() == lane.account());
    }

    /// Those fetched ahead that run while music comes from their server.
    List<Entry> disturbing() {
        return board.running().stream().filter(e -> !quietFor(Lane.of(e))).toList();
    }

    /// Who gives way to a waiting one: the last in order of those fetched ahead, never another of the user's own (B.39). For what the user
    /// wants at once; between two kinds of fetching ahead only after the connection was of some use.
    Optional<Entry> victim(Entry waiting, long now) {
        if (waiting.rank() > 2 || full()) return Optional.empty();
        return board.running().stream().filter(e -> e.rank() >= 2 && e.rank() > waiting.rank())
                .filter(e -> waiting.rank() < 2 || transfers.wasOfUse(e.id(), now)).max(Entry.ORDER);
    }

    /// When one that gives no way yet will; monotonic nanoseconds.
    long nextVictim(Entry waiting) {
        if (waiting.rank() != 2) return Long.MAX_VALUE;
        return board.running().stream().filter(e -> e.rank() == 3).mapToLong(e -> transfers.ofUseAt(e.id())).min().orElse(Long.MAX_VALUE);
    }

    /// Those that run beyond the limit since it was lowered: the last in order (B.40).
    List<Entry> beyond() {
        List<Entry> counted = counted();
        int over = counted.size() - atOnce();
        if (over <= 0) return List.of();
        counted.sort(Entry.ORDER.reversed());
        return counted.subList(0, over);
    }

    private List<Entry> counted() {
        List<Entry> counted = new ArrayList<>();
        for (Entry entry : board.running()) if (entry.rank() > 0) counted.add(entry);
        return counted;
    }

    private int atOnce() {
        return gate.seen().limits().atOnce();
    }

    private boolean full() {
        return transfers.size() >= atOnce() + Board.EXTRA_FOR_PLAYING + ENDING;
    }
}
