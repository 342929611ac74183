package app.waxwing.settings.ui;

import app.waxwing.base.FailureWords;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.LibrarySync;
import app.waxwing.library.LibrarySync.Folder;
import app.waxwing.library.LibrarySync.Progress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// How each account's library is brought up to date: when that was last, how far it is now, and which of the server's libraries are here. FX thread.
final class SyncLinesViewModel {
    private static final DateTimeFormatter AT = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH);
    private final LibrarySync sync;
    private final Executor fx;
    private final Notices notices;
    private final ZoneId zone;
    private final Map<Long, Line> lines = new HashMap<>();
    private Subscription ends = () -> {};

    /// One account.
    final class Line {
        private final long account;
        private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
        private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
        private final ReadOnlyObjectWrapper<List<Folder>> folders = new ReadOnlyObjectWrapper<>(List.of());
        private boolean stopping;
        private LibrarySync.Last last = LibrarySync.Last.NONE;

        Line(long account) {
            this.account = account;
        }

        // Properties

        ReadOnlyStringProperty words() {
            return words.getReadOnlyProperty();
        }

        ReadOnlyBooleanProperty running() {
            return running.getReadOnlyProperty();
        }

        /// Its music libraries.
        ReadOnlyObjectProperty<List<Folder>> folders() {
            return folders.getReadOnlyProperty();
        }

        // Commands

        /// Brings it up to date, or stops that.
        void toggle() {
            if (running.get()) {
                stopping = sync.stop(account);
                if (stopping) words.set(Texts.of("sync.stopping"));
                return;
            }
            running.set(true);
            words.set(Texts.of("sync.begins"));
            Fx.on(fx, sync.sync(account, false), _ -> read(), failure -> {
                notices.failed(Texts.of("server.sync.failed", FailureWords.sentence(failure)));
                read();
            });
        }

        void choose(Folder folder, boolean on) {
            Fx.on(fx, sync.choose(account, folder.id(), on), tracks -> {
                notices.say(Texts.count(on ? "sync.folder.on" : "sync.folder.off", tracks, folder.title()));
                look();
                if (on) Fx.on(fx, sync.sync(account, true), _ -> read(), notices::failed);
            }, notices::failed);
        }

        private void look() {
            Fx.on(fx, sync.folders(account), folders::set, notices::failed);
        }

        /// Until it has stopped, pages that still come say nothing else.
        private void show(Optional<Progress> now) {
            running.set(now.isPresent());
            if (now.isEmpty()) stopping = false;
            if (stopping) return;
            words.set(now.map(SyncLinesViewModel::words).orElseGet(() -> SyncLinesViewModel.this.words(last)));
        }
    }

    SyncLinesViewModel(LibrarySync sync, Executor fx, Notices notices, ZoneId zone) {
        this.sync = sync;
        this.fx = fx;
        this.notices = notices;
        this.zone = zone;
    }

    Line line(long account) {
        Line known = lines.get(account);
        if (known != null) return known;
        var line = new Line(account);
        lines.put(account, line);
        line.look();
        read();
        return line;
    }

    void shown() {
        hidden();
        ends = sync.progress().subscribe(p -> fx.execute(() -> heard(p)));
        read();
        lines.values().forEach(Line::look);
    }

    void hidden() {
        ends.close();
        ends = () -> {};
    }

    private void heard(Progress p) {
        Line line = lines.get(p.account());
        if (line == null) return;
        if (p.finished()) {
            read();
            line.look();
        } else {
            line.show(Optional.of(p));
        }
    }

    private void read() {
        Fx.on(fx, sync.last(), all -> lines.forEach((account, line) -> {
            line.last = all.getOrDefault(account, LibrarySync.Last.NONE);
            line.show(Optional.empty());
        }), notices::failed);
    }

    private String words(LibrarySync.Last last) {
        String at = last.at().map((Instant i) -> Texts.of("sync.last", AT.withZone(zone).format(i)))
                .orElseGet(() -> Texts.of("sync.never"));
        return last.unusable() == 0 ? at : at + " \u00b7 " + Texts.count("sync.unusable", last.unusable());
    }

    private static String words(Progress p) {
        String what = Texts.has("sync.what." + p.what()) ? Texts.of("sync.what." + p.what()) : p.what();
        return p.total() > 0
                ? Texts.of("sync.running.of", what, Formats.count(Math.min(p.done(), p.total())), Formats.count(p.total()),
                        Formats.count(Math.min(p.page(), p.pages())), Formats.count(p.pages()))
                : Texts.of("sync.running", what, Formats.count(p.done()));
    }
}
