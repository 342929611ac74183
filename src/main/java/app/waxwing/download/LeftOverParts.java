package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Part files that carry our mark and that no row names. They go once nobody wrote in them for seven days (B.27): until then a backup that is
/// brought back may know them (decision 0008). Thread `files`.
///
/// A start after a crash looks only into the folders of the rows that ran or were leaving, however much music lies beside them: nearly all that a
/// kill can leave has such a row. A transfer's part is named by its row before it is made, and until the transaction that makes its file count; a
/// removed row names its part and its file until both are gone. What can be left elsewhere is rare, and no wrong file:
/// - the copy of a file that was on its way out of the cache or to another folder; it is made anew under the same name, unless nobody wants it there
///   any more;
/// - the part of a transfer that was about to end when its account was removed, which took the rows along;
/// - after a power cut, a part of which the row forgot the name; it gets the same one again, unless another track was quicker;
/// - what rows of another database name, after a restore.
///
/// These are found by a slow search of everything, which is due after a crash, after a restore, and where younger ones were left: a mark in our own
/// folder says so, so that it begins again where the program ended too soon. `downloads verify` finds them at once.
final class LeftOverParts {
    /// In a music folder of which it is not known yet whether such parts lie there.
    static final String MARK = "left-over-parts";
    private static final Logger LOG = LoggerFactory.getLogger(LeftOverParts.class);
    private static final Duration STAY = Duration.ofDays(7);
    /// So much the slow search looks at before others have their turn, and so much in a second on the average.
    private static final int SLICE = 100;
    private static final int A_SECOND = 200;
    private final Roots roots;
    private final Disk disk;
    private final DownloadStore store;
    private final Removal removal;
    private final Time time;
    private volatile BooleanSupplier moving = () -> false;

    /// Removes one of our files and the empty folders that it leaves.
    interface Removal {
        void remove(Root root, String path) throws IOException;
    }

    LeftOverParts(Roots roots, Disk disk, DownloadStore store, Removal removal, Time time) {
        this.roots = roots;
        this.disk = disk;
        this.store = store;
        this.removal = removal;
        this.time = time;
    }

    /// At the start of the engine.
    ///
    /// @param moves whether music is being moved to another folder
    /// @param calm after which the slow search begins: a start has other things to do
    /// @param left what the last run left: it crashed where there is anything
    /// @param afresh the database is not the one of the last run
    void begin(Mailbox files, BooleanSupplier moves, Duration calm, DownloadStore.LeftOver left, boolean afresh) {
        moving = moves;
        Map<Root, Set<Path>> touched = folders(left);
        Deque<Root> due = new ArrayDeque<>();
        for (Root root : roots.all()) {
            if (!afresh && !touched.containsKey(root) && !due(root) || roots.trouble(root).isPresent()) continue;
            if (afresh || touched.containsKey(root)) mark(root, true);
            for (Path folder : touched.getOrDefault(root, Set.of())) look(root, folder);
            due.add(root);
        }
        if (!due.isEmpty()) time.after(calm, () -> files.post(() -> next(files, due)));
    }

    private Map<Root, Set<Path>> folders(DownloadStore.LeftOver left) {
        Map<Root, Set<Path>> folders = new LinkedHashMap<>();
        for (Entry entry : Stream.concat(left.ran().stream(), left.leaving().stream()).toList()) {
            for (String path : Stream.concat(entry.partPath().stream(), entry.filePath().stream()).toList()) {
                try {
                    folders.computeIfAbsent(entry.root(), r -> new LinkedHashSet<>())
                            .add(Finishing.parent(roots.resolve(entry.root(), path)));
                } catch (FailureException e) {
                    LOG.warn("download {}: no folder for {}", entry.id(), path, e);
                }
            }
        }
        return folders;
    }

    /// A slow search of one root after the other.
    private void next(Mailbox files, Deque<Root> due) {
        Root root = due.poll();
        if (root != null) new Search(files, root, due).slice();
    }

    /// One root, slice by slice.
    private final class Search {
        private final Mailbox files;
        private final Root root;
        private final Deque<Root> then;
        private final Deque<Path> folders = new ArrayDeque<>();
        private boolean stay;

        Search(Mailbox files, Root root, Deque<Root> then) {
            this.files = files;
            this.root = root;
            this.then = then;
            folders.add(roots.folder(root));
        }

