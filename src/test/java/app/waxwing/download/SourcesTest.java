package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.download.ui.DownloadsViewModel;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeNotices;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    @DisplayName("4.19 a track that a kept playlist holds stays when it is deleted, and the page says for which; one that none holds goes")
    void stays() {
        for (String id : List.of("a", "b", "c")) desk.track(id);
        desk.keeps.keep(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a", "c"), 0, "original").join();
        desk.keeps.keep(ItemKind.PLAYLIST, desk.playlist("q", "Home", "c"), 0, "original").join();
        desk.keeps.keep(ItemKind.TRACK, desk.key("a"), 0, "original").join();
        desk.keeps.keep(ItemKind.TRACK, desk.key("b"), 0, "original").join();
        List<Download> rows = Stream.of("a", "b", "c").map(id -> rig.await(desk.key(id), Status.COMPLETED)).toList();
        assertThat(desk.keeps.playlists(List.of(desk.key("a"), desk.key("b"), desk.key("c"))).join())
                .isEqualTo(Map.of(desk.key("a"), List.of("Road"), desk.key("c"), List.of("Home", "Road")));
        var notices = new FakeNotices();
        var model = new DownloadsViewModel(rig.engine, desk.keeps, rig.time, Runnable::run, Runnable::run, notices);
        model.delete(rows.subList(0, 2)).join();
        assertThat(notices.said)
                .containsExactly("«Title b» is going from this computer. «Title a» stays, for the playlist «Road» keeps it");
        assertThat(rig.row(desk.key("a"))).hasValueSatisfying(d -> assertThat(d.status()).isEqualTo(Status.COMPLETED));
        assertThat(rig.row(desk.key("b"))).isEmpty();
        model.delete(List.of(rows.getLast())).join();
        assertThat(notices.said.getLast()).isEqualTo("«Title c» stays, for playlists that are kept hold it");
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
