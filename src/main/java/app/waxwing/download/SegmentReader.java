package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.download.Segment.Version;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.library.MediaLocator;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads ahead of a download for one listener, into and from its [Segments]. The server is asked as the transfer would ask: with the validator of
/// what the part file holds, and only an answer of that very version is used.
final class SegmentReader implements MediaLocator.ReadAhead {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentReader.class);
    private static final int TRIES = 4;
    private static final long FIRST_WAIT = 250;
    private final Entry entry;
    private final Transfer.Tools tools;
    private final Supplier<PartFile> part;
    private final int restarts;
    private final BooleanSupplier whole;
    private final Segments segments;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Exchange asking;
    private volatile @Nullable SegmentFetch fetch;
    /// By the reader alone.
    private long asked = -1;
    private int barren;

    /// @param part of the attempt that runs now, or ran last
    /// @param restarts the version that is heard
    /// @param whole asked before the server: whether the file is whole by now, of the same version
    SegmentReader(Transfers.Growing growing, Supplier<PartFile> part, int restarts, BooleanSupplier whole) {
        entry = growing.entry();
        tools = growing.tools();
        this.part = part;
        this.restarts = restarts;
        this.whole = whole;
        segments = tools.segments().join(entry.id());
    }

    @Override
    public boolean holds(long position) {
        return version().filter(v -> segments.holds(position, v)).isPresent();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        Optional<Version> of = version();
        return of.isEmpty() ? 0 : segments.read(position, of.get(), into, this::isClosed);
    }

    @Override
    public Opened open(long position) throws IOException {
        letGo();
        if (part.get().view().version() != restarts) throw GrowingSource.otherVersion();
        if (whole.getAsBoolean()) return Opened.KEPT;
        Optional<Version> of = version();
        if (of.isEmpty() || segments.refused() || lacksRoom(of.get().total() - position)) return Opened.UNKEPT;
        if (isBarren(position)) return Opened.REFUSED;
        for (int tries = 1; tries <= TRIES; tries++) {
            if (segments.holds(position, of.get())) return Opened.KEPT;
            try {
                return ask(position, of.get());
            } catch (FailureException | IOException e) {
                if (isClosed()) throw new AsynchronousCloseException();
                LOG.info("{} is not read ahead of its download: {}", entry.label().title(), e.toString());
                if (e instanceof FailureException || !pause(FIRST_WAIT << (tries - 1))) return Opened.REFUSED;
            } finally {
                asking = null;
            }
        }
        return Opened.REFUSED;
    }

    private Opened ask(long position, Version of) throws IOException {
        long account = entry.key().account();
        MediaRequest request = tools.source().request(entry.key(), entry.purpose());
        if (!request.resumable()) return Opened.UNKEPT;
        var http = new Exchange(tools.source().client(account), tools.options(), tools.time());
        asking = http;
        if (isClosed()) throw new AsynchronousCloseException();
        OptionalLong until = segments.next(position, Optional.of(of));
        Response response = http.send(request, position, of.validators().ifRange(), until);
        var what = new Answers.Asked(position, OptionalLong.of(of.total()), of.validators(),
                tools.source().name(account, request.url().getHost()), entry.label().title());
        Verdict verdict = tools.presence().weigh(account, Answers.judge(what, Answers.Head.of(response)), http.elsewhere());
        if (verdict instanceof Verdict.Append(long end)) {
            var next = new SegmentFetch(entry.key(), segments, tools.runaway(), http, response, end - position);
            if (segments.begin(position, of, next)) {
                fetch = next;
                tools.segments().start(next);
                if (isClosed()) letGo();
                return Opened.KEPT;
            }
        }
        http.stop();
        response.close();
        // Where no segment can begin here the transfer has come meanwhile, or somebody else reads here.
        if (verdict instanceof Verdict.Append) return segments.refused() ? Opened.UNKEPT : Opened.KEPT;
        LOG.info("{} is not read ahead of its download: {}", entry.label().title(), verdict);
        return Opened.REFUSED;
    }

    /// Answers without a byte are not asked for again and again.
    private boolean isBarren(long position) {
        barren = position == asked ? barren + 1 : 0;
        asked = position;
        return barren >= TRIES || barren > 0 && !pause(FIRST_WAIT << (barren - 1));
    }

    @Override
    public void letGo() {
        SegmentFetch running = fetch;
        fetch = null;
        if (running != null) running.letGo();
    }

    /// Once. Any thread; wakes a reader.
    void close() {
        closed.countDown();
        Exchange running = asking;
        if (running != null) running.stop();
        letGo();
        segments.wake();
        tools.segments().leave(segments);
    }

    private Optional<Version> version() {
        return Version.of(part.get().state()).filter(v -> v.restarts() == restarts);
    }

    private boolean lacksRoom(long most) {
        return tools.room().lacksBeside(Root.CACHE, most);
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /// @return false when it was closed meanwhile
    private boolean pause(long millis) {
        try {
            return !closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
