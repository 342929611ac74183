package app.waxwing.download;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// The folders of artists and albums below a root: there before their first file, gone after their last. Any thread. A folder that was made for a
/// file is not removed as empty before that file lies in it.
final class Folders {
    private final Disk disk;
    /// Many may make folders at once; whoever removes is alone.
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    Folders(Disk disk) {
        this.disk = disk;
    }

    /// Makes a file, or opens it.
    @FunctionalInterface
    interface First<T> {
        T make() throws IOException;
    }

    /// Opens a file for reading and writing, in folders that are made where they are missing.
    Disk.Bytes open(Path root, Path file) throws IOException {
        return with(root, file, () -> disk.open(file));
    }

    /// The same, for a file that something else makes.
    <T> T with(Path root, Path file, First<T> first) throws IOException {
        lock.readLock().lock();
        try {
            disk.createFolders(root, Finishing.parent(file));
            return first.make();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Removes the folder, and those above it up to the root, as far as nothing lies in them.
    void prune(Path root, Path from) throws IOException {
        lock.writeLock().lock();
        try {
            Set<Path> seen = new HashSet<>();
            for (Path folder = from; !folder.equals(root) && folder.startsWith(root)
                    && seen.add(folder); folder = Finishing.parent(folder)) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            return; // somebody's file lies there
        } finally {
            lock.writeLock().unlock();
        }
    }
}
