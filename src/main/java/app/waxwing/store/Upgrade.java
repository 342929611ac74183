package app.waxwing.store;

import app.waxwing.base.Events;
import app.waxwing.base.Subscription;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;

/// An older library is brought up to date at the start, in one transaction: with a million tracks that and the backup before it take minutes. How far it is,
/// and the way to give it up: then everything is as it was, and the next start begins anew, as it does after a kill. Any thread.
public final class Upgrade {
    /// Of SQLite's steps, some milliseconds: so soon it hears that it is given up.
    private static final int OFTEN = 100_000;
    /// With less than these 128 MB what is changed goes to the disk twice, a page at a time.
    private static final int CACHE_KIB = 128_000;
    private final Events<Step> steps = new Events<>();
    private volatile Optional<Step> now = Optional.empty();
    private volatile boolean givenUp;

    /// @param number from 1 to `all`: the backup, and each change of the schema
    public record Step(int number, int all) {
        public Step {
            if (number < 1 || number > all) throw new IllegalArgumentException(number + " of " + all);
        }

        /// A backup is made before anything is changed.
        public boolean keeping() {
            return number == 1;
        }
    }

    /// Each step as it begins, and the one that is being done now. On the thread that opens the database; a library that is up to date, or new, has
    /// none.
    public synchronized Subscription subscribe(Consumer<Step> listener) {
        now.ifPresent(listener);
        return steps.subscribe(listener);
    }

    /// Ends it soon: who opens the database hears that it could not be brought up to date. Without effect before and after.
    public void giveUp() {
        givenUp = true;
    }

    /// The backup is being made just now, which takes longest: nothing is changed yet, so who ends the program need not wait for it.
    public boolean keeping() {
        return now.map(Step::keeping).orElse(false);
    }

    boolean isGivenUp() {
        return givenUp;
    }

    synchronized void step(int number, int all) {
        now = Optional.of(new Step(number, all));
        steps.publish(now.get());
    }

    synchronized void done() {
        now = Optional.empty();
    }

    /// The same with connections that stop what they do when this is given up.
    SQLiteDataSource over(SQLiteDataSource source) {
        var config = source.getConfig();
        config.setCacheSize(-CACHE_KIB);
        var watched = new SQLiteDataSource(config) {
            @Override
            public SQLiteConnection getConnection(String user, String password) throws SQLException {
                SQLiteConnection connection = super.getConnection(user, password);
                ProgressHandler.setHandler(connection, OFTEN, new ProgressHandler() {
                    @Override
                    protected int progress() {
                        return givenUp ? 1 : 0;
                    }
                });
                return connection;
            }
        };
        watched.setUrl(source.getUrl());
        return watched;
    }
}
