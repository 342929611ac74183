package app.waxwing.download;

import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import java.util.concurrent.CompletableFuture;

/// Transactions as the download engine needs them; tests make the n-th one fail.
interface Rows {
    <T> CompletableFuture<T> write(Durability durability, Work<T> work);

    <T> CompletableFuture<T> read(Work<T> query);

    /// In the user's lane, so that writes keep their order.
    static Rows of(Database database) {
        return new Rows() {
            @Override
            public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
                return database.write(durability, Lane.USER, work);
            }

            @Override
            public <T> CompletableFuture<T> read(Work<T> query) {
                return database.read(query);
            }
        };
    }
}
