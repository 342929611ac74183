package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a transcode is whole. It has no length, and a server whose encoder dies ends the body properly (B.7): only its sound tells. So all of it
/// is decoded and compared with what the track lasts.
final class Completeness {
    /// How much shorter than the track it may be. Servers may round a duration to whole seconds; an encoder's own rounding is far less, one frame at
    /// each end (MP3 26 ms, Opus at most 120 ms). It does not grow with the track: a share of it would pass a long one whose end is missing.
    static final Duration TOLERANCE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Completeness.class);

    private Completeness() {}

    /// @return why it is not whole; longer than the track is no reason
    static Optional<Failure> trouble(String title, Duration track, Duration decoded) {
        if (decoded.compareTo(track.minus(TOLERANCE)) >= 0 && decoded.isPositive()) return Optional.empty();
        return Optional.of(new Failure.Trouble("The server", "it sent only " + clock(decoded) + " of the " + clock(track) + " of «" + title
                + "»"));
    }

    /// Decodes the file. Blocks for as long as that takes, about a hundredth of the music's own time.
    static Optional<TransferEnd> check(DurationProbe probe, Path file, String title, Duration track, BooleanSupplier stop) {
        try {
            Duration decoded = probe.decoded(file, stop);
            if (stop.getAsBoolean()) return Optional.of(new TransferEnd.Stopped());
            LOG.debug("{}: {} decoded of {}", file.getFileName(), decoded, track);
            return trouble(title, track, decoded).map(TransferEnd.Broke::new);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.MissingPart) return Optional.of(new TransferEnd.Refused(e.failure()));
            return Optional.of(new TransferEnd.Broke(new Failure.Trouble("The server",
                    "what it sent of «" + title + "» cannot be played to its end")));
        }
    }

    /// An original of which neither the answer nor the library says how long it is, and whose end is that of the connection, as a cut's would be
    /// (B.7): what the track lasts decides, where that is known.
    static Optional<TransferEnd> unmeasured(DurationProbe probe, Path file, Entry.Label label, BooleanSupplier stop) {
        if (label.millis().isEmpty() || label.millis().getAsLong() <= 0)
            return Optional.of(new TransferEnd.Broke(new Failure.Trouble(label.title(), "the server does not say how long the file is")));
        return check(probe, file, label.title(), Duration.ofMillis(label.millis().getAsLong()), stop);
    }

    /// Down, so that what is missing does not vanish in the rounding.
    private static String clock(Duration d) {
        return String.format(java.util.Locale.ROOT, "%d:%02d", d.toMinutes(), d.toSecondsPart());
    }
}
