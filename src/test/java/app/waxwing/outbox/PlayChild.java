package app.waxwing.outbox;

import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.PendingActions;
import app.waxwing.library.UserEdits;
import app.waxwing.store.Database;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;

/// A process of its own that counts plays of ten tracks, made to be killed. Arguments: database, account, number of the first play. Says the number
/// of each play once it is kept.
public final class PlayChild {
    static final int TRACKS = 10;
    private static final Instant FIRST = Instant.parse("2026-03-01T10:00:00Z");

    private PlayChild() {}

    static String track(int play) {
        return "t" + (1 + play % TRACKS);
    }

    /// Each far enough from the one before it for both to count.
    static Instant at(int play) {
        return FIRST.plusSeconds(play * 40L);
    }

    public static void main(String[] args) {
        var time = new SystemTime();
        Database database = Database.open(Path.of(args[0]), time);
        var io = Threads.virtual("io");
        var accounts = new TestAccounts();
        accounts.online = false;
        var changes = new LibraryChanges(time, io);
        var actions = new PendingActions(database);
        var outbox = new Journal(database, accounts, changes, actions, new UserEdits(database, changes, actions, time), io, time,
                new Random());
        for (int play = Integer.parseInt(args[2]);; play++) {
            outbox.played(new ItemKey(Long.parseLong(args[1]), track(play)), at(play)).join();
            System.out.println(play);
            System.out.flush();
        }
    }
}
