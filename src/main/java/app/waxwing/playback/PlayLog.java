package app.waxwing.playback;

import app.waxwing.base.Time;
import app.waxwing.library.Track;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Follows one play after the other: measures what is heard, decides what counts, writes the history, tells the servers. Thread `player` only.
final class PlayLog {
    private static final Duration PROGRESS = Duration.ofSeconds(10);
    private final PlayHistory history;
    private final PlayReports reports;
    private final Counting counting;
    private final Time time;
    private final RandomGenerator random;
    private Optional<Play> play = Optional.empty();

    PlayLog(PlayHistory history, PlayReports reports, Counting counting, Time time, RandomGenerator random) {
        this.history = history;
        this.reports = reports;
        this.counting = counting;
        this.time = time;
        this.random = random;
    }

    private final class Play {
        final Track track;
        final Optional<Duration> duration;
        final PlayerState.Source source;
        final Instant began = time.now();
        final String session = new UUID(random.nextLong(), random.nextLong()).toString();
        final HeardMeter meter;
        final PlayReports.Talk talk;
        boolean told;
        boolean decided;
        boolean counts;
        boolean written;
        long toldAt;

        Play(Track track, Optional<Duration> duration, PlayerState.Source source, Duration position) {
            this.track = track;
            this.duration = duration;
            this.source = source;
            meter = new HeardMeter(position);
            talk = reports.talk(track.key(), began);
        }

        PlayReports.Report report(boolean paused, int volume) {
            return new PlayReports.Report(track.key(), session, meter.position(), paused, volume);
        }

        PlayHistory.Row row() {
            return new PlayHistory.Row(track.key(), track.title(), track.artist(), began, meter.heard(), source, counts);
        }
    }

    /// The track sounds, from here on.
    void begin(Track track, Optional<Duration> duration, PlayerState.Source source, Duration position) {
        play = Optional.of(new Play(track, duration, source, position));
    }

    /// Sound has come to here.
    void reached(Duration position, boolean paused, int volume) {
        play.ifPresent(p -> {
            p.meter.reached(position);
            judge(p, paused, volume);
            if (p.told && time.nanos() - p.toldAt >= PROGRESS.toNanos()) progress(p, paused, volume);
        });
    }

    /// Playing went from one place to another.
    void jumped(Duration from, Duration to, boolean paused, int volume) {
        play.ifPresent(p -> {
            p.meter.reached(from);
            judge(p, paused, volume);
            p.meter.jumped(to);
            if (p.told) progress(p, paused, volume);
        });
    }

    /// Paused, or going on.
    void paused(Duration position, boolean paused, int volume) {
        play.ifPresent(p -> {
            p.meter.reached(position);
            judge(p, paused, volume);
            if (p.told) progress(p, paused, volume);
        });
    }

    /// Nothing more of this play is heard.
    void end(Duration position, int volume) {
        play.ifPresent(p -> {
            p.meter.reached(position);
            judge(p, false, volume);
            if (p.told) p.talk.stopped(p.report(false, volume));
            if (p.written) history.update(p.row());
            else if (p.meter.heard().compareTo(Counting.HEARD) >= 0) history.insert(p.row());
        });
        play = Optional.empty();
    }

    private void judge(Play p, boolean paused, int volume) {
        Duration heard = p.meter.heard();
        if (!heard.isPositive()) return;
        Instant now = time.now();
        // A second play within the 30 s is not told at once: the server would count it.
        if (!p.told && (!p.decided || p.counts) && heard.compareTo(Counting.tellPoint(p.duration)) >= 0
                && !counting.again(p.track.key(), now)) {
            p.told = true;
            p.toldAt = time.nanos();
            p.talk.started(p.report(paused, volume));
        }
        if (p.decided || heard.compareTo(Counting.point(p.duration)) < 0) return;
        p.decided = true;
        p.counts = !counting.again(p.track.key(), now);
        if (p.counts) {
            counting.counted(p.track.key(), now);
            p.talk.counted();
        }
        p.written = true;
        history.insert(p.row());
    }

    private void progress(Play p, boolean paused, int volume) {
        p.toldAt = time.nanos();
        p.talk.progress(p.report(paused, volume));
    }
}