        void slice() {
            int seen = 0;
            while (seen < SLICE && !folders.isEmpty()) {
                Looked looked = look(root, folders.pop());
                looked.folders().forEach(folders::push);
                stay |= looked.stay();
                seen += 1 + looked.things();
            }
            if (folders.isEmpty()) mark(root, stay);
            // A large folder is read at once, and the longer it is quiet after it.
            time.after(Duration.ofMillis(seen * 1000L / A_SECOND), () -> files.post(() -> {
                if (folders.isEmpty() || !roots.all().contains(root)) next(files, then);
                else slice();
            }));
        }
    }

    /// What is in a folder.
    ///
    /// @param stay whether something of ours stays that no row names, or nobody could look
    private record Looked(List<Path> folders, int things, boolean stay) {}

    /// Removes what no row names from one folder.
    private Looked look(Root root, Path folder) {
        try {
            List<Disk.Found> found = disk.list(folder);
            Path own = roots.folder(root).resolve(Roots.OWN_FOLDER);
            List<Path> folders = found.stream().filter(f -> f.folder() && !f.path().equals(own)).map(Disk.Found::path).toList();
            List<String> ours = found.stream().filter(f -> !f.folder()).map(f -> roots.relative(root, f.path()))
                    .filter(ours(root).asPredicate()).toList();
            return new Looked(folders, found.size(), outdated(root, unnamed(root, ours)));
        } catch (NoSuchFileException e) {
            LOG.debug("{} went meanwhile", folder, e);
            return new Looked(List.of(), 0, false);
        } catch (IOException | FailureException | CompletionException e) {
            LOG.warn("left-over parts are not looked for in {}", folder, e);
            return new Looked(List.of(), 0, true);
        }
    }

    /// @return whether one of them stays
    private boolean outdated(Root root, List<String> unnamed) throws IOException {
        Instant before = time.now().minus(STAY);
        boolean stay = false;
        for (String path : unnamed) {
            // The copy of an old file is as old as that one.
            boolean young = moving.getAsBoolean() || !Files.getLastModifiedTime(roots.resolve(root, path)).toInstant().isBefore(before);
            stay |= young;
            if (!young) removal.remove(root, path);
        }
        return stay;
    }

    /// Those that no row names. Asked of the rows after the folder was read: what is in it was named before it was made; and one whose file became
    /// whole meanwhile is not there any more.
    List<String> unnamed(Root root, Collection<String> ours) {
        if (ours.isEmpty()) return List.of();
        Set<String> named = store.parts().join().getOrDefault(root, Set.of());
        return ours.stream().filter(path -> !named.contains(path) && disk.exists(roots.resolve(root, path))).toList();
    }

    /// Whether a file carries our mark.
    boolean ours(Root root, String path) {
        return ours(root).matcher(path).find();
    }

    private Pattern ours(Root root) {
        return Pattern.compile("\\.w" + roots.tag(root) + "-(move)?\\d+\\.part$");
    }

    /// Because the user asks: of these parts of ours all go that no row names, whatever their age. Nothing goes while music is moved.
    ///
    /// @return what was removed
    List<String> remove(Root root, Collection<String> ours) {
        return moving.getAsBoolean() ? List.of() : removeAll(root, ours);
    }

    /// Because the move that left them is over: all that no row names. Any thread.
    void removeAll(Root root) {
        List<String> ours = new ArrayList<>();
        Deque<Path> folders = new ArrayDeque<>(List.of(roots.folder(root)));
        while (!folders.isEmpty()) {
            Path folder = folders.pop();
            try {
                for (Disk.Found found : disk.list(folder)) {
                    if (found.folder()) folders.push(found.path());
                    else if (ours(root, roots.relative(root, found.path()))) ours.add(roots.relative(root, found.path()));
                }
            } catch (IOException e) {
                LOG.warn("left-over parts are not looked for in {}", folder, e);
            }
        }
        removeAll(root, ours);
    }

    private List<String> removeAll(Root root, Collection<String> ours) {
        List<String> removed = new ArrayList<>();
        for (String path : unnamed(root, ours)) {
            try {
                removal.remove(root, path);
                removed.add(path);
            } catch (IOException e) {
                LOG.warn("the left-over {} is not removed", path, e);
            }
        }
        return removed;
    }

    private boolean due(Root root) {
        return Files.exists(mark(root));
    }

    private Path mark(Root root) {
        return roots.folder(root).resolve(Roots.OWN_FOLDER).resolve(MARK);
    }

    private void mark(Root root, boolean due) {
        try {
            // Of a drive that is away nobody knows what is left there.
            if (!due && !roots.missing(root)) Files.deleteIfExists(mark(root));
            else if (due && !due(root)) Files.createFile(mark(root));
        } catch (IOException | FailureException e) {
            LOG.warn("whether parts may be left over in {} is not noted", root, e);
        }
    }
}
