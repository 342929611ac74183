package app.waxwing.app;

import app.waxwing.audio.Decoder;
import app.waxwing.audio.DecoderBackend;
import app.waxwing.audio.PcmFormat;
import app.waxwing.base.Failure;
import app.waxwing.base.FileByteSource;
import app.waxwing.download.DurationProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// How long files sound, by the embedded decoder: it needs no real time and says when a file breaks off.
record DecodedDuration(DecoderBackend backend) implements DurationProbe {
    private static final int FRAMES = 32 * 1024;

    @Override
    public Duration decoded(Path file, BooleanSupplier stop) {
        try (Decoder decoder = backend.open(0, new FileByteSource(file), Optional.empty())) {
            PcmFormat format = decoder.info().format();
            float[] sound = new float[FRAMES * format.channels()];
            long frames = 0;
            while (!stop.getAsBoolean()) {
                int n = decoder.read(sound, FRAMES);
                if (n < 0) break;
                frames += n;
            }
            return format.time(frames);
        } catch (IOException e) {
            throw new app.waxwing.base.FailureException(new Failure.Corrupt(file.toString()), e);
        }
    }
}
