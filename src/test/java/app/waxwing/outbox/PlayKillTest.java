package app.waxwing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.UserEdits;
import app.waxwing.server.RemoteUserData;
import app.waxwing.store.Database;
import app.waxwing.testing.ChildJvm;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestAccounts;
import app.waxwing.testing.TestScale;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

class PlayKillTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    @TempDir
    Path folder;

    private Process child(long account, int first) throws IOException {
        return ChildJvm.start(PlayChild.class, folder.resolve("child.log"), folder.resolve("waxwing.db").toString(),
                String.valueOf(account),
                String.valueOf(first));
    }

    @Test
    @DisplayName("1.8 kill -9 while plays are counted: each that was kept counts once, here and, when the server is back, there; none is half written")
    void killed(TestReporter reporter) throws Exception {
        int kills = TestScale.of(3, 60);
        int done = 0;
        try (var time = new SystemTime(); var io = Threads.virtual("io")) {
            var accounts = new TestAccounts();
            var server = new FakeMediaServer("one").fill(PlayChild.TRACKS + 1);
            long account;
            try (Database database = EmptyDatabase.open(folder.resolve("waxwing.db"), time)) {
                account = accounts.add(database, server, "ida").id();
                accounts.online = true;
                new SyncEngine(database, new LibraryChanges(time, io), accounts, io, time).sync(account, true).join();
                accounts.online = false;
            }
            for (int kill = 0; kill < kills; kill++) done = killedAfter(account, done);
            try (Database database = Database.open(folder.resolve("waxwing.db"), time)) {
                assertThat(database.integrityCheck().join()).isEmpty();
                var changes = new LibraryChanges(time, io);
                var actions = new PendingActions(database);
                var library = new StoredLibrary(database, changes, accounts, io, time, new Random(1));
                try (var outbox = new Journal(database, accounts, changes, actions, new UserEdits(database, changes, actions, time), io,
                        time,
                        new Random(1))) {
                    assertThat(outbox.count()).as("seed %d: waiting for the server", seed).isEqualTo(done);
                    for (int track = 0; track < PlayChild.TRACKS; track++) {
                        var here = library.track(new ItemKey(account, PlayChild.track(track))).join().orElseThrow();
                        assertThat(here.playCount()).as("seed %d: plays of %s", seed, here.key()).isEqualTo(plays(track, done));
                    }
                    accounts.online = true;
                    outbox.flush().join();
                    assertThat(outbox.count()).as("seed %d: not told", seed).isZero();
                }
            }
            for (int track = 0; track < PlayChild.TRACKS; track++) {
                var none = new RemoteUserData(PlayChild.track(track), false, 0, Optional.empty(), Duration.ZERO);
                assertThat(server.userData.getOrDefault(PlayChild.track(track), none).playCount()).as("seed %d: told to the server", seed)
                        .isEqualTo(plays(track, done));
            }
        }
        reporter.publishEntry(Map.of("seed", String.valueOf(seed), "kills", String.valueOf(kills), "plays", String.valueOf(done)));
        assertThat(done).as("seed %d: plays", seed).isGreaterThan(kills);
    }

    private static int plays(int track, int done) {
        return (int) IntStream.range(0, done).filter(play -> play % PlayChild.TRACKS == track).count();
    }

    /// Starts a process that goes on counting, kills it, and looks at what is kept.
    ///
    /// @return how many plays are kept: those that it said, and at most one that it had no time to say
    private int killedAfter(long account, int first) throws Exception {
        Process child = child(account, first);
        int said = first;
        try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
            for (int lines = 1 + random.nextInt(40); lines > 0; lines--) {
                String line = out.readLine();
                assertThat(line).as("seed %d: the child's word after %d", seed, said).isEqualTo(String.valueOf(said));
                said++;
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(3000)));
            child.toHandle().destroyForcibly(); // leaves what it said to be read
            child.waitFor();
            for (String line = out.readLine(); line != null && !line.isEmpty(); line = out.readLine()) said++;
        }
        try (var time = new SystemTime(); Database database = Database.open(folder.resolve("waxwing.db"), time)) {
            var pending = app.waxwing.store.schema.Tables.PENDING_ACTION;
            int kept = database.readNow(sql -> sql.fetchCount(pending));
            assertThat(kept).as("seed %d: plays that are kept, of which %d were said", seed, said).isBetween(said, said + 1);
            return kept;
        }
    }
}
