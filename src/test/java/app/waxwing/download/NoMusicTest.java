package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD_TRAFFIC;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Answer;
import app.waxwing.testing.FaultServer.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole answers that are no music: none of them becomes a track (B.7, B.18).
class NoMusicTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final Duration TRACK = Duration.ofSeconds(47);
    private static final int SIZE = 800_000;
    @TempDir
    Path folder;
    private Rig rig;
    private final AtomicInteger decoded = new AtomicInteger();

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        rig.probe = (file, stop) -> {
            decoded.incrementAndGet();
            byte[] bytes = read(file);
            if (bytes.length < 4 || bytes[0] != 'f' && bytes[0] != 'j') throw new Failure.Unplayable("it", "no format").asException();
            return Rig.BY_SIZE.decoded(file, stop);
        };
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// As a sync leaves it: how long it lasts is known, its size is not.
    private ItemKey synced(String id, Answer... script) {
        ItemKey key = rig.track(1, id, -1);
        rig.lasts(key, TRACK);
        rig.server.script(Rig.path(id), script);
        return key;
    }

    private static Answer answer(String type, byte[] body) {
        List<String> headers = new ArrayList<>(List.of("Content-Length: " + body.length));
        if (!type.isEmpty()) headers.add("Content-Type: " + type);
        return r -> Reply.of(200, body, headers.toArray(String[]::new));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("2.4 B.7 B.18 an answer of a few bytes with 200 and a length is never a track: each of a proxy's and a server's errors fails with "
            + "what it is and what to do, nothing of it stays, and music that comes in the next try is taken")
    void errorsWithALength() {
        byte[] png = Arrays.copyOf(HexFormat.of().parseHex("89504e470d0a1a0a"), 506);
        record Case(String id, String type, byte[] body, String says) {}
        List<Case> cases = List.of(new Case("plain", "text/plain", bytes("Quota exceeded"), "«Quota exceeded»"),
                new Case("problem", "application/problem+json", bytes("{\"title\":\"x\"}"), "application/problem+json"),
                new Case("json", "application/json", bytes("{\"error\":\"x\"}"), "application/json"),
                new Case("png", "image/png", png, "image/png"),
                new Case("none", "", bytes("Bad gateway\n"), "«Bad gateway»"),
                new Case("octet", "application/octet-stream", bytes("Error processing request."), "«Error processing request.»"),
                new Case("jsonaudio", "audio/wav", bytes("{\"error\":\"x\"}"), "«{\"error\":\"x\"}»"),
                new Case("list", "audio/x-mpegurl", bytes("#EXTM3U\nhttp://a/b"), "«#EXTM3U http://a/b»"),
                new Case("binary", "audio/wav", Arrays.copyOfRange(png, 1, 400), "no kind that Waxwing knows"),
                new Case("zeros", "audio/wav", new byte[300_000], "one byte over and over"));
        for (Case c : cases) {
            Answer wrong = answer(c.type(), c.body());
            ItemKey key = synced(c.id(), wrong, wrong, wrong, wrong);
            rig.server.file(Rig.path(c.id()), Rig.version(c.id(), SIZE));
            rig.enqueue(key);
            Download failed = rig.await(key, Status.FAILED);
            assertThat(failed.error().orElseThrow()).as(c.id()).startsWith("The server sent something that is not music: ")
                    .contains(c.says()).contains("if it stays so").endsWith(".");
            assertThat(failed.bytesDownloaded()).as(c.id()).isZero();
            assertThat(rig.files()).as(c.id()).noneMatch(f -> f.contains(c.id()));
            rig.engine.retry(List.of(failed.id())).join();
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, SIZE)).as(c.id()).isTrue();
        }
    }

    @Test
    @DisplayName("B.18 whatever begins as a page is one, under any type and behind a byte-order mark: nothing is written, the network is asked about, "
            + "and where the server itself keeps sending it the download fails")
    void pages() {
        for (String page : List.of("<body>Please sign in</body>", "<!-- x --><html>", "<?xml version=\"1.0\"?><html>", "\uFEFF \n<html>")) {
            String id = "p" + Integer.toHexString(page.hashCode());
            ItemKey key = synced(id, answer("audio/wav", bytes(page)));
            rig.server.file(Rig.path(id), Rig.version(id, SIZE));
            rig.enqueue(key);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).as(page).isZero();
            assertThat(rig.right(key, SIZE)).as(page).isTrue();
        }
        ItemKey always = rig.track(1, "always", -1);
        rig.server.always(Rig.path("always"), answer("audio/wav", bytes("<body>Please sign in</body>")));
        rig.enqueue(always);
        assertThat(rig.await(always, Status.FAILED).error().orElseThrow()).contains("a web page; if it stays so");
    }

    @Test
    @DisplayName("2.3 B.18 a track in whose place the server itself sends pages, under their own type or with another text each time, fails after its "
            + "tries and holds nobody else up")
    void pagesInPlaceOfOne() {
        AtomicInteger asked = new AtomicInteger();
        Answer typed = answer("text/html; charset=utf-8", bytes("<html>Error</html>"));
        Answer varying = r -> answer("audio/flac", bytes("<html>Error " + "x".repeat(asked.incrementAndGet()) + "</html>")).to(r);
        Answer typedVarying = r -> answer("text/html", bytes("<html>Error " + "x".repeat(asked.incrementAndGet()) + "</html>")).to(r);
        Map.of("typed", typed, "varying", varying, "typedvarying", typedVarying).forEach((id, page) -> {
            ItemKey bad = rig.track(1, id, -1);
            rig.server.always(Rig.path(id), page);
            rig.enqueue(bad);
            List<ItemKey> good = java.util.stream.IntStream.range(0, 5).mapToObj(i -> rig.offered(id + "good" + i, 50_000)).toList();
            rig.engine.enqueue(good, Download.Origin.USER, 0, "original").join();
            Download failed = rig.await(bad, Status.FAILED);
            assertThat(failed.error().orElseThrow()).as(id).contains("a web page; if it stays so");
            assertThat(rig.server.requests(Rig.path(id))).as("%s: the first page may be the network's, each other one costs a try", id)
                    .hasSize(5);
            good.forEach(k -> assertThat(rig.await(k, Status.COMPLETED).retryCount()).as(k.id()).isZero());
        });
    }

    @Test
    @DisplayName("B.18 a text with a file's date that comes twice lies on the server: the second answer ends the download")
    void textOnTheServer() {
        var text = FaultServer.Version.of(bytes("This track was moved.\n"), LONG_AGO);
        ItemKey key = rig.track(1, "text", -1);
        rig.server.file(Rig.path("text"), text);
        rig.enqueue(key);
        assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).contains("it sends a text and no music: «This track was moved.»");
        assertThat(rig.server.requests(Rig.path("text"))).hasSize(2);
    }

    @Test
    @DisplayName("2.4 B.18 an error in place of the rest costs a try and no byte of what is here")
    void keepsWhatIsHere() {
        ItemKey key = synced("half", r -> FaultServer.serve(Rig.version("half", SIZE), r).cut(500_000, false),
                answer("text/plain", bytes("Quota exceeded")), answer("audio/flac", bytes("Quota exceeded")));
        rig.server.file(Rig.path("half"), Rig.version("half", SIZE));
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, SIZE)).isTrue();
        assertThat(rig.server.requests(Rig.path("half")).getLast().header("range")).contains("bytes=500000-");
        assertThat(decoded.get()).as("what is beyond doubt is not decoded").isZero();
    }

    @Test
    @DisplayName("B.7 B.28 an empty answer is no track, with or without a length, but where the library itself says that the file is empty")
    void empty() {
        for (boolean chunked : new boolean[]{false, true}) {
            String id = "empty" + chunked;
            Answer none = chunked ? r -> answer("audio/flac", new byte[0]).to(r).inChunks() : answer("audio/flac", new byte[0]);
            ItemKey key = synced(id, none, none, none, none);
            rig.enqueue(key);
            assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).contains("the server sent an empty file; if it stays so");
        }
    }

    @Test
    @DisplayName("2.4 B.7 with the mark of music but too few bytes for the track's length it is decoded: a piece fails, "
            + "and what sounds for so long is taken")
    void tooFew() {
        byte[] piece = Arrays.copyOf(Rig.version("piece", SIZE).bytes(), 20_000);
        Answer short_ = answer("audio/flac", piece);
        ItemKey key = synced("piece", short_, short_, short_, short_);
        rig.enqueue(key);
        assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).contains("it sent only 0:01 of the 0:47");
        assertThat(decoded.get()).isEqualTo(4);
        rig.probe = (file, stop) -> TRACK;
        ItemKey silence = synced("silence", short_);
        rig.enqueue(silence);
        assertThat(rig.bytes(rig.await(silence, Status.COMPLETED))).isEqualTo(piece);
    }

    @Test
    @DisplayName("2.4 a file of a kind that nobody knows here is decoded; one that does not sound is taken only where "
            + "the server's library has just this size")
    void oddKinds() {
        byte[] odd = TransferTest.music(SIZE, 5);
        odd[0] = 'j';
        ItemKey sounds = synced("sounds", answer("audio/x-odd", odd));
        rig.enqueue(sounds);
        assertThat(rig.bytes(rig.await(sounds, Status.COMPLETED))).isEqualTo(odd);
        assertThat(decoded.get()).isEqualTo(1);
        byte[] dumb = TransferTest.music(SIZE, 6);
        dumb[0] = 0x7E;
        rig.sizes = k -> OptionalLong.of(SIZE + (k.id().equals("another") ? 1 : 0));
        ItemKey taken = synced("taken", answer("application/x-odd", dumb));
        rig.enqueue(taken);
        assertThat(rig.bytes(rig.await(taken, Status.COMPLETED))).isEqualTo(dumb);
        Answer wrong = answer("application/x-odd", dumb);
        ItemKey another = synced("another", wrong, wrong, wrong, wrong);
        rig.enqueue(another);
        assertThat(rig.await(another, Status.FAILED).error().orElseThrow()).contains("no kind that Waxwing knows");
        Answer blank = answer("audio/wav", new byte[SIZE]);
        ItemKey zeros = synced("zeros", blank, blank, blank, blank);
        rig.enqueue(zeros);
        rig.await(zeros, Status.FAILED);
    }

    @Test
    @DisplayName("2.4 B.7 the same other size than the library's twice is believed only when what came sounds to its end")
    void otherSizeTwice() {
        byte[] error = TransferTest.music(900, 7);
        error[0] = 0x7E;
        Answer wrong = answer("audio/flac", error);
        ItemKey key = rig.track(1, "t", SIZE);
        rig.server.script(Rig.path("t"), wrong, wrong, wrong, wrong);
        rig.enqueue(key);
        rig.await(key, Status.FAILED);
        ItemKey stale = rig.track(1, "stale", SIZE + 5);
        rig.server.file(Rig.path("stale"), Rig.version("stale", SIZE));
        rig.enqueue(stale);
        rig.await(stale, Status.COMPLETED);
        assertThat(rig.right(stale, SIZE)).isTrue();
    }

    @Test
    @DisplayName("2.4 B.7 a file cut short, with a length that fits, is no track while the library, asked now, names its full size; one that the "
            + "library knows as it came needs only to sound")
    void cutWithALength() {
        byte[] half = Arrays.copyOf(TransferTest.music(SIZE, 5), SIZE / 2);
        rig.sizes = k -> OptionalLong.of(k.id().equals("cut") ? SIZE : SIZE / 2);
        for (String id : List.of("cut", "behind")) {
            ItemKey key = rig.track(1, id, SIZE);
            rig.lasts(key, Duration.ofSeconds(50));
            rig.server.always(Rig.path(id), answer("audio/flac", half));
            rig.enqueue(key);
        }
        assertThat(rig.await(new ItemKey(1, "cut"), Status.FAILED).error().orElseThrow()).contains("it sent only 0:25 of the 0:50");
        assertThat(rig.bytes(rig.await(new ItemKey(1, "behind"), Status.COMPLETED))).isEqualTo(half);
    }

    @Test
    @DisplayName("2.4 B.7 music behind a padding of one byte is taken where the library has just this size, whether it can be decoded here or not; a "
            + "file that is one byte throughout is not")
    void padded() {
        byte[] padded = TransferTest.music(SIZE, 5);
        Arrays.fill(padded, 0, 4096, (byte) 0);
        rig.sizes = k -> OptionalLong.of(SIZE);
        DurationProbe shorter = (file, stop) -> TRACK.minusSeconds(3);
        DurationProbe none = (file, stop) -> {
            throw new Failure.MissingPart("the decoder", "install it").asException();
        };
        for (DurationProbe probe : List.of(shorter, none)) {
            rig.probe = probe;
            ItemKey key = synced("padded" + probe.equals(none), answer("audio/mpeg", padded));
            rig.enqueue(key);
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(padded);
        }
        Answer blank = answer("audio/mpeg", new byte[SIZE]);
        ItemKey zeros = synced("zeros", blank, blank, blank, blank);
        rig.enqueue(zeros);
        assertThat(rig.await(zeros, Status.FAILED).error().orElseThrow()).contains("one byte over and over");
    }

    @Test
    @DisplayName("2.4 B.18 music that begins with a line of text, or comes under a type that is not its own, is taken by its bytes")
    void beginsWithText() {
        String line = "ICY 200 OK\r\nicy-notice1:<BR>This stream requires a player<BR>\r\nicy-name:Radio\r\nContent-Type:audio/mpeg\r\n\r\n";
        record Case(String id, String type, String front) {}
        for (Case c : List.of(new Case("icy", "audio/mpeg", line), new Case("tag", "audio/mpeg", "TAG" + " ".repeat(125)),
                new Case("sid", "image/x-mrsid-image", "PSID\u0000\u0002"), new Case("plaintype", "text/plain", "fLaC"))) {
            byte[] music = TransferTest.music(SIZE, 5);
            byte[] front = bytes(c.front());
            System.arraycopy(front, 0, music, 0, front.length);
            rig.probe = Rig.BY_SIZE;
            ItemKey key = synced(c.id(), answer(c.type(), music));
            rig.enqueue(key);
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).as(c.id()).isEqualTo(music);
        }
    }

    @Test
    @DisplayName("Limits: what a wrong answer says of its length is no measure for what came before: the download goes on")
    void measure() {
        int size = 9_000_000;
        byte[] music = TransferTest.music(size, 5);
        byte[] wrong = Arrays.copyOf(TransferTest.music(700, 7), 700);
        wrong[0] = 0x7E;
        Map<String, Answer> answers = Map.of("binary", answer("audio/flac", wrong), "page", answer("audio/flac", bytes("<html>Sign in")),
                "announced", answer("audio/flac", wrong));
        answers.forEach((id, answer) -> {
            ItemKey key = rig.track(1, id, id.equals("announced") ? size : -1);
            rig.lasts(key, TRACK);
            rig.server.script(Rig.path(id), r -> answer("audio/flac", music).to(r).cut(8_000_000, false), r -> {
                Rig.await(() -> rig.database.readNow(sql -> sql.fetchExists(DOWNLOAD_TRAFFIC,
                        DOWNLOAD_TRAFFIC.ITEM_ID.eq(id).and(DOWNLOAD_TRAFFIC.BYTES.ge(7_900_000L)))), () -> "what came is not counted");
                return Reply.of(500, new byte[0], "Content-Length: 0");
            }, answer);
            rig.server.file(Rig.path(id), FaultServer.Version.of(music, LONG_AGO));
            rig.enqueue(key);
        });
        for (String id : answers.keySet()) {
            ItemKey key = new ItemKey(1, id);
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).as(id).isEqualTo(music);
        }
    }

    @Test
    @DisplayName("B.18 what is music, a score, words, a page or nothing, by its first bytes")
    void kinds() {
        for (String mark : List.of("664c6143", "4f676753", "494433", "fffb9064", "fffa9064", "fff15080", "fff94c80", "52494646", "464f524d",
                "4d414320", "7776706b", "44534420", "46524d38", "1a45dfa3", "3026b2758e66cf11", "0000001c66747970", "2e7261fd", "0b77",
                "54544131", "0000000cf8726fba", "0000000cf8726fbb")) {
            assertThat(FirstBytes.of(head(mark))).as(mark).isEqualTo(FirstBytes.Kind.SOUND);
        }
        for (String mark : List.of("4d546864", "50534944", "494d504d")) {
            assertThat(FirstBytes.of(head(mark))).as(mark).isEqualTo(FirstBytes.Kind.SCORE);
        }
        for (String mark : List.of("7e7e7e00", "ffff0000", "89504e47", "1f8b08", "25504446")) {
            assertThat(FirstBytes.of(head(mark))).as(mark).isEqualTo(FirstBytes.Kind.UNKNOWN);
        }
        byte[] wide = "\uFEFF<html>".getBytes(StandardCharsets.UTF_16LE);
        assertThat(FirstBytes.page(wide)).isTrue();
        for (String text : List.of("Bad gateway", "ü", "RIFF is not here", "{\"a\":1}", "\uFEFF{}")) {
            assertThat(FirstBytes.of(bytes(text))).as(text).isEqualTo(FirstBytes.Kind.WORDS);
            assertThat(FirstBytes.page(bytes(text))).as(text).isFalse();
        }
        byte[] cut = Arrays.copyOf(bytes("Überlastet ü"), bytes("Überlastet ü").length - 1);
        assertThat(FirstBytes.of(cut)).as("cut in the middle of a letter").isEqualTo(FirstBytes.Kind.WORDS);
        assertThat(FirstBytes.of(new byte[64])).isEqualTo(FirstBytes.Kind.BLANK);
        assertThat(FirstBytes.of(new byte[0])).isEqualTo(FirstBytes.Kind.UNKNOWN);
        assertThat(FirstBytes.excerpt(bytes("One \n two\u202e" + "x".repeat(90))))
                .isEqualTo(Optional.of("One two\uFFFD" + "x".repeat(52) + "…"));
        for (byte[] any : List.of(new byte[0], new byte[1], new byte[5])) FirstBytes.page(any);
    }

    /// The mark, and bytes that are no text behind it.
    private static byte[] head(String hex) {
        byte[] mark = HexFormat.of().parseHex(hex);
        byte[] all = new byte[200];
        new Random(1).nextBytes(all);
        all[150] = 1;
        System.arraycopy(mark, 0, all, 0, mark.length);
        return all;
    }
}
