package app.waxwing.app;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the test's thread when it moves the clock.
class BeforehandTest {
    @TempDir
    Path folder;
    private final ManualTime time = new ManualTime();
    private final FakeMediaServer server = new FakeMediaServer("srv").fill(30);
    private NetworkMonitor.Network network = NetworkMonitor.Network.UNKNOWN;
    private boolean busy;

    private final NetworkMonitor monitor = new NetworkMonitor() {
        @Override
        public Network network() {
            return network;
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return () -> {};
        }
    };

    private List<String> asked(String... words) {
        return server.calls.stream().filter(c -> List.of(words).contains(c.split(" ")[0])).toList();
    }

    @Test
    @DisplayName("C.3 8, C.3 14, 1.2 neither words nor what goes with what are fetched over a line that costs, or while others use it")
    void keepsOffLinesThatCost() throws Exception {
        var accounts = new TestAccounts();
        var changes = new LibraryChanges(time, Runnable::run);
        try (var database = EmptyDatabase.open(folder.resolve("w.db"), time)) {
            long account = accounts.add(database, server, "u").id();
            try (var io = Threads.virtual("io")) {
                new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
            }
            database.write(Durability.SOON, Lane.USER, sql -> {
                sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, account).set(MEDIA_FILE.ITEM_ID, "t1").set(MEDIA_FILE.ROOT, "media")
                        .set(MEDIA_FILE.FOLDER_ID, 1L).set(MEDIA_FILE.PATH, "t1").set(MEDIA_FILE.PATH_KEY, "t1").set(MEDIA_FILE.SIZE, 1L)
                        .set(MEDIA_FILE.MODIFIED_AT, 0L).set(MEDIA_FILE.SHA256, "00").set(MEDIA_FILE.IS_PINNED, true)
                        .set(MEDIA_FILE.COMPLETED_AT, 0L).execute();
                return sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account).set(USER_DATA.KIND, "track")
                        .set(USER_DATA.ITEM_ID, "t1").set(USER_DATA.LAST_PLAYED_LOCAL_AT, time.now().toEpochMilli())
                        .set(USER_DATA.PLAY_COUNT_LOCAL, 1L)
                        .onDuplicateKeyUpdate().set(USER_DATA.LAST_PLAYED_LOCAL_AT, time.now().toEpochMilli()).execute();
            }).join();
            var library = new StoredLibrary(database, changes, accounts, Runnable::run, time, new Random(1));
            try (var beforehand = new Beforehand(library, monitor, () -> busy)) {
                assertThat(beforehand).isNotNull();
                network = new NetworkMonitor.Network("train", NetworkMonitor.Metering.METERED, false);
                time.pass(Duration.ofHours(2));
                assertThat(asked("lyrics", "mix", "similar")).as("metered").isEmpty();
                network = new NetworkMonitor.Network("phone", NetworkMonitor.Metering.UNKNOWN, true);
                time.pass(Duration.ofHours(2));
                assertThat(asked("lyrics", "mix", "similar")).as("it looks like a phone").isEmpty();
                network = NetworkMonitor.Network.UNKNOWN;
                busy = true;
                time.pass(Duration.ofHours(2));
                assertThat(asked("lyrics", "mix", "similar")).as("something matters more").isEmpty();
                busy = false;
                time.pass(Duration.ofHours(2));
                assertThat(asked("lyrics")).containsExactly("lyrics t1");
                assertThat(asked("mix", "similar")).isNotEmpty();
            }
        }
    }
}
