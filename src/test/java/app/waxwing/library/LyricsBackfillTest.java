package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.schema.Tables;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the test's thread when it moves the clock.
class LyricsBackfillTest {
    @TempDir
    Path folder;
    private final ManualTime time = new ManualTime();
    private final FakeMediaServer server = new FakeMediaServer("srv").fill(30);
    private final TestAccounts accounts = new TestAccounts();
    private Database database;
    private StoredLibrary library;
    private long account;
    private boolean busy;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("w.db"), time);
        var changes = new LibraryChanges(time, Runnable::run);
        library = new StoredLibrary(database, changes, accounts, Runnable::run, time, new Random(1));
        account = accounts.add(database, server, "u").id();
        try (var io = app.waxwing.base.Threads.virtual("io")) {
            new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
        }
        var f = Tables.MEDIA_FILE;
        for (String id : List.of("t1", "t2", "t3", "t9")) {
            boolean kept = !id.equals("t9");
            database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(f).set(f.ACCOUNT_ID, account).set(f.ITEM_ID, id)
                    .set(f.ROOT, kept ? "media" : "cache").set(f.FOLDER_ID, kept ? 1L : null).set(f.PATH, id).set(f.PATH_KEY, id)
                    .set(f.SIZE, 1L)
                    .set(f.MODIFIED_AT, 0L).set(f.SHA256, "00").set(f.IS_PINNED, kept).set(f.COMPLETED_AT, 0L).execute()).join();
        }
        server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "la"))));
        server.calls.clear();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<String> asked() {
        return server.calls.stream().filter(c -> c.startsWith("lyrics")).toList();
    }

    @Test
    @DisplayName("C.3 14 words of kept tracks come by themselves, one at a time, and serve offline; «none» is asked again after seven days, not before")
    void comes() throws Exception {
        try (var job = library.backfillLyrics(() -> busy)) {
            assertThat(job).isNotNull();
            busy = true;
            time.pass(LyricsBackfill.FIRST.plusMinutes(5));
            assertThat(asked()).as("gives way to sound and downloads").isEmpty();
            busy = false;
            time.pass(QuietWork.BACK_OFF);
            assertThat(asked()).hasSize(1);
            time.pass(QuietWork.PAUSE.multipliedBy(3));
            assertThat(asked()).containsExactlyInAnyOrder("lyrics t1", "lyrics t2", "lyrics t3");
            time.pass(Duration.ofDays(6));
            assertThat(asked()).hasSize(3);
            time.pass(Duration.ofDays(1).plusHours(1));
            assertThat(asked()).as("the two without words, once more").hasSize(5).filteredOn("lyrics t1"::equals).hasSize(1);
            accounts.online = false;
            assertThat(library.lyrics(new ItemKey(account, "t1")).join()).isPresent();
        }
        accounts.online = true;
        time.pass(Duration.ofDays(30));
        assertThat(asked()).as("closed").hasSize(5);
    }

    @Test
    @DisplayName("C.3 14 while a server fails it is asked less and less often, offline not at all")
    void backsOff() throws Exception {
        server.failsAt = n -> true;
        server.failure = new Failure.Offline("fake");
        try (var job = library.backfillLyrics(() -> busy)) {
            assertThat(job).isNotNull();
            accounts.online = false;
            time.pass(Duration.ofHours(5));
            assertThat(asked()).isEmpty();
            accounts.online = true;
            time.pass(Duration.ofHours(5));
            assertThat(asked()).hasSizeBetween(6, 16);
            server.failsAt = n -> false;
            time.pass(Duration.ofHours(2));
            accounts.online = false;
            assertThat(library.lyrics(new ItemKey(account, "t1")).join()).isPresent();
        }
    }
}
