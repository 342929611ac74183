package app.waxwing.download;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// Gives a file its name where another program may hold it open for a moment: a virus scanner, an indexer (B.29). Five tries in two seconds.
final class Renaming {
    private static final int TRIES = 5;
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private final Disk disk;

    Renaming(Disk disk) {
        this.disk = disk;
    }

    /// Waits between tries.
    interface Wait {
        /// @return false when there is no time to wait: the program ends, or nobody wants the file any more
        boolean pause(Duration time);
    }

    /// @throws DiskException with [DiskException#inUse] when it is held open all the time
    void move(Path from, Path to, Wait wait) throws IOException {
        for (int n = 1;; n++) {
            try {
                disk.move(from, to);
                return;
            } catch (FileSystemException e) {
                if (!heldOpen(e)) throw e;
                if (n == TRIES || !wait.pause(BETWEEN)) throw DiskException.inUse(e);
            }
        }
    }

    /// Windows says «access denied» or «used by another process».
    private static boolean heldOpen(FileSystemException e) {
        return e instanceof AccessDeniedException
                || String.valueOf(e.getReason()).toLowerCase(Locale.ROOT).contains("used by another process");
    }
}
