package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Threads;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The [Segments] of all downloads, and where their scratch files lie: in our own folder of the cache. None is of use after the program's end: what a
/// power cut left there goes at the next start. Thread-safe.
final class SegmentFolder {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFolder.class);
    private final Roots roots;
    private final Disk disk;
    private final ThreadFactory threads = Threads.factory("ahead");
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, Segments> all = new HashMap<>();
    private boolean tidied;
    private boolean closed;

    SegmentFolder(Roots roots, Disk disk) {
        this.roots = roots;
        this.disk = disk;
    }

    /// For a transfer or a reader, which has to leave again.
    synchronized Segments join(long id) {
        Segments segments = all.computeIfAbsent(id, n -> new Segments(n, this));
        segments.users++;
        return segments;
    }

    /// Nothing stays after the last one.
    void leave(Segments segments) {
        synchronized (this) {
            if (--segments.users > 0) return;
            all.remove(segments.id(), segments);
        }
        segments.end();
    }

    /// The download is removed.
    void clear(long id) {
        Optional<Segments> segments;
        synchronized (this) {
            segments = Optional.ofNullable(all.get(id));
        }
        segments.ifPresent(Segments::clear);
    }

    /// Removes what an earlier run left; once, and before the first file of this run.
    synchronized void tidy() {
        if (tidied) return;
        tidied = true;
        if (!Files.isDirectory(place())) return;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(place())) {
            for (Path file : left) disk.delete(file);
        } catch (IOException e) {
            LOG.warn("what was read ahead in an earlier run is not removed", e);
        }
    }

    /// The program ends: no more is kept.
    void close() {
        Map<Long, Segments> before;
        synchronized (this) {
            closed = true;
            before = new HashMap<>(all);
        }
        before.values().forEach(Segments::end);
    }

    void start(SegmentFetch fetch) {
        threads.newThread(fetch).start();
    }

    Path place() {
        return roots.folder(Root.CACHE).resolve(Roots.OWN_FOLDER).resolve("ahead");
    }

    Segment make(long id, long start, Segment.Version of) throws IOException {
        synchronized (this) {
            if (closed) throw new IOException("the program ends");
            tidy();
        }
        try {
            roots.openCache();
        } catch (FailureException e) {
            throw new IOException(e.getMessage(), e);
        }
        SafeFiles.createOwnerOnlyFolder(place());
        Path file = place().resolve(id + "-" + number.incrementAndGet() + ".segment");
        return new Segment(start, of, file, disk.scratch(file));
    }

    void drop(Segment segment) {
        try {
            segment.drop(disk);
        } catch (IOException e) {
            LOG.warn("what was read ahead is removed at the next start", e);
        }
    }
}
