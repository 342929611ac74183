package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.download.Download.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/// Whether a file has a place, known before its first byte.
///
/// @param cacheLimit bytes that the cache may take now
/// @param promised bytes that other transfers will still write to the same root, by download id
record Room(Roots roots, Disk disk, DownloadOptions options, LongSupplier cacheLimit, LongUnaryOperator promised) {
    /// Whether so many bytes are not free, asked after a failure: what systems say of a full disk is in their own language (B.20).
    boolean lacks(Path folder, long needed) {
        try {
            return disk.usable(folder) < needed;
        } catch (IOException e) {
            return false; // a folder that cannot be asked has other trouble, and the failure says which
        }
    }

    /// Whether so many bytes find no place beside all that transfers will still write.
    boolean lacksBeside(Path folder, long bytes) {
        return lacks(folder, bytes + options.diskFloor() + promised.applyAsLong(Long.MIN_VALUE));
    }

    /// What keeps a file of this size from being begun: more than the volume can hold in one file (B.21), more than the cache may hold at all
    /// (B.41), or no space for it beside what other transfers will still write (B.20).
    Optional<TransferEnd> trouble(Entry entry, Entry.PartState part, OptionalLong size) throws DiskException {
        try {
            Path folder = roots.folder(entry.root());
            if (size.isPresent()) {
                OptionalLong most = disk.tooLarge(folder, size.getAsLong());
                boolean cached = entry.root().isCache() && size.getAsLong() > cacheLimit.getAsLong();
                if (cached || most.isPresent()) {
                    return Optional.of(new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(),
                            cached ? "the cache's size" : FailureWords.bytes(most.getAsLong()) + " on this disk")));
                }
            }
            long missing = size.isPresent() ? Math.max(0, size.getAsLong() - part.bytes()) : 0;
            long needed = missing + options.diskFloor() + promised.applyAsLong(entry.id());
            return disk.usable(folder) >= needed
                    ? Optional.empty()
                    : Optional.of(new TransferEnd.Held(Reason.DISK, new Failure.DiskFull(folder.toString(), needed), Optional.empty()));
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }
}
