package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.library.MediaFiles.Root;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.FaultServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the user lets go of and the queue or the album rule wants all the same.
class LastReasonTest {
    private static final int SIZE = 300_000;
    @TempDir
    Path folder;

    private static Origin origin(Rig rig, ItemKey key) {
        return rig.row(key).orElseThrow().origin();
    }

    private static boolean cached(Rig rig, ItemKey key) {
        return rig.database.readNow(sql -> sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ITEM_ID.eq(key.id())
                .and(MEDIA_FILE.ROOT.eq(Root.CACHE.kind())).and(MEDIA_FILE.IS_PINNED.isFalse())));
    }

    private static ItemKey album(KeepDesk desk, String... tracks) {
        return desk.collection("album", tracks);
    }

    private static void kept(Rig rig, KeepDesk desk, ItemKey album, List<ItemKey> tracks) {
        desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
        for (ItemKey key : tracks) rig.await(key, Status.COMPLETED);
        Rig.await(() -> rig.files().size() == tracks.size(), () -> "kept: " + rig.files());
    }

    private static void backInCache(Rig rig, ItemKey key) {
        Rig.await(() -> cached(rig, key), () -> "not in the cache: " + rig.row(key));
        assertThat(rig.row(key).orElseThrow().path().orElseThrow()).startsWith(rig.paths.cachedMedia());
        assertThat(rig.right(key, SIZE)).isTrue();
    }

    @Test
    @DisplayName("0.9 an album let go of loses what has no reason left; what the queue wants next stays as a cached file, is told as one and goes with the cache")
    void queue() {
        try (var rig = new Rig(folder).start()) {
            var desk = new KeepDesk(rig);
            ItemKey one = rig.offered("one", SIZE);
            ItemKey two = rig.offered("two", SIZE);
            ItemKey played = rig.offered("played", SIZE);
            ItemKey other = rig.offered("other", SIZE);
            FetchAhead ahead = rig.engine.fetchAhead();
            ahead.next(List.of(one, two)).join();
            rig.await(one, Status.COMPLETED);
            rig.await(two, Status.COMPLETED);
            rig.inUse = played::equals;
            ItemKey album = album(desk, "one", "two", "played", "other");
            kept(rig, desk, album, List.of(one, two, played, other));
            rig.events.clear();

            assertThat(desk.keeps.release(ItemKind.ALBUM, album).join()).isEqualTo(1);
            for (ItemKey key : List.of(one, two, played)) {
                backInCache(rig, key);
                assertThat(origin(rig, key)).isEqualTo(Origin.QUEUE);
            }
            assertThat(rig.row(other)).isEmpty();
            rig.settled();
            assertThat(rig.files()).isEmpty();
            assertThat(Rig.files(rig.paths.cachedMedia())).hasSize(3);
            assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.DELETED).map(e -> e.download().key()))
                    .containsExactly(other);
            assertThat(desk.keeps.state(ItemKind.ALBUM, album).join().wanted()).isZero();
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).allMatch(List::isEmpty);
            assertThat(rig.server.requests()).as("nothing is fetched twice").hasSize(4);

            rig.inUse = k -> false;
            ahead.next(List.of()).join();
            ahead.clear().join();
            Rig.await(() -> rig.row(one).isEmpty() && rig.row(two).isEmpty() && rig.row(played).isEmpty(), () -> "not evicted");
            assertThat(Rig.files(rig.paths.cachedMedia())).isEmpty();
        }
    }

    @Test
    @DisplayName("0.9 2.9 what the album rule wants stays as a cached file of that rule; without a cache all of it goes")
    void rule() {
        try (var rig = new Rig(folder).start()) {
            var desk = new KeepDesk(rig);
            ItemKey one = rig.offered("one", SIZE);
            ItemKey album = album(desk, "one");
            kept(rig, desk, album, List.of(one));
            rig.engine.fetchAhead().returnedTo(Set.of(album));
            desk.keeps.release(ItemKind.ALBUM, album).join();
            backInCache(rig, one);
            assertThat(origin(rig, one)).isEqualTo(Origin.ALBUM);

            kept(rig, desk, album, List.of(one));
            assertThat(origin(rig, one)).isEqualTo(Origin.USER);
            rig.engine.fetchAhead().limit(0);
            desk.keeps.release(ItemKind.ALBUM, album).join();
            assertThat(rig.row(one)).isEmpty();
        }
    }

    @Test
    @DisplayName("0.9 2.8 what is on its way when its last reason goes and is next is fetched further, behind the user's wishes, and ends in the cache")
    void unfinished() {
        try (var rig = new Rig(folder).start()) {
            var desk = new KeepDesk(rig);
            rig.server.hold(100_000);
            ItemKey one = rig.offered("one", SIZE);
            ItemKey album = album(desk, "one");
            desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
            Rig.await(() -> rig.row(one).filter(d -> d.status() == Status.DOWNLOADING).isPresent(), () -> "not running");
            rig.engine.fetchAhead().next(List.of(one)).join();
            desk.keeps.release(ItemKind.ALBUM, album).join();
            assertThat(origin(rig, one)).isEqualTo(Origin.QUEUE);
            assertThat(rig.row(one).orElseThrow().rank()).isEqualTo(3);
            rig.server.release();
            rig.await(one, Status.COMPLETED);
            backInCache(rig, one);
            rig.settled();
            assertThat(rig.files()).isEmpty();
        }
    }

    @Test
    @DisplayName("4.19 an album let go of and kept again at once: what went back to the cache comes back too, and nothing is fetched again")
    void undone() {
        var options = new DownloadOptions(0, 1L << 30, Rig.FAST.retry(), Rig.FAST.connectTimeout(), Rig.PATIENT.readTimeout(),
                Rig.PATIENT.floorWindow(), 1024, Rig.FAST.recheck(), DownloadEngine.UNDO);
        try (var rig = new Rig(folder, new FaultServer(), options, new SystemDisk()).start()) {
            var desk = new KeepDesk(rig);
            ItemKey one = rig.offered("one", SIZE);
            ItemKey two = rig.offered("two", SIZE);
            ItemKey album = album(desk, "one", "two");
            kept(rig, desk, album, List.of(one, two));
            rig.engine.fetchAhead().next(List.of(one)).join();
            desk.keeps.release(ItemKind.ALBUM, album).join();
            kept(rig, desk, album, List.of(one, two));
            Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(MEDIA_FILE,
                    MEDIA_FILE.IS_PINNED.isTrue().and(MEDIA_FILE.FOLDER_ID.isNotNull()))) == 2
                    && Rig.files(rig.paths.cachedMedia()).isEmpty(), () -> "in the cache: " + Rig.files(rig.paths.cachedMedia()));
            rig.settled();
            for (ItemKey key : List.of(one, two)) {
                assertThat(origin(rig, key)).isEqualTo(Origin.USER);
                assertThat(rig.right(key, SIZE)).isTrue();
            }
            assertThat(rig.server.requests()).hasSize(2);
        }
    }

    @Test
    @DisplayName("B.31 whatever touch of the disk fails on the way back to the cache, when the program ends right after it: the next start ends it, with one file and nothing left over")
    void everyStep() throws IOException {
        var disk = new FailingDisk();
        try (var rig = new Rig(folder, new FaultServer(), Rig.FAST, disk).start()) {
            boolean untouched = false;
            int n = 1;
            for (; !untouched && n < 200; n++) {
                var desk = new KeepDesk(rig);
                String id = "s" + n;
                ItemKey key = rig.offered(id, SIZE);
                ItemKey album = desk.collection("album" + n, id);
                desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
                rig.await(key, Status.COMPLETED);
                rig.settled();
                rig.engine.fetchAhead().next(List.of(key)).join();
                // Nothing else touches the disk when the first failure is due.
                rig.engine.verify(false).join();
                disk.failAt(n, "Input/output error");
                desk.keeps.release(ItemKind.ALBUM, album).join();
                Rig.await(() -> disk.happened() || cached(rig, key), () -> "neither");
                Rig.await(() -> disk.happened() || rig.files().isEmpty(), () -> "neither");
                rig.engine.close();
                untouched = !disk.happened();
                disk.failAt(Integer.MAX_VALUE, "");
                rig.reopen();
                Rig.await(() -> cached(rig, key), () -> "step: " + rig.row(key));
                rig.settled();
                assertThat(rig.files()).as("step %d", n).isEmpty();
                assertThat(rig.right(key, SIZE)).as("step %d", n).isTrue();
                assertThat(Rig.files(rig.paths.cachedMedia())).hasSize(n);
            }
            assertThat(untouched).isTrue();
            assertThat(n).isGreaterThan(3);
            var report = rig.engine.verify(false).join();
            assertThat(List.of(report.missing(), report.damaged(), report.unknown())).allMatch(List::isEmpty);
        }
    }

    @Test
    @DisplayName("2.10 what finds no place in the cache and is not next any more goes")
    void noPlace() throws IOException {
        try (var rig = new Rig(folder).start()) {
            var desk = new KeepDesk(rig);
            ItemKey one = rig.offered("one", SIZE);
            ItemKey album = album(desk, "one");
            kept(rig, desk, album, List.of(one));
            // A file stands where the cache's folder for it would be.
            String first = Path.of(rig.files().getFirst()).getName(0).toString();
            Files.createDirectories(rig.paths.cachedMedia());
            Files.writeString(rig.paths.cachedMedia().resolve(first), "in the way");
            rig.engine.fetchAhead().returnedTo(Set.of(album));
            desk.keeps.release(ItemKind.ALBUM, album).join();
            Rig.await(() -> rig.row(one).isEmpty() && rig.files().isEmpty(), () -> "still there: " + rig.files());
            rig.settled();
        } catch (CompletionException e) {
            throw new AssertionError(e);
        }
    }
}
