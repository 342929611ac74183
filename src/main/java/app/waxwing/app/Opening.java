package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Threads;
import app.waxwing.cli.Arguments;
import app.waxwing.settings.Settings;
import java.util.concurrent.CompletableFuture;

/// The engines as they open on a thread of their own while JavaFX starts beside them. The settings come first: they say where the window goes.
///
/// @param settings done long before the engines, or failed as they
record Opening(CompletableFuture<Settings> settings, CompletableFuture<Running> engines) {
    static Opening begin(Arguments arguments, AppPaths paths) {
        var opening = new Opening(new CompletableFuture<>(), new CompletableFuture<>());
        Threads.start("opening", () -> opening.run(arguments, paths));
        return opening;
    }

    private void run(Arguments arguments, AppPaths paths) {
        try {
            engines.complete(Running.start(arguments, paths, "window", settings::complete));
        } catch (RuntimeException | Error e) { // broad: whatever it is, the window says it
            settings.completeExceptionally(e);
            engines.completeExceptionally(e);
        }
    }

    /// Closes what was opened, now or as soon as it is; waits for it.
    void close() {
        engines.handle((running, failed) -> {
            if (running != null) running.close();
            return failed == null;
        }).join();
    }
}
