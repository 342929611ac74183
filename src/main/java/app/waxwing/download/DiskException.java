package app.waxwing.download;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Optional;

/// An [IOException] that came from the disk and not from the network.
final class DiskException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean inUse;

    DiskException(IOException cause) {
        this(cause, false);
    }

    private DiskException(IOException cause, boolean inUse) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
        this.inUse = inUse;
    }

    /// Another program holds the file open.
    static DiskException inUse(IOException cause) {
        return new DiskException(cause, true);
    }

    boolean inUse() {
        return inUse;
    }

    /// The file or folder that the system names.
    Optional<String> place() {
        return getCause() instanceof FileSystemException named ? Optional.ofNullable(named.getFile()) : Optional.empty();
    }

    /// A right is missing, or the volume is read-only, which has no class of its own in Java (B.22).
    boolean denied() {
        return getCause() instanceof AccessDeniedException || String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("read-only");
    }

    /// It has a cause of its own that has nothing to do with space.
    boolean refused() {
        return inUse || tooLarge() || denied() || gone();
    }

    /// Somebody took away what was open or about to be.
    boolean gone() {
        return getCause() instanceof NoSuchFileException;
    }

    /// ENOSPC and EDQUOT have no class of their own in Java; that they are told in English only is why the free space is asked too.
    boolean full() {
        String why = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
        return why.contains("no space left") || why.contains("not enough space") || why.contains("quota exceeded");
    }

    /// FAT32 ends at 4 GiB − 1 (B.21).
    boolean tooLarge() {
        return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("file too large");
    }
}
