package app.waxwing.settings.ui;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEngine.Checking;
import app.waxwing.download.DownloadEngine.VerifyReport;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Whether the files on the disk are what Waxwing wrote: the check, what it found, and the repair. Belongs to the thread of its executor; samples
/// between [#shown] and [#hidden] only, while the check goes on whatever is shown.
public final class CheckViewModel {
    private static final Duration SAMPLE = Duration.ofMillis(250);
    /// So many files are named; how many there are is said.
    private static final int NAMED = 8;
    private final DownloadEngine engine;
    private final Time time;
    private final Executor fx;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<State> state = new ReadOnlyObjectWrapper<>(new State.Nothing());
    private Subscription ends = () -> {};
    private boolean shown;
    /// A check that was begun here is under way.
    private boolean own;

    CheckViewModel(DownloadEngine engine, Time time, Executor fx, Notices notices) {
        this.engine = engine;
        this.time = time;
        this.fx = fx;
        this.notices = notices;
    }

    /// What there is to say.
    sealed interface State {
        record Nothing() implements State {}

        /// @param part from 0 to 1; below 0 where it cannot be said
        record Runs(double part, String words) implements State {}

        /// @param lines of single files
        /// @param mendable whether a repair could do something
        record Found(String words, List<String> lines, boolean mendable) implements State {
            public Found {
                lines = List.copyOf(lines);
            }
        }
    }

    ReadOnlyObjectProperty<State> state() {
        return state.getReadOnlyProperty();
    }

    void shown() {
        hidden();
        shown = true;
        ends = time.every(SAMPLE, () -> fx.execute(this::sample));
        sample();
    }

    void hidden() {
        ends.close();
        ends = () -> {};
        shown = false;
    }

    void check() {
        run(false);
    }

    void mend() {
        run(true);
    }

    private void run(boolean repair) {
        own = true;
        state.set(new State.Runs(-1, Texts.of("settings.check.begins")));
        Fx.on(fx, engine.verify(repair), report -> ended(repair ? mended(report) : found(report)), failure -> {
            own = false;
            state.set(new State.Nothing());
            notices.failed(failure);
        });
    }

    private void ended(State.Found found) {
        own = false;
        state.set(found);
        if (!shown) notices.say(found.words());
    }

    /// A check that was begun elsewhere is shown too; its result goes to whoever began it.
    private void sample() {
        Optional<Checking> now = engine.checking();
        if (now.isPresent()) state.set(words(now.get()));
        else if (!own && state.get() instanceof State.Runs) state.set(new State.Nothing());
    }

    private static State.Runs words(Checking c) {
        if (c.files() >= c.allFiles()) return new State.Runs(-1, Texts.of("settings.check.others"));
        return new State.Runs((double) c.files() / c.allFiles(),
                Texts.count("settings.check.runs", c.allFiles(), Formats.count(c.files())));
    }

    static State.Found found(VerifyReport r) {
        List<String> words = new ArrayList<>();
        if (r.missing().isEmpty() && r.damaged().isEmpty() && r.others() == 0) words.add(Texts.count("settings.check.good", r.checked()));
        else words.add(Texts.count("settings.check.checked", r.checked()));
        if (!r.missing().isEmpty()) words.add(Texts.count("settings.check.missing", r.missing().size()));
        if (!r.damaged().isEmpty()) words.add(Texts.count("settings.check.damaged", r.damaged().size()));
        if (!r.unknown().isEmpty()) words.add(Texts.count("settings.check.unknown", r.unknown().size()));
        if (r.others() > 0) words.add(Texts.count("settings.check.theirs", r.others()));
        if (r.untold() > 0) words.add(Texts.count("settings.check.untold", r.untold()));
        for (String folder : r.away()) words.add(Texts.of("settings.check.away", folder));
        List<String> lines = new ArrayList<>();
        named(lines, "settings.check.line.missing", r.missing());
        named(lines, "settings.check.line.damaged", r.damaged());
        named(lines, "settings.check.line.unknown", r.unknown());
        boolean good = r.missing().isEmpty() && r.damaged().isEmpty() && r.unknown().isEmpty() && r.others() == 0 && r.untold() == 0;
        return new State.Found(String.join(" ", words), lines, !good);
    }

    /// After a repair: what was done, and what stays as it is.
    static State.Found mended(VerifyReport r) {
        List<String> words = new ArrayList<>();
        if (r.repaired().isEmpty() && r.others() == 0 && r.untold() == 0) words.add(Texts.of("settings.check.nothing"));
        else
            if (!r.repaired().isEmpty()) words.add(Texts.count("settings.check.mended", r.repaired().size()));
        if (!r.changed().isEmpty()) words.add(Texts.count("settings.check.changed", r.changed().size()));
        if (!r.unknown().isEmpty()) words.add(Texts.count("settings.check.unknown", r.unknown().size()));
        if (r.others() > 0) words.add(Texts.count("settings.check.theirsMended", r.others()));
        if (r.untold() > 0) words.add(Texts.count("settings.check.told", r.untold()));
        for (String folder : r.away()) words.add(Texts.of("settings.check.away", folder));
        List<String> lines = new ArrayList<>();
        named(lines, "settings.check.line", r.repaired());
        named(lines, "settings.check.line.unknown", r.unknown());
        return new State.Found(String.join(" ", words), lines, false);
    }

    private static void named(List<String> lines, String key, List<String> files) {
        for (String file : files.subList(0, Math.min(NAMED, files.size()))) lines.add(Texts.of(key, file));
        if (files.size() > NAMED) lines.add(Texts.of("settings.check.more", Formats.count(files.size() - NAMED)));
    }
}
