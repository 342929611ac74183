package app.waxwing.playback.ui;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.InertText;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Fx;
import app.waxwing.library.Library;
import app.waxwing.library.Lyrics;
import app.waxwing.library.Track;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The words of what plays, and which line is sung now. Read only while the panel is shown; what could not be read is read again when the panel is
/// opened and when the server is back.
public final class LyricsViewModel implements AutoCloseable {
    /// What the panel can show.
    public sealed interface Words {
        /// Nothing plays.
        record Nothing() implements Words {}

        record Loading() implements Words {}

        record None() implements Words {}

        record Failed(String why) implements Words {}

        record Lines(List<Lyrics.Line> lines, boolean timed) implements Words {}
    }

    private final NowViewModel now;
    private final Library library;
    private final Reachability reachability;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<Words> words = new ReadOnlyObjectWrapper<>(new Words.Nothing());
    private final ReadOnlyIntegerWrapper line = new ReadOnlyIntegerWrapper(-1);
    private final Subscription following;
    private Optional<Track> of = Optional.empty();
    private boolean wanted;
    /// Whether the server of what plays could not be asked when somebody last looked.
    private boolean away;

    public LyricsViewModel(NowViewModel now, Library library, Reachability reachability, Executor fx) {
        this.now = now;
        this.library = library;
        this.reachability = reachability;
        this.fx = fx;
        javafx.util.Subscription tracks = now.trackProperty().subscribe(_ -> load(false));
        following = reachability.changes().subscribe(_ -> fx.execute(this::reachable)).and(tracks::unsubscribe);
    }

    // ---- properties

    public ReadOnlyObjectProperty<Words> wordsProperty() {
        return words.getReadOnlyProperty();
    }

    /// Index of the line that is sung, -1 before the first.
    public ReadOnlyIntegerProperty lineProperty() {
        return line.getReadOnlyProperty();
    }

    // ---- commands

    /// The panel is on screen, or not.
    public void wanted(boolean on) {
        boolean opened = on && !wanted;
        wanted = on;
        load(opened && (words.get() instanceof Words.Failed || words.get() instanceof Words.None));
    }

    /// Asks once more.
    public void again() {
        load(true);
    }

    /// Looks at the position; called by the view's pulse.
    public void sample() {
        if (words.get() instanceof Words.Lines lines && lines.timed()) line.set(lineAt(lines.lines(), now.position()));
    }

    public void seekTo(Lyrics.Line target) {
        Duration length = now.length();
        target.start().filter(_ -> !length.isZero()).ifPresent(start -> {
            now.seekTo((double) start.toMillis() / length.toMillis());
            sample();
        });
    }

    /// The last line that has begun.
    static int lineAt(List<Lyrics.Line> lines, Duration position) {
        int at = -1;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).start().isPresent() && lines.get(i).start().get().compareTo(position) <= 0) at = i;
        }
        return at;
    }

    @Override
    public void close() {
        following.close();
    }

    /// Where the server is back, what it could not be asked comes.
    private void reachable() {
        boolean back = away && !unreachable();
        away = unreachable();
        if (back && words.get() instanceof Words.Failed) load(true);
    }

    private boolean unreachable() {
        return of.filter(t -> !reachability.online(t.key().account())).isPresent();
    }

    /// @param anew also where the words of this track were asked for already
    private void load(boolean anew) {
        Optional<Track> track = now.trackProperty().get();
        if (!wanted || !anew && track.map(Track::key).equals(of.map(Track::key))) return;
        of = track;
        line.set(-1);
        if (track.isEmpty()) {
            words.set(new Words.Nothing());
            return;
        }
        words.set(new Words.Loading());
        Fx.on(fx, library.lyrics(track.get().key()),
                found -> show(track, found.<Words>map(LyricsViewModel::lines).orElseGet(Words.None::new)),
                failure -> show(track, failed(failure)));
    }

    private void show(Optional<Track> asked, Words answer) {
        if (!asked.map(Track::key).equals(of.map(Track::key))) return;
        away = unreachable();
        words.set(answer);
        sample();
    }

    private static Words lines(Lyrics lyrics) {
        List<Lyrics.Line> lines = lyrics.lines().stream().map(l -> new Lyrics.Line(l.start(), InertText.of(l.text()))).toList();
        return lines.isEmpty() ? new Words.None() : new Words.Lines(lines, lyrics.timed());
    }

    private static Words failed(Failure failure) {
        return failure instanceof Failure.NotFound ? new Words.None() : new Words.Failed(FailureWords.sentence(failure));
    }
}
