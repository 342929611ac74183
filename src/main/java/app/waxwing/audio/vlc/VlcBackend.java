package app.waxwing.audio.vlc;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.DecoderBackend;
import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.co.caprica.vlcj.binding.lib.LibVlc;
import uk.co.caprica.vlcj.factory.MediaPlayerFactory;
import uk.co.caprica.vlcj.factory.discovery.NativeDiscovery;

/// LibVLC 3, where it is installed: looked for once, at the first question. Thread-safe; methods wait for the thread `vlc`.
/// It decodes at the pace of sound, as 16 bit, with the rate and channels of the hint (44,100 Hz stereo without one).
public final class VlcBackend implements DecoderBackend {
    private static final Logger LOG = LoggerFactory.getLogger(VlcBackend.class);
    private static final Failure MISSING = new Failure.MissingPart("VLC",
            "the embedded decoder plays instead (to have it, install VLC; on Debian libvlc5 and vlc-plugin-base)");
    private static final List<String> OPTIONS = List.of("--quiet", "--no-video", "--no-spu", "--no-osd", "--no-stats", "--no-interact",
            "--no-metadata-network-access", "--no-lua", "--ignore-config", "--intf=dummy");
    private static final long DISCOVERY_SECONDS = 15;
    private final VlcThread thread;
    private boolean asked;
    private Optional<Failure> missing = Optional.empty();
    private @Nullable MediaPlayerFactory factory;
    private volatile String version = "";

    public VlcBackend(Time time) {
        thread = new VlcThread(time);
    }

    @Override
    public String id() {
        return "vlc";
    }

    @Override
    public String name() {
        return version.isEmpty() ? "LibVLC" : "LibVLC " + version;
    }

    @Override
    public synchronized Optional<Failure> missing() {
        if (asked) return missing;
        asked = true;
        var found = new CompletableFuture<MediaPlayerFactory>();
        thread.post(() -> discover(found));
        try {
            factory = found.get(DISCOVERY_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("LibVLC is not used: {}", e.getMessage() == null ? "it did not answer" : e.getMessage());
            missing = Optional.of(MISSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missing = Optional.of(MISSING);
        }
        return missing;
    }

    private void discover(CompletableFuture<MediaPlayerFactory> found) {
        try {
            if (!new NativeDiscovery().discover()) {
                found.completeExceptionally(new IllegalStateException("it is not installed"));
                return;
            }
            version = LibVlc.libvlc_get_version().split(" ", 2)[0];
            found.complete(new MediaPlayerFactory(OPTIONS));
        } catch (RuntimeException | LinkageError e) {
            // vlcj says «plug-ins missing», «an option is unknown» and «a symbol is missing» by several kinds of these.
            found.completeExceptionally(e);
        }
    }

    @Override
    public Decoder open(long generation, ByteSource source, Optional<SourceInfo> hint) {
        MediaPlayerFactory players = missing().isPresent() ? null : factory;
        if (players == null) {
            source.close();
            throw MISSING.asException();
        }
        SourceInfo info = hint.map(VlcBackend::carried)
                .orElseGet(() -> new SourceInfo(new PcmFormat(44_100, 2), 16, true, "", "", -1));
        var decoder = new VlcDecoder(generation, source, info, name(), thread, players);
        try {
            decoder.start();
        } catch (FailureException e) {
            decoder.close();
            throw e;
        }
        return decoder;
    }

    /// What the callback can carry of a source: at most two channels and 192 kHz.
    private static SourceInfo carried(SourceInfo info) {
        int rate = Math.min(info.format().rate(), 192_000);
        long frames = info.frames() < 0 ? -1 : Math.round((double) info.frames() * rate / info.format().rate());
        return new SourceInfo(new PcmFormat(rate, Math.min(info.format().channels(), 2)), Math.min(info.bits(), 16), info.lossy(),
                info.codec(),
                info.container(), frames);
    }

    @Override
    public synchronized void close() {
        MediaPlayerFactory players = factory;
        factory = null;
        asked = true;
        missing = Optional.of(MISSING);
        if (players != null) thread.post(players::release);
        thread.close();
    }
}
