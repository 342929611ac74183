package app.waxwing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.Track;
import app.waxwing.library.UserEdits;
import app.waxwing.server.ItemKind;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteUserData;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestAccounts;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes out while a sync reads, and what the server cannot find before a sync has looked.
class OutboxAndSyncTest {
    private static final Instant FIRST = Instant.parse("2026-03-02T10:00:00Z");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final ExecutorService io = Threads.virtual("io");
    private final TestAccounts accounts = new TestAccounts();
    private final LibraryChanges changes = new LibraryChanges(time, io);
    private final FakeMediaServer server = new FakeMediaServer("one").fill(30);
    /// Runs once, when the server has read the entries of a playlist and its answer is on its way.
    private final AtomicReference<Runnable> onTheWay = new AtomicReference<>(() -> {});
    private final List<String> notes = new ArrayList<>();
    private Database database;
    private UserEdits edits;
    private StoredLibrary library;
    private SyncEngine sync;
    private Journal outbox;
    private long account;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        var actions = new PendingActions(database);
        edits = new UserEdits(database, changes, actions, time);
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(1));
        sync = new SyncEngine(database, changes, accounts, actions, io, time);
        server.playlist("p1", "Evening", "t3", "t1");
        account = accounts.add(database, slow(), "ida").id();
        sync.sync(account, true).join();
        server.calls.clear();
        accounts.online = false;
        outbox = new Journal(database, accounts, changes, actions, edits, io, time, new Random(1));
        outbox.notes().subscribe(notes::add);
    }

    @AfterEach
    void close() {
        outbox.close();
        sync.close();
        io.shutdown();
        database.close();
        time.close();
    }

    private MediaServer slow() {
        return (MediaServer) Proxy.newProxyInstance(MediaServer.class.getClassLoader(), new Class<?>[]{MediaServer.class},
                (_, method, arguments) -> {
                    try {
                        Object answer = method.invoke(server, arguments);
                        if (method.getName().equals("playlistEntries")) onTheWay.getAndSet(() -> {}).run();
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }

    private ItemKey key(String id) {
        return new ItemKey(account, id);
    }

    private Track track(String id) {
        return library.track(key(id)).join().orElseThrow();
    }

    private RemoteUserData data(String item) {
        return server.userData.getOrDefault(item, new RemoteUserData(item, false, 0, Optional.empty(), Duration.ZERO));
    }

    private List<String> listed() {
        return library.tracksOf(key("p1")).join().stream().map(t -> t.key().id()).toList();
    }

    private void awaitEmpty() {
        long end = time.nanos() + Duration.ofSeconds(60).toNanos();
        while (outbox.count() > 0 && time.nanos() < end) Thread.onSpinWait();
        assertThat(outbox.count()).isZero();
        outbox.flush().join();
    }

    private void moves(String from, String to) {
        var track = Objects.requireNonNull(server.tracks.remove(from));
        server.put(FakeMediaServer.track(to, track.title().orElseThrow(), track.albumId().orElseThrow(), track.albumTitle().orElseThrow(),
                track.artists().getFirst(), track.number().orElseThrow()));
    }

    private void onlineAgain() {
        accounts.online(true);
        outbox.flush().join();
        outbox.flush().join();
    }

    @Test
    @DisplayName("Issue 4: plays and a favourite of a track that moved on its server while we were offline reach it under its new id, though the outbox goes first")
    void movedMeanwhile() {
        for (int i = 0; i < 5; i++) outbox.played(key("t5"), FIRST.plus(Duration.ofMinutes(5L * i))).join();
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        moves("t5", "n5");
        onlineAgain();
        assertThat(data("t6").favourite()).as("others go").isTrue();
        assertThat(outbox.count()).as("nothing of it is thrown away").isEqualTo(6);
        assertThat(track("t5").favourite()).isTrue();
        assertThat(track("t5").playCount()).isEqualTo(5);
        assertThat(outbox.pending().join().getFirst().error()).as("it says why it waits").isPresent();
        int asked = server.calls();
        outbox.flush().join();
        assertThat(server.calls()).as("the server is not asked again before that").isEqualTo(asked);

        assertThat(sync.sync(account, false).join().moved()).isOne();
        awaitEmpty();
        assertThat(data("n5").playCount()).isEqualTo(5);
        assertThat(data("n5").lastPlayed()).contains(FIRST.plus(Duration.ofMinutes(20)));
        assertThat(data("n5").favourite()).isTrue();
        assertThat(track("n5").favourite()).isTrue();
        assertThat(track("n5").playCount()).isEqualTo(5);
        assertThat(notes).isEmpty();
    }

    @Test
    @DisplayName("Issue 4: what the server cannot find is given up once a sync that began after that did not find it either; all of the item at once, and its plays stay counted here")
    void goneAfterASync() {
        outbox.played(key("t5"), FIRST).join();
        outbox.played(key("t5"), FIRST.plusSeconds(60)).join();
        edits.favourite(ItemKind.ALBUM, key("al1"), true).join();
        server.tracks.remove("t5");
        server.albums.remove("al1");
        onlineAgain();
        assertThat(outbox.count()).isEqualTo(3);
        assertThat(notes).isEmpty();
        sync.sync(account, false).join();
        awaitEmpty();
        assertThat(notes).as("a play is not lost").singleElement().satisfies(n -> assertThat(n).startsWith("Make «")
                .endsWith("» a favourite: the server no longer has it."));
        assertThat(track("t5").playCount()).isEqualTo(2);
        assertThat(track("t5").lastPlayed()).contains(FIRST.plusSeconds(60));
        for (int i = 0; i < 2; i++) sync.sync(account, true).join();
        assertThat(track("t5").playCount()).as("also when it is known to be gone").isEqualTo(2);
    }

    @Test
    @DisplayName("Issue 4: one «not found» for a playlist, such as a proxy's page, throws no edit of it away; it goes out when a sync has seen that it is there")
    void playlistNotFoundOnce() {
        edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
        var entries = Objects.requireNonNull(server.entries.remove("p1"));
        onlineAgain();
        assertThat(outbox.count()).isOne();
        assertThat(listed()).containsExactly("t3", "t1", "t9");
        assertThat(outbox.pending().join().getFirst().error()).hasValueSatisfying(e -> assertThat(e).contains("whether it is gone"));
        server.entries.put("p1", entries);
        sync.sync(account, false).join();
        awaitEmpty();
        assertThat(server.entries.getOrDefault("p1", List.of())).extracting(RemotePlaylistEntry::trackId).containsExactly("t3", "t1", "t9");
        assertThat(listed()).containsExactly("t3", "t1", "t9");
        assertThat(notes).isEmpty();
    }

    @Test
    @DisplayName("Issue 4, 0.13: what is given up is told of the active accounts only")
    void notesOfTheActive() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        server.tracks.remove("t5");
        onlineAgain();
        var a = app.waxwing.store.schema.Tables.ACCOUNT;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(a).set(a.IS_ACTIVE, false).where(a.ID.eq(account)).execute()).join();
        sync.sync(account, false).join();
        outbox.flush().join();
        outbox.flush().join();
        var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
        int left = database.readNow(sql -> sql.fetchCount(p));
        assertThat(left).as("it is given up").isZero();
        assertThat(notes).isEmpty();
    }

    @Test
    @DisplayName("Issue 4: a sync that began before the server could not find an item decides nothing about it; the next one does")
    void aSyncThatRanAlready() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        onTheWay.set(() -> {
            server.tracks.remove("t5");
            onlineAgain();
        });
        sync.sync(account, true).join();
        outbox.flush().join();
        assertThat(outbox.count()).isOne();
        sync.sync(account, true).join();
        awaitEmpty();
        assertThat(notes).hasSize(1);
    }

    @ParameterizedTest(name = "entries are read back: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("Issue 4: a sync that read a playlist before an edit reached the server does not write the older list over it")
    void editWhileRead(boolean readBack) {
        accounts.online(true);
        onTheWay.set(() -> {
            int calls = server.calls();
            // The calls of the edit: the list, the addition, and the list again.
            server.failure = new Failure.Trouble("fake", "500");
            server.failsAt = n -> !readBack && n == calls + 3;
            edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
            awaitEmpty();
        });
        sync.sync(account, true).join();
        assertThat(server.entries.getOrDefault("p1", List.of())).extracting(RemotePlaylistEntry::trackId).containsExactly("t3", "t1", "t9");
        assertThat(listed()).containsExactly("t3", "t1", "t9");
        long read = server.calls("entries p1");
        server.failsAt = n -> false;
        sync.sync(account, false).join();
        assertThat(server.calls("entries p1")).as("the next one reads it anew").isGreaterThan(read);
        assertThat(listed()).containsExactly("t3", "t1", "t9");
    }

    @Test
    @DisplayName("2.14, 4.7 a play from offline that is older than what the server knows is counted, and its «last played» does not go backwards")
    void olderPlay() {
        Instant since = FIRST.plus(Duration.ofDays(1));
        server.userData.put("t5", new RemoteUserData("t5", false, 3, Optional.of(since), Duration.ZERO));
        outbox.played(key("t5"), FIRST).join();
        accounts.online(true);
        awaitEmpty();
        assertThat(data("t5").playCount()).isEqualTo(4);
        assertThat(data("t5").lastPlayed()).contains(since);
        assertThat(track("t5").lastPlayed()).contains(since);
    }
}
