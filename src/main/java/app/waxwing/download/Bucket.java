package app.waxwing.download;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A token bucket that several share: bytes a second of all together, handed out by weight of class (8:4:2:1), and what a class does not use goes to
/// the others. Transfers ask after they have read; whoever is let through may leave the bucket in debt, which those behind wait off. Shares are
/// by start-time fair queueing (Goyal, Vin, Cheng 1996). Pure but for its state; time comes in.
final class Bucket {
    private static final int[] WEIGHTS = {8, 4, 2, 1};
    private static final long LEAST_BURST = 64 * 1024;
    private static final double NANOS = 1e9;
    private final List<Ticket> waiting = new ArrayList<>();
    private final double[] finished = new double[WEIGHTS.length];
    private double virtual;
    private long rate;
    private double tokens;
    private long at;
    private long count;

    /// One that waits to be let through.
    record Ticket(int rank, long bytes, double start, long number) {}

    /// @param rate bytes a second, more than 0
    Bucket(long rate, long now) {
        this.rate = rate;
        at = now;
    }

    /// A burst never holds more than a tenth of a second, or one read.
    private double burst() {
        return Math.max(LEAST_BURST, rate / 10.0);
    }

    /// What is owed stays owed, at the new rate.
    void rate(long bytesPerSecond, long now) {
        refill(now);
        rate = bytesPerSecond;
        tokens = Math.min(tokens, burst());
    }

    Ticket ask(int rank, long bytes) {
        double start = Math.max(virtual, finished[rank]);
        finished[rank] = start + (double) bytes / WEIGHTS[rank];
        var ticket = new Ticket(rank, bytes, start, count++);
        waiting.add(ticket);
        return ticket;
    }

    /// Gives up waiting.
    void leave(Ticket ticket) {
        waiting.remove(ticket);
    }

    /// Lets this one through if it is its turn and nothing is owed.
    boolean pass(Ticket ticket, long now) {
        refill(now);
        if (tokens < 0 || !first().equals(Optional.of(ticket))) return false;
        waiting.remove(ticket);
        virtual = ticket.start();
        tokens -= ticket.bytes();
        return true;
    }

    /// Nanoseconds until the first in line may pass; empty for everybody else, who waits for that one.
    Optional<Long> wait(Ticket ticket, long now) {
        if (!first().equals(Optional.of(ticket))) return Optional.empty();
        refill(now);
        return Optional.of(tokens >= 0 ? 0L : (long) Math.ceil(-tokens * NANOS / rate));
    }

    private Optional<Ticket> first() {
        Ticket first = null;
        for (Ticket t : waiting) {
            if (first == null || t.start() < first.start() || (t.start() == first.start() && t.number() < first.number())) first = t;
        }
        return Optional.ofNullable(first);
    }

    private void refill(long now) {
        if (now <= at) return;
        tokens = Math.min(burst(), tokens + (now - at) / NANOS * rate);
        at = now;
    }
}
