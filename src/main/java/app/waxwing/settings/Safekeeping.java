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

    /// Unpacks and checks a backup, and backs up what is here now. Only [#restorePrepared] has it take the library's place; what is not wanted by
    /// the end of the program is forgotten.
    ///
    /// @return of when it is
    Instant prepare(Path backup, Consumer<Progress> progress);

    /// What was prepared last takes the library's place at the next start: close the program then.
    void restorePrepared();

    /// What was prepared, and not wanted since, is forgotten.
    void dropPrepared();

    /// What Waxwing knows of the person, in a zip of JSON and CSV files: plays and counts, favourites, playlists, the queue, searches, downloads, what
    /// waits to be sent, what was done, settings. No secrets.
    ///
    /// @return how many rows
    long exportData(Path file, boolean replace);

    /// Signs out and deletes all that is here of an account: rows, files, and the backups and set-aside databases that hold them. What breaks off
    /// once the account is gone is done by the next start, or by this again.
    Erased erase(long account);

    /// The account is gone, and what other files hold of it is not yet.
    boolean unfinished(long account);

    /// What an erasure could not do, and what it had to take along.
    ///
    /// @param left a sentence for each folder whose files could not be deleted now, and for whatever else is there still
    /// @param setAside names of set-aside databases that went and held, or may have held, other accounts too
    record Erased(List<String> left, List<String> setAside) {}

    /// What was done here, newest first.
    List<Deed> deeds(int limit);

    /// @param at when it was made
    record Copy(Path file, Instant at, long bytes) {}

    /// @param part from 0 to 1; below 0 where it cannot be said
    record Progress(Phase phase, double part) {}

    /// `KEEPING` is the backup of what is here now.
    enum Phase {
        UNPACKING, CHECKING, KEEPING, READY
    }

    /// @param actor `user` or `waxwing`
    /// @param outcome `done` or the word of a failure
    record Deed(Instant at, String actor, String action, String object, String outcome) {}
}
