package app.waxwing.library;

import app.waxwing.base.Threads;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.ManualTime;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.util.Random;

/// A library synced with one server, whose work goes on only when a test moves the clock, and on the test's thread.
final class StillDesk implements AutoCloseable {
    final ManualTime time = new ManualTime();
    final TestAccounts accounts = new TestAccounts();
    final FakeMediaServer server;
    final Database database;
    final long account;
    StoredLibrary library;
    /// Sound, downloads or a sync have the machine.
    boolean busy;

    StillDesk(Path folder, int tracks) {
        server = new FakeMediaServer("srv").fill(tracks);
        database = EmptyDatabase.open(folder.resolve("w.db"), time);
        account = accounts.add(database, server, "u").id();
        try (var io = Threads.virtual("io")) {
            new SyncEngine(database, new LibraryChanges(time, Runnable::run), accounts, io, time).sync(account, true).join();
        }
        library = library();
        server.calls.clear();
    }

    private StoredLibrary library() {
        return new StoredLibrary(database, new LibraryChanges(time, Runnable::run), accounts, Runnable::run, time, new Random(1));
    }

    /// As after a restart: what was only held in memory is not known.
    void restart() {
        library = library();
    }

    @Override
    public void close() {
        database.close();
    }
}
