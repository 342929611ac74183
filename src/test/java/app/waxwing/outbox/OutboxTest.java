package app.waxwing.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.Playlist;
import app.waxwing.library.Query;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.Track;
import app.waxwing.library.UserEdits;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteUserData;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboxTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final ExecutorService io = Threads.virtual("io");
    private final TestAccounts accounts = new TestAccounts();
    private final LibraryChanges changes = new LibraryChanges(time, io);
    private Database database;
    private PendingActions actions;
    private UserEdits edits;
    private StoredLibrary library;
    private Journal outbox;
    private FakeMediaServer server;
    private long account;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        actions = new PendingActions(database);
        edits = new UserEdits(database, changes, actions, time);
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(1));
        begin("one");
    }

    /// A server of its own with a library of 30 tracks that is known here, and a new outbox; offline.
    private void begin(String name) {
        if (outbox != null) outbox.close();
        server = new FakeMediaServer(name).fill(30);
        server.playlist("p1", "Evening", "t3", "t1", "t3", "t7");
        account = accounts.add(database, server, "ida").id();
        accounts.online = true;
        new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
        server.calls.clear();
        accounts.online = false;
        outbox = journal();
    }

    private Journal journal() {
        return new Journal(database, accounts, changes, actions, edits, io, time, new Random(1));
    }

    @AfterEach
    void close() {
        outbox.close();
        io.shutdown();
        database.close();
        time.close();
    }

    private ItemKey key(String id) {
        return new ItemKey(account, id);
    }

    private Track track(String id) {
        return library.track(key(id)).join().orElseThrow();
    }

    private List<String> listed(ItemKey playlist) {
        return library.tracksOf(playlist).join().stream().map(t -> t.key().id()).toList();
    }

    private List<String> onServer(String playlist) {
        return server.entries.getOrDefault(playlist, List.of()).stream().map(RemotePlaylistEntry::trackId).toList();
    }

    private RemoteUserData data(String item) {
        return server.userData.getOrDefault(item, new RemoteUserData(item, false, 0, Optional.empty(), Duration.ZERO));
    }

    /// Everything that waits may go now, whatever wait was set after a failure.
    private void sendAll() {
        accounts.online = true;
        for (int i = 0; i < 30 && outbox.count() > 0; i++) {
            var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
            database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                    sql -> sql.update(p).setNull(p.NEXT_AT).execute()).join();
            outbox.flush().join();
        }
    }

    @Test
    @DisplayName("4.5, C.3 no. 10, C.3 no. 12 favourites and play counts: an edit made offline shows at once, waits visibly, goes out when the server is back, and is the server's value then")
    void offlineThenOnline() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        outbox.played(key("t5"), Instant.parse("2026-03-01T10:00:00Z")).join();
        assertThat(track("t5").favourite()).isTrue();
        assertThat(track("t5").playCount()).isEqualTo(1);
        assertThat(outbox.count()).isEqualTo(2);
        assertThat(outbox.pending().join()).extracting(Outbox.Pending::kind).containsExactly("favourite", "play");
        assertThat(outbox.pending().join().getFirst().detail()).startsWith("Make «").endsWith("a favourite");
        assertThat(server.calls).isEmpty();
        accounts.online(true);
        awaitEmpty();
        assertThat(data("t5").favourite()).isTrue();
        assertThat(data("t5").playCount()).isEqualTo(1);
        assertThat(data("t5").lastPlayed()).contains(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(track("t5").favourite()).isTrue();
        assertThat(track("t5").playCount()).isEqualTo(1);
    }

    private void awaitEmpty() {
        long end = time.nanos() + Duration.ofSeconds(60).toNanos();
        while (outbox.count() > 0 && time.nanos() < end) Thread.onSpinWait();
        assertThat(outbox.count()).isZero();
        outbox.flush().join();
    }

    @Test
    @DisplayName("Two toggles of one favourite collapse: there and back leaves nothing to send, there and back and there one")
    void togglesCollapse() {
        edits.favourite(ItemKind.ALBUM, key("al1"), true).join();
        edits.favourite(ItemKind.ALBUM, key("al1"), false).join();
        assertThat(outbox.count()).isZero();
        edits.favourite(ItemKind.ALBUM, key("al1"), true).join();
        edits.favourite(ItemKind.ALBUM, key("al1"), true).join();
        assertThat(outbox.count()).isEqualTo(1);
        sendAll();
        assertThat(server.calls("setFavourite")).isEqualTo(1);
        assertThat(library.album(key("al1")).join().orElseThrow().favourite()).isTrue();
    }

    @Test
    @DisplayName("A sync writes only the server's value: the local one shows while it waits, and a sync that asked before it was sent takes nothing back")
    void syncAndPending() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        accounts.online = true;
        new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
        assertThat(track("t5").favourite()).isTrue();
        assertThat(outbox.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("4.7 the same track within 30 s is one play, to the millisecond; from 30 s on it is another")
    void playsAreDeduplicated() {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        outbox.played(key("t5"), at).join();
        outbox.played(key("t5"), at.plusSeconds(29)).join();
        outbox.played(key("t5"), at.plusSeconds(30).minusMillis(1)).join();
        assertThat(outbox.count()).isEqualTo(1);
        outbox.played(key("t5"), at.plusSeconds(30)).join();
        assertThat(outbox.count()).isEqualTo(2);
        assertThat(track("t5").playCount()).isEqualTo(2);
        outbox.played(key("t6"), at).join();
        outbox.played(key("t6"), at.plusSeconds(31)).join();
        assertThat(track("t6").playCount()).isEqualTo(2);
    }

    @Test
    @DisplayName("1.8 a play is three statements: its count, the action that waits, how many wait; one that is the same play again is one")
    void statementsOfAPlay() {
        Instant at = Instant.parse("2026-03-01T10:00:00Z");
        assertThat(statements(i -> outbox.played(key("t" + i), at))).isEqualTo(3);
        assertThat(statements(i -> outbox.played(key("t" + i), at.plusSeconds(i)))).isOne();
        assertThat(outbox.count()).isEqualTo(10);
    }

    /// The least that one of ten needed: something else may run beside one of them.
    private long statements(IntFunction<CompletableFuture<Void>> play) {
        return IntStream.range(0, 10).mapToLong(i -> {
            long before = database.figures().statements();
            play.apply(i).join();
            return database.figures().statements() - before;
        }).min().orElseThrow();
    }

    @Test
    @DisplayName("2.14 a play that the server was told of live counts here at once, is not sent again, and the next sync brings the server's figures")
    void toldLive() {
        outbox.told(key("t5"), Instant.parse("2026-03-01T10:00:00Z")).join();
        outbox.told(key("t5"), Instant.parse("2026-03-01T10:05:00Z")).join();
        assertThat(track("t5").playCount()).isEqualTo(2);
        assertThat(track("t5").lastPlayed()).contains(Instant.parse("2026-03-01T10:05:00Z"));
        assertThat(outbox.count()).isZero();
        assertThat(outbox.pending().join()).isEmpty();
        assertThat(library.home(5).join().most()).extracting(t -> t.key().id()).contains("t5");

        var once = new RemoteUserData("t5", false, 7, Optional.of(Instant.parse("2026-03-01T10:06:00Z")), Duration.ZERO);
        server.userData.put("t5", once);
        for (Instant here = time.now(); !time.now().isAfter(here.plusMillis(2));) Thread.onSpinWait();
        accounts.online = true;
        new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
        assertThat(track("t5").playCount()).isEqualTo(7);
    }

    @Test
    @DisplayName("4.5 playlists: one made, changed and deleted offline is right on the server afterwards; its local id goes on working")
    void playlists() {
        ItemKey made = edits.createPlaylist(account, "Road «trip» \"quoted\" 'x'", List.of(key("t1"), key("t2"))).join();
        edits.addToPlaylist(made, List.of(key("t3"), key("t1"))).join();
        edits.removeFromPlaylist(made, List.of(1)).join();
        edits.removeFromPlaylist(key("p1"), List.of(0, 3)).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
        assertThat(listed(made)).containsExactly("t1", "t3", "t1");
        assertThat(listed(key("p1"))).containsExactly("t1", "t3", "t9");
        assertThat(library.search("road trip", 5, false).join().playlists()).hasSize(1);
        assertThat(outbox.count()).isEqualTo(5);
        sendAll();
        Playlist now = library.playlist(made).join().orElseThrow();
        assertThat(now.key().madeHere()).isFalse();
        assertThat(onServer(now.key().id())).containsExactly("t1", "t3", "t1");
        assertThat(listed(made)).as("alias").containsExactly("t1", "t3", "t1");
        assertThat(onServer("p1")).containsExactly("t1", "t3", "t9");
        edits.deletePlaylist(made).join();
        assertThat(library.playlists(Query.ALL).join().items()).extracting(Playlist::title).containsExactly("Evening");
        sendAll();
        assertThat(server.playlists).containsOnlyKeys("p1");
        new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
        assertThat(listed(key("p1"))).containsExactly("t1", "t3", "t9");
        assertThat(library.playlists(Query.ALL).join().items()).hasSize(1);
    }

    @Test
    @DisplayName("A playlist made and deleted before anything was sent asks nothing of the server")
    void madeAndDeleted() {
        ItemKey made = edits.createPlaylist(account, "Short", List.of(key("t1"))).join();
        edits.deletePlaylist(made).join();
        assertThat(outbox.count()).isZero();
        sendAll();
        assertThat(server.calls).isEmpty();
    }

    @Test
    @DisplayName("Conflict: what the server no longer has is given up with a note once a sync came between, and holds nothing else back")
    void gone() {
        List<String> notes = new ArrayList<>();
        outbox.notes().subscribe(notes::add);
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        server.tracks.remove("t5");
        server.playlists.remove("p1");
        server.entries.remove("p1");
        sendAll();
        assertThat(outbox.count()).as("the track may have moved, and the playlist may be there yet").isEqualTo(2);
        assertThat(notes).isEmpty();
        assertThat(track("t5").favourite()).isTrue();
        new SyncEngine(database, changes, accounts, io, time).sync(account, false).join();
        sendAll();
        assertThat(outbox.count()).isZero();
        assertThat(notes).hasSize(2).allSatisfy(n -> assertThat(n).endsWith("the server no longer has it."));
        assertThat(track("t5").favourite()).isFalse();
        assertThat(data("t6").favourite()).isTrue();
    }

    @Test
    @DisplayName("Issue 4 what the server no longer has and the user no longer calls a favourite is none any more, whatever the server said last")
    void goneAndNoFavourite() {
        server.userData.put("t5",
                new app.waxwing.server.RemoteUserData("t5", true, 0, java.util.Optional.empty(), java.time.Duration.ZERO));
        var sync = new SyncEngine(database, changes, accounts, io, time);
        sync.sync(account, true).join();
        assertThat(track("t5").favourite()).isTrue();
        server.tracks.remove("t5");
        server.userData.remove("t5");
        for (int i = 0; i < 2; i++) sync.sync(account, true).join();
        assertThat(track("t5").favourite()).as("it is gone, and stays one").isTrue();
        edits.favourite(ItemKind.TRACK, key("t5"), false).join();
        sendAll();
        assertThat(outbox.count()).isZero();
        assertThat(track("t5").favourite()).isFalse();
    }

    @Test
    @DisplayName("A dropped action falls back to the server's value")
    void drop() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        outbox.played(key("t6"), Instant.parse("2026-03-01T10:00:00Z")).join();
        edits.removeFromPlaylist(key("p1"), List.of(1, 2)).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"), key("t8"))).join();
        ItemKey made = edits.createPlaylist(account, "New", List.of(key("t1"))).join();
        edits.deletePlaylist(key("p1")).join();
        assertThat(library.playlist(key("p1")).join()).isEmpty();
        for (var pending : outbox.pending().join().reversed()) outbox.drop(pending.id()).join();
        assertThat(outbox.count()).isZero();
        assertThat(track("t5").favourite()).isFalse();
        assertThat(track("t6").playCount()).isZero();
        assertThat(track("t6").lastPlayed()).isEmpty();
        assertThat(library.playlist(made).join()).isEmpty();
        assertThat(library.playlist(key("p1")).join()).isPresent();
        assertThat(server.calls).isEmpty();
    }

    @Test
    @DisplayName("Dropping a removal or an addition restores the entries as they were")
    void dropPlaylistEdits() {
        edits.removeFromPlaylist(key("p1"), List.of(1, 2)).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"), key("t8"))).join();
        assertThat(listed(key("p1"))).containsExactly("t3", "t7", "t9", "t8");
        for (var pending : outbox.pending().join().reversed()) outbox.drop(pending.id()).join();
        assertThat(listed(key("p1"))).containsExactly("t3", "t1", "t3", "t7");
    }

    @Test
    @DisplayName("B.11 what waits for a sign-in is not tried meanwhile, and goes out by itself soon after it")
    void afterTheSignIn() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        server.failure = new Failure.Unauthorised("server");
        server.failsAt = n -> server.calls.getLast().startsWith("setFavourite t5");
        accounts.online = true;
        outbox.flush().join();
        accounts.signedOut(account, true);
        assertThat(outbox.pending().join()).singleElement().satisfies(p -> assertThat(p.error().orElseThrow()).contains("sign in again"));
        int asked = server.calls.size();
        outbox.flush().join();
        assertThat(server.calls).hasSize(asked);
        server.failsAt = n -> false;
        accounts.signedOut(account, false);
        awaitEmpty();
        assertThat(data("t5").favourite()).isTrue();
    }

    @Test
    @DisplayName("An error is said, holds back only its own item, and is tried again later")
    void errorsAreVisible() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        server.failure = new Failure.Trouble("the server", "it is confused");
        server.failsAt = n -> server.calls.getLast().startsWith("setFavourite t5");
        outbox.close();
        var clock = new ManualTime();
        outbox = new Journal(database, accounts, changes, actions, edits, io, clock, new Random(1));
        accounts.online = true;
        outbox.flush().join();
        assertThat(outbox.pending().join()).singleElement().satisfies(p -> {
            assertThat(p.key()).isEqualTo(key("t5"));
            assertThat(p.attempts()).isEqualTo(1);
            assertThat(p.error()).contains("The server: it is confused.");
        });
        outbox.flush().join();
        assertThat(server.calls("setFavourite t5")).as("waits 5 s").isEqualTo(1);
        clock.pass(java.time.Duration.ofSeconds(60));
        outbox.flush().join();
        assertThat(server.calls("setFavourite t5")).as("and is tried again then").isGreaterThan(1);
        assertThat(data("t6").favourite()).isTrue();
    }

    /// What is done in the sequences below, and what must be true on the server at the end.
    private void everything() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        outbox.played(key("t6"), Instant.parse("2026-03-01T10:00:00Z")).join();
        outbox.played(key("t6"), Instant.parse("2026-03-01T11:00:00Z")).join();
        ItemKey made = edits.createPlaylist(account, "Mine", List.of(key("t1"), key("t2"))).join();
        edits.addToPlaylist(made, List.of(key("t4"), key("t4"))).join();
        edits.removeFromPlaylist(key("p1"), List.of(2)).join();
        edits.addToPlaylist(key("p1"), List.of(key("t7"))).join();
    }

    private void everythingIsRight(String when) {
        assertThat(outbox.count()).as(when).isZero();
        assertThat(data("t5").favourite()).as(when).isTrue();
        assertThat(data("t6").playCount()).as("%s: plays are counted once each", when).isEqualTo(2);
        assertThat(data("t6").lastPlayed()).as(when).contains(Instant.parse("2026-03-01T11:00:00Z"));
        assertThat(server.playlists).as(when).hasSize(2);
        String mine = server.playlists.keySet().stream().filter(p -> !p.equals("p1")).findFirst().orElseThrow();
        assertThat(onServer(mine)).as(when).containsExactly("t1", "t2", "t4", "t4");
        assertThat(onServer("p1")).as(when).containsExactly("t3", "t1", "t7", "t7");
        assertThat(listed(key("p1"))).as(when).containsExactly("t3", "t1", "t7", "t7");
        assertThat(listed(key(mine))).as(when).containsExactly("t1", "t2", "t4", "t4");
        assertThat(track("t6").playCount()).as(when).isEqualTo(2);
    }

    @Test
    @DisplayName("Killed or cut off before or after any call, for every one: each edit happens on the server exactly once and in order")
    void everyStep() {
        for (boolean lost : new boolean[]{false, true}) {
            boolean reached = true;
            for (int n = 1; reached; n++) {
                begin((lost ? "lost" : "failed") + n);
                everything();
                int base = server.calls();
                int at = n;
                if (lost) server.losesAnswerAt = k -> k == base + at;
                else server.failsAt = k -> k == base + at;
                accounts.online = true;
                outbox.flush().join();
                reached = server.calls() - base >= n;
                // A new process: nothing is left but the database.
                outbox.close();
                outbox = journal();
                sendAll();
                everythingIsRight((lost ? "answer lost at call " : "failed at call ") + n);
                assertThat(n).isLessThan(60);
            }
        }
    }

    private void hold(Instant backup) {
        var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(p).set(p.HELD_FROM, backup.toEpochMilli()).execute()).join();
    }

    @Test
    @DisplayName("4.16 changes out of a backup are held, seen with its day, until the user sends them; newer ones of other items go out meanwhile")
    void heldUntilSent() {
        Instant backup = Instant.parse("2026-11-27T09:00:00Z");
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
        hold(backup);
        edits.addToPlaylist(key("p1"), List.of(key("t10"))).join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        sendAll();
        assertThat(outbox.count()).as("the two held, and what stands behind one of them").isEqualTo(3);
        assertThat(data("t6").favourite()).isTrue();
        assertThat(data("t5").favourite()).isFalse();
        assertThat(onServer("p1")).doesNotContain("t9", "t10");
        assertThat(outbox.pending().join()).filteredOn(p -> p.heldFrom().isPresent()).hasSize(2)
                .allMatch(p -> p.heldFrom().equals(Optional.of(backup)));
        outbox.close();
        outbox = journal();
        outbox.flush().join();
        assertThat(outbox.count()).as("after a start too").isEqualTo(3);
        assertThat(outbox.sendHeld().join()).isEqualTo(2);
        sendAll();
        assertThat(data("t5").favourite()).isTrue();
        assertThat(onServer("p1")).endsWith("t9", "t10");
    }

    @Test
    @DisplayName("C.3 4 what waited for three months is not sent unasked, but for plays; nothing of it is lost, and it goes when the user says so")
    void tooOld() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.addToPlaylist(key("p1"), List.of(key("t9"))).join();
        outbox.played(key("t7"), Instant.parse("2026-03-01T10:00:00Z")).join();
        var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
        long made = time.now().minus(Replay.OLD).minusSeconds(60).toEpochMilli();
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(p).set(p.CREATED_AT, made).execute())
                .join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        accounts.online = true;
        outbox.flush().join();
        assertThat(data("t6").favourite()).as("newer ones go").isTrue();
        assertThat(data("t7").playCount()).as("a play says when it was").isEqualTo(1);
        assertThat(data("t5").favourite()).isFalse();
        assertThat(onServer("p1")).doesNotContain("t9");
        assertThat(track("t5").favourite()).as("it is shown as it was made").isTrue();
        assertThat(outbox.pending().join()).hasSize(2).allMatch(Outbox.Pending::old);
        outbox.flush().join();
        assertThat(outbox.count()).isEqualTo(2);
        assertThat(outbox.sendHeld().join()).isEqualTo(2);
        awaitEmpty();
        assertThat(data("t5").favourite()).isTrue();
        assertThat(onServer("p1")).endsWith("t9");
    }

    @Test
    @DisplayName("C.3 4 what is older than three months is held whatever was tried before: only what was tried since then goes on, and what the user let go")
    void tooOldThoughTried() {
        List<String> items = List.of("t1", "t2", "t3", "t4", "t5", "t6");
        for (String item : items) edits.favourite(ItemKind.TRACK, key(item), true).join();
        long longAgo = time.now().minus(Duration.ofDays(400)).toEpochMilli();
        long lately = time.now().minus(Duration.ofDays(80)).toEpochMilli();
        row("t1", 0, null, null, longAgo);
        row("t2", 1, longAgo + 5_000, null, longAgo); // a 503 of then
        row("t3", 0, null, longAgo, longAgo); // on the wire when the program ended
        row("t4", 7, lately, null, longAgo);
        row("t5", 0, null, lately, longAgo);
        row("t6", 1, lately, null, lately);
        accounts.online = true;
        outbox.flush().join();
        assertThat(outbox.pending().join()).allMatch(Outbox.Pending::old).extracting(p -> p.key().id()).containsExactly("t1", "t2", "t3");
        assertThat(items).filteredOn(t -> data(t).favourite()).containsExactly("t4", "t5", "t6");
        assertThat(outbox.sendHeld().join()).isEqualTo(3);
        awaitEmpty();
        assertThat(items).allMatch(t -> data(t).favourite());
    }

    private void row(String item, long attempts, @Nullable Long nextAt, @Nullable Long sentAt, long made) {
        var p = app.waxwing.store.schema.Tables.PENDING_ACTION;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(p).set(p.ATTEMPTS, attempts).set(p.NEXT_AT, nextAt).set(p.SENT_AT, sentAt).set(p.CREATED_AT, made)
                        .where(p.ITEM_ID.eq(item)).execute())
                .join();
    }

    private void active(long user, boolean active) {
        var a = app.waxwing.store.schema.Tables.ACCOUNT;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(a).set(a.IS_ACTIVE, active).where(a.ID.eq(user)).execute()).join();
    }

    @Test
    @DisplayName("0.13, 4.5, 4.16 what waits is shown, counted, sent and dropped of the active accounts only; what another user of the server did stays held for that user")
    void heldOfAnotherUser() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        edits.favourite(ItemKind.TRACK, key("t6"), true).join();
        long other = accounts.add(database, server, "bo").id();
        edits.favourite(ItemKind.TRACK, new app.waxwing.base.ItemKey(other, "t7"), true).join();
        assertThat(outbox.count()).isEqualTo(3);
        hold(Instant.parse("2026-11-27T09:00:00Z"));
        active(account, false);
        outbox.close();
        outbox = journal();
        assertThat(outbox.count()).isEqualTo(1);
        assertThat(outbox.pending().join()).singleElement().matches(p -> p.key().account() == other);
        assertThat(outbox.dropHeld().join()).isEqualTo(1);
        assertThat(outbox.count()).isZero();
        assertThat(outbox.sendHeld().join()).as("nothing of the other's is released").isZero();
        active(account, true);
        active(other, false);
        outbox.close();
        outbox = journal();
        assertThat(outbox.count()).as("untouched").isEqualTo(2);
        assertThat(outbox.pending().join()).allMatch(p -> p.heldFrom().isPresent() && p.key().account() == account);
        assertThat(outbox.sendHeld().join()).isEqualTo(2);
        sendAll();
        assertThat(data("t5").favourite()).isTrue();
    }

    @Test
    @DisplayName("4.16 held changes that are dropped never reach the server; what shows is the server's value; a toggle of a held favourite is told")
    void heldAndDropped() {
        edits.favourite(ItemKind.TRACK, key("t5"), true).join();
        outbox.played(key("t7"), Instant.parse("2026-03-01T10:00:00Z")).join();
        edits.deletePlaylist(key("p1")).join();
        edits.favourite(ItemKind.TRACK, key("t8"), true).join();
        hold(Instant.parse("2026-11-27T09:00:00Z"));
        edits.favourite(ItemKind.TRACK, key("t8"), false).join();
        assertThat(outbox.count()).as("there and back, but the first may have been sent").isEqualTo(4);
        assertThat(outbox.dropHeld().join()).isEqualTo(3);
        sendAll();
        assertThat(outbox.count()).isZero();
        assertThat(track("t5").favourite()).isFalse();
        assertThat(track("t7").playCount()).isZero();
        assertThat(listed(key("p1"))).hasSize(4);
        assertThat(server.calls("setFavourite")).isEqualTo(1);
        assertThat(server.entries).containsKey("p1");
    }

    @Test
    @DisplayName("4.19 a deleted playlist comes back: before its server heard of it, after it did, and one that no server ever knew")
    void undeleted() {
        ItemKey mine = edits.createPlaylist(account, "Mine", List.of(key("t1"), key("t2"))).join();
        edits.deletePlaylist(mine).join();
        edits.deletePlaylist(key("p1")).join();
        assertThat(edits.deletedPlaylists().join()).extracting(app.waxwing.library.UserState.Deleted::title).containsExactlyInAnyOrder(
                "Mine",
                "Evening");
        assertThat(edits.undeletePlaylist(key("p1")).join()).isEqualTo(key("p1"));
        ItemKey again = edits.undeletePlaylist(mine).join();
        assertThat(listed(again)).containsExactly("t1", "t2");
        sendAll();
        assertThat(onServer("p1")).containsExactly("t3", "t1", "t3", "t7");
        assertThat(server.entries.values())
                .anyMatch(list -> list.stream().map(RemotePlaylistEntry::trackId).toList().equals(List.of("t1", "t2")));
        for (String row : List.of("keep_reason VALUES (%d, 't3', 'playlist', 'p1', 1)",
                "kept_collection VALUES (%d, 'playlist', 'p1', 'original', 0, 1)", "keep_exception VALUES (%d, 'playlist', 'p1', 't7')")) {
            database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                    q -> q.execute("INSERT INTO " + row.formatted(account))).join();
        }
        edits.deletePlaylist(key("p1")).join();
        sendAll();
        assertThat(server.entries).doesNotContainKey("p1");
        ItemKey anew = edits.undeletePlaylist(key("p1")).join();
        assertThat(anew.id()).startsWith("local-");
        assertThat(listed(anew)).containsExactly("t3", "t1", "t3", "t7");
        sendAll();
        for (String table : List.of("keep_reason", "kept_collection", "keep_exception")) {
            int kept = database.readNow(q -> q.fetchCount(org.jooq.impl.DSL.table(table),
                    org.jooq.impl.DSL.condition("source_item_id = (SELECT item_id FROM playlist WHERE alias_id = ?)", anew.id())));
            assertThat(kept).as("it is kept as before: " + table).isOne();
        }
        assertThat(server.entries.values()).anyMatch(list -> list.stream().map(RemotePlaylistEntry::trackId).toList()
                .equals(List.of("t3", "t1", "t3", "t7")));
        assertThat(edits.deletedPlaylists().join()).isEmpty();
        sendAll();
        edits.deletePlaylist(anew).join();
        sendAll();
        var deleted = edits.deletedPlaylists().join();
        assertThat(deleted).as("known by the id it was made with too").singleElement()
                .matches(d -> !d.key().id().equals(anew.id()) && d.alias().equals(java.util.Optional.of(anew.id())));
        assertThat(edits.undeletePlaylist(anew).join()).as("which stays valid").isEqualTo(anew);
        assertThat(listed(anew)).containsExactly("t3", "t1", "t3", "t7");
        sendAll();
        assertThat(server.entries.values()).anyMatch(list -> list.stream().map(RemotePlaylistEntry::trackId).toList()
                .equals(List.of("t3", "t1", "t3", "t7")));
    }

    @Test
    @DisplayName("Issue 4: a track that moved on its server stands in its playlist where it stood, there and here, though the server appends; cut off at any call too")
    void movedTrackKeepsItsPlace() {
        int calls = 1;
        for (int n = 1; n <= calls; n++) {
            for (boolean lost : List.of(false, true)) {
                begin("moved" + n + lost);
                outbox.close();
                var sync = new SyncEngine(database, changes, accounts, actions, io, time);
                server.playlist("p1", "Evening", "t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8");
                accounts.online = true;
                sync.sync(account, true).join();
                var track = java.util.Objects.requireNonNull(server.tracks.remove("t2"));
                server.put(FakeMediaServer.track("n2", track.title().orElseThrow(), track.albumId().orElseThrow(),
                        track.albumTitle().orElseThrow(), track.artists().getFirst(), track.number().orElseThrow()));
                server.playlist("p1", "Evening", "t1", "t3", "t4", "t5", "t6", "t7", "t8");
                assertThat(sync.sync(account, true).join().moved()).isEqualTo(1);
                accounts.online = false;
                outbox = journal();
                int before = server.calls();
                int at = before + n;
                if (lost) server.losesAnswerAt = k -> k == at;
                else server.failsAt = k -> k == at;
                sendAll();
                calls = Math.max(calls, server.calls() - before);
                assertThat(outbox.count()).isZero();
                assertThat(onServer("p1")).as("call %d, lost: %s", n, lost).containsExactly("t1", "n2", "t3", "t4", "t5", "t6", "t7", "t8");
                assertThat(listed(key("p1"))).containsExactly("t1", "n2", "t3", "t4", "t5", "t6", "t7", "t8");
            }
        }
        assertThat(calls).isGreaterThan(3);
    }
}
