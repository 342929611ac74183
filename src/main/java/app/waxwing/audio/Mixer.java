package app.waxwing.audio;

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
    private final Output output;
    private final Time time;
    private final Runnable wake;
    private final Announcer announcer;
    private final Clock clock;

    private @Nullable Feed current;
    private @Nullable Feed next;
    /// Joined already, but its last frames are still to be heard.
    private @Nullable Feed previous;
    private boolean playing;
    private final Level volume = new Level(1);

    /// Said once, not again with every track.
    private @Nullable Failure toldFailure;
    /// The sink may take the shape of the track that begins.
    private boolean fresh;
    private float[] buffer = new float[0];
    private final Timeline timeline = new Timeline();
    private boolean newStretch;

    private boolean seeking;
    private Duration seekTarget = Duration.ZERO;
    private long seekSince;
    private boolean waiting;
    private long lastSoundNanos;
    private long idleSince;

    Mixer(Decoders decoders, List<Sink> sinks, Time time, Runnable wake, Consumer<AudioEvent> events, Clock clock) {
        this.decoders = decoders;
        output = new Output(sinks);
        this.time = time;
        this.wake = wake;
        announcer = new Announcer(events);
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
        output.prefer();
        fresh = true;
        playing = play;
        current = feed(track);
        output.run(play);
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
        return new Feed(track, decoders, output.realTime(), wake);
    }

    void dropNext() {
        Feed old = next;
        next = null;
        if (old != null) old.close();
    }

    void play() {
        playing = true;
        lastSoundNanos = time.nanos();
        output.run(true);
    }

    void pause() {
        playing = false;
        output.run(false);
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
            joined.begin(joined.start, output.format());
        }
        next = joined;
        current = back;
        previous = null;
    }

    private void restart(Feed feed, Duration position) {
        output.flush();
        timeline.clear();
        newStretch = true;
        feed.begin(position, output.format());
    }

    void stop() {
        dropAll();
        output.release();
    }

    void setVolume(double amplitude) {
        volume.set(amplitude);
        if (output.silent()) volume.jump();
    }

    void setGain(long generation, double gain) {
        Feed feed = current;
        if (feed != null) feed.setGain(generation, gain);
        feed = next;
        if (feed != null) feed.setGain(generation, gain);
    }

    private void dropAll() {
        dropNext();
        Feed before = previous;
        Feed old = current;
        previous = null;
        current = null;
        if (before != null) before.close();
        if (old != null) old.close();
        output.flush();
        timeline.clear();
        newStretch = true;
        seeking = false;
        waiting = false;
        idleSince = time.nanos();
        lastSoundNanos = idleSince;
    }

    void close() {
        dropAll();
        output.close();
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
        if (output.isOpen()) hear();
        watchNext();
        Feed feed = current;
        if (feed == null) {
            if (time.nanos() - idleSince > RELEASE_NANOS) output.release();
            return 1_000_000_000L;
        }
        if (!feed.open()) {
            if (feed.failure().isEmpty()) return 100_000_000L;
            giveUp(feed, feed.failure().get());
            return 0;
        }
        if (!feed.configured()) begin(feed);
        if (seeking && !watchSeek(feed)) return 20_000_000L;
        return playing ? mix() : 1_000_000_000L;
    }

    /// Opening failed: nothing of it was heard.
    private void giveUp(Feed feed, Failure failure) {
        announcer.tell(new AudioEvent.Failed(feed.generation(), failure, Duration.ZERO));
        feed.close();
        seeking = false;
        Feed after = next;
        next = null;
        current = after;
        newStretch = true;
        if (after != null) {
            after.joinedAfter = feed;
            feed.announceNothing();
        } else {
            idleSince = time.nanos();
        }
    }

    private void begin(Feed feed) {
        announcer.opened(feed);
        if (fresh || !output.isOpen()) openSink(feed.info());
        fresh = false;
        lastSoundNanos = time.nanos();
        feed.begin(feed.start, output.format());
    }

    private void openSink(SourceInfo info) {
        output.open(info, playing);
        buffer = new float[CHUNK * output.format().channels()];
        timeline.clear();
        newStretch = true;
    }

    private void watchNext() {
        Feed feed = next;
        if (feed == null) return;
        if (feed.open()) {
            announcer.opened(feed);
            if (!feed.configured() && output.isOpen() && !fresh) feed.begin(feed.start, output.format());
        } else if (feed.failure().isPresent()) {
            next = null;
            feed.close();
            announcer.tell(new AudioEvent.Failed(feed.generation(), feed.failure().get(), Duration.ZERO));
        }
    }

    /// False while the decoder has not got there.
    private boolean watchSeek(Feed feed) {
        if (!feed.pending()) {
            seeking = false;
            lastSoundNanos = time.nanos();
            announcer.tell(new AudioEvent.Seeked(feed.generation(), feed.landed()));
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
        int room = output.room(CHUNK);
        if (room == 0 || timeline.full()) return 15_000_000L;
        int filled = 0;
        boolean neutral = true;
        for (Feed feed; filled < room && (feed = current) != null;) {
            // A track that is heard as decoded keeps its samples, whatever the one it is joined to needs.
            boolean plain = volume.neutral() && feed.neutral() && feed.gain.neutral();
            if (filled > 0 && plain != neutral) break;
            neutral = plain;
            int n = feed.pull(buffer, filled, room - filled);
            if (n == 0) {
                if (feed.exhausted() && join(feed)) continue;
                break;
            }
            if (newStretch) {
                timeline.add(feed, output.written() + filled, feed.position() + feed.pulled - n);
                newStretch = false;
            }
            feed.gain.apply(buffer, filled, n, output.format());
            filled += n;
        }
        if (filled == 0) return starved();
        volume.apply(buffer, 0, filled, output.format());
        output.write(buffer, filled, neutral);
        lastSoundNanos = time.nanos();
        if (!output.realTime()) hear();
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
            if (!output.silent()) return 10_000_000L;
            finish(feed);
            return 0;
        }
        if (!waiting && output.silent() && time.nanos() - lastSoundNanos > STARVED_NANOS) {
            waiting = true;
            announcer.tell(new AudioEvent.Waiting(feed.generation()));
        }
        return 20_000_000L;
    }

    private void finish(Feed feed) {
        if (feed.pulled > 0 || feed.joinedAfter != null) announceSound(feed);
        Optional<Failure> failure = feed.failure();
        long generation = feed.generation();
        Duration at = output.format().time(timeline.position(output.heard()));
        dropAll();
        announcer.tell(failure.isPresent() ? new AudioEvent.Failed(generation, failure.get(), at) : new AudioEvent.Ended(generation));
    }

    // ---- what has been heard

    private void hear() {
        long heard = output.hear();
        timeline.advance(heard);
        Feed feed = timeline.feed();
        if (feed == null || !timeline.sounds(heard)) return;
        if (!feed.announcedSound) announceSound(feed);
        if (waiting && feed == current && lastSoundNanos + STARVED_NANOS > time.nanos()) {
            waiting = false;
            announcer.tell(new AudioEvent.Flowing(feed.generation()));
        }
    }

    private void announceSound(Feed feed) {
        announcer.sounding(feed, output.format());
        if (feed == current) previous = null;
    }

    private void tellTime() {
        Feed sounding = timeline.feed();
        Feed feed = sounding == null ? current : sounding;
        boolean still = waiting || seeking || sounding == null;
        if (seeking || sounding == null) clock.set(feed, playing, still, feed == null || seeking ? seekTarget : feed.start);
        else clock.set(feed, playing, still, timeline.position(output.heard()), output.format());
    }

    // ---- the output

    private void outputFailed(Failure failure) {
        Feed sounding = timeline.feed();
        Feed feed = sounding == null ? current : sounding;
        long generation = feed == null ? 0 : feed.generation();
        Duration at = sounding != null
                ? output.format().time(timeline.position(output.heard()))
                : feed == null ? Duration.ZERO : feed.start;
        LOG.warn("output {} failed: {}", output.describe(), failure);
        try {
            stepDown(failure, feed, generation, at);
        } catch (FailureException e) {
            outputFailed(e.failure());
        }
    }

    private void stepDown(Failure failure, @Nullable Feed feed, long generation, Duration at) {
        if (!output.stepDown()) {
            dropAll();
            if (generation > 0) announcer.tell(new AudioEvent.Failed(generation, failure, at));
            return;
        }
        if (feed != null && feed == previous) returnTo(feed);
        if (feed != null) {
            feed.start = at;
            if (feed.open()) {
                openSink(feed.info());
                fresh = false;
                feed.begin(at, output.format());
                Feed after = next;
                if (after != null && after.configured()) after.begin(after.start, output.format());
            }
        }
        if (!failure.equals(toldFailure)) announcer.tell(new AudioEvent.SinkChanged(generation, failure, output.describe()));
        toldFailure = failure;
    }
}
