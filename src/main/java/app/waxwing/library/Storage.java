package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.store.Database;
import org.jooq.impl.DSL;

/// How many bytes of music are on this computer.
public final class Storage {
    private final Database database;

    public Storage(Database database) {
        this.database = database;
    }

    /// @param kept by the user
    /// @param cached may be evicted
    public record Bytes(long kept, long cached) {}

    /// Blocks for one small query: not on FX or an engine's thread.
    public Bytes bytes() {
        return database.readNow(sql -> {
            long kept = 0;
            long cached = 0;
            for (var row : sql.select(MEDIA_FILE.IS_PINNED, DSL.sum(MEDIA_FILE.SIZE)).from(MEDIA_FILE).groupBy(MEDIA_FILE.IS_PINNED)
                    .fetch()) {
                if (row.value1()) kept = row.value2().longValue();
                else cached = row.value2().longValue();
            }
            return new Bytes(kept, cached);
        });
    }
}
