package app.waxwing.store;

import static app.waxwing.store.schema.Tables.CACHE_ENTRY;
import static app.waxwing.store.schema.Tables.CACHE_FIGURE;
import static app.waxwing.store.schema.Tables.COUNTER;

import app.waxwing.base.Time;
import app.waxwing.store.CacheFigures.Level;
import app.waxwing.store.CacheTally.More;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The meters of all caches. What they count is added to the database now and then and at the end, so that the figures go over many runs.
public final class CacheMeters {
    /// The files of music that are here, as the player asks for them.
    public static final String MUSIC = "music";
    private final Database database;
    private final Time time;
    private final Map<String, CacheMeter> meters = new LinkedHashMap<>();
    private final Map<String, Supplier<Held>> held = new HashMap<>();
    private final Map<String, LongSupplier> limits = new HashMap<>();

    /// What a cache holds.
    public record Held(long items, long bytes) {}

    CacheMeters(Database database, Time time) {
        this.database = database;
        this.time = time;
    }

    /// The meter of this name, always the same one.
    public synchronized CacheMeter of(String name) {
        return meters.computeIfAbsent(name, n -> new CacheMeter(n, time));
    }

    /// @param content says what the cache holds; may block for a small query
    public synchronized CacheMeter of(String name, Supplier<Held> content) {
        held.put(name, content);
        return of(name);
    }

    /// How many bytes the cache of this name holds at most, as it is now; one that does not say has no limit.
    public synchronized void limit(String name, LongSupplier bytes) {
        limits.put(name, bytes);
    }

    /// All caches that ever did something, by name. Blocks for a small query.
    public List<CacheFigures> figures() {
        Map<String, CacheMeter> all;
        Map<String, Supplier<Held>> contents;
        Map<String, LongSupplier> most;
        synchronized (this) {
            all = Map.copyOf(meters);
            contents = Map.copyOf(held);
            most = Map.copyOf(limits);
        }
        Map<String, CacheTally> stored = new HashMap<>();
        Map<String, Held> entries = new HashMap<>();
        database.readNow(sql -> {
            stored.putAll(read(sql));
            sql.select(CACHE_ENTRY.CACHE, DSL.count(), DSL.sum(CACHE_ENTRY.BYTES)).from(CACHE_ENTRY).groupBy(CACHE_ENTRY.CACHE)
                    .forEach(r -> entries.put(r.value1(), new Held(r.value2(), r.value3().longValue())));
            return 0;
        });
        var names = new TreeSet<>(all.keySet());
        names.addAll(stored.keySet());
        List<CacheFigures> figures = new ArrayList<>();
        for (String name : names) {
            CacheTally t = stored.getOrDefault(name, CacheTally.NONE);
            CacheMeter meter = all.get(name);
            if (meter != null) t = t.plus(meter.tally());
            Supplier<Held> content = contents.get(name);
            Held h = content == null ? entries.getOrDefault(name, new Held(0, 0)) : content.get();
            LongSupplier limit = most.get(name);
            figures.add(figures(name, t, h, limit == null ? 0 : limit.getAsLong()));
        }
        return figures;
    }

    private static CacheFigures figures(String name, CacheTally t, Held h, long limit) {
        long elsewhere = t.of(More.MEMORY) + t.of(More.SERVER);
        return new CacheFigures(name, t.hits(), t.misses(), Level.of(t.answers(), t.nanos()).mean(), Duration.ofNanos(t.percentile(95)),
                h.items(), h.bytes(), t.evictions(), t.errors(), t.network(), t.of(More.UNASKED),
                Level.of(t.of(More.MEMORY), t.of(More.MEMORY_NANOS)),
                Level.of(t.answers() - elsewhere, t.nanos() - t.of(More.MEMORY_NANOS) - t.of(More.SERVER_NANOS)),
                Level.of(t.of(More.SERVER), t.of(More.SERVER_NANOS)), limit, t.of(More.BYTES_FROM_DISK), t.of(More.BYTES_FROM_NETWORK));
    }

    /// Everything counts from nought again; what the caches hold stays.
    public CompletableFuture<Integer> reset() {
        synchronized (this) {
            meters.values().forEach(CacheMeter::take);
        }
        return database.write(Durability.SOON, Lane.USER, sql -> {
            for (More what : More.values()) sql.deleteFrom(COUNTER).where(COUNTER.NAME.startsWith(what.prefix)).execute();
            return sql.deleteFrom(CACHE_FIGURE).execute();
        });
    }

    /// Adds what was counted since the last time to the database; nothing is written when nothing was.
    public CompletableFuture<Integer> save() {
        Map<CacheMeter, CacheTally> taken = new LinkedHashMap<>();
        synchronized (this) {
            for (CacheMeter meter : meters.values()) {
                CacheTally t = meter.take();
                if (!t.nothing()) taken.put(meter, t);
            }
        }
        if (taken.isEmpty()) return CompletableFuture.completedFuture(0);
        return database.write(Durability.SOON, Lane.BULK, sql -> {
            Map<String, CacheTally> stored = read(sql);
            taken.forEach((meter, t) -> write(sql, meter.name(), t.plus(stored.getOrDefault(meter.name(), CacheTally.NONE))));
            return taken.size();
        }).whenComplete((n, e) -> {
            if (e != null) taken.forEach(CacheMeter::giveBack);
        });
    }

    private static Map<String, CacheTally> read(DSLContext sql) {
        Map<String, CacheTally> all = new HashMap<>();
        Map<String, Long> counters = sql.selectFrom(COUNTER).fetchMap(COUNTER.NAME, COUNTER.VALUE);
        sql.selectFrom(CACHE_FIGURE).forEach(r -> {
            Map<More, Long> more = new EnumMap<>(More.class);
            for (More what : More.values()) more.put(what, counters.getOrDefault(what.prefix + r.getCache(), 0L));
            all.put(r.getCache(), new CacheTally(r.getHits(), r.getMisses(), r.getNetwork(), r.getErrors(), r.getEvictions(), r.getNanos(),
                    CacheTally.read(r.getHistogram()), more));
        });
        return all;
    }

    private static void write(DSLContext sql, String name, CacheTally t) {
        var row = Map.of(CACHE_FIGURE.HITS, t.hits(), CACHE_FIGURE.MISSES, t.misses(), CACHE_FIGURE.NETWORK, t.network(),
                CACHE_FIGURE.ERRORS,
                t.errors(), CACHE_FIGURE.EVICTIONS, t.evictions(), CACHE_FIGURE.NANOS, t.nanos(), CACHE_FIGURE.HISTOGRAM, t.written());
        sql.insertInto(CACHE_FIGURE).set(CACHE_FIGURE.CACHE, name).set(row).onDuplicateKeyUpdate().set(row).execute();
        for (More what : More.values()) {
            String counter = what.prefix + name;
            if (t.of(what) > 0) count(sql, counter, t.of(what));
            // A backup holds counters and no figures: what is left of those must not come back beside figures that begin anew.
            else sql.deleteFrom(COUNTER).where(COUNTER.NAME.eq(counter)).execute();
        }
    }

    private static void count(DSLContext sql, String name, long value) {
        sql.insertInto(COUNTER).set(COUNTER.NAME, name).set(COUNTER.VALUE, value).onConflict(COUNTER.NAME).doUpdate()
                .set(COUNTER.VALUE, value).execute();
    }
}
