package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MyDataTest {
    /// Made by Flyway and by SQLite itself.
    private static final Pattern NOT_OURS = Pattern.compile("flyway_.*|sqlite_.*|[a-z]+_fts(_.*)?");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, "
                + "user_name, url, device_id, signed_in_at) VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)")).join();
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    @Test
    @DisplayName("4.18 «export my data» holds plays and counts, favourites, playlists, the queue, searches, downloads, what waits, what was done and settings as JSON and CSV, of the active user alone and no secret")
    void exports() throws Exception {
        PersonRows.fill(database);
        var out = new java.io.ByteArrayOutputStream();
        long rows = MyData.write(database, "{\"sound.output\": \"system\"}", out);
        java.util.Map<String, String> files = new java.util.TreeMap<>();
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        assertThat(files.keySet()).contains("history.json", "history.csv", "favourite-tracks.json", "favourite-albums.csv",
                "playlists.json",
                "playlists.csv", "downloads.json", "accounts.json", "settings.json");
        var json = tools.jackson.databind.json.JsonMapper.builder().build();
        for (var file : files.entrySet()) if (file.getKey().endsWith(".json")) json.readTree(file.getValue());
        assertThat(json.readTree(files.get("history.json"))).hasSize(1);
        assertThat(json.readTree(files.get("history.json")).get(0).get("title").asString()).isEqualTo("Rain, «again»");
        assertThat(files.getOrDefault("history.csv", "").lines().toList()).hasSize(2).element(0).asString()
                .startsWith("server,user,title,artist,trackId,playedAt");
        assertThat(files.get("favourite-tracks.json")).contains("Rain, «again»");
        assertThat(json.readTree(files.get("playlists.json")).get(0).get("trackIds").asString()).isEqualTo("t2 t1");
        assertThat(json.readTree(files.get("downloads.json")).get(0).get("file").asString()).isEqualTo("Artist/Rain.flac");
        var counts = json.readTree(files.get("plays-and-positions.json")).get(0);
        assertThat(counts.get("plays").asInt()).isEqualTo(4);
        assertThat(counts.get("position").asDouble()).isEqualTo(61.5);
        assertThat(counts.get("lastPlayed").asString()).isEqualTo("2023-11-14T22:13:20Z");
        assertThat(json.readTree(files.get("searches.json")).valueStream().map(n -> n.get("typed").asString())).containsExactly("Rain",
                "Snow");
        assertThat(files.getOrDefault("queue.csv", "").lines()).as("the one that plays, and where").containsExactly(
                "server,user,id,title,artist,origin,current,position", "S,U,t2,,,source,0,",
                "S,U,t1,\"Rain, «again»\",Artist,source,1,12.5");
        assertThat(files.get("kept-collections.json")).contains("Evening", "2023-11-14T22:13:20Z");
        assertThat(files.get("not-kept-of-collections.json")).contains("t2");
        assertThat(files.get("libraries.json")).contains("Music");
        assertThat(json.readTree(files.get("waiting-changes.json")).get(0).get("trackIds").asString()).isEqualTo("t1 t2");
        assertThat(files.get("deeds.json")).contains("Morning (p9)");
        assertThat(files.get("left-out.txt")).contains("lyrics: ");
        assertThat(rows).isEqualTo(5 + 1 + 2 + 2 + 1 + 1 + 1 + 1 + 1);
        assertThat(String.join("\n", files.values())).doesNotContain("DEVICE-SECRET").doesNotContain("CERT-SECRET")
                .doesNotContain("TOKEN-SECRET").doesNotContain("OTHER").doesNotContain("left over");
    }

    @Test
    @DisplayName("4.18 each table is in «export my data», or in the list of those that are left out, with the reason: none is forgotten")
    void noTableIsForgotten() {
        List<String> tables = database.readNow(sql -> sql.fetch("SELECT name FROM sqlite_schema WHERE type = 'table'").getValues(0,
                String.class));
        String queries = String.join(" ", MyData.queries());
        var forgotten = new TreeSet<String>();
        var twice = new TreeSet<String>();
        for (String table : tables) {
            if (NOT_OURS.matcher(table).matches()) continue;
            boolean told = Pattern.compile("(FROM|JOIN) " + table + "\\b").matcher(queries).find();
            boolean leftOut = MyData.LEFT_OUT.containsKey(table);
            if (!told && !leftOut) forgotten.add(table);
            if (told && leftOut) twice.add(table);
        }
        assertThat(forgotten).isEmpty();
        assertThat(twice).as("said to be left out, and is there").isEmpty();
        assertThat(tables).as("left out are only tables that there are").containsAll(MyData.LEFT_OUT.keySet());
    }

    @Test
    @DisplayName("4.18 lists of more than one piece are whole, whatever their key")
    void pieces() throws Exception {
        database.write(Durability.KEPT, Lane.USER, sql -> {
            for (int i = 0; i < 5_003; i++) {
                sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, ?, ?, 5)", "w" + i, "W" + i);
                sql.execute("INSERT INTO audit (at, actor, action, object) VALUES (5, 'user', 'playlist-deleted', ?)",
                        "x · " + (i < 5_001 ? "V" : "U") + " at S");
            }
            return 0;
        }).join();
        var out = new java.io.ByteArrayOutputStream();
        MyData.write(database, "{}", out);
        try (var zip = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(out.toByteArray()))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                List<String> lines = new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines().toList();
                if (entry.getName().equals("searches.csv")) assertThat(lines).hasSize(5_004).doesNotHaveDuplicates();
                if (entry.getName().equals("deeds.csv")) assertThat(lines).as("a head and two of the user's own").hasSize(3);
                if (entry.getName().equals("deeds.json"))
                    assertThat(tools.jackson.databind.json.JsonMapper.builder().build().readTree(String.join("\n", lines))).hasSize(2);
            }
        }
    }
}
