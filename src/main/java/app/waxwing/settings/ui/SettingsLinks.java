package app.waxwing.settings.ui;

import app.waxwing.account.Account;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
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
/// @param signIns opens the way to sign in
/// @param cache of music; empty where there is none
/// @param work where backups, restores and looks at the disk run
/// @param restart ends the program and opens it again
/// @param version of this program
public record SettingsLinks(AppPaths paths, SignIns signIns, Optional<MusicCache> cache,
        Diagnosis diagnosis, Safekeeping keeping, Outbox outbox, LibrarySync sync, Executor work, Runnable restart, String version) {
    /// The way to sign in.
    @FunctionalInterface
    public interface SignIns {
        void addServer();

        /// To one whose server does not take its sign-in any more.
        default void again(Account account) {
            addServer();
        }
    }

    /// @param used bytes that may be evicted
    /// @param clear throws away what may be evicted and is not in use; answers how many bytes that were
    /// @param trouble why not all that comes next is fetched ahead; any thread, at once
    public record MusicCache(Supplier<CompletableFuture<Long>> used, Supplier<CompletableFuture<Long>> clear,
            Supplier<Optional<Failure>> trouble) {}
}
