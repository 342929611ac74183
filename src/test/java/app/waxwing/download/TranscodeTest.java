package app.waxwing.download;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscodeTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 16 * 20_000;
    private static final Quality OPUS = Quality.OPUS_128;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private static Reply made(byte[] bytes) {
        return Reply.of(200, bytes, "Content-Type: audio/ogg", "Accept-Ranges: none").inChunks();
    }

    private ItemKey track(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(400_000, id.hashCode()), LONG_AGO));
        return rig.track(1, id, 400_000);
    }

    private byte[] transcode(String id, Quality quality) {
        byte[] bytes = TransferTest.music(SIZE, id.hashCode() + quality.ordinal());
        for (int i = 0; i < 6; i++) rig.server.script(Rig.transcode(id, quality), r -> made(bytes));
        return bytes;
    }

    @Test
    @DisplayName("B.7 a transcode without length arrives: right bytes, name, type and quality, the sign-in in the header alone")
    void arrives() {
        ItemKey key = track("a");
        byte[] bytes = transcode("a", OPUS);
        Download queued = rig.enqueue(key, OPUS);
        assertThat(queued.quality()).isEqualTo("opus-128");
        assertThat(queued.size()).isEmpty();
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(rig.bytes(done)).isEqualTo(bytes);
        assertThat(done.path().orElseThrow()).hasFileName("01 Title a.opus");
        assertThat(done.mimeType()).contains("audio/ogg");
        assertThat(done.size()).hasValue(SIZE);
        assertThat(rig.server.requests()).allSatisfy(r -> {
            assertThat(r.path()).doesNotContainIgnoringCase("token").doesNotContainIgnoringCase("key=");
            assertThat(r.header("authorization")).contains(Rig.TOKEN);
            assertThat(r.header("range")).isEmpty();
        });
    }

    @Test
    @DisplayName("issue 3 the details of a transcode name what is asked for it, of the server's own file that file, and no secret")
    void details() {
        ItemKey key = track("a");
        transcode("a", OPUS);
        long id = rig.enqueue(key, OPUS).id();
        assertThat(address(id)).isEqualTo(rig.server.url(Rig.transcode("a", OPUS)));
        rig.await(key, Status.COMPLETED);
        assertThat(address(id)).isEqualTo(rig.server.url(Rig.transcode("a", OPUS)));
        ItemKey small = track("b");
        rig.asTheyAre.add("b");
        long other = rig.enqueue(small, OPUS).id();
        rig.await(small, Status.COMPLETED);
        assertThat(address(other)).isEqualTo(rig.server.url(Rig.path("b")));
    }

    private String address(long id) {
        return rig.engine.details(id).join().orElseThrow().address().orElseThrow().toString();
    }

    @Test
    @DisplayName("0.7 B.7 cut anywhere, by connection or by a proper end, it starts from zero and is whole in the end")
    void cut() {
        int number = 0;
        for (int at : new int[]{0, 1, 63, 64, 16_383, SIZE / 2, 262_143, 262_144, SIZE - 16 * 1001, SIZE - 1}) {
            for (String how : List.of("reset", "closed", "ended")) {
                // Within the last second a proper end cannot be told from the track's own: that is the stated tolerance.
                if (how.equals("ended") && at > SIZE - 16 * 1000) continue;
                String id = "c" + number++;
                ItemKey key = track(id);
                byte[] bytes = TransferTest.music(SIZE, number);
                byte[] other = TransferTest.music(SIZE, -number);
                Reply cut = how.equals("ended") ? made(Arrays.copyOf(other, at)) : made(other).cut(at, how.equals("reset"));
                rig.server.script(Rig.transcode(id, OPUS), r -> cut, r -> made(bytes));
                rig.enqueue(key, OPUS);
                Download done = rig.await(key, Status.COMPLETED);
                assertThat(rig.bytes(done)).as("%s at %d", how, at).isEqualTo(bytes);
                assertThat(rig.server.requests(Rig.transcode(id, OPUS))).as("%s at %d", how, at).hasSize(2)
                        .noneMatch(r -> r.header("range").isPresent());
            }
        }
        rig.settled();
    }

    @Test
    @DisplayName("B.7 2.3 a server that always ends early costs four tries and is never believed; the sentence says how much came")
    void alwaysShort() {
        ItemKey key = track("a");
        byte[] half = TransferTest.music(SIZE / 2, 1);
        for (int i = 0; i < 4; i++) rig.server.script(Rig.transcode("a", OPUS), r -> made(half));
        rig.enqueue(key, OPUS);
        Download failed = rig.await(key, Status.FAILED);
        assertThat(failed.error().orElseThrow()).contains("0:10 of the 0:20 of «Title a»");
        assertThat(rig.server.requests(Rig.transcode("a", OPUS))).hasSize(4);
        assertThat(rig.files().stream().filter(f -> !f.endsWith(".part"))).isEmpty();
    }

    @Test
    @DisplayName("B.7 bytes of a transcode that are durable when the program ends are not gone on with")
    void restarted() {
        ItemKey key = track("a");
        byte[] bytes = TransferTest.music(SIZE, 2);
        rig.server.script(Rig.transcode("a", OPUS), r -> made(TransferTest.music(SIZE, 1)).stall(SIZE - 500));
        rig.server.script(Rig.transcode("a", OPUS), r -> made(bytes));
        rig.server.script(Rig.transcode("a", OPUS), r -> made(bytes));
        rig.enqueue(key, OPUS);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > SIZE / 2), () -> rig.row(key).toString());
        rig.restart();
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(bytes);
    }

    @Test
    @DisplayName("a lossy source that is no larger is taken as it is: the original with its own name, said to be the original, and fetched once")
    void asItIs() {
        ItemKey key = track("a");
        rig.asTheyAre.add("a");
        rig.enqueue(key, OPUS);
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(done.quality()).isEqualTo("original");
        assertThat(done.path().orElseThrow()).hasFileName("01 Title a.flac");
        assertThat(rig.bytes(done)).isEqualTo(TransferTest.music(400_000, "a".hashCode()));
        rig.enqueue(key, OPUS);
        Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.COMPLETED && d.quality().equals("original")).isPresent(),
                () -> rig.row(key).toString());
        assertThat(rig.server.requests(Rig.path("a"))).hasSize(1);
        assertThat(rig.qualities("a")).containsExactly("original");
        assertThat(rig.bytes(rig.row(key).orElseThrow())).hasSize(400_000);
        rig.settled();
    }

    @Test
    @DisplayName("a lossy source taken as it is goes on after a cut like any original")
    void asItIsGoesOn() {
        ItemKey key = track("a");
        rig.asTheyAre.add("a");
        Version version = Version.of(TransferTest.music(400_000, "a".hashCode()), LONG_AGO);
        rig.server.script(Rig.path("a"), r -> FaultServer.serve(version, r).cut(300_000, false));
        rig.enqueue(key, OPUS);
        assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
        assertThat(rig.server.requests(Rig.path("a")).getLast().header("range")).contains("bytes=300000-");
    }

    @Test
    @DisplayName("what the library knows of a source decides before anything is asked")
    void knownSource() {
        ItemKey key = track("a");
        rig.database
                .write(Durability.SOON, Lane.USER,
                        sql -> sql.update(TRACK).set(TRACK.CONTAINER, "mp3").set(TRACK.BITRATE, 96_000L).execute())
                .join();
        assertThat(rig.enqueue(key, Quality.MP3_320).quality()).isEqualTo("original");
        rig.await(key, Status.COMPLETED);
        assertThat(rig.enqueue(key, OPUS).status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    @DisplayName("an account that may not have music transcoded is told so, and nothing is queued; so is a quality that there is not")
    void notPermitted() {
        ItemKey key = track("a");
        rig.mayTranscode = false;
        assertThatThrownBy(() -> rig.enqueue(key, OPUS)).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(FailureException.class)
                .satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.NotPermitted.class));
        assertThatThrownBy(() -> rig.engine.enqueue(List.of(key), Origin.USER, 0, "opus-129").join())
                .satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.Invalid.class));
        assertThat(rig.row(key)).isEmpty();
    }

    @Test
    @DisplayName("without a decoder no transcode is taken for whole")
    void noDecoder() {
        ItemKey key = track("a");
        transcode("a", OPUS);
        rig.probe = (file, stop) -> {
            throw new Failure.MissingPart("The embedded decoder", "install it").asException();
        };
        rig.enqueue(key, OPUS);
        assertThat(rig.await(key, Status.FAILED).error().orElseThrow()).contains("embedded decoder");
    }

    @Test
    @DisplayName("another quality: the old file stays until the new one is whole, then exactly one is left; up and down again")
    void upAndDown() throws Exception {
        ItemKey key = track("a");
        byte[] bytes = transcode("a", OPUS);
        rig.enqueue(key);
        Path old = rig.await(key, Status.COMPLETED).path().orElseThrow();
        rig.server.script(Rig.transcode("a", Quality.MP3_192), r -> made(bytes).stall(300_000));
        rig.enqueue(key, Quality.MP3_192);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > 0), () -> rig.row(key).toString());
        assertThat(old).exists();
        assertThat(rig.qualities("a")).containsExactly("original");

        rig.enqueue(key, OPUS);
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(done.quality()).isEqualTo("opus-128");
        rig.settled();
        assertThat(old).doesNotExist();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.opus");
        assertThat(rig.qualities("a")).containsExactly("opus-128");

        rig.enqueue(key);
        Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.COMPLETED && d.quality().equals("original")).isPresent(),
                () -> rig.row(key).toString());
        rig.settled();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.flac");
        assertThat(Files.size(old)).isEqualTo(400_000);
        assertThat(rig.engine.verify(false).join()).satisfies(r -> assertThat(r.unknown()).isEmpty());
        assertThat(rig.engine.activity().completed()).isEqualTo(1);
    }

    @Test
    @DisplayName("a change of quality that is cancelled leaves the old file as it was; one that fails does too")
    void changeGivenUp() {
        ItemKey key = track("a");
        rig.enqueue(key);
        Download first = rig.await(key, Status.COMPLETED);
        rig.server.script(Rig.transcode("a", OPUS), r -> made(TransferTest.music(SIZE, 1)).stall(300_000));
        long id = rig.enqueue(key, OPUS).id();
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > 0), () -> rig.row(key).toString());
        rig.engine.cancel(List.of(id)).join();
        Download back = rig.await(key, Status.COMPLETED);
        assertThat(back.quality()).isEqualTo("original");
        assertThat(back.path()).isEqualTo(first.path());
        rig.settled();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.flac");

        for (int i = 0; i < 4; i++) rig.server.script(Rig.transcode("a", OPUS), r -> made(TransferTest.music(SIZE / 4, 1)));
        rig.enqueue(key, OPUS);
        Download failed = rig.await(key, Status.FAILED);
        assertThat(first.path().orElseThrow()).exists();
        assertThat(rig.qualities("a")).containsExactly("original");
        rig.engine.delete(List.of(failed.id())).join();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        assertThat(rig.qualities("a")).isEmpty();
        rig.settled();
    }

    @Test
    @DisplayName("a wish without a quality, as of a playlist that follows its server, leaves what is here in its own")
    void unnamed() {
        ItemKey key = track("a");
        transcode("a", OPUS);
        rig.enqueue(key, OPUS);
        rig.await(key, Status.COMPLETED);
        rig.engine.enqueue(List.of(key), Origin.QUEUE, 0, "original").join();
        assertThat(rig.row(key).orElseThrow()).satisfies(d -> {
            assertThat(d.status()).isEqualTo(Status.COMPLETED);
            assertThat(d.quality()).isEqualTo("opus-128");
        });
        rig.server.file("/Items/b/File", Version.of(TransferTest.music(400_000, 3), LONG_AGO));
        assertThat(rig.engine.growingFiles().open(track("b"))).isPresent();
        rig.server.script(Rig.transcode("c", OPUS), r -> made(TransferTest.music(SIZE, 1)).stall(300_000));
        ItemKey coming = track("c");
        rig.enqueue(coming, OPUS);
        assertThat(rig.engine.growingFiles().open(coming)).as("a transcode that is not whole is not played").isEmpty();
    }

    @Test
    @DisplayName("completeness: at most a second may be missing, whatever the length; longer is whole")
    void tolerance() {
        List<String> whole = new ArrayList<>();
        for (String pair : List.of("20.000 20.000", "20.000 19.000", "20.000 18.999", "20.000 0", "20.000 25", "3600 3599", "3600 3598.9",
                "0.8 0",
                "0.8 0.1")) {
            String[] words = pair.split(" ");
            if (Completeness.trouble("x", seconds(words[0]), seconds(words[1])).isEmpty()) whole.add(pair);
        }
        assertThat(whole).containsExactly("20.000 20.000", "20.000 19.000", "20.000 25", "3600 3599", "0.8 0.1");
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
}
