package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.DownloadEngine.VerifyReport;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compares rows and manifests with the disk, file by file, so that the thread `files` can do other things in between.
/// Repairs by adopting what the manifest proves and by asking for the missing anew; deletes nothing but our own stray part files.
final class Verifier {
    private final Roots roots;
    private final Finishing finishing;
    private final FileRows files;
    private final Housekeeping house;
    private final boolean repair;
    private final List<FileRow> todo;
    private final Set<String> parts;
    private final Map<Root, Set<String>> known = new EnumMap<>(Root.class);
    private final List<String> missing = new ArrayList<>();
    private final List<String> damaged = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final List<String> repaired = new ArrayList<>();
    private final List<FileRow> lost = new ArrayList<>();
    private int at;

    /// @param rows all of `media_file`
    /// @param parts part files that rows name, `root/path`
    Verifier(Roots roots, Finishing finishing, FileRows files, Housekeeping house, boolean repair, List<FileRow> rows, Set<String> parts) {
        this.roots = roots;
        this.finishing = finishing;
        this.files = files;
        this.house = house;
        this.repair = repair;
        this.todo = rows;
        this.parts = parts;
        for (Root root : Root.values()) known.put(root, new HashSet<>());
    }

    /// Checks the next file.
    ///
    /// @return false when all rows are checked; then [#finish] is due
    boolean step() {
        if (at >= todo.size()) return false;
        FileRow row = todo.get(at++);
        Optional<Failure> trouble = roots.trouble(row.root()).filter(Failure.StoreMissing.class::isInstance);
        if (row.root() == Root.MEDIA && trouble.isPresent()) throw trouble.get().asException();
        known.getOrDefault(row.root(), Set.of()).add(row.path());
        Path file = roots.resolve(row.root(), row.path());
        try {
            if (!Files.exists(file)) {
                missing.add(row.path());
                lost.add(row);
            } else if (!finishing.same(file, row.size(), row.sha256())) {
                damaged.add(row.path());
                lost.add(row);
            }
        } catch (IOException e) {
            damaged.add(row.path() + " (" + e.getMessage() + ")");
        }
        return true;
    }

    /// Files of which the row must go because the bytes are not there or not right.
    List<FileRow> lost() {
        return lost;
    }

    /// What lies in the folders that no row knows; adopts what the manifest proves.
    VerifyReport finish() {
        for (Root root : Root.values()) {
            if (roots.trouble(root).isPresent()) continue;
            Map<String, Manifest.Line> lines = lines(root);
            Set<String> ours = known.getOrDefault(root, Set.of());
            List<String> found = house.walk(root, damaged);
            for (String path : found) {
                if (ours.contains(path) || parts.contains(root.word() + "/" + path)) continue;
                Manifest.Line line = lines.get(path);
                if (repair && line != null && adopt(root, line)) repaired.add(path + ": known again");
                else unknown.add(path);
            }
            if (repair) {
                Set<String> named = new HashSet<>();
                for (String part : parts) if (part.startsWith(root.word() + "/")) named.add(part.substring(root.word().length() + 1));
                for (String path : house.strays(root, named)) {
                    unknown.remove(path);
                    repaired.add(path + ": left-over part removed");
                }
            }
        }
        if (repair) for (FileRow row : lost) repaired.add(row.path() + ": fetched again");
        return new VerifyReport(todo.size(), List.copyOf(missing), List.copyOf(damaged), List.copyOf(unknown), List.copyOf(repaired));
    }

    private boolean adopt(Root root, Manifest.Line line) {
        Path file = roots.resolve(root, line.path());
        try {
            return finishing.same(file, line.size(), line.sha256())
                    && files.adopt(line, root, root == Root.MEDIA, Files.getLastModifiedTime(file).toInstant(), house.now()).join();
        } catch (IOException e) {
            damaged.add(line.path() + " (" + e.getMessage() + ")");
            return false;
        }
    }

    private Map<String, Manifest.Line> lines(Root root) {
        try {
            return roots.manifest(root).read();
        } catch (IOException e) {
            damaged.add("manifest (" + e.getMessage() + ")");
            return Map.of();
        }
    }
}
