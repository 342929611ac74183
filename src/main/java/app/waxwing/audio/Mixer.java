package app.waxwing.audio;

import app.waxwing.audio.AudioEvent.Ended;
import app.waxwing.audio.AudioEvent.Failed;
import app.waxwing.audio.AudioEvent.Flowing;
import app.waxwing.audio.AudioEvent.Opened;
import app.waxwing.audio.AudioEvent.Seeked;
import app.waxwing.audio.AudioEvent.SinkChanged;
import app.waxwing.audio.AudioEvent.Sounding;
import app.waxwing.audio.AudioEvent.TrackChanged;
import app.waxwing.audio.AudioEvent.Waiting;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the thread `mixer` owns: the track that sounds, the one prepared, the sink. [#step] is one turn of its loop; it allocates only for events.
final class Mixer {
    private static final Logger LOG = LoggerFactory.getLogger(Mixer.class);
    private static final int CHUNK = 4096;
    private static final long STARVED_NANOS = 250_000_000L;
    private static final long STUCK_SEEK_NANOS = 1_000_000_000L;
    private static final long RELEASE_NANOS = 10_000_000_000L;

    private final Decoders decoders;
    private final List<Sink> sinks;
    private final Time time;
    private final Runnable wake;
    private final Consumer<AudioEvent> events;
    private final Clock clock;

    private @Nullable Feed current;
    private @Nullable Feed next;
    /// Joined already, but its last frames are still to be heard.
    private @Nullable Feed previous;
    private boolean playing;
    private final Level volume = new Level(1);

    private int sinkIndex;
    private boolean sinkOpen;
    /// Said once, not again with every track.
    private @Nullable Failure toldFailure;
    /// The sink may take the shape of the track that begins.
    private boolean fresh;
    private PcmFormat format = new PcmFormat(44_100, 2);
    private float[] buffer = new float[0];
    private final Timeline timeline = new Timeline();
    private long written;
    private long heard;
    private boolean newStretch;

    private boolean seeking;
    private Duration seekTarget = Duration.ZERO;
    private long seekSince;
    private boolean waiting;
    private long lastSoundNanos;
    private long idleSince;

    Mixer(Decoders decoders, List<Sink> sinks, Time time, Runnable wake, Consumer<AudioEvent> events, Clock clock) {
        this.decoders = decoders;
        this.sinks = List.copyOf(sinks);
        this.time = time;
        this.wake = wake;
        this.events = events;
        this.clock = clock;
        idleSince = time.nanos();
    }

    // ---- commands, on the mixer's thread

    void command(Runnable command) {
        try {
            command.run();
        } catch (FailureException e) {
            outputFailed(e.failure());
        }
    }

    void open(AudioTrack track, boolean play) {
        dropAll();
        if (sinkIndex > 0) {
            release();
            sinkIndex = 0;
        }
        fresh = true;
        playing = play;
        current = feed(track);
        if (sinkOpen) run(play);
    }

    void prepareNext(AudioTrack track) {
        if (current == null) {
            open(track, true);
            return;
        }
        dropNext();
        next = feed(track);
    }

    private Feed feed(AudioTrack track) {
        return new Feed(track, decoders, sink().realTime(), wake);
    }

    void dropNext() {
        Feed old = next;
        next = null;
        if (old != null) old.close();
    }

    void play() {
        playing = true;
        lastSoundNanos = time.nanos();
        run(true);
    }

    void pause() {
        playing = false;
        run(false);
    }

    private void run(boolean on) {
        if (!sinkOpen) return;
        if (on) sink().resume();
        else sink().pause();
    }

    void seek(long generation, Duration position) {
        Feed back = previous;
        if (back != null && back.generation() == generation) returnTo(back);
        Feed feed = current;
        if (feed == null || feed.generation() != generation) return;
        seeking = true;
        seekTarget = position;
        seekSince = time.nanos();
        feed.start = position;
        if (feed.configured()) restart(feed, position);
    }

    /// A seek in the last moments of a track whose successor is already being written.
    private void returnTo(Feed back) {
        dropNext();
        Feed joined = current;
        if (joined != null) {
            joined.joinedAfter = null;
            joined.begin(joined.start, format);
        }
        next = joined;
        current = back;
        previous = null;
    }

    private void restart(Feed feed, Duration position) {
        if (sinkOpen) {
            sink().flush();
            heard = sink().heard();
        }
        timeline.clear();
        newStretch = true;
        feed.begin(position, format);
    }

    void stop() {
        dropAll();
        release();
    }

    private void release() {
        if (sinkOpen) sink().release();
        sinkOpen = false;
    }

    void setVolume(double amplitude) {
        volume.set(amplitude);
        if (written == heard) volume.jump();
    }

    void setGain(long generation, double gain) {
        setGain(current, generation, gain);
        setGain(next, generation, gain);
    }

    private static void setGain(@Nullable Feed feed, long generation, double gain) {
        if (feed == null || feed.generation() != generation) return;
        feed.gain.set(gain);
        if (feed.pulled == 0) feed.gain.jump();
    }

    private void dropAll() {
        dropNext();
        Feed before = previous;
        Feed old = current;
        previous = null;
        current = null;
        if (before != null) before.close();
        if (old != null) old.close();
        if (sinkOpen) {
            sink().flush();
            heard = sink().heard();
        }
        timeline.clear();
        newStretch = true;
        seeking = false;
        waiting = false;
        idleSince = time.nanos();
        lastSoundNanos = idleSince;
    }

    void close() {
        dropAll();
        for (Sink sink : sinks) sink.close();
    }

    // ---- the loop

    /// One turn. Nanoseconds to sleep before the next one unless woken; 0 to go on at once.
    long step() {
        try {
            long rest = turn();
            tellTime();
            return rest;
        } catch (FailureException e) {
            outputFailed(e.failure());
            return 0;
        }
    }

    private long turn() {
        if (sinkOpen) hear();
        watchNext();
        Feed feed = current;
        if (feed == null) {
            if (sinkOpen && time.nanos() - idleSince > RELEASE_NANOS) release();
            return 1_000_000_000L;
        }
        if (!feed.open()) {
            Optional<Failure> failure = feed.failure();
            if (failure.isEmpty()) return 100_000_000L;
            giveUp(feed, failure.get());
            return 0;
        }
        if (!feed.configured()) begin(feed);
        if (seeking && !watchSeek(feed)) return 20_000_000L;
        return playing ? mix() : 1_000_000_000L;
    }

    /// Opening failed: nothing of it was heard.
    private void giveUp(Feed feed, Failure failure) {
        events.accept(new Failed(feed.generation(), failure, Duration.ZERO));
        feed.close();
        seeking = false;
        Feed after = next;
        next = null;
        current = after;
        newStretch = true;
        if (after != null) {
            after.joinedAfter = feed;
            feed.announcedSound = true;
            feed.announcedFailure = true;
        } else {
            idleSince = time.nanos();
        }
    }

    private void begin(Feed feed) {
        announceOpen(feed);
        if (fresh || !sinkOpen) openSink(feed.info());
        fresh = false;
        lastSoundNanos = time.nanos();
        feed.begin(feed.start, format);
    }

    private void openSink(SourceInfo info) {
        format = sink().open(info.format(), info.outputBits());
        sinkOpen = true;
        buffer = new float[CHUNK * format.channels()];
        written = 0;
        heard = 0;
        timeline.clear();
        newStretch = true;
        run(playing);
    }

    private void announceOpen(Feed feed) {
        if (feed.announcedOpen) return;
        feed.announcedOpen = true;
        events.accept(new Opened(feed.generation(), feed.info(), feed.decoderName()));
    }

    private void watchNext() {
        Feed feed = next;
        if (feed == null) return;
        if (feed.open()) {
            announceOpen(feed);
            if (!feed.configured() && sinkOpen && !fresh) feed.begin(feed.start, format);
        } else if (feed.failure().isPresent()) {
            next = null;
            feed.close();
            events.accept(new Failed(feed.generation(), feed.failure().get(), Duration.ZERO));
        }
    }

    /// False while the decoder has not got there.
    private boolean watchSeek(Feed feed) {
        if (!feed.pending()) {
            seeking = false;
            lastSoundNanos = time.nanos();
            events.accept(new Seeked(feed.generation(), feed.landed()));
            return true;
        }
        if (time.nanos() - seekSince > STUCK_SEEK_NANOS && feed.stuck()) {
            LOG.debug("track {} waits for bytes and does not hear the seek; it is opened anew", feed.generation());
            Feed anew = feed(feed.track().from(seekTarget));
            anew.inherit(feed, seekTarget);
            feed.close();
            current = anew;
            seekSince = time.nanos();
        }
        return false;
    }

    private long mix() {
        int room = Math.min(sink().writable(), CHUNK);
        if (room == 0 || timeline.full()) return 15_000_000L;
        int filled = 0;
        boolean neutral = volume.neutral();
        while (filled < room) {
            Feed feed = current;
            if (feed == null) break;
            int n = feed.pull(buffer, filled, room - filled);
            if (n == 0) {
                if (feed.exhausted() && join(feed)) continue;
                break;
            }
            if (newStretch) {
                timeline.add(feed, written + filled, feed.position() + feed.pulled - n);
                newStretch = false;
            }
            neutral &= feed.neutral() && feed.gain.neutral();
            feed.gain.apply(buffer, filled, n, format);
            filled += n;
        }
        if (filled == 0) return starved();
        volume.apply(buffer, 0, filled, format);
        sink().write(buffer, filled, neutral);
        written += filled;
        lastSoundNanos = time.nanos();
        if (!sink().realTime()) hear();
        return 0;
    }

    private boolean join(Feed feed) {
        Feed after = next;
        if (after == null || timeline.full() || !(after.hasSound() || after.exhausted())) return false;
        after.joinedAfter = feed;
        Feed before = previous;
        if (before != null) before.close();
        previous = feed;
        current = after;
        next = null;
        newStretch = true;
        return true;
    }

    /// Nothing came from the current track: it is over, or bytes are missing.
    private long starved() {
        Feed feed = current;
        if (feed == null) return 0;
        if (feed.exhausted() && next == null) {
            if (heard < written) return 10_000_000L;
            finish(feed);
            return 0;
        }
        if (!waiting && heard == written && time.nanos() - lastSoundNanos > STARVED_NANOS) {
            waiting = true;
            events.accept(new Waiting(feed.generation()));
        }
        return 20_000_000L;
    }

    private void finish(Feed feed) {
        if (feed.pulled > 0 || feed.joinedAfter != null) announceSound(feed);
        Optional<Failure> failure = feed.failure();
        long generation = feed.generation();
        Duration at = format.time(timeline.position(heard));
        dropAll();
        events.accept(failure.isPresent() ? new Failed(generation, failure.get(), at) : new Ended(generation));
    }

    // ---- what has been heard

    private void hear() {
        heard = sink().heard();
        timeline.advance(heard);
        Feed feed = timeline.feed();
        if (feed == null || !timeline.sounds(heard)) return;
        if (!feed.announcedSound) announceSound(feed);
        if (waiting && feed == current && lastSoundNanos + STARVED_NANOS > time.nanos()) {
            waiting = false;
            events.accept(new Flowing(feed.generation()));
        }
    }

    private void announceSound(Feed feed) {
        if (feed.announcedSound) return;
        feed.announcedSound = true;
        Feed before = feed.joinedAfter;
        feed.joinedAfter = null;
        if (before == null) {
            events.accept(new Sounding(feed.generation()));
            return;
        }
        announceSound(before);
        if (before.failure().isPresent() && !before.announcedFailure) {
            events.accept(new Failed(before.generation(), before.failure().get(), before.landed().plus(format.time(before.pulled))));
        }
        events.accept(new TrackChanged(feed.generation(), before.generation()));
        if (before == previous) previous = null;
        before.close();
    }

    private void tellTime() {
        Feed sounding = timeline.feed();
        Feed feed = sounding == null ? current : sounding;
        if (feed == null) {
            clock.idle();
            return;
        }
        AudioStatus.State state;
        if (!feed.open()) state = AudioStatus.State.OPENING;
        else if (!playing) state = AudioStatus.State.PAUSED;
        else if (waiting || seeking || sounding == null) state = AudioStatus.State.WAITING;
        else state = AudioStatus.State.PLAYING;
        long nanos;
        if (seeking || sounding == null) nanos = (seeking ? seekTarget : feed.start).toNanos();
        else nanos = nanos(timeline.position(heard));
        clock.set(state, feed, nanos);
    }

    private long nanos(long frames) {
        return frames / format.rate() * 1_000_000_000L + frames % format.rate() * 1_000_000_000L / format.rate();
    }

    // ---- the output

    Sink sink() {
        return sinks.get(sinkIndex);
    }

    private void outputFailed(Failure failure) {
        Feed sounding = timeline.feed();
        Feed feed = sounding == null ? current : sounding;
        long generation = feed == null ? 0 : feed.generation();
        Duration at = sounding != null ? format.time(timeline.position(heard)) : feed == null ? Duration.ZERO : feed.start;
        LOG.warn("output {} failed: {}", sink().describe(), failure);
        quietlyRelease();
        if (sinkIndex + 1 >= sinks.size()) {
            dropAll();
            if (generation > 0) events.accept(new Failed(generation, failure, at));
            return;
        }
        sinkIndex++;
        if (feed != null && feed == previous) returnTo(feed);
        if (feed != null) {
            feed.start = at;
            if (feed.open()) {
                openSink(feed.info());
                feed.begin(at, format);
                Feed after = next;
                if (after != null && after.configured()) after.begin(after.start, format);
            }
        }
        if (!failure.equals(toldFailure)) events.accept(new SinkChanged(generation, failure, sink().describe()));
        toldFailure = failure;
    }

    private void quietlyRelease() {
        sinkOpen = false;
        try {
            sink().release();
        } catch (FailureException e) {
            LOG.debug("releasing a failed output: {}", e.getMessage());
        }
    }
}
