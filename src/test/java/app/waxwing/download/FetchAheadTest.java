package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
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

class FetchAheadTest {
    private static final int SIZE = 900_000;
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

    private ItemKey good(String id) {
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File"))
            rig.server.file(path, Version.of(TransferTest.music(SIZE, id.hashCode()), Instant.EPOCH));
        return rig.track(1, id, SIZE);
    }

    private ItemKey stuck(String id) {
        ItemKey key = good(id);
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File"))
            rig.server.script(path,
                    r -> FaultServer.serve(Version.of(TransferTest.music(SIZE, id.hashCode()), Instant.EPOCH), r).stall(600_000));
        return key;
    }

    @Test
    @DisplayName("2.8 what is next comes into the cache; what is not next any more and not whole is given up, what is whole stays, what somebody keeps goes on")
    void next() {
        ItemKey whole = good("whole");
        ItemKey slow = stuck("slow");
        ItemKey kept = stuck("kept");
        ItemKey later = good("later");
        var ahead = rig.engine.fetchAhead();
        ahead.next(List.of(whole, slow, kept)).join();
        Download here = rig.await(whole, Status.COMPLETED);
        assertThat(here.origin()).isEqualTo(Origin.QUEUE);
        assertThat(here.path().orElseThrow()).startsWith(rig.paths.cachedMedia());
        rig.enqueue(kept);
        ahead.next(List.of(later)).join();
        rig.await(later, Status.COMPLETED);
        Rig.await(() -> rig.row(slow).isEmpty(), () -> "still there: " + rig.row(slow));
        assertThat(rig.row(whole)).hasValueSatisfying(d -> assertThat(d.status()).isEqualTo(Status.COMPLETED));
        assertThat(rig.row(kept)).hasValueSatisfying(d -> assertThat(d.origin()).isEqualTo(Origin.USER));
    }

    @Test
    @DisplayName("2.9 the rest of an album comes in the album's class, and nothing that is here or on its way is asked for again")
    void rest() {
        ItemKey here = good("here");
        ItemKey missing = good("missing");
        rig.enqueue(here);
        rig.await(here, Status.COMPLETED);
        rig.engine.fetchAhead().rest(List.of(here, missing)).join();
        Download row = rig.await(missing, Status.COMPLETED);
        assertThat(row.origin()).isEqualTo(Origin.ALBUM);
        rig.engine.fetchAhead().rest(List.of(here, missing)).join();
        assertThat(rig.server.requests("/Items/here/File").size() + rig.server.requests(Rig.path("here")).size()).isEqualTo(1);
        assertThat(rig.row(here).orElseThrow().origin()).isEqualTo(Origin.USER);
    }
}
