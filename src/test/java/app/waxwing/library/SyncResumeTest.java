package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.server.ArtistRef;
import app.waxwing.server.RemoteTrack;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.SampleWords;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library that changes on its server while the reading of it is broken off.
class SyncResumeTest {
    private static final int PAGE = 20;
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    @TempDir
    Path folder;
    private LibraryDesk desk;
    private int made;

    @BeforeEach
    void open() {
        desk = new LibraryDesk(folder);
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private static FakeMediaServer server(String id, int tracks) {
        var server = new FakeMediaServer(id).fill(tracks);
        server.shortPages = PAGE;
        return server;
    }

    /// Breaks the sync off at its n-th call from here.
    ///
    /// @return whether it was under way until then
    private boolean broken(FakeMediaServer server, long account, boolean full, int n) {
        int at = server.calls() + n;
        server.failsAt = call -> call == at;
        try {
            desk.sync(account, full);
            return false;
        } catch (FailureException e) {
            assertThat(e.failure().code()).isEqualTo("offline");
            return true;
        } finally {
            server.failsAt = call -> false;
        }
    }

    /// Breaks the sync off when this page is asked for.
    private void brokenAt(FakeMediaServer server, long account, String page) {
        server.failsAt = call -> server.calls.getLast().equals(page);
        try {
            desk.sync(account, false);
            throw new AssertionError("«" + page + "» was not asked for");
        } catch (FailureException e) {
            assertThat(e.failure().code()).isEqualTo("offline");
        } finally {
            server.failsAt = call -> false;
        }
    }

    private void later(FakeMediaServer server) {
        server.clock = server.clock.plus(Duration.ofHours(1));
    }

    private RemoteTrack fresh() {
        made++;
        return FakeMediaServer.track("n" + made, "Newcomer " + made, "al0", SampleWords.album(0),
                new ArtistRef("ar0", SampleWords.artist(0)),
                made);
    }

    /// So that it stands at this place of the server's lists.
    private static void put(FakeMediaServer server, RemoteTrack track, int place) {
        List<RemoteTrack> order = new ArrayList<>(server.tracks.values());
        order.removeIf(t -> t.id().equals(track.id()));
        order.add(place, track);
        server.tracks.clear();
        order.forEach(t -> server.tracks.put(t.id(), t));
        server.put(track);
    }

    private Map<String, String> here(long account) {
        return desk.database.readNow(sql -> sql.select(TRACK.ITEM_ID, TRACK.TITLE).from(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(account), TRACK.GONE_AT.isNull()).fetchMap(TRACK.ITEM_ID, TRACK.TITLE));
    }

    private static Map<String, String> there(FakeMediaServer server) {
        var there = new LinkedHashMap<String, String>();
        server.tracks.values().forEach(t -> there.put(t.id(), t.title().orElseThrow()));
        return there;
    }

    @Test
    @DisplayName("1.2, 4.10 what stood after the last page that was read is not passed over when as many tracks left before it as came after it")
    void shifted() {
        var server = server("one", 100);
        long account = desk.account(server, "ida").id();
        brokenAt(server, account, "tracks 40");
        for (int i = 3; i < 15; i++) server.tracks.remove("t" + i);
        later(server);
        for (int i = 0; i < 12; i++) put(server, fresh(), server.tracks.size());
        desk.sync(account, false);
        desk.sync(account, false);
        assertThat(here(account)).containsAllEntriesOf(there(server));
    }

    @Test
    @DisplayName("1.2, 4.10 the end of the list is read when tracks came into its middle, and as many as came left its beginning for others")
    void longer() {
        var server = server("one", 100);
        long account = desk.account(server, "ida").id();
        brokenAt(server, account, "tracks 60");
        for (int i = 3; i < 15; i++) server.tracks.remove("t" + i);
        later(server);
        for (int i = 0; i < 12; i++) put(server, fresh(), 0);
        for (int i = 0; i < 12; i++) put(server, fresh(), 70);
        desk.sync(account, false);
        desk.sync(account, false);
        assertThat(here(account)).containsAllEntriesOf(there(server));
    }

    @Test
    @DisplayName("4.10 where nothing changed a sync that was broken off reads one page twice, and none of those before it")
    void cheap() {
        var server = server("one", 200);
        long account = desk.account(server, "ida").id();
        brokenAt(server, account, "tracks 140");
        server.calls.clear();
        desk.sync(account, false);
        assertThat(server.calls("artists ") + server.calls("albums ")).isZero();
        // The one before the break, the four after it; what a kill costs more is asked for ahead of the page in work.
        assertThat(server.calls("tracks ")).isLessThanOrEqualTo(6);
        assertThat(here(account)).isEqualTo(there(server));
    }

    @Test
    @DisplayName("4.10 of a list of changes that was broken off nothing is passed over that changed since, though as much left the list before it")
    void changes() {
        var server = server("one", 200);
        long account = desk.account(server, "ida").id();
        desk.sync(account, false);
        later(server);
        for (int i = 20; i < 80; i++) retag(server, "t" + i, -1);
        server.failsAt = call -> server.calls("tracksChanged") == 3;
        assertThatThrownBy(() -> desk.sync(account, false)).isInstanceOf(FailureException.class);
        server.failsAt = call -> false;
        later(server);
        server.tracks.remove("t30");
        put(server, fresh(), 0);
        later(server);
        desk.sync(account, false);
        desk.sync(account, false);
        assertThat(here(account)).containsAllEntriesOf(there(server));
    }

    /// @param place -1 where it stays
    private void retag(FakeMediaServer server, String id, int place) {
        RemoteTrack t = java.util.Objects.requireNonNull(server.tracks.get(id));
        String title = "Retagged " + ++made;
        var now = new RemoteTrack(id, Optional.of(title), Optional.of(title), t.albumId(), t.albumTitle(), t.artists(), t.albumArtists(),
                t.disc(), t.number(), t.year(), t.genres(), t.duration(), t.container(), t.size(), t.bitrate(), t.path(),
                t.musicBrainzId(), t.imageTag(), t.gainDb(), t.albumGainDb(), t.hasLyrics(), Optional.of("tag-" + made), t.added(),
                t.userData(), t.problem());
        if (place < 0) server.put(now);
        else put(server, now, place);
    }

    private void change(FakeMediaServer server) {
        later(server);
        int removed = random.nextInt(8);
        int added = random.nextBoolean() ? removed : random.nextInt(8);
        for (int i = 0; i < removed; i++) {
            List<String> ids = List.copyOf(server.tracks.keySet());
            server.tracks.remove(ids.get(random.nextInt(random.nextBoolean() ? PAGE : ids.size())));
        }
        for (int i = 0; i < added; i++)
            put(server, fresh(), random.nextBoolean() ? server.tracks.size() : random.nextInt(server.tracks.size()));
        for (int i = random.nextInt(4); i > 0; i--) {
            List<String> ids = List.copyOf(server.tracks.keySet());
            retag(server, ids.get(random.nextInt(ids.size())), random.nextBoolean() ? -1 : random.nextInt(ids.size()));
        }
    }

    @Test
    @DisplayName("1.2, 4.10 broken off at random calls while the server removes, adds and tags anew: in the end every id is here as the server has it (seeded)")
    void random() {
        int rounds = TestScale.of(24, 1_000);
        for (int round = 0; round < rounds; round++) {
            var server = server("s" + round, 120 + random.nextInt(80));
            long account = desk.account(server, "ida").id();
            boolean known = random.nextInt(3) == 0;
            if (known) {
                desk.sync(account, false);
                later(server);
            }
            boolean full = !known || random.nextBoolean();
            if (!full) for (int i = 0; i < 100; i++) retag(server, "t" + i, -1);
            for (int breaks = 1 + random.nextInt(3); breaks > 0; breaks--) {
                broken(server, account, full, 2 + random.nextInt(24));
                change(server);
            }
            later(server);
            desk.sync(account, false);
            desk.sync(account, false);
            assertThat(here(account)).as("seed %d, round %d: what the server has", seed, round).containsAllEntriesOf(there(server));
            for (int i = 0; i < 4; i++) desk.sync(account, false);
            assertThat(here(account)).as("seed %d, round %d: nothing else", seed, round).isEqualTo(there(server));
        }
    }
}
