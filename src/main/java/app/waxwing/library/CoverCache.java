package app.waxwing.library;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import app.waxwing.store.CacheMeter;
import app.waxwing.store.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Covers] on disk: fetched once each however many ask, checked before anybody decodes them, the least recently used given up beyond the budget.
/// Without network the best size that is here serves. That a picture was refused or does not exist is
/// remembered for a week or until its tag changes, after the server was asked whether it has another tag by now; trouble on the way is forgotten at once. Nothing here ever fails: what cannot be had is empty.
public final class CoverCache implements Covers, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoverCache.class);
    private static final int[] BUCKETS = {160, 320, 800};
    private static final int AT_ONCE = 6;
    private static final int USES = 200;
    private static final Duration ABSENT = Duration.ofDays(7);
    private static final String NONE = "there is none";
    private static final String EXPIRED = "its tag is not valid any more";

    private final CoverTable table;
    private final CoverSource source;
    private final Path folder;
    private volatile long budget;
    private final Time time;
    private final Executor io;
    private volatile Supplier<GiveWay.Traffic> traffic = () -> GiveWay.Traffic.NONE;
    private final Map<CoverTable.Key, CompletableFuture<Optional<Path>>> running = new ConcurrentHashMap<>();
    private final Map<CoverTable.Key, Long> uses = new HashMap<>();
    private final Semaphore fetching = new Semaphore(AT_ONCE);
    private final AtomicLong bytes = new AtomicLong(-1);
    private final AtomicLong use = new AtomicLong(-1);
    private final Object evicting = new Object();
    private final CacheMeter meter;

    /// @param folder where the pictures go; made when the first one comes
    /// @param budget bytes on disk
    /// @param io virtual `io-*` threads
    public CoverCache(Database database, CoverSource source, Path folder, long budget, Time time, Executor io) {
        this.table = new CoverTable(database);
        this.source = source;
        this.folder = folder;
        this.budget = budget;
        this.time = time;
        this.io = io;
        meter = database.meters().of("covers", table::held);
        database.meters().limit("covers", () -> this.budget);
    }

    /// Whom pictures give way to from now on.
    public void giveWayTo(Supplier<GiveWay.Traffic> others) {
        traffic = others;
    }

    /// So many bytes from now on; what is beyond goes at once, in the background.
    public void budget(long now) {
        boolean less = now < budget;
        budget = now;
        if (!less) return;
        io.execute(() -> {
            try {
                if (table.bytes() > budget) evict(Optional.empty());
            } catch (FailureException e) {
                LOG.warn("covers beyond the limit stay for now", e);
            }
        });
    }

    @Override
    public long start() {
        return meter.start();
    }

    @Override
    public void remembered(long start) {
        meter.remembered(start);
    }

    @Override
    public CompletableFuture<Optional<Path>> file(Cover cover, int edge) {
        var key = new CoverTable.Key(cover.item(), cover.tag(), bucket(edge));
        var own = new CompletableFuture<Optional<Path>>();
        CompletableFuture<Optional<Path>> already = running.putIfAbsent(key, own);
        if (already != null) return already.copy();
        io.execute(() -> {
            Optional<Path> found = Optional.empty();
            try {
                found = look(key);
            } catch (FailureException e) {
                LOG.debug("no cover of {}: {}", key.item(), e.getMessage());
            } catch (RuntimeException | Error e) {
                LOG.warn("cover of {}", key.item(), e);
            } finally {
                running.remove(key);
                own.complete(found);
            }
        });
        return own.copy();
    }

    /// The bucket that serves an edge.
    static int bucket(int edge) {
        for (int bucket : BUCKETS) if (edge <= bucket) return bucket;
        return BUCKETS[BUCKETS.length - 1];
    }

    /// Takes all pictures of an account off the disk; blocks.
    public void forget(long account) {
        table.removeAll(account);
        bytes.set(-1);
        Path own = folder.resolve(String.valueOf(account));
        if (!Files.isDirectory(own)) return;
        try (var all = Files.walk(own)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("pictures of account {} are still in {}", account, own, e);
        }
    }

    private Optional<Path> look(CoverTable.Key key) {
        long start = meter.start();
        List<CoverTable.Row> rows = table.of(key.item());
        Optional<CoverTable.Row> exact = rows.stream().filter(r -> r.key().equals(key)).findFirst();
        if (exact.isPresent()) {
            if (exact.get().file().isEmpty()) {
                boolean fresh = Duration.between(exact.get().fetchedAt(), time.now()).compareTo(ABSENT) < 0;
                if (fresh) {
                    meter.hit(start);
                    return instead(key, rows);
                }
            } else {
                Optional<Path> here = onDisk(exact.get());
                if (here.isPresent()) {
                    meter.hit(start);
                    return here;
                }
            }
        }
        boolean away = false;
        try {
            return fetch(key, meter::network).or(() -> instead(key, rows));
        } catch (FailureException e) {
            away = e.failure() instanceof Failure.Offline;
            return failed(key, e, () -> renewed(key)).or(() -> instead(key, rows));
        } finally {
            if (away) meter.miss(start);
            else meter.asked(start);
        }
    }

    /// @param refused what to do where the server knows no such picture or does not give it
    private Optional<Path> failed(CoverTable.Key key, FailureException e, Supplier<Optional<Path>> refused) {
        LOG.debug("cover of {}: {}", key.item(), e.getMessage());
        boolean answer = e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted no && !no.everything();
        if (answer) return refused.get();
        if (!(e.failure() instanceof Failure.Offline)) meter.error();
        return Optional.empty();
    }

    /// A server's tag may have expired (3.20): it is asked once for the item's tag of now. Where that is another, its picture comes, and later serves
    /// in place of this one, which is refused for a while.
    private Optional<Path> renewed(CoverTable.Key key) {
        try {
            meter.unasked();
            Optional<CoverTable.Key> now = source.tag(key.item().account(), key.item().id()).filter(tag -> !tag.equals(key.tag()))
                    .map(tag -> new CoverTable.Key(key.item(), tag, key.size()));
            Optional<Path> other = now.flatMap(this::current);
            refuse(key, now.isPresent() ? EXPIRED : NONE);
            return other;
        } catch (FailureException e) {
            return failed(key, e, () -> refuse(key, NONE));
        }
    }

    private Optional<Path> current(CoverTable.Key key) {
        Optional<Path> here = table.of(key.item()).stream().filter(r -> r.key().equals(key)).findFirst().flatMap(this::onDisk);
        if (here.isPresent()) return here;
        try {
            return fetch(key, meter::unasked);
        } catch (FailureException e) {
            return failed(key, e, () -> refuse(key, NONE));
        }
    }

    /// Another size of the same picture, larger first; else an earlier version of it.
    private Optional<Path> instead(CoverTable.Key key, List<CoverTable.Row> rows) {
        return rows.stream().filter(r -> r.file().isPresent())
                .sorted(Comparator.comparing((CoverTable.Row r) -> !r.key().tag().equals(key.tag()))
                        .thenComparing(r -> r.key().size() < key.size()).thenComparingInt(r -> Math.abs(r.key().size() - key.size()))
                        .thenComparing(CoverTable.Row::fetchedAt, Comparator.reverseOrder()))
                .flatMap(r -> onDisk(r).stream()).findFirst();
    }

    private Optional<Path> onDisk(CoverTable.Row row) {
        Optional<Path> file = row.file().map(folder::resolve).filter(Files::isRegularFile);
        if (file.isPresent()) used(row.key());
        return file;
    }

    /// @param counted called where a server was asked
    private Optional<Path> fetch(CoverTable.Key key, Runnable counted) {
        byte[] picture;
        GiveWay.to(traffic, time, () -> {});
        fetching.acquireUninterruptibly();
        try {
            picture = source.fetch(key.item().account(), key.item().id(), key.tag(), key.size(), ImageHeader.MOST_BYTES);
            counted.run();
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.Offline)) counted.run();
            if (e.failure() instanceof Failure.TooLarge) {
                return refuse(key, "larger than 20 MB");
            }
            throw e;
        } finally {
            fetching.release();
        }
        Optional<String> problem = ImageHeader.problem(picture);
        if (problem.isPresent()) {
            LOG.info("the cover of {} is not taken: {}", key.item(), problem.get());
            return refuse(key, problem.get());
        }
        return Optional.of(keep(key, picture));
    }

    private Optional<Path> refuse(CoverTable.Key key, String why) {
        table.put(key, Optional.empty(), 0, Optional.of(why), time.now(), nextUse());
        return Optional.empty();
    }

    /// Row first: a row without its file is fetched again, a file without a row would stay for ever.
    private Path keep(CoverTable.Key key, byte[] picture) {
        boolean jpeg = ImageHeader.of(picture).map(ImageHeader::jpeg).orElse(true);
        String name = name(key, jpeg ? ".jpg" : ".png");
        summed();
        table.put(key, Optional.of(name), picture.length, Optional.empty(), time.now(), nextUse());
        Path file = folder.resolve(name);
        try {
            Path parent = file.resolveSibling("");
            SafeFiles.createOwnerOnlyFolder(parent);
            Path beside = Files.createTempFile(parent, "new", ".part");
            try {
                Files.write(beside, picture);
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble("The picture cannot be kept in " + folder, String.valueOf(e.getMessage())), e);
        }
        if (bytes.addAndGet(picture.length) > budget) evict(Optional.of(key));
        return file;
    }

    private void evict(Optional<CoverTable.Key> spared) {
        synchronized (evicting) {
            flush().join(); // what was just used must not count as old
            long total = table.bytes();
            long goal = budget - budget / 10;
            while (total > goal) {
                List<CoverTable.Row> eldest = table.eldest(50).stream().filter(r -> !spared.equals(Optional.of(r.key()))).toList();
                if (eldest.isEmpty()) break;
                var gone = new java.util.ArrayList<CoverTable.Row>();
                for (CoverTable.Row row : eldest) {
                    if (total <= goal) break;
                    try {
                        Files.deleteIfExists(folder.resolve(row.file().orElseThrow()));
                    } catch (IOException e) {
                        LOG.debug("{} stays for now", row.file(), e);
                    }
                    gone.add(row);
                    total -= row.bytes();
                }
                if (gone.isEmpty()) break;
                table.remove(gone);
                meter.evicted(gone.size());
            }
            bytes.set(total);
        }
    }

    /// Before the first picture is kept, the sum of those that are here already is taken once.
    private void summed() {
        if (bytes.get() < 0) bytes.compareAndSet(-1, table.bytes());
    }

    private long nextUse() {
        if (use.get() < 0) use.compareAndSet(-1, table.lastUse());
        return use.incrementAndGet();
    }

    private void used(CoverTable.Key key) {
        long now = nextUse();
        boolean many;
        synchronized (uses) {
            uses.put(key, now);
            many = uses.size() >= USES;
        }
        if (many) {
            var _ = flush();
        }
    }

    private CompletableFuture<Integer> flush() {
        Map<CoverTable.Key, Long> some;
        synchronized (uses) {
            if (uses.isEmpty()) return CompletableFuture.completedFuture(0);
            some = Map.copyOf(uses);
            uses.clear();
        }
        return table.used(some);
    }

    /// Names carry nothing a server wrote: no path of its making, no clash.
    private static String name(CoverTable.Key key, String extension) {
        try {
            String all = key.item().id() + "\n" + key.tag() + "\n" + key.size();
            String hex = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)), 0, 16);
            return key.item().account() + "/" + hex.substring(0, 2) + "/" + hex + extension;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Notes the last uses. The database must still be open.
    @Override
    public void close() {
        var _ = flush();
    }
}
