package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.KEEP_EXCEPTION;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.KEPT_COLLECTION;
import static app.waxwing.store.schema.Tables.PLAYLIST;
import static app.waxwing.store.schema.Tables.PLAYLIST_ITEM;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Status;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Why files are kept, and what is followed, as the music folder tells of it.
class ToldTest {
    @TempDir
    Path folder;
    private final List<String> appended = new CopyOnWriteArrayList<>();
    private volatile boolean broken;
    private Rig rig;
    private KeepDesk desk;

    @BeforeEach
    void begin() {
        rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public void append(Path file, byte[] bytes) throws IOException {
                if (broken) throw new IOException("the line is not written");
                super.append(file, bytes);
                appended.add(new String(bytes, StandardCharsets.UTF_8));
            }
        }).start();
        desk = new KeepDesk(rig);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private Path own(String name) {
        return rig.paths.media().resolve(".waxwing").resolve(name);
    }

    /// The newest reasons of each track by the manifest.
    private Map<String, List<String>> told() {
        var told = new TreeMap<String, List<String>>();
        try {
            new Manifest(own("manifest.jsonl"), new SystemDisk()).read().values()
                    .forEach(l -> told.put(l.itemId(), l.reasons().stream().sorted().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return told;
    }

    private void awaitTold(Map<String, List<String>> expected) {
        Rig.await(() -> told().equals(expected), () -> told() + " is not " + expected);
    }

    private void kept(ItemKind kind, ItemKey key, String... tracks) {
        desk.keeps.keep(kind, key, 0, "original").join();
        for (String id : tracks) rig.await(desk.key(id), Status.COMPLETED);
    }

    private int due() {
        return rig.database.readNow(sql -> sql.fetch("SELECT id FROM manifest_due").size());
    }

    @Test
    @DisplayName("issue 3, B.33 the manifest tells the reasons of now: after a release, a wish again, the user's «keep», and a playlist that follows")
    void ofNow() {
        for (String id : List.of("a", "b", "c")) desk.track(id);
        ItemKey album = desk.collection("album", "a", "b");
        kept(ItemKind.ALBUM, album, "a", "b");
        awaitTold(Map.of("a", List.of("album:album"), "b", List.of("album:album")));
        ItemKey list = desk.playlist("p", "Road", "a");
        kept(ItemKind.PLAYLIST, list, "a");
        awaitTold(Map.of("a", List.of("album:album", "playlist:p"), "b", List.of("album:album")));

        kept(ItemKind.TRACK, desk.key("b"), "b");
        desk.keeps.release(ItemKind.ALBUM, album).join();
        awaitTold(Map.of("a", List.of("playlist:p"), "b", List.of("user:b")));

        desk.playlist("p", "Road", "b");
        desk.keeps.follow().join();
        awaitTold(Map.of("a", List.of("playlist:p"), "b", List.of("playlist:p", "user:b")));

        assertThat(desk.keeps.keepLeft(List.of(desk.key("a"))).join()).isEqualTo(1);
        awaitTold(Map.of("a", List.of("user:a"), "b", List.of("playlist:p", "user:b")));

        rig.engine.delete(List.of(rig.row(desk.key("b")).orElseThrow().id())).join();
        awaitTold(Map.of("a", List.of("user:a"), "b", List.of("playlist:p")));
        Rig.await(() -> due() == 0, () -> due() + " lines are still due");
    }

    @Test
    @DisplayName("issue 3 a finished file has one line; when many reasons change, their lines go out together with one force")
    void together() {
        String[] ids = IntStream.range(0, 30).mapToObj(i -> "t" + i).toArray(String[]::new);
        for (String id : ids) desk.track(id);
        kept(ItemKind.ALBUM, desk.collection("album", ids), ids);
        Rig.await(() -> due() == 0, () -> due() + " lines are due");
        assertThat(appended).as("one a file").hasSize(30).allMatch(text -> text.lines().count() == 1);
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", ids), ids);
        Rig.await(() -> due() == 0, () -> due() + " lines are due");
        assertThat(appended).hasSize(31);
        assertThat(appended.getLast().lines()).hasSize(30).allMatch(line -> line.contains("\"playlist:p\""));
    }

    @Test
    @DisplayName("issue 3 an orderly end tells what is due; after a kill between a row and its line the next start does, and what cannot "
            + "be written waits")
    void atTheEnd() {
        for (String id : List.of("a", "b")) desk.track(id);
        ItemKey album = desk.collection("album", "a", "b");
        kept(ItemKind.ALBUM, album, "a", "b");
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a", "b"), "a", "b");
        rig.engine.close();
        // The end gives the disk a moment and no more; on a busy machine the line is written while nobody waits for it.
        Rig.await(() -> due() == 0, () -> due() + " lines are due at the end");
        assertThat(told().get("a")).containsExactly("album:album", "playlist:p");

        // The row is changed, and then nothing more happens: as when the process is killed before the line is written.
        new KeepRows(app.waxwing.download.Rows.of(rig.database)).release(1, "album", "album").join();
        assertThat(told().get("a")).containsExactly("album:album", "playlist:p");
        broken = true;
        rig.reopen();
        desk = new KeepDesk(rig);
        kept(ItemKind.TRACK, desk.key("a"), "a");
        rig.engine.close();
        assertThat(due()).as("nothing is lost while it cannot be written").isGreaterThanOrEqualTo(2);
        broken = false;
        rig.reopen();
        awaitTold(Map.of("a", List.of("playlist:p", "user:a"), "b", List.of("playlist:p")));
        assertThat(rig.files()).hasSize(2);
    }

    /// Signs the person out, with the files left, and in again, as the program does; the library is synced again.
    private void outAndIn(Runnable meanwhile) {
        rig.engine.leave(1, true).join();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> {
            sql.deleteFrom(PLAYLIST_ITEM).execute();
            sql.deleteFrom(PLAYLIST).execute();
            sql.deleteFrom(TRACK).execute();
            return sql.deleteFrom(ACCOUNT).execute();
        }).join();
        assertThat(due()).isZero();
        assertThat(collections()).isEmpty();
        meanwhile.run();
        rig.account(1);
        rig.engine.signedIn(1);
    }

    private List<String> collections() {
        var c = KEPT_COLLECTION;
        return rig.database.readNow(sql -> sql.selectFrom(c).orderBy(c.KIND, c.SOURCE_ITEM_ID)
                .fetch(r -> r.getKind() + ":" + r.getSourceItemId() + " " + r.getQuality() + " " + r.getPriority()));
    }

    private TreeSet<String> reasons() {
        var k = KEEP_REASON;
        return rig.database.readNow(sql -> new TreeSet<>(
                sql.selectFrom(k).fetch(r -> r.getTrackItemId() + " " + r.getKind() + ":" + r.getSourceItemId())));
    }

    @Test
    @DisplayName("issue 3, 0.12 who signs out and keeps the files finds everything again: reasons of now, what is followed, in which "
            + "quality, what was taken "
            + "out by hand, and a playlist of which nothing is here; what comes to it is fetched")
    void signedOut() {
        for (String id : List.of("a", "b", "c", "d")) desk.track(id);
        ItemKey album = desk.collection("album", "a", "b", "c");
        kept(ItemKind.ALBUM, album, "a", "b", "c");
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a", "b"), "a", "b");
        desk.usual = Quality.OPUS_128;
        desk.keeps.keep(ItemKind.PLAYLIST, desk.playlist("empty", "Later"), 7).join();
        desk.usual = Quality.ORIGINAL;
        ItemKey artist = desk.collection("artist", "c");
        kept(ItemKind.ARTIST, artist, "c");
        desk.keeps.release(ItemKind.ALBUM, album).join();
        rig.engine.delete(List.of(rig.row(desk.key("c")).orElseThrow().id())).join();
        Rig.await(() -> rig.row(desk.key("c")).isEmpty(), () -> "c is still there");
        desk.playlist("p", "Road", "b");
        assertThat(desk.keeps.keepLeft(List.of(desk.key("a"))).join()).isEqualTo(1);
        List<String> kept = collections();
        assertThat(kept).containsExactly("artist:artist original 0", "playlist:empty opus-128 7", "playlist:p original 0");
        var reasons = reasons();
        assertThat(reasons).containsExactly("a user:a", "b playlist:p");
        Rig.await(() -> rig.files().size() == 2, () -> rig.files().toString());

        outAndIn(() -> {});
        for (String id : List.of("a", "b", "c")) desk.track(id);
        desk.credit("c", "artist");
        Rig.await(() -> collections().equals(kept), () -> collections().toString());
        assertThat(reasons()).isEqualTo(reasons);
        desk.playlist("p", "Road", "b", "d");
        desk.playlist("empty", "Later", "d");
        assertThat(desk.keeps.noLongerIn().join()).as("the user has answered").isEmpty();
        // Last, so that a look that began by itself finds it in both playlists or in neither.
        desk.track("d");
        desk.keeps.follow().join();
        assertThat(rig.row(desk.key("d"))).as("in the quality of the first that holds it").get()
                .satisfies(d -> assertThat(d.quality() + " " + d.priority()).isEqualTo("opus-128 7"));
        assertThat(rig.row(desk.key("c"))).as("it was taken out by hand").isEmpty();
        int exceptions = rig.database.readNow(sql -> sql.fetchCount(KEEP_EXCEPTION));
        assertThat(exceptions).isEqualTo(1);
        assertThat(rig.server.requests().stream().filter(r -> r.path().equals(Rig.path("b")))).hasSize(1);
    }

    @Test
    @DisplayName("issue 3 what was not finished when its account was signed out is fetched after the next sign-in: giving it up then was "
            + "nobody's wish")
    void unfinished() {
        for (String id : List.of("a", "b")) desk.track(id);
        ItemKey list = desk.playlist("p", "Road", "a");
        kept(ItemKind.PLAYLIST, list, "a");
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        desk.playlist("p", "Road", "a", "b");
        assertThat(desk.keeps.follow().join()).isEqualTo(1);
        outAndIn(() -> {});
        for (String id : List.of("a", "b")) desk.track(id);
        desk.playlist("p", "Road", "a", "b");
        Rig.await(() -> !collections().isEmpty(), () -> "nothing is followed");
        rig.network.mode(Reachability.Mode.AUTO);
        desk.keeps.follow().join();
        rig.await(desk.key("b"), Status.COMPLETED);
    }

    @Test
    @DisplayName("issue 3 who signs out and lets the files go finds nothing kept afterwards")
    void letGo() {
        desk.track("a");
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a"), "a");
        rig.engine.leave(1, false).join();
        assertThat(collections()).isEmpty();
        assertThat(rig.files()).isEmpty();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(ACCOUNT).execute()).join();
        rig.account(1);
        rig.engine.signedIn(1);
        Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.ACCOUNT_SETTING)) == 2,
                () -> "not looked through");
        assertThat(collections()).isEmpty();
    }

    @Test
    @DisplayName("issue 3 a folder of an older version tells reasons only: each collection that is one is followed again")
    void olderFolder() {
        for (String id : List.of("a", "b")) desk.track(id);
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a", "b"), "a", "b");
        outAndIn(() -> delete(own(KeptFiles.NAME)));
        Rig.await(() -> collections().equals(List.of("playlist:p original 0")), () -> collections().toString());
        assertThat(reasons()).containsExactly("a playlist:p", "b playlist:p");
        Rig.await(() -> Files.exists(own(KeptFiles.NAME)), () -> "it is not told");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("issue 3 what is followed moves with the music, that of people who are not signed in here too")
    void moved() throws Exception {
        for (String id : List.of("a", "b")) desk.track(id);
        kept(ItemKind.PLAYLIST, desk.playlist("p", "Road", "a"), "a");
        rig.engine.leave(1, true).join();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(ACCOUNT).execute()).join();
        rig.account(2);
        rig.engine.signedIn(2);
        Path other = folder.resolve("drive").resolve("music");
        rig.engine.folders().move(other).get(60, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(own(KeptFiles.NAME)).doesNotExist();
        rig.account(1);
        rig.engine.signedIn(1);
        Rig.await(() -> collections().equals(List.of("playlist:p original 0")), () -> collections().toString());
        Rig.await(() -> reasons().equals(new TreeSet<>(List.of("a playlist:p"))), () -> reasons().toString());
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(ACCOUNT).execute()).join();
    }

    @Test
    @DisplayName("issue 3 the file of what is followed: the newest line of a person counts, an altered one is left out")
    void file() throws Exception {
        var roots = new Roots(folder.resolve("cache"), new SystemDisk(), new java.util.Random(1));
        rig.engine.close();
        List<FolderRows.Row> rows = new FolderRows(app.waxwing.download.Rows.of(rig.database)).all().join();
        roots.know(rows);
        var files = new KeptFiles(roots);
        var person = new FollowRows.Person("s", "u");
        var other = new FollowRows.Person("s", "v");
        var one = new FollowRows.Kept("album", "x", "original", 0, List.of("t1", "t2"));
        files.write(roots.standard(), Map.of(person, List.of(one), other, List.of()), 50);
        assertThat(files.newest())
                .isEqualTo(Map.of(person, new KeptFiles.Told(50, List.of(one)), other, new KeptFiles.Told(50, List.of())));
        files.write(roots.standard(), Map.of(person, List.of(one)), 60);
        assertThat(files.newest().get(person)).as("nothing new").isEqualTo(new KeptFiles.Told(50, List.of(one)));
        files.write(roots.standard(), Map.of(person, List.of()), 40);
        assertThat(files.newest().get(person)).as("a clock that went back").isEqualTo(new KeptFiles.Told(51, List.of()));
        Path file = own(KeptFiles.NAME);
        Files.writeString(file, Files.readString(file).replace("\"userId\":\"v\"", "\"userId\":\"w\""));
        assertThat(files.newest().keySet()).containsExactly(person);
        rig.reopen();
    }
}
