package app.waxwing.playback;

import app.waxwing.audio.AudioEngine;
import app.waxwing.audio.AudioEvent;
import app.waxwing.audio.AudioTrack;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import app.waxwing.library.Located;
import app.waxwing.library.MediaLocator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/// The track that sounds and the one prepared after it: finds their bytes, hands them to the audio engine and understands what it answers.
/// Whatever comes late, of an attempt that was replaced, is dropped by its generation number. Thread `player` only.
final class Deck implements AutoCloseable {
    /// What the deck tells.
    interface Ear {
        /// Something about the attempt is known or different now: its length, its decoder, whether sound flows.
        void changed(Attempt attempt);

        /// Its first frame is heard.
        void sounding(Attempt attempt);

        /// The prepared one took over.
        void joined(Attempt from, Attempt to);

        void ended(Attempt attempt);

        /// @param nextFollows the prepared one goes on by itself; `joined` follows
        void failed(Attempt attempt, Failure why, Duration position, boolean nextFollows);

        /// The prepared one cannot be played.
        void nextFailed(Attempt attempt, Failure why);

        void seeked(Attempt attempt, Duration position);

        void outputChanged(Failure why);
    }

    private final AudioEngine audio;
    private final MediaLocator locator;
    private final SourceMeter meter;
    private final Executor player;
    private final Ear ear;
    private final Subscription events;
    private long generation;
    private boolean playing;
    private Optional<Attempt> current = Optional.empty();
    private Optional<Attempt> next = Optional.empty();

    Deck(AudioEngine audio, MediaLocator locator, SourceMeter meter, Executor player, Ear ear) {
        this.audio = audio;
        this.locator = locator;
        this.meter = meter;
        this.player = player;
        this.ear = ear;
        events = audio.subscribe(e -> player.execute(() -> heard(e)));
    }

    Optional<Attempt> current() {
        return current;
    }

    Optional<Attempt> next() {
        return next;
    }

    /// Plays this entry instead of whatever plays. The old sound stops at once, the new one begins when its bytes are found.
    void load(PlayerState.Entry entry, Duration start, boolean playing, double gain) {
        if (current.isPresent()) audio.pause();
        forget();
        this.playing = playing;
        var attempt = new Attempt(++generation, entry, start, gain, locator, meter);
        current = Optional.of(attempt);
        locate(attempt);
    }

    /// This entry follows without a gap. Replaces one prepared before.
    void prepare(PlayerState.Entry entry, double gain) {
        dropNext();
        var attempt = new Attempt(++generation, entry, Duration.ZERO, gain, locator, meter);
        next = Optional.of(attempt);
        locate(attempt);
    }

    void dropNext() {
        next.ifPresent(n -> {
            if (n.handed) audio.dropNext();
            n.drop();
        });
        next = Optional.empty();
    }

    void play() {
        playing = true;
        current.filter(a -> a.handed).ifPresent(a -> audio.play());
    }

    void pause() {
        playing = false;
        current.filter(a -> a.handed).ifPresent(a -> audio.pause());
    }

    void seek(Duration position) {
        current.ifPresent(a -> {
            if (a.handed) audio.seek(a.generation, position);
            else a.start = position;
        });
    }

    void gain(Attempt attempt, double gain) {
        if (attempt.gain == gain) return;
        attempt.gain = gain;
        if (attempt.handed) audio.setGain(attempt.generation, gain);
    }

    /// Silence, and the sound device is let go.
    void stop() {
        forget();
        audio.stop();
    }

    private void forget() {
        next.ifPresent(Attempt::drop);
        current.ifPresent(Attempt::drop);
        next = Optional.empty();
        current = Optional.empty();
    }

    @Override
    public void close() {
        events.close();
        forget();
    }

    private void locate(Attempt attempt) {
        var _ = locator.locate(attempt.entry.track().key())
                .exceptionally(e -> new Located.Nowhere(FailureException.of(e)))
                .thenAccept(located -> {
                    attempt.found(located);
                    player.execute(() -> arrived(attempt, located));
                });
    }

