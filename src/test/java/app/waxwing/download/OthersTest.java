package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.Filter;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Downloads of two users of one server: 1, and 2 whose turn it is not.
class OthersTest {
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk());
        rig.account(2);
        rig.start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey file(long account, String id, int size) {
        var version = Version.of(TransferTest.music(size, 1), Instant.EPOCH);
        rig.server.file(Rig.path(id), version);
        rig.server.file("/Items/" + id + "/File", version);
        return rig.track(account, id, size);
    }

    private void use(long account) {
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, ACCOUNT.ID.eq(account)).execute())
                .join();
        rig.engine.readAgain(java.util.Map.of());
        // What was posted before has been done, and what it asked the store for has come back.
        rig.engine.resumeAll().join();
    }

    private List<ItemKey> listed() {
        return rig.engine.list(new Filter(List.of()), 0, 100).join().items().stream().map(Download::key).toList();
    }

    @Test
    @DisplayName("0.13, 4.5 another user's downloads are not listed, counted, told or meant by «all», and arrive all the same")
    void arriveUnseen() {
        ItemKey theirs = file(2, "theirs", 5_000);
        ItemKey mine = file(1, "mine", 5_000);
        rig.offline.addAll(List.of(1L, 2L));
        rig.network.mode(Reachability.Mode.AUTO);
        rig.engine.enqueue(List.of(theirs, mine), Download.Origin.USER, 0, "original").join();
        assertThat(listed()).containsExactlyInAnyOrder(mine, theirs);
        use(1);
        assertThat(listed()).containsExactly(mine);
        Rig.await(() -> rig.engine.activity().waiting() == 1, () -> rig.engine.activity().toString());
        rig.events.clear();

        rig.engine.pauseAll().join();
        assertThat(status(mine)).isEqualTo(Status.PAUSED);
        assertThat(status(theirs)).as("not meant by «all»").isEqualTo(Status.PENDING);
        rig.engine.resumeAll().join();
        assertThat(status(mine)).isEqualTo(Status.PENDING);
        rig.engine.downloadAllNow().join();
        assertThat(rig.row(mine).orElseThrow().anyway()).isTrue();
        assertThat(rig.row(theirs).orElseThrow().anyway()).isFalse();

        rig.offline.clear();
        rig.network.mode(Reachability.Mode.AUTO);
        rig.await(mine, Status.COMPLETED);
        rig.await(theirs, Status.COMPLETED);
        assertThat(rig.files()).hasSize(2);
        assertThat(listed()).containsExactly(mine);
        Rig.await(() -> rig.engine.activity().completed() == 1, () -> rig.engine.activity().toString());
        Rig.await(() -> rig.events.stream().anyMatch(e -> e.kind() == DownloadEvent.Kind.COMPLETED), () -> rig.events.toString());
        assertThat(rig.events).as("nothing is told of the other's").allMatch(e -> e.download().key().equals(mine));
        rig.engine.clearCompleted().join();
        assertThat(listed()).isEmpty();

        use(2);
        assertThat(listed()).as("kept in the list for its user").containsExactly(theirs);
        Rig.await(() -> rig.engine.activity().completed() == 1, () -> rig.engine.activity().toString());
        assertThat(rig.engine.stored().join()).as("what the disk holds is of all").hasSize(2);
    }

    private Status status(ItemKey key) {
        return rig.row(key).orElseThrow().status();
    }

    @Test
    @DisplayName("0.4 0.13 two users of a server keep the same track, one of them out of the cache: each has a file of his own, and letting one go leaves the other's")
    void sameTrack() {
        ItemKey first = file(1, "same", 50_000);
        rig.enqueue(first);
        rig.await(first, Status.COMPLETED);
        ItemKey second = file(2, "same", 50_000);
        use(2);
        rig.engine.enqueue(List.of(second), Download.Origin.QUEUE, 0, "original").join();
        Path cached = rig.await(second, Status.COMPLETED).path().orElseThrow();
        assertThat(cached).startsWith(rig.paths.cachedMedia());
        rig.enqueue(second);
        Rig.await(() -> rig.row(second).flatMap(Download::path).filter(p -> p.startsWith(rig.paths.media())).isPresent(),
                () -> "stays in the cache: " + rig.row(second));
        assertThat(rig.row(first).orElseThrow().path()).isNotEqualTo(rig.row(second).orElseThrow().path());
        assertThat(rig.files()).hasSize(2);
        rig.engine.delete(List.of(rig.row(second).orElseThrow().id())).join();
        Rig.await(() -> rig.files().size() == 1, () -> rig.files().toString());
        assertThat(rig.row(first).orElseThrow().path().orElseThrow()).exists();
    }

    @Test
    @DisplayName("2.14 0.4 files that stayed when their account went are not given to another user who keeps the same track: they are there when their owner is back")
    void keptOfAGoneAccount() throws Exception {
        ItemKey first = file(1, "same", 50_000);
        rig.enqueue(first);
        rig.await(first, Status.COMPLETED);
        ItemKey second = file(2, "same", 50_000);
        assertThat(rig.engine.leave(1, true).join()).isEmpty();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("DELETE FROM account WHERE id = 1")).join();
        rig.engine.enqueue(List.of(second), Download.Origin.QUEUE, 0, "original").join();
        rig.await(second, Status.COMPLETED);
        rig.enqueue(second);
        Rig.await(() -> rig.row(second).flatMap(Download::path).filter(p -> p.startsWith(rig.paths.media())).isPresent(),
                () -> "stays in the cache: " + rig.row(second));
        rig.engine.delete(List.of(rig.row(second).orElseThrow().id())).join();
        rig.settled();
        assertThat(rig.files()).hasSize(1);
        rig.account(1);
        rig.track(1, "same", 50_000);
        rig.engine.signedIn(1);
        rig.await(first, Status.COMPLETED);
    }

    @Test
    @DisplayName("0.13, 4.5 `downloads verify` looks at another user's files and mends them, and names none of them: they are a number")
    void verified() throws Exception {
        Map<String, ItemKey> tracks = new HashMap<>();
        for (String id : List.of("gone1", "gone2", "odd1", "odd2", "renamed1", "renamed2")) {
            tracks.put(id, file(id.endsWith("1") ? 1 : 2, id, 5_000 + tracks.size()));
        }
        rig.engine.enqueue(List.copyOf(tracks.values()), Download.Origin.USER, 0, "original").join();
        for (ItemKey key : tracks.values()) rig.await(key, Status.COMPLETED);
        use(1);
        for (String path : rig.files()) {
            Path file = rig.paths.media().resolve(path);
            String name = String.valueOf(file.getFileName());
            if (name.contains("gone")) Files.delete(file);
            if (name.contains("odd")) Files.writeString(file, "another");
            if (name.contains("renamed")) Files.move(file, file.resolveSibling(name.replace("renamed", "called ")));
        }
        var found = rig.engine.verify(false).join();
        assertThat(found.checked()).isEqualTo(6);
        assertThat(found.missing()).hasSize(2).allMatch(p -> p.contains("gone1") || p.contains("renamed1"));
        assertThat(found.damaged()).singleElement().asString().contains("odd1");
        assertThat(found.others()).isEqualTo(3);
        var mended = rig.engine.verify(true).join();
        assertThat(mended.repaired()).hasSize(3).allMatch(p -> p.contains("gone1") || p.contains("odd1") || p.contains("renamed1"));
        assertThat(mended.missing()).singleElement().asString().contains("gone1");
        assertThat(mended.others()).isEqualTo(3);
        for (ItemKey key : tracks.values()) rig.await(key, Status.COMPLETED);
        var after = rig.engine.verify(false).join();
        assertThat(after.checked()).isEqualTo(6);
        assertThat(after.missing()).isEmpty();
        assertThat(after.damaged()).isEmpty();
        assertThat(after.unknown()).as("what was written over lies beside").singleElement().asString().contains("odd1");
        assertThat(after.others()).isEqualTo(1);
    }

    @Test
    @DisplayName("0.13, 4.5 what nobody put down in a folder that only another user's files are in is counted with theirs, and not named: its path names their music")
    void strangeFilesBesideTheirs() throws Exception {
        for (ItemKey key : List.of(file(1, "mine", 5_000), file(2, "theirs", 6_000))) {
            rig.engine.enqueue(List.of(key), Download.Origin.USER, 0, "original").join();
            rig.await(key, Status.COMPLETED);
        }
        use(1);
        Path media = rig.paths.media();
        Path both = Finishing.parent(rig.files().stream().map(media::resolve).findFirst().orElseThrow());
        Path anna = Files.createDirectories(media.resolve("Annaonlyartist Alpha/Her album"));
        for (String path : rig.files()) if (path.contains("theirs")) {
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("UPDATE media_file SET path = ? WHERE path = ?",
                    "Annaonlyartist Alpha/Her album/theirs.flac", path)).join();
            Files.move(media.resolve(path), anna.resolve("theirs.flac"));
        }
        Files.writeString(anna.resolve("strange.txt"), "x");
        Files.writeString(Finishing.parent(anna).resolve("strange.txt"), "x");
        Files.writeString(Files.createDirectories(anna.resolve("scans")).resolve("page.png"), "x");
        Files.writeString(both.resolve("beside mine.txt"), "x");
        Files.writeString(Files.createDirectories(media.resolve("Nobody's")).resolve("nobody's.txt"), "x");
        for (boolean repair : new boolean[]{false, true}) {
            var found = rig.engine.verify(repair).join();
            assertThat(found.toString()).doesNotContain("Anna");
            assertThat(found.unknown()).hasSize(2).anyMatch(p -> p.endsWith("beside mine.txt")).anyMatch(p -> p.endsWith("nobody's.txt"));
            assertThat(found.others()).isEqualTo(3);
        }
        use(2);
        assertThat(rig.engine.verify(false).join().unknown()).anyMatch(p -> p.equals("Annaonlyartist Alpha/Her album/scans/page.png"))
                .anyMatch(p -> p.endsWith("nobody's.txt"));
    }

    @Test
    @DisplayName("0.13, 4.5 «pause all» of one user does not stop what runs for another")
    void runsOn() {
        ItemKey theirs = file(2, "theirs", 2 << 20);
        rig.server.script(Rig.path("theirs"),
                r -> FaultServer.serve(Version.of(TransferTest.music(2 << 20, 1), Instant.EPOCH), r).stall(3 << 19));
        rig.engine.enqueue(List.of(theirs), Download.Origin.USER, 0, "original").join();
        Rig.await(() -> rig.row(theirs).filter(d -> d.bytesDownloaded() > 0).isPresent(), () -> rig.row(theirs).toString());
        use(1);
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "it is shown: " + rig.engine.activity());
        rig.engine.pauseAll().join();
        assertThat(status(theirs)).isEqualTo(Status.DOWNLOADING);
        use(2);
        Rig.await(() -> rig.engine.activity().running().size() == 1, () -> "it stopped: " + rig.engine.activity());
        assertThat(status(theirs)).isEqualTo(Status.DOWNLOADING);
    }

    @Test
    @DisplayName("0.13, 2.22 at the start another user's download begins unseen, and the first begin before all are counted")
    void beginsUnseen() {
        var music = Version.of(TransferTest.music(2 << 20, 1), Instant.EPOCH);
        ItemKey theirs = file(2, "theirs", 2 << 20);
        ItemKey mine = file(1, "mine", 2 << 20);
        for (String id : List.of("theirs", "mine")) rig.server.script(Rig.path(id), r -> FaultServer.serve(music, r).stall(3 << 19));
        rig.engine.enqueue(List.of(theirs, mine), Download.Origin.USER, 0, "original").join();
        use(1);
        Rig.await(() -> rig.row(theirs).filter(d -> d.bytesDownloaded() > 0).isPresent(), () -> rig.row(theirs).toString());
        rig.engine.close();
        rig.events.clear();

        rig.reopen();

        assertThat(rig.events).as("told when the start is over").isNotEmpty().allMatch(e -> e.download().key().equals(mine));
        assertThat(rig.engine.activity().waiting()).isZero();
        Rig.await(() -> rig.engine.activity().running().size() == 1, () -> rig.engine.activity().toString());
        assertThat(status(theirs)).isEqualTo(Status.DOWNLOADING);
    }
}
