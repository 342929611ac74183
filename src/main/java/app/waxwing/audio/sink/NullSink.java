package app.waxwing.audio.sink;

import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.Sink;
import app.waxwing.base.Time;

/// No sound, at the pace of sound: a device of 200 ms on the computer's monotonic clock.
public final class NullSink implements Sink {
    private final Time time;
    private PcmFormat format = new PcmFormat(44_100, 2);
    private int capacity;
    private long written;
    /// Frames heard up to `anchorNanos`.
    private long anchorFrames;
    private long anchorNanos;
    private boolean running;

    public NullSink(Time time) {
        this.time = time;
    }

    @Override
    public String describe() {
        return "no sound output (silent, in real time)";
    }

    @Override
    public PcmFormat open(PcmFormat wanted, int bits) {
        format = wanted;
        capacity = wanted.rate() / 5;
        written = 0;
        anchorFrames = 0;
        anchorNanos = time.nanos();
        running = false;
        return wanted;
    }

    @Override
    public int writable() {
        return (int) Math.max(0, capacity - (written - heard()));
    }

    @Override
    public void write(float[] from, int frames, boolean neutral) {
        if (heard() == written) anchor(written);
        written += frames;
    }

    @Override
    public long heard() {
        if (!running) return anchorFrames;
        long nanos = time.nanos() - anchorNanos;
        long elapsed = nanos / 1_000_000_000L * format.rate() + nanos % 1_000_000_000L * format.rate() / 1_000_000_000L;
        return Math.min(written, anchorFrames + elapsed);
    }

    private void anchor(long frames) {
        anchorFrames = frames;
        anchorNanos = time.nanos();
    }

    @Override
    public void resume() {
        if (running) return;
        anchor(anchorFrames);
        running = true;
    }

    @Override
    public void pause() {
        if (!running) return;
        anchor(heard());
        running = false;
    }

    @Override
    public void flush() {
        anchor(written);
    }

    @Override
    public boolean realTime() {
        return true;
    }

    @Override
    public void release() {
        flush();
        running = false;
    }

    @Override
    public void close() {
        release();
    }
}
