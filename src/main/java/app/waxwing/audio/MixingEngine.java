package app.waxwing.audio;

import app.waxwing.base.Events;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine: commands are queued for the thread `mixer`, which pulls from `decode-*` threads and writes to the sink.
public final class MixingEngine implements AudioEngine {
    private static final Logger LOG = LoggerFactory.getLogger(MixingEngine.class);
    private final Decoders decoders;
    private final List<Sink> sinks;
    private final Events<AudioEvent> events = new Events<>();
    private final ConcurrentLinkedQueue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Clock clock = new Clock();
    private final Mixer mixer;
    private final Thread thread;
    private volatile boolean closed;

    /// @param sinks preferred first; each takes over when the one before fails. The engine closes them, and not the decoders
    /// @param listener runs the listeners, one after the other: the `player` mailbox
    public MixingEngine(Decoders decoders, List<Sink> sinks, Time time, Executor listener) {
        if (sinks.isEmpty()) throw new IllegalArgumentException("no sink");
        this.decoders = decoders;
        this.sinks = List.copyOf(sinks);
        mixer = new Mixer(decoders, sinks, time, this::wake, event -> listener.execute(() -> events.publish(event)), clock);
        thread = Threads.start("mixer", this::loop);
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void loop() {
        while (!closed) {
            for (Runnable command; (command = commands.poll()) != null;) mixer.command(command);
            long rest = mixer.step();
            if (rest > 0 && commands.isEmpty()) LockSupport.parkNanos(this, rest);
        }
        mixer.close();
    }

    private void command(Runnable command) {
        if (closed) return;
        commands.add(command);
        wake();
    }

    @Override
    public void open(AudioTrack track, boolean playing) {
        command(() -> mixer.open(track, playing));
    }

    @Override
    public void prepareNext(AudioTrack track) {
        command(() -> mixer.prepareNext(track));
    }

    @Override
    public void dropNext() {
        command(mixer::dropNext);
    }

    @Override
    public void play() {
        command(mixer::play);
    }

    @Override
    public void pause() {
        command(mixer::pause);
    }

    @Override
    public void seek(long generation, Duration position) {
        Duration from = position.isNegative() ? Duration.ZERO : position;
        command(() -> mixer.seek(generation, from));
    }

    @Override
    public void stop() {
        command(mixer::stop);
    }

    @Override
    public void setVolume(double level) {
        double slider = Math.clamp(level, 0, 1);
        command(() -> mixer.setVolume(slider * slider * slider));
    }

    @Override
    public void setGain(long generation, double gain) {
        if (!(gain >= 0 && gain <= 16)) throw new IllegalArgumentException("gain " + gain);
        command(() -> mixer.setGain(generation, gain));
    }

    @Override
    public AudioStatus status() {
        return clock.read();
    }

    @Override
    public Subscription subscribe(Consumer<? super AudioEvent> listener) {
        return events.subscribe(listener);
    }

    @Override
    public List<String> describe() {
        List<String> sentences = new ArrayList<>(decoders.describe());
        sentences.add("Output: " + sinks.getFirst().describe() + ".");
        return sentences;
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        wake();
        try {
            if (!thread.join(Duration.ofSeconds(2))) LOG.warn("the sound output did not close within 2 s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
