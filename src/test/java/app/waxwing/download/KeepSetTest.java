package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.library.Availability;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer.Version;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepSetTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private final Map<ItemKey, List<Track>> collections = new HashMap<>();
    private Rig rig;
    private KeepSet keeps;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        Library library = (Library) Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[]{Library.class},
                (proxy, method, args) -> {
                    if (method.getName().equals("keysOf"))
                        return CompletableFuture.completedFuture(
                                collections.getOrDefault((ItemKey) args[0], List.of()).stream().map(Track::key).toList());
                    throw new UnsupportedOperationException(method.getName());
                });
        keeps = rig.engine.keepSet(library, () -> app.waxwing.base.Quality.ORIGINAL);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private Track good(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(5000, id.hashCode()), LONG_AGO));
        ItemKey key = rig.track(1, id, 5000);
        return new Track(0, key, id, "", List.of(), Optional.empty(), "", Optional.empty(), "", OptionalInt.empty(), OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(), Optional.of(Duration.ofSeconds(1)), Optional.empty(), OptionalLong.empty(), false, 0, Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(), false, Optional.empty(), Availability.REMOTE, Optional.empty(), OptionalLong.empty());
    }

    private ItemKey collection(String id, Track... tracks) {
        ItemKey key = new ItemKey(1, id);
        collections.put(key, List.of(tracks));
        return key;
    }

    @Test
    @DisplayName("0.9 two playlists share a track: releasing one removes only what nothing else keeps")
    void shared() {
        Track a = good("a");
        Track b = good("b");
        Track c = good("c");
        ItemKey one = collection("p1", a, b);
        ItemKey two = collection("p2", b, c);
        assertThat(keeps.keep(ItemKind.PLAYLIST, one, 0, "original").join()).isEqualTo(2);
        assertThat(keeps.keep(ItemKind.PLAYLIST, two, 0, "original").join()).isEqualTo(2);
        for (Track t : List.of(a, b, c)) rig.await(t.key(), Status.COMPLETED);
        assertThat(keeps.state(ItemKind.PLAYLIST, one).join()).isEqualTo(new KeepSet.KeepState(2, 2, 2, 0, 0, 0, 1.0));
        assertThat(keeps.release(ItemKind.PLAYLIST, one).join()).isEqualTo(1);
        Rig.await(() -> rig.files().size() == 2, () -> rig.files().toString());
        assertThat(rig.row(a.key())).isEmpty();
        assertThat(rig.row(b.key()).orElseThrow().status()).isEqualTo(Status.COMPLETED);
        assertThat(pinned("b")).isTrue();
        assertThat(keeps.state(ItemKind.PLAYLIST, one).join().wanted()).isEqualTo(1);
        keeps.release(ItemKind.PLAYLIST, two).join();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        assertThat(keeps.state(ItemKind.PLAYLIST, two).join().wanted()).isZero();
    }

    private boolean pinned(String id) {
        return rig.database.readNow(sql -> sql.select(MEDIA_FILE.IS_PINNED).from(MEDIA_FILE).where(MEDIA_FILE.ITEM_ID.eq(id))
                .fetchSingle(MEDIA_FILE.IS_PINNED));
    }

    @Test
    @DisplayName("2.13 verify names what is missing and what is not ours, and mends without deleting a stranger's file")
    void verify() throws Exception {
        Track a = good("a");
        Track b = good("b");
        keeps.keep(ItemKind.TRACK, a.key(), 0, "original").join();
        keeps.keep(ItemKind.TRACK, b.key(), 0, "original").join();
        Download first = rig.await(a.key(), Status.COMPLETED);
        Download second = rig.await(b.key(), Status.COMPLETED);
        Path theirs = rig.paths.media().resolve("Artist/Album/holiday.mp3");
        Files.writeString(theirs, "not ours");
        Files.delete(first.path().orElseThrow());
        // The database forgets b: its file is proved by the manifest.
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(DOWNLOAD).where(DOWNLOAD.ITEM_ID.eq("b")).execute()
                + sql.deleteFrom(MEDIA_FILE).where(MEDIA_FILE.ITEM_ID.eq("b")).execute()).join();
        var report = rig.engine.verify(false).join();
        assertThat(report.missing()).containsExactly("Artist/Album/01 Title a.flac");
        assertThat(report.unknown()).containsExactlyInAnyOrder("Artist/Album/holiday.mp3", "Artist/Album/01 Title b.flac");
        assertThat(report.repaired()).isEmpty();
        var mended = rig.engine.verify(true).join();
        assertThat(mended.unknown()).containsExactly("Artist/Album/holiday.mp3");
        Rig.await(() -> Files.exists(first.path().orElseThrow()), () -> rig.row(a.key()).toString());
        rig.await(a.key(), Status.COMPLETED);
        assertThat(pinned("b")).isTrue();
        assertThat(second.path().orElseThrow()).exists();
        assertThat(theirs).exists();
        assertThat(rig.server.requests(Rig.path("b"))).hasSize(1);
        keeps.keep(ItemKind.TRACK, b.key(), 0, "original").join();
        assertThat(rig.row(b.key()).orElseThrow().path()).isEqualTo(second.path());
    }

    @Test
    @DisplayName("B.24 a stranger's file where ours should go is not overwritten: ours gets the next name")
    void strangersFile() throws Exception {
        Path theirs = rig.paths.media().resolve("Artist/Album/01 Title a.flac");
        Files.createDirectories(theirs.getParent());
        Files.writeString(theirs, "theirs");
        Track a = good("a");
        keeps.keep(ItemKind.TRACK, a.key(), 0, "original").join();
        assertThat(rig.await(a.key(), Status.COMPLETED).path().orElseThrow()).hasFileName("01 Title a (2).flac");
        assertThat(theirs).hasContent("theirs");
    }
}
