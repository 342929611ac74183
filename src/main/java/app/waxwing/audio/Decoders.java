package app.waxwing.audio;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Chooses the decoder of a track: LibVLC where it is installed, the sound is played at its own pace and the source fits its callback (16 bit, stereo,
/// up to 192 kHz); FFmpeg's libraries for everything else, and when LibVLC cannot play something. Thread-safe; [#open] blocks on a `decode-*` thread.
public final class Decoders implements AutoCloseable {
    /// `AUTO` is the rule above; the others force one backend (`-Dwaxwing.decoder=vlc|ffmpeg`).
    public enum Choice {
        AUTO, VLC, FFMPEG;

        /// From the words `auto`, `vlc`, `ffmpeg`; anything else is `AUTO`.
        public static Choice of(String word) {
            return switch (word) {
                case "vlc" -> VLC;
                case "ffmpeg" -> FFMPEG;
                case String _ -> AUTO;
            };
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Decoders.class);
    private static final int VLC_RATE = 192_000;
    private final DecoderBackend vlc;
    private final DecoderBackend embedded;
    private final Choice choice;

    public Decoders(DecoderBackend vlc, DecoderBackend embedded, Choice choice) {
        this.vlc = vlc;
        this.embedded = embedded;
        this.choice = choice;
    }

    /// Opens the track with the decoder that suits it.
    ///
    /// @param realTime whether the sound is consumed at its own pace, which is the only one LibVLC knows
    /// @throws FailureException with the reason in words; nothing stays open then
    public Decoder open(long generation, String name, SourceOpener opener, boolean realTime) {
        ByteSource source = opened(opener);
        try {
            return choose(generation, source, opener, realTime);
        } catch (FailureException e) {
            source.close();
            throw new FailureException(named(e.failure(), name), e);
        } catch (RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    /// The embedded decoder alone, at full speed: for analysis and for checking a file by its decoded length.
    public Decoder openEmbedded(long generation, ByteSource source) {
        Optional<Failure> missing = embedded.missing();
        if (missing.isPresent()) {
            source.close();
            throw missing.get().asException();
        }
        return embedded.open(generation, source, Optional.empty());
    }

    private Decoder choose(long generation, ByteSource source, SourceOpener opener, boolean realTime) {
        Optional<Failure> noVlc = choice == Choice.FFMPEG || choice == Choice.AUTO && !realTime && embedded.missing().isEmpty()
                ? Optional.of(new Failure.MissingPart("LibVLC", ""))
                : vlc.missing();
        Optional<Failure> noEmbedded = embedded.missing();
        if (noEmbedded.isPresent()) {
            if (noVlc.isPresent()) throw noEmbedded.get().asException();
            return vlc.open(generation, source, Optional.empty());
        }
        if (noVlc.isPresent()) return embedded.open(generation, source, Optional.empty());

        Optional<SourceInfo> found = Optional.empty();
        Optional<FailureException> unknown = Optional.empty();
        var trial = new LentSource(source);
        try {
            Decoder probe = embedded.open(generation, trial, Optional.empty());
            if (choice == Choice.AUTO && !fitsVlc(probe.info())) {
                trial.keep();
                return probe;
            }
            found = Optional.of(probe.info());
            probe.close();
        } catch (FailureException e) {
            unknown = Optional.of(e);
        }
        trial = new LentSource(source);
        try {
            Decoder decoder = vlc.open(generation, trial, found);
            trial.keep();
            return decoder;
        } catch (FailureException e) {
            if (unknown.isPresent()) throw unknown.get();
            if (choice == Choice.VLC) throw e;
            LOG.info("{} gives up on {} ({}); {} takes over", vlc.name(), source.name(), e.getMessage(), embedded.name());
            return trial.spent()
                    ? embedded.open(generation, opened(opener), Optional.empty())
                    : embedded.open(generation, source, Optional.empty());
        }
    }

    private static boolean fitsVlc(SourceInfo info) {
        return info.outputBits() == 16 && info.format().rate() <= VLC_RATE && info.format().channels() <= 2;
    }

    private static ByteSource opened(SourceOpener opener) {
        try {
            return opener.open();
        } catch (IOException e) {
            throw new FailureException(FailureException.of(e), e);
        }
    }

    private static Failure named(Failure failure, String name) {
        return failure instanceof Failure.Unplayable u && !name.isBlank() ? new Failure.Unplayable(name, u.why()) : failure;
    }

    /// One sentence for each backend: which it is, or why it is missing and how to get it.
    public List<String> describe() {
        return List.of(describe(vlc), describe(embedded));
    }

    private static String describe(DecoderBackend backend) {
        return backend.missing().map(FailureWords::sentence).orElseGet(() -> "Decoder: " + backend.name() + ".");
    }

    @Override
    public void close() {
        vlc.close();
        embedded.close();
    }
}
