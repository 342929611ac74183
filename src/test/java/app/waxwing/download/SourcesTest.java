package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.server.ItemKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SourcesTest extends OnKeepDesk {
    @Test
    @DisplayName("what keeps files here is listed with its bytes, the largest first, single tracks as one; a shared track counts in both")
    void sources() {
        for (String id : List.of("a", "b", "c", "d")) desk.track(id);
        ItemKey road = desk.playlist("p", "Road", "a", "b", "c");
        ItemKey home = desk.playlist("q", "Home", "c");
        desk.keeps.keep(ItemKind.PLAYLIST, road, 0, "original").join();
        desk.keeps.keep(ItemKind.PLAYLIST, home, 0, "original").join();
        desk.keeps.keep(ItemKind.TRACK, desk.key("d"), 0, "original").join();
        for (String id : List.of("a", "b", "c", "d")) rig.await(desk.key(id), Status.COMPLETED);
        assertThat(desk.keeps.sources().join()).containsExactly(
                new Source(1, ItemKind.PLAYLIST, Optional.of(road), "Road", "", 3, 3, 3L * KeepDesk.SIZE),
                new Source(1, ItemKind.PLAYLIST, Optional.of(home), "Home", "", 1, 1, KeepDesk.SIZE),
                new Source(1, ItemKind.TRACK, Optional.empty(), "", "", 1, 1, KeepDesk.SIZE));
        assertThat(rig.engine.free().join()).isPositive();
    }

    @Test
    @DisplayName("the details of a download name its address without a secret, its validator, its tries and its place")
    void details() {
        ItemKey track = desk.track("a");
        desk.keeps.keep(ItemKind.TRACK, track, 0, "original").join();
        Download done = rig.await(track, Status.COMPLETED);
        DownloadEngine.Details details = rig.engine.details(done.id()).join().orElseThrow();
        assertThat(details.download()).isEqualTo(done);
        assertThat(details.address().orElseThrow().toString()).startsWith(rig.server.url("")).doesNotContain("?");
        assertThat(details.lastModified()).isPresent();
        assertThat(details.attempts()).isEqualTo(1);
        assertThat(details.versions()).isZero();
        assertThat(details.place()).isEqualTo(done.path());
        assertThat(rig.engine.details(done.id() + 1).join()).isEmpty();
    }
}
