package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.store.schema.BundledMigrations;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the schema of a file to this build's. Flyway costs 170–300 ms, so it runs only when the newest applied version is not the newest bundled
/// one; whether an applied script was changed since is checked at every start by Flyway's own checksum (requirements 3.22, 4.1).
final class Migrations {
    private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);
    private final List<String> files;
    private final String location;
    private final Scripts scripts;

    /// Opens one script by its file name.
    interface Scripts {
        InputStream open(String name) throws IOException;
    }

    private record Applied(int version, String script, int checksum) {}

    Migrations(List<String> files, String location, Scripts scripts) {
        this.files = List.copyOf(files);
        this.location = location;
        this.scripts = scripts;
    }

    static Migrations bundled() {
        return new Migrations(BundledMigrations.FILES, "classpath:db/migration", name -> {
            InputStream in = Migrations.class.getResourceAsStream("/db/migration/" + name);
            if (in == null) throw new IOException("no migration " + name + " in this build");
            return in;
        });
    }

    static Migrations in(Path folder) throws IOException {
        try (var list = Files.list(folder)) {
            List<String> names = list.map(f -> f.getFileName().toString()).filter(f -> f.matches("V\\d+__.+\\.sql"))
                    .sorted((a, b) -> Integer.compare(version(a), version(b))).toList();
            return new Migrations(names, "filesystem:" + folder, name -> Files.newInputStream(folder.resolve(name)));
        }
    }

    /// Nothing when the file is up to date. The note that it was closed well stays until there is the copy: till then nothing is changed, and who
    /// ends the program does not wait for it.
    ///
    /// @throws FailureException when the file is of a newer Waxwing, when a shipped script was changed, or when a script failed (then nothing of
    ///                          it happened)
    void apply(Path file, Backups backups, Time time, Upgrade upgrade, Soundness soundness) throws SQLException, IOException {
        List<Applied> applied;
        boolean empty;
        try (Connection connection = Connections.source(file).getConnection()) {
            applied = applied(connection);
            empty = applied.isEmpty();
        }
        int newest = from(applied);
        int known = newest();
        if (newest > known) {
            throw new Failure.Invalid(
                    "This library was last used by a newer Waxwing (its version " + newest + ", this one knows up to " + known
                            + "). Please start the newer one; nothing was changed")
                    .asException();
        }
        for (Applied a : applied) {
            if (!files.contains(a.script()) || checksum(a.script()) != a.checksum()) {
                throw new Failure.Invalid("The program's file " + a.script()
                        + " is not the one this library was made with. Please install Waxwing again; nothing was changed").asException();
            }
        }
        if (newest == known) {
            soundness.opened();
            return;
        }
        try {
            int all = 1 + (int) files.stream().filter(f -> version(f) > newest).count();
            if (!empty) {
                goOn(upgrade); // whoever gave up before the step was told waits for the end
                upgrade.step(1, all);
                goOn(upgrade);
                backups.make(); // requirement 4.2
            }
            soundness.opened();
            migrate(file, newest, time, upgrade, empty ? 0 : all);
        } finally {
            upgrade.done();
        }
    }

    private static int from(List<Applied> applied) {
        return applied.isEmpty() ? 0 : applied.getLast().version();
    }

    /// The version that this build makes.
    int newest() {
        return version(files.getLast());
    }

    /// The version of a file; 0 when it is no library of Waxwing.
    static int version(Path file) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection()) {
            List<Applied> applied = applied(connection);
            return applied.isEmpty() ? 0 : applied.getLast().version();
        }
    }

    /// All scripts in one transaction: one that fails takes those before it back too.
    ///
    /// @param all steps that are told; 0 for a new file, which tells of none
    private void migrate(Path file, int from, Time time, Upgrade upgrade, int all) throws SQLException {
        try {
            var result = Flyway.configure(Migrations.class.getClassLoader()).dataSource(upgrade.over(Connections.source(file)))
                    .locations(location).group(true).callbacks(new Told(upgrade, all)).load().migrate();
            LOG.info("schema is at version {} ({} steps)", result.targetSchemaVersion, result.migrationsExecuted);
            if (from > 0) note(file, "version " + from + " to " + newest(), time);
        } catch (FlywayException e) {
            throw DiskTrouble.full(e, Recovery.folder(file)).orElseGet(() -> new FailureException(asBefore(), e));
        }
    }

    private static Failure asBefore() {
        return new Failure.Trouble("The library database could not be brought up to date", "it is as it was before");
    }

    private static void goOn(Upgrade upgrade) {
        if (upgrade.isGivenUp()) throw asBefore().asException();
    }

    /// Tells each script as it begins; where the upgrade was given up none begins any more.
    private static final class Told implements Callback {
        private final Upgrade upgrade;
        private final int all;
        private int begun = 1;

        Told(Upgrade upgrade, int all) {
            this.upgrade = upgrade;
            this.all = all;
        }

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            if (upgrade.isGivenUp()) throw new FlywayException("given up");
            if (++begun <= all) upgrade.step(begun, all);
        }

        @Override
        public String getCallbackName() {
            return "told";
        }
    }

    private static void note(Path file, String what, Time time) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection()) {
            if (!BackupFile.has(connection, "audit")) return;
            Audit.write(connection, new Audit.Entry(time.now(), Audit.Actor.WAXWING, Audit.MIGRATION, what, Audit.DONE));
        }
    }

    private static List<Applied> applied(Connection connection) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE name = 'flyway_schema_history'")) {
                if (!table.next()) return applied;
            }
            try (ResultSet rows = statement.executeQuery("SELECT CAST(version AS INTEGER), script, checksum FROM flyway_schema_history "
                    + "WHERE success = 1 AND version IS NOT NULL ORDER BY 1")) {
                while (rows.next()) applied.add(new Applied(rows.getInt(1), rows.getString(2), rows.getInt(3)));
            }
        }
        return applied;
    }

    /// As Flyway does it: CRC-32 over the lines without their ends.
    private int checksum(String script) throws IOException {
        var crc = new CRC32();
        try (var reader = new BufferedReader(new InputStreamReader(scripts.open(script), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
                crc.update(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return (int) crc.getValue();
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
