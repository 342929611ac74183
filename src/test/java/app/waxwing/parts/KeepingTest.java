package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.library.Album;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeServices;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeepingTest {
    private final FakeServices services = FakeServices.sample();

    @Test
    @DisplayName("Issue 4 to pause, go on with or retry an item no more of the queue is read than what its tracks have there")
    void readsWhatItNeeds() {
        var keeping = new Keeping(services.library, services.downloads, services.downloads, services.accounts);
        Album album = services.music.album("Understory");
        Set<ItemKey> keys = services.music.tracksOf(album.key()).stream().map(Track::key).collect(Collectors.toSet());
        ItemKey track = services.music.tracksOf(services.music.album("Signals").key()).get(1).key();

        keeping.retry(ItemKind.ALBUM, album.key()).join();
        keeping.pause(ItemKind.TRACK, track).join();
        keeping.resume(ItemKind.TRACK, track).join();

        assertThat(services.downloads.filters).extracting(f -> f.tracks().orElseThrow()).containsExactly(keys, Set.of(track),
                Set.of(track));
        assertThat(services.downloads.filters).extracting(f -> f.statuses()).containsExactly(List.of(Status.FAILED),
                List.of(Status.PENDING, Status.DOWNLOADING), List.of(Status.PAUSED));
        assertThat(services.downloads.asked).containsExactly("queued", "paused", "resumed");
        assertThat(services.downloads.byItem(track).join()).extracting(Download::status).containsExactly(Status.PENDING);
    }

    @Test
    @DisplayName("Nothing is asked of the engine where the item has nothing of that state")
    void nothingToDo() {
        ItemKey track = services.music.tracksOf(services.music.album("Signals").key()).get(1).key();
        new Keeping(services.library, services.downloads, services.downloads, services.accounts).retry(ItemKind.TRACK, track).join();
        assertThat(services.downloads.asked).isEmpty();
    }
}
