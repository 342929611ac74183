package app.waxwing.library;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Words of a track.
public record Lyrics(List<Line> lines, boolean timed) {
    public Lyrics {
        lines = List.copyOf(lines);
    }

    public record Line(Optional<Duration> start, String text) {}
}
