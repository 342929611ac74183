package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.download.FileCopy.Item;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.download.MediaFolders.Move;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.download.MediaFolders.Phase;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves the music of one folder to another. Copying leaves everything as it is; one transaction makes the copies count; only then the old files go.
/// What the phase is stands in the old folder's row, so that a killed move goes on. Blocks: on thread `mover`.
final class Moving {
    private static final Logger LOG = LoggerFactory.getLogger(Moving.class);
    private final Roots roots;
    private final Disk disk;
    private final FolderRows folders;
    private final FileRows files;
    private final FileCopy copies;
    private final Housekeeping house;
    private final Standstill downloads;
    private final KeptFiles kept;
    private final Consumer<Path> chosen;
    private final long diskFloor;
    private volatile Optional<Move> shown = Optional.empty();
    /// What counts now: from [Phase#CLEARING] on the new folder.
    private Phase reached = Phase.COPYING;
    /// Files that came to the new folder, with their sizes; of a move that an earlier run began, those that are seen to have come.
    private final Map<String, Long> came = new HashMap<>();
    private volatile boolean cancelled;
    private volatile boolean closing;

    /// @param chosen told the new default folder when it counts; on return it is remembered durably
    Moving(Roots roots, Disk disk, FolderRows folders, FileRows files, FileCopy copies, Housekeeping house, Standstill downloads,
            KeptFiles kept, Consumer<Path> chosen, long diskFloor) {
        this.kept = kept;
        this.roots = roots;
        this.disk = disk;
        this.folders = folders;
        this.files = files;
        this.copies = copies;
        this.house = house;
        this.downloads = downloads;
        this.chosen = chosen;
        this.diskFloor = diskFloor;
    }

    Optional<Move> shown() {
        return shown;
    }

    void cancel() {
        cancelled = true;
    }

    void close() {
        closing = true;
    }

    /// Carries on from a phase to the end.
    ///
    /// @return empty when the program ends first: then the next start carries on
    Optional<MoveEnd> run(Root from, Root to, Phase phase) {
        Path source = roots.folder(from);
        Path target = roots.folder(to);
        cancelled = false;
        reached = phase;
        came.clear();
        show(from, to, phase, 0, 0, 0, 0);
        try {
            return Optional.of(switch (phase) {
                case COPYING -> copy(from, to);
                case CLEARING -> clear(from, to, Map.of());
                case TAKING_BACK -> takeBack(from, to, new MoveEnd.Cancelled(source, target));
            });
        } catch (FileCopy.Stopped e) {
            LOG.info("the move to {} goes on at the next start", target);
            return Optional.empty();
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("the move to {} is not finished; it goes on when the drives are there, or at the next start", target, e);
            Failure why = failure(e, from, to);
            return Optional.of(reached == Phase.CLEARING
                    ? new MoveEnd.Uncleared(source, target, why)
                    : new MoveEnd.Failed(source, target, why));
        } finally {
            shown = Optional.empty();
        }
    }

    private MoveEnd copy(Root from, Root to) throws IOException {
        Path source = roots.folder(from);
        Path target = roots.folder(to);
        Map<Long, String> brought = new LinkedHashMap<>();
        try {
            bringAll(from, to, brought);
        } catch (FileCopy.Stopped e) {
            if (!cancelled) throw e;
            return takeBack(from, to, new MoveEnd.Cancelled(source, target));
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("the music stays in {}: {}", source, e.toString());
            return takeBack(from, to, new MoveEnd.Failed(source, target, failure(e, from, to)));
        }
        Set<Long> switched = new HashSet<>(folders.switchOver(from, to, brought).join());
        reached = Phase.CLEARING;
        LOG.info("{} files belong to {} now", switched.size(), target);
        roots.know(folders.all().join());
        chosen.accept(target);
        Map<Long, String> orphans = new HashMap<>(brought);
        orphans.keySet().removeAll(switched);
        return clear(from, to, orphans);
    }

