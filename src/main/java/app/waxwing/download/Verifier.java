package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.download.DownloadEngine.VerifyReport;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Compares what is recorded with what is on the disk, in every folder, one file a step so that nothing else waits. A folder that is not there is
/// named, and nothing is said of its files. Deletes nothing that Waxwing did not write. Thread `files`.
final class Verifier {
    private final Roots roots;
    private final Finishing finishing;
    private final MissedRows rows;
    private final boolean repair;
    private final List<FileRow> todo;
    private final Map<Root, Set<String>> known = new HashMap<>();
    private final Set<Root> away = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<String> repaired = new ArrayList<>();
    private final List<FileRow> lost = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>();
    private final OtherUsers others;
    private final CompletableFuture<List<Entry>> said;
    private final Unrecorded unrecorded;
    private long checked;
    private volatile int at;

    /// @param todo all of `media_file`
    /// @param parts part files that rows name, and files that are to be removed
    /// @param others whose files are looked at, and counted without their names
    /// @param told of how many files of a root its manifest does not say what it should
    Verifier(Roots roots, Finishing finishing, FileRows files, Housekeeping house, boolean repair, List<FileRow> todo,
            Map<Root, Set<String>> parts, MissedRows missed, OtherUsers others,
            Function<Root, ToIntFunction<Map<String, Manifest.Line>>> told) {
        this.rows = missed;
        said = missed.said();
        this.others = others;
        this.roots = roots;
        this.finishing = finishing;
        this.repair = repair;
        this.todo = todo;
        for (Root root : roots.all()) {
            known.put(root, new HashSet<>());
            if (roots.missing(root)) away.add(root);
        }
        unrecorded = new Unrecorded(roots, files, house, repair, known, parts, away, house.renamed(lost, this::found, others),
                others, todo, told);
    }

    /// Checks the next file: first those that rows name, then what else lies in the folders.
    ///
    /// @return false when there is no other; then [#report] is due
    boolean step() {
        if (at >= todo.size()) return unrecorded.step();
        // Only this thread counts; others read.
        int next = at;
        check(todo.get(next));
        at = next + 1;
        return true;
    }

    private void check(FileRow row) {
        known.computeIfAbsent(row.root(), r -> new HashSet<>()).add(row.path());
        if (away.contains(row.root())) return;
        checked++;
        try {
            Path file = roots.resolve(row.root(), row.path());
            if (!Files.exists(file)) {
                lose(row, missing);
            } else if (!finishing.same(file, row.size(), row.sha256())) {
                lose(row, damaged);
            }
        } catch (IOException e) {
            if (others.own(row.key())) hidden.add(row.path());
            else damaged.add(row.path() + " (" + e.getMessage() + ")");
        } catch (FailureException e) {
            lose(row, damaged);
        }
    }

    /// Only where the folder is still there: a drive that went a moment ago takes no file with it. Nor what moved or was removed since the rows were
    /// read.
    private void lose(FileRow row, List<String> found) {
        if (!roots.knows(row.root())) return;
        if (roots.missing(row.root())) {
            away.add(row.root());
            return;
        }
        if (!rows.stands(row).join()) return;
        if (others.own(row.key())) hidden.add(row.path());
        else found.add(row.path());
        lost.add(row);
    }

    /// It has its name again.
    private void found(FileRow row) {
        lost.remove(row);
        missing.remove(row.path());
        hidden.remove(row.path());
    }

    /// How many of the files that rows name are looked at. Any thread.
    int at() {
        return at;
    }

    int all() {
        return todo.size();
    }

    boolean repairs() {
        return repair;
    }

    /// Files of which the row must go because the bytes are not there or not right.
    List<FileRow> lost() {
        return lost;
    }

    /// Downloads that failed because their file was missing, and that was not found.
    List<Long> failed() {
        return failed;
    }

    private void stillMissing() {
        for (Entry entry : said.join()) {
            String path = entry.filePath().orElseThrow();
            if (away.contains(entry.root()) || unrecorded.unknown().contains(path) || unrecorded.hidden().contains(path)
                    || known.getOrDefault(entry.root(), Set.of()).contains(path))
                continue;
            failed.add(entry.id());
            if (others.own(entry.key())) {
                hidden.add(path);
                continue;
            }
            missing.add(path);
            if (repair) repaired.add(path + ": fetched again");
        }
    }

    /// What somebody changed may be dear to him: it stays, and the new file goes beside it. What no download names is not fetched by itself.
    private void again(FileRow row, List<String> changed) {
        String path = row.path();
        boolean stays = damaged.contains(path);
        if (stays) changed.add(path);
        String then = row.download().isPresent() ? ": fetched again" : ": does not count as here any more";
        repaired.add(path + then + (stays ? "; the changed file stays as " + path + ": delete it if you do not need it" : ""));
    }

    /// When there is no step left.
    VerifyReport report() {
        damaged.addAll(unrecorded.trouble());
        repaired.addAll(unrecorded.repaired());
        stillMissing();
        hidden.addAll(unrecorded.hidden());
        List<String> changed = new ArrayList<>();
        if (repair) for (FileRow row : lost) if (!others.own(row.key())) again(row, changed);
        return new VerifyReport(checked, List.copyOf(missing), List.copyOf(damaged), List.copyOf(unrecorded.unknown()),
                List.copyOf(repaired), List.copyOf(changed), away.stream().map(r -> roots.folder(r).toString()).toList(), hidden.size(),
                unrecorded.untold());
    }
}
