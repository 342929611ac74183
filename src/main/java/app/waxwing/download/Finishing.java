package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.download.Entry.PartState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a whole part file to a file with its final name: manifest line, rename, folder force. Also knows, after a crash, whether that happened.
final class Finishing {
    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);
    private final Roots roots;
    private final Disk disk;
    private final DownloadStore store;
    private final Renaming renaming;

    Finishing(Roots roots, Disk disk, DownloadStore store) {
        this.roots = roots;
        this.disk = disk;
        this.store = store;
        renaming = new Renaming(disk);
    }

    /// The part is whole and forced. The manifest line comes before the rename: a crash in between leaves a line without a file, which proves
    /// nothing; after the rename it proves the file.
    TransferEnd.Arrived finish(Entry entry, PartState part, String sha256, Renaming.Wait wait) throws IOException {
        String path = entry.filePath().orElseThrow();
        Path from = roots.resolve(entry.root(), entry.partPath().orElseThrow());
        try {
            long size = disk.size(from);
            if (size != part.bytes()) throw new IOException(from.getFileName() + " has " + size + " bytes and not " + part.bytes());
            Path to = roots.resolve(entry.root(), path);
            while (disk.exists(to) && !proven(entry, path)) {
                path = store.nextName(entry.id(), entry.root(), path).join();
                to = roots.resolve(entry.root(), path);
            }
            Manifest.Line line = store.manifestLine(entry, path, size, sha256, part.validators(), part.mime());
            roots.manifest(entry.root()).add(line);
            renaming.move(from, to, wait);
            disk.forceFolder(parent(to));
            return new TransferEnd.Arrived(path, entry.quality(), size, sha256, Files.getLastModifiedTime(to).toInstant(),
                    Optional.of(line.reasons()));
        } catch (DiskException e) {
            throw e;
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// A part without a byte says nothing: none stays behind a download that failed or waits.
    void dropEmpty(Entry entry) throws IOException {
        if (entry.partPath().isEmpty() || roots.trouble(entry.root()).isPresent()) return;
        Path file = roots.resolve(entry.root(), entry.partPath().get());
        if (disk.exists(file) && disk.size(file) == 0) disk.delete(file);
    }

    /// After trouble with the disk: what is not durable gives its place back, so that a full disk is not kept full by it (B.20).
    static void cut(PartFile part) {
        try {
            part.cut();
        } catch (IOException e) {
            LOG.info("download {}: its part keeps its length until it is opened again: {}", part.id(), e.toString());
        }
    }

    /// After a crash between rename and commit: the part is gone and the manifest proves the final file by length and digest (B.27).
    Optional<TransferEnd.Arrived> finishedBefore(Entry entry) throws DiskException {
        try {
            if (entry.filePath().isEmpty() || entry.partPath().isEmpty()) return Optional.empty();
            String path = entry.filePath().get();
            Path file = roots.resolve(entry.root(), path);
            if (disk.exists(roots.resolve(entry.root(), entry.partPath().get())) || !disk.exists(file) || !proven(entry, path)) {
                return Optional.empty();
            }
            Manifest.Line line = roots.manifest(entry.root()).read().get(path);
            if (line == null) return Optional.empty();
            return Optional.of(new TransferEnd.Arrived(path, line.quality(), line.size(), line.sha256(),
                    Files.getLastModifiedTime(file).toInstant(), Optional.of(line.reasons())));
        } catch (IOException e) {
            throw new DiskException(e);
        }
    }

    /// Whether the file at the path is the one that the manifest says we wrote for this item.
    private boolean proven(Entry entry, String path) throws IOException {
        Map<String, Manifest.Line> lines = roots.manifest(entry.root()).read();
        Manifest.Line line = lines.get(path);
        return line != null && store.sameItem(line, entry.key()) && same(roots.resolve(entry.root(), path), line.size(), line.sha256());
    }

    /// Length first, digest second.
    boolean same(Path file, long size, String sha256) throws IOException {
        return disk.size(file) == size && digest(file).equals(sha256);
    }

    static String digest(Path file) throws IOException {
        return digest(file, Long.MAX_VALUE);
    }

    /// Of the first `length` bytes at most.
    static String digest(Path file, long length) throws IOException {
        MessageDigest digest = sha256();
        try (var channel = Files.newByteChannel(file)) {
            var buffer = ByteBuffer.allocate(256 * 1024);
            for (long left = length; left > 0 && channel.read(buffer.limit((int) Math.min(buffer.capacity(), left))) >= 0;) {
                left -= buffer.position();
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Takes the bytes between two places of a file in.
    static void digest(Disk.Bytes bytes, long from, long to, MessageDigest digest) throws IOException {
        var buffer = ByteBuffer.allocate(256 * 1024);
        for (long at = from; at < to;) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
            int n = bytes.read(buffer, at);
            if (n <= 0) throw new IOException("the part file is shorter than it was");
            digest.update(buffer.flip());
            at += n;
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new FailureException(new Failure.MissingPart("SHA-256", "use a complete Java runtime"), e);
        }
    }

    static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) throw new IllegalArgumentException(file + " has no folder");
        return parent;
    }
}
