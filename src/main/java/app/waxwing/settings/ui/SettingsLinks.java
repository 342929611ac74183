package app.waxwing.settings.ui;

import app.waxwing.base.AppPaths;
import app.waxwing.library.LibrarySync;
import app.waxwing.outbox.Outbox;
import app.waxwing.settings.Diagnosis;
import app.waxwing.settings.Safekeeping;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// What the Settings and Diagnostics pages show and do beyond the options themselves.
///
/// @param addServer opens the way to sign in
/// @param clearCache throws away what may be evicted and answers how many bytes that were; empty where there is no cache to clear
/// @param work where backups, restores and looks at the disk run
/// @param restart ends the program and opens it again
/// @param version of this program
public record SettingsLinks(AppPaths paths, Runnable addServer, Optional<Supplier<CompletableFuture<Long>>> clearCache,
        Diagnosis diagnosis, Safekeeping keeping, Outbox outbox, LibrarySync sync, Executor work, Runnable restart, String version) {}
