package app.waxwing.playback;

import app.waxwing.audio.AudioEngine;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.library.MediaLocator;
import app.waxwing.playback.PlayerState.Phase;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What sounds, and what comes after it: drives the deck through the queue, goes on at the end and past what cannot be played, and keeps the
/// following track prepared. Thread `player` only.
final class Course implements Deck.Ear, AutoCloseable {
    /// Failures in a row that are still shown one by one.
    private static final int SHOWN = 3;
    private static final Logger LOG = LoggerFactory.getLogger(Course.class);

    private final AudioEngine audio;
    private final Deck deck;
    private final PlayLog log;
    private final Supplier<PlaybackOptions> options;
    private final Runnable changed;

    private PlayQueue queue = PlayQueue.EMPTY;
    private boolean playing;
    private Phase resting = Phase.IDLE;
    private Duration restAt = Duration.ZERO;
    private Optional<Duration> seeking = Optional.empty();
    /// An answer came from somewhere else than the target: it counts unless a better one comes within a second.
    private boolean seekAnswered;
    private boolean over;
    private int volume = 100;
    private Optional<Failure> failure = Optional.empty();
    private int failuresInRow;
    private boolean failedSinceSound;
    private OptionalLong roundStart = OptionalLong.empty();
    private final Set<Long> passedOver = new HashSet<>();
    private Optional<Failure> passedWhy = Optional.empty();
    private final Reopening reopening = new Reopening();

    /// @param changed after everything that a snapshot shows
    Course(AudioEngine audio, MediaLocator locator, SourceMeter meter, Executor player, PlayLog log, Supplier<PlaybackOptions> options,
            Runnable changed) {
        this.audio = audio;
        this.log = log;
        this.options = options;
        this.changed = changed;
        deck = new Deck(audio, locator, meter, player, this);
    }

    PlayQueue queue() {
        return queue;
    }

    Optional<Attempt> attempt() {
        return deck.current();
    }

    Optional<Failure> failure() {
        return failure;
    }

    int volume() {
        return volume;
    }

    boolean isSeeking() {
        return seeking.isPresent();
    }

    Phase phase() {
        return deck.current().map(a -> !playing ? Phase.PAUSED : a.sounding && a.flowing ? Phase.PLAYING : Phase.LOADING).orElse(resting);
    }

    /// Where the current track stands.
    Duration position() {
        if (seeking.isPresent()) return seeking.get();
        return deck.current().map(this::position).orElse(restAt);
    }

    private Duration position(Attempt attempt) {
        var status = audio.status();
        if (status.generation() == attempt.generation) return status.position();
        boolean past = attempt.sounding && (status.generation() == 0 || status.generation() > attempt.generation);
        return past ? attempt.duration().orElse(restAt) : attempt.start;
    }

    /// Takes a queue over without a sound: at the start of the program.
    void restore(PlayQueue queue, Duration position, int volume) {
        this.queue = queue;
        rest(position.isPositive() && queue.index() >= 0 ? Phase.PAUSED : Phase.IDLE, queue.index() >= 0 ? position : Duration.ZERO);
        volume(volume);
    }

    /// Another queue altogether, begun at its current entry.
    void begin(PlayQueue another) {
        queue = another;
        start(queue.index(), Duration.ZERO, true);
    }

    /// The user starts something: earlier trouble is forgotten.
    void start(int index, Duration position, boolean play) {
        failure = Optional.empty();
        failuresInRow = 0;
        failedSinceSound = false;
        roundStart = OptionalLong.of(queue.entries().get(index).entry());
        goTo(index, position, play);
    }

    private void goTo(int index, Duration position, boolean play) {
        endPlay();
        queue = queue.at(index);
        over = false;
        passedOver.clear();
        passedWhy = Optional.empty();
        seeking = Optional.empty();
        if (play) {
            playing = true;
            deck.load(queue.entries().get(index), position, true, gain(index));
        } else {
            deck.stop();
            rest(resting == Phase.IDLE && !playing ? Phase.IDLE : Phase.PAUSED, position);
        }
        if (failuresInRow <= SHOWN) changed.run();
    }

