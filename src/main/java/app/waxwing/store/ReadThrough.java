package app.waxwing.store;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.CACHE_ENTRY;

import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A read-through cache: a few values in the heap, more in SQLite, the rest where they come from (requirements 1.7, 4.6). A value is fresh for a
/// time; an older one serves while its source is away or fails. However many ask for one key, it is loaded once (4.9). Beyond its budget the
/// entries used least recently go. Every ask is counted in the cache's meter.
///
/// @param <V> immutable
public final class ReadThrough<V> {
    private static final Logger LOG = LoggerFactory.getLogger(ReadThrough.class);
    private final Database database;
    private final Rule rule;
    private final Form<V> form;
    private final Executor io;
    private final Time time;
    private final CacheMeter meter;
    private final Map<ItemKey, CompletableFuture<Optional<V>>> loading = new ConcurrentHashMap<>();
    private final Map<ItemKey, Entry<V>> heap;
    private final Map<ItemKey, Long> used = new ConcurrentHashMap<>();

    /// @param name of the cache, as the metrics show it
    /// @param fresh how long a value counts
    /// @param heap entries in the heap
    /// @param budget bytes in SQLite
    public record Rule(String name, Duration fresh, int heap, long budget) {}

    /// A value as text.
    public interface Form<V> {
        String write(V value);

        V read(String text);
    }

    private record Entry<V>(V value, long expires) {}

    /// @param io where values are loaded; loaders may block there
    public ReadThrough(Database database, Rule rule, Form<V> form, Executor io, Time time) {
        this.database = database;
        this.rule = rule;
        this.form = form;
        this.io = io;
        this.time = time;
        meter = database.meters().of(rule.name());
        database.meters().limit(rule.name(), rule::budget);
        heap = new LinkedHashMap<>(16, 0.75f, true);
    }

    /// The value: fresh from here, else loaded, else an old one.
    ///
    /// @param reachable whether loading has a chance
    /// @param loader blocks on `io`; throws [FailureException] when the source cannot be asked
    public CompletableFuture<Optional<V>> get(ItemKey key, boolean reachable, Function<ItemKey, V> loader) {
        long start = meter.start();
        Optional<Entry<V>> quick = inHeap(key);
        if (quick.isPresent()) {
            meter.remembered(start);
            used.put(key, now());
            return CompletableFuture.completedFuture(quick.map(Entry::value));
        }
        return stored(key).thenCompose(found -> {
            if (found.isPresent()) used.put(key, now());
            boolean fresh = found.isPresent() && found.get().expires() > now();
            if (fresh || (found.isPresent() && !reachable)) {
                meter.hit(start);
                found.filter(e -> fresh).ifPresent(e -> remember(key, e));
                return CompletableFuture.completedFuture(found.map(Entry::value));
            }
            if (reachable) return load(key, found.map(Entry::value), loader, meter::network).whenComplete((v, e) -> meter.asked(start));
            meter.miss(start);
            return CompletableFuture.completedFuture(Optional.empty());
        });
    }

    /// Those of them of which there is no fresh value here, in their order; counts nothing. Blocks for a read.
    public List<ItemKey> stale(List<ItemKey> keys) {
        long now = now();
        return database.readNow(sql -> keys.stream().filter(key -> inHeap(key).isEmpty() && expires(sql, key) <= now).toList());
    }

    private long expires(DSLContext sql, ItemKey key) {
        return sql.select(CACHE_ENTRY.EXPIRES_AT).from(CACHE_ENTRY).where(CACHE_ENTRY.CACHE.eq(rule.name()),
                CACHE_ENTRY.ACCOUNT_ID.eq(key.account()), CACHE_ENTRY.KEY.eq(key.id())).fetchOptional(CACHE_ENTRY.EXPIRES_AT).orElse(0L);
    }

    /// Loads a value that nobody asked for yet, where there is no fresh one; whether there is one now. Counted as a load that nobody asked for.
    public CompletableFuture<Boolean> ahead(ItemKey key, Function<ItemKey, V> loader) {
        return stored(key).thenCompose(found -> found.filter(e -> e.expires() > now()).isPresent()
                ? CompletableFuture.completedFuture(true)
                : load(key, found.map(Entry::value), loader, meter::unasked).thenApply(v -> inHeap(key).isPresent()));
    }

    /// @param counted called when a load begins
    private CompletableFuture<Optional<V>> load(ItemKey key, Optional<V> old, Function<ItemKey, V> loader, Runnable counted) {
        var own = new CompletableFuture<Optional<V>>();
        CompletableFuture<Optional<V>> already = loading.putIfAbsent(key, own);
        if (already != null) return already.copy();
        io.execute(() -> {
            Optional<V> answer = old;
            try {
                // Somebody else's load may have ended between our look and our turn.
                Optional<Entry<V>> meanwhile = inHeap(key);
                if (meanwhile.isPresent()) {
                    answer = meanwhile.map(Entry::value);
                } else {
                    answer = Optional.of(fetch(key, loader, counted));
                }
            } catch (FailureException e) {
                meter.error();
                LOG.info("{} of {} is not to be had now: {}", rule.name(), key, e.getMessage());
            } catch (RuntimeException | Error e) { // who asked must get an answer, whatever a loader does
                meter.error();
                LOG.warn("{} of {}", rule.name(), key, e);
            } finally {
                loading.remove(key);
                own.complete(answer);
            }
        });
        return own.copy();
    }