    /// Until nothing new came in meanwhile.
    private void bringAll(Root from, Root to, Map<Long, String> brought) throws IOException {
        Set<String> seen = new HashSet<>();
        Set<Path> touched = new LinkedHashSet<>();
        long files = 0;
        long bytes = 0;
        long allFiles = 0;
        long allBytes = 0;
        long present = 0;
        while (true) {
            List<Item> todo = items(from).stream().filter(i -> !seen.contains(key(i))).toList();
            if (todo.isEmpty()) break;
            allFiles += todo.size();
            for (Item item : todo) {
                allBytes += item.line().size();
                if (disk.size(roots.resolve(to, item.line().path())) == item.line().size()) present += item.line().size();
            }
            room(from, to, Math.max(0, allBytes - present - bytes));
            for (Item item : todo) {
                need(from);
                need(to);
                long before = bytes;
                long[] more = {0};
                long done = files;
                long ofFiles = allFiles;
                long ofBytes = allBytes;
                show(from, to, Phase.COPYING, done, ofFiles, before, ofBytes);
                try {
                    String path = copies.bring(item, to, this::stopped, n -> {
                        more[0] += n;
                        show(from, to, Phase.COPYING, done, ofFiles, before + more[0], ofBytes);
                    });
                    if (item.row().isPresent()) {
                        brought.put(item.number(), path);
                        came.put(path, item.line().size());
                    }
                    touched.add(Finishing.parent(roots.resolve(to, path)));
                } catch (FileCopy.NotAsRecorded e) {
                    LOG.warn("{} stays where it is: it is not what was recorded", item.line().path(), e);
                }
                if (stopped()) throw new FileCopy.Stopped();
                seen.add(key(item));
                files++;
                bytes += item.line().size();
                show(from, to, Phase.COPYING, files, allFiles, bytes, allBytes);
            }
        }
        for (Path folder : touched) disk.forceFolder(folder);
        disk.forceFolder(roots.folder(to));
    }

    /// Everything belongs to the new folder: what was under way follows, then the old files go.
    private MoveEnd clear(Root from, Root to, Map<Long, String> orphans) throws IOException {
        Path source = roots.folder(from);
        show(from, to, Phase.CLEARING, 0, 0, 0, 0);
        for (Root root : List.of(from, to)) {
            if (!roots.missing(root)) continue;
            LOG.warn("the old music folder {} cannot be cleared now: {} is not there", source, roots.folder(root));
            return new MoveEnd.Uncleared(source, roots.folder(to), new Failure.StoreMissing(roots.folder(root).toString()));
        }
        for (String path : orphans.values()) {
            house.discard(to, path);
            came.remove(path);
        }
        downloads.relocate(from, to, () -> closing);
        for (FileRow row : files.in(from).join()) follow(row, from, to);
        List<String> left = new ArrayList<>();
        removeOld(from, to, left);
        for (FileRow row : files.in(from).join()) left.add(row.path());
        MoveEnd end = done(from, to, left);
        kept.carry(from, to);
        boolean forgotten = left.isEmpty() && folders.forget(from, to).join();
        if (!forgotten) folders.ended(from).join();
        roots.know(folders.all().join());
        if (forgotten) roots.unmark(source);
        return end;
    }

    private MoveEnd.Done done(Root from, Root to, List<String> left) {
        long bytes = came.values().stream().mapToLong(Long::longValue).sum();
        return new MoveEnd.Done(roots.folder(from), roots.folder(to), came.size(), bytes, left);
    }

    /// A file that was finished in the old folder while the others were copied.
    private void follow(FileRow row, Root from, Root to) throws IOException {
        try {
            Item item = new Item(Optional.of(row), from, files.line(row).join());
            String path = copies.bring(item, to, () -> closing, n -> {});
            disk.forceFolder(Finishing.parent(roots.resolve(to, path)));
            if (files.moved(row, to, path, Files.getLastModifiedTime(roots.resolve(to, path)).toInstant()).join() == 0) {
                house.discard(to, path);
            } else {
                came.put(path, item.line().size());
            }
        } catch (FileCopy.NotAsRecorded e) {
            LOG.warn("{} stays where it is: it is not what was recorded", row.path(), e);
        }
    }

    /// Removes what the manifest says we wrote and what is in the new folder now; a file that somebody changed stays.
    private void removeOld(Root from, Root to, List<String> left) throws IOException {
        Set<String> needed = new HashSet<>();
        for (FileRow row : files.in(from).join()) needed.add(row.path());
        Map<String, String> here = new HashMap<>();
        for (Manifest.Line line : roots.manifest(to).read().values()) here.put(whose(line), line.path());
        List<Manifest.Line> lines = List.copyOf(roots.manifest(from).read().values());
        long at = 0;
        for (Manifest.Line line : lines) {
            if (closing) throw new FileCopy.Stopped();
            show(from, to, Phase.CLEARING, at++, lines.size(), 0, 0);
            Path old = roots.resolve(from, line.path());
            if (needed.contains(line.path()) || disk.size(old) < 0) continue;
            String copy = here.get(whose(line));
            if (copy != null && disk.size(old) == line.size() && unchanged(old, roots.resolve(to, copy), line)) {
                came.put(copy, line.size());
                house.discard(from, line.path());
            } else
                left.add(line.path());
        }
    }

    /// A copy has its original's time; where it has another, the bytes decide.
    private static boolean unchanged(Path old, Path copy, Manifest.Line line) throws IOException {
        return Files.isSameFile(old, copy) || Files.getLastModifiedTime(old).equals(Files.getLastModifiedTime(copy))
                || Finishing.digest(old).equals(line.sha256());
    }

