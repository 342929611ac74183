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
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
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
        rig.engine.readAgain();
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
}
