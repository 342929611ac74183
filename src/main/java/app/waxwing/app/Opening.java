package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Threads;
import app.waxwing.cli.Arguments;
import app.waxwing.control.Instance;
import app.waxwing.kit.Texts;
import app.waxwing.settings.Settings;
import app.waxwing.store.Upgrade;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/// The data folder is taken and the engines open on a thread of their own while JavaFX starts beside them. The settings come first: they say where
/// the window goes.
///
/// @param folder the lock on the data folder; empty when another instance keeps it and has shown its window
/// @param settings done long before the engines, or failed as they; cancelled without the folder
/// @param upgrade how far it is where an older library is brought up to date
record Opening(CompletableFuture<Optional<Instance.Lock>> folder, CompletableFuture<Settings> settings,
        CompletableFuture<Running> engines, Upgrade upgrade) {
    static Opening begin(Arguments arguments, AppPaths paths) {
        var opening = new Opening(new CompletableFuture<>(), new CompletableFuture<>(), new CompletableFuture<>(), new Upgrade());
        var log = new CompletableFuture<ILoggerFactory>();
        Threads.start("reading", () -> read(log));
        Threads.start("opening", () -> opening.run(arguments, paths, log));
        return opening;
    }

    /// What the window would wait for otherwise: the log's configuration, which is read with the first logger, and the words, read with the first one.
    private static void read(CompletableFuture<ILoggerFactory> log) {
        try {
            log.complete(LoggerFactory.getILoggerFactory());
        } catch (RuntimeException | Error e) { // broad: the engines say it with their first logger
            log.completeExceptionally(e);
        }
        Texts.of("app.name");
    }

    /// @param log the log is configured: a logger made in the moment in which SLF4J has just begun may stay silent for ever
    private void run(Arguments arguments, AppPaths paths, CompletableFuture<ILoggerFactory> log) {
        try {
            folder.complete(Takeover.forWindow(paths));
        } catch (RuntimeException | Error e) { // broad: the launcher says it
            folder.completeExceptionally(e);
        }
        if (!folder.handle((lock, trouble) -> trouble == null && lock.isPresent()).join()) {
            settings.cancel(false);
            engines.cancel(false);
            return;
        }
        log.handle((there, trouble) -> there).join();
        try {
            engines.complete(Running.start(arguments, paths, "window", settings::complete, upgrade));
        } catch (RuntimeException | Error e) { // broad: whatever it is, the window says it
            settings.completeExceptionally(e);
            engines.completeExceptionally(e);
        }
    }

    /// Waits until it is known whether the data folder is ours.
    ///
    /// @throws RuntimeException what kept it from being
    boolean ours() {
        try {
            return folder.join().isPresent();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException trouble) throw trouble;
            throw e;
        }
    }

    /// Lets the data folder go.
    void release() {
        folder.thenAccept(lock -> lock.ifPresent(Instance.Lock::close));
    }

    /// Closes what was opened, now or as soon as it is; waits for it. A library that is being brought up to date stays as it was, and the copy that is
    /// made before is not waited for.
    void close() {
        upgrade.giveUp();
        if (upgrade.keeping()) return;
        engines.handle((running, failed) -> {
            if (running != null) running.close();
            return failed == null;
        }).join();
    }
}