    /// The copies go, the old folder never stopped to count.
    private MoveEnd takeBack(Root from, Root to, MoveEnd end) throws IOException {
        folders.phase(from, Phase.TAKING_BACK).join();
        show(from, to, Phase.TAKING_BACK, 0, 0, 0, 0);
        if (roots.missing(to)) {
            LOG.warn("{} is not there; what was copied into it is removed when it is", roots.folder(to));
            return end;
        }
        Map<String, Manifest.Line> stay = new HashMap<>();
        for (Item item : items(from)) stay.put(whose(item.line()), item.line());
        Set<String> known = new HashSet<>();
        for (FileRow row : files.in(to).join()) known.add(row.path());
        for (Manifest.Line line : List.copyOf(roots.manifest(to).read().values())) {
            if (closing) throw new FileCopy.Stopped();
            // A copy is what the old folder has too, and no row names.
            if (!known.contains(line.path()) && stay.containsKey(whose(line))) house.discard(to, line.path());
        }
        house.parts().removeAll(to);
        folders.ended(from).join();
        Path target = roots.folder(to);
        kept.carry(to, from);
        boolean forgotten = roots.manifest(to).read().isEmpty() && folders.forget(to, from).join();
        roots.know(folders.all().join());
        if (forgotten) roots.unmark(target);
        return end;
    }

    /// What the folder holds of ours: files with rows, and files that only the manifest knows.
    private List<Item> items(Root from) throws IOException {
        List<Item> items = new ArrayList<>();
        Set<String> rows = new HashSet<>();
        Map<String, Manifest.Line> lines = roots.manifest(from).read();
        for (FileRow row : files.in(from).join()) {
            rows.add(row.path());
            Manifest.Line line = lines.get(row.path());
            // The row is what counts; a line that says otherwise is older.
            if (line == null || !line.sha256().equals(row.sha256()) || line.size() != row.size()) line = files.line(row).join();
            items.add(new Item(Optional.of(row), from, line));
        }
        rows.addAll(folders.leavingPaths(from).join());
        for (Manifest.Line line : lines.values()) {
            if (!rows.contains(line.path()) && disk.size(roots.resolve(from, line.path())) == line.size()) {
                items.add(new Item(Optional.empty(), from, line));
            }
        }
        return items;
    }

    private void room(Root from, Root to, long bytes) throws IOException {
        Path target = roots.folder(to);
        Path probe = target.resolve(Roots.OWN_FOLDER).resolve("probe-link");
        if (disk.link(roots.folder(from).resolve(Roots.OWN_FOLDER).resolve("root.json"), probe)) {
            disk.delete(probe);
            return; // one volume, and one that knows links: nothing is copied
        }
        if (disk.usable(target) < bytes + diskFloor) throw new Failure.DiskFull(target.toString(), bytes + diskFloor).asException();
    }

    private void need(Root root) {
        if (roots.missing(root)) throw new Failure.StoreMissing(roots.folder(root).toString()).asException();
    }

    private boolean stopped() {
        return closing || cancelled;
    }

    private void show(Root from, Root to, Phase phase, long files, long allFiles, long bytes, long allBytes) {
        shown = Optional.of(new Move(roots.folder(from), roots.folder(to), phase, files, allFiles, bytes, allBytes));
    }

    /// In words that say what is to be done: of a drive that went, the disk itself only knows that some file is not there.
    private Failure failure(Throwable e, Root from, Root to) {
        for (Root root : List.of(to, from)) if (roots.missing(root)) return new Failure.StoreMissing(roots.folder(root).toString());
        if (!(e instanceof IOException io)) return FailureException.of(e);
        // Copying writes in the new folder, and clearing in the old one.
        String place = roots.folder(reached == Phase.CLEARING ? from : to).toString();
        if (new DiskException(io).full()) return new Failure.DiskFull(place, 0);
        return new Failure.Trouble("The folder " + place, switch (io) {
            case NoSuchFileException x -> "something in it went away while the music was moved";
            case AccessDeniedException x -> "Waxwing may not write there";
            case FileSystemException x when x.getReason() != null -> x.getReason();
            default -> io.getMessage() == null ? "the disk reports a fault" : io.getMessage();
        });
    }

    /// What two lines have in common that tell of the same file ([Manifest.Line#isSameFile]).
    private static String whose(Manifest.Line line) {
        return String.join(" ", line.sha256(), line.itemId(), line.serverId(), line.userId());
    }

    private static String key(Item item) {
        return item.number() + " " + item.line().path() + " " + item.line().sha256();
    }
}
