package app.waxwing.download;

import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Files that somebody gave another name, or put into another folder of the same root: a file that no row knows and whose length and digest are
/// exactly those of one that is missing gets that one's name back. Its bytes are read in full before; nothing is ever replaced; what has another digest
/// is not touched. Thread `files`.
final class Renamed {
    private final Roots roots;
    private final Disk disk;
    private final FileRows files;
    private final Housekeeping house;
    private final List<FileRow> lost;
    private final Consumer<FileRow> found;
    private final OtherUsers others;

    /// @param lost files whose rows were found without them, as far as was looked by now
    /// @param found told which of them is there again
    Renamed(Roots roots, Disk disk, FileRows files, Housekeeping house, List<FileRow> lost, Consumer<FileRow> found,
            OtherUsers others) {
        this.roots = roots;
        this.disk = disk;
        this.files = files;
        this.house = house;
        this.lost = lost;
        this.found = found;
        this.others = others;
    }

    /// @param hidden it is another user's
    record Name(String path, boolean hidden) {}

    /// @param lines what was in this root, of which some may have no row any more
    /// @return the name that the file has again
    Optional<Name> back(Root root, String path, Collection<Manifest.Line> lines) throws IOException {
        Path file = roots.resolve(root, path);
        long size = disk.size(file);
        List<FileRow> rows = lost.stream().filter(r -> r.root().equals(root) && r.size() == size && absent(root, r.path())).toList();
        List<Manifest.Line> before = new ArrayList<>();
        for (Manifest.Line line : lines) if (line.size() == size && absent(root, line.path())) before.add(line);
        if (size <= 0 || rows.isEmpty() && before.isEmpty()) return Optional.empty();
        String digest = Finishing.digest(file);
        for (FileRow row : rows) {
            if (!row.sha256().equals(digest) || !name(root, file, row.path())) continue;
            files.dated(row, Files.getLastModifiedTime(roots.resolve(root, row.path())).toInstant()).join();
            found.accept(row);
            return Optional.of(new Name(row.path(), others.own(row.key())));
        }
        for (Manifest.Line line : before) {
            // Only what a download here names still: others' files are left as they are.
            if (!line.sha256().equals(digest) || !files.wanted(line, root).join() || !name(root, file, line.path())) continue;
            return house.adopt(root, line, false) ? Optional.of(new Name(line.path(), others.own(line))) : Optional.empty();
        }
        return Optional.empty();
    }

    private boolean absent(Root root, String path) {
        return !disk.exists(roots.resolve(root, path));
    }

    /// Under both names first, where the disk knows links: then nothing can be replaced.
    private boolean name(Root root, Path file, String path) throws IOException {
        Path to = roots.resolve(root, path);
        boolean named = roots.folders().with(roots.folder(root), to, () -> {
            if (disk.exists(to)) return false;
            if (disk.link(file, to)) disk.delete(file);
            else disk.move(file, to);
            return true;
        });
        if (!named) return false;
        disk.forceFolder(Finishing.parent(to));
        roots.folders().prune(roots.folder(root), Finishing.parent(file));
        return true;
    }
}
