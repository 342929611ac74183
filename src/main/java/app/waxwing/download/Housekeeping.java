package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything on disk that is not a transfer: removing what nobody wants, healing after a crash, moving what is kept out of the cache
/// and what is not any more back.
/// Runs on thread `files` alone, where it may block.
final class Housekeeping {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private final Roots roots;
    private final Disk disk;
    private final DownloadStore store;
    private final FileRows files;
    private final Finishing finishing;
    private final FileCopy copies;
    private final Time time;
    private final LeftOverParts parts;
    private final CachedRows cached;
    private volatile Supplier<Set<Long>> spared = Set::of;
    /// Removed rows of which something lies on a drive that is away; only on thread `files`.
    private final Map<Root, Set<Long>> awaiting = new HashMap<>();

    Housekeeping(Roots roots, Disk disk, DownloadStore store, FileRows files, Finishing finishing, FileCopy copies, Time time) {
        this.roots = roots;
        this.disk = disk;
        this.store = store;
        this.files = files;
        this.finishing = finishing;
        this.copies = copies;
        this.time = time;
        cached = new CachedRows(files.rows);
        parts = new LeftOverParts(roots, disk, store, this::remove, time);
    }

    /// Removed rows of which the file stays for now.
    void spare(Supplier<Set<Long>> rows) {
        spared = rows;
    }

    /// Removes what a download left: its part, and its file when it had one of ours. The row is marked clean only after that, so a crash in
    /// between is finished at the next start.
    ///
    /// @return false when the folder is not there now; then it is tried again when it is back, and at the next start
    boolean clean(Entry entry, boolean hasFile) {
        try {
            if (roots.trouble(entry.root()).filter(Failure.StoreMissing.class::isInstance).isPresent()) return awaits(entry);
            if (entry.partPath().isPresent()) remove(entry.root(), entry.partPath().get());
            if (entry.filePath().isPresent()) {
                String path = entry.filePath().get();
                if (hasFile || written(entry, path)) {
                    discard(entry.root(), path);
                    if (hasFile) inherit(entry, path);
                }
            }
            // A drive that went a moment ago took with it what it held, and not away.
            if (!roots.missing(entry.root())) {
                store.cleaned(entry.id()).join();
                return true;
            }
            return awaits(entry);
        } catch (IOException | FailureException | CompletionException e) {
            LOG.warn("download {}: what it left is not removed yet", entry.id(), e);
            return false;
        }
    }

    private boolean awaits(Entry entry) {
        awaiting.computeIfAbsent(entry.root(), r -> new HashSet<>()).add(entry.id());
        return false;
    }

    /// The file of the same track in another quality, if there is one, gets the name that became free: it had to take one with a number. It has both
    /// names until its row names the better one, and from then on the removed row names the other, so that no crash leaves a row without its file.
    private void inherit(Entry left, String path) throws IOException {
        Optional<FileRow> heir = files.find(left.key()).join().stream()
                .filter(f -> f.root().equals(left.root()) && Names.better(path, f.path())).findFirst();
        if (heir.isEmpty()) return;
        FileRow file = heir.get();
        if (!copies.beside(new FileCopy.Item(heir, file.root(), files.line(file).join()), path)) return;
        var modified = Files.getLastModifiedTime(roots.resolve(file.root(), path)).toInstant();
        discard(file.root(), files.inherited(file, left.id(), path, modified).join() ? file.path() : path);
    }

    /// Removes finished files that gave way to one in another quality, or whose track was removed meanwhile.
    void cleanLeft() {
        try {
            // What is spared is looked at before the rows are read and after it, and not later: one that was taken back meanwhile is not spared any more.
            Set<Long> out = new HashSet<>(spared.get());
            List<Entry> left = store.left().join();
            out.addAll(spared.get());
            for (Entry entry : left) if (!out.contains(entry.id())) clean(entry, true);
        } catch (CompletionException e) {
            LOG.warn("files that gave way are not removed yet", e);
        }
    }

