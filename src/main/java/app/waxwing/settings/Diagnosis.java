package app.waxwing.settings;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What Waxwing finds when it looks at itself. Blocks: on a thread for such work.
public interface Diagnosis {
    /// Everything, the database read wholly: seconds for a large library.
    List<Check> run();

    /// Everything but what takes long.
    default List<Check> look() {
        return run();
    }

    /// Sentences on what is wrong with the database; empty when it is sound. Reads all of it, on a thread of its own: seconds for 100,000 tracks.
    default CompletableFuture<List<String>> integrity() {
        return CompletableFuture.completedFuture(List.of());
    }

    /// What caches and database did.
    Metrics metrics();

    /// @param ok false when something needs attention; `detail` says what
    record Check(String name, boolean ok, String detail) {}
}
