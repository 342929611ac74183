package app.waxwing.app;

import app.waxwing.settings.Metrics;
import app.waxwing.store.CacheFigures;
import app.waxwing.store.Database;
import java.time.Duration;

/// The figures of the database and of the caches over it.
final class DatabaseMetrics implements Metrics {
    private final Database database;

    DatabaseMetrics(Database database) {
        this.database = database;
    }

    @Override
    public View look() {
        var f = database.figures();
        return new View(
                database.meters().figures().stream()
                        .map(c -> new Cache(c.name(), c.hits(), c.misses(), c.mean(), c.p95(), c.items(), c.bytes(),
                                c.evictions(), c.errors(), c.network(), c.unasked(), c.limit(),
                                new Levels(level(c.memory()), level(c.store()), level(c.server()))))
                        .toList(),
                new Store(f.fileBytes(), f.walBytes(), f.statements(),
                        f.statements() == 0 ? Duration.ZERO : f.took().dividedBy(f.statements()), f.slow(), f.busy(), database.waiting(),
                        database.slow().stream().map(s -> new Slow(s.at(), s.took(), s.sql())).toList()));
    }

    private static Level level(CacheFigures.Level level) {
        return new Level(level.answers(), level.mean());
    }

    @Override
    public void reset() {
        database.reset().join();
    }
}
