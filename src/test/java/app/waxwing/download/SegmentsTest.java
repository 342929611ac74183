package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Segment.Version;
import app.waxwing.testing.ShiftedTime;
import app.waxwing.testing.TestScale;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What was read ahead of a download")
class SegmentsTest {
    private static final int TOTAL = 2_000_000;
    @TempDir
    Path cache;
    private final ShiftedTime time = new ShiftedTime();
    private SegmentFolder folder;
    private Segments segments;

    @BeforeEach
    void begin() {
        var disk = new SystemDisk();
        folder = new SegmentFolder(new Roots(cache, disk, new Random(1)), disk);
        segments = folder.join(7);
    }

    @AfterEach
    void end() {
        time.close();
    }

    private static Version version(int restarts, String tag) {
        return new Version(restarts, new Validators(Optional.of(tag), Optional.empty()), TOTAL);
    }

    private SegmentFetch fetch() {
        var request = new Request.Builder().url("http://127.0.0.1/").build();
        var answer = new Response.Builder().request(request).protocol(Protocol.HTTP_1_1).code(206).message("").build();
        return new SegmentFetch(new ItemKey(1, "t"), segments, new Runaway(time), new Exchange(new OkHttpClient(), Rig.FAST, time), answer,
                0);
    }

    /// Begins one at a place, fills it and lets it be.
    private boolean segment(byte[] file, int from, int to, Version of) {
        SegmentFetch fetch = fetch();
        if (!segments.begin(from, of, fetch)) return false;
        segments.append(fetch.segment(), fetch, ByteBuffer.wrap(file, from, to - from));
        fetch.letGo();
        return true;
    }

    private byte[] take(int from, Version of) {
        var out = new ByteArrayOutputStream();
        ByteBuffer buffer = ByteBuffer.allocate(70_000);
        while (segments.take(from + out.size(), Optional.of(of), buffer.clear()) > 0) out.write(buffer.array(), 0, buffer.position());
        segments.taken(from + out.size());
        return out.toByteArray();
    }

    @Test
    @DisplayName("B.42 the transfer stops where a segment of its version begins, and not for a few bytes or another version")
    void stops() {
        byte[] file = TransferTest.music(TOTAL, 1);
        Version one = version(0, "\"a\"");
        segment(file, 500_000, 520_000, one);
        segment(file, 800_000, 1_000_000, one);
        assertThat(segments.mayMeet(499_999)).isFalse();
        assertThat(segments.next(0, Optional.of(one))).as("a request goes past what is not worth another").hasValue(800_000);
        assertThat(segments.meets(400_000, 500_100, Optional.of(one))).isEmpty();
        assertThat(segments.meets(700_000, 800_100, Optional.of(one))).hasValue(800_000);
        assertThat(segments.meets(800_100, 808_000, Optional.of(one))).as("it has gone past the begin").hasValue(808_000);
        assertThat(take(808_000, one)).isEqualTo(Arrays.copyOfRange(file, 808_000, 1_000_000));
        assertThat(segments.mayMeet(TOTAL)).as("nothing is left").isFalse();
        segment(file, TOTAL - 1000, TOTAL, one);
        assertThat(segments.meets(TOTAL - 2000, TOTAL - 900, Optional.of(one))).as("the end of the file is worth it")
                .hasValue(TOTAL - 1000);
        assertThat(segments.meets(TOTAL - 2000, TOTAL - 900, Optional.of(version(0, "\"b\"")))).isEmpty();
        assertThat(segments.mayMeet(TOTAL)).as("another version's goes").isFalse();
    }

    @Test
    @DisplayName("B.42 at most eight are kept, of which the shortest gives way; one that ends where another place begins goes on growing")
    void few() {
        byte[] file = TransferTest.music(TOTAL, 1);
        Version one = version(0, "\"a\"");
        for (int i = 0; i < 8; i++) segment(file, 100_000 * (i + 1), 100_000 * (i + 1) + (i == 3 ? 1000 : 50_000), one);
        assertThat(segment(file, 1_500_000, 1_510_000, one)).isTrue();
        assertThat(segments.holds(400_500, one)).isFalse();
        assertThat(segments.holds(1_505_000, one)).isTrue();
        assertThat(segment(file, 150_000, 300_000, one)).isTrue();
        assertThat(segments.holds(199_999, one)).isTrue();
        assertThat(segments.holds(200_000, one)).isTrue();
        assertThat(take(100_000, one)).as("over the seam").isEqualTo(Arrays.copyOfRange(file, 100_000, 250_000));
    }

