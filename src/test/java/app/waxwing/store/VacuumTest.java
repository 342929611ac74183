package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class VacuumTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    @TempDir
    Path folder;

    /// The files below this folder that the program has open; SQLite takes the names of its temporary ones away at once.
    private static Set<Path> openBelow(Path folder) {
        Set<Path> found = new TreeSet<>();
        try (var all = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path link : all) {
                try {
                    Path target = Files.readSymbolicLink(link);
                    if (target.startsWith(folder)) found.add(target);
                } catch (NoSuchFileException e) {
                    continue; // closed meanwhile
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /// What is open below the folder while the work runs.
    private static Set<Path> openDuring(Connection connection, Path folder, Runnable work) throws SQLException {
        Set<Path> seen = new TreeSet<>();
        ProgressHandler.setHandler(connection, 50, new ProgressHandler() {
            @Override
            protected int progress() {
                seen.addAll(openBelow(folder));
                return 0;
            }
        });
        try {
            work.run();
        } finally {
            ProgressHandler.clearHandler(connection);
        }
        return seen;
    }

    @Test
    @DisplayName("4.17 a database that is written anew is put together in a file of its own folder, not in memory, also where the folder's name has signs in it; other temporary tables are in memory again")
    void besideTheDatabase() throws Exception {
        Path here = Files.createDirectory(folder.resolve("Ida's «music»"));
        Path file = here.resolve("waxwing.db");
        try (Connection connection = Connections.source(file).getConnection()) {
            DSLContext sql = DSL.using(connection, SQLDialect.SQLITE);
            sql.execute("CREATE TABLE line (words BLOB)");
            sql.execute("INSERT INTO line WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
                    + "SELECT randomblob(1000) FROM n");
            sql.execute("DELETE FROM line WHERE rowid % 2 = 0");
            sql.execute("PRAGMA cache_size = 10"); // so that little of it is in memory anyway
            long before = Files.size(file);
            Set<Path> open = openDuring(connection, here, () -> Vacuum.run(sql, file));
            if (Files.isDirectory(OPEN_FILES)) { // Linux tells what is open
                assertThat(open).anyMatch(p -> !String.valueOf(p.getFileName()).startsWith("waxwing.db"));
            }
            sql.fetch("PRAGMA wal_checkpoint(TRUNCATE)");
            assertThat(Files.size(file)).isLessThan(before);
            assertThat(sql.fetchSingle("PRAGMA temp_store").get(0, Integer.class)).isEqualTo(2);
            try (var left = Files.list(here)) {
                assertThat(left).allMatch(p -> String.valueOf(p.getFileName()).startsWith("waxwing.db"));
            }
        }
    }

    @Test
    @DisplayName("4.17 where no temporary file can be made in the database's folder, it is written anew all the same")
    void elsewhere() throws Exception {
        Path file = folder.resolve("waxwing.db");
        try (Connection connection = Connections.source(file).getConnection()) {
            DSLContext sql = DSL.using(connection, SQLDialect.SQLITE);
            sql.execute("CREATE TABLE line (words BLOB)");
            sql.execute("INSERT INTO line VALUES (zeroblob(100000))");
            sql.execute("DELETE FROM line");
            Vacuum.run(sql, folder.resolve("nowhere/waxwing.db"));
            assertThat(sql.fetchSingle("PRAGMA freelist_count").get(0, Integer.class)).isZero();
            assertThat(sql.fetchSingle("PRAGMA temp_store").get(0, Integer.class)).isEqualTo(2);
        }
    }
}
