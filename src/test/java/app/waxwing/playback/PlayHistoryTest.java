package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The history of two users of one server, 1 and 2, and of one of another server, 3.
class PlayHistoryTest {
    private static final Instant BEGAN = Instant.parse("2026-11-01T10:00:00Z");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;
    private PlayHistory history;

    @BeforeEach
    void begin() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        for (int account = 1; account <= 3; account++) {
            run("INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at) VALUES ("
                    + account
                    + ", '" + (account == 3 ? "t" : "s") + "', 'u" + account + "', 'jellyfin', 'S', 'U', 'http://localhost', 'd', 0)");
        }
        history = new PlayHistory(database);
        for (int account = 1; account <= 3; account++) {
            for (int i = 0; i < 4; i++) {
                history.insert(
                        new PlayHistory.Row(new ItemKey(account, "t" + i), "Title " + i, "Artist", BEGAN.plusSeconds(i * 10 + account),
                                Duration.ofSeconds(9), PlayerState.Source.LOCAL, true));
            }
        }
        active(1);
    }

    @AfterEach
    void end() {
        database.close();
        time.close();
    }

    private void run(String statement) {
        database.write(Durability.SOON, Lane.USER, sql -> sql.execute(statement)).join();
    }

    /// Of the two users of one server.
    private void active(int account) {
        run("UPDATE account SET is_active = (id = " + account + " OR id = 3)");
    }

    private List<Long> whose() {
        assertThat(history.size().join()).isEqualTo(history.recent(100).join().size());
        return history.recent(100).join().stream().map(p -> p.key().account()).distinct().sorted().toList();
    }

    @Test
    @DisplayName("0.13, 4.5 the history shows the plays of the active accounts only, newest first")
    void shown() {
        assertThat(whose()).containsExactly(1L, 3L);
        assertThat(history.recent(3).join().stream().map(p -> p.key().toString())).containsExactly(new ItemKey(3, "t3").toString(),
                new ItemKey(1, "t3").toString(), new ItemKey(3, "t2").toString());
        active(2);
        assertThat(whose()).containsExactly(2L, 3L);
        assertThat(history.size().join()).isEqualTo(8);
    }

    @Test
    @DisplayName("4.5, 4.19 clearing the history is of the active accounts, and so is taking it back: each user brings back what was cleared there")
    void clearedAndTakenBack() {
        Instant now = BEGAN.plusSeconds(3600);
        assertThat(history.forget(now).join()).isEqualTo(8);
        assertThat(history.recent(100).join()).isEmpty();
        assertThat(history.forget(now.plusSeconds(1)).join()).as("nothing is left to clear").isZero();
        active(2);
        assertThat(history.recent(100).join()).as("the other's plays stand").hasSize(4).allMatch(p -> p.key().account() == 2);
        assertThat(history.forget(now.plusSeconds(60)).join()).isEqualTo(4);
        active(1);
        assertThat(history.recent(100).join()).isEmpty();
        assertThat(history.removed().join()).as("what can be brought back is the user's own").contains(new Player.Removed(8, now));
        assertThat(history.recall().join()).as("what user 2 cleared later is not brought back").isEqualTo(8);
        assertThat(history.removed().join()).isEmpty();
        assertThat(whose()).containsExactly(1L, 3L);
        active(2);
        assertThat(history.recent(100).join()).as("only the other server's").hasSize(4).allMatch(p -> p.key().account() == 3);
        assertThat(history.recall().join()).isEqualTo(4);
        assertThat(whose()).containsExactly(2L, 3L);
        assertThat(history.recall().join()).isZero();
    }

    @Test
    @DisplayName("4.19 what was heard after the clearing stays, and a second clearing is taken back by itself")
    void twice() {
        Instant now = BEGAN.plusSeconds(15);
        assertThat(history.forget(now).join()).as("plays that began until then").isEqualTo(4);
        assertThat(history.recent(100).join()).hasSize(4);
        assertThat(history.forget(BEGAN.plusSeconds(100)).join()).isEqualTo(4);
        assertThat(history.recall().join()).isEqualTo(4);
        assertThat(history.recent(100).join()).allMatch(p -> p.at().isAfter(now));
        assertThat(history.recall().join()).isEqualTo(4);
        assertThat(history.size().join()).isEqualTo(8);
    }
}
