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

    /// Nothing when the file is up to date.
    ///
    /// @throws FailureException when the file is of a newer Waxwing, when a shipped script was changed, or when a script failed (then nothing of
    ///                          it happened)
    void apply(Path file, Backups backups, Time time) throws SQLException, IOException {
        List<Applied> applied;
        boolean empty;
        try (Connection connection = Connections.source(file).getConnection()) {
            applied = applied(connection);
            empty = applied.isEmpty();
        }
        int newest = applied.isEmpty() ? 0 : applied.getLast().version();
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
        if (newest == known) return;
        if (!empty) backups.make(); // requirement 4.2
        migrate(file, newest, time);
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
    private void migrate(Path file, int from, Time time) throws SQLException {
        try {
            var result = Flyway.configure(Migrations.class.getClassLoader()).dataSource(Connections.source(file)).locations(location)
                    .group(true)
                    .load().migrate();
            LOG.info("schema is at version {} ({} steps)", result.targetSchemaVersion, result.migrationsExecuted);
            if (from > 0) note(file, "version " + from + " to " + newest(), time);
        } catch (FlywayException e) {
            throw new FailureException(new Failure.Trouble("The library database could not be brought up to date",
                    "it is as it was before"), e);
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
