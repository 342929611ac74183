package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.download.Download.Reason;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/// Whether a file has a place, known before its first byte.
///
/// @param cacheLimit bytes that the cache may take now
/// @param promised bytes that other transfers will still write to the same volume
/// @param cache makes room there
record Room(Roots roots, Disk disk, DownloadOptions options, CacheRoom held, Promised promised, InCache cache) {
    private static final long STEP = 1 << 20;

    @FunctionalInterface
    interface Promised {
        /// @param but the download that is not counted
        long beside(Root root, long but);
    }

    @FunctionalInterface
    interface InCache {
        /// Beside what else comes to the cache. Blocks.
        ///
        /// @return false when a file of so many bytes finds none
        boolean makeRoom(long download, long size);
    }

    /// Room was made in the cache for what is fetched ahead by what was known of its size. Where its server names a larger one the longest unused
    /// goes for that too; what finds no room then does not come (2.11, B.41). Blocks.
    Optional<TransferEnd> ahead(Entry entry, OptionalLong size) {
        long known = entry.label().size().orElse(-1);
        boolean more = entry.rank() >= 2 && entry.root().isCache() && size.isPresent() && size.getAsLong() > known;
        return !more || cache.makeRoom(entry.id(), size.getAsLong())
                ? Optional.empty()
                : Optional.of(new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(), "what is left of the cache")));
    }

    /// Whether so many bytes are not free, asked after a failure: what systems say of a full disk is in their own language (B.20).
    boolean lacks(Path folder, long needed) {
        try {
            return disk.usable(folder) < needed;
        } catch (IOException e) {
            return false; // a folder that cannot be asked has other trouble, and the failure says which
        }
    }

    /// Whether so many bytes find no place beside all that transfers will still write.
    boolean lacksBeside(Root root, long bytes) {
        return lacks(roots.folder(root), bytes + options.diskFloor() + promised.beside(root, Long.MIN_VALUE));
    }

    /// What keeps a file of this size from being begun: more than the volume can hold in one file (B.21), more than the cache may hold at all
    /// (B.41), or no space for it beside what other transfers will still write (B.20).
    Optional<TransferEnd> trouble(Entry entry, Entry.PartState part, OptionalLong size) throws DiskException {
        try {
            Path folder = roots.folder(entry.root());
            if (size.isPresent()) {
                // What is kept by now moves out of the cache when it is whole.
                boolean cached = entry.root().isCache() && !Entry.isKept(entry.origin());
                Optional<TransferEnd> large = tooLarge(entry, folder, cached, size.getAsLong());
                if (large.isPresent()) return large;
            }
            long missing = size.isPresent() ? Math.max(0, size.getAsLong() - part.bytes()) : 0;
            long needed = missing + options.diskFloor();
            long others = promised.beside(entry.root(), entry.id());
            return disk.usable(folder) >= needed + others
                    ? Optional.empty()
                    : Optional.of(TransferEnd.Held.full(folder, needed, others));
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// The same of a file whose length nobody knows, while it grows: it takes no more of the cache than what may go leaves it, and no space that
    /// others were promised or that stays free. Blocks.
    ///
    /// @param rank its class now
    Optional<TransferEnd> grown(Entry entry, int rank, long written) throws DiskException {
        try {
            Path folder = roots.folder(entry.root());
            boolean cached = entry.root().isCache() && !Entry.isKept(entry.origin()) && rank != 1;
            Optional<TransferEnd> large = tooLarge(entry, folder, cached, written);
            if (large.isEmpty() && cached && rank >= 2 && written > entry.label().size().orElse(0)
                    && !cache.makeRoom(entry.id(), written)) {
                large = Optional.of(new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(), "what is left of the cache")));
            }
            if (large.isPresent()) {
                if (cached) held.outgrew(entry.key(), written + 1);
                return large;
            }
            long others = promised.beside(entry.root(), entry.id());
            if (disk.usable(folder) >= options.diskFloor() + others) return Optional.empty();
            // It begins again from nothing, and not before more is free than it found this time.
            return Optional.of(TransferEnd.Held.full(folder, written + STEP + options.diskFloor(), others));
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// What trouble of the disk means. A drive that was pulled out fails in many words, and says itself in one (B.23). What is the matter with one
    /// file, or with the folder of one album, while others can be written, keeps no other from being fetched (B.22, B.26).
    TransferEnd failed(Entry entry, PartFile part, DiskException e) {
        Optional<Failure> all = roots.trouble(entry.root());
        if (all.filter(f -> f instanceof Failure.StoreMissing).isPresent())
            return new TransferEnd.Held(Reason.DISK, all.get(), Optional.empty());
        long needed = Math.max(0, entry.size().orElse(part.written()) - part.state().bytes()) + options.diskFloor();
        Path folder = roots.folder(entry.root());
        if (e.full() || !e.refused() && lacks(folder, needed))
            return TransferEnd.Held.full(folder, needed, promised.beside(entry.root(), entry.id()));
        if (all.isPresent() && !e.tooLarge()) return new TransferEnd.Held(Reason.DISK, all.get(), Optional.empty());
        return TransferTrouble.of(e, entry, folder, options.recheck());
    }

    private Optional<TransferEnd> tooLarge(Entry entry, Path folder, boolean cached, long size) throws IOException {
        boolean overCache = cached && size > held.limit();
        OptionalLong most = disk.tooLarge(folder, size);
        return !overCache && most.isEmpty()
                ? Optional.empty()
                : Optional.of(new TransferEnd.Refused(new Failure.TooLarge(entry.label().title(),
                        overCache ? "the cache's size" : FailureWords.bytes(most.getAsLong()) + " on this disk")));
    }
}
