package app.waxwing.store;

import app.waxwing.base.SystemTime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/// A process of its own that writes without end until it is killed, from the first byte of its input on: groups of five rows, each in one transaction, in turn kept and soon, for users
/// and in bulk, now and then a backup. It says the number of each kept group once that is durable.
public final class KillChild {
    static final int ROWS = 5;

    private KillChild() {}

    public static void main(String[] args) throws IOException {
        if (System.in.read() < 0) return; // not wanted any more
        try (var time = new SystemTime(); var database = Database.open(Path.of(args[0]), time)) {
            long from = database.readNow(sql -> sql.fetchSingle("SELECT coalesce(max(value), 0) FROM counter WHERE name LIKE 'group %'")
                    .get(0, Integer.class));
            System.out.println("open");
            for (long group = from + 1;; group++) {
                boolean kept = group % 3 == 0;
                CompletableFuture<Integer> written = write(database, group, kept);
                if (kept) {
                    written.join();
                    System.out.println(group);
                    System.out.flush();
                }
                if (group % 97 == 0) CompletableFuture.runAsync(database::backUpDaily);
            }
        }
    }

    private static CompletableFuture<Integer> write(Database database, long group, boolean kept) {
        return database.write(kept ? Durability.KEPT : Durability.SOON, group % 2 == 0 ? Lane.BULK : Lane.USER, sql -> {
            for (int i = 0; i < ROWS; i++) {
                sql.execute("INSERT INTO counter (name, value) VALUES (?, ?)", "group " + group + " row " + i + "x".repeat(300), group);
            }
            // Old groups go whole, so that pages are given back and taken again.
            return sql.execute("DELETE FROM counter WHERE name LIKE 'group %' AND value < ? AND value % 7 <> 0", group - 60);
        });
    }
}
