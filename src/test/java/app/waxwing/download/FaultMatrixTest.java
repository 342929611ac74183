package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Then;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// Every fault × seeds × cut positions. The oracle: a finished file equals one version of the source, or it is not completed; and each fault has
/// its own end.
class FaultMatrixTest {
    private static final Instant DATE = Instant.parse("2024-05-01T10:00:00Z");
    private static final int BUFFER = 256 * 1024;
    /// Where a head is cut: before and in the status line, and around its end.
    private static final int[] HEAD = {0, 1, 8, 13, 60, Reply.HEAD_END - 4, Reply.HEAD_END - 2, Reply.HEAD_END - 1, Reply.HEAD_END};
    /// What a server that takes us for HTTP/2 says: its settings, and that it goes away before any stream.
    private static final byte[] GOES_AWAY = {0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    /// Each track of an account of its own: three refusals in a row would hold the others.
    private static final String FORBIDDEN = "B.12 403 on resume";
    private static final String BAD_REQUEST = "B.12 400 on resume";
    private static final String FULL = "B.20 the disk is full at the cut";
    private static final String OTHER_ELSEWHERE = "B.10 redirected elsewhere, to another version";
    private static final String GONE = "B.13 404 on resume";
    /// How those end that do not end with what the server has then.
    private static final Map<String, End> ENDS = Map.of(OTHER_ELSEWHERE, End.ANY, FORBIDDEN, End.FORBIDDEN, BAD_REQUEST,
            End.FORBIDDEN, GONE, End.GONE, FULL, End.HELD);
    /// A server that is only slow because the machine is busy is given time.
    private static final DownloadOptions OPTIONS = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Duration.ofSeconds(10),
            Duration.ofSeconds(2), Duration.ofSeconds(10), 1024, Rig.FAST.recheck());
    @TempDir
    Path folder;

    /// @param first the version that is there at the beginning
    /// @param second what replaces it in some cases
    /// @param elsewhere another origin, which has the first version at `/` and the id
    /// @param place which of the cuts it is
    record Case(Version first, Version second, int cut, int place, Random random, FaultServer elsewhere, String id, Fault fault) {
        Version then() {
            return fault.then(this);
        }

        Answer cutFirst() {
            return r -> FaultServer.serve(first, r).cut(cut, random.nextBoolean());
        }

        /// Sends the request to the other origin, with a body there that is cut or not.
        Answer away(boolean cutThere) {
            return r -> {
                if (cutThere) elsewhere.script("/" + id, q -> FaultServer.serve(first, q).cut(cut, true));
                return Reply.of(302, new byte[0], "Location: " + elsewhere.url("/" + id), "Content-Length: 0");
            };
        }

        Answer head(int status, String... headers) {
            return r -> Reply.of(status, new byte[0], headers);
        }

        /// What is sent for the second request, built on a right answer.
        Answer twisted(java.util.function.UnaryOperator<Reply> twist) {
            return r -> twist.apply(FaultServer.serve(first, r));
        }

        /// A thousand bytes where all the rest was asked for.
        Answer shorter(Then then) {
            return r -> {
                int total = first.bytes().length;
                if (r.header("range").isEmpty()) return FaultServer.serve(first, r);
                int end = Math.min(total, cut + 1000);
                return Reply
                        .of(206, Arrays.copyOfRange(first.bytes(), cut, end), "Content-Range: bytes " + cut + "-" + (end - 1) + "/" + total,
                                "Content-Length: " + (end - cut), "Last-Modified: " + FaultServer.date(DATE))
                        .then(then);
            };
        }
    }

    interface Fault {
        /// The scripted answers; afterwards the server serves `then`.
        List<Answer> script(Case c);

        default Version then(Case c) {
            return c.first();
        }
    }

    private static Fault once(Fault script, java.util.function.Function<Case, Version> then) {
        return new Fault() {
            @Override
            public List<Answer> script(Case c) {
                return script.script(c);
            }

            @Override
            public Version then(Case c) {
                return then.apply(c);
            }
        };
    }

