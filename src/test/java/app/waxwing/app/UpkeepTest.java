package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.settings.Settings;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Retention;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ManualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    @TempDir
    Path folder;
    private Path logs;
    private final ManualTime time = new ManualTime();

    @BeforeEach
    void open() throws IOException {
        logs = Files.createDirectory(folder.resolve("logs"));
    }

    /// The log of a day, as many days ago as that.
    private String log(int days) throws IOException {
        LocalDate day = LocalDate.ofInstant(time.now().minus(Duration.ofDays(days)), ZoneId.systemDefault());
        String name = "waxwing." + day + ".0.log";
        Files.writeString(logs.resolve(name), "words");
        return name;
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(logs)) {
            return all.map(p -> String.valueOf(p.getFileName())).toList();
        }
    }

    @Test
    @DisplayName("4.18 logs older than 30 days go; the one that is written to, and what is none of ours, stays")
    void oldLogsGo() throws IOException {
        String young = log(29);
        String just = log(30);
        log(31);
        log(400);
        for (String other : List.of("waxwing.log", "waxwing.some-da-te.0.log", "notes.2020-01-01.0.log")) {
            Files.writeString(logs.resolve(other), "words");
        }
        Instant before = time.now().minus(Duration.ofDays(30));
        assertThat(LogFile.prune(logs, before)).isEqualTo(2);
        assertThat(files()).containsExactlyInAnyOrder(young, just, "waxwing.log", "waxwing.some-da-te.0.log", "notes.2020-01-01.0.log");
        assertThat(LogFile.prune(logs, before)).isZero();
        assertThat(LogFile.prune(folder.resolve("nowhere"), before)).as("nothing was written yet").isZero();
    }

    @Test
    @DisplayName("4.18 the settings hold: logs.days and search.history-days; all of it is done once a day")
    void settingsHold() throws IOException {
        try (var clock = new SystemTime();
                var database = EmptyDatabase.open(folder.resolve("waxwing.db"), clock);
                var settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run)) {
            database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, "
                    + "user_name, url, device_id, signed_in_at) VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)")
                    + sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, 'rain', 'Rain', ?)",
                            time.now().minus(Duration.ofDays(50)).toEpochMilli()))
                    .join();
            var upkeep = new Upkeep(database, new Retention(database), settings, logs, time);
            String tenDays = log(10);
            log(31);
            assertThat(upkeep.run().join()).as("50 days of 90").isZero();
            assertThat(files()).containsExactly(tenDays);
            settings.set("logs.days", "5");
            settings.set("search.history-days", "40");
            time.pass(Duration.ofHours(23));
            assertThat(upkeep.run().join()).as("it was done today").isZero();
            assertThat(files()).containsExactly(tenDays);
            time.pass(Duration.ofHours(2));
            assertThat(upkeep.run().join()).isEqualTo(1);
            assertThat(files()).isEmpty();
        }
    }
}
