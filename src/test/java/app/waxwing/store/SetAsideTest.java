package app.waxwing.store;

import static app.waxwing.store.Durability.KEPT;
import static app.waxwing.store.Lane.USER;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.EmptyDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetAsideTest {
    private static final Instant THEN = Instant.parse("2026-10-29T10:00:00Z");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        account("s", "ida");
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private void account(String server, String user) {
        database.write(KEPT, USER,
                sql -> sql.execute("INSERT INTO account (server_id, user_id, kind, server_name, user_name, url, device_id, "
                        + "signed_in_at) VALUES (?, ?, 'jellyfin', 'S', ?, 'http://s', 'd', 0)", server, user, user))
                .join();
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(p -> String.valueOf(p.getFileName())).filter(n -> n.contains(".damaged") || n.contains(".replaced")).sorted()
                    .toList();
        }
    }

    private void aside(String... names) throws IOException {
        for (String name : names) Files.writeString(folder.resolve("waxwing.db" + name), "no database");
    }

    /// A database with the accounts of now, as it is set aside.
    private void copy(String name) {
        try (var connection = Connections.source(database.file()).getConnection();
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, folder.resolve("waxwing.db" + name).toString());
            statement.execute();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("4.18 what was set aside goes after its time with all that belongs to it; what is younger, or none of ours, stays")
    void goInTime() throws Exception {
        database.backups().make();
        aside(".damaged-20261029-095959", ".damaged-20261029-095959-wal", ".damaged-20261029-095959-shm", ".damaged-20261029-100000",
                ".replaced-20260101-000000-2", ".replaced-20261128-000000", ".damaged-by-hand", ".damaged-20269999-000000");
        assertThat(database.dropSetAside(THEN)).isEqualTo(2);
        assertThat(names()).containsExactly("waxwing.db.damaged-20261029-100000", "waxwing.db.damaged-20269999-000000",
                "waxwing.db.damaged-by-hand", "waxwing.db.replaced-20261128-000000");
        assertThat(database.dropSetAside(THEN)).isZero();
    }

    @Test
    @DisplayName("4.18 the newest damaged database stays while no backup is good")
    void theBestThereIs() throws Exception {
        aside(".damaged-20260101-000000", ".damaged-20260102-000000");
        assertThat(database.dropSetAside(THEN)).isEqualTo(1);
        assertThat(names()).containsExactly("waxwing.db.damaged-20260102-000000");
        Path bad = folder.resolve("backups/waxwing-20261101-000000.db.gz");
        Files.createDirectories(folder.resolve("backups"));
        Files.writeString(bad, "no backup either");
        assertThat(database.dropSetAside(THEN)).as("there is one, and it is not good").isZero();
        database.backups().make();
        assertThat(database.dropSetAside(THEN)).isEqualTo(1);
        assertThat(names()).isEmpty();
        try (var all = Files.list(folder.resolve("backups"))) {
            assertThat(all).as("nothing is left of the look").hasSize(2);
        }
    }

    @Test
    @DisplayName("4.18 «delete this account's data» reaches databases that were set aside; one of others alone stays, one that went with others in it is named")
    void accountGoes() throws Exception {
        copy(".replaced-20261101-000000");
        database.write(KEPT, USER, sql -> sql.execute("DELETE FROM account")).join();
        account("s", "eve");
        copy(".replaced-20261102-000000");
        account("s", "ida");
        copy(".replaced-20261103-000000");
        copy(".damaged-20261104-000000");
        aside(".damaged-20261105-000000", ".damaged-20261105-000000-wal");
        database.write(KEPT, USER, sql -> {
            Erasures.note(sql, 1, "s", "ida", THEN);
            return sql.execute("DELETE FROM account WHERE user_id = 'ida'");
        }).join();
        assertThat(database.erasures().finish().setAside()).extracting(p -> p.getFileName().toString()).containsExactlyInAnyOrder(
                "waxwing.db.replaced-20261103-000000", "waxwing.db.damaged-20261104-000000", "waxwing.db.damaged-20261105-000000");
        assertThat(names()).as("of somebody else, and sound").containsExactly("waxwing.db.replaced-20261102-000000");
        assertThat(database.backups().list()).hasSize(1);
    }
}
