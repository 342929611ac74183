package app.waxwing.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// Opens connections to the one file, all with the same settings.
final class Connections {
    private static final int BUSY_MILLIS = 5_000;
    /// Kilobytes of pages that a connection keeps at most.
    private static final int PAGES = 16_000;
    /// Of the reader that is asked first, which does most: of a library of 100,000 tracks a third.
    private static final String FIRST_PAGES = "PRAGMA cache_size = -40000";
    /// Of the others.
    private static final String FEW_PAGES = "PRAGMA cache_size = -8000";
    private final Path file;
    private final Statements statements;

    Connections(Path file, Statements statements) {
        this.file = file;
        this.statements = statements;
    }

    Connection writer() throws SQLException {
        return StatementCache.over(source(file).getConnection(), statements);
    }

    /// Refuses to write, so that only thread `db` ever does.
    ///
    /// @param first is asked before all others
    Connection reader(boolean first) throws SQLException {
        Connection connection = StatementCache.over(source(file).getConnection(), statements);
        run(connection, "PRAGMA query_only = ON");
        run(connection, first ? FIRST_PAGES : FEW_PAGES);
        return connection;
    }

    static SQLiteDataSource source(Path file) {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
        config.enforceForeignKeys(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-PAGES);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setGetGeneratedKeys(false); // or the driver asks for them after every insert, and keeps the statement busy with its answer
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    DSLContext sql(Connection connection) {
        return DSL.using(new DefaultConfiguration()
                .set(SQLDialect.SQLITE)
                .set(connection)
                .set(new Settings().withRenderSchema(false).withExecuteLogging(false)));
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
