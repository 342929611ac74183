package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PLAY_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteFolder;
import app.waxwing.store.CacheFigures;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimilarTest {
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private final FakeMediaServer server = new FakeMediaServer("srv").fill(200);
    private long account;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
        account = desk.account(server, "u").id();
        desk.sync(account, true);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private ItemKey key(String id) {
        return new ItemKey(account, id);
    }

    private void play(String track, long at) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(PLAY_HISTORY).set(PLAY_HISTORY.ACCOUNT_ID, account)
                .set(PLAY_HISTORY.TRACK_ITEM_ID, track).set(PLAY_HISTORY.TITLE, track).set(PLAY_HISTORY.ARTIST_NAME, "")
                .set(PLAY_HISTORY.PLAYED_AT, at).set(PLAY_HISTORY.PLAYED_MS, 60_000L).set(PLAY_HISTORY.SOURCE, "local")
                .set(PLAY_HISTORY.IS_COUNTED, true).execute()).join();
    }

    private List<String> ids(List<Track> tracks) {
        return tracks.stream().map(t -> t.key().id()).toList();
    }

    @Test
    @DisplayName("C.3 8 what was heard together here and what the server finds alike stand first, the item's own tracks never; asked once in twelve hours")
    void similar() {
        long noon = 1_700_000_000_000L;
        for (int evening = 0; evening < 3; evening++) {
            long at = noon + Duration.ofDays(evening).toMillis();
            play("t3", at);
            play("t150", at + 240_000);
            if (evening > 0) play("t160", at + 480_000);
            play("t170", at + Duration.ofHours(5).toMillis());
        }
        server.alike.put("al0", List.of("t4", "t120", "unknown", "t121"));
        List<String> found = ids(desk.library.similar(key("al0"), 20).join());
        assertThat(found).startsWith("t150", "t160", "t120").contains("t121").doesNotContain("t3", "t4", "unknown").doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(ids(desk.library.similar(key("al0"), 20).join())).isEqualTo(found);
        assertThat(server.calls("mix al0")).isEqualTo(1);
        desk.library.similar(key("t3"), 5).join();
        assertThat(server.calls("similar t3")).isEqualTo(1);
        assertThat(desk.database.meters().figures().stream().filter(f -> f.name().equals("similar")).findFirst().orElseThrow())
                .matches((CacheFigures f) -> f.hits() == 1 && f.misses() == 2 && f.network() == 2);
    }

    @Test
    @DisplayName("C.3 8, 1.7 without network what was worked out before serves, and plays and genres here where nothing was; a mix begins with the item")
    void offline() {
        play("t3", 1_700_000_000_000L);
        play("t150", 1_700_000_100_000L);
        desk.accounts.online = false;
        assertThat(ids(desk.library.similar(key("al0"), 10).join())).startsWith("t150").hasSize(10);
        desk.accounts.online = true;
        server.alike.put("al0", List.of("t120"));
        assertThat(ids(desk.library.similar(key("al0"), 10).join())).as("what was found offline is not believed for twelve hours")
                .startsWith("t150", "t120");
        desk.database.write(Durability.SOON, Lane.BULK, sql -> 0).join();
        desk.accounts.online = false;
        assertThat(ids(desk.library.similar(key("al0"), 10).join())).startsWith("t150", "t120");
        List<Track> mix = desk.library.mix(key("al0"), 12).join();
        assertThat(mix).hasSize(12).doesNotHaveDuplicates();
        assertThat(mix.getFirst().albumId()).contains("al0");
        assertThat(mix.stream().filter(t -> t.albumId().equals(java.util.Optional.of("al0"))).count()).isEqualTo(4);
        assertThat(desk.library.similar(key("nobody"), 5).join()).isEmpty();
    }

    @Test
    @DisplayName("4.8 edit then read: what is believed for twelve hours are ids alone, so that a favourite made here, a playlist and a download "
            + "show at once, in «more like this», lists and look-ups alike, and no server is asked")
    void editThenRead() {
        server.alike.put("al0", List.of("t120"));
        assertThat(alike()).matches(t -> !t.favourite() && t.availability() == Availability.REMOTE);
        int calls = server.calls();
        var edits = new UserEdits(desk.database, desk.changes, new PendingActions(desk.database), desk.time);
        edits.favourite(ItemKind.TRACK, key("t120"), true).join();
        desk.file(key("t120"), true, "t120", 1);
        assertThat(alike()).matches(t -> t.favourite() && t.availability().kept());
        assertThat(desk.library.track(key("t120")).join()).get().matches(Track::favourite);
        assertThat(ids(desk.library.tracks(Query.ALL.favouritesOnly(true)).join().items())).contains("t120");
        ItemKey playlist = edits.createPlaylist(account, "For the train", List.of(key("t120"))).join();
        assertThat(desk.library.playlist(playlist).join()).get().matches(p -> p.trackCount() == 1);
        edits.addToPlaylist(playlist, List.of(key("t3"))).join();
        assertThat(desk.library.playlist(playlist).join()).get().matches(p -> p.trackCount() == 2);
        edits.favourite(ItemKind.TRACK, key("t120"), false).join();
        assertThat(alike()).matches(t -> !t.favourite());
        assertThat(server.calls()).isEqualTo(calls);
    }

    @Test
    @DisplayName("C.3 8, Issue 4 «more like this» and a mix take nothing from a library that was left out, neither of what is known here nor of what its "
            + "server says nor of what was found before; taken in again it is back")
    void leftOut() {
        server.folders = List.of(new RemoteFolder("music", "Music", "music"), new RemoteFolder("talks", "Talks", "music"));
        server.tracks.keySet().forEach(t -> server.folderOf.put(t, "music"));
        for (String talk : List.of("t120", "t121", "t150")) server.folderOf.put(talk, "talks");
        desk.sync(account, true);
        play("t3", 1_700_000_000_000L);
        play("t150", 1_700_000_100_000L);
        server.alike.put("al0", List.of("t120", "t130"));
        server.alike.put("al1", List.of("t121", "t130"));
        assertThat(ids(desk.library.similar(key("al0"), 20).join())).startsWith("t150", "t120").contains("t130");
        desk.sync.choose(account, "talks", false).join();
        for (String of : List.of("al0", "al1", "t3")) {
            assertThat(ids(desk.library.similar(key(of), 20).join())).isNotEmpty().doesNotContain("t120", "t121", "t150");
            assertThat(ids(desk.library.mix(key(of), 60).join())).isNotEmpty().doesNotContain("t120", "t121", "t150");
        }
        desk.sync.choose(account, "talks", true).join();
        assertThat(ids(desk.library.similar(key("al0"), 20).join())).startsWith("t150", "t120");
    }

    private Track alike() {
        return desk.library.similar(key("al0"), 60).join().stream().filter(t -> t.key().id().equals("t120")).findFirst().orElseThrow();
    }
}
