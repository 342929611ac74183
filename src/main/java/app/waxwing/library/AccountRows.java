package app.waxwing.library;

import app.waxwing.base.Time;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;

/// The rows of one account, written behind everything users wait for. Blocks: for `io-*` threads.
record AccountRows(Database database, long account, Time time) {
    <T> T write(Work<T> work) {
        return SyncContext.wait(database.write(Durability.SOON, Lane.BULK, work));
    }

    <T> T read(Work<T> query) {
        return database.readNow(query);
    }
}
