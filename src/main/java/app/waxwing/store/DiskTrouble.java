package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Tells a full disk from other trouble with files beside the database: backups, restores and exports that are well, but for the room they need.
public final class DiskTrouble {
    /// With less than this free a write that failed failed for that, whatever language the system says it in.
    private static final long NOTHING_FREE = 64_000;

    private DiskTrouble() {}

    /// The exception to hand on: a full disk is called that, with the folder on it; what has a name already keeps it.
    ///
    /// @param folder was written to
    /// @param what went wrong where it was something else
    /// @param why it did
    public static FailureException of(IOException thrown, Path folder, String what, String why) {
        if (FailureException.of(thrown) instanceof Failure.DiskFull named && !named.volume().isBlank())
            return new FailureException(named, thrown);
        return full(thrown, folder).orElseGet(() -> new FailureException(new Failure.Trouble(what, why), thrown));
    }

    /// Empty when it is other trouble.
    ///
    /// @param thrown of the system, of SQLite, or of what lies over it
    static Optional<FailureException> full(Throwable thrown, Path folder) {
        boolean full = FailureException.of(thrown) instanceof Failure.DiskFull
                || SqliteTrouble.translate(thrown, "") instanceof FailureException sqlite && sqlite.failure() instanceof Failure.DiskFull
                || thrown instanceof IOException io && !(io instanceof FileSystemException) && nothingFree(folder);
        return full ? Optional.of(new FailureException(new Failure.DiskFull(folder.toString(), 0), thrown)) : Optional.empty();
    }

    private static boolean nothingFree(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NOTHING_FREE;
        } catch (IOException e) {
            return false; // not known, and so not said
        }
    }
}