    private static Version dated(Version v, Instant at) {
        return Version.of(v.bytes(), at);
    }

    static Map<String, Fault> faults() {
        Map<String, Fault> all = new LinkedHashMap<>();
        all.put("B.8 B.17 cut", c -> List.of(c.cutFirst()));
        all.put("B.8 cut twice", c -> List.of(c.cutFirst(), c.cutFirst()));
        all.put("B.1 200 for a Range",
                c -> List.of(c.cutFirst(), r -> Reply.of(200, c.first().bytes(), "Content-Length: " + c.first().bytes().length)));
        all.put("B.1 200 for a Range, cut again", c -> List.of(c.cutFirst(),
                r -> Reply.of(200, c.first().bytes(), "Content-Length: " + c.first().bytes().length).cut(c.cut(), true)));
        all.put("B.2 no Content-Range", c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-range"))));
        all.put("B.2 other start", c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-range")
                .header("Content-Range: bytes 7-" + (c.first().bytes().length - 1) + "/" + c.first().bytes().length))));
        all.put("B.2 end before start", c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-range")
                .header("Content-Range: bytes " + c.cut() + "-" + Math.max(0, c.cut() - 1) + "/" + c.first().bytes().length))));
        all.put("B.2 other total", c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-range")
                .header("Content-Range: bytes " + c.cut() + "-" + c.first().bytes().length + "/" + (c.first().bytes().length + 1)))));
        all.put("B.2 unknown total", c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-range")
                .header("Content-Range: bytes " + c.cut() + "-" + (c.first().bytes().length - 1) + "/*"))));
        all.put("B.2 multipart", c -> List.of(c.cutFirst(),
                c.twisted(r -> r.without("content-type").header("Content-Type: multipart/byteranges; boundary=x"))));
        all.put("B.3 416 without a total", c -> List.of(c.cutFirst(), c.head(416, "Content-Length: 0")));
        all.put("B.3 416 with another total", c -> List.of(c.cutFirst(), c.head(416, "Content-Length: 0", "Content-Range: bytes */3")));
        all.put("B.3 416 with our length as the total, a lie",
                c -> List.of(c.cutFirst(), c.head(416, "Content-Length: 0", "Content-Range: bytes */" + c.cut())));
        all.put("B.4 newer file of equal size", once(c -> List.of(c.cutFirst()), c -> dated(c.second(), DATE.plusSeconds(9))));
        all.put("B.5 older file of equal size", once(c -> List.of(c.cutFirst()), c -> dated(c.second(), DATE.minusSeconds(9))));
        all.put("B.4 file of another size", once(c -> List.of(c.cutFirst()),
                c -> Version.of(Arrays.copyOf(c.second().bytes(), c.second().bytes().length - 11), DATE.plusSeconds(5))));
        all.put("B.4 older file of another size", once(c -> List.of(c.cutFirst()),
                c -> Version.of(Arrays.copyOf(c.second().bytes(), c.second().bytes().length + 11), DATE.minusSeconds(5))));
        all.put("B.4 to and fro",
                c -> List.of(c.cutFirst(), r -> FaultServer.serve(dated(c.second(), DATE.plusSeconds(3)), r).cut(c.cut(), true)));
        all.put("B.4 other strong ETag, same date",
                once(c -> List.of(r -> FaultServer.serve(c.first().etag("\"a\""), r).cut(c.cut(), false)),
                        c -> c.second().etag("\"b\"")));
        all.put("B.5 other weak ETag, same date and size",
                once(c -> List.of(r -> FaultServer.serve(c.first().etag("W/\"a\""), r).cut(c.cut(), false)),
                        c -> c.second().etag("W/\"b\"")));
        all.put("B.5 the ETag is gone, same date",
                once(c -> List.of(r -> FaultServer.serve(c.first().etag("\"a\""), r).cut(c.cut(), false)), Case::second));
        all.put("B.6 no validator",
                once(c -> List.of(r -> FaultServer.serve(c.first().undated(), r).cut(c.cut(), false)), c -> c.second().undated()));
        all.put("B.7 a length too short", c -> List.of(r -> {
            int less = Math.max(1, c.cut() / 2);
            return Reply.of(200, Arrays.copyOf(c.first().bytes(), less), "Content-Length: " + less,
                    "Last-Modified: " + FaultServer.date(DATE));
        }));
        all.put("B.7 a length too long",
                c -> List.of(r -> Reply.of(200, c.first().bytes(), "Content-Length: " + (c.first().bytes().length + 10),
                        "Last-Modified: " + FaultServer.date(DATE))));
        all.put("B.7 no length, cut at the end of the connection",
                c -> List.of(r -> FaultServer.serve(c.first(), r).without("content-length").cut(c.cut(), false)));
        all.put("B.7 chunked, cut", c -> List.of(r -> FaultServer.serve(c.first(), r).inChunks().cut(c.cut(), false)));
        all.put("B.7 chunked, ends early but properly",
                c -> List.of(r -> Reply.of(200, Arrays.copyOf(c.first().bytes(), c.cut())).inChunks()));
        all.put("B.8 more bytes than the range promised", c -> List.of(c.cutFirst(), c.twisted(r -> new Reply(r.status(),
                r.without("content-length").headers(), Arrays.copyOf(r.body(), r.body().length + 5), true, -1, false, -1, false))));
        all.put("B.9 gzip on the whole", c -> List.of(c.twisted(r -> r.header("Content-Encoding: gzip"))));
        all.put("B.9 gzip on a range", c -> List.of(c.cutFirst(), c.twisted(r -> r.header("Content-Encoding: gzip"))));
        all.put("B.11 401", c -> List.of(c.cutFirst(), c.head(401, "Content-Length: 0")));
        all.put("B.14 503 with Retry-After, 429", c -> List.of(c.cutFirst(), c.head(503, "Retry-After: 0", "Content-Length: 0"),
                c.head(429, "Content-Length: 0")));
        all.put("B.14 500, 408", c -> List.of(c.cutFirst(), c.head(500, "Content-Length: 0"), c.head(408, "Content-Length: 0")));
        all.put("B.18 a portal on resume", c -> List.of(c.cutFirst(), r -> page("text/html"), r -> page("audio/flac")));
        all.put("B.18 a portal that answers the range",
                c -> List.of(c.cutFirst(), c.twisted(r -> r.without("content-type").header("Content-Type: text/html"))));
        all.put("B.8 the head is cut", c -> List.of(c.cutFirst(), c.twisted(r -> r.cutHead(HEAD[c.place()])), c.cutFirst()));
        all.put("B.8 the first head is cut", c -> List.of(c.twisted(r -> r.cutHead(HEAD[c.place()])), c.cutFirst()));
        all.put(FORBIDDEN, c -> List.of(c.cutFirst(), c.head(403, "Content-Length: 0")));
        all.put(BAD_REQUEST, c -> List.of(c.cutFirst(), c.head(400, "Content-Length: 0")));
        all.put(GONE, c -> List.of(c.cutFirst(), c.head(404, "Content-Length: 0")));
        all.put("B.16 refused on resume",
                c -> List.of(c.cutFirst(), r -> Reply.of(302, new byte[0], "Location: http://127.0.0.1:1/" + c.id(),
                        "Content-Length: 0")));
        all.put(FULL, c -> List.of());
        all.put("B.10 redirected elsewhere and cut there", c -> List.of(c.away(true), c.away(false)));
        all.put(OTHER_ELSEWHERE, c -> List.of(c.cutFirst(), r -> {
            c.elsewhere().script("/" + c.id(), q -> FaultServer.serve(dated(c.second(), DATE.minusSeconds(7)), q));
            return c.away(false).to(r);
        }));
        all.put("B.15 silence in the middle", c -> List.of(r -> FaultServer.serve(c.first(), r).stall(c.cut())));
        all.put("B.18 511", c -> List.of(c.cutFirst(), c.head(511, "Content-Length: 0")));
        all.put("B.18 redirected to a portal's page", c -> List.of(c.cutFirst(), r -> {
            c.elsewhere().script("/" + c.id(), q -> page("text/html"));
            return c.away(false).to(r);
        }));
        all.put("B.19 no answer to the request", c -> List.of(c.cutFirst(), r -> FaultServer.serve(c.first(), r).cutHead(0)));
        all.put("B.19 the connection ends between two answers, and nothing said so",
                c -> List.of(c.cutFirst(), c.shorter(Then.END), c.twisted(r -> r.then(Then.END))));
        all.put("B.19 the connection ends when the next request has come on it",
                c -> List.of(c.cutFirst(), c.shorter(Then.DROP), c.twisted(r -> r.then(Then.DROP))));
        all.put("B.19 HTTP/2 on resume, which goes away", c -> List.of(c.cutFirst(), r -> Reply.of(0, GOES_AWAY)));
        all.put("B.19 HTTP/2 at first, which goes away", c -> List.of(r -> Reply.of(0, GOES_AWAY), c.cutFirst()));
        all.put("a range shorter than asked for", c -> List.of(c.cutFirst(), c.shorter(Then.CLOSE)));
        return all;
    }

    /// How a download that met a fault must end. One of which every byte had come before the fault may be that version.
    private enum End {
        /// Completed, with what the server has at the end.
        NEW,
        /// Completed, with one version or the other.
        ANY,
        /// Held without a try spent, then completed.
        HELD,
        /// Final: not permitted.
        FORBIDDEN,
        /// Final: not there any more.
        GONE;

        Optional<String> trouble(Case c, Download end, Rig rig) {
            boolean first = false;
            boolean second = false;
            boolean then = false;
            if (end.status() == Status.COMPLETED) {
                byte[] bytes = rig.bytes(end);
                first = Arrays.equals(bytes, c.first().bytes());
                second = Arrays.equals(bytes, c.second().bytes());
                then = Arrays.equals(bytes, c.then().bytes());
                if (!first && !second && !then) return Optional.of("a wrong file");
                if ((first || second) && c.cut() == c.first().bytes().length) return Optional.empty();
            }
            String error = end.error().orElse("");
            boolean right = switch (this) {
                case NEW -> then;
                case ANY -> first || second || then;
                case HELD -> then && end.retryCount() == 0;
                case FORBIDDEN -> end.status() == Status.FAILED && error.contains("does not allow this account");
                case GONE -> end.status() == Status.FAILED && error.contains("on the server any more");
            };
            return right ? Optional.empty() : Optional.of("not " + this + " but " + end);
        }
    }

    private static Reply page(String type) {
        byte[] page = "<html><head><title>Sign in</title></head><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, page, "Content-Type: " + type, "Content-Length: " + page.length);
    }

    /// What all seeds together brought.
    private static final class Found {
        int files;
        int completed;
        final List<String> wrong = new ArrayList<>();
    }

    @Test
    @DisplayName("2.4 B.1–B.20: no fault at any place ever makes a wrong file complete, and each ends as it must")
    void nothingWrong(TestReporter reporter) throws Exception {
        var found = new Found();
        long first = System.nanoTime() % 1_000_000;
        for (int n = 0; n < TestScale.faultSeeds(); n++) {
            seed(found, first + n, n % 2 == 1);
        }
        reporter.publishEntry(Map.of("first seed", String.valueOf(first), "seeds", String.valueOf(TestScale.faultSeeds()), "faults",
                String.valueOf(faults().size()), "files", String.valueOf(found.files), "completed", String.valueOf(found.completed),
                "wrong",
                String.valueOf(found.wrong.size())));
        assertThat(found.wrong).isEmpty();
    }

    /// One time for each file that has a place named for it, the disk is full there.
    private static final class FullAt extends WrappedDisk {
        private final Map<String, Integer> places = new ConcurrentHashMap<>();

        @Override
        public Bytes open(Path file) throws IOException {
            String name = String.valueOf(file.getFileName()).replaceAll(".*Title (\\w+)\\..*", "$1");
            return new WrappedBytes(super.open(file)) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    Integer at = places.get(name);
                    if (at != null && position + from.remaining() > at) {
                        places.remove(name);
                        ByteBuffer fits = from.duplicate();
                        fits.limit(fits.position() + (int) Math.max(0, at - position));
                        super.write(fits, position);
                        throw new IOException("No space left on device");
                    }
                    super.write(from, position);
                }
            };
        }
    }

    /// @param big files of three buffers, cut around the second boundary; else of one and a half, cut around the first
    private void seed(Found found, long seed, boolean big) throws Exception {
        Path data = folder.resolve("seed" + seed);
        Map<ItemKey, Case> cases = new LinkedHashMap<>();
        Map<ItemKey, String> names = new LinkedHashMap<>();
        Map<ItemKey, End> ends = new LinkedHashMap<>();
        int full = 0;
        var disk = new FullAt();
        try (var server = new FaultServer();
                var elsewhere = new FaultServer();
                var rig = new Rig(data, server, OPTIONS, disk, r -> r, false).start()) {
            rig.limits.choose(new Limits(8, 0, 0, java.util.Optional.empty(), false, false, false));
            int number = 0;
            for (var fault : faults().entrySet()) {
                long account = 100L * (1 + number++);
                int boundary = big ? 2 * BUFFER : BUFFER;
                int size = boundary + 40_000 + new Random(seed).nextInt(200_000);
                int[] cuts = {0, 1, 63, boundary - 1, boundary, boundary + 1, size - 1, size, new Random(seed).nextInt(size)};
                var music = new Random(seed * 31L + number);
                var first = Version.of(TransferTest.music(size, music.nextLong()), DATE);
                var second = Version.of(TransferTest.music(size, music.nextLong()), DATE);
                for (int place = 0; place < cuts.length; place++) {
                    String id = "c" + number + "at" + place;
                    if (ENDS.get(fault.getKey()) == End.FORBIDDEN) account++;
                    rig.account(account);
                    var c = new Case(first, second, cuts[place], place, new Random(seed * 31L + cuts[place]), elsewhere, id,
                            fault.getValue());
                    ItemKey key = rig.track(account, id, size);
                    server.file(Rig.path(id), c.then());
                    elsewhere.file("/" + id, c.first());
                    server.script(Rig.path(id), fault.getValue().script(c).toArray(Answer[]::new));
                    if (fault.getKey().equals(FULL)) {
                        full = number;
                        disk.places.put(id, cuts[place]);
                    }
                    cases.put(key, c);
                    ends.put(key, ENDS.getOrDefault(fault.getKey(), End.NEW));
                    names.put(key, fault.getKey() + ", seed " + seed + ", cut " + cuts[place] + " of " + size);
                }
            }
            rig.engine.enqueue(cases.keySet(), Download.Origin.USER, 0, "original").join();
            int completed = 0;
            for (var one : cases.entrySet()) {
                ItemKey key = one.getKey();
                Rig.await(() -> {
                    var row = rig.row(key);
                    // Nine tracks of one account meet a 401 each: more than once in a row only a sign-in helps.
                    if (row.flatMap(Download::reason).filter(r -> r == Download.Reason.SIGNED_OUT).isPresent())
                        rig.engine.signedIn(key.account());
                    return row.filter(d -> d.status() == Status.COMPLETED || d.status() == Status.FAILED).isPresent();
                }, () -> names.get(key) + " is stuck: " + rig.row(key));
                Download end = rig.row(key).orElseThrow();
                if (end.status() == Status.COMPLETED) completed++;
                Optional<String> trouble = ends.getOrDefault(key, End.NEW).trouble(one.getValue(), end, rig);
                trouble.ifPresent(t -> found.wrong.add(names.get(key) + ": " + t));
            }
            // Only a file that has all its bytes before the place never met it.
            assertThat(disk.places.keySet()).as("seed %d: places at which the disk was never full", seed)
                    .isEqualTo(Set.of("c" + full + "at7"));
            found.files += cases.size();
            found.completed += completed;
            assertThat(rig.files().stream().filter(f -> f.endsWith(".part")).count()).isLessThanOrEqualTo(cases.size() - completed);
        }
        KillTest.delete(data);
    }
}
