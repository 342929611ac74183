package app.waxwing.settings.ui;

import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEngine.Stored;
import app.waxwing.download.DownloadEvent;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Conflated;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What each account's music takes on this computer, as it changes. Belongs to the thread of its executor; works between [#shown] and [#hidden] only.
final class StorageViewModel {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private final DownloadEngine engine;
    private final Executor fx;
    private final Conflated again;
    private final ReadOnlyObjectWrapper<List<Stored>> stored = new ReadOnlyObjectWrapper<>(List.of());
    private Subscription ends = () -> {};

    StorageViewModel(DownloadEngine engine, Time time, Executor fx) {
        this.engine = engine;
        this.fx = fx;
        again = new Conflated(time, fx, PERIOD, this::ask);
    }

    ReadOnlyObjectProperty<List<Stored>> stored() {
        return stored.getReadOnlyProperty();
    }

    /// What an account's files take, in words.
    static String words(List<Stored> all, long account) {
        Stored one = of(all, account);
        if (one.keptFiles() + one.cachedFiles() == 0) return Texts.of("settings.account.stored.none");
        return Texts.of("settings.account.stored", part("settings.account.kept", one.keptFiles(), one.keptBytes()),
                part("settings.account.cached", one.cachedFiles(), one.cachedBytes()));
    }

    private static String part(String key, int files, long bytes) {
        return files == 0 ? Texts.of(key + ".none") : Texts.count(key, files, Formats.bytes(bytes));
    }

    static Stored of(List<Stored> all, long account) {
        return all.stream().filter(s -> s.account() == account).findFirst().orElse(new Stored(account, 0, 0, 0, 0));
    }

    void shown() {
        hidden();
        ends = engine.fetches().subscribe(e -> {
            if (changesFiles(e.kind())) again.wish();
        });
        ask();
    }

    private static boolean changesFiles(DownloadEvent.Kind kind) {
        return switch (kind) {
            case COMPLETED, DELETED, EVICTED -> true;
            case QUEUED, STARTED, PROGRESS, PAUSED, RESUMED, FAILED, CANCELLED -> false;
        };
    }

    void hidden() {
        ends.close();
        ends = () -> {};
    }

    private void ask() {
        Fx.on(fx, engine.stored(), stored::set, failure -> stored.set(List.of()));
    }
}