    /// Drives were looked at: what could not be removed since its drive was away goes where that is there now, parts too. Thread `files`.
    ///
    /// @param back whether one is back
    void looked(boolean back) {
        Set<Long> due = new HashSet<>();
        for (Root root : List.copyOf(awaiting.keySet())) {
            if (roots.all().contains(root) && !roots.missing(root)) due.addAll(awaiting.remove(root));
        }
        if (back || !due.isEmpty()) cleanLeft();
        if (due.isEmpty()) return;
        try {
            for (Entry entry : store.removed(List.copyOf(due), Set.of()).join()) {
                if (due.contains(entry.id())) clean(entry, entry.completedAt().isPresent());
            }
        } catch (CompletionException e) {
            LOG.warn("what removed downloads left goes at the next start", e);
        }
    }

    /// What a crash between rename and commit left behind, finished (B.27).
    Optional<TransferEnd.Arrived> heal(Entry entry) {
        try {
            return finishing.finishedBefore(entry);
        } catch (IOException | FailureException e) {
            LOG.warn("download {}: the disk cannot be looked at", entry.id(), e);
            return Optional.empty();
        }
    }

    /// Removes a cached file: row first, then the file.
    boolean evict(FileRow file) {
        try {
            files.delete(file.id()).join();
            discard(file.root(), file.path());
            return true;
        } catch (IOException | CompletionException e) {
            LOG.warn("{} is not evicted", file.path(), e);
            return false;
        }
    }

    /// Looks at files that have another date than they were written with: by their digest they are right, and get that date, or they were edited,
    /// and count as missing (B.30). A folder that is away is no answer.
    ///
    /// @return whether one was edited
    boolean edited(List<FileRow> doubtful) {
        boolean edited = false;
        for (FileRow file : doubtful) {
            Path path = roots.resolve(file.root(), file.path());
            try {
                if (roots.trouble(file.root()).isPresent() || !disk.exists(path)) continue;
                if (finishing.same(path, file.size(), file.sha256())) {
                    files.dated(file, Files.getLastModifiedTime(path).toInstant()).join();
                } else if (!roots.missing(file.root())) { // a drive that went a moment ago says nothing of its files (B.23)
                    LOG.warn("{} was changed outside Waxwing: it counts as not here", file.path());
                    files.delete(file.id()).join();
                    edited = true;
                }
            } catch (IOException | CompletionException e) {
                LOG.warn("{} cannot be looked at", file.path(), e);
            }
        }
        return edited;
    }

