package app.waxwing.library.ui;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.Album;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.parts.Asked;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeViewModelTest {
    private static final int ALBUMS = 60;
    /// Heard before all others, and the one that came to the server first.
    private static final int FIRST = ALBUMS - 1;
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final ExecutorService io = Threads.virtual("io");
    private Database database;
    private StoredLibrary library;
    private long account;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        var accounts = new TestAccounts();
        var changes = new LibraryChanges(time, io);
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(7));
        account = accounts.add(database, new FakeMediaServer("one").fill(10 * ALBUMS), "ida").id();
        new SyncEngine(database, changes, accounts, io, time).sync(account, false).orTimeout(60, TimeUnit.SECONDS).join();
    }

    @AfterEach
    void close() {
        io.shutdownNow();
        database.close();
        time.close();
    }

    private void heard(int track, long at, long times) {
        database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account)
                .set(USER_DATA.KIND, "track").set(USER_DATA.ITEM_ID, "t" + track).set(USER_DATA.LAST_PLAYED_LOCAL_AT, at)
                .set(USER_DATA.PLAY_COUNT_LOCAL, times).onDuplicateKeyUpdate().set(USER_DATA.LAST_PLAYED_LOCAL_AT, at)
                .set(USER_DATA.PLAY_COUNT_LOCAL, times).execute()).join();
    }

    private void kept(int track) {
        database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, account)
                .set(MEDIA_FILE.ITEM_ID, "t" + track).set(MEDIA_FILE.ROOT, "media").set(MEDIA_FILE.FOLDER_ID, 1L)
                .set(MEDIA_FILE.PATH, "f" + track).set(MEDIA_FILE.PATH_KEY, "f" + track).set(MEDIA_FILE.SIZE, 1L)
                .set(MEDIA_FILE.MODIFIED_AT, 0L).set(MEDIA_FILE.SHA256, "00").set(MEDIA_FILE.IS_PINNED, true)
                .set(MEDIA_FILE.COMPLETED_AT, 0L).execute()).join();
    }

    private HomeViewModel.Home home(boolean playableOnly) {
        var found = new CompletableFuture<HomeViewModel.Home>();
        var model = new HomeViewModel(library, Runnable::run, () -> playableOnly);
        model.question().state().addListener((o, before, now) -> {
            if (now instanceof Asked.Here<HomeViewModel.Home>(HomeViewModel.Home home)) found.complete(home);
            if (now instanceof Asked.Failed<?> failed) found.completeExceptionally(new AssertionError(failed));
        });
        model.question().ask();
        return found.orTimeout(60, TimeUnit.SECONDS).join();
    }

    private static List<String> ids(List<Album> albums) {
        return albums.stream().map(a -> a.key().id()).toList();
    }

    @Test
    @DisplayName("Issue 4 with only what plays here Home shows the kept album that was heard before dozens of streamed ones, in each of its rows")
    void onlyWhatPlaysHere() {
        long now = time.now().toEpochMilli();
        for (int album = FIRST; album >= 0; album--) {
            for (int track = 0; track < 2; track++)
                heard(10 * album + track, now - 1_000_000 - 10_000L * album + track, album == FIRST ? 1 : 2);
        }
        for (int track = 0; track < 4; track++) kept(10 * FIRST + track);
        var everything = home(false);
        assertThat(everything.carryOn()).hasSize(HomeViewModel.A_ROW);
        assertThat(everything.started()).hasSize(HomeViewModel.A_ROW);
        var here = home(true);
        var first = List.of("al" + FIRST);
        assertThat(ids(here.carryOn())).as("carry on").isEqualTo(first);
        assertThat(ids(here.started())).as("started").isEqualTo(first);
        assertThat(ids(here.added())).as("added").isEqualTo(first);
        assertThat(ids(here.most())).as("most played").isEqualTo(first);
        assertThat(library.home(5, true).join().started()).as("of what is to come two tracks play here").singleElement().satisfies(s -> {
            assertThat(s.next().key().id()).isEqualTo("t" + (10 * FIRST + 2));
            assertThat(s.remaining()).isEqualTo(2);
        });
    }

    @Test
    @DisplayName("Issue 4 an album whose kept tracks were all heard is nothing to go on with where only what plays here is shown")
    void nothingLeft() {
        long now = time.now().toEpochMilli();
        for (int track = 0; track < 2; track++) {
            heard(track, now - 1_000 + track, 1);
            kept(track);
        }
        assertThat(ids(home(false).started())).containsExactly("al0");
        assertThat(home(true).started()).isEmpty();
        assertThat(ids(home(true).carryOn())).containsExactly("al0");
    }
}
