package app.waxwing.library;

import app.waxwing.account.Account;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.server.MediaServer;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.TestAccounts;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;

/// A library on a real file with fake servers: what most tests of this package begin with.
final class LibraryDesk implements AutoCloseable {
    final SystemTime time = new SystemTime();
    final ExecutorService io = Threads.virtual("io");
    final TestAccounts accounts = new TestAccounts();
    final LibraryChanges changes = new LibraryChanges(time, io);
    final Database database;
    final StoredLibrary library;
    final SyncEngine sync;

    LibraryDesk(Path folder) {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        library = new StoredLibrary(database, changes, accounts, io, time, new Random(7));
        sync = new SyncEngine(database, changes, accounts, io, time);
    }

    Account account(MediaServer server, String user) {
        return accounts.add(database, server, user);
    }

    LibrarySync.Report sync(long account, boolean full) {
        try {
            return sync.sync(account, full).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw e;
        }
    }

    void file(ItemKey track, boolean pinned, String path, long size) {
        file(database, track, pinned, path, size);
    }

    static void file(Database database, ItemKey track, boolean pinned, String path, long size) {
        var f = app.waxwing.store.schema.Tables.MEDIA_FILE;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.insertInto(f).set(f.ACCOUNT_ID, track.account())
                        .set(f.ITEM_ID, track.id()).set(f.ROOT, pinned ? "media" : "cache").set(f.FOLDER_ID, pinned ? 1L : null)
                        .set(f.PATH, path).set(f.PATH_KEY, path)
                        .set(f.SIZE, size)
                        .set(f.MODIFIED_AT, 0L).set(f.SHA256, "00").set(f.IS_PINNED, pinned).set(f.COMPLETED_AT, 0L).execute())
                .join();
    }

    Availability availability(long account, String track) {
        return library.track(new ItemKey(account, track)).join().orElseThrow().availability();
    }

    /// What the user is asked about.
    List<LibrarySync.Held> held() {
        return sync.held().join();
    }

    /// Where kept files are.
    void mediaFolder(java.nio.file.Path path) {
        var f = app.waxwing.store.schema.Tables.MEDIA_FOLDER;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(f).set(f.PATH, path.toString()).set(f.MARKER, 7L).where(f.ID.eq(1L)).execute()).join();
    }

    /// Whether the drive of the kept files is away.
    void missing(boolean away) {
        var f = app.waxwing.store.schema.Tables.MEDIA_FOLDER;
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER,
                sql -> sql.update(f).set(f.IS_MISSING, away).execute())
                .join();
    }

    @Override
    public void close() {
        io.shutdownNow();
        database.close();
        time.close();
    }
}