    /// Whether a file whose deletion was taken back is not as it was left: then it counts as not here. A folder that is away is no answer.
    boolean spoilt(FileRow file) {
        Path path = roots.resolve(file.root(), file.path());
        try {
            if (roots.trouble(file.root()).isPresent()) return false;
            if (!disk.exists(path)) {
                if (roots.missing(file.root())) return false;
                files.delete(file.id()).join();
                return true;
            }
            Instant modified = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MILLIS);
            boolean untouched = there(file) && files.written(file).join().filter(modified::equals).isPresent();
            return !untouched && edited(List.of(file));
        } catch (IOException | CompletionException e) {
            LOG.warn("{} cannot be looked at", file.path(), e);
            return false;
        }
    }

    /// Copies a kept file from the cache to the media folder, proves it there, and only then lets the old one go.
    ///
    /// @return true when it moved
    boolean promote(FileRow file) {
        Root to = roots.standard();
        try {
            if (roots.trouble(to).isPresent()) return false;
            Manifest.Line line = files.line(file).join();
            String path = copies.bring(new FileCopy.Item(Optional.of(file), Root.CACHE, line), to, () -> false, n -> {});
            Path placed = roots.resolve(to, path);
            disk.forceFolder(Finishing.parent(placed));
            if (files.moved(file, to, path, Files.getLastModifiedTime(placed).toInstant()).join() == 0) {
                discard(to, path);
                return false;
            }
            discard(Root.CACHE, file.path());
            return true;
        } catch (IOException | CompletionException e) {
            LOG.warn("{} stays in the cache for now", file.path(), e);
            return false;
        }
    }

    /// Cached files that lie in a media folder still.
    List<FileRow> cachedElsewhere() {
        return cached.elsewhere().join();
    }

    /// The other way: a file that nobody keeps any more. From the moment when its row names the one in the cache, a removed row names the old one,
    /// so that no crash leaves that behind.
    ///
    /// @return false when it found no place there
    boolean demote(FileRow file) {
        try {
            if (!reaches(file.root()) || roots.trouble(Root.CACHE).isPresent()) return false;
            Manifest.Line line = files.line(file).join();
            String path = copies.bring(new FileCopy.Item(Optional.of(file), file.root(), line), Root.CACHE, () -> false, n -> {});
            Path placed = roots.resolve(Root.CACHE, path);
            disk.forceFolder(Finishing.parent(placed));
            Optional<Entry> left = cached.moved(file, path, Files.getLastModifiedTime(placed).toInstant(), time.now()).join();
            if (left.isPresent()) clean(left.get(), true);
            else discard(Root.CACHE, path);
            return true;
        } catch (IOException e) {
            LOG.warn("{} is not brought to the cache", file.path(), e);
            return false;
        }
    }

    boolean reaches(Root root) {
        return roots.trouble(root).isEmpty();
    }

    /// Whether a file is where its row says, with its length.
    boolean there(FileRow row) {
        return disk.size(roots.resolve(row.root(), row.path())) == row.size();
    }

    /// Whether the bytes of a file that is there with its length are those of its row, which is of an older day. Only what something speaks
    /// against is read: another date than its own, or a word of the manifest.
    boolean asRecorded(FileRow row, boolean doubtful) throws IOException {
        Path file = roots.resolve(row.root(), row.path());
        Instant modified = Files.getLastModifiedTime(file).toInstant().truncatedTo(ChronoUnit.MILLIS);
        boolean dated = modified.equals(row.modified());
        if (dated && !doubtful) return true;
        boolean same = finishing.same(file, row.size(), row.sha256());
        if (same && !dated) files.dated(row, modified).join();
        return same;
    }

    /// Makes a file known again that its manifest line proves by length and digest.
    ///
    /// @param afresh the queue is not at work yet, so that a row that waits may be made whole
    boolean adopt(Root root, Manifest.Line line, boolean afresh) throws IOException {
        Path file = roots.resolve(root, line.path());
        return finishing.same(file, line.size(), line.sha256())
                && files.adopt(line, root, Files.getLastModifiedTime(file).toInstant(), time.now(), afresh).join();
    }

    /// Removes one of our files and says so in the manifest.
    void discard(Root root, String path) throws IOException {
        remove(root, path);
        roots.manifest(root).removed(path);
    }

    /// Finds files again that have another name now.
    Renamed renamed(List<FileRow> lost, Consumer<FileRow> found, OtherUsers others) {
        return new Renamed(roots, disk, files, this, lost, found, others);
    }

    /// Part files that no row names.
    LeftOverParts parts() {
        return parts;
    }

    boolean exists(Root root, String path) {
        return disk.exists(roots.resolve(root, path));
    }

    List<Disk.Found> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    Path folder(Root root) {
        return roots.folder(root);
    }

    long usable(Path folder) throws IOException {
        return disk.usable(folder);
    }

    /// Bytes free where kept music goes. Blocks.
    long free() {
        Root standard = roots.standard();
        roots.trouble(standard).ifPresent(why -> {
            throw why.asException();
        });
        try {
            return disk.usable(roots.folder(standard));
        } catch (IOException e) {
            throw new Failure.Trouble("The folder " + roots.folder(standard), String.valueOf(e.getMessage())).asException();
        }
    }

    Instant now() {
        return time.now();
    }

    /// A file that is there though no commit says so: ours only when the manifest proves it. One that a row of finished files names is somebody's.
    private boolean written(Entry entry, String path) throws IOException {
        if (!disk.exists(roots.resolve(entry.root(), path)) || files.names(entry.root(), path).join()) return false;
        Manifest.Line line = roots.manifest(entry.root()).read().get(path);
        return line != null && store.sameItem(line, entry.key())
                && finishing.same(roots.resolve(entry.root(), path), line.size(), line.sha256());
    }

    /// Empty folders that our files leave go too.
    private void remove(Root root, String relative) throws IOException {
        Path file = roots.resolve(root, relative);
        Path folder = Finishing.parent(file);
        if (disk.delete(file)) disk.forceFolder(folder);
        roots.folders().prune(roots.folder(root), folder);
    }
}
