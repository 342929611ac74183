package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.InertText;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Verdict.Ending;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Protocol;
import okhttp3.Response;
import okio.BufferedSource;

/// Judges an answer's head by the rules B.1–B.18, without touching anything.
final class Answers {
    private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");
    private static final Pattern UNSATISFIED = Pattern.compile("bytes \\*/(\\d{1,18})");
    private static final Duration MOST_WAIT = Duration.ofHours(1);
    /// So many bytes tell a page.
    static final int SNIFF = 64;
    private static final String LATER = "; try again later, when nothing changes there";
    private static final List<String> NO_MUSIC = List.of("json", "xml", "html", "pdf", "image/png", "image/jpeg", "image/gif",
            "image/webp");

    private Answers() {}

    /// What was asked.
    ///
    /// @param offset 0 = no Range was sent
    /// @param total of the version that begins in the part file
    /// @param server its name, for sentences
    record Asked(long offset, OptionalLong total, Validators validators, String server, String what) {}

    /// The head of an answer.
    ///
    /// @param length of the body, -1 unknown
    /// @param header looks a header up by its lower-case name
    record Head(int code, long length, boolean http1, Function<String, Optional<String>> header) {
        static Head of(Response response) {
            boolean http1 = response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0;
            return new Head(response.code(), response.body().contentLength(), http1, n -> Optional.ofNullable(response.header(n)));
        }

        Optional<String> get(String name) {
            return header.apply(name).map(String::strip).filter(v -> !v.isEmpty());
        }

        OptionalLong bytes() {
            return length >= 0 ? OptionalLong.of(length) : OptionalLong.empty();
        }

        Validators validators() {
            return Validators.of(get("etag"), get("last-modified"), get("date"));
        }
    }

    static Verdict judge(Asked asked, Head head) {
        return switch (head.code()) {
            case 200 -> whole(asked, head);
            case 206 -> part(asked, head);
            case 416 -> unsatisfied(asked, head);
            case 401 -> new Verdict.Hold(Reason.SIGNED_OUT, new Failure.Unauthorised(asked.server()), Optional.empty());
            case 400, 403 -> new Verdict.Refuse(new Failure.NotPermitted("to download from it"));
            case 404, 410 -> new Verdict.Refuse(new Failure.NotFound("such track on the server any more"));
            case 408 -> new Verdict.AtOnce();
            case 429, 503 -> busy(asked, head);
            case 511 -> portal(asked);
            default -> head.code() >= 500
                    ? new Verdict.Broken(new Failure.Trouble(named(asked), "it reports an error (" + head.code() + ")"))
                    : new Verdict.Refuse(
                            new Failure.Trouble(named(asked), "it gave an answer that Waxwing does not understand (" + head.code() + ")"));
        };
    }

    private static Verdict whole(Asked asked, Head head) {
        Optional<Verdict> unusable = unusable(head);
        if (unusable.isPresent()) return unusable.get();
        boolean chunked = head.get("transfer-encoding").map(t -> t.toLowerCase(Locale.ROOT).contains("chunked")).orElse(false);
        boolean marked = head.length() >= 0 || chunked || !head.http1();
        return new Verdict.Whole(head.bytes(), marked ? Ending.MARKED : Ending.CLOSE, head.validators(), mime(head));
    }

    private static Verdict part(Asked asked, Head head) {
        if (asked.offset() == 0) return new Verdict.Afresh("a part was sent that nobody asked for" + LATER);
        Optional<Verdict> unusable = unusable(head);
        if (unusable.isPresent()) return unusable.get();
        Matcher range = RANGE.matcher(head.get("content-range").orElse(""));
        if (!range.matches() || range.group(3).equals("*")) return new Verdict.Afresh("the part does not say where it belongs" + LATER);
        long start = Long.parseLong(range.group(1));
        long end = Long.parseLong(range.group(2)) + 1;
        long total = Long.parseLong(range.group(3));
        if (start != asked.offset() || end <= start || end > total)
            return new Verdict.Afresh("another part was sent than was asked for" + LATER);
        if (asked.total().isEmpty() || asked.total().getAsLong() != total)
            return new Verdict.Afresh("the file has another size now" + LATER);
        if (head.length() >= 0 && head.length() != end - start)
            return new Verdict.Afresh("the part has another length than it says" + LATER);
        // ASP.NET answers 206 to a dated If-Range for an older file, and to any ETag where it has none: only the answer's own validators tell.
        if (!asked.validators().sameVersion(head.get("etag"), head.get("last-modified")))
            return new Verdict.Afresh("the file has changed" + LATER);
        return new Verdict.Append(end);
    }

