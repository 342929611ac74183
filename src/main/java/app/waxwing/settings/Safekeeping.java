package app.waxwing.settings;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Backups, restores, exports and what was done, as window and command line ask for them. Every call blocks on the disk: on a thread for such work.
/// Trouble comes as [app.waxwing.base.FailureException].
public interface Safekeeping {
    /// Newest first.
    List<Copy> backups();

    Copy backUp();

    /// @param file a folder gets one named by the time
    /// @param replace what is there already
    Copy backUp(Path file, boolean replace);

    /// A backup by the name it has in the list, by `newest`, or by its path.
    Optional<Path> find(String name);

    /// Unpacks and checks a backup. It takes the library's place at the next start: close the program then.
    ///
    /// @return of when it is
    Instant restore(Path backup, Consumer<Progress> progress);

    /// What Waxwing knows of the person, in a zip of JSON and CSV files: plays, favourites, playlists, downloads, settings. No secrets.
    ///
    /// @return how many rows
    long exportData(Path file, boolean replace);

    /// Signs out and deletes all that is here of an account: rows, files, and the backups that hold them.
    void erase(long account);

    /// What was done here, newest first.
    List<Deed> deeds(int limit);

    /// @param at when it was made
    record Copy(Path file, Instant at, long bytes) {}

    /// @param part from 0 to 1; below 0 where it cannot be said
    record Progress(Phase phase, double part) {}

    enum Phase {
        UNPACKING, CHECKING, READY
    }

    /// @param actor `user` or `waxwing`
    /// @param outcome `done` or the word of a failure
    record Deed(Instant at, String actor, String action, String object, String outcome) {}
}
