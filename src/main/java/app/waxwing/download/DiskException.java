package app.waxwing.download;

import java.io.IOException;
import java.util.Locale;

/// An [IOException] that came from the disk and not from the network.
final class DiskException extends IOException {
    private static final long serialVersionUID = 1;

    DiskException(IOException cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }

    /// ENOSPC and EDQUOT have no class of their own in Java.
    boolean full() {
        String why = String.valueOf(getMessage()).toLowerCase(Locale.ROOT);
        return why.contains("no space left") || why.contains("not enough space") || why.contains("quota exceeded");
    }

    /// FAT32 ends at 4 GiB − 1 (B.21).
    boolean tooLarge() {
        return String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("file too large");
    }
}
