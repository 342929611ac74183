package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.control.Exit;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// «Delete this account's data», through the whole program: what is on the disk afterwards.
class ErasureTest {
    private static final String LIST = "Zebrafinch nights";
    private static final String SOUGHT = "quetzalfeather";
    @TempDir
    Path folder;
    private Path data;
    private DemoServer server;
    private DemoServer other;
    private ProgramDesk desk;
    private String demo = "";
    private List<String> tracks = List.of();

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("data");
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        other = DemoServer.start(DemoLibrary.synthetic(12, 7), 0);
        desk = new ProgramDesk(data);
    }

    @AfterEach
    void stop() {
        desk.close();
        server.close();
        other.close();
    }

    /// Plays, searches, favourites, playlists, downloads, deletions and a backup.
    private void livedIn() throws Exception {
        demo = desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
        tracks = desk.ids("tracks", "--limit", "5");
        desk.run("favourite", tracks.get(0), "on");
        desk.run("search", SOUGHT);
        desk.run("search", desk.run("show", tracks.get(1)).path("title").asString());
        String list = desk.run("playlist", "create", LIST, tracks.get(0), tracks.get(1)).path("id").asString();
        desk.run("playlist", "create", LIST + " for ever", tracks.get(2));
        desk.run("playlist", "delete", list);
        desk.run("download", tracks.get(0), tracks.get(1), tracks.get(2));
        for (String id : tracks.subList(0, 3)) {
            ProgramDesk.until(id + " is here", () -> desk.run("offline", "has", id).path("available").asBoolean());
        }
        desk.run("downloads", "delete", tracks.get(1));
        desk.run("play", tracks.get(0), tracks.get(3));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waxwing.db"));
                var play = connection
                        .prepareStatement("INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, "
                                + "played_ms, source, is_counted) VALUES (?, ?, 'Heardbeforesong', 'Whoever', 1000, 60000, 'local', 1)")) {
            connection.createStatement().execute("PRAGMA busy_timeout = 30000");
            play.setLong(1, Long.parseLong(demo));
            play.setString(2, tracks.get(0));
            play.execute();
        }
        desk.run("pause");
        desk.run("backup");
    }

    private long otherAccount() {
        other.addUser("anna", "secret"); // users of one name have one id on all demonstration servers
        String id = desk.signIn(other.url(), "anna", "secret");
        desk.run("sync");
        return Long.parseLong(id);
    }

    /// As an earlier deletion leaves the search indexes, and a restore.
    private void inOnePart() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waxwing.db"));
                var sql = connection.createStatement()) {
            sql.execute("PRAGMA busy_timeout = 30000");
            for (String index : List.of("artist_fts", "album_fts", "track_fts", "playlist_fts", "lyrics_fts", "word_fts")) {
                sql.execute("INSERT INTO " + index + " (" + index + ") VALUES ('optimize')");
            }
        }
    }

    private List<String> words() {
        var words = new TreeSet<>(List.of(LIST, SOUGHT, "Heardbeforesong"));
        var account = desk.wiring().engines().accounts().find(Long.parseLong(demo)).orElseThrow();
        words.add(account.serverId());
        words.add(account.userId());
        words.addAll(tracks);
        var theirs = new StringBuilder();
        DemoLibrary.synthetic(12, 7).tracks().forEach(t -> theirs.append(t).append('\n'));
        DemoLibrary.bundled().tracks().forEach(t -> {
            for (String name : List.of(t.name(), desk.run("show", t.id()).path("album").asString())) {
                if (name.length() > 7 && !theirs.toString().contains(name)) words.add(name);
            }
        });
        return List.copyOf(words);
    }

    /// Where each of the words stands, in files as they lie on the disk and in backups as they are unpacked.
    private static List<String> found(Path folder, List<String> words) throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> all;
        try (var walk = Files.walk(folder)) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            byte[] bytes;
            try {
                bytes = Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                continue; // a part that became a whole file meanwhile
            }
            if (file.toString().endsWith(".gz")) bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            String text = new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            for (String word : words) {
                if (text.contains(word.toLowerCase(Locale.ROOT)) || file.toString().contains(word))
                    found.add(folder.relativize(file) + ": " + word);
            }
        }
        return found;
    }

    @Test
    @DisplayName("4.18 «delete this account's data»: no file of the data folder, of the backups, of the music folder and of the log holds a word of it, and another account's is whole")
    void nothingIsLeft() throws Exception {
        livedIn();
        long second = otherAccount();
        // SQLite writes a part of an index anew by itself when more than a tenth of it is deleted.
        String track = DemoLibrary.synthetic(12, 7).tracks().getFirst().id();
        for (int i = 0; i < 80; i++) desk.run("playlist", "create", "Evening " + i, track);
        List<String> theirs = desk.ids("tracks", "--limit", "500");
        List<String> words = new ArrayList<>(words());
        words.add("zebrafinch"); // an index holds words and not titles
        assertThat(words).hasSizeGreaterThan(20);
        assertThat(found(data, words)).as("they can be found").anyMatch(f -> f.startsWith("waxwing.db")).anyMatch(f -> f.contains(".gz"))
                .anyMatch(f -> f.contains("manifest"));
        inOnePart();
        Path logs = Files.createDirectories(desk.wiring().engines().paths().logs());
        for (String name : List.of("waxwing.log", "waxwing.2026-01-01.0.log", "waxwing.2026-01-01.1.log")) {
            Files.write(logs.resolve(name), words);
        }
        JsonNode answer = desk.run("data", "delete", demo);
        assertThat(answer.path("deleted").asBoolean()).isTrue();
        assertThat(answer.has("left")).isFalse();
        assertThat(desk.ids("tracks", "--limit", "500")).isNotEmpty().allMatch(theirs::contains);
        assertThat(desk.ids("search", desk.run("show", desk.ids("tracks").getFirst()).path("title").asString())).isNotEmpty();
        assertThat(desk.wiring().engines().accounts().active()).extracting(a -> a.id()).containsExactly(second);
        assertThat(desk.run("backups").path("items")).hasSize(1);
        assertThat(desk.run("doctor", "--audit").path("audit").valueStream().map(d -> d.path("action").asString()))
                .contains("account-deleted").doesNotContain("playlist-deleted", "download-deleted");
        desk.close();
        assertThat(found(data, words)).isEmpty();
        assertThat(found(logs, words)).isEmpty();
        try (var left = Files.list(logs)) {
            assertThat(left).extracting(p -> p.getFileName().toString()).containsExactly("waxwing.log");
        }
        desk = new ProgramDesk(data);
    }

    @Test
    @DisplayName("4.18 a deletion that was broken off goes on with the next start, by itself, to its end: half of it is gone, and the account is shown nowhere")
    void goesOn() throws Exception {
        livedIn();
        List<String> words = words();
        desk.close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waxwing.db"));
                var sql = connection.createStatement()) {
            sql.execute("INSERT INTO erasure (account_id, server_id, user_id, erased_at) SELECT id, server_id, user_id, -1 FROM account");
            sql.execute("UPDATE account SET is_active = 0");
            sql.execute("DELETE FROM track_artist");
        }
        desk = new ProgramDesk(data);
        assertThat(desk.wiring().engines().accounts().all()).isEmpty();
        ProgramDesk.until("the start does it", () -> !desk.wiring().engines().keeping().unfinished(Long.parseLong(demo)));
        assertThat(desk.run("backups").path("items")).hasSize(1);
        desk.close();
        assertThat(found(data, words)).isEmpty();
        desk = new ProgramDesk(data);
    }

    @Test
    @DisplayName("4.18 a backup that cannot be written: the account's data are deleted from the backups by the same command once more, or by the next start")
    void brokenOff() throws Exception {
        livedIn();
        List<String> words = words();
        Path inTheWay = Files.createDirectories(data.resolve("backups/making.new/full"));
        assertThat(desk.outcome("data", "delete", demo).exit()).isEqualTo(Exit.FAILED);
        assertThat(found(data.resolve("backups"), words)).isNotEmpty();
        assertThat(desk.outcome("data", "delete", demo).exit()).as("it is not forgotten").isEqualTo(Exit.FAILED);
        desk.restart();
        assertThat(desk.outcome("data", "delete", demo).exit()).as("nor at the next start").isEqualTo(Exit.FAILED);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertThat(desk.run("data", "delete", demo).path("deleted").asBoolean()).isTrue();
        assertThat(desk.outcome("data", "delete", demo).exit()).as("now it is done").isEqualTo(Exit.NOT_FOUND);
        desk.close();
        assertThat(found(data, words)).isEmpty();

        desk = new ProgramDesk(data);
        livedIn();
        List<String> again = words();
        Files.createDirectories(inTheWay);
        assertThat(desk.outcome("data", "delete", demo).exit()).isEqualTo(Exit.FAILED);
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        desk.restart();
        ProgramDesk.until("the start does it", () -> !desk.wiring().engines().keeping().unfinished(Long.parseLong(demo)));
        assertThat(desk.outcome("data", "delete", demo).exit()).isEqualTo(Exit.NOT_FOUND);
        desk.close();
        assertThat(found(data, again)).isEmpty();
        desk = new ProgramDesk(data);
    }

    @Test
    @DisplayName("4.18 backups in a folder that is away, chosen now or earlier, are named, are none any more, and go when the folder is back")
    void away() throws Exception {
        Path earlier = Files.createDirectories(folder.resolve("earlier"));
        Path drive = folder.resolve("drive");
        Files.createDirectories(drive.resolve("backups"));
        desk.run("settings", "set", "folders.backups", earlier.toString());
        livedIn();
        desk.run("settings", "set", "folders.backups", drive.resolve("backups").toString());
        String old = desk.run("backup").path("path").asString();
        List<String> words = words();
        assertThat(found(earlier, words)).isNotEmpty();
        assertThat(found(drive, words)).isNotEmpty();
        Path gone = folder.resolve("in the drawer");
        Files.move(drive, gone);
        JsonNode answer = desk.run("data", "delete", demo);
        assertThat(answer.path("left").valueStream().map(JsonNode::asString)).singleElement().asString()
                .contains(drive.toString(), "could not be deleted", "when it is back");
        assertThat(found(earlier, words)).as("a folder that is there").isEmpty();
        desk.restart();
        Files.move(gone, drive);
        assertThat(desk.run("backups").path("items").valueStream().map(b -> b.path("path").asString())).hasSize(1)
                .allMatch(path -> path.startsWith(data.toString()));
        assertThat(found(drive, words)).isEmpty();
        assertThat(desk.outcome("restore", old).exit()).isEqualTo(Exit.NOT_FOUND);
        desk.close();
        assertThat(found(data, words)).isEmpty();
        desk = new ProgramDesk(data);
        String fresh = desk.run("backup").path("path").asString();
        assertThat(fresh).startsWith(drive.toString());
        assertThat(desk.run("backups").path("items")).as("a later one stays there").hasSize(2);
    }
}