    private void rest(Phase phase, Duration position) {
        playing = false;
        resting = phase;
        restAt = position;
        seeking = Optional.empty();
    }

    /// Ends what plays; the queue stays where it is.
    void stop() {
        endPlay();
        deck.stop();
        rest(Phase.IDLE, Duration.ZERO);
        changed.run();
    }

    void play() {
        if (deck.current().isPresent()) {
            if (playing) return;
            playing = true;
            log.paused(position(), false, volume);
            deck.play();
            changed.run();
        } else if (over || queue.index() < 0) {
            if (!queue.isEmpty()) start(queue.first(), Duration.ZERO, true);
        } else {
            start(queue.index(), restAt, true);
        }
    }

    void pause() {
        if (deck.current().isEmpty() || !playing) return;
        playing = false;
        deck.pause();
        log.paused(position(), true, volume);
        changed.run();
    }

    boolean isPlaying() {
        return playing;
    }

    void seek(Duration position) {
        Duration to = position.isNegative() ? Duration.ZERO : position;
        Optional<Attempt> attempt = deck.current();
        if (attempt.isEmpty()) {
            if (queue.index() < 0) return;
            rest(Phase.PAUSED, to);
        } else {
            log.jumped(position(), to, !playing, volume);
            if (attempt.get().handed) seeking = Optional.of(to);
            seekAnswered = false;
            deck.seek(to);
        }
        changed.run();
    }

    void volume(int percent) {
        volume = Math.clamp(percent, 0, 100);
        audio.setVolume(volume / 100.0);
        changed.run();
    }

    /// The queue is another one now: what plays goes on if it is still the current entry, else that one takes its place.
    ///
    /// @param position where a new current entry begins
    void use(PlayQueue changedQueue, Duration position) {
        Optional<Long> before = queue.current().map(PlayerState.Entry::entry);
        queue = changedQueue;
        Optional<Long> now = queue.current().map(PlayerState.Entry::entry);
        if (before.equals(now)) {
            prepareNext();
            changed.run();
        } else if (now.isEmpty()) {
            stop();
        } else {
            start(queue.index(), position, playing);
        }
    }

    /// New rows of the same tracks.
    void refresh(PlayQueue refreshed) {
        queue = refreshed;
        changed.run();
    }

    /// The options are others now.
    void retune() {
        deck.current().ifPresent(a -> deck.gain(a, gain(queue.index())));
        deck.dropNext();
        prepareNext();
    }

    /// Once a second.
    void tick() {
        if (seeking.isPresent() && seekAnswered) {
            seeking = Optional.empty();
            changed.run();
        }
        if (!playing) return;
        deck.current().filter(a -> a.sounding && seeking.isEmpty()).ifPresent(a -> {
            log.reached(position(a), false, volume);
            prepareNext();
        });
    }

    /// Ends the account of what is heard now, with the program.
    @Override
    public void close() {
        audio.pause();
        endPlay();
        deck.close();
    }

    private double gain(int index) {
        return Gain.factor(queue, index, options.get().loudness());
    }

    private void endPlay() {
        deck.current().filter(a -> a.sounding || reopening.isUnderWay()).ifPresent(a -> log.end(position(), volume));
        reopening.over();
    }

    /// A network source is opened only when the current one is all here or nearly over: two at once would take each other's bandwidth.
    private void prepareNext() {
        Optional<Attempt> attempt = deck.current().filter(a -> a.sounding);
        if (attempt.isEmpty() || !options.get().gapless()) return;
        int index = following();
        if (index < 0) {
            deck.dropNext();
            return;
        }
        PlayerState.Entry entry = queue.entries().get(index);
        if (deck.next().map(n -> n.entry.entry() == entry.entry()).orElse(false)) return;
        deck.dropNext();
        if (attempt.get().buffered() >= 1 || nearEnd(attempt.get())) deck.prepare(entry, gain(index));
    }

    private boolean nearEnd(Attempt attempt) {
        return attempt.duration().map(d -> d.minus(position()).compareTo(Duration.ofSeconds(20)) <= 0).orElse(true);
    }