    private V fetch(ItemKey key, Function<ItemKey, V> loader, Runnable counted) {
        counted.run();
        V value = loader.apply(key);
        var entry = new Entry<>(value, now() + rule.fresh().toMillis());
        remember(key, entry);
        var _ = write(key, entry).exceptionally(e -> {
            LOG.warn("keeping {} of {}", rule.name(), key, e);
            return 0;
        });
        return value;
    }

    private Optional<Entry<V>> inHeap(ItemKey key) {
        synchronized (heap) {
            return Optional.ofNullable(heap.get(key)).filter(e -> e.expires() > now());
        }
    }

    private void remember(ItemKey key, Entry<V> entry) {
        synchronized (heap) {
            heap.put(key, entry);
            if (heap.size() > rule.heap()) heap.remove(heap.keySet().iterator().next());
        }
    }

    private CompletableFuture<Optional<Entry<V>>> stored(ItemKey key) {
        return database.<Optional<Entry<V>>>read(sql -> sql.select(CACHE_ENTRY.VALUE, CACHE_ENTRY.EXPIRES_AT).from(CACHE_ENTRY)
                .where(CACHE_ENTRY.CACHE.eq(rule.name()), CACHE_ENTRY.ACCOUNT_ID.eq(key.account()), CACHE_ENTRY.KEY.eq(key.id()))
                .fetchOptional(r -> new Entry<>(form.read(r.value1()), r.value2())));
    }

    private CompletableFuture<Integer> write(ItemKey key, Entry<V> entry) {
        String text = form.write(entry.value());
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        long now = now();
        return database.write(Durability.SOON, Lane.BULK, sql -> {
            // Nothing for an account that was removed meanwhile.
            if (!sql.fetchExists(ACCOUNT, ACCOUNT.ID.eq(key.account()))) return 0;
            sql.insertInto(CACHE_ENTRY).set(CACHE_ENTRY.CACHE, rule.name()).set(CACHE_ENTRY.ACCOUNT_ID, key.account())
                    .set(CACHE_ENTRY.KEY, key.id()).set(CACHE_ENTRY.VALUE, text).set(CACHE_ENTRY.BYTES, bytes)
                    .set(CACHE_ENTRY.STORED_AT, now)
                    .set(CACHE_ENTRY.EXPIRES_AT, entry.expires()).set(CACHE_ENTRY.LAST_ACCESS, now).onDuplicateKeyUpdate()
                    .set(CACHE_ENTRY.VALUE, text).set(CACHE_ENTRY.BYTES, bytes).set(CACHE_ENTRY.STORED_AT, now)
                    .set(CACHE_ENTRY.EXPIRES_AT, entry.expires()).set(CACHE_ENTRY.LAST_ACCESS, now).execute();
            meter.evicted(evict(sql));
            return 1;
        });
    }

    /// Uses are written down only when something may have to go: a look is no write.
    private int evict(DSLContext sql) {
        int gone = 0;
        for (ItemKey key : List.copyOf(used.keySet())) {
            Long at = used.remove(key);
            if (at != null) {
                sql.update(CACHE_ENTRY).set(CACHE_ENTRY.LAST_ACCESS, at).where(CACHE_ENTRY.CACHE.eq(rule.name()),
                        CACHE_ENTRY.ACCOUNT_ID.eq(key.account()), CACHE_ENTRY.KEY.eq(key.id())).execute();
            }
        }
        while (true) {
            long total = sql.select(DSL.coalesce(DSL.sum(CACHE_ENTRY.BYTES), DSL.inline(0))).from(CACHE_ENTRY)
                    .where(CACHE_ENTRY.CACHE.eq(rule.name())).fetchSingle().value1().longValue();
            if (total <= rule.budget()) return gone;
            List<ItemKey> eldest = sql.select(CACHE_ENTRY.ACCOUNT_ID, CACHE_ENTRY.KEY).from(CACHE_ENTRY)
                    .where(CACHE_ENTRY.CACHE.eq(rule.name()))
                    .orderBy(CACHE_ENTRY.LAST_ACCESS, CACHE_ENTRY.STORED_AT).limit(1).fetch(r -> new ItemKey(r.value1(), r.value2()));
            for (ItemKey key : eldest) {
                gone += sql.deleteFrom(CACHE_ENTRY).where(CACHE_ENTRY.CACHE.eq(rule.name()), CACHE_ENTRY.ACCOUNT_ID.eq(key.account()),
                        CACHE_ENTRY.KEY.eq(key.id())).execute();
            }
        }
    }

    private long now() {
        return time.now().toEpochMilli();
    }
}
