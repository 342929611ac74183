package app.waxwing.demo;

import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A small HTTP/1.1 listener on loopback with persistent connections. Written on sockets because tests need to end bodies early, lie
/// about lengths and upgrade to WebSocket, which the JDK's own server does not allow. One virtual thread a connection.
final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /// Kestrel's limits: 8 KiB request line, 32 KiB headers, 30 MB body.
    private static final int LINE = 8 * 1024;
    private static final int HEADERS = 32 * 1024;
    private static final int BODY = 30_000_000;

    private final ServerSocket socket;
    private final Interceptor.Next handler;
    private final Time time;
    private final ExecutorService connections = Threads.virtual("demo");
    private final Thread acceptor;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    HttpListener(int port, Time time, Interceptor.Next handler) throws IOException {
        this.handler = handler;
        this.time = time;
        socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port));
        acceptor = Threads.start("demo-accept", this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    static String httpDate(java.time.Instant at) {
        return HTTP_DATE.format(at);
    }

    /// Cuts every open connection; new ones are taken as before.
    void dropConnections() {
        open.forEach(HttpListener::reset);
    }

    /// The port is dead when this returns: a connection that was just being taken is ended too.
    @Override
    public void close() {
        quietly(socket);
        try {
            acceptor.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.forEach(HttpListener::quietly);
        connections.shutdownNow();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                open.add(connection);
                connections.execute(() -> serve(connection));
            } catch (IOException e) {
                if (!socket.isClosed()) LOG.warn("accepting failed", e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream(), 16 * 1024);
            var out = new BufferedOutputStream(connection.getOutputStream(), 64 * 1024);
            while (one(in, out)) {
                // the next request of the same connection
            }
        } catch (Response.Cut cut) {
            if (cut.reset()) reset(connection);
        } catch (IOException e) {
            LOG.debug("connection ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!socket.isClosed()) LOG.error("request failed", e);
        } finally {
            open.remove(connection);
        }
    }

    /// @return whether the connection may carry another request
    private boolean one(InputStream in, OutputStream out) throws IOException {
        String line = line(in, LINE);
        if (line == null) return false;
        String[] words = line.split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) return refuse(out, 400);
        if (line.length() >= LINE) return refuse(out, 414);
        var headers = new LinkedHashMap<String, String>();
        int size = 0;
        for (String h = line(in, HEADERS); h != null && !h.isEmpty(); h = line(in, HEADERS)) {
            size += h.length();
            int colon = h.indexOf(':');
            if (colon <= 0) return refuse(out, 400);
            if (size >= HEADERS) return refuse(out, 431);
            headers.merge(h.substring(0, colon).toLowerCase(Locale.ROOT), h.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        byte[] body;
        if (headers.getOrDefault("transfer-encoding", "").toLowerCase(Locale.ROOT).contains("chunked")) body = chunks(in);
        else {
            long length = number(headers.getOrDefault("content-length", "0"));
            if (length < 0) return refuse(out, 400);
            if (length > BODY) return refuse(out, 413);
            if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
                out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
            body = in.readNBytes((int) length);
            if (body.length < length) return false;
        }
        int mark = words[1].indexOf('?');
        String path = mark < 0 ? words[1] : words[1].substring(0, mark);
        var request = new Request(time.now(), words[0], Request.decode(path.replace("+", "%2B")), words[1],
                Request.parseQuery(mark < 0 ? "" : words[1].substring(mark + 1)), Map.copyOf(headers), body);
        var response = handler.answer(request);
        boolean keep = !"close".equalsIgnoreCase(headers.get("connection")) && words[2].equals("HTTP/1.1")
                && response.framing() != Response.Framing.CLOSE && response.status() != 101;
        write(response, words[0].equals("HEAD"), keep, in, out);
        return keep;
    }

    private void write(Response r, boolean head, boolean keep, InputStream in, OutputStream out) throws IOException {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Date", httpDate(time.now()));
        headers.put("Server", "Kestrel");
        if (!keep && r.status() != 101) headers.put("Connection", "close");
        switch (r.framing()) {
            case LENGTH -> headers.put("Content-Length", Long.toString(r.length()));
            case CHUNKED -> headers.put("Transfer-Encoding", "chunked");
            case CLOSE, NONE -> {
            }
        }
        headers.putAll(r.headers());
        var top = new StringBuilder("HTTP/1.1 " + r.status() + " " + reason(r.status()) + "\r\n");
        headers.forEach((k, v) -> top.append(k).append(": ").append(v).append("\r\n"));
        out.write(top.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!head) {
            try {
                if (r.framing() == Response.Framing.CHUNKED) {
                    var chunked = new Chunked(out);
                    r.body().write(in, chunked);
                    chunked.finish();
                } else r.body().write(in, out);
            } catch (Response.Cut cut) {
                out.flush();
                throw cut;
            }
        }
        out.flush();
    }

    private static boolean refuse(OutputStream out, int status) throws IOException {
        out.write(("HTTP/1.1 " + status + " " + reason(status) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return false;
    }

    /// The line without its end, cut at the limit; null at the connection's end.
    private static @org.jspecify.annotations.Nullable String line(InputStream in, int limit) throws IOException {
        var line = new ByteArrayOutputStream(128);
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) return null;
            if (line.size() < limit) line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            String line = line(in, LINE);
            if (line == null) throw new IOException("chunked body ended early");
            long size = number(line.contains(";") ? "" : "0x" + line.strip());
            if (size < 0 || body.size() + size > BODY) throw new IOException("bad chunk");
            if (size == 0) break;
            body.write(in.readNBytes((int) size));
            line(in, LINE);
        }
        for (String trailer = line(in, LINE); trailer != null && !trailer.isEmpty();) trailer = line(in, LINE);
        return body.toByteArray();
    }

    private static long number(String text) {
        try {
            return text.startsWith("0x") ? Long.parseLong(text, 2, text.length(), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static void reset(Socket connection) {
        try {
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            LOG.debug("connection was gone already");
        }
        quietly(connection);
    }

    private static void quietly(java.io.Closeable thing) {
        try {
            thing.close();
        } catch (IOException e) {
            LOG.debug("closing failed: {}", e.getMessage());
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 101 -> "Switching Protocols";
            case 200 -> "OK";
            case 204 -> "No Content";
            case 206 -> "Partial Content";
            case 302 -> "Found";
            case 304 -> "Not Modified";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 412 -> "Precondition Failed";
            case 416 -> "Range Not Satisfiable";
            case 503 -> "Service Unavailable";
            default -> status < 400 ? "OK" : "Error";
        };
    }

    /// Each write of the body becomes a chunk when the buffer is full or flushed.
    private static final class Chunked extends OutputStream {
        private final OutputStream out;

        Chunked(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            if (length == 0) return;
            out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, from, length);
            out.write('\r');
            out.write('\n');
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        void finish() throws IOException {
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
