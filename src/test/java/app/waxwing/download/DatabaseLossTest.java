package app.waxwing.download;

import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The database is lost; the music is not.
class DatabaseLossTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 600_000;
    private static final int HALF = 400_000;
    /// What is written is told by whole buffers.
    private static final int BUFFER = 256 * 1024;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey offered(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(SIZE, id.hashCode()), LONG_AGO));
        return rig.track(1, id, SIZE);
    }

    private ItemKey kept(String id) {
        ItemKey key = offered(id);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        return key;
    }

    /// The program ends, the file is damaged, the program starts on what is there then.
    private void lose(Path media) throws Exception {
        rig.engine.close();
        rig.database.close();
        Files.copy(rig.paths.database(), folder.resolve("saved"));
        byte[] bytes = Files.readAllBytes(rig.paths.database());
        for (int i = 20; i < 4000; i++) bytes[i] = 0x5A;
        Files.write(rig.paths.database(), bytes);
        FaultServer server = rig.server;
        rig.time.close();
        rig = new Rig(folder.resolve("data"), server, Rig.PATIENT, new SystemDisk());
        assertThat(rig.database.recovered()).isPresent();
        assertThat(rig.database.afresh()).isTrue();
        rig.engine.close();
        rig.media(media);
        rig.reopen(true);
        rig.database.reconciled();
    }

    private void whole(ItemKey key) {
        Download row = rig.await(key, Status.COMPLETED);
        assertThat(rig.bytes(row)).isEqualTo(TransferTest.music(SIZE, key.id().hashCode()));
        assertThat(rig.server.requests().stream().filter(r -> r.path().equals(Rig.path(key.id())))).as("%s is fetched once", key)
                .hasSize(1);
    }

    private List<String> reasons() {
        return rig.database.readNow(sql -> sql.select(KEEP_REASON.TRACK_ITEM_ID).from(KEEP_REASON).orderBy(1)
                .fetch(KEEP_REASON.TRACK_ITEM_ID));
    }

    @Test
    @DisplayName("B.33 from the newest backup: what was kept since is known again by the manifest, what was removed since stays removed, what is missing says so")
    void fromABackup() throws Exception {
        ItemKey before = kept("before");
        ItemKey removed = kept("removed");
        ItemKey vanished = kept("vanished");
        ItemKey waiting = offered("waiting");
        rig.network.mode(app.waxwing.account.Reachability.Mode.FORCED_OFFLINE);
        rig.enqueue(waiting);
        assertThat(rig.database.backUpDaily()).isTrue();
        rig.network.mode(app.waxwing.account.Reachability.Mode.AUTO);
        rig.await(waiting, Status.COMPLETED);
        ItemKey after = kept("after");
        rig.engine.delete(List.of(rig.row(removed).orElseThrow().id())).join();
        Rig.await(() -> Rig.files(rig.paths.media()).stream().noneMatch(f -> f.contains("removed")), () -> "its file goes");
        Path gone = rig.row(vanished).orElseThrow().path().orElseThrow();
        Files.delete(gone);
        lose(rig.paths.media());
        whole(before);
        whole(after);
        whole(waiting);
        assertThat(rig.row(removed)).isEmpty();
        rig.await(vanished, Status.FAILED);
        assertThat(reasons()).containsExactly("after", "before", "vanished", "waiting");
        assertThat(Rig.files(rig.paths.media())).hasSize(3);
        assertThat(rig.engine.verify(false).join()).matches(r -> r.unknown().isEmpty()
                && r.missing().equals(List.of("Artist/Album/01 Title vanished.flac")) && r.checked() == 3);
    }

    @Test
    @DisplayName("B.33 from a backup that is older than a move of the music: everything is found where it is now")
    void movedSince() throws Exception {
        ItemKey first = kept("a");
        rig.database.backUpDaily();
        Path other = folder.resolve("drive").resolve("music");
        rig.engine.folders().move(other).get(60, java.util.concurrent.TimeUnit.SECONDS);
        lose(other);
        whole(first);
        assertThat(rig.row(first).orElseThrow().path().orElseThrow()).startsWith(other);
        assertThat(rig.engine.folders().list().join()).singleElement().matches(f -> f.path().equals(other) && f.files() == 1);
    }

    @Test
    @DisplayName("B.33 without a backup: a new database, and with the next sign-in the music is known again, nothing is fetched twice")
    void withoutABackup() throws Exception {
        ItemKey first = kept("a");
        ItemKey second = kept("b");
        // The Rig signs its account in before the engine starts, as a restored keyring would.
        lose(rig.paths.media());
        rig.track(1, "a", SIZE);
        rig.track(1, "b", SIZE);
        whole(first);
        whole(second);
        assertThat(reasons()).containsExactly("a", "b");
        rig.enqueue(first);
        whole(first);
    }

    @Test
    @DisplayName("B.33 whoever signed in again and whose files the last run did not look through to the end, or a drive was away: the next start does")
    void soughtToTheEnd() throws Exception {
        ItemKey first = kept("a");
        ItemKey second = kept("b");
        rig.engine.close();
        // The account went and came back, and the program ended before anything was known again.
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.execute("DELETE FROM account WHERE id = 1")).join();
        rig.account(1);
        rig.track(1, "a", SIZE);
        rig.track(1, "b", SIZE);
        rig.reopen();
        whole(first);
        whole(second);
        Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.ACCOUNT_SETTING)) == 1,
                () -> "not noted that all was looked through");
        assertThat(reasons()).containsExactly("a", "b");
    }

    /// Its first half is here, and it is paused.
    private ItemKey half(String id) {
        ItemKey key = offered(id);
        var version = Version.of(TransferTest.music(SIZE, id.hashCode()), LONG_AGO);
        rig.server.script(Rig.path(id), r -> FaultServer.serve(version, r).stall(HALF));
        rig.enqueue(key);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.key().equals(key) && r.bytes() >= BUFFER),
                () -> "no bytes");
        rig.engine.pause(List.of(rig.row(key).orElseThrow().id())).join();
        Rig.await(() -> rig.row(key).orElseThrow().bytesDownloaded() > 0 && rig.engine.activity().running().isEmpty(),
                () -> rig.row(key).toString());
        return key;
    }

    private List<Path> parts() {
        return Rig.files(rig.paths.media()).stream().filter(f -> f.endsWith(".part")).map(rig.paths.media()::resolve).toList();
    }

    private void looked() {
        Path mark = rig.paths.media().resolve(".waxwing").resolve("left-over-parts");
        Rig.await(() -> Files.exists(mark), () -> "nobody looked for left-overs");
    }

    @Test
    @DisplayName("B.27 B.33 a part that no row knows after the loss stays: the row comes back with a newer copy of the database, and the download goes on")
    void partComesBack() throws Exception {
        kept("before");
        rig.database.backUpDaily();
        ItemKey half = half("half");
        lose(rig.paths.media());
        assertThat(rig.row(half)).isEmpty();
        looked();
        assertThat(parts()).hasSize(1);
        rig.engine.close();
        rig.database.close();
        rig.time.close();
        for (String old : List.of("-wal", "-shm")) Files.deleteIfExists(Path.of(rig.paths.database() + old));
        Files.copy(folder.resolve("saved"), rig.paths.database(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        rig = new Rig(folder.resolve("data"), rig.server, Rig.PATIENT, new SystemDisk()).start();
        rig.engine.resume(List.of(rig.row(half).orElseThrow().id())).join();
        Download whole = rig.await(half, Status.COMPLETED);
        assertThat(rig.bytes(whole)).isEqualTo(TransferTest.music(SIZE, "half".hashCode()));
        assertThat(rig.server.requests(Rig.path("half")).getLast().header("range")).as("it goes on from the part").isPresent();
        assertThat(parts()).isEmpty();
    }

    @Test
    @DisplayName("B.27 B.6 B.33 a part that no row knows is no beginning for a new wish, and goes seven days after it was last written")
    void partOfNoRow() throws Exception {
        kept("before");
        rig.database.backUpDaily();
        ItemKey again = half("again");
        half("never");
        assertThat(parts()).hasSize(2);
        lose(rig.paths.media());
        looked();
        assertThat(parts()).hasSize(2);
        offered("again");
        rig.enqueue(again);
        Download whole = rig.await(again, Status.COMPLETED);
        assertThat(rig.bytes(whole)).isEqualTo(TransferTest.music(SIZE, "again".hashCode()));
        assertThat(rig.server.requests(Rig.path("again")).getLast().header("range")).as("nobody knows of which version it is").isEmpty();
        Path strange = Files.writeString(rig.paths.media().resolve("theirs.part"), "not ours");
        var old = java.nio.file.attribute.FileTime.from(rig.time.now().minus(java.time.Duration.ofDays(8)));
        Files.setLastModifiedTime(strange, old);
        List<Path> left = parts();
        for (Path part : left) Files.setLastModifiedTime(part, old);
        rig.restart();
        Rig.await(() -> parts().equals(List.of(strange)), () -> "they do not go: " + parts());
        Rig.await(() -> Files.notExists(rig.paths.media().resolve(".waxwing").resolve("left-over-parts")), () -> "the mark does not go");
        whole(new ItemKey(1, "before"));
        assertThat(rig.bytes(rig.row(again).orElseThrow())).hasSize(SIZE);
    }
}
