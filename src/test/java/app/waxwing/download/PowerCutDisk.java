package app.waxwing.download;

import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The real disk, beside which stands what would be left of it after a power cut: files as they were when last forced, names as they were when
/// their folder was last forced, folders with all that is in them only where the one above was forced since they were made. At the n-th touch
/// the power goes: what is left then is kept for the next start.
final class PowerCutDisk extends WrappedDisk {
    private final Path root;
    private final Path left;
    private final Map<Path, Path> unforced = new LinkedHashMap<>();
    private final List<Path> deleted = new ArrayList<>();
    private final Set<Path> newFolders = new LinkedHashSet<>();
    private final List<Path> forced;
    private final int at;
    private final Runnable cut;
    private int touched;
    private boolean dark;

    /// @param root whose files count
    /// @param left where what would be left is kept
    /// @param at the touch at which the power goes
    /// @param cut run in that moment, while nothing touches the disk
    PowerCutDisk(Path root, Path left, int at, Runnable cut) {
        this(root, left, at, cut, new ArrayList<>());
    }

    private PowerCutDisk(Path root, Path left, int at, Runnable cut, List<Path> forced) {
        super(new SystemDisk(folder -> {
            SafeFiles.forceFolder(folder);
            forced.add(folder);
        }));
        this.forced = forced;
        this.root = root;
        this.left = left;
        this.at = at;
        this.cut = cut;
    }

    synchronized boolean dark() {
        return dark;
    }

    /// Later than any touch.
    synchronized void cutNow() {
        dark = true;
        cut.run();
    }

    /// A folder on the way to it was not durable when the power went.
    synchronized boolean lost(Path file) {
        return newFolders.stream().anyMatch(file::startsWith);
    }

    private void touch() {
        if (++touched != at) return;
        dark = true;
        cut.run();
    }

    private Path shadow(Path file) throws IOException {
        Path shadow = left.resolve(root.relativize(file).toString());
        Files.createDirectories(Finishing.parent(shadow));
        return shadow;
    }

    private boolean counts(Path file) {
        return file.startsWith(root);
    }

    private void keep(Path file) throws IOException {
        // A renamed file whose folder is not forced yet still has its old name there.
        Path name = file;
        for (var rename : unforced.entrySet()) if (rename.getValue().equals(file)) name = rename.getKey();
        if (!dark && Files.exists(file)) Files.copy(file, shadow(name), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public synchronized Bytes open(Path file) throws IOException {
        touch();
        Bytes bytes = super.open(file);
        if (!counts(file)) return bytes;
        return new WrappedBytes(bytes) {
            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                synchronized (PowerCutDisk.this) {
                    touch();
                    super.write(from, position);
                }
            }

            @Override
            public void truncate(long size) throws IOException {
                synchronized (PowerCutDisk.this) {
                    touch();
                    super.truncate(size);
                }
            }

            @Override
            public void force(boolean metadata) throws IOException {
                synchronized (PowerCutDisk.this) {
                    touch();
                    super.force(metadata);
                    keep(file);
                }
            }
        };
    }

    @Override
    public synchronized void move(Path from, Path to) throws IOException {
        touch();
        super.move(from, to);
        if (counts(from)) unforced.put(from, to);
    }

    @Override
    public synchronized boolean delete(Path file) throws IOException {
        touch();
        boolean gone = super.delete(file);
        if (counts(file)) deleted.add(file);
        return gone;
    }

    @Override
    public synchronized void createFolders(Path from, Path folder) throws IOException {
        touch();
        List<Path> made = new ArrayList<>();
        for (Path at = folder; !at.equals(from); at = Finishing.parent(at)) if (!Files.exists(at)) made.add(at);
        if (!dark && counts(folder)) newFolders.addAll(made);
        super.createFolders(from, folder);
        settleFolders();
    }

    private void settleFolders() {
        if (!dark) newFolders.removeIf(folder -> forced.contains(Finishing.parent(folder)));
        forced.clear();
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        touch();
        super.forceFolder(folder);
        settleFolders();
        if (dark) return;
        for (var rename : Map.copyOf(unforced).entrySet()) {
            if (!Finishing.parent(rename.getValue()).equals(folder)) continue;
            unforced.remove(rename.getKey());
            if (Files.exists(shadow(rename.getKey())))
                Files.move(shadow(rename.getKey()), shadow(rename.getValue()), StandardCopyOption.REPLACE_EXISTING);
        }
        for (Path file : List.copyOf(deleted)) {
            if (!Finishing.parent(file).equals(folder)) continue;
            deleted.remove(file);
            Files.deleteIfExists(shadow(file));
        }
    }

    @Override
    public synchronized void append(Path file, byte[] bytes) throws IOException {
        touch();
        super.append(file, bytes);
        if (counts(file)) keep(file);
    }
}
