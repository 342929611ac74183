package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.ARTIST;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.demo.Item;
import app.waxwing.demo.Request;
import app.waxwing.store.Database;
import app.waxwing.testing.ChildJvm;
import app.waxwing.testing.JellyfinCalls;
import app.waxwing.testing.TestScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class SyncKillTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    @TempDir
    Path folder;

    private Process child(DemoServer server, JellyfinCalls calls) throws IOException {
        return ChildJvm.start(SyncChild.class, folder.resolve("child.log"), folder.resolve("waxwing.db").toString(), server.url(),
                calls.userId(), calls.token());
    }

    /// The `startIndex` of each page of tracks that was asked for since the last look.
    private static List<Integer> pages(DemoServer server) {
        List<Integer> pages = new ArrayList<>();
        for (Request r : server.requests()) {
            boolean tracks = r.param("includeItemTypes").filter("Audio"::equals).isPresent() && r.param("parentId").isPresent()
                    && r.param("minDateLastSavedForUser").isEmpty() && r.param("limit").filter("1"::equals).isEmpty();
            if (tracks) pages.add(r.param("startIndex").map(Integer::parseInt).orElse(0));
        }
        server.forgetRequests();
        return pages;
    }

    @Test
    @DisplayName("1.2, 4.10 a sync killed at random points goes on from where it stood; in the end every id is there, once, and the counts are the server's")
    void killed(TestReporter reporter) throws Exception {
        int kills = TestScale.syncKills();
        int tracks = TestScale.of(6_000, 40_000);
        int resumed = 0;
        int asked = 0;
        try (DemoServer server = DemoServer.start(DemoLibrary.synthetic(tracks, 7), 0);
                var calls = new JellyfinCalls(server.url(), "child").login(DemoServer.USER, DemoServer.PASSWORD)) {
            for (int kill = 0; kill <= kills; kill++) {
                Process child = child(server, calls);
                try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
                    String last = "";
                    for (int lines = kill == kills ? Integer.MAX_VALUE : 1 + random.nextInt(4); lines > 0
                            && !last.equals("complete"); lines--) {
                        String line = out.readLine();
                        assertThat(line).as("seed %d, run %d after «%s»: the child's word", seed, kill, last).isNotNull();
                        last = line;
                    }
                    if (kill == kills) assertThat(last).isEqualTo("complete");
                    else LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(60)));
                } finally {
                    child.destroyForcibly().waitFor();
                }
                List<Integer> pages = pages(server);
                asked += pages.size();
                if (kill > 0 && !pages.isEmpty() && pages.getFirst() > 0) resumed++;
            }
            check(server);
        }
        int whole = (tracks + SyncContext.PAGE - 1) / SyncContext.PAGE;
        reporter.publishEntry(Map.of("seed", String.valueOf(seed), "kills", String.valueOf(kills), "runs that went on in the tracks",
                String.valueOf(resumed), "pages", String.valueOf(whole), "pages asked for", String.valueOf(asked)));
        assertThat(resumed).as("seed %d: runs that began in the middle of the tracks", seed).isPositive();
        // The page in work and the one asked for ahead are read again, and the one before them tells that they are in their places.
        assertThat(asked).as("seed %d: pages of tracks", seed).isLessThanOrEqualTo(whole + 3 * kills);
    }

    private void check(DemoServer server) {
        DemoLibrary there = server.shelf().start();
        Set<String> albums = there.tracks().stream().map(Item.Track::albumId).collect(Collectors.toSet());
        try (var time = new SystemTime(); var database = Database.open(folder.resolve("waxwing.db"), time)) {
            assertThat(database.integrityCheck().join()).isEmpty();
            List<String> ids = database
                    .readNow(sql -> sql.select(TRACK.ITEM_ID).from(TRACK).where(TRACK.GONE_AT.isNull()).fetch(TRACK.ITEM_ID));
            assertThat(ids).as("seed %d", seed).hasSize(there.tracks().size());
            assertThat(new HashSet<>(ids)).isEqualTo(there.tracksById().keySet());
            Set<String> albumsHere = database.readNow(sql -> sql.select(ALBUM.ITEM_ID).from(ALBUM).where(ALBUM.GONE_AT.isNull())
                    .fetchSet(ALBUM.ITEM_ID));
            assertThat(albumsHere).as("seed %d", seed).isEqualTo(albums);
            int artists = database.readNow(sql -> sql.fetchCount(ARTIST, ARTIST.GONE_AT.isNull()));
            assertThat(artists).as("seed %d", seed).isEqualTo(there.artists().size());
            int words = database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.TRACK_FTS));
            assertThat(words).as("what can be found").isEqualTo(ids.size());
            int inAlbums = database.readNow(sql -> sql.select(org.jooq.impl.DSL.sum(ALBUM.TRACK_COUNT)).from(ALBUM).fetchSingle().value1()
                    .intValue());
            assertThat(inAlbums).as("figures of albums").isEqualTo(ids.size());
        }
    }
}