    private static Verdict unsatisfied(Asked asked, Head head) {
        Matcher range = UNSATISFIED.matcher(head.get("content-range").orElse(""));
        if (asked.offset() > 0 && range.matches() && Long.parseLong(range.group(1)) == asked.offset()
                && asked.total().equals(OptionalLong.of(asked.offset()))) {
            return new Verdict.Complete();
        }
        return new Verdict.Afresh(asked.offset() > 0
                ? "the file is shorter now, or changes just now" + LATER
                : "it says that the file has no such part, though the whole was asked for; the file there may be empty or damaged");
    }

    /// Content that is encoded (B.9) or is no media at all (B.18).
    private static Optional<Verdict> unusable(Head head) {
        String encoding = head.get("content-encoding").orElse("identity").toLowerCase(Locale.ROOT);
        if (!encoding.equals("identity")) {
            return Optional.of(
                    new Verdict.Afresh("it sends encoded bytes (" + InertText.of(encoding) + ") though plain ones were asked for; whoever "
                            + "runs it, or a proxy before it, can switch that off for music"));
        }
        String type = mime(head).orElse("");
        if (type.equals("text/html") || type.equals("application/xhtml+xml"))
            return Optional.of(new Verdict.Page(head.bytes(), head.validators()));
        if (type.startsWith("multipart/")) return Optional.of(new Verdict.Afresh("it sends several parts where one was asked for" + LATER));
        return mayBeMusic(type) ? Optional.empty() : Optional.of(new Verdict.Broken(notMusic(InertText.of(type))));
    }

    /// A server that does not know what it sends says nothing, or that it is bytes, or takes its type from the name: `.sid` is a picture to some. So
    /// only what is something else for sure is no music, and what comes under another type is judged by its bytes ([Completeness#original]).
    private static boolean mayBeMusic(String type) {
        return type.startsWith("audio/") || type.startsWith("video/") || NO_MUSIC.stream().noneMatch(type::contains);
    }

    /// What came in place of music, be it for a moment: nothing of it is kept, and what is here stays.
    ///
    /// @param what its type, or how it begins
    static Failure notMusic(String what) {
        return new Failure.Trouble("The server sent something that is not music", what
                + "; if it stays so, play this track in the server's own page to see what it says");
    }

    /// A page that a network shows before it lets one through, or a proxy's error page: nothing is written, the server is probed first.
    static Verdict.Hold portal(Asked asked) {
        return new Verdict.Hold(Reason.NETWORK,
                new Failure.Trouble(named(asked), "this network answers with a page of its own; sign in to it first"),
                Optional.empty());
    }

    /// How a body begins, before anything is written or forgotten: portals lie about the type (B.18), and so do proxies about their errors.
    ///
    /// @param most so many of its bytes, or all
    static byte[] ahead(BufferedSource body, int most) throws IOException {
        body.request(most);
        var buffer = body.getBuffer();
        return buffer.snapshot((int) Math.min(most, buffer.size())).toByteArray();
    }

    private static Verdict busy(Asked asked, Head head) {
        Optional<Duration> wait = head.get("retry-after").flatMap(v -> retryAfter(v, head.get("date")));
        if (wait.isEmpty()) return new Verdict.Broken(new Failure.ServerBusy(asked.server(), Optional.empty()));
        return new Verdict.Hold(Reason.SERVER, new Failure.ServerBusy(asked.server(), wait), wait);
    }

    /// Seconds, three digits too (`060`), or a date, which is relative to the answer's own Date (B.14, B.34); at most an hour.
    static Optional<Duration> retryAfter(String value, Optional<String> date) {
        Optional<Duration> wait;
        if (value.matches("\\d{1,9}")) {
            wait = Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        } else {
            Optional<Instant> until = Validators.httpDate(value);
            Optional<Instant> from = date.flatMap(Validators::httpDate);
            wait = until.isPresent() && from.isPresent() ? Optional.of(Duration.between(from.get(), until.get())) : Optional.empty();
        }
        return wait.map(w -> w.isNegative() ? Duration.ZERO : w.compareTo(MOST_WAIT) > 0 ? MOST_WAIT : w);
    }

    private static Optional<String> mime(Head head) {
        return head.get("content-type").map(t -> t.split(";", 2)[0].strip().toLowerCase(Locale.ROOT)).filter(t -> !t.isEmpty());
    }

    private static String named(Asked asked) {
        return asked.server().isBlank() ? "The server" : asked.server();
    }
}
