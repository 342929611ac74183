package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.settings.Settings;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Retention;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.ManualTime;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

    private String stamp(int days) {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(time.now().minus(Duration.ofDays(days)));
    }

    private long ago(int days) {
        return time.now().minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static List<String> plays(Database database) {
        return database.readNow(sql -> sql.fetch("SELECT title FROM play_history ORDER BY played_at").getValues(0, String.class));
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
    @DisplayName("4.18 when an account's data are deleted the log begins anew: what was written before is gone, of earlier days too, and what comes is written")
    void begunAnew() throws IOException {
        LogFile.clear(folder.resolve("nowhere"));
        log(0);
        log(400);
        Files.writeString(logs.resolve("notes.2020-01-01.0.log"), "words");
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        String before = System.getProperty("waxwing.logs");
        try {
            System.setProperty("waxwing.logs", logs.toString());
            new LogFile().configure(context);
            context.getLogger("any").info("of before");
            assertThat(logs.resolve("waxwing.log")).content().contains("of before");
            LogFile.clear(logs);
            assertThat(files()).containsExactlyInAnyOrder("waxwing.log", "notes.2020-01-01.0.log");
            context.getLogger("any").info("of now");
            assertThat(logs.resolve("waxwing.log")).content().contains("of now").doesNotContain("of before").doesNotContain("\0");
        } finally {
            context.stop();
            if (before == null) System.clearProperty("waxwing.logs");
            else System.setProperty("waxwing.logs", before);
        }
    }

    @Test
    @DisplayName("4.18 the settings hold: logs.days, search.history-days and playback.history-days; databases that were set aside go after 30 days; all of it is done once a day")
    void settingsHold() throws IOException {
        try (var clock = new SystemTime();
                var database = EmptyDatabase.open(folder.resolve("waxwing.db"), clock);
                var settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run)) {
            database.write(Durability.KEPT, Lane.USER, sql -> sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, "
                    + "user_name, url, device_id, signed_in_at) VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0)")
                    + sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (1, 'rain', 'Rain', ?)",
                            time.now().minus(Duration.ofDays(50)).toEpochMilli())
                    + sql.execute(
                            "INSERT INTO play_history (account_id, track_item_id, title, artist_name, played_at, played_ms, source) VALUES "
                                    + "(1, 't1', 'Rain', 'Ada', ?, 1, 'stream'), (1, 't2', 'Fog', 'Ada', ?, 1, 'stream'), "
                                    + "(1, 't3', 'Sun', 'Ada', ?, 1, 'stream')",
                            ago(731), ago(729), ago(98)))
                    .join();
            var upkeep = new Upkeep(database, new Retention(database), settings, logs, time);
            Path old = Files.writeString(folder.resolve("waxwing.db.replaced-" + stamp(31)), "of long ago");
            Path young = Files.writeString(folder.resolve("waxwing.db.replaced-" + stamp(29)), "of late");
            String tenDays = log(10);
            log(31);
            assertThat(upkeep.run().join()).as("50 days of 90 stay; of the plays the one older than two years goes").isEqualTo(1);
            assertThat(plays(database)).containsExactly("Fog", "Sun");
            assertThat(files()).containsExactly(tenDays);
            assertThat(old).as("set aside 31 days ago").doesNotExist();
            assertThat(young).exists();
            settings.set("logs.days", "5");
            settings.set("search.history-days", "40");
            settings.set("playback.history-days", "100");
            time.pass(Duration.ofHours(23));
            assertThat(upkeep.run().join()).as("it was done today").isZero();
            assertThat(files()).containsExactly(tenDays);
            time.pass(Duration.ofHours(2));
            assertThat(upkeep.run().join()).as("the search and the play of 729 days").isEqualTo(2);
            assertThat(plays(database)).containsExactly("Sun");
            assertThat(files()).isEmpty();
            settings.set("playback.history-days", "0");
            time.pass(Duration.ofDays(4_000));
            assertThat(upkeep.run().join()).as("0 is for ever").isZero();
            assertThat(plays(database)).containsExactly("Sun");
        }
    }

    @Test
    @DisplayName("issue 4, 4.18 search history off: what was kept of it goes at once, of every account, and does not come back with another number "
            + "of days")
    void searchesGoAtOnce() {
        try (var clock = new SystemTime();
                var database = EmptyDatabase.open(folder.resolve("waxwing.db"), clock);
                var settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run)) {
            database.write(Durability.KEPT, Lane.USER, sql -> {
                for (int account = 1; account <= 2; account++) {
                    sql.execute("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, is_active, "
                            + "signed_in_at) VALUES (?, 's', ?, 'jellyfin', 'S', 'U', 'http://s', 'd', ?, 0)", account, "u" + account,
                            account - 1);
                    sql.execute("INSERT INTO search_history (account_id, folded, typed, searched_at) VALUES (?, 'rain', 'Rain', ?)",
                            account,
                            time.now().plus(Duration.ofDays(account)).toEpochMilli());
                }
                return 0;
            }).join();
            var upkeep = new Upkeep(database, new Retention(database), settings, logs, time);
            try (var following = upkeep.begin(Runnable::run)) {
                settings.set("search.history-days", "40");
                assertThat(searches(database)).isEqualTo(2);
                settings.set("search.history-days", "0");
                assertThat(searches(database)).isZero();
                settings.set("search.history-days", "90");
                assertThat(searches(database)).isZero();
            }
        }
    }

    /// As the writer leaves it.
    private static int searches(app.waxwing.store.Database database) {
        return database.write(Durability.SOON, Lane.USER, sql -> sql.fetchCount(org.jooq.impl.DSL.table("search_history"))).join();
    }
}
