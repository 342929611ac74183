package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Account;
import app.waxwing.base.Quality;
import app.waxwing.download.ui.DownloadsView;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QualityMenuTest {
    private static Optional<Menu> qualities(ContextMenu menu) {
        return menu.getItems().stream().filter(i -> "Download as …".equals(i.getText())).map(Menu.class::cast).findFirst();
    }

    private static void choose(ContextMenu menu, String words) {
        qualities(menu).orElseThrow().getItems().stream().filter(i -> words.equals(i.getText())).findFirst().orElseThrow().fire();
    }

    private static Track track(FakeServices services, Availability where) {
        return services.music.tracks.stream().filter(t -> t.availability() == where).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("issue 3 a quality is told in plain words, with what an hour of music takes")
    void words() {
        assertThat(QualityWords.of(Quality.OPUS_128)).isEqualTo("Opus 128 kbit/s · about 58 MB an hour");
        assertThat(QualityWords.of(Quality.MP3_320)).isEqualTo("MP3 320 kbit/s · about 144 MB an hour");
        assertThat(QualityWords.of(Quality.ORIGINAL)).isEqualTo("Original · as the server has it");
    }

    @Test
    @DisplayName("issue 3 «Download as …» keeps tracks and collections in the quality chosen; of what is kept it says that the old file stays until then")
    void chosen() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, true, DownloadsView::new)) {
            Track remote = track(services, Availability.REMOTE);
            Track local = track(services, Availability.LOCAL);
            var album = services.music.albums.getFirst();
            Screens.run(() -> {
                ContextMenu menu = ItemMenu.ofTrack(stage.ctx, remote);
                assertThat(qualities(menu).orElseThrow().getItems()).hasSize(Quality.values().length);
                List<String> all = menu.getItems().stream().map(MenuItem::getText).toList();
                assertThat(all.get(all.indexOf("Keep on this computer") + 1)).isEqualTo("Download as …");
                choose(menu, "Opus 128 kbit/s · about 58 MB an hour");
                choose(ItemMenu.ofAlbum(stage.ctx, album), "MP3 256 kbit/s · about 115 MB an hour");
            });
            assertThat(Screens.fx(() -> stage.scene().getRoot().lookup(".toast"))).isNull();
            var said = Screens.fx(() -> {
                choose(ItemMenu.ofTrack(stage.ctx, local), "Opus 96 kbit/s · about 43 MB an hour");
                return stage.scene().getRoot().lookup(".toast");
            });
            assertThat(said).isNotNull();
            assertThat(services.downloads.kept).containsExactly("track " + remote.key().id() + " opus-128",
                    "album " + album.key().id() + " mp3-256", "track " + local.key().id() + " opus-96");
            stage.snapshot("quality-said-dark");
        }
    }

    @Test
    @DisplayName("issue 3 the quality that a track is kept in is marked, and cannot be chosen again")
    void marked() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var key = services.downloads.list(new app.waxwing.download.DownloadEngine.Filter(List.of()), 0, 1).join().items().getFirst()
                    .key();
            var track = services.music.tracks.stream().filter(t -> t.key().equals(key)).findFirst().orElseThrow();
            var off = Screens.fx(() -> qualities(ItemMenu.ofTrack(stage.ctx, track)).orElseThrow().getItems().stream()
                    .filter(MenuItem::isDisable).map(MenuItem::getText).toList());
            assertThat(off).containsExactly("Original · as the server has it");
            for (boolean dark : new boolean[]{false, true}) draw(track, dark);
        }
    }

    private static void draw(Track track, boolean dark) {
        try (var stage = new PageStage(FakeServices.sample(), dark, DownloadsView::new)) {
            ContextMenu menu = Screens.fx(() -> {
                ContextMenu made = ItemMenu.ofTrack(stage.ctx, track);
                made.show(stage.stage, 40, 40);
                return made;
            });
            String look = dark ? "-dark" : "-light";
            Screens.snapshot(Screens.fx(menu::getScene), "quality-item-menu" + look);
            // By itself: a submenu that no pointer opened has no place of its own.
            ContextMenu inner = Screens.fx(() -> {
                menu.hide();
                var made = new ContextMenu();
                made.getItems().setAll(qualities(menu).orElseThrow().getItems());
                made.show(stage.stage, 40, 40);
                return made;
            });
            Screens.snapshot(Screens.fx(inner::getScene), "quality-menu" + look);
            Screens.run(inner::hide);
        }
    }

    @Test
    @DisplayName("issue 3 an account that may not have music converted is not offered it")
    void notAllowed() {
        Account a = FakeAccounts.HOME;
        var services = FakeServices
                .sample(new Account(a.id(), a.serverId(), a.userId(), a.kind(), a.serverName(), a.serverVersion(), a.userName(),
                        a.url(), true, true, true, false));
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            Screens.run(() -> {
                assertThat(qualities(ItemMenu.ofTrack(stage.ctx, track(services, Availability.REMOTE)))).isEmpty();
                assertThat(qualities(ItemMenu.ofAlbum(stage.ctx, services.music.albums.getFirst()))).isEmpty();
                var two = services.music.tracks.subList(0, 2);
                assertThat(qualities(ItemMenu.ofTracks(stage.ctx, new Picked(2, Optional.empty(),
                        () -> java.util.concurrent.CompletableFuture.completedFuture(two)), Optional.empty()))).isEmpty();
            });
        }
    }
}
