package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.account.Account;
import app.waxwing.account.AccountBook;
import app.waxwing.account.HttpClients;
import app.waxwing.account.Reachability;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoOptions;
import app.waxwing.demo.DemoServer;
import app.waxwing.library.CoverCache;
import app.waxwing.library.CoverSource;
import app.waxwing.library.FileTable;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.LiveSync;
import app.waxwing.library.Located;
import app.waxwing.library.Locator;
import app.waxwing.library.PendingActions;
import app.waxwing.library.RemoteTracks;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.Track;
import app.waxwing.library.UserEdits;
import app.waxwing.outbox.Journal;
import app.waxwing.server.ItemKind;
import app.waxwing.server.PlayReport;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.MemorySecrets;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything of the program that speaks to servers, over one account, while another server takes its server's address (B.43).
class StrangersTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final ExecutorService io = Threads.virtual("io");
    private final HttpClients clients = new HttpClients("0.1.0-test");
    private final LibraryChanges changes = new LibraryChanges(time, io);
    private DemoServer home;
    private Database database;
    private AccountBook accounts;
    private StoredLibrary library;
    private SyncEngine sync;
    private UserEdits edits;
    private Journal outbox;
    private CoverCache covers;
    private Downloads downloads;
    private Locator locator;
    private LiveSync live;
    private Account account;
    private List<Track> tracks;

    @BeforeEach
    void start() throws IOException {
        home = DemoServer.start(DemoLibrary.bundled(), DemoOptions.USUAL);
        var paths = AppPaths.under(folder);
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        accounts = new AccountBook(database, new MemorySecrets(), clients, time, io, NetworkMonitor.NONE, PowerMonitor.NONE,
                new AccountBook.Settings("Test bench", "0.1.0", 9, () -> Set.of(InetAddress.getLoopbackAddress())));
        account = accounts.signIn(accounts.probe(home.url()).join(), DemoServer.USER, DemoServer.PASSWORD).join();
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(7));
        var actions = new PendingActions(database);
        sync = new SyncEngine(database, changes, accounts, actions, io, time);
        edits = new UserEdits(database, changes, actions, time);
        outbox = new Journal(database, accounts, changes, actions, edits, io, time, new Random(7));
        CoverSource pictures = accounts::image;
        covers = new CoverCache(database, pictures.with(accounts::imageTag), folder.resolve("covers"), 1 << 30, time, io);
        downloads = new Downloads(database, paths, new SessionTransfers(accounts, accounts, (f, s) -> Duration.ZERO, io),
                accounts.reachability(), Surroundings.plain(LimitChoice.of(Limits.USUAL)), time, DownloadOptions.USUAL, new Random(7),
                k -> false,
                p -> {});
        downloads.start().join();
        var files = new FileTable(database, changes, paths.cachedMedia(), MediaFolders::isThere, time);
        locator = new Locator(files, downloads.growingFiles(), new RemoteTracks(accounts, accounts.reachability()), accounts, io);
        live = new LiveSync(accounts, sync, database, changes, time, io, new Random(7), () -> true).begin();
        until("the library is here and a line stands", () -> live.open() == 1 && library.totals().join().tracks() == 25);
        tracks = library.tracks(app.waxwing.library.Query.ALL).join().items();
    }

    @AfterEach
    void stop() {
        live.close();
        downloads.close();
        covers.close();
        outbox.close();
        sync.close();
        accounts.close();
        home.close();
        clients.close();
        io.shutdownNow();
        database.close();
        time.close();
    }

    @Test
    @DisplayName("B.43 another server at the address: no sync, push, cover, words, likeness, stream, report, download or line sends the sign-in there; "
            + "what is here plays; and all goes on by itself when the own server is back")
    void anotherServer() throws IOException {
        ItemKey kept = tracks.get(0).key();
        ItemKey wanted = tracks.get(1).key();
        downloads.enqueue(List.of(kept), Download.Origin.USER, 0, "original").join();
        until("a file is kept", () -> status(kept).equals(Optional.of(Download.Status.COMPLETED)));

        Reachability reach = accounts.reachability();
        int port = home.port();
        home.down();
        try (var stranger = DemoServer.start(DemoLibrary.synthetic(30, 7), DemoOptions.USUAL.port(port))) {
            var server = accounts.server(account.id());
            edits.favourite(ItemKind.TRACK, wanted, true).join();
            outbox.played(wanted, time.now()).join();
            // One that began before may still come to its end.
            until("a sync finds nobody of ours", () -> sync.sync(account.id(), false)
                    .handle((done, e) -> e != null && FailureException.of(e) instanceof Failure.Offline).join());
            offline(() -> server.progress(new PlayReport(wanted.id(), "s", Duration.ZERO, false, 100, PlayReport.Method.DIRECT)));
            offline(() -> accounts.open(account.id(), wanted.id()).close());
            offline(() -> accounts.image(account.id(), wanted.id(), "tag", 300, 1 << 20));
            offline(() -> accounts.imageTag(account.id(), wanted.id()));
            until("it is known", () -> reach.strangers().equals(Set.of(account.id())) && !reach.online(account.id()) && live.open() == 0);
            outbox.flush().join();
            for (Track track : tracks.subList(2, 6)) {
                assertThat(covers.file(track.cover().orElseThrow(), 1000).join()).isEmpty();
                library.lyrics(track.key()).handle((x, e) -> 0).join();
                assertThat(library.similar(track.key(), 5).handle((found, e) -> e == null ? found : List.of()).join()).isNotNull();
            }
            downloads.enqueue(List.of(wanted), Download.Origin.USER, 0, "original").join();
            until("the download says why it waits", () -> downloads.byItem(wanted).join().stream()
                    .anyMatch(d -> d.waits().filter(w -> w.needs().toLowerCase(java.util.Locale.ROOT).contains("another server answers"))
                            .isPresent()));
            assertThat(locator.locate(kept).join()).isInstanceOf(Located.LocalFile.class);
            assertThat(locator.locate(wanted).join()).isEqualTo(new Located.Nowhere(new Failure.Offline(account.serverName(), true)));
            assertThat(outbox.count()).as("kept, and not sent").isEqualTo(2);
            long before = stranger.requestCount();
            reach.lookAgain(account.id());
            until("somebody looks again", () -> stranger.requestCount() > before);
            assertThat(reach.online(account.id())).isFalse();
            assertThat(accounts.signedIn(account.id())).isTrue();
            assertThat(stranger.requests()).allSatisfy(r -> {
                assertThat(r.path()).isEqualTo("/System/Info/Public");
                assertThat(r.header("Authorization")).isEmpty();
            });
        }

        home.forgetRequests();
        home.up();
        reach.lookAgain(account.id());
        until("its own server is back", () -> reach.strangers().isEmpty() && reach.online(account.id()));
        until("the line stands again", () -> live.open() == 1);
        until("what waited is sent", () -> outbox.count() == 0);
        until("the download is here", () -> status(wanted).equals(Optional.of(Download.Status.COMPLETED)));
        assertThat(downloads.byItem(wanted).join().getFirst().retryCount()).isZero();
        assertThat(home.requests()).extracting(app.waxwing.demo.Request::path).contains("/UserFavoriteItems/" + wanted.id());
        assertThat(sync.sync(account.id(), false).join().tracks()).isNotNegative();
    }

    private Optional<Download.Status> status(ItemKey track) {
        return downloads.byItem(track).join().stream().map(Download::status).findFirst();
    }

    private static void offline(ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.Offline.class));
    }

    private static void until(String what, BooleanSupplier holds) {
        Rig.await(holds, () -> "not so: " + what);
    }
}
