package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchAheadTest {
    private static final int SIZE = 900_000;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey good(String id) {
        return good(id, SIZE);
    }

    /// @param said by the library; -1 = nothing
    private ItemKey good(String id, int said) {
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File"))
            rig.server.file(path, Version.of(TransferTest.music(SIZE, id.hashCode()), Instant.EPOCH));
        return rig.track(1, id, said);
    }

    private ItemKey stuck(String id) {
        ItemKey key = good(id);
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File"))
            rig.server.script(path,
                    r -> FaultServer.serve(Version.of(TransferTest.music(SIZE, id.hashCode()), Instant.EPOCH), r).stall(600_000));
        return key;
    }

    @Test
    @DisplayName("2.8 what is next comes into the cache; what is not next any more and not whole is given up, what is whole stays, what somebody keeps goes on")
    void next() {
        ItemKey whole = good("whole");
        ItemKey slow = stuck("slow");
        ItemKey kept = stuck("kept");
        ItemKey later = good("later");
        var ahead = rig.engine.fetchAhead();
        ahead.next(List.of(whole, slow, kept)).join();
        Download here = rig.await(whole, Status.COMPLETED);
        assertThat(here.origin()).isEqualTo(Origin.QUEUE);
        assertThat(here.path().orElseThrow()).startsWith(rig.paths.cachedMedia());
        rig.enqueue(kept);
        ahead.next(List.of(later)).join();
        rig.await(later, Status.COMPLETED);
        Rig.await(() -> rig.row(slow).isEmpty(), () -> "still there: " + rig.row(slow));
        assertThat(rig.row(whole)).hasValueSatisfying(d -> assertThat(d.status()).isEqualTo(Status.COMPLETED));
        assertThat(rig.row(kept)).hasValueSatisfying(d -> assertThat(d.origin()).isEqualTo(Origin.USER));
    }

    @Test
    @DisplayName("2.9 the rest of an album comes in the album's class, and nothing that is here or on its way is asked for again")
    void rest() {
        ItemKey here = good("here");
        ItemKey missing = good("missing");
        rig.enqueue(here);
        rig.await(here, Status.COMPLETED);
        rig.engine.fetchAhead().rest(List.of(here, missing)).join();
        Download row = rig.await(missing, Status.COMPLETED);
        assertThat(row.origin()).isEqualTo(Origin.ALBUM);
        rig.engine.fetchAhead().rest(List.of(here, missing)).join();
        assertThat(rig.server.requests("/Items/here/File").size() + rig.server.requests(Rig.path("here")).size()).isEqualTo(1);
        assertThat(rig.row(here).orElseThrow().origin()).isEqualTo(Origin.USER);
    }

    private void cacheOf(int tracks) {
        rig.engine.fetchAhead().limit((long) tracks * SIZE + 1000);
    }

    private Path cached(String id) {
        Download row = rig.await(new ItemKey(1, id), Status.COMPLETED);
        return row.path().orElseThrow();
    }

    @Test
    @DisplayName("2.11 2.10 room is made before a wish: the longest unused goes first, what is next stays, and when nothing can go the wish is refused with a reason")
    void room() {
        cacheOf(3);
        var ahead = rig.engine.fetchAhead();
        for (String id : List.of("old", "older", "oldest")) good(id);
        assertThat(ahead.rest(List.of(new ItemKey(1, "oldest"))).join()).isEmpty();
        cached("oldest");
        assertThat(ahead.next(List.of(new ItemKey(1, "older"), new ItemKey(1, "old"))).join()).isEmpty();
        List<Path> next = List.of(cached("older"), cached("old"));
        rig.server.script("/Items/a/File", r -> {
            // The room is there before the first byte of what comes is asked for.
            assertThat(Rig.files(rig.paths.cachedMedia()).stream().filter(f -> !f.endsWith(".part"))).hasSize(2);
            return FaultServer.serve(Version.of(TransferTest.music(SIZE, "a".hashCode()), Instant.EPOCH), r);
        });
        List<ItemKey> album = List.of(good("a"), good("b"), good("c"));
        assertThat(ahead.rest(album).join()).hasValueSatisfying(why -> assertThat(app.waxwing.base.FailureWords.sentence(why))
                .contains("2 tracks are not fetched ahead").contains("plays now and comes next"));
        cached("a");
        assertThat(next).allMatch(java.nio.file.Files::exists);
        Rig.await(() -> rig.row(new ItemKey(1, "oldest")).isEmpty(), () -> "the longest unused is still in the list");
        assertThat(rig.row(new ItemKey(1, "b"))).isEmpty();
        assertThat(Rig.files(rig.paths.cachedMedia())).hasSize(3);
    }

    @Test
    @DisplayName("2.11 B.41 files that turn out larger than was guessed: the longest unused goes for them too, and what finds no room then does not "
            + "come, so that the cache never takes more than its limit")
    void largerThanGuessed() {
        cacheOf(3);
        var ahead = rig.engine.fetchAhead();
        int small = SIZE / 10;
        ItemKey first = rig.offered("small", small);
        ahead.rest(List.of(first)).join();
        cached("small"); // from here on files here are small on average
        List<ItemKey> next = new java.util.ArrayList<>();
        for (String id : List.of("a", "b", "c", "d")) {
            good(id, -1);
            next.add(new ItemKey(1, id));
        }
        assertThat(ahead.next(next).join()).as("by what is guessed all find room").isEmpty();
        for (String id : List.of("a", "b", "c")) cached(id);
        Rig.await(() -> rig.row(next.getLast()).isEmpty(), () -> "still there: " + rig.row(next.getLast()));
        assertThat(rig.server.requests("/Items/d/File")).hasSize(1);
        Rig.await(() -> rig.row(first).isEmpty(), () -> "still there: " + rig.row(first));
        assertThat(ahead.used().join()).isEqualTo(3L * SIZE);
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).size() == 3, () -> "files: " + Rig.files(rig.paths.cachedMedia()));
    }

    /// A server that never says how long the file is.
    private ItemKey endless(String id, int size) {
        for (String path : List.of(Rig.path(id), "/Items/" + id + "/File"))
            rig.server.always(path, r -> FaultServer.serve(Rig.version(id, size), r).inChunks());
        return rig.track(1, id, -1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("2.11 B.7 B.41 what is fetched ahead and never says how long it is takes of the cache what eviction can make, and no more; then it ends "
            + "and is not begun again before there is more room for it, which is said")
    void unknownLength(boolean oldIsNext) throws Exception {
        rig.close();
        var most = new AtomicLong();
        rig = new Rig(folder.resolve("other"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                return new WrappedBytes(super.open(file)) {
                    @Override
                    public void write(ByteBuffer from, long position) throws IOException {
                        most.accumulateAndGet(position + from.remaining(), Math::max);
                        super.write(from, position);
                    }
                };
            }
        }).start();
        long limit = 7 << 19;
        rig.engine.fetchAhead().limit(limit);
        var ahead = rig.engine.fetchAhead();
        ItemKey old = good("old");
        ahead.rest(List.of(old)).join();
        Path file = cached("old");
        if (oldIsNext) rig.inUse = old::equals;
        ItemKey key = endless("endless", 30_000_000);
        assertThat(ahead.next(List.of(key)).join()).isEmpty();
        Rig.await(() -> most.get() > SIZE && rig.row(key).isEmpty(), () -> rig.row(key) + " at " + most);
        assertThat(most.get()).isLessThan((oldIsNext ? limit - SIZE : limit) + (1 << 20) + 2 * Filling.BUFFER);
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).size() == (oldIsNext ? 1 : 0), () -> "" + Rig.files(rig.paths.cachedMedia()));
        if (oldIsNext) assertThat(file).exists();
        assertThat(ahead.next(List.of(key)).join()).hasValueSatisfying(why -> assertThat(app.waxwing.base.FailureWords.sentence(why))
                .contains("one track is not fetched ahead").contains(oldIsNext ? "fills it" : "larger than it"));
        assertThat(rig.server.requests("/Items/endless/File")).hasSize(1);
        ahead.limit(40_000_000);
        assertThat(ahead.next(List.of(key)).join()).isEmpty();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, 30_000_000)).isTrue();
    }

    @Test
    @DisplayName("2.11 B.7 B.41 the cache's limit is not for what somebody has come to keep while it is heard and grows: it goes on and moves out of the cache")
    void keptWhileItGrows() throws Exception {
        rig.engine.fetchAhead().limit(3 << 20);
        ItemKey key = endless("kept", 9_000_000);
        rig.server.hold(1_000_000);
        try (var source = rig.engine.growingFiles().open(key).orElseThrow().file()) {
            assertThat(source.length()).isEqualTo(-1);
            rig.enqueue(key);
            rig.server.release();
            Rig.await(() -> rig.row(key).flatMap(Download::path).filter(p -> p.startsWith(rig.paths.media())).isPresent(),
                    () -> rig.row(key).toString());
        }
        assertThat(rig.right(key, 9_000_000)).isTrue();
    }

    @Test
    @DisplayName("2.11 B.41 nor is it for what began in the cache and is kept by now: it goes on there, however small the cache has become")
    void keptAndBegunInTheCache() {
        cacheOf(3);
        ItemKey key = stuck("begun");
        rig.engine.fetchAhead().next(List.of(key)).join();
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() >= 524_288), () -> "no bytes");
        rig.enqueue(key);
        List<Long> id = List.of(rig.row(key).orElseThrow().id());
        rig.engine.pause(id).join();
        rig.stopped();
        rig.engine.fetchAhead().limit(100_000);
        rig.engine.resume(id).join();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, SIZE)).isTrue();
    }

    private Optional<String> why(ItemKey key) {
        return rig.row(key).flatMap(Download::waits).map(Wait::needs);
    }

    @Test
    @DisplayName("2.8 what is fetched ahead says what it really waits for: another one that comes, or music that comes from a server")
    void whyItWaits() {
        rig.server.hold(600_000);
        ItemKey runs = good("runs");
        ItemKey waits = good("waits");
        rig.engine.fetchAhead().next(List.of(runs, waits)).join();
        Rig.await(() -> why(waits).filter(w -> w.contains("one file after the other")).isPresent(), () -> rig.row(waits).toString());
        rig.engine.streaming(true);
        for (ItemKey key : List.of(runs, waits)) {
            Rig.await(() -> why(key).filter(w -> w.contains("while music comes from a server")).isPresent(), () -> rig.row(key).toString());
        }
        rig.server.release();
        rig.engine.streaming(false);
        for (ItemKey key : List.of(runs, waits)) rig.await(key, Status.COMPLETED);
    }

    @Test
    @DisplayName("2.11 B.41 what is larger than the whole cache is refused and empties nothing; a smaller limit counts at once, one of zero fetches nothing ahead")
    void limits() {
        cacheOf(2);
        var ahead = rig.engine.fetchAhead();
        good("first");
        good("second");
        assertThat(ahead.rest(List.of(new ItemKey(1, "first"))).join()).isEmpty();
        cached("first");
        assertThat(ahead.rest(List.of(new ItemKey(1, "second"))).join()).isEmpty();
        Path second = cached("second");
        ItemKey huge = rig.track(1, "huge", 5L * SIZE);
        assertThat(ahead.next(List.of(huge)).join()).hasValueSatisfying(
                why -> assertThat(app.waxwing.base.FailureWords.sentence(why)).contains("one track is not").contains("larger than it"));
        assertThat(second).exists();
        assertThat(rig.row(huge)).isEmpty();
        cacheOf(1);
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).size() == 1, () -> "it keeps " + Rig.files(rig.paths.cachedMedia()));
        assertThat(second).exists();
        rig.engine.fetchAhead().limit(0);
        Rig.await(() -> Rig.files(rig.paths.cachedMedia()).isEmpty(), () -> "it keeps " + Rig.files(rig.paths.cachedMedia()));
        assertThat(ahead.next(List.of(good("third"))).join()).as("no cache is no trouble").isEmpty();
        assertThat(rig.row(new ItemKey(1, "third"))).isEmpty();
    }

    @Test
    @DisplayName("2.10 however many files are cached, clearing throws all of them away and says how much that was; each counts as evicted")
    void clear() {
        int many = 2_100;
        rig.database.write(Durability.SOON, Lane.USER, sql -> {
            for (int i = 0; i < many; i++) {
                sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, 1L).set(MEDIA_FILE.ITEM_ID, "m" + i).set(MEDIA_FILE.ROOT, "cache")
                        .set(MEDIA_FILE.PATH, "m" + i).set(MEDIA_FILE.PATH_KEY, "m" + i).set(MEDIA_FILE.SIZE, 10L)
                        .set(MEDIA_FILE.MODIFIED_AT, 0L).set(MEDIA_FILE.SHA256, "00").set(MEDIA_FILE.COMPLETED_AT, 0L).execute();
            }
            return 0;
        }).join();
        var evicted = new AtomicInteger();
        var ahead = rig.engine.fetchAhead();
        ahead.evicted().subscribe(key -> evicted.incrementAndGet());
        assertThat(ahead.held().join()).isEqualTo(new FetchAhead.Held(10L * many, many, 0));
        assertThat(ahead.clear().join()).isEqualTo(10L * many);
        assertThat(ahead.held().join()).isEqualTo(new FetchAhead.Held(0, 0, 0));
        assertThat(evicted).hasValue(many);
    }
}
