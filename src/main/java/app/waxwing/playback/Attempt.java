package app.waxwing.playback;

import app.waxwing.audio.SourceInfo;
import app.waxwing.audio.SourceOpener;
import app.waxwing.base.ByteSource;
import app.waxwing.base.FailureException;
import app.waxwing.library.Located;
import app.waxwing.library.MediaLocator;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// One try at playing one entry. Its opener serves the decoder, which may ask twice: the located source first, then one located anew.
final class Attempt implements SourceOpener {
    final long generation;
    final PlayerState.Entry entry;
    private final MediaLocator locator;
    private final SourceMeter meter;
    private final long asked;
    private volatile Duration took = Duration.ZERO;
    /// Where to begin; moves with seeks as long as nothing was handed to the engine.
    Duration start;
    double gain;
    /// Given to the engine.
    boolean handed;
    boolean sounding;
    boolean flowing = true;
    Optional<SourceInfo> info = Optional.empty();
    String decoder = "";
    private volatile Optional<Located> located = Optional.empty();
    private Optional<ByteSource> unopened = Optional.empty();
    private boolean dropped;

    Attempt(long generation, PlayerState.Entry entry, Duration start, double gain, MediaLocator locator, SourceMeter meter) {
        this.generation = generation;
        this.entry = entry;
        this.start = start;
        this.gain = gain;
        this.locator = locator;
        this.meter = meter;
        asked = meter.start();
    }

    /// The answer of the locator.
    synchronized void found(Located answer) {
        took = meter.since(asked);
        located = Optional.of(answer);
        unopened = stream(answer);
        if (dropped) drop();
    }

    /// Its sound begins, or it was to be heard and is nowhere: now it counts where it was found.
    void counts() {
        located.ifPresent(l -> meter.heard(l, took));
    }

    /// The exact length where the decoder knows it, else what the library says.
    Optional<Duration> duration() {
        return info.flatMap(SourceInfo::duration).or(() -> entry.track().duration());
    }

    Optional<PlayerState.Source> source() {
        return located.flatMap(l -> switch (l) {
            case Located.LocalFile f -> Optional.of(f.kept() ? PlayerState.Source.LOCAL : PlayerState.Source.CACHED);
            // While it comes over the network it is a stream; once it is whole, it is in the cache.
            case Located.Growing g -> Optional.of(whole(g.source()) ? PlayerState.Source.CACHED : PlayerState.Source.STREAM);
            case Located.Remote _ -> Optional.of(PlayerState.Source.STREAM);
            case Located.Nowhere _ -> Optional.empty();
        });
    }

    /// How much of the track is here, 0–1. Any thread.
    double buffered() {
        return located.map(l -> switch (l) {
            case Located.LocalFile _ -> 1.0;
            case Located.Growing g -> share(g.source());
            case Located.Remote r -> share(r.source());
            case Located.Nowhere _ -> 0.0;
        }).orElse(0.0);
    }

    @Override
    public ByteSource open() throws IOException {
        Optional<ByteSource> first;
        Optional<Located> answer;
        synchronized (this) {
            if (dropped) throw new AsynchronousCloseException();
            first = unopened;
            unopened = Optional.empty();
            answer = located;
        }
        if (first.isPresent()) return meter.network(first.get());
        if (answer.isPresent() && answer.get() instanceof Located.LocalFile file) return meter.disk(file.path());
        return anew();
    }

    private ByteSource anew() throws IOException {
        Located again;
        try {
            again = locator.locate(entry.track().key()).join();
        } catch (CompletionException e) {
            throw new FailureException(FailureException.of(e), e);
        }
        return switch (again) {
            case Located.LocalFile f -> meter.disk(f.path());
            case Located.Growing g -> meter.network(g.source());
            case Located.Remote r -> meter.network(r.source());
            case Located.Nowhere n -> throw n.why().asException();
        };
    }

    /// It is not wanted any more: a source that nobody has opened yet is let go.
    synchronized void drop() {
        dropped = true;
        unopened.ifPresent(ByteSource::close);
        unopened = Optional.empty();
    }

    private static Optional<ByteSource> stream(Located located) {
        return switch (located) {
            case Located.LocalFile _ -> Optional.empty();
            case Located.Growing g -> Optional.of(g.source());
            case Located.Remote r -> Optional.of(r.source());
            case Located.Nowhere _ -> Optional.empty();
        };
    }

    private static boolean whole(ByteSource source) {
        return source.length() >= 0 && source.available() >= source.length();
    }

    private static double share(ByteSource source) {
        long length = source.length();
        return length <= 0 ? 0 : Math.clamp((double) source.available() / length, 0, 1);
    }
}
