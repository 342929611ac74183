package app.waxwing.account;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.server.MediaRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A track on a server as seekable bytes: one connection reads ahead into [StreamWindow], a jump to bytes that are not there opens another by Range.
/// A connection that drops is taken up again at the byte where it ended, if the server still names the same length and time of change; a file that
/// has changed fails instead of being mixed. The sign-in travels in the request's header.
final class RemoteSource implements ByteSource {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteSource.class);
    /// A jump this far ahead of the connection waits for it instead of opening another.
    private static final long NEAR = 512 << 10;
    private static final int TRIES = 6;
    private static final long FIRST_WAIT = 250;

    private final OkHttpClient client;
    private final MediaRequest request;
    private final Executor io;
    private final Time time;
    private final StreamWindow window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final StreamVersion version;
    private final String name;

    // Under the lock:
    private long fetching;
    private long wanted;
    private int generation;
    private boolean running;
    private boolean rangeable;
    private @Nullable IOException trouble;
    private @Nullable Call open;
    private boolean closed;

    private RemoteSource(OkHttpClient client, MediaRequest request, Executor io, Time time, Response first) {
        this.client = client;
        this.request = request;
        this.io = io;
        this.time = time;
        this.version = StreamVersion.of(first);
        this.window = new StreamWindow(StreamWindow.LIMIT);
        this.rangeable = first.code() == 206;
        this.name = StreamVersion.name(first);
    }

    /// Returns when the server has agreed to send.
    static RemoteSource open(OkHttpClient client, MediaRequest request, Executor io, Time time) {
        try {
            var call = new AtomicReference<Call>();
            Response first = ask(client, request, 0, null, call::set);
            RemoteSource source = new RemoteSource(client, request, io, time, first);
            source.start(first, call.get());
            return source;
        } catch (IOException e) {
            throw new FailureException(Redirects.failure(e, request.url().getHost()), e);
        }
    }

    private static Response ask(OkHttpClient client, MediaRequest request, long from, @Nullable StreamVersion known,
            Consumer<Call> started) throws IOException {
        Response response = Redirects.get(client, request, b -> {
            if (!request.resumable()) return b;
            b.header("Range", "bytes=" + from + "-");
            if (known != null && from > 0 && !known.lastModified().isEmpty()) b.header("If-Range", known.lastModified());
            return b;
        }, started);
        int code = response.code();
        if (code == 200 || code == 206) return response;
        try (response) {
            Failure why = switch (code) {
                case 401 -> new Failure.Unauthorised(request.url().getHost());
                case 403 -> new Failure.NotPermitted("to play this");
                case 404 -> new Failure.NotFound("such track on the server");
                case 416 -> new Failure.Corrupt("The track on the server");
                case 429, 503 -> new Failure.ServerBusy(request.url().getHost(), java.util.Optional.empty());
                case 502, 504 -> new Failure.Offline(request.url().getHost());
                default -> new Failure.Trouble(request.url().getHost(), "it answered " + code);
            };
            throw new IOException("status " + code, why.asException());
        }
    }

    @Override
    public long length() {
        return version.length();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long available() {
        return window.unbroken();
    }

    @Override
    public int read(long position, ByteBuffer into) throws IOException {
        if (!into.hasRemaining()) return 0;
        lock.lock();
        try {
            wanted = position;
            changed.signalAll();
            while (true) {
                if (closed) throw new AsynchronousCloseException();
                if (version.length() >= 0 && position >= version.length()) return -1;
                int n = window.read(position, into);
                if (n > 0) return n;
                if (window.ended() && position >= window.end()) return -1;
                if (trouble != null) throw new IOException(trouble.getMessage(), trouble);
                if (!running || !coming(position)) move(window.firstMissing(position));
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void await() throws AsynchronousCloseException {
        try {
            changed.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AsynchronousCloseException();
        }
    }

    private boolean coming(long position) {
        return position >= fetching && (!rangeable || position - fetching <= NEAR);
    }

    /// Under the lock: another connection from here on; the one that runs ends.
    private void move(long from) {
        drop();
        long start = rangeable ? from : 0;
        int mine = ++generation;
        fetching = start;
        running = true;
        io.execute(() -> run(mine, null, start));
    }

    private void start(Response first, @Nullable Call call) {
        lock.lock();
        try {
            int mine = ++generation;
            running = true;
            open = call;
            io.execute(() -> run(mine, first, 0));
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        Call call = open;
        open = null;
        if (call != null) call.cancel();
    }

    private void run(int mine, @Nullable Response first, long from) {
        try {
            fetch(mine, first, from);
        } catch (RuntimeException | Error e) { // who reads must not wait for what nobody fetches
            LOG.error("a stream failed", e);
            failed(mine, new IOException("an error in Waxwing: " + e, e));
        }
    }

    private void fetch(int mine, @Nullable Response first, long from) {
        Response response = first;
        long at = from;
        int tries = 0;
        while (true) {
            long before = at;
            try {
                if (response == null) response = connect(mine, at);
                if (response == null) return;
                if (response.code() == 200) at = 0;
                at = pump(mine, response, at);
                return;
            } catch (IOException e) {
                if (response != null) response.close();
                response = null;
                at = position(mine);
                if (at < 0) return;
                if (at > before) tries = 0;
                if (hopeless(e) || ++tries >= TRIES) {
                    failed(mine, e);
                    return;
                }
                LOG.debug("the stream broke at {}, try {}: {}", at, tries, e.toString());
                if (!pause(mine, Duration.ofMillis(FIRST_WAIT << tries - 1))) return;
            }
        }
    }

    private static boolean hopeless(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof FailureException f) {
                return !(f.failure() instanceof Failure.ServerBusy || f.failure() instanceof Failure.Offline);
            }
        }
        return false;
    }

    private @Nullable Response connect(int mine, long at) throws IOException {
        Response response = ask(client, request, at, version, call -> opening(mine, call));
        lock.lock();
        try {
            if (mine != generation || closed) {
                response.close();
                return null;
            }
            if (!version.same(response, at)) {
                response.close();
                throw new IOException("changed", new Failure.Corrupt("The track has changed on the server; its stream").asException());
            }
            rangeable = response.code() == 206;
            fetching = rangeable ? at : 0;
            return response;
        } finally {
            lock.unlock();
        }
    }

    private void opening(int mine, Call call) {
        lock.lock();
        try {
            if (mine == generation && !closed) open = call;
            else call.cancel();
        } finally {
            lock.unlock();
        }
    }

    /// Copies the body into the window until it ends, the reader jumps away or all that is ahead is there.
    private long pump(int mine, Response response, long from) throws IOException {
        byte[] buffer = new byte[32 << 10];
        long at = from;
        try (InputStream in = response.body().byteStream()) {
            while (true) {
                int n = in.read(buffer);
                lock.lock();
                try {
                    if (mine != generation || closed) return at;
                    if (n < 0) {
                        ended(at);
                        return at;
                    }
                    window.write(at, buffer, n);
                    at += n;
                    fetching = at;
                    changed.signalAll();
                    while (at - wanted > StreamWindow.AHEAD && mine == generation && !closed) changed.awaitUninterruptibly();
                    if (mine != generation || closed) return at;
                    if (rangeable && window.has(at)) {
                        // A jump back has brought us to bytes that are here already: go on behind them.
                        long missing = window.firstMissing(at);
                        running = false;
                        if (version.length() < 0 || missing < version.length()) move(missing);
                        else drop();
                        return at;
                    }
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void ended(long at) throws IOException {
        if (version.length() >= 0 && at < version.length()) throw new IOException("the answer ended early");
        window.end(at);
        running = false;
        open = null;
        changed.signalAll();
    }

    /// Where this connection stands, or -1 when another has taken over.
    private long position(int mine) {
        lock.lock();
        try {
            return mine != generation || closed ? -1 : fetching;
        } finally {
            lock.unlock();
        }
    }

    private boolean pause(int mine, Duration wait) {
        lock.lock();
        try {
            long end = time.nanos() + wait.toNanos();
            while (mine == generation && !closed) {
                long left = end - time.nanos();
                if (left <= 0) return true;
                changed.awaitNanos(left);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void failed(int mine, IOException e) {
        lock.lock();
        try {
            if (mine != generation) return;
            trouble = e;
            running = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) return;
            closed = true;
            generation++;
            drop();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        window.clear();
    }
}
