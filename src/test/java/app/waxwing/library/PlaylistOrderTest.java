package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.server.ItemKind;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaylistOrderTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("issue 4 playlists are sorted by how many tracks they have, both ways; letters stand beside a list by name only")
    void byTracks() {
        var server = new FakeMediaServer("one").fill(30);
        server.playlist("p1", "Autumn", "t1", "t2");
        server.playlist("p2", "Brisk", "t1", "t2", "t3");
        server.playlist("p3", "Calm", "t4");
        try (var desk = new LibraryDesk(folder)) {
            desk.sync(desk.account(server, "ida").id(), true);
            assertThat(titles(desk, Query.ALL.sort(Query.Sort.TRACKS, true))).containsExactly("Brisk", "Autumn", "Calm");
            assertThat(titles(desk, Query.ALL.sort(Query.Sort.TRACKS, false))).containsExactly("Calm", "Autumn", "Brisk");
            assertThat(desk.library.letters(ItemKind.PLAYLIST, Query.ALL.sort(Query.Sort.TRACKS, true)).join()).isEqualTo(Letters.NONE);
            assertThat(desk.library.letters(ItemKind.PLAYLIST, Query.ALL).join().starts()).hasSize(3);
        }
    }

    private static List<String> titles(LibraryDesk desk, Query query) {
        return desk.library.playlists(query).join().items().stream().map(Playlist::title).toList();
    }
}
