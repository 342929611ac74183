package app.waxwing.server.jellyfin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.Interceptor;
import app.waxwing.demo.Response;
import app.waxwing.demo.ServerVersion;
import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.PlayReport;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemoteTrack;
import app.waxwing.testing.FaultyServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Our client against the demonstration server, as each of the versions it speaks to.
class JellyfinServerTest {
    static <T> List<T> all(Function<String, Page<T>> list) {
        var out = new ArrayList<T>();
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            Page<T> page = list.apply(cursor.get());
            out.addAll(page.items());
            cursor = page.next();
        }
        return out;
    }

    static List<ServerVersion> versions() {
        return List.of(ServerVersion.V10_9, ServerVersion.V10_10, ServerVersion.V10_11, ServerVersion.V12_0);
    }

    static Interceptor json(String text) {
        return (request, next) -> Response.bytes(200, "application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("versions")
    @DisplayName("the whole main way works from 10.9 to 12.0: lists, favourites, plays, playlists, words, likeness, sign-out")
    void mainWay(ServerVersion version) {
        try (var faulty = FaultyServer.start(DemoOptions.USUAL.version(version))) {
            var desk = new Desk(faulty.url());
            var server = desk.server;
            assertThat(server.whoAmI().download()).isTrue();
            var music = server.folders().stream().filter(f -> f.kind().equals("music")).findFirst().orElseThrow();
            List<RemoteTrack> tracks = all(c -> server.tracks(Optional.of(music.id()), c, 7));
            assertThat(tracks).hasSize(25).doesNotHaveDuplicates();
            assertThat(tracks).allSatisfy(t -> {
                assertThat(t.id()).matches("[0-9a-f]{32}");
                assertThat(t.title().orElseThrow()).isNotBlank();
                assertThat(t.albumId()).isPresent();
                assertThat(t.artists()).isNotEmpty();
                assertThat(t.duration()).isPresent();
                assertThat(t.problem()).isEmpty();
            });
            assertThat(all(c -> server.albums(Optional.of(music.id()), c, 2))).hasSize(5);
            assertThat(all(c -> server.artists(Optional.of(music.id()), c, 3))).hasSize(4);

            for (var album : all(c -> server.albums(Optional.of(music.id()), c, 50))) {
                assertThat(album.imageTag()).isPresent();
                assertThat(server.imageTag(album.id())).as("3.20 the tag of now").isEqualTo(album.imageTag());
            }
            assertThat(server.imageTag("0123456789abcdef0123456789abcdef")).isEmpty();

            String id = tracks.get(0).id();
            RemoteTrack full = server.tracks(List.of(id, "0123456789abcdef0123456789abcdef")).getFirst();
            assertThat(full.size()).isPresent();
            assertThat(full.container()).isPresent();
            assertThat(full.changeTag()).isPresent();
            List<RemoteArtist> artists = all(c -> server.artists(Optional.empty(), c, 50));
            assertThat(server.artists(artists.stream().map(RemoteArtist::id).toList())).as("by their ids as in the list")
                    .containsExactlyInAnyOrderElementsOf(artists);
            assertThat(server.artists(List.of(id, "0123456789abcdef0123456789abcdef"))).as("a track is none").isEmpty();

            server.setFavourite(ItemKind.TRACK, id, true);
            server.setFavourite(ItemKind.TRACK, id, true);
            assertThat(all(c -> server.favourites(ItemKind.TRACK, c, 50))).containsExactly(id);
            server.setFavourite(ItemKind.TRACK, id, false);
            assertThat(all(c -> server.favourites(ItemKind.TRACK, c, 50))).isEmpty();

            Instant earlier = Instant.parse("2026-01-02T03:04:05.678Z");
            server.played(id, earlier);
            assertThat(server.userData(id).playCount()).isEqualTo(1);
            assertThat(server.userData(id).lastPlayed()).contains(earlier);
            var report = new PlayReport(tracks.get(1).id(), "one-play", Duration.ofSeconds(3), false, 80, PlayReport.Method.DIRECT);
            server.started(report);
            server.progress(report);
            server.stopped(report);
            assertThat(server.userData(tracks.get(1).id()).playCount()).isEqualTo(1);
            assertThat(all(c -> server.recentlyPlayed(c, 10))).extracting("itemId").contains(id, tracks.get(1).id());

            var editing = server.playlistEditing().orElseThrow();
            String list = editing.create("Träume", List.of(tracks.get(2).id(), tracks.get(3).id()));
            editing.add(list, List.of(tracks.get(4).id()));
            assertThat(all(c -> server.playlists(c, 50))).anySatisfy(p -> {
                assertThat(p.id()).isEqualTo(list);
                assertThat(p.title()).contains("Träume");
                assertThat(p.editable()).isTrue();
            });
            List<RemotePlaylistEntry> entries = all(c -> server.playlistEntries(list, c, 2));
            assertThat(entries).extracting(RemotePlaylistEntry::trackId)
                    .containsExactly(tracks.get(2).id(), tracks.get(3).id(), tracks.get(4).id());
            editing.remove(list, List.of(entries.get(1)));
            assertThat(all(c -> server.playlistEntries(list, c, 50))).extracting(RemotePlaylistEntry::trackId)
                    .containsExactly(tracks.get(2).id(), tracks.get(4).id());
            editing.move(list, entries.get(2), 0);
            assertThat(all(c -> server.playlistEntries(list, c, 50))).extracting(RemotePlaylistEntry::trackId)
                    .containsExactly(tracks.get(4).id(), tracks.get(2).id());
            editing.move(list, entries.get(2), 1);
            assertThat(all(c -> server.playlistEntries(list, c, 50))).extracting(RemotePlaylistEntry::trackId)
                    .containsExactly(tracks.get(2).id(), tracks.get(4).id());
            editing.replace(list, "Neu", List.of(tracks.get(4).id(), tracks.get(2).id()));
            assertThat(all(c -> server.playlistEntries(list, c, 50))).extracting(RemotePlaylistEntry::trackId)
                    .containsExactly(tracks.get(4).id(), tracks.get(2).id());
            editing.delete(list);
            assertThat(all(c -> server.playlists(c, 50))).noneMatch(p -> p.id().equals(list));

            assertThat(tracks).anySatisfy(t -> {
                var words = server.lyrics().orElseThrow().lyrics(t.id());
                assertThat(words).isPresent();
                assertThat(words.get().timed()).isTrue();
            });
            assertThat(server.similarity().orElseThrow().mix(id, 5)).hasSizeLessThanOrEqualTo(5);
            assertThat(server.serverTime()).isPresent();
            assertThat(desk.rejections).hasValue(0);
            server.signOut();
            assertThatThrownBy(server::whoAmI).isInstanceOfSatisfying(FailureException.class,
                    e -> assertThat(e.failure()).isInstanceOf(Failure.Unauthorised.class));
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    @DisplayName("Issue 4 a library that the user took from the server's home page is named with the others")
    void hiddenFromHome(ServerVersion version) {
        try (var faulty = FaultyServer.start(DemoOptions.USUAL.version(version))) {
            var server = new Desk(faulty.url()).server;
            List<RemoteFolder> before = server.folders();
            before.forEach(f -> faulty.server().user().hide(f.id()));
            assertThat(server.folders()).isNotEmpty().isEqualTo(before);
        }
    }

    @Test
    @DisplayName("3.15 kinds that are not ours are skipped and counted")
    void otherKindsAreCounted() {
        try (var faulty = FaultyServer.start()) {
            var desk = new Desk(faulty.url());
            faulty.on("/Items").does(json("""
                    {"Items":[{"Id":"11111111-1111-1111-1111-111111111111","Type":"Episode","Name":"x"},
                     {"Id":"22222222-2222-2222-2222-222222222222","Type":"Audio","Name":"yes"},
                     {"Id":"no id","Type":"Audio","Name":"z"}, 7, null],"TotalRecordCount":3}"""));
            Page<RemoteTrack> page = desk.server.tracks(Optional.empty(), Page.FIRST, 10);
            assertThat(page.items()).extracting(RemoteTrack::id).containsExactly("22222222222222222222222222222222");
            assertThat(page.dropped()).isEqualTo(3);
        }
    }
}
