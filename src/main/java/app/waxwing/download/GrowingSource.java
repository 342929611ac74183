package app.waxwing.download;

import app.waxwing.base.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a file while a transfer writes it, up to the written offset, and waits there. It follows the download over broken connections; when
/// the transfer starts again with another version, the reader gets an [IOException] and must open anew at its time position.
final class GrowingSource implements ByteSource {
    private static final Logger LOG = LoggerFactory.getLogger(GrowingSource.class);
    private static final long LOOK_EVERY_MILLIS = 250;
    private final Downloads downloads;
    private final long id;
    private final Entry entry;
    private final int version;
    private final FileChannel channel;
    private final Runnable onClose;
    private final SegmentReader ahead;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile PartFile part;
    private volatile long wholeSize = -1;

    GrowingSource(Downloads downloads, long id, Transfers.Growing growing, Runnable onClose) throws IOException {
        this.downloads = downloads;
        this.id = id;
        this.entry = growing.entry();
        this.part = growing.part();
        this.version = part.view().version();
        this.onClose = onClose;
        Path file = growing.partPath();
        FileChannel opened;
        try {
            opened = FileChannel.open(file, StandardOpenOption.READ);
        } catch (java.nio.file.NoSuchFileException e) {
            // It has its final name by now.
            opened = FileChannel.open(file.resolveSibling(finalName(entry)), StandardOpenOption.READ);
        }
        channel = opened;
        ahead = new SegmentReader(growing, () -> part, version, this::isWholeByNow);
    }

    /// What is beyond the written bytes, of the same version; closed with this.
    SegmentReader ahead() {
        return ahead;
    }

    static IOException otherVersion() {
        return new IOException("the server has another version of this track now; open it again");
    }

    private static String finalName(Entry entry) {
        String path = entry.filePath().orElseThrow();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public long length() {
        return wholeSize >= 0 ? wholeSize : part.view().total().orElse(-1);
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) return 0;
        while (true) {
            if (closed.get()) throw new AsynchronousCloseException();
            if (wholeSize >= 0) return position < wholeSize ? ofWhole(position, into) : -1;
            PartFile.View view = part.view();
            if (view.version() != version) throw otherVersion();
            if (position < view.written()) {
                int start = into.position();
                int n = upTo(view.written(), position, into);
                if (n < 0 && position < part.view().written()) throw shorter();
                if (n >= 0 && part.view().version() == version) return n;
                // The version changed while these bytes were read, and they may be of either; or the end was cut off since it was not durable.
                into.position(start);
                continue;
            }
            if (view.whole() || (view.total().isPresent() && position >= view.total().getAsLong())) return -1;
            boolean over = view.ended();
            if (over) follow();
            part.await(v -> closed.get() || v.written() > position || v.whole() || v.version() != version || (v.ended() && !over),
                    LOOK_EVERY_MILLIS);
        }
    }

    @Override
    public String name() {
        return finalName(entry);
    }

    @Override
    public long available() {
        if (wholeSize >= 0) return wholeSize;
        PartFile known = part;
        PartFile.View view = known.view();
        if (!view.ended() || view.whole()) return view.written();
        // Whoever reads far ahead does not read here, and would not hear of the next attempt.
        Optional<PartFile> next = downloads.growing(id).map(Transfers.Growing::part)
                .filter(p -> p != known && p.written() >= view.written());
        next.ifPresent(p -> part = p);
        return next.map(PartFile::written).orElse(view.written());
    }

    /// Whether it became whole in an attempt that was not followed. Blocks.
    private boolean isWholeByNow() {
        if (!part.view().ended()) return false;
        try {
            Optional<Entry> row = downloads.stored(id).join();
            boolean whole = row.filter(r -> r.state() instanceof DownloadState.Completed && r.part().restarts() == version).isPresent();
            if (whole) wholeSize = row.get().part().bytes();
            return whole;
        } catch (CompletionException e) {
            LOG.info("whether {} is whole is not known: {}", entry.label().title(), e.toString());
            return false;
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) return;
        try {
            channel.close();
        } catch (IOException e) {
            LOG.warn("closing {}", entry.label().title(), e);
        }
        part.wake();
        ahead.close();
        onClose.run();
    }

    private int ofWhole(long position, ByteBuffer into) throws IOException {
        int n = upTo(wholeSize, position, into);
        if (n < 0) throw shorter();
        return n;
    }

    private static IOException shorter() {
        return new IOException("the file is shorter than what was written to it");
    }

    private int upTo(long written, long position, ByteBuffer into) throws IOException {
        int limit = into.limit();
        into.limit(into.position() + (int) Math.min(into.remaining(), written - position));
        try {
            return channel.read(into, position);
        } finally {
            into.limit(limit);
        }
    }

    /// The attempt ended in the middle: another follows, or the download is over.
    private void follow() throws IOException {
        Optional<Transfers.Growing> next = downloads.growing(id);
        if (next.isPresent() && next.get().part() != part) {
            part = next.get().part();
            return;
        }
        try {
            Optional<Entry> row = downloads.stored(id).join();
            if (row.isEmpty()) throw new IOException("the track is not fetched any more");
            switch (row.get().state()) {
                case DownloadState.Completed s -> {
                    // It became whole while nobody looked: the same file, if it is still the same version.
                    if (row.get().part().restarts() != version)
                        throw otherVersion();
                    wholeSize = row.get().part().bytes();
                }
                case DownloadState.Failed s -> throw new IOException(s.words());
                case DownloadState.Paused s -> throw new IOException("the download is paused");
                case DownloadState.Removing s -> throw new IOException("the track is not fetched any more");
                case DownloadState.Gone s -> throw new IOException("the track is not fetched any more");
                case DownloadState.Queued s -> LOG.debug("{} waits for its next attempt", entry.label().title());
                case DownloadState.Running s -> LOG.debug("{} begins its next attempt", entry.label().title());
            }
        } catch (CompletionException e) {
            throw new IOException("the queue cannot be read", e);
        }
    }
}
