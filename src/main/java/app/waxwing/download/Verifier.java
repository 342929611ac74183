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
import java.util.concurrent.CompletionException;

/// Compares what is recorded with what is on the disk, in every folder, one file a step so that nothing else waits. A folder that is not there is
/// named, and nothing is said of its files. Deletes nothing that Waxwing did not write. Thread `files`.
final class Verifier {
    private final Roots roots;
    private final Finishing finishing;
    private final FileRows files;
    private final Housekeeping house;
    private final boolean repair;
    private final List<FileRow> todo;
    private final Map<Root, Set<String>> parts;
    private final Map<Root, Set<String>> known = new HashMap<>();
    private final Set<Root> away = new LinkedHashSet<>();
    private final List<String> missing = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> repaired = new ArrayList<>();
    private final List<FileRow> lost = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();
    private final CompletableFuture<List<Entry>> said;
    private long checked;
    private int at;

    /// @param rows all of `media_file`
    /// @param parts part files that rows name, and files that are to be removed
    /// @param said downloads that are known to miss their file
    Verifier(Roots roots, Finishing finishing, FileRows files, Housekeeping house, boolean repair, List<FileRow> rows,
            Map<Root, Set<String>> parts, CompletableFuture<List<Entry>> said) {
        this.said = said;
        this.roots = roots;
        this.finishing = finishing;
        this.files = files;
        this.house = house;
        this.repair = repair;
        this.todo = rows;
        this.parts = parts;
        for (Root root : roots.all()) {
            known.put(root, new HashSet<>());
            if (roots.missing(root)) away.add(root);
        }
    }

    /// Checks the next file.
    ///
    /// @return false when all rows are checked; then [#finish] is due
    boolean step() {
        if (at >= todo.size()) return false;
        FileRow row = todo.get(at++);
        known.computeIfAbsent(row.root(), r -> new HashSet<>()).add(row.path());
        if (away.contains(row.root())) return true;
        checked++;
        try {
            Path file = roots.resolve(row.root(), row.path());
            if (!Files.exists(file)) {
                lose(row, missing);
            } else if (!finishing.same(file, row.size(), row.sha256())) {
                lose(row, damaged);
            }
        } catch (IOException e) {
            damaged.add(row.path() + " (" + e.getMessage() + ")");
        } catch (FailureException e) {
            lose(row, damaged);
        }
        return true;
    }

    /// Only where the folder is still there: a drive that went a moment ago takes no file with it.
    private void lose(FileRow row, List<String> found) {
        if (roots.missing(row.root())) {
            away.add(row.root());
            return;
        }
        found.add(row.path());
        lost.add(row);
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
            if (away.contains(entry.root()) || unknown.contains(path) || known.getOrDefault(entry.root(), Set.of()).contains(path))
                continue;
            missing.add(path);
            failed.add(entry.id());
            if (repair) repaired.add(path + ": fetched again");
        }
    }

    /// What lies in the folders that no row knows; adopts what the manifest, or a finished download's own row, proves.
    VerifyReport finish() {
        for (Root root : roots.all()) {
            if (away.contains(root) || roots.trouble(root).isPresent()) continue;
            Set<String> named = parts.getOrDefault(root, Set.of());
            Map<String, Manifest.Line> lines = lines(root);
            for (String path : house.walk(root, damaged)) {
                if (known.getOrDefault(root, Set.of()).contains(path) || named.contains(path)) continue;
                Manifest.Line line = lines.get(path);
                if (repair && line != null && adopt(root, line)) {
                    repaired.add(path + ": known again");
                    known.computeIfAbsent(root, r -> new HashSet<>()).add(path);
                } else {
                    unknown.add(path);
                }
            }
            if (repair) {
                for (String path : house.strays(root, named)) {
                    unknown.remove(path);
                    repaired.add(path + ": left-over part removed");
                }
            }
        }
        stillMissing();
        if (repair) for (FileRow row : lost) repaired.add(row.path() + ": fetched again");
        return new VerifyReport(checked, List.copyOf(missing), List.copyOf(damaged), List.copyOf(unknown), List.copyOf(repaired),
                away.stream().map(r -> roots.folder(r).toString()).toList());
    }

    private boolean adopt(Root root, Manifest.Line line) {
        try {
            return house.adopt(root, line, false);
        } catch (IOException | CompletionException e) {
            damaged.add(line.path() + " (" + e.getMessage() + ")");
            return false;
        }
    }

    private Map<String, Manifest.Line> lines(Root root) {
        Map<String, Manifest.Line> lines = new HashMap<>();
        try {
            for (Manifest.Line line : files.wholeBefore(root).join()) lines.put(line.path(), line);
            lines.putAll(roots.manifest(root).read());
        } catch (IOException e) {
            damaged.add("manifest (" + e.getMessage() + ")");
        }
        return lines;
    }
}
