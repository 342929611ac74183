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

/// Chooses the decoder of a track: LibVLC where it is installed, the sound is played at its own pace and the source fits it; FFmpeg's libraries for
/// everything else, and when LibVLC cannot play something. Thread-safe; [#open] blocks on a `decode-*` thread.
///
/// What fits LibVLC was measured with 3.0.24 against the decoded source, sample by sample. Its audio callback carries 16 bit, stereo, up to 192 kHz.
/// Lossless codecs and MP3 come out exactly; of Vorbis, Opus and AAC it drops or adds 600 to 3,500 frames at the ends, which would be heard at every
/// gapless join, so those are decoded by FFmpeg. A seek lands up to 0.3 s away from where it was told and does not say where, so after the first
/// seek FFmpeg goes on too, exact to the frame. Its clock does not stop while bytes are missing (fed at two thirds of the speed it lost 1 of 12 seconds),
/// so it gets only sources that are whole.
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
    /// @param paced whether LibVLC may be used: the sound is consumed at its own pace, the only one LibVLC knows, and from the start of the track
    /// @throws FailureException with the reason in words; nothing stays open then
    public Decoder open(long generation, String name, SourceOpener opener, boolean paced) {
        ByteSource source = opened(opener);
        try {
            return choose(generation, source, opener, paced);
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

    private Decoder choose(long generation, ByteSource source, SourceOpener opener, boolean paced) {
        Optional<Failure> noEmbedded = embedded.missing();
        if (noEmbedded.isPresent()) {
            if (choice == Choice.FFMPEG || vlc.missing().isPresent()) throw noEmbedded.get().asException();
            return vlc.open(generation, source, Optional.empty());
        }
        boolean whole = source.length() >= 0 && source.available() >= source.length();
        boolean wanted = choice == Choice.VLC || choice == Choice.AUTO && paced && whole;
        if (!wanted || vlc.missing().isPresent()) return embedded.open(generation, source, Optional.empty());

        var view = new LentSource(source);
        Decoder probe = embedded.open(generation, view, Optional.empty());
        if (choice == Choice.AUTO && !fitsVlc(probe.info())) {
            view.keep();
            return probe;
        }
        SourceInfo info = probe.info();
        probe.close();
        view = new LentSource(source);
        try {
            Decoder first = vlc.open(generation, view, Optional.of(info));
            if (choice == Choice.AUTO) return new HandoverDecoder(first, view, source, again -> again(generation, again, opener));
            view.keep();
            return first;
        } catch (FailureException e) {
            if (choice == Choice.VLC) throw e;
            LOG.info("{} gives up on {} ({}); {} takes over", vlc.name(), source.name(), e.getMessage(), embedded.name());
            return again(generation, view.giveBack() ? Optional.of(source) : Optional.empty(), opener);
        }
    }

    /// The embedded decoder after LibVLC, on the same source where it is still open.
    private Decoder again(long generation, Optional<ByteSource> source, SourceOpener opener) {
        return embedded.open(generation, source.isPresent() ? source.get() : opened(opener), Optional.empty());
    }

    private static boolean fitsVlc(SourceInfo info) {
        boolean exact = info.lossy() ? info.codec().equals("mp3") : info.bits() <= 16;
        return exact && info.format().rate() <= VLC_RATE && info.format().channels() <= 2;
    }

    private static ByteSource opened(SourceOpener opener) {
        try {
            return opener.open();
        } catch (IOException e) {
            throw new FailureException(FailureException.of(e), e);
        }
    }

    /// With the track's own name where a decoder only knew a file's.
    static Failure named(Failure failure, String name) {
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
