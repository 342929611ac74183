package app.waxwing.bench;

import app.waxwing.testing.SampleWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Debian's Strawberry with a home of its own, over the names that the other libraries here have: a player of the same kind, for the start and the
/// memory. Its first start makes the database; the songs are put in as its own scan would leave them, and it is told not to look for their files.
final class Strawberry {
    private static final Path PROGRAM = Path.of("/usr/bin/strawberry");
    private static final int PATIENCE_SECONDS = 30;
    private final Path home;

    private Strawberry(Path home) {
        this.home = home;
    }

    static boolean available() {
        return Files.isExecutable(PROGRAM);
    }

    static Strawberry with(Path home, int tracks, Screen screen) throws IOException, InterruptedException, SQLException {
        var peer = new Strawberry(Files.createDirectories(home));
        Path settings = Files.createDirectories(home.resolve("config/strawberry")).resolve("strawberry.conf");
        Files.writeString(settings, "[Collection]\nstartup_scan=false\nmonitor=false\n\n[BehaviourSettings]\nshowtrayicon=false\n");
        Path database = home.resolve("data/strawberry/strawberry/strawberry.db");
        ProcessBuilder first = peer.program();
        first.environment().put("DISPLAY", screen.display());
        Process process = first.redirectErrorStream(true).redirectOutput(home.resolve("first.txt").toFile()).start();
        for (int i = 0; i < 10 * PATIENCE_SECONDS && !complete(database); i++) TimeUnit.MILLISECONDS.sleep(100);
        TimeUnit.SECONDS.sleep(2);
        process.destroy();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
        fill(database, tracks);
        return peer;
    }

    /// To be started on a display that the caller names.
    ProcessBuilder program() {
        var builder = new ProcessBuilder(PROGRAM.toString());
        Map<String, String> environment = builder.environment();
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("XDG_DATA_HOME", home.resolve("data").toString());
        environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        environment.put("QT_QPA_PLATFORM", "xcb");
        environment.remove("DBUS_SESSION_BUS_ADDRESS");
        return builder;
    }

    private static boolean complete(Path database) {
        if (!Files.exists(database)) return false;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            return !columns(connection).isEmpty();
        } catch (SQLException e) {
            return false; // still being made
        }
    }

    /// @param preset what stands there when nothing is said; null = nothing
    private record Column(String name, boolean text, boolean needed, @Nullable String preset) {}

    private static List<Column> columns(Connection connection) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("PRAGMA table_info(songs)")) {
            while (rows.next()) {
                columns.add(new Column(rows.getString("name"), rows.getString("type").equalsIgnoreCase("TEXT"), rows.getBoolean("notnull"),
                        rows.getString("dflt_value")));
            }
        }
        return columns;
    }

    private static void fill(Path database, int tracks) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database)) {
            connection.setAutoCommit(false);
            List<Column> columns = columns(connection).stream().filter(c -> c.preset == null || song(0).containsKey(c.name)).toList();
            String names = String.join(", ", columns.stream().map(Column::name).toList());
            String marks = String.join(", ", columns.stream().map(c -> "?").toList());
            try (var insert = connection.prepareStatement("INSERT INTO songs (" + names + ") VALUES (" + marks + ")")) {
                for (int n = 0; n < tracks; n++) {
                    Map<String, Object> song = song(n);
                    for (int i = 0; i < columns.size(); i++) {
                        Column column = columns.get(i);
                        insert.setObject(i + 1, song.getOrDefault(column.name, !column.needed ? null : column.text ? "" : 0));
                    }
                    insert.addBatch();
                    if (n % 1000 == 999) insert.executeBatch();
                }
                insert.executeBatch();
            }
            connection.commit();
        }
    }

    /// Ten tracks an album, three albums an artist, as `FakeMediaServer` has them.
    private static Map<String, Object> song(int n) {
        String artist = SampleWords.artist(n / 30);
        String album = SampleWords.album(n / 10);
        Map<String, Object> song = new HashMap<>();
        song.put("title", SampleWords.track(n));
        song.put("artist", artist);
        song.put("albumartist", artist);
        song.put("effective_albumartist", artist);
        song.put("album", album);
        song.put("track", n % 10 + 1);
        song.put("disc", 1);
        song.put("year", 1960 + n / 10 % 60);
        song.put("genre", "Rock");
        song.put("url", "file:///music/" + n / 10 + "/" + n + ".flac");
        song.put("directory_id", 1);
        song.put("source", 2); // the collection
        song.put("filetype", 2); // FLAC
        song.put("filesize", 25_000_000);
        song.put("mtime", 1_700_000_000);
        song.put("ctime", 1_700_000_000);
        song.put("length", 200_000_000_000L);
        song.put("length_nanosec", 200_000_000_000L);
        return song;
    }
}