    /// What comes after the current entry, past what is known to fail.
    private int following() {
        PlayQueue at = queue;
        int index = at.following();
        for (int i = 0; i < queue.size() && index >= 0 && passedOver.contains(queue.entries().get(index).entry()); i++) {
            at = at.at(index);
            index = at.after();
        }
        return index >= 0 && passedOver.contains(queue.entries().get(index).entry()) ? -1 : index;
    }

    @Override
    public void changed(Attempt attempt) {
        changed.run();
    }

    @Override
    public void sounding(Attempt attempt) {
        if (!failedSinceSound) failure = Optional.empty();
        failedSinceSound = false;
        failuresInRow = 0;
        roundStart = OptionalLong.empty();
        if (!reopening.isUnderWay())
            log.begin(attempt.entry.track(), attempt.duration(), attempt.source().orElse(PlayerState.Source.STREAM), attempt.start);
        reopening.over();
        prepareNext();
        changed.run();
    }

    @Override
    public void joined(Attempt from, Attempt to) {
        if (from.sounding) log.end(from.duration().orElse(restAt), volume);
        int index = queue.indexOf(to.entry.entry());
        if (index >= 0) queue = queue.at(index);
        playing = true;
        seeking = Optional.empty();
        if (passedWhy.isPresent()) {
            failure = passedWhy;
            failedSinceSound = true;
        }
        passedOver.clear();
        passedWhy = Optional.empty();
        changed.run();
    }

    @Override
    public void ended(Attempt attempt) {
        log.end(attempt.duration().orElse(restAt), volume);
        int index = queue.following();
        if (index < 0) finish();
        else goTo(index, Duration.ZERO, true);
    }

    private void finish() {
        deck.stop();
        rest(Phase.IDLE, Duration.ZERO);
        over = true;
        changed.run();
    }

    @Override
    public void failed(Attempt attempt, Failure why, Duration position, boolean nextFollows) {
        LOG.warn("{}", FailureWords.sentence(why));
        if (!nextFollows && reopening.helps(attempt, why, position)) {
            deck.load(attempt.entry, position, playing, gain(queue.index()));
            changed.run();
            return;
        }
        if (attempt.sounding || reopening.isUnderWay()) log.end(position, volume);
        reopening.over();
        attempt.sounding = false;
        if (!failedSinceSound || failure.isEmpty()) failure = Optional.of(why);
        failedSinceSound = true;
        failuresInRow++;
        if (nextFollows) {
            changed.run();
            return;
        }
        int index = queue.after();
        if (index < 0 || failuresInRow >= queue.size()) giveUp();
        else goTo(index, Duration.ZERO, playing);
    }

    /// Nothing more can be played: where nothing could at all, back to where it was tried first, with the first reason.
    private void giveUp() {
        deck.stop();
        int index = roundStart.isPresent() ? queue.indexOf(roundStart.getAsLong()) : -1;
        over = index < 0;
        if (index >= 0) queue = queue.at(index);
        rest(Phase.IDLE, Duration.ZERO);
        failuresInRow = 0;
        changed.run();
    }

    @Override
    public void nextFailed(Attempt attempt, Failure why) {
        LOG.warn("{}", FailureWords.sentence(why));
        if (passedWhy.isEmpty()) passedWhy = Optional.of(why);
        passedOver.add(attempt.entry.entry());
        prepareNext();
    }

    /// Of several seeks in a row the answer to an earlier one may still come; the last target is shown until its own does.
    @Override
    public void seeked(Attempt attempt, Duration position) {
        if (seeking.map(to -> to.minus(position).abs().compareTo(Duration.ofSeconds(1)) > 0).orElse(false)) {
            seekAnswered = true;
            return;
        }
        seeking = Optional.empty();
        changed.run();
    }

    /// Sound that was heard and is heard no more stops; where there was no output from the start, playing goes on, silent, and says so.
    @Override
    public void outputChanged(Failure why) {
        failure = Optional.of(why);
        failedSinceSound = true;
        if (deck.current().map(a -> a.sounding).orElse(false)) pause();
        changed.run();
    }
}
