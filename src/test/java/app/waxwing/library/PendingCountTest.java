package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PendingCountTest {
    private static final int ACCOUNTS = 3;
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;
    private PendingActions actions;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        actions = new PendingActions(database);
        for (int a = 1; a <= ACCOUNTS; a++) account(a);
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private void account(int id) {
        write(sql -> sql.execute(
                "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at, is_active) "
                        + "VALUES (" + id + ", 's" + id + "', 'u', 'jellyfin', 'S', 'U', 'http://s', 'd', 0, 1)"));
    }

    private <T> T write(java.util.function.Function<DSLContext, T> deed) {
        return database.write(Durability.SOON, Lane.USER, deed::apply).join();
    }

    @Test
    @DisplayName("4.11 the number that is told after each edit is kept, not counted, and stays the number of rows whatever comes and goes")
    void keptNumber() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        List<Long> waiting = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            long account = 1 + random.nextInt(ACCOUNTS);
            switch (random.nextInt(8)) {
                case 0, 1, 2, 3 -> waiting.add(write(sql -> add(sql, account)));
                case 4, 5 -> {
                    if (!waiting.isEmpty()) {
                        long gone = waiting.remove(random.nextInt(waiting.size()));
                        write(sql -> actions.remove(sql, gone));
                    }
                }
                case 6 -> write(sql -> sql.execute("UPDATE account SET is_active = 1 - is_active WHERE id = " + account));
                default -> {
                    if (random.nextInt(6) == 0) {
                        write(sql -> sql.execute("DELETE FROM account WHERE id = " + account));
                        account((int) account);
                    }
                }
            }
            int counted = database.readNow(sql -> sql.fetchSingle(
                    "SELECT count(*) FROM pending_action WHERE account_id IN (SELECT id FROM account WHERE is_active = 1)")
                    .get(0, Integer.class));
            assertThat(database.<Integer>readNow(PendingActions::count)).as("seed %d, step %d", seed, step).isEqualTo(counted);
        }
        String plan = database.readNow(sql -> sql.fetch("EXPLAIN QUERY PLAN " + PendingActions.COUNT).stream()
                .map(r -> r.get("detail", String.class)).collect(Collectors.joining("\n")));
        assertThat(plan).doesNotContain("pending_action");
    }

    private long add(DSLContext sql, long account) {
        return actions.add(sql, PendingActions.FAVOURITE, ItemKind.TRACK, new ItemKey(account, "t"), "on", List.of(), List.of(),
                Instant.EPOCH);
    }
}
