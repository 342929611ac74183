package app.waxwing.playback;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FileByteSource;
import app.waxwing.library.Located;
import app.waxwing.store.CacheMeter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;

/// Counts where music comes from that is heard: a whole file on this computer, kept or cached, is a hit, what a server still has to give is none
/// (requirements 0.23 and C.5), and so are the bytes that decoders read of either. A track that was only prepared counts nothing. Any thread.
final class SourceMeter {
    private final CacheMeter meter;

    SourceMeter(CacheMeter meter) {
        this.meter = meter;
    }

    /// When somebody begins to look for a track; for [#since].
    long start() {
        return meter.start();
    }

    Duration since(long start) {
        return Duration.ofNanos(meter.start() - start);
    }

    /// A track begins to sound, or it was to and is nowhere.
    ///
    /// @param took to find it
    void heard(Located located, Duration took) {
        switch (located) {
            case Located.LocalFile _ -> meter.answered(took, true);
            case Located.Growing _,Located.Remote _ -> {
                meter.answered(took, false);
                meter.network();
            }
            case Located.Nowhere(Failure why) -> {
                meter.answered(took, false);
                if (!(why instanceof Failure.Offline)) meter.error();
            }
        }
    }

    ByteSource disk(Path file) throws IOException {
        return new Counted(new FileByteSource(file), meter::fromDisk);
    }

    ByteSource network(ByteSource source) {
        return new Counted(source, meter::fromNetwork);
    }

    private record Counted(ByteSource source, LongConsumer count) implements ByteSource {
        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            int read = source.read(position, into);
            if (read > 0) count.accept(read);
            return read;
        }

        @Override
        public long length() {
            return source.length();
        }

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public long available() {
            return source.available();
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
