package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Item;
import app.waxwing.library.LibrarySync;
import app.waxwing.server.ItemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Kept music whose files get new ids on the server, over the whole program.
class MovedKeptTest {
    private static final Instant LATER = Instant.parse("2031-01-01T00:00:00Z");
    @TempDir
    Path folder;
    private DemoServer server;
    private ProgramDesk desk;
    private String album = "";
    private List<String> tracks = List.of();
    private List<String> files = List.of();

    /// An album is kept and here, its second track is a favourite that was played three times, its third is in a playlist.
    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        desk = ProgramDesk.synced(folder.resolve("data"), server);
        album = desk.ids("albums").getFirst();
        tracks = desk.ids("tracks", "--album", album);
        desk.run("download", album);
        ProgramDesk.until("the album is here", () -> local(album) == tracks.size());
        desk.run("favourite", tracks.get(1), "on");
        for (int i = 0; i < 3; i++) desk.wiring().engines().outbox().played(key(tracks.get(1)), LATER.minusSeconds(600 * i)).join();
        desk.run("favourite", album, "on");
        desk.run("playlist", "create", "Road", tracks.get(2));
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        files = files();
        server.forgetRequests();
    }

    @AfterEach
    void stop() {
        desk.close();
        server.close();
    }

    private ItemKey key(String id) {
        return new ItemKey(account(), id);
    }

    private long account() {
        return desk.wiring().engines().accounts().active().getFirst().id();
    }

    private long local(String album) {
        return desk.run("tracks", "--album", album).path("items").valueStream()
                .filter(t -> t.path("availability").asString().equals("local"))
                .count();
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(folder.resolve("data/media"))) {
            return all.filter(p -> Files.isRegularFile(p) && !p.toString().contains(".waxwing")).map(Path::toString).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String another(String id) {
        return UUID.nameUUIDFromBytes(("moved " + id).getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString().replace("-", "");
    }

    private void put(Item.Track t, String id, String album, int number, String path) {
        server.shelf().put(new Item.Track(id, t.name(), t.sortName(), t.added(), album, t.artists(), number, t.disc(), t.year(), t.genres(),
                t.ticks(), t.gain(), path, t.audio(), t.lyrics()), LATER);
    }

    /// While nobody is told of it: every track of the album has another id and path.
    ///
    /// @param to the album that they are in now
    /// @param also what else changes meanwhile: the program syncs by itself as soon as its server is there again
    private void move(String to, Runnable also) throws IOException {
        server.down();
        also.run();
        for (String id : tracks) {
            var track = DemoLibrary.bundled().tracksById().get(id);
            put(java.util.Objects.requireNonNull(track), another(id), to, track.number(), "/elsewhere" + track.path());
            server.shelf().remove(id);
        }
        server.up();
    }

    /// Once, when a pass has read all tracks and not yet looked for those that moved. Asked for before they move: the program syncs by itself when
    /// its server is there again.
    private Subscription inTheMidst(Runnable what) {
        var done = new AtomicBoolean();
        return desk.wiring().engines().sync().progress().subscribe(p -> {
            if (midst(p) && done.compareAndSet(false, true)) what.run();
        });
    }

    /// Not in a pass that had read the tracks before they moved.
    private boolean midst(LibrarySync.Progress progress) {
        return progress.what().equals("playlists") && total() > tracks.size();
    }

    private int total() {
        return desk.run("tracks", "--album", album).path("total").asInt();
    }

    private void bonus(String to) {
        var track = java.util.Objects.requireNonNull(DemoLibrary.bundled().tracksById().get(tracks.getFirst()));
        put(track.named("A bonus"), another("bonus"), to, 99, "/elsewhere/bonus.flac");
    }

    private List<String> fetched() {
        return server.requests().stream().map(r -> r.path()).filter(p -> p.contains("/Download") || p.contains("/File")).toList();
    }

    private void nothingLost(String in) {
        assertThat(local(in)).isEqualTo(tracks.size());
        assertThat(files()).isEqualTo(files);
        JsonNode favourite = desk.run("show", another(tracks.get(1)));
        assertThat(favourite.path("favourite").asBoolean()).isTrue();
        assertThat(favourite.path("playCount").asInt()).isEqualTo(3);
        assertThat(desk.run("downloads", "verify").path("unknown")).isEmpty();
        assertThat(desk.wiring().engines().keepSet().noLongerIn().join()).isEmpty();
        assertThat(desk.wiring().engines().keepSet().kept(ItemKind.ALBUM, key(in)).join()).isTrue();
    }

    @ParameterizedTest(name = "stopped after its tracks were read: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Issue 4: files of a kept album that get new ids are not downloaded again, though kept collections are looked at in the midst of the sync")
    void notAgain(boolean stopped) throws IOException {
        var came = new CompletableFuture<Integer>();
        var looking = inTheMidst(() -> {
            if (stopped) desk.wiring().engines().sync().stop(account());
            came.complete(desk.wiring().engines().keepSet().follow().join());
        });
        move(album, () -> {});
        desk.outcome("sync");
        ProgramDesk.until("looked", came::isDone);
        looking.close();
        if (stopped) {
            assertThat(desk.wiring().engines().keepSet().follow().join()).as("between the stopped sync and the next one").isZero();
            desk.run("sync");
        }
        assertThat(came.join()).isZero();
        assertThat(desk.wiring().engines().keepSet().follow().join()).isZero();
        assertThat(fetched()).isEmpty();
        nothingLost(album);
    }

    @Test
    @DisplayName("Issue 4: a kept album is followed again as soon as the sync came to its end")
    void followed() throws IOException {
        move(album, () -> bonus(album));
        desk.run("sync");
        ProgramDesk.until("the new track is here", () -> local(album) == tracks.size() + 1);
        assertThat(fetched()).isNotEmpty().allMatch(p -> p.contains(another("bonus")));
    }

    @ParameterizedTest(name = "stopped, and not failed: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Issue 4: what is new in a kept album comes though no sync comes to its end, and what only has another id does not come again")
    void thoughNoSyncEnds(boolean stopped) throws IOException {
        var breaks = desk.wiring().engines().sync().progress().subscribe(p -> {
            if (!midst(p)) return;
            if (!stopped) throw new NoClassDefFoundError("not on the class path");
            desk.wiring().engines().sync().stop(account());
        });
        move(album, () -> bonus(album));
        desk.outcome("sync");
        ProgramDesk.until("moved tracks stand there twice, by this sync or by the program's own", () -> total() == 2 * tracks.size() + 1);
        ProgramDesk.until("the new track is here", () -> local(album) == tracks.size() + 1);
        desk.outcome("sync");
        assertThat(desk.wiring().engines().keepSet().follow().join()).isZero();
        breaks.close();
        desk.run("sync");
        assertThat(local(album)).isEqualTo(tracks.size() + 1);
        assertThat(fetched()).isNotEmpty().allMatch(p -> p.contains(another("bonus")));
    }

    @ParameterizedTest(name = "whole: {0}")
    @ValueSource(booleans = {false, true})
    @DisplayName("Issue 4: new ids that were wished for before they were known again: the old files stay, what was fetched or waits for the new ids goes")
    void wishedForInTheMidst(boolean whole) throws IOException {
        var looking = inTheMidst(() -> {
            desk.wiring().engines().keepSet().keep(ItemKind.ALBUM, key(album), 0).join();
            if (whole) ProgramDesk.until("all is here twice", () -> local(album) == 2L * tracks.size());
        });
        List<Integer> moved = new CopyOnWriteArrayList<>();
        var own = desk.wiring().engines().sync().unasked().subscribe(report -> moved.add((int) report.moved()));
        move(album, () -> {});
        moved.add(desk.run("sync").path("moved").asInt());
        ProgramDesk.until("known again, by this sync or by the program's own before it", () -> moved.contains(tracks.size()));
        own.close();
        looking.close();
        ProgramDesk.until("one file each: " + files(), () -> files().equals(files));
        ProgramDesk.until("nothing waits", () -> desk.run("downloads").path("items").valueStream()
                .allMatch(d -> d.path("status").asString().equals("completed")));
        nothingLost(album);
        List<String> rows = new ArrayList<>();
        for (String id : tracks)
            desk.wiring().engines().downloads().byItem(key(another(id))).join().forEach(d -> rows.add(d.status().word()));
        assertThat(rows).hasSize(tracks.size()).containsOnly("completed");
    }

    @Test
    @DisplayName("Issue 4: a kept album whose folder gets another name is kept under its new id, with its favourite, and what comes to it comes here")
    void folderRenamed() throws IOException {
        var old = (Item.Album) server.shelf().item(album).orElseThrow();
        String renamed = another(album);
        var now = new Item.Album(renamed, old.name(), old.sortName(), old.added(), old.artists(), old.year(), old.genres(), old.gain(),
                old.picture());
        move(renamed, () -> {
            server.shelf().put(now, LATER);
            server.shelf().remove(album);
        });
        desk.run("sync", "--full");
        nothingLost(renamed);
        assertThat(fetched()).isEmpty();
        assertThat(desk.wiring().engines().keepSet().kept(ItemKind.ALBUM, key(album)).join()).isFalse();
        assertThat(desk.run("show", renamed).path("favourite").asBoolean()).isTrue();
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        assertThat(server.requests()).anyMatch(r -> r.path().contains("UserFavoriteItems/" + renamed));
        bonus(renamed);
        desk.run("sync");
        ProgramDesk.until("the new track is here", () -> local(renamed) == tracks.size() + 1);
    }
}
