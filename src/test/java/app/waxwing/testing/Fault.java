package app.waxwing.testing;

import app.waxwing.demo.Interceptor;
import app.waxwing.demo.Response;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What can go wrong with one answer. Each is an [Interceptor]; combine by [FaultyServer#on].
public final class Fault {
    private Fault() {}

    /// Any status with a text body.
    public static Interceptor status(int status, String body) {
        return (_, _) -> Response.text(status, body);
    }

    /// The answer of a server that is still starting: 503, HTML, `Retry-After` in three digits.
    public static Interceptor starting(int seconds) {
        return (_, _) -> Response.html(503, "<html><body>Jellyfin is loading, please wait</body></html>").with("Retry-After",
                "%03d".formatted(seconds));
    }

    /// The answer to an address that the administrator blocks: 503 without a word.
    public static Interceptor blocked() {
        return (_, _) -> Response.status(503);
    }

    /// A captive portal: 200 and a web page whatever was asked.
    public static Interceptor portal() {
        return (_, _) -> Response.html(200, "<!DOCTYPE html><html><body>Please accept the terms of this hotel</body></html>");
    }

    public static Interceptor redirect(int status, String location) {
        return (_, _) -> Response.status(status).with("Location", location);
    }

    /// Ends the connection without an answer.
    public static Interceptor noAnswer() {
        return (_, _) -> {
            throw new Response.Cut(true);
        };
    }

    /// Orderly close in the middle of the body, though more was promised.
    public static Interceptor cutAfter(long bytes) {
        return body(out -> new Limited(out, bytes, () -> {
            throw new Response.Cut(false);
        }));
    }

    /// TCP reset in the middle of the body.
    public static Interceptor resetAfter(long bytes) {
        return body(out -> new Limited(out, bytes, () -> {
            throw new Response.Cut(true);
        }));
    }

    /// A clean end too early, as when ffmpeg fails half-way: for chunked answers.
    public static Interceptor endAfter(long bytes) {
        return (request, next) -> {
            var r = next.answer(request);
            return r.with((in, out) -> {
                try {
                    r.body().write(in, new Limited(out, bytes, () -> {
                        throw new EarlyEnd();
                    }));
                } catch (EarlyEnd end) {
                    out.flush();
                }
            });
        };
    }

    /// Sends so many bytes and then nothing, until the latch opens.
    public static Interceptor stallAfter(long bytes, CountDownLatch until) {
        return body(out -> new Limited(out, bytes, () -> await(until, Duration.ofMinutes(5))));
    }

    /// Waits before it answers at all, at most so long or until the latch opens.
    public static Interceptor delay(Duration time, CountDownLatch until) {
        return (request, next) -> {
            await(until, time);
            return next.answer(request);
        };
    }

    public static Interceptor delay(Duration time) {
        return delay(time, new CountDownLatch(1));
    }

    /// Sends the body at this rate.
    public static Interceptor slow(long bytesPerSecond) {
        return body(out -> new Slow(out, bytesPerSecond));
    }

    /// Claims another length than it sends.
    public static Interceptor lyingLength(long claimed) {
        return (request, next) -> next.answer(request).withLength(claimed);
    }

    /// Length unknown: chunked, without ranges.
    public static Interceptor chunked() {
        return (request, next) -> next.answer(request.withoutHeader("Range")).with(Response.Framing.CHUNKED).without("Accept-Ranges");
    }

    /// Length unknown: the end of the connection is the end of the body.
    public static Interceptor untilClose() {
        return (request, next) -> next.answer(request.withoutHeader("Range")).with(Response.Framing.CLOSE).without("Accept-Ranges");
    }

    /// Ignores `Range`: always 200 and the whole file.
    public static Interceptor ignoresRange() {
        return (request, next) -> next.answer(request.withoutHeader("Range")).without("Accept-Ranges");
    }

    /// Answers a range with another range than was asked: shifted by so many bytes.
    public static Interceptor wrongRange(long shift) {
        return (request, next) -> {
            var range = request.header("Range").filter(h -> h.matches("bytes=\\d+-"))
                    .map(h -> Long.parseLong(h.substring(6, h.length() - 1)));
            return next.answer(range.isPresent() ? request.withHeader("Range", "bytes=" + (range.get() + shift) + "-") : request);
        };
    }

    /// The true range, but without, or with another, `Content-Range`.
    public static Interceptor contentRange(String value) {
        return (request, next) -> {
            var r = next.answer(request);
            return r.status() != 206 ? r : value.isEmpty() ? r.without("Content-Range") : r.with("Content-Range", value);
        };
    }

    /// Another header value, or none when empty.
    public static Interceptor header(String name, String value) {
        return (request, next) -> value.isEmpty() ? next.answer(request).without(name) : next.answer(request).with(name, value);
    }

    /// Later pages begin so many items too early, as when something was inserted meanwhile: ids repeat, the last ones vanish.
    public static Interceptor shiftedPages(int by) {
        return (request, next) -> {
            int start = request.param("startIndex").map(Integer::parseInt).orElse(0);
            return next.answer(start == 0 ? request : request.withParam("startIndex", Integer.toString(Math.max(0, start - by))));
        };
    }

    private interface Wrap {
        OutputStream around(OutputStream out);
    }

    private static Interceptor body(Wrap wrap) {
        return (request, next) -> {
            var r = next.answer(request);
            return r.with((in, out) -> r.body().write(in, wrap.around(out)));
        };
    }

    private static void await(CountDownLatch latch, Duration longest) throws IOException {
        try {
            latch.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("stopped");
        }
    }

    private interface AtLimit {
        void run() throws IOException;
    }

    private static final class EarlyEnd extends IOException {
        private static final long serialVersionUID = 1;
    }

    /// Passes a number of bytes on, then does what it is told, then passes the rest.
    private static final class Limited extends OutputStream {
        private final OutputStream out;
        private final AtLimit then;
        private long left;
        private boolean done;

        Limited(OutputStream out, long bytes, AtLimit then) {
            this.out = out;
            this.then = then;
            left = bytes;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int now = (int) Math.min(left, length);
            out.write(bytes, from, now);
            left -= now;
            if (left > 0) return;
            if (!done) {
                done = true;
                out.flush();
                then.run();
            }
            out.write(bytes, from + now, length - now);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }

    private static final class Slow extends OutputStream {
        private static final int STEP = 20;
        private final OutputStream out;
        private final int slice;

        Slow(OutputStream out, long bytesPerSecond) {
            this.out = out;
            slice = (int) Math.max(1, bytesPerSecond * STEP / 1000);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[]{(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int at = 0; at < length; at += slice) {
                out.write(bytes, from + at, Math.min(slice, length - at));
                out.flush();
                await(new CountDownLatch(1), Duration.ofMillis(STEP));
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
