package app.waxwing.control;

import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.library.Library;
import app.waxwing.library.LibrarySync;
import app.waxwing.library.MediaFiles;
import app.waxwing.library.UserState;
import app.waxwing.outbox.Outbox;
import app.waxwing.playback.Player;
import app.waxwing.settings.CacheUse;
import app.waxwing.settings.Safekeeping;

/// The façades that commands are carried out with.
public record Engines(AppPaths paths, Time time, Accounts accounts, Library library, LibrarySync sync, MediaFiles files,
        UserState userState,
        Outbox outbox, DownloadEngine downloads, KeepSet keepSet, Player player, SettingsAccess settings, Diagnosis diagnosis,
        Safekeeping keeping, CacheUse cache, Host host) {
    public Reachability reachability() {
        return accounts.reachability();
    }

    /// What the process around the engines can do.
    public interface Host {
        /// Stops this instance cleanly, after the answer is out.
        void quit();

        /// Brings the window to the front; false where there is none.
        boolean raise();

        /// Saves and closes so that another process goes on with the data folder; false where this instance has a window.
        boolean handOver();

        /// `window`, `headless` or `command`.
        String mode();
    }

    /// Settings as scripts see them: every key with its value as text, number or boolean.
    public interface SettingsAccess {
        java.util.Map<String, Object> all();

        /// @throws app.waxwing.base.FailureException when there is no such key
        Object get(String key);

        /// Another `folders.media` moves the kept music there, and waits for it.
        ///
        /// @throws app.waxwing.base.FailureException when the key is unknown, the value makes no sense, or the music could not be moved
        void set(String key, String value);

        /// New downloads go to this folder, what lies elsewhere stays there and goes on playing.
        void useMusicFolder(String value);
    }

    /// The self-check behind `doctor`.
    public interface Diagnosis extends app.waxwing.settings.Diagnosis {}
}