    @Test
    @DisplayName("B.42 of another version nothing is read, taken or gone on with")
    void versions() throws Exception {
        byte[] file = TransferTest.music(TOTAL, 1);
        Version one = version(0, "\"a\"");
        segment(file, 100_000, 300_000, one);
        for (Version other : List.of(version(1, "\"a\""), version(0, "\"b\""), new Version(0, one.validators(), TOTAL - 1))) {
            assertThat(segments.holds(150_000, other)).isFalse();
            assertThat(segments.read(150_000, other, ByteBuffer.allocate(10), () -> false)).isZero();
            assertThat(segments.next(0, Optional.of(other))).isEmpty();
        }
        assertThat(segments.holds(150_000, one)).isTrue();
        assertThat(take(150_000, version(0, "\"b\""))).isEmpty();
        assertThat(segments.holds(150_000, one)).isFalse();
    }

    @RepeatedTest(4)
    @DisplayName("B.42 seeded: whatever listens, comes, stops and starts again, the part is a beginning of one version")
    void seeded(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        var random = new Random(seed);
        List<byte[]> files = new ArrayList<>(List.of(TransferTest.music(TOTAL, 100)));
        List<SegmentFetch> fetches = new ArrayList<>();
        List<Version> of = new ArrayList<>();
        Version now = version(0, "\"0\"");
        byte[] part = new byte[TOTAL];
        int written = 0;
        long took = 0;
        for (int step = 0; step < TestScale.of(3000, 20_000); step++) {
            byte[] file = files.get(now.restarts());
            Optional<Version> mine = Optional.of(now);
            switch (random.nextInt(12)) {
                case 0 -> {
                    SegmentFetch fetch = fetch();
                    // Sometimes an answer that was asked for before the last restart.
                    Version asked = random.nextInt(5) > 0 || now.restarts() == 0
                            ? now
                            : version(now.restarts() - 1, "\"" + (now.restarts() - 1) + "\"");
                    if (segments.begin(random.nextInt(TOTAL), asked, fetch)) {
                        fetches.add(fetch);
                        of.add(asked);
                    }
                }
                case 1, 2, 3, 4, 5, 6 -> {
                    if (fetches.isEmpty()) continue;
                    int i = random.nextInt(fetches.size());
                    Segment into = fetches.get(i).segment();
                    int at = (int) into.end();
                    int n = Math.min(TOTAL - at, random.nextInt(60_000));
                    boolean more = segments.append(into, fetches.get(i), ByteBuffer.wrap(files.get(of.get(i).restarts()), at, n));
                    if (more && random.nextInt(20) > 0) continue;
                    fetches.get(i).letGo();
                    fetches.remove(i);
                    of.remove(i);
                }
                case 7, 8, 9, 10 -> {
                    ByteBuffer buffer = ByteBuffer.allocate(30_000);
                    for (int n = segments.take(written, mine, buffer); n > 0; n = segments.take(written, mine, buffer.clear())) {
                        System.arraycopy(buffer.array(), 0, part, written, n);
                        written += n;
                        took += n;
                    }
                    segments.taken(written);
                    int come = Math.min(TOTAL, written + random.nextInt(20_000));
                    OptionalLong met = segments.mayMeet(come) ? segments.meets(written, come, mine) : OptionalLong.empty();
                    int to = met.isPresent() ? (int) met.getAsLong() : come;
                    assertThat(to).as("seed %d step %d", seed, step).isBetween(written, come);
                    System.arraycopy(file, written, part, written, to - written);
                    written = to;
                }
                default -> {
                    if (written < TOTAL && random.nextInt(40) > 0) continue;
                    now = version(now.restarts() + 1, "\"" + (now.restarts() + 1) + "\"");
                    files.add(TransferTest.music(TOTAL, 100 + now.restarts()));
                    written = 0;
                    if (random.nextBoolean()) segments.clear();
                    continue;
                }
            }
            if (written == TOTAL || step % 100 == 0) {
                assertThat(Arrays.mismatch(part, 0, written, file, 0, written)).as("seed %d step %d", seed, step).isEqualTo(-1);
            }
        }
        assertThat(took).as("seed %d: it is about something", seed).isPositive();
        folder.leave(segments);
        assertThat(Rig.files(folder.place())).as("no scratch file stays").isEmpty();
    }
}
