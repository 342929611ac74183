package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The folders that hold kept music. New downloads go to the default one; what lies in another stays where it is and plays from there. A folder
/// whose drive is not there is missing: its music is not lost, downloads to it wait, and it is never made anew in its place (B.23).
/// Any thread; futures fail with [app.waxwing.base.FailureException].
public interface MediaFolders {
    /// Whether a folder is the media folder that carries this marker.
    static boolean isThere(Path folder, long marker) {
        return Roots.isThere(folder, marker);
    }

    /// The default one first, then by path. Looks at each disk.
    CompletableFuture<List<Folder>> list();

    /// Makes this the default folder; what lies elsewhere stays there. Made when it was never used before.
    CompletableFuture<Void> use(Path folder);

    /// Moves all kept music of the default folder to another, which becomes the default. Everything plays on meanwhile. Files are copied and proved
    /// by length and digest first; then all of them belong to the new folder at once; only then the old ones are removed. A move that is broken off
    /// by the end of the program goes on at the next start; one that cannot be finished leaves everything as it was before. What it cannot clear away
    /// because a drive went goes when that is back.
    ///
    /// @return how it ended; fails at once when the folder cannot serve or another move is under way
    CompletableFuture<MoveEnd> move(Path to);

    /// The same the other way: all kept music of another folder comes to the default one, which stays that; then the other folder is known no more.
    CompletableFuture<MoveEnd> bring(Path from);

    /// Leaves everything where it was before. Too late, and without effect, once the new folder counts.
    void cancelMove();

    /// How far the move under way is; at once from memory. Screens sample it 4–10 times a second.
    Optional<Move> moving();

    /// How the last move of this run ended, one that an earlier run began included.
    Optional<MoveEnd> lastMove();

    /// A folder went missing, came back, became the default; a move began or ended. On thread `files`: ask [#list], [#moving], [#lastMove].
    Events<MediaFolders> changes();

    /// @param missing its drive, or the folder itself, is not there now
    /// @param trouble why nothing can be written there though it is there
    /// @param files kept in it
    /// @param bytes of these
    /// @param free bytes free on its volume; 0 while it is missing
    /// @param leaving files of accounts that are gone, which wait to be deleted
    record Folder(Path path, boolean isDefault, boolean missing, Optional<Failure> trouble, long files, long bytes, long free,
            long leaving) {}

    /// @param files that are done in this phase, of `allFiles`
    record Move(Path from, Path to, Phase phase, long files, long allFiles, long bytes, long allBytes) {}

    enum Phase {
        /// Files are copied and proved; it can still be cancelled.
        COPYING,
        /// Everything belongs to the new folder; the old files are removed.
        CLEARING,
        /// Cancelled or failed: the copies are removed.
        TAKING_BACK
    }

    sealed interface MoveEnd {
        Path from();

        Path to();

        /// @param files how many came; of a move that was broken off while the old folder was cleared, those that were left to clear
        /// @param left files that stay where they were, because they are not what was recorded: «verify» says more
        record Done(Path from, Path to, long files, long bytes, List<String> left) implements MoveEnd {
            public Done {
                left = List.copyOf(left);
            }
        }

        record Cancelled(Path from, Path to) implements MoveEnd {}

        /// Everything belongs to the new folder, where new downloads go; the old files could not be removed yet. They go when the drives are
        /// there, or after the next start.
        record Uncleared(Path from, Path to, Failure why) implements MoveEnd {}

        /// Everything belongs to the old folder, as before.
        record Failed(Path from, Path to, Failure why) implements MoveEnd {}
    }
}
