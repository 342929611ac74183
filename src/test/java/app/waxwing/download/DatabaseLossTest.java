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
    private static final int SIZE = 200_000;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void start() {
        rig = new Rig(folder.resolve("data")).start();
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
        byte[] bytes = Files.readAllBytes(rig.paths.database());
        for (int i = 20; i < 4000; i++) bytes[i] = 0x5A;
        Files.write(rig.paths.database(), bytes);
        FaultServer server = rig.server;
        rig.time.close();
        rig = new Rig(folder.resolve("data"), server, Rig.FAST, new SystemDisk());
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
}
