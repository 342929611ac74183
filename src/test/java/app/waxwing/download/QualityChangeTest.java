package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is here in one quality is wanted in another one.
class QualityChangeTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 16 * 20_000;
    @TempDir
    Path folder;
    private Rig rig;
    /// Finished files cannot be removed now.
    private volatile boolean stuck;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public boolean delete(Path file) throws IOException {
                if (stuck && file.toString().endsWith(".flac")) throw new IOException("another program has it open");
                return super.delete(file);
            }

            @Override
            public boolean link(Path from, Path to) throws IOException {
                return real.link(from, to);
            }
        }).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey track(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(400_000, id.hashCode()), LONG_AGO));
        return rig.track(1, id, 400_000);
    }

    private byte[] transcode(String id, Quality quality) {
        byte[] bytes = TransferTest.music(SIZE, id.hashCode() + quality.ordinal());
        rig.server.always(Rig.transcode(id, quality), r -> Reply.of(200, bytes, "Content-Type: audio/ogg").inChunks());
        return bytes;
    }

    private Download whole(ItemKey key, Quality quality) {
        Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.COMPLETED && d.quality().equals(quality.word())).isPresent(),
                () -> rig.row(key).toString());
        return rig.row(key).orElseThrow();
    }

    @Test
    @DisplayName("Quality B.24: from mp3 to mp3-128 and on the file has its plain name in the end, on the disk, in the list and in the manifest")
    void plainName() {
        ItemKey key = track("a");
        for (Quality quality : List.of(Quality.MP3_320, Quality.MP3_128, Quality.MP3_192)) {
            byte[] bytes = transcode("a", quality);
            rig.enqueue(key, quality);
            whole(key, quality);
            rig.settled();
            assertThat(rig.files()).as(quality.word()).containsExactly("Artist/Album/01 Title a.mp3");
            assertThat(rig.bytes(whole(key, quality))).isEqualTo(bytes);
            assertThat(rig.qualities("a")).containsExactly(quality.word());
        }
        assertThat(rig.engine.verify(true).join()).satisfies(r -> {
            assertThat(r.missing()).isEmpty();
            assertThat(r.damaged()).isEmpty();
            assertThat(r.unknown()).isEmpty();
            assertThat(r.repaired()).isEmpty();
        });
        rig.restart();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.mp3");
    }

    @Test
    @DisplayName("Quality B.30: verify --repair does not make an old file known again that is to be removed and cannot be now; the next start removes it")
    void notAdopted() {
        ItemKey key = track("a");
        transcode("a", Quality.OPUS_128);
        rig.enqueue(key);
        whole(key, Quality.ORIGINAL);
        stuck = true;
        rig.enqueue(key, Quality.OPUS_128);
        whole(key, Quality.OPUS_128);
        assertThat(rig.engine.verify(true).join()).satisfies(r -> {
            assertThat(r.repaired()).isEmpty();
            assertThat(r.unknown()).isEmpty();
        });
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.flac", "Artist/Album/01 Title a.opus");
        assertThat(rig.qualities("a")).containsExactly("opus-128");
        assertThat(rig.row(key).orElseThrow().quality()).isEqualTo("opus-128");
        stuck = false;
        rig.restart();
        rig.settled();
        assertThat(rig.files()).containsExactly("Artist/Album/01 Title a.opus");
    }

    @Test
    @DisplayName("Quality: a server makes two files at once, for all its accounts together, while originals and another server go on; a transcode "
            + "that is cancelled or broken off is called off at the server, one that came to its end is not")
    void twoAtOnce() {
        rig.engine.limits(rig.engine.limits().atOnce(8));
        rig.account(2);
        rig.account(9);
        byte[] bytes = TransferTest.music(SIZE, 1);
        List<ItemKey> made = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String id = "t" + i;
            made.add(rig.track(i < 4 ? 1 : i == 4 ? 2 : 9, id, 400_000));
            rig.server.always(Rig.transcode(id, Quality.OPUS_128),
                    r -> Reply.of(200, bytes, "Content-Type: audio/ogg").inChunks().stall(300_000));
        }
        rig.engine.enqueue(made, Origin.USER, 0, "opus-128").join();
        ItemKey original = track("o");
        rig.enqueue(original);
        whole(original, Quality.ORIGINAL);
        Rig.await(() -> coming().size() == 3, () -> rig.engine.activity().toString());
        assertThat(coming()).as("two of one server, one of another").contains("t5").filteredOn(id -> !id.equals("t5")).hasSize(2);
        assertThat(rig.row(made.getLast()).orElseThrow().status()).isEqualTo(Status.DOWNLOADING);
        assertThat(rig.givenUp).isEmpty();

        String first = coming().stream().filter(id -> !id.equals("t5")).findFirst().orElseThrow();
        Download running = rig.row(made.stream().filter(k -> k.id().equals(first)).findFirst().orElseThrow()).orElseThrow();
        rig.engine.cancel(List.of(running.id())).join();
        Rig.await(() -> rig.givenUp.size() == 1, () -> rig.givenUp.toString());
        assertThat(rig.givenUp.getFirst()).hasPath(Rig.transcode(first, Quality.OPUS_128));
        Rig.await(() -> coming().size() == 3 && !coming().contains(first), () -> rig.engine.activity().toString());

        ItemKey ends = rig.track(9, "ends", 400_000);
        transcode("ends", Quality.OPUS_128);
        rig.enqueue(ends, Quality.OPUS_128);
        whole(ends, Quality.OPUS_128);
        assertThat(rig.givenUp).hasSize(1);
    }

    /// Tracks of which bytes have come.
    private List<String> coming() {
        return rig.engine.activity().running().stream().filter(r -> r.bytes() > 0).map(r -> r.key().id()).toList();
    }

    @Test
    @DisplayName("Quality: a thousand finished tracks change at once, and what the user wishes next does not wait for their files")
    void aThousand() {
        int many = 1000;
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            keys.add(new ItemKey(1, "m" + i));
            rig.server.always(Rig.transcode("m" + i, Quality.OPUS_128),
                    r -> Reply.of(200, new byte[100], "Content-Type: audio/ogg").inChunks().stall(50));
        }
        rig.database.write(Durability.SOON, Lane.USER, sql -> {
            String numbers = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < " + (many - 1) + ") ";
            sql.execute(numbers + """
                    INSERT INTO download (account_id, item_id, quality, origin, class, status, progress, file_path, folder_id, queued_at,
                        completed_at) SELECT 1, 'm' || i, 'original', 'user', 1, 'completed', 1.0, i || '.flac', 1, 1, 1 FROM n""");
            return sql.execute(numbers + """
                    INSERT INTO media_file (account_id, item_id, quality, root, folder_id, path, path_key, size, modified_at, sha256,
                        is_pinned, used_seq, completed_at)
                    SELECT 1, 'm' || i, 'original', 'media', 1, i || '.flac', i || '.flac', 1, 1, '0', 1, 1, 1 FROM n""");
        }).join();
        rig.restart();
        assertThat(rig.engine.activity().completed()).isEqualTo(many);
        ItemKey wish = track("wish");
        var change = rig.engine.enqueue(keys, Origin.USER, 0, "opus-128");
        rig.engine.enqueue(List.of(wish), Origin.USER, 1, "original").join();
        assertThat(change).isCompleted();
        assertThat(rig.engine.activity().completed()).isZero();
        assertThat(rig.engine.find(change.join()).join()).hasSize(many).allMatch(d -> d.quality().equals("opus-128"));
        // What runs of the change is the user's own too and gives no way: it is paused, and then the wish is next.
        Rig.await(() -> rig.engine.activity().running().size() == Slots.MOST_MADE, () -> rig.engine.activity().toString());
        rig.engine.pause(rig.engine.activity().running().stream().map(DownloadEngine.Running::id).toList()).join();
        whole(wish, Quality.ORIGINAL);
        assertThat(rig.qualities("m1")).containsExactly("original");
    }
}
