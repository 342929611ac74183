package app.waxwing.download.ui;

import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.download.DownloadEngine.Sample;
import app.waxwing.download.QueueRow;
import app.waxwing.download.ToCome;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// What the queue has still to fetch. Pure.
///
/// @param guessed nobody knows the size of some of it
/// @param time by the steady speed; empty while nothing moves
public record Remaining(long bytes, boolean guessed, Optional<Duration> time) {
    /// @param stored by what is stored of every row
    /// @param samples what music takes on this computer
    /// @param running of what runs more is here than is stored, and its server has named its size
    /// @param steady bytes a second
    static Remaining of(ToCome stored, List<Sample> samples, Collection<Running> running, LongFunction<Optional<QueueRow>> rows,
            long steady) {
        var now = new ToCome(stored);
        samples.forEach(s -> now.sample(s.measure(), s.size()));
        for (Running r : running) {
            rows.apply(r.id()).ifPresent(row -> {
                now.remove(row);
                now.add(row.grown(r.bytes(), r.size()));
            });
        }
        long bytes = now.bytes();
        return new Remaining(bytes, now.guessed(),
                steady <= 0 || bytes <= 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(Math.ceilDiv(bytes, steady))));
    }
}
