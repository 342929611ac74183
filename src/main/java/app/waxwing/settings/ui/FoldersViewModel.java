package app.waxwing.settings.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.MediaFolders;
import app.waxwing.download.MediaFolders.Folder;
import app.waxwing.download.MediaFolders.Move;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The folders of kept music as the Settings page shows them, and the move between two of them. Belongs to the thread of its executor; works between
/// [#shown] and [#hidden] only.
public final class FoldersViewModel {
    private static final Duration SAMPLE = Duration.ofMillis(250);
    private final MediaFolders folders;
    private final Time time;
    private final Executor fx;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<List<Folder>> list = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Move>> moving = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Subscription ends = () -> {};

    public FoldersViewModel(MediaFolders folders, Time time, Executor fx, Notices notices) {
        this.folders = folders;
        this.time = time;
        this.fx = fx;
        this.notices = notices;
    }

    /// The default one first.
    public ReadOnlyObjectProperty<List<Folder>> list() {
        return list.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Move>> moving() {
        return moving.getReadOnlyProperty();
    }

    public void shown() {
        hidden();
        ends = folders.changes().subscribe(_ -> fx.execute(this::look)).and(time.every(SAMPLE, () -> fx.execute(this::sample)));
        look();
        sample();
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    /// Only what is kept from now on goes there.
    public void use(Path folder) {
        Fx.on(fx, folders.use(folder), x -> look(), notices::failed);
    }

    public void move(Path to) {
        Fx.on(fx, folders.move(to), end -> notices.say(words(end)), notices::failed);
        sample();
    }

    /// All music of another folder comes to the default one.
    public void bring(Path from) {
        // The figures of the end are of all that is in the folder of new downloads now.
        Fx.on(fx, folders.bring(from), end -> notices.say(end instanceof MoveEnd.Done d && d.left().isEmpty()
                ? Texts.of("settings.bring.done", d.to().toString(), Formats.bytes(d.bytes()))
                : words(end)), notices::failed);
        sample();
    }

    /// The folders as they are now, for a question about them.
    public void counted(Consumer<List<Folder>> then) {
        Fx.on(fx, folders.list(), all -> {
            list.set(all);
            then.accept(all);
        }, notices::failed);
    }

    public void cancel() {
        folders.cancelMove();
    }

    private void look() {
        Fx.on(fx, folders.list(), list::set, (Failure why) -> notices.failed(FailureWords.sentence(why)));
    }

    private void sample() {
        Optional<Move> now = folders.moving();
        boolean ended = now.isEmpty() && moving.get().isPresent();
        moving.set(now);
        if (ended) look();
    }

    static String words(MoveEnd end) {
        return switch (end) {
            case MoveEnd.Done d -> d.left().isEmpty()
                    ? Texts.of("settings.move.done", Formats.bytes(d.bytes()), d.to().toString())
                    : Texts.count("settings.move.done.left", d.left().size(), Formats.bytes(d.bytes()), d.to().toString());
            case MoveEnd.Cancelled c -> Texts.of("settings.move.cancelled", c.from().toString());
            case MoveEnd.Uncleared u -> Texts.of("settings.move.uncleared", u.to().toString(), u.from().toString(),
                    FailureWords.sentence(u.why()));
            case MoveEnd.Failed f -> Texts.of("settings.move.failed", f.from().toString(), FailureWords.sentence(f.why()));
        };
    }

    static String words(Move m) {
        return switch (m.phase()) {
            case COPYING -> Texts.count("settings.move.copying", m.allFiles(), Formats.bytes(m.bytes()), Formats.bytes(m.allBytes()),
                    Formats.count(m.files()));
            case CLEARING -> Texts.of("settings.move.clearing", Formats.count(m.files()), Formats.count(m.allFiles()));
            case TAKING_BACK -> Texts.count("settings.move.taking-back", m.allFiles(), Formats.count(m.files()));
        };
    }

    static String words(Folder f) {
        if (f.missing()) {
            String waits = Texts.count("settings.folder.missing", f.files());
            return f.leaving() == 0 ? waits : waits + " " + Texts.count("settings.folder.leaving", f.leaving());
        }
        String what = Texts.count("settings.folder.holds", f.files(), Formats.bytes(f.bytes()), Formats.bytes(f.free()));
        return f.trouble().map(t -> FailureWords.sentence(t) + " " + what).orElse(what);
    }
}
