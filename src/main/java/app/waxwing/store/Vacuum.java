package app.waxwing.store;

import java.nio.file.Path;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes a database's file anew without its empty pages. SQLite first makes the whole of it beside, where its temporary tables are, which with the
/// settings of [Connections] is in memory: so for as long as this takes they are in files, in the folder of the database, which has the room that
/// was looked for.
final class Vacuum {
    private static final Logger LOG = LoggerFactory.getLogger(Vacuum.class);

    private Vacuum() {}

    /// Outside of a transaction, on the one thread that writes: SQLite keeps the folder of temporary files for the whole process. Blocks for as long
    /// as the file takes to be written twice.
    static void run(DSLContext sql, Path file) {
        folder(sql, String.valueOf(file.toAbsolutePath().getParent()));
        sql.execute("PRAGMA temp_store = FILE");
        try {
            sql.execute("VACUUM");
        } finally {
            sql.execute("PRAGMA temp_store = MEMORY");
            folder(sql, "");
        }
    }

    /// @param folder where temporary files are made; empty where SQLite thinks best
    private static void folder(DSLContext sql, String folder) {
        try {
            sql.execute("PRAGMA temp_store_directory = {0}", DSL.inline(folder)); // SQLite takes no parameter there
        } catch (RuntimeException e) { // broad: whatever is wrong with it, the files are made where the system has room for such
            LOG.warn("temporary files are not made in «{}»", folder, e);
        }
    }
}
