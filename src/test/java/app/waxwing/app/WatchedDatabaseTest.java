package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the program tells of its database and of what was done, through its commands.
class WatchedDatabaseTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private ProgramDesk desk;

    @BeforeEach
    void start() throws Exception {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        desk = ProgramDesk.synced(folder.resolve("data"), server);
    }

    @AfterEach
    void stop() {
        desk.close();
        server.close();
    }

    private void beside(String... statements) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/waxwing.db"));
                var statement = other.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            for (String one : statements) statement.execute(one);
        }
    }

    private String figures() {
        return desk.run("doctor").path("checks").valueStream().filter(c -> c.path("name").asString().equals("database figures"))
                .map(c -> c.path("detail").asString()).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("4.17 a statement that was made slow shows up: its time and its text without values in `metrics` and `doctor`, with the sizes of database and log")
    void slowStatement() throws Exception {
        beside("CREATE VIEW long_way AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)"
                + " SELECT count(*) AS c FROM n",
                "CREATE TRIGGER slow AFTER INSERT ON playlist BEGIN SELECT c FROM long_way; END");
        long before = desk.run("metrics").path("database").path("slow").asLong();
        desk.run("playlist", "create", "S3CRET title");
        JsonNode database = desk.run("metrics").path("database");
        assertThat(database.path("slow").asLong()).isGreaterThan(before);
        JsonNode slow = database.path("slowStatements").valueStream().filter(s -> s.path("statement").asString().startsWith("insert into"))
                .findFirst().orElseThrow();
        assertThat(slow.path("took").asDouble()).isGreaterThanOrEqualTo(0.1);
        assertThat(slow.path("statement").asString()).startsWith("insert into `playlist`").contains("?").doesNotContain("S3CRET");
        assertThat(database.path("bytes").asLong()).isPositive();
        assertThat(database.path("walBytes").asLong()).isPositive();
        assertThat(figures()).containsPattern(", log [0-9.]+ [kM]B").contains("of them slow")
                .containsPattern("took \\d{3,} ms: ").doesNotContain("S3CRET");
    }

    @Test
    @DisplayName("4.20 a row for each action: plays that were cleared, held changes that were dropped, data that were exported, a backup that was put back")
    void audit() throws Exception {
        List<String> tracks = desk.ids("tracks");
        desk.run("history", "clear");
        assertThat(audited("history-deleted")).singleElement().matches(d -> d.path("object").asString().startsWith("all plays"))
                .matches(d -> d.path("actor").asString().equals("user") && d.path("outcome").asString().equals("done"));
        desk.run("offline", "on");
        desk.run("favourite", tracks.get(0), "on");
        desk.run("favourite", tracks.get(1), "on");
        beside("UPDATE pending_action SET held_from = 1");
        assertThat(audited("changes-dropped")).isEmpty();
        assertThat(desk.run("offline", "pending", "drop").path("dropped").asInt()).isEqualTo(2);
        assertThat(audited("changes-dropped")).singleElement()
                .matches(d -> d.path("object").asString().startsWith("2 changes that were held"));
        assertThat(audited("export")).isEmpty();
        desk.run("data", "export", folder.resolve("mine.zip").toString());
        assertThat(audited("export")).singleElement().matches(d -> d.path("object").asString().startsWith("my data · "));
        String backup = desk.run("backup", folder.resolve("mine.gz").toString()).path("path").asString();
        desk.run("restore", backup);
        desk.restart();
        assertThat(audited("restore")).singleElement().matches(d -> d.path("object").asString().startsWith("the backup of"));
    }

    private List<JsonNode> audited(String action) {
        return desk.run("doctor", "--audit").path("audit").valueStream().filter(d -> d.path("action").asString().equals(action)).toList();
    }
}
