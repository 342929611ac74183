package app.waxwing.audio.sink;

import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.Sink;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.SourceDataLine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The system's default sound device by `javax.sound`, with a buffer of 250 ms. A device that takes frames but does not play them for two seconds,
/// or refuses them, is reported as lost.
public final class SystemSink implements Sink {
    private static final Logger LOG = LoggerFactory.getLogger(SystemSink.class);
    private static final String REMEDY = "connect or choose one in the system's sound settings (on Linux libasound2 and, with PulseAudio or"
            + " PipeWire, libasound2-plugins or pipewire-alsa must be installed)";
    private static final long STUCK_NANOS = 2_000_000_000L;
    private final Time time;
    private @Nullable SourceDataLine line;
    private @Nullable PcmFormat format;
    private Quantiser quantiser = new Quantiser(16);
    private int bits;
    private byte[] bytes = new byte[0];
    private ByteBuffer view = ByteBuffer.wrap(bytes);
    private long written;
    private long heard;
    /// The line's own position that corresponds to `heardBase`.
    private long lineBase;
    private long heardBase;
    private boolean running;
    private long startNanos;
    private long startFrames;
    private long movedNanos;

    public SystemSink(Time time) {
        this.time = time;
    }

    @Override
    public String describe() {
        PcmFormat open = format;
        return open == null
                ? "the system's sound output"
                : "the system's sound output at " + open.rate() + " Hz, " + bits + " bit, " + open.channels()
                        + (open.channels() == 1
                                ? " channel"
                                : " channels");
    }

    @Override
    public PcmFormat open(PcmFormat wanted, int wantedBits) {
        PcmFormat open = format;
        if (line != null && open != null && open.equals(wanted) && bits >= wantedBits) {
            flush();
            rebase(0);
            return open;
        }
        release();
        for (AudioFormat candidate : candidates(wanted, wantedBits)) {
            if (tryOpen(candidate)) {
                PcmFormat got = new PcmFormat(Math.round(candidate.getSampleRate()), candidate.getChannels());
                format = got;
                rebase(0);
                return got;
            }
        }
        throw new FailureException(new Failure.MissingPart("A sound output", REMEDY));
    }

    private static List<AudioFormat> candidates(PcmFormat wanted, int wantedBits) {
        Set<Integer> rates = new LinkedHashSet<>(List.of(wanted.rate(), 48_000, 44_100));
        Set<Integer> channels = new LinkedHashSet<>(List.of(wanted.channels(), 2));
        Set<Integer> sizes = new LinkedHashSet<>(List.of(wantedBits <= 16 ? 16 : 24, 16));
        List<AudioFormat> all = new ArrayList<>();
        for (int rate : rates) {
            for (int count : channels) {
                for (int size : sizes) all.add(new AudioFormat(rate, size, count, true, false));
            }
        }
        return all;
    }

    private boolean tryOpen(AudioFormat candidate) {
        try {
            var opened = (SourceDataLine) AudioSystem.getLine(new DataLine.Info(SourceDataLine.class, candidate));
            int frame = candidate.getFrameSize();
            opened.open(candidate, Math.round(candidate.getSampleRate() / 4) * frame);
            line = opened;
            bits = candidate.getSampleSizeInBits();
            quantiser = new Quantiser(bits);
            bytes = new byte[opened.getBufferSize()];
            view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return true;
        } catch (IllegalArgumentException | LineUnavailableException e) {
            LOG.debug("no line for {}: {}", candidate, e.getMessage());
            return false;
        }
    }

    private void rebase(long frames) {
        SourceDataLine open = line;
        lineBase = open == null ? 0 : open.getLongFramePosition();
        heardBase = frames;
        heard = frames;
        written = frames;
        startFrames = frames;
        startNanos = time.nanos();
        movedNanos = startNanos;
    }

    @Override
    public int writable() {
        SourceDataLine open = line;
        PcmFormat shape = format;
        if (open == null || shape == null) return 0;
        int room = open.available() / open.getFormat().getFrameSize();
        // A «null» device of ALSA takes everything at once; what it can have played by the clock is the limit then.
        double seconds = (time.nanos() - startNanos) / 1e9;
        long limit = startFrames + (long) (seconds * shape.rate() * 1.01) + open.getBufferSize() / open.getFormat().getFrameSize();
        return (int) Math.clamp(limit - written, 0, room);
    }

    @Override
    public void write(float[] from, int frames, boolean neutral) {
        SourceDataLine open = line;
        PcmFormat shape = format;
        if (open == null || shape == null) throw new IllegalStateException("not open");
        int samples = frames * shape.channels();
        view.clear();
        quantiser.put(from, 0, samples, neutral, view);
        int length = view.position();
        if (heard == written) movedNanos = time.nanos();
        if (open.write(bytes, 0, length) < length && running) throw lost();
        written += frames;
    }

    private FailureException lost() {
        return new FailureException(new Failure.MissingPart("The sound output in use", "it stopped taking sound; " + REMEDY));
    }

    @Override
    public long heard() {
        SourceDataLine open = line;
        if (open == null) return heard;
        long now = Math.clamp(heardBase + open.getLongFramePosition() - lineBase, heard, written);
        if (now > heard || !running || now == written) {
            movedNanos = time.nanos();
        } else if (time.nanos() - movedNanos > STUCK_NANOS) {
            throw lost();
        }
        heard = now;
        return now;
    }

    @Override
    public void resume() {
        SourceDataLine open = line;
        if (open == null || running) return;
        open.start();
        running = true;
        startNanos = time.nanos();
        startFrames = written;
        movedNanos = startNanos;
    }

    @Override
    public void pause() {
        SourceDataLine open = line;
        if (open == null || !running) return;
        open.stop();
        running = false;
    }

    @Override
    public void flush() {
        SourceDataLine open = line;
        if (open == null) return;
        boolean was = running;
        pause();
        open.flush();
        rebase(written);
        if (was) resume();
    }

    @Override
    public boolean realTime() {
        return true;
    }

    @Override
    public void release() {
        SourceDataLine open = line;
        line = null;
        format = null;
        running = false;
        if (open == null) return;
        open.stop();
        open.flush();
        open.close();
    }

    @Override
    public void close() {
        release();
    }
}
