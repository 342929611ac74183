package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.VerifyReport;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyRepairTest {
    private static final int SIZE = 60_000;
    @TempDir
    Path folder;
    private Rig rig;
    private volatile boolean readOnly;

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                if (readOnly) throw new IOException("Read-only file system");
                return super.open(file);
            }
        }).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey kept(String id) {
        ItemKey key = rig.offered(id, SIZE);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        return key;
    }

    private Path file(ItemKey key) {
        return rig.row(key).orElseThrow().path().orElseThrow();
    }

    private VerifyReport verify(boolean repair) throws Exception {
        return rig.engine.verify(repair).get(60, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("0.3 verify --repair gives a file that somebody renamed or put elsewhere its name back; nothing is fetched, nothing is replaced")
    void renamed() throws Exception {
        ItemKey renamed = kept("a");
        ItemKey elsewhere = kept("b");
        ItemKey there = kept("c");
        Path first = file(renamed);
        Path second = file(elsewhere);
        Files.move(first, first.resolveSibling("My favourite.flac"));
        Path other = Files.createDirectories(rig.paths.media().resolve("Sorted").resolve("by me")).resolve("b.flac");
        Files.move(second, other);
        Path copy = Files.copy(file(there), rig.paths.media().resolve("copy of c.flac"));
        int asked = rig.server.requests().size();
        assertThat(verify(false)).matches(r -> r.missing().size() == 2 && r.unknown().size() == 3 && r.repaired().isEmpty());
        assertThat(first).as("a look changes nothing").doesNotExist();
        assertThat(verify(true)).satisfies(r -> {
            assertThat(r.repaired()).containsExactlyInAnyOrder(
                    "Artist/Album/My favourite.flac: known again as Artist/Album/01 Title a.flac",
                    "Sorted/by me/b.flac: known again as Artist/Album/01 Title b.flac");
            assertThat(r.missing()).isEmpty();
            assertThat(r.unknown()).containsExactly("copy of c.flac");
        });
        assertThat(rig.right(renamed, SIZE) && rig.right(elsewhere, SIZE) && rig.right(there, SIZE)).isTrue();
        assertThat(copy).exists();
        assertThat(rig.paths.media().resolve("Sorted")).doesNotExist();
        assertThat(rig.server.requests()).hasSize(asked);
        assertThat(verify(false)).matches(r -> r.missing().isEmpty() && r.damaged().isEmpty() && r.unknown().size() == 1);
    }

    private void forgotten(boolean file) {
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(DOWNLOAD).execute()
                + (file ? sql.deleteFrom(MEDIA_FILE).execute() : 0)).join();
    }

    @Test
    @DisplayName("2.13 a cached file that is found again after the database was lost is in the list: missing, it is fetched again as verify --repair says; evicted, it is told of")
    void cachedFoundAgain() throws Exception {
        ItemKey key = rig.offered("a", SIZE);
        rig.engine.fetchAhead().next(List.of(key)).join();
        Path file = rig.await(key, Status.COMPLETED).path().orElseThrow();
        rig.engine.close();
        forgotten(true);
        rig.reopen(true);
        assertThat(rig.await(key, Status.COMPLETED).origin()).isEqualTo(Download.Origin.QUEUE);
        Files.delete(file);
        assertThat(verify(true).repaired()).containsExactly("Artist/Album/01 Title a.flac: fetched again");
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, SIZE)).isTrue();
        rig.engine.fetchAhead().clear().join();
        Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.EVICTED), () -> rig.events.toString());
        assertThat(rig.row(key)).isEmpty();
    }

    @Test
    @DisplayName("2.13 verify counts files that the manifest does not tell of as it should, and --repair tells of them: after a loss of the database they are known again")
    void lostManifest() throws Exception {
        ItemKey torn = kept("a");
        ItemKey other = kept("b");
        ItemKey right = kept("c");
        Path manifest = rig.paths.media().resolve(".waxwing").resolve("manifest.jsonl");
        told();
        assertThat(verify(false).untold()).isZero();
        var lines = new java.util.ArrayList<>(Files.readAllLines(manifest));
        lines.removeIf(line -> line.contains("Title a.flac"));
        Files.write(manifest, lines);
        assertThat(verify(false).untold()).isEqualTo(1);
        Files.delete(manifest);
        assertThat(verify(false).untold()).isEqualTo(3);
        assertThat(verify(true)).matches(r -> r.untold() == 3 && r.missing().isEmpty() && r.damaged().isEmpty());
        assertThat(verify(false).untold()).isZero();
        rig.engine.close();
        forgotten(true);
        rig.reopen(true);
        for (ItemKey key : List.of(torn, other, right)) {
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, SIZE)).isTrue();
        }
    }

    /// Waits until nothing is due any more.
    private void told() {
        Rig.await(() -> rig.database.readNow(sql -> sql.fetch("SELECT id FROM manifest_due")).isEmpty(), () -> "not all is told");
    }

    @Test
    @DisplayName("2.13 verify --repair does not say of a file that no download names that it is fetched again")
    void noDownload() throws Exception {
        ItemKey key = rig.offered("a", SIZE);
        rig.engine.fetchAhead().next(List.of(key)).join();
        Files.delete(rig.await(key, Status.COMPLETED).path().orElseThrow());
        forgotten(false);
        assertThat(verify(true).repaired()).containsExactly("Artist/Album/01 Title a.flac: does not count as here any more");
        assertThat(verify(false).missing()).isEmpty();
    }

    @Test
    @DisplayName("0.3 verify --repair does not touch a file of the same length whose digest is not ours, and fetches the missing one again")
    void notOurs() throws Exception {
        ItemKey key = kept("a");
        Path name = file(key);
        Path stranger = name.resolveSibling("theirs.flac");
        byte[] bytes = Files.readAllBytes(name);
        bytes[100]++;
        Files.write(stranger, bytes);
        Files.delete(name);
        assertThat(verify(true).repaired()).containsExactly("Artist/Album/01 Title a.flac: fetched again");
        rig.await(key, Status.COMPLETED);
        Rig.await(() -> Files.exists(name), () -> rig.files().toString());
        assertThat(rig.right(key, SIZE)).isTrue();
        assertThat(stranger).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("issue 3 verify --repair leaves a changed file as it is and says where, and that it may be deleted; the new one goes beside it")
    void changed() throws Exception {
        ItemKey key = kept("a");
        ItemKey gone = kept("b");
        Path name = file(key);
        byte[] bytes = Files.readAllBytes(name);
        bytes[100]++;
        Files.write(name, bytes);
        Files.delete(file(gone));
        String path = "Artist/Album/01 Title a.flac";
        assertThat(verify(false)).satisfies(r -> {
            assertThat(r.damaged()).containsExactly(path);
            assertThat(r.changed()).as("nothing is fetched beside it").isEmpty();
        });
        assertThat(verify(true)).satisfies(r -> {
            assertThat(r.changed()).containsExactly(path);
            assertThat(r.repaired()).containsExactlyInAnyOrder("Artist/Album/01 Title b.flac: fetched again",
                    path + ": fetched again; the changed file stays as " + path + ": delete it if you do not need it");
        });
        rig.await(key, Status.COMPLETED);
        Rig.await(() -> rig.row(key).flatMap(Download::path).filter(Files::exists).isPresent() && rig.right(key, SIZE),
                () -> rig.files().toString());
        assertThat(file(key)).isNotEqualTo(name);
        assertThat(name).hasBinaryContent(bytes);
    }

    @Test
    @DisplayName("0.3 verify --repair finds a renamed file again of which it was said already that it is missing")
    void saidToBeMissing() throws Exception {
        ItemKey key = kept("a");
        Path name = file(key);
        Files.move(name, name.resolveSibling("mine.flac"));
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER, sql -> sql.execute("DELETE FROM media_file"))
                .join();
        rig.engine.missingFiles().missing(key);
        rig.await(key, Status.FAILED);
        int asked = rig.server.requests().size();
        assertThat(verify(true).repaired())
                .containsExactly("Artist/Album/mine.flac: known again as Artist/Album/01 Title a.flac");
        assertThat(name).exists();
        assertThat(rig.server.requests()).hasSize(asked);
        rig.await(key, Status.COMPLETED);
    }

    @Test
    @DisplayName("0.3 B.22 verify looks for unknown files in a folder that cannot be written, too")
    void readOnly() throws Exception {
        kept("a");
        Files.writeString(rig.paths.media().resolve("theirs.txt"), "theirs");
        readOnly = true;
        assertThat(verify(false)).matches(r -> r.checked() == 1 && r.away().isEmpty()).satisfies(
                r -> assertThat(r.unknown()).containsExactly("theirs.txt"));
        readOnly = false;
    }

    @Test
    @DisplayName("0.4 B.30 what moves out of the cache, or is evicted, while verify looks through the files is neither missing nor damaged, and is not fetched again")
    void movesMeanwhile() throws Exception {
        rig.close();
        var gate = new java.util.concurrent.CountDownLatch(1);
        var reached = new java.util.concurrent.CountDownLatch(1);
        var shut = new java.util.concurrent.atomic.AtomicBoolean();
        rig = new Rig(folder.resolve("gated"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public long size(Path file) {
                if (shut.get() && file.toString().contains("Title first")) {
                    reached.countDown();
                    try {
                        gate.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
                return super.size(file);
            }
        }).start();
        ItemKey first = rig.offered("first", 5000);
        rig.enqueue(first);
        rig.await(first, Status.COMPLETED);
        for (String id : List.of("kept", "evicted")) {
            rig.engine.enqueue(List.of(rig.offered(id, 5000)), Download.Origin.QUEUE, 0, "original").join();
            rig.await(new ItemKey(1, id), Status.COMPLETED);
        }
        shut.set(true);
        var report = rig.engine.verify(true);
        reached.await();
        rig.enqueue(new ItemKey(1, "kept"));
        var cleared = rig.engine.fetchAhead().clear();
        // What clears the cache was asked of the database before this.
        rig.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.BULK, sql -> 0).join();
        gate.countDown();
        assertThat(report.join().missing()).isEmpty();
        assertThat(report.join().repaired()).isEmpty();
        cleared.join();
        assertThat(rig.right(new ItemKey(1, "kept"), 5000)).isTrue();
        assertThat(rig.await(new ItemKey(1, "kept"), Status.COMPLETED).path().orElseThrow()).startsWith(rig.paths.media());
        assertThat(rig.server.requests()).hasSize(3);
    }
}
