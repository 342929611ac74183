package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.library.Covers;
import app.waxwing.library.Library;
import app.waxwing.library.LibrarySync;
import app.waxwing.library.UserState;
import app.waxwing.outbox.Outbox;
import app.waxwing.playback.Player;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// The façades that the window stands on. Wiring fills it; tests put fakes in.
///
/// @param clock the wall clock, for greetings and «last played»
/// @param demo starts the demonstration server and signs in to it
/// @param space how much is kept, cached and free; asked every few seconds while the rail shows
public record Services(Accounts accounts, Reachability reachability, Library library, LibrarySync sync, UserState userState, Covers covers,
        Player player, DownloadEngine downloads, KeepSet keepSet, Outbox outbox, InstantSource clock,
        Supplier<CompletableFuture<Account>> demo, Supplier<CompletableFuture<Space>> space) {
    /// Bytes on this computer.
    ///
    /// @param free on the volume that holds the music
    public record Space(long kept, long cached, long free) {}
}
