package app.waxwing.testing;

import app.waxwing.base.Threads;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A file server over raw sockets that does exactly what a script says, connection by connection: cuts, lies, stalls, swaps.
/// What no script is left for is answered as ASP.NET, and so Jellyfin, would: ranges, a dated If-Range that passes for older files, no ETag.
public final class FaultServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Optional<TlsFaults> tls;
    private final ExecutorService threads = Threads.virtual("fault-server");
    private final Map<String, Version> files = new ConcurrentHashMap<>();
    private final Map<String, Deque<Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Answer> always = new ConcurrentHashMap<>();
    private final Map<String, Stop> stops = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile int pace;
    private volatile int holdAt = Integer.MAX_VALUE;
    private final Set<String> dripping = ConcurrentHashMap.newKeySet();
    private volatile CountDownLatch hold = new CountDownLatch(0);
    private final CountDownLatch closing = new CountDownLatch(1);

    public FaultServer() {
        this(Optional.empty());
    }

    /// @param tls speaks https with this certificate
    public FaultServer(Optional<TlsFaults> tls) {
        this.tls = tls;
        try {
            socket = tls.isPresent()
                    ? tls.get().context.getServerSocketFactory().createServerSocket(0, 200, InetAddress.getLoopbackAddress())
                    : new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Threads.start("fault-server-accept", this::accept);
    }

    /// One version of a file.
    public record Version(byte[] bytes, Optional<String> etag, Optional<Instant> modified, String mime) {
        public static Version of(byte[] bytes, Instant modified) {
            return new Version(bytes, Optional.empty(), Optional.of(modified), "audio/flac");
        }

        public Version etag(String tag) {
            return new Version(bytes, Optional.of(tag), modified, mime);
        }

        public Version undated() {
            return new Version(bytes, etag, Optional.empty(), mime);
        }
    }

    /// @param headers names in lower case
    public record Request(String method, String path, Map<String, String> headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }
    }

    /// Bytes of a body that went out.
    ///
    /// @param from where in the file they begin
    /// @param began when the answer's head went out, by the monotonic clock
    /// @param ended when the last of them had gone out, or the client was found to be away
    public record Sent(String path, long from, long count, long began, long ended) {}

    @FunctionalInterface
    public interface Answer {
        Reply to(Request request);
    }

    /// What becomes of the connection behind an answer.
    public enum Then {
        /// It ends, as the head says.
        CLOSE,
        /// It ends, and nothing said so.
        END,
        /// The next request on it gets no answer.
        DROP
    }

    /// What is written back.
    ///
    /// @param status 0 = no HTTP at all: only the body goes out
    /// @param cutAt the connection ends after so many bytes of the body; -1 = not
    /// @param reset by RST instead of FIN
    /// @param stallAt after so many bytes nothing comes any more; -1 = not
    /// @param trickle one byte at a time
    /// @param zeros so many zero bytes follow the body
    /// @param headCut the connection ends after so many bytes of status line and headers, or so many below [#HEAD_END] before their end; -1 = not
    public record Reply(int status, List<String> headers, byte[] body, boolean chunked, int cutAt, boolean reset, int stallAt,
            boolean trickle, long zeros, int headCut, Then then) {
        /// With all headers, and nothing behind them.
        public static final int HEAD_END = Integer.MAX_VALUE;

        public Reply(int status, List<String> headers, byte[] body, boolean chunked, int cutAt, boolean reset, int stallAt,
                boolean trickle) {
            this(status, headers, body, chunked, cutAt, reset, stallAt, trickle, 0, -1, Then.CLOSE);
        }

        public Reply zeros(long count) {
            return new Reply(status, headers, body, chunked, cutAt, reset, stallAt, trickle, count, headCut, then);
        }

        public Reply cutHead(int at) {
            return new Reply(status, headers, body, chunked, cutAt, reset, stallAt, trickle, zeros, at, then);
        }

        public Reply then(Then next) {
            return new Reply(status, headers, body, chunked, cutAt, reset, stallAt, trickle, zeros, headCut, next);
        }

        public static Reply of(int status, byte[] body, String... headers) {
            return new Reply(status, List.of(headers), body, false, -1, false, -1, false);
        }

        public Reply header(String line) {
            List<String> more = new ArrayList<>(headers);
            more.add(line);
            return new Reply(status, more, body, chunked, cutAt, reset, stallAt, trickle);
        }

        public Reply without(String name) {
            return new Reply(status, headers.stream().filter(h -> !h.toLowerCase(Locale.ROOT).startsWith(name + ":")).toList(), body,
                    chunked, cutAt,
                    reset, stallAt, trickle);
        }

        public Reply cut(int at, boolean byReset) {
            return new Reply(status, headers, body, chunked, at, byReset, stallAt, trickle);
        }

        public Reply stall(int at) {
            return new Reply(status, headers, body, chunked, cutAt, reset, at, trickle);
        }

        public Reply inChunks() {
            return new Reply(status, without("content-length").headers, body, true, cutAt, reset, stallAt, trickle);
        }

        public Reply slowly() {
            return new Reply(status, headers, body, chunked, cutAt, reset, stallAt, true);
        }
    }

    public String url(String path) {
        return (tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + socket.getLocalPort() + path;
    }

    public void file(String path, Version version) {
        files.put(path, version);
    }

    /// The next connections for this path, in order.
    public void script(String path, Answer... answers) {
        scripts.computeIfAbsent(path, p -> new ArrayDeque<>()).addAll(List.of(answers));
    }

    /// What this path is answered with when no script is left for it, each time anew.
    public void always(String path, Answer answer) {
        always.put(path, answer);
    }

    /// The next answer for one of these paths stops there once.
    ///
    /// @param at so many bytes of its body have gone out, or [Stop#BEFORE_HEAD]
    public Stop stop(int at, String... paths) {
        var stop = new Stop(at);
        for (String path : paths) stops.put(path, stop);
        return stop;
    }

    private Stop nextStop(String path) {
        Stop stop = stops.getOrDefault(path, new Stop(Integer.MAX_VALUE));
        stops.values().removeIf(stop::equals);
        return stop;
    }

    /// The next answer's head goes out letter by letter, 20 a second.
    public void dripHead(String path) {
        dripping.add(path);
    }

    /// Waits so many milliseconds after each 47 KiB of every body.
    public void pace(int millis) {
        pace = millis;
    }

    /// Every body that begins at the file's first byte stops after so many bytes, until [#release].
    public void hold(int at) {
        hold = new CountDownLatch(1);
        holdAt = at;
    }

    public void release() {
        holdAt = Integer.MAX_VALUE;
        hold.countDown();
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    public List<Request> requests(String path) {
        return requests.stream().filter(r -> r.path().equals(path)).toList();
    }

    /// Every body or piece of one that went out since the last time, in the order in which they ended.
    public List<Sent> takeSent() {
        List<Sent> all = List.copyOf(sent);
        sent.removeAll(all);
        return all;
    }

    /// No connection that was taken is open any more: what it sent is in [#takeSent].
    public boolean idle() {
        return open.get() == 0;
    }

    /// As ASP.NET's FileResultHelper answers for the version.
    public static Reply serve(Version v, Request request) {
        List<String> headers = new ArrayList<>(List.of("Accept-Ranges: bytes", "Content-Type: " + v.mime()));
        v.etag().ifPresent(e -> headers.add("ETag: " + e));
        v.modified().ifPresent(m -> headers.add("Last-Modified: " + date(m)));
        int total = v.bytes().length;
        Optional<String> range = request.header("range").filter(r -> ifRangeHolds(v, request));
        if (range.isEmpty()) {
            headers.add("Content-Length: " + total);
            return Reply.of(200, v.bytes(), headers.toArray(String[]::new));
        }
        String[] ends = range.get().replace("bytes=", "").split("-");
        int from = Integer.parseInt(ends[0]);
        int to = ends.length > 1 ? Math.min(total, Integer.parseInt(ends[1]) + 1) : total;
        if (from >= total) return Reply.of(416, new byte[0], "Content-Range: bytes */" + total, "Content-Length: 0");
        headers.add("Content-Range: bytes " + from + "-" + (to - 1) + "/" + total);
        headers.add("Content-Length: " + (to - from));
        return Reply.of(206, java.util.Arrays.copyOfRange(v.bytes(), from, to), headers.toArray(String[]::new));
    }

    /// Newer than the date: ignored. Older: passes. An ETag passes where the server has none.
    private static boolean ifRangeHolds(Version v, Request request) {
        Optional<String> sent = request.header("if-range");
        if (sent.isEmpty()) return true;
        if (sent.get().startsWith("\"") || sent.get().startsWith("W/")) {
            return v.etag().isEmpty() || (v.etag().equals(sent) && !sent.get().startsWith("W/"));
        }
        Instant asked = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(sent.get()));
        return v.modified().isEmpty() || v.modified().get().getEpochSecond() <= asked.getEpochSecond();
    }

    public static String date(Instant at) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket peer = socket.accept();
                open.incrementAndGet();
                threads.execute(() -> {
                    try {
                        serve(peer);
                    } finally {
                        open.decrementAndGet();
                    }
                });
            } catch (IOException e) {
                if (!socket.isClosed()) throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket peer) {
        try (peer) {
            peer.setTcpNoDelay(true);
            if (peer instanceof javax.net.ssl.SSLSocket secure) tls.ifPresent(t -> t.listen(secure));
            var in = new BufferedInputStream(peer.getInputStream());
            Optional<Request> request = read(in);
            if (request.isEmpty()) return;
            requests.add(request.get());
            Stop stop = nextStop(request.get().path());
            try {
                if (answer(peer, request.get(), stop) == Then.DROP) read(in).ifPresent(requests::add);
            } finally {
                stop.leave();
            }
        } catch (IOException e) {
            // The client went away: that is what it does when it is told to stop.
        }
    }

    private Then answer(Socket peer, Request request, Stop stop) throws IOException {
        stop.come(Stop.BEFORE_HEAD);
        Optional<Answer> scripted = next(request.path()).or(() -> Optional.ofNullable(always.get(request.path())));
        Version file = files.get(request.path());
        Reply reply = scripted.isPresent()
                ? scripted.get().to(request)
                : file != null ? serve(file, request) : Reply.of(404, new byte[0], "Content-Length: 0");
        write(peer, reply, request.path(), stop);
        return reply.then();
    }

    private Optional<Answer> next(String path) {
        Deque<Answer> left = scripts.get(path);
        if (left == null) return Optional.empty();
        synchronized (left) {
            return Optional.ofNullable(left.poll());
        }
    }

    private void drip(OutputStream out, byte[] head) throws IOException {
        for (byte letter : head) {
            out.write(letter);
            out.flush();
            pause(50);
        }
    }

    private void write(Socket peer, Reply reply, String path, Stop stop) throws IOException {
        OutputStream out = peer.getOutputStream();
        if (reply.status() == 0) {
            out.write(reply.body());
            out.flush();
            return;
        }
        var head = new StringBuilder("HTTP/1.1 " + reply.status() + " Some reason\r\n");
        if (reply.then() == Then.CLOSE) head.append("Connection: close\r\n");
        if (reply.headers().stream().noneMatch(h -> h.startsWith("Date:")))
            head.append("Date: ").append(date(Instant.now())).append("\r\n");
        reply.headers().forEach(h -> head.append(h).append("\r\n"));
        if (reply.chunked()) head.append("Transfer-Encoding: chunked\r\n");
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        if (reply.headCut() >= 0) {
            boolean fromEnd = reply.headCut() > Reply.HEAD_END / 2;
            out.write(start, 0, fromEnd ? start.length - (Reply.HEAD_END - reply.headCut()) : Math.min(reply.headCut(), start.length - 1));
            out.flush();
            return;
        }
        if (dripping.remove(path)) drip(out, start);
        else out.write(start);
        out.flush();
        byte[] body = reply.body();
        int end = reply.cutAt() >= 0 ? Math.min(reply.cutAt(), body.length) : body.length;
        if (reply.stallAt() >= 0) end = Math.min(end, reply.stallAt());
        long done = 0;
        long began = System.nanoTime();
        try {
            for (int at = 0; at < end;) {
                if (at >= holdAt && from(reply) == 0) held();
                stop.come(at);
                int n = stop.upTo(at, reply.trickle() ? 1 : Math.min(48_611, end - at));
                if (reply.chunked()) out.write((Integer.toHexString(n) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                out.write(body, at, n);
                if (reply.chunked()) out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                at += n;
                done = at;
                if (reply.trickle()) pause(5);
                else if (pace > 0) pause(pace);
            }
            stop.come(end);
            byte[] nothing = new byte[1 << 18];
            for (long left = end == body.length ? reply.zeros() : 0; left > 0;) {
                int n = (int) Math.min(left, nothing.length);
                out.write(nothing, 0, n);
                left -= n;
                done += n;
            }
        } finally {
            sent.add(new Sent(path, from(reply), done, began, System.nanoTime()));
        }
        if (reply.stallAt() >= 0) pause(60_000);
        boolean cut = reply.cutAt() >= 0 && reply.cutAt() < body.length;
        if (reply.chunked() && !cut) out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        if (reply.reset()) peer.setSoLinger(true, 0);
    }

    private static long from(Reply reply) {
        return reply.headers().stream().filter(h -> h.startsWith("Content-Range: bytes ") && !h.contains("*"))
                .map(h -> Long.parseLong(h.substring("Content-Range: bytes ".length(), h.indexOf('-', 20)))).findFirst().orElse(0L);
    }

    private void held() {
        try {
            if (!hold.await(60, TimeUnit.SECONDS)) throw new UncheckedIOException(new IOException("held for too long"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long millis) {
        try {
            if (closing.await(millis, TimeUnit.MILLISECONDS)) throw new UncheckedIOException(new IOException("closing"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<Request> read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) return Optional.empty();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        String[] parts = first.split(" ");
        return Optional.of(new Request(parts[0], parts[1], headers));
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) if (c != '\r') text.append((char) c);
        return text.toString();
    }
}
