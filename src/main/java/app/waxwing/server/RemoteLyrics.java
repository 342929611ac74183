package app.waxwing.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Words of a track; lines have times when they are timed.
public record RemoteLyrics(List<Line> lines) {
    public RemoteLyrics {
        lines = List.copyOf(lines);
    }

    /// @param start from the start of the track
    public record Line(Optional<Duration> start, String text) {}

    public boolean timed() {
        return !lines.isEmpty() && lines.stream().allMatch(l -> l.start().isPresent());
    }
}
