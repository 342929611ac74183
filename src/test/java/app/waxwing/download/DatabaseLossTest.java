package app.waxwing.download;

import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    private Disk disk = new SystemDisk();

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
        lose(media, Damage.HEAD);
    }

    private enum Damage {
        HEAD, MIDDLE, CUT, DELETED;

        void to(Path database) throws Exception {
            byte[] bytes = Files.readAllBytes(database);
            switch (this) {
                case HEAD -> Arrays.fill(bytes, 20, 4000, (byte) 0x5A);
                case MIDDLE -> Arrays.fill(bytes, bytes.length / 3, bytes.length * 2 / 3, (byte) 0x5A);
                case CUT -> bytes = Arrays.copyOf(bytes, bytes.length / 2);
                case DELETED -> {
                    Files.delete(database);
                    return;
                }
            }
            Files.write(database, bytes);
        }
    }

    private void lose(Path media, Damage damage) throws Exception {
        rig.engine.close();
        // The end gives the disk a moment and no more; on a busy machine what is due is told while nobody waits for it.
        Rig.await(() -> rig.database.readNow(sql -> sql.fetch("SELECT id FROM manifest_due")).isEmpty(), () -> "not all is told");
        rig.database.close();
        Files.copy(rig.paths.database(), folder.resolve("saved"));
        damage.to(rig.paths.database());
        FaultServer server = rig.server;
        rig.time.close();
        rig = new Rig(folder.resolve("data"), server, Rig.PATIENT, disk);
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
    @DisplayName("B.33 from a backup: a file that cannot be read keeps its row, and all others of its folder are compared all the same")
    void unreadable() throws Exception {
        ItemKey first = kept("first");
        ItemKey bad = kept("bad");
        ItemKey last = kept("last");
        assertThat(rig.database.backUpDaily()).isTrue();
        Path file = rig.row(bad).orElseThrow().path().orElseThrow();
        for (ItemKey key : List.of(first, bad, last)) Files.delete(rig.row(key).orElseThrow().path().orElseThrow());
        disk = new WrappedDisk() {
            @Override
            public long size(Path asked) {
                return asked.equals(file) ? SIZE : real.size(asked);
            }
        };
        lose(rig.paths.media());
        rig.await(first, Status.FAILED);
        rig.await(last, Status.FAILED);
        assertThat(rig.row(bad).orElseThrow().status()).isEqualTo(Status.COMPLETED);
    }

    /// The server has other bytes of the same length now.
    private byte[] another(ItemKey key) {
        var version = Version.of(TransferTest.music(SIZE, key.id().hashCode() + 1L), LONG_AGO.plusSeconds(90));
        rig.server.file(Rig.path(key.id()), version);
        return version.bytes();
    }

    @ParameterizedTest
    @EnumSource(value = Damage.class, names = {"MIDDLE", "CUT", "DELETED"})
    @DisplayName("B.30 B.33 4.16 from a backup that is older than files of the same length: what was fetched again in its place or beside it is what "
            + "counts, by its digest, and what was damaged since does not")
    void sameLengthSince(Damage damage) throws Exception {
        List<ItemKey> replaced = List.of(kept("r1"), kept("r2"));
        List<ItemKey> repaired = List.of(kept("d1"), kept("d2"));
        ItemKey rotten = kept("rotten");
        ItemKey touched = kept("touched");
        ItemKey untouched = kept("untouched");
        assertThat(rig.database.backUpDaily()).isTrue();
        Map<ItemKey, byte[]> right = new HashMap<>();
        for (ItemKey key : replaced) {
            right.put(key, another(key));
            rig.engine.delete(List.of(rig.row(key).orElseThrow().id())).join();
            rig.settled();
            rig.enqueue(key);
            rig.await(key, Status.COMPLETED);
        }
        for (ItemKey key : repaired) {
            Path file = rig.row(key).orElseThrow().path().orElseThrow();
            FileTime date = Files.getLastModifiedTime(file);
            byte[] bytes = rig.bytes(rig.row(key).orElseThrow());
            right.put(key, bytes.clone());
            bytes[1000]++;
            Files.write(file, bytes);
            if (key.id().equals("d2")) Files.setLastModifiedTime(file, date); // as a disk damages
        }
        rig.engine.verify(true).get(60, TimeUnit.SECONDS);
        for (ItemKey key : repaired) {
            assertThat(rig.await(key, Status.COMPLETED).path().orElseThrow().toString()).contains("(2)");
        }
        Path rot = rig.row(rotten).orElseThrow().path().orElseThrow();
        Files.write(rot, TransferTest.music(SIZE, 9));
        Files.setLastModifiedTime(rig.row(touched).orElseThrow().path().orElseThrow(), FileTime.from(LONG_AGO));
        for (ItemKey key : List.of(touched, untouched)) right.put(key, TransferTest.music(SIZE, key.id().hashCode()));
        int asked = rig.server.requests().size();
        lose(rig.paths.media(), damage);
        right.forEach((key, bytes) -> {
            Download row = rig.await(key, Status.COMPLETED);
            assertThat(rig.bytes(row)).as("%s", key).isEqualTo(bytes);
            assertThat(row.sha256()).as("%s", key).contains(HexFormat.of().formatHex(Finishing.sha256().digest(bytes)));
        });
        assertThat(rig.await(rotten, Status.FAILED).error().orElseThrow()).contains("changed outside Waxwing");
        assertThat(rig.server.requests()).as("nothing is fetched for it").hasSize(asked);
        assertThat(rig.engine.verify(false).get(60, TimeUnit.SECONDS)).satisfies(r -> {
            assertThat(r.damaged()).isEmpty();
            assertThat(r.checked()).isEqualTo(right.size());
            assertThat(r.unknown()).as("the damaged ones that are left").containsExactlyInAnyOrder("Artist/Album/01 Title d1.flac",
                    "Artist/Album/01 Title d2.flac", "Artist/Album/01 Title rotten.flac");
        });
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
    @DisplayName("issue 3, B.33 without a backup, reasons are those of the last day and not of the first, and a kept playlist of which "
            + "nothing is here is followed")
    void reasonsOfNow() throws Exception {
        ItemKey both = offered("a");
        ItemKey single = offered("b");
        ItemKey later = offered("c");
        var desk = new KeepDesk(rig);
        ItemKey album = desk.collection("album", "a", "b");
        desk.keeps.keep(app.waxwing.server.ItemKind.ALBUM, album, 0).join();
        desk.keeps.keep(app.waxwing.server.ItemKind.PLAYLIST, desk.playlist("empty", "Later"), 0).join();
        rig.await(both, Status.COMPLETED);
        rig.await(single, Status.COMPLETED);
        desk.keeps.keep(app.waxwing.server.ItemKind.PLAYLIST, desk.playlist("p", "Road", "a"), 0).join();
        desk.keeps.keep(app.waxwing.server.ItemKind.TRACK, single, 0).join();
        desk.keeps.release(app.waxwing.server.ItemKind.ALBUM, album).join();
        lose(rig.paths.media());
        for (String id : List.of("a", "b", "c")) rig.track(1, id, SIZE);
        whole(both);
        whole(single);
        var followed = app.waxwing.store.schema.Tables.KEPT_COLLECTION;
        Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(followed)) == 2, () -> "not followed");
        List<String> why = rig.database.readNow(sql -> sql.select(KEEP_REASON.KIND, KEEP_REASON.TRACK_ITEM_ID).from(KEEP_REASON).orderBy(2)
                .fetch(r -> r.value2() + " " + r.value1()));
        assertThat(why).containsExactly("a playlist", "b user");
        desk = new KeepDesk(rig);
        desk.playlist("empty", "Later", "c");
        desk.keeps.follow().join();
        whole(later);
    }

    @Test
    @DisplayName("issue 3, B.33 from a backup: what files came to be kept for since then, and what came to be followed, is known again")
    void keptSince() throws Exception {
        ItemKey track = offered("a");
        var desk = new KeepDesk(rig);
        desk.keeps.keep(app.waxwing.server.ItemKind.ALBUM, desk.collection("album", "a"), 0).join();
        rig.await(track, Status.COMPLETED);
        rig.database.backUpDaily();
        desk.keeps.keep(app.waxwing.server.ItemKind.TRACK, track, 0).join();
        desk.keeps.keep(app.waxwing.server.ItemKind.PLAYLIST, desk.playlist("p", "Road", "a"), 0).join();
        lose(rig.paths.media());
        whole(track);
        List<String> why = rig.database.readNow(sql -> sql.select(KEEP_REASON.KIND).from(KEEP_REASON).orderBy(1).fetch(KEEP_REASON.KIND));
        assertThat(why).containsExactly("album", "playlist", "user");
        int followed = rig.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.KEPT_COLLECTION));
        assertThat(followed).isEqualTo(2);
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
        var setting = app.waxwing.store.schema.Tables.ACCOUNT_SETTING;
        Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(setting, setting.NAME.eq("files.sought"))) == 1,
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
