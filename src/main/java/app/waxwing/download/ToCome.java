package app.waxwing.download;

import app.waxwing.download.Download.Status;
import java.util.HashMap;
import java.util.Map;

/// The bytes that a queue still has to fetch. What nobody named the size of is guessed by the bytes that a second of music takes in what is known of
/// the same kind, and else by what such music usually takes. Kept in sums, so that a change costs the same however long the queue is. For one thread.
public final class ToCome {
    private final Map<String, Sum> known;
    private final Map<String, Sum> open;
    private long sure;
    private int guessed;

    /// @param bytes all of them where the size is known, otherwise those that came already
    private static final class Sum {
        private long bytes;
        private long millis;

        void add(long moreBytes, long moreMillis) {
            bytes += moreBytes;
            millis += moreMillis;
        }

        static Map<String, Sum> copied(Map<String, Sum> sums) {
            Map<String, Sum> copies = new HashMap<>();
            sums.forEach((kind, sum) -> copies.computeIfAbsent(kind, k -> new Sum()).add(sum.bytes, sum.millis));
            return copies;
        }
    }

    public ToCome() {
        known = new HashMap<>();
        open = new HashMap<>();
    }

    /// Another one that stands as this does.
    public ToCome(ToCome other) {
        known = Sum.copied(other.known);
        open = Sum.copied(other.open);
        sure = other.sure;
        guessed = other.guessed;
    }

    /// One more of which all is known, such as a finished file.
    public void sample(Measure measure, long size) {
        add(known, measure, size, 1);
    }

    /// A row of the queue; what is done, paused or failed only tells what such music takes.
    public void add(QueueRow row) {
        count(row, 1);
    }

    /// Takes a row out that was [#add]ed.
    public void remove(QueueRow row) {
        count(row, -1);
    }

    private void count(QueueRow row, int sign) {
        boolean comes = row.line().status() == Status.DOWNLOADING || row.line().status() == Status.PENDING;
        if (row.size() >= 0) {
            add(known, row.measure(), row.size(), sign);
            if (comes) sure += sign * Math.max(0, row.size() - row.have());
        } else if (comes) {
            add(open, row.measure(), row.have(), sign);
            guessed += sign;
        }
    }

    private static void add(Map<String, Sum> sums, Measure measure, long bytes, int sign) {
        sums.computeIfAbsent(measure.kind(), k -> new Sum()).add(sign * bytes, sign * measure.millis());
    }

    /// What is known, and what is guessed.
    public long bytes() {
        long sum = sure;
        for (var each : open.entrySet()) sum += Math.max(0, guess(each.getKey(), each.getValue().millis) - each.getValue().bytes);
        return sum;
    }

    private long guess(String kind, long millis) {
        Sum like = known.getOrDefault(kind, new Sum());
        return like.millis > 0 && like.bytes > 0
                ? Math.round((double) like.bytes / like.millis * millis)
                : Measure.usualRate(kind) * millis / 1000;
    }

    /// Some of it is guessed.
    public boolean guessed() {
        return guessed > 0;
    }
}
