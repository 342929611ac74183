package app.waxwing.audio;

import app.waxwing.base.FailureException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The sink in use and how far it is: frames written to it and heard from it since it was opened. Owned by the mixer's thread.
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);
    private final List<Sink> sinks;
    private int index;
    private boolean open;
    private PcmFormat format = new PcmFormat(44_100, 2);
    private long written;
    private long heard;

    Output(List<Sink> sinks) {
        this.sinks = List.copyOf(sinks);
    }

    private Sink sink() {
        return sinks.get(index);
    }

    String describe() {
        return sink().describe();
    }

    boolean realTime() {
        return sink().realTime();
    }

    boolean isOpen() {
        return open;
    }

    PcmFormat format() {
        return format;
    }

    long written() {
        return written;
    }

    long heard() {
        return heard;
    }

    boolean silent() {
        return heard == written;
    }

    /// Back to the first choice, where another one had to step in.
    void prefer() {
        if (index == 0) return;
        release();
        index = 0;
    }

    /// False when there is no other one.
    boolean stepDown() {
        open = false;
        try {
            sink().release();
        } catch (FailureException e) {
            LOG.debug("releasing a failed output: {}", e.getMessage());
        }
        if (index + 1 >= sinks.size()) return false;
        index++;
        return true;
    }

    void open(SourceInfo info, boolean playing) {
        format = sink().open(info.format(), info.outputBits());
        open = true;
        written = 0;
        heard = 0;
        run(playing);
    }

    void run(boolean on) {
        if (!open) return;
        if (on) sink().resume();
        else sink().pause();
    }

    int room(int most) {
        return Math.min(sink().writable(), most);
    }

    void write(float[] from, int frames, boolean neutral) {
        sink().write(from, frames, neutral);
        written += frames;
    }

    long hear() {
        if (open) heard = sink().heard();
        return heard;
    }

    void flush() {
        if (!open) return;
        sink().flush();
        heard = sink().heard();
    }

    void release() {
        if (open) sink().release();
        open = false;
    }

    void close() {
        for (Sink sink : sinks) sink.close();
    }
}