    private boolean is(Optional<Attempt> which, Attempt attempt) {
        return which.isPresent() && which.get() == attempt;
    }

    private void arrived(Attempt attempt, Located located) {
        if (located instanceof Located.Nowhere nowhere) {
            if (is(current, attempt) || is(next, attempt)) attempt.counts();
            if (is(current, attempt)) failed(attempt, nowhere.why(), attempt.start);
            else if (is(next, attempt)) nextFailed(attempt, nowhere.why());
            return;
        }
        if (is(current, attempt)) {
            attempt.handed = true;
            audio.open(track(attempt), playing);
            ear.changed(attempt);
        } else if (is(next, attempt)) {
            attempt.handed = true;
            audio.prepareNext(track(attempt));
        } else {
            attempt.drop();
        }
    }

    private static AudioTrack track(Attempt attempt) {
        return new AudioTrack(attempt.generation, attempt.entry.track().title(), attempt, attempt.gain, attempt.start);
    }

    private Optional<Attempt> byGeneration(long generation) {
        return current.filter(a -> a.generation == generation).or(() -> next.filter(a -> a.generation == generation));
    }

    private void heard(AudioEvent event) {
        switch (event) {
            case AudioEvent.Opened e -> byGeneration(e.generation()).ifPresent(a -> {
                a.info = Optional.of(e.info());
                a.decoder = e.decoder();
                if (is(current, a)) ear.changed(a);
            });
            case AudioEvent.Sounding e -> byGeneration(e.generation()).ifPresent(this::sounds);
            case AudioEvent.TrackChanged e -> byGeneration(e.generation()).ifPresentOrElse(this::sounds,
                    // It was dropped at the very moment it took over: the one before has ended all the same.
                    () -> current.filter(a -> a.generation == e.previous()).ifPresent(this::ended));
            case AudioEvent.Waiting e -> flows(e.generation(), false);
            case AudioEvent.Flowing e -> flows(e.generation(), true);
            case AudioEvent.Seeked e -> current.filter(a -> a.generation == e.generation()).ifPresent(a -> ear.seeked(a, e.position()));
            case AudioEvent.Ended e -> current.filter(a -> a.generation == e.generation()).ifPresent(this::ended);
            case AudioEvent.Failed e -> byGeneration(e.generation()).ifPresent(a -> {
                if (is(current, a)) failed(a, e.failure(), e.position());
                else nextFailed(a, e.failure());
            });
            case AudioEvent.SinkChanged e -> ear.outputChanged(e.failure());
        }
    }

    private void sounds(Attempt attempt) {
        if (!attempt.sounding) attempt.counts();
        attempt.sounding = true;
        if (is(next, attempt)) promote();
        ear.sounding(attempt);
    }

    private void flows(long generation, boolean flows) {
        current.filter(a -> a.generation == generation && a.flowing != flows).ifPresent(a -> {
            a.flowing = flows;
            ear.changed(a);
        });
    }

    /// One that is prepared, or on its way to be, goes on; the engine says when it sounds.
    private void ended(Attempt attempt) {
        if (next.isPresent()) promote();
        else ear.ended(attempt);
    }

    private void failed(Attempt attempt, Failure why, Duration position) {
        boolean follows = next.isPresent();
        ear.failed(attempt, why, position, follows);
        // A prepared one that the engine has goes on by itself; one whose bytes are still being looked for is opened when they are found.
        if (follows && next.isPresent() && !next.get().handed && is(current, attempt)) promote();
    }

    private void nextFailed(Attempt attempt, Failure why) {
        next = Optional.empty();
        attempt.drop();
        ear.nextFailed(attempt, why);
    }

    private void promote() {
        Attempt from = current.orElseThrow();
        Attempt to = next.orElseThrow();
        current = next;
        next = Optional.empty();
        playing = true;
        from.drop();
        ear.joined(from, to);
    }
}
