package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether a file is whole. A transcode has no length, and a server whose encoder dies ends the body properly (B.7): only its sound tells. So all
/// of it is decoded and compared with what the track lasts. An original is decoded where something speaks against it.
final class Completeness {
    /// How much shorter than the track it may be. Servers may round a duration to whole seconds; an encoder's own rounding is far less, one frame at
    /// each end (MP3 26 ms, Opus at most 120 ms). It does not grow with the track: a share of it would pass a long one whose end is missing.
    static final Duration TOLERANCE = Duration.ofSeconds(1);
    /// 8 kbit/s, less than any music has but silence. Asked of originals alone.
    private static final long LEAST_A_MILLI = 1;
    private static final int PIECE = 64 << 10;
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

    /// An original before it gets its name. The answer's length says where it ends and not what it is: a proxy's error of a few bytes has a length
    /// too. So its first bytes must be those of music, there must be enough bytes for as long as the track lasts, and the library must not say
    /// another size; what is in doubt is decoded, which costs whole files nothing. What does not sound here may be of a kind that only the server
    /// knows: it is taken where the server's library, asked now, says just this size, for otherwise it would be refused for ever. Blank bytes and
    /// text are no such kind.
    ///
    /// @param head [FirstBytes#ENOUGH] of it, or all
    /// @param bytes of the file; above 0
    /// @param size asks the server what its library says of it
    /// @return why it is not taken
    static Optional<TransferEnd> original(DurationProbe probe, Path file, byte[] head, long bytes, Entry.Label label,
            Supplier<OptionalLong> size, BooleanSupplier stop) throws IOException {
        FirstBytes.Kind begins = FirstBytes.of(head);
        FirstBytes.Kind kind = begins == FirstBytes.Kind.BLANK && !blank(file) ? FirstBytes.Kind.UNKNOWN : begins;
        boolean music = kind == FirstBytes.Kind.SOUND || kind == FirstBytes.Kind.SCORE;
        boolean otherSize = label.size().isPresent() && label.size().getAsLong() != bytes;
        boolean few = bytes < label.millis().orElse(0) * LEAST_A_MILLI;
        if (kind == FirstBytes.Kind.SCORE || (music && !few && !otherSize)) return Optional.empty();
        // What is known here of the file's size may be of an older day, and its length then too: where the library, asked now, has just this size,
        // it must only sound to its own end. Where it has not, this may be a file that was cut, with a length that fits.
        boolean behind = otherSize && size.get().equals(OptionalLong.of(bytes));
        Duration track = behind ? Duration.ZERO : Duration.ofMillis(label.millis().orElse(0));
        Optional<TransferEnd> end = check(probe, file, label.title(), track, stop);
        if (end.isEmpty() || end.get() instanceof TransferEnd.Stopped) return end;
        // There is no decoder here, and it has all marks of music.
        if (music && !few && end.get() instanceof TransferEnd.Refused) return Optional.empty();
        boolean mayBeOdd = kind != FirstBytes.Kind.WORDS && kind != FirstBytes.Kind.BLANK;
        if (mayBeOdd && (behind || size.get().equals(OptionalLong.of(bytes)))) {
            LOG.info("{} is taken though it does not sound here: its size is what the server's library says", file.getFileName());
            return Optional.empty();
        }
        if (music) return end;
        String what = switch (kind) {
            case WORDS -> "«" + FirstBytes.excerpt(head).orElse("") + "»";
            case BLANK -> "nothing but one byte over and over";
            case SOUND, SCORE, UNKNOWN -> "its bytes are of no kind that Waxwing knows";
        };
        return Optional.of(new TransferEnd.Broke(Answers.notMusic(what)));
    }

    /// Whether all of it is one byte. Music may stand behind some padding.
    private static boolean blank(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] some = new byte[PIECE];
            int first = in.read();
            for (int n = in.read(some); n > 0; n = in.read(some)) {
                for (int i = 0; i < n; i++) if ((some[i] & 0xFF) != first) return false;
            }
            return true;
        }
    }

    /// Down, so that what is missing does not vanish in the rounding.
    private static String clock(Duration d) {
        return String.format(java.util.Locale.ROOT, "%d:%02d", d.toMinutes(), d.toSecondsPart());
    }
}
