package app.waxwing.bench;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.base.SystemTime;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadOptions;
import app.waxwing.download.Downloads;
import app.waxwing.download.LimitChoice;
import app.waxwing.download.Limits;
import app.waxwing.download.Surroundings;
import app.waxwing.download.TransferSource;
import app.waxwing.download.ui.DownloadsView;
import app.waxwing.server.MediaRequest;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.AlwaysOnline;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigestSpi;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javafx.application.Platform;
import okhttp3.OkHttpClient;

/// The download engine in a process of its own, so that its processor time and memory are its alone. Arguments: data folder, server's address,
/// transfers at once, `digest` or `plain` (no SHA-256: what the transfer itself costs). Reads commands from standard input, one a line, and
/// answers each with one line.
public final class EngineChild {
    private final SystemTime time = new SystemTime();
    private final Database database;
    private final AppPaths paths;
    private final LimitChoice limits;
    private final BlockingQueue<Long> requests = new LinkedBlockingQueue<>();
    private final OkHttpClient client = new OkHttpClient.Builder().addNetworkInterceptor(chain -> {
        requests.add(System.nanoTime());
        return chain.proceed(chain.request());
    }).build();
    private String server;
    private Downloads engine;

    private EngineChild(Path folder, String server, int atOnce) {
        this.server = server;
        paths = AppPaths.under(folder);
        paths.create();
        limits = LimitChoice.of(Limits.USUAL.atOnce(atOnce));
        database = Database.open(paths.database(), time);
        database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(ACCOUNT).set(ACCOUNT.ID, 1L).set(ACCOUNT.SERVER_ID, "server")
                .set(ACCOUNT.USER_ID, "user").set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, "Bench").set(ACCOUNT.USER_NAME, "u")
                .set(ACCOUNT.URL, server).set(ACCOUNT.DEVICE_ID, "d").set(ACCOUNT.SIGNED_IN_AT, 0L).onConflictDoNothing().execute()).join();
        engine = build();
    }

    public static void main(String[] args) throws Exception {
        if (args[3].equals("plain")) Security.insertProviderAt(new NoDigest(), 1);
        var child = new EngineChild(Path.of(args[0]), args[1], Integer.parseInt(args[2]));
        var in = new BufferedReader(new InputStreamReader(System.in));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(child.command(line.split(" ")));
            System.out.flush();
        }
        System.exit(0);
    }

    private String command(String[] words) throws Exception {
        return switch (words[0]) {
            case "server" -> {
                server = words[1];
                yield "ok";
            }
            case "start" -> start();
            case "restart" -> {
                engine.close();
                engine = build();
                yield start();
            }
            case "fetch" -> fetch(words[1], Integer.parseInt(words[2]));
            case "enqueue" -> enqueue(words[1], Integer.parseInt(words[2]));
            case "stall" -> stall(words[1], Integer.parseInt(words[2]));
            case "reasons" -> reasons();
            case "latency" -> latency(Integer.parseInt(words[1]));
            case "stop" -> stopping(words[1], Integer.parseInt(words[2]));
            case "preempt" -> giveWay(Integer.parseInt(words[1]));
            case "heap" -> number(heap());
            case "transactions" -> transactions(Integer.parseInt(words[1]));
            case "running" -> {
                await(() -> running().filter(r -> r.bytes() > 0).count() >= Integer.parseInt(words[1]));
                yield "ok";
            }
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private Downloads build() {
        return new Downloads(database, paths, new Source(), new AlwaysOnline(), Surroundings.plain(limits), time, DownloadOptions.USUAL,
                new Random(),
                k -> false, folder -> {});
    }

    /// Milliseconds from the start to the first request, when anything waits.
    private String start() throws InterruptedException {
        requests.clear();
        boolean waits = database.readNow(sql -> sql.fetchExists(DOWNLOAD, DOWNLOAD.STATUS.eq("pending")));
        long from = System.nanoTime();
        engine.start().join();
        return waits ? number((request() - from) / 1e6) : "ok";
    }

    private long request() throws InterruptedException {
        Long at = requests.poll(60, TimeUnit.SECONDS);
        if (at == null) throw new IllegalStateException("no request");
        return at;
    }

    private List<ItemKey> tracks(String name, int count) {
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) keys.add(new ItemKey(1, name + "-" + i));
        for (int at = 0; at < count; at += 500) {
            List<ItemKey> some = keys.subList(at, Math.min(count, at + 500));
            database.write(Durability.SOON, Lane.BULK, sql -> {
                for (ItemKey key : some) {
                    sql.insertInto(TRACK).set(TRACK.ACCOUNT_ID, 1L).set(TRACK.ITEM_ID, key.id()).set(TRACK.TITLE, "Title " + key.id())
                            .set(TRACK.SORT_TITLE, key.id()).set(TRACK.ALBUM_TITLE, "Album").set(TRACK.ARTIST_NAME, "Artist")
                            .set(TRACK.ALBUM_ARTIST, "Artist").set(TRACK.ALBUM_ITEM_ID, "album").set(TRACK.NUMBER, 1L)
                            .set(TRACK.CONTAINER, "flac").onConflictDoNothing().execute();
                }
                return some.size();
            }).join();
        }
        return keys;
    }

    /// Seconds until all are here.
    private String fetch(String name, int count) {
        List<ItemKey> keys = tracks(name, count);
        long before = engine.activity().completed();
        long from = System.nanoTime();
        engine.enqueue(keys, Download.Origin.USER, 0, "original").join();
        await(() -> engine.activity().completed() >= before + count);
        return number((System.nanoTime() - from) / 1e9);
    }

    /// Milliseconds until they are durably queued.
    private String enqueue(String name, int count) {
        List<ItemKey> keys = tracks(name, count);
        long from = System.nanoTime();
        engine.enqueue(keys, Download.Origin.USER, 0, "original").join();
        return number((System.nanoTime() - from) / 1e6);
    }

    /// Milliseconds: the longest that the FX thread let another task wait while so many are enqueued and the Downloads page, open in a window, follows;
    /// and how much processor time it used in between at most, which does not depend on what else the machine does.
    private String stall(String name, int count) throws InterruptedException {
        List<ItemKey> keys = tracks(name, count);
        try (var stage = new PageStage(FakeServices.sample(), engine, DownloadsView::new)) {
            TimeUnit.SECONDS.sleep(5); // the page is read for the first time
            Screens.settle();
            return longest(() -> {}) + " while nothing happens, "
                    + longest(() -> engine.enqueue(keys, Download.Origin.USER, 0, "original").join());
        }
    }

    /// The same while every row that waits gets another reason, and no event says so.
    private String reasons() throws InterruptedException {
        try (var stage = new PageStage(FakeServices.sample(), engine, DownloadsView::new)) {
            TimeUnit.SECONDS.sleep(5);
            Screens.settle();
            return longest(() -> limits.choose(limits.limits().atOnce(limits.limits().atOnce() - 1)));
        }
    }

    private static String longest(Runnable work) throws InterruptedException {
        var longest = new AtomicLong();
        var busiest = new AtomicLong();
        var used = new AtomicLong();
        var over = new AtomicBoolean();
        var threads = ManagementFactory.getThreadMXBean();
        Screens.run(() -> used.set(threads.getCurrentThreadCpuTime()));
        Thread beat = Thread.ofPlatform().start(() -> {
            var due = new AtomicLong(System.nanoTime());
            while (!over.get()) {
                // A pause of the whole program counts from when the task was to come, not from when it could.
                long from = due.get();
                var seen = new CountDownLatch(1);
                Platform.runLater(() -> {
                    // Here, not where it is waited for: until that thread has its turn again is no stall of this one.
                    due.set(System.nanoTime() + 1_000_000);
                    longest.accumulateAndGet(System.nanoTime() - from, Math::max);
                    long now = threads.getCurrentThreadCpuTime();
                    busiest.accumulateAndGet(now - used.getAndSet(now), Math::max);
                    seen.countDown();
                });
                try {
                    seen.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
                LockSupport.parkNanos(1_000_000);
            }
        });
        work.run();
        TimeUnit.SECONDS.sleep(4); // and takes the news up
        over.set(true);
        beat.join();
        return number(longest.get() / 1e6) + " (" + number(busiest.get() / 1e6) + ")";
    }

    /// Milliseconds from the wish to its request, when nothing else runs: p50 and p95.
    private String latency(int times) throws InterruptedException {
        double[] took = new double[times];
        List<ItemKey> keys = tracks("tiny-l" + times, times);
        for (int i = 0; i < times; i++) {
            long before = engine.activity().completed();
            requests.clear();
            long from = System.nanoTime();
            engine.enqueue(List.of(keys.get(i)), Download.Origin.USER, 0, "original");
            took[i] = (request() - from) / 1e6;
            await(() -> engine.activity().completed() > before);
            LockSupport.parkNanos(20_000_000);
        }
        return spread(took);
    }

    /// Milliseconds from the command until the transfer is over and the row holds every byte of the part: p50 and p95.
    ///
    /// @param how `pause`, or `cancel`: over and the row gone
    private String stopping(String how, int times) throws InterruptedException {
        double[] took = new double[times];
        for (int i = 0; i < times; i++) {
            long id = queue(tracks("slow-" + how + i, 1), Download.Origin.USER).getFirst();
            await(() -> running().anyMatch(r -> r.id() == id && r.bytes() > 100_000));
            long from = System.nanoTime();
            if (how.equals("pause")) engine.pause(List.of(id));
            else engine.cancel(List.of(id));
            await(() -> running().noneMatch(r -> r.id() == id) && (how.equals("cancel") || saved(id)));
            took[i] = (System.nanoTime() - from) / 1e6;
            engine.cancel(List.of(id)).join();
        }
        return spread(took);
    }

    /// The same for a transfer that was fetched ahead and gives way to a wish of the user's; it has run for the three seconds that protect it.
    private String giveWay(int times) throws InterruptedException {
        double[] took = new double[times];
        Limits before = limits.limits();
        limits.choose(before.atOnce(1)); // one is fetched ahead at a time
        List<Long> ahead = queue(tracks("slow-ahead", 1), Download.Origin.QUEUE);
        for (int i = 0; i < times; i++) {
            List<ItemKey> wish = tracks("tiny-wish" + i, 1);
            await(() -> running().filter(r -> ahead.contains(r.id()) && r.bytes() > 100_000).count() == ahead.size());
            TimeUnit.MILLISECONDS.sleep(3_200);
            long from = System.nanoTime();
            queue(wish, Download.Origin.USER);
            await(() -> ahead.stream().anyMatch(id -> running().noneMatch(r -> r.id() == id) && saved(id)));
            took[i] = (System.nanoTime() - from) / 1e6;
        }
        engine.cancel(ahead).join();
        limits.choose(before);
        return spread(took);
    }

    private List<Long> queue(List<ItemKey> keys, Download.Origin origin) {
        return engine.enqueue(keys, origin, 0, "original").join();
    }

    private boolean saved(long id) {
        return database.readNow(sql -> {
            var row = sql.selectFrom(DOWNLOAD).where(DOWNLOAD.ID.eq(id)).fetchSingle();
            if (row.getStatus().equals("downloading") || row.getPartPath() == null) return false;
            try {
                return row.getBytesDownloaded() == Files
                        .size((row.getRoot().equals("media") ? paths.media() : paths.cachedMedia()).resolve(row.getPartPath()));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private Stream<DownloadEngine.Running> running() {
        return engine.activity().running().stream();
    }

    /// Megabytes of live objects.
    private static double heap() {
        for (int i = 0; i < 3; i++) System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }

    /// Transactions a second, reads counted too.
    private String transactions(int seconds) throws InterruptedException {
        long before = database.figures().transactions();
        TimeUnit.SECONDS.sleep(seconds);
        return number((database.figures().transactions() - before) / (double) seconds);
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new IllegalStateException("it never came");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    private static String spread(double[] took) {
        Arrays.sort(took);
        return number(took[took.length / 2]) + " " + number(took[Math.min(took.length - 1, took.length * 95 / 100)]);
    }

    private final class Source implements TransferSource {
        @Override
        public MediaRequest request(ItemKey track, Purpose purpose) {
            return new MediaRequest(
                    URI.create(server + (track.id().startsWith("slow") ? "/slow" : "") + "/Items/" + track.id() + "/Download"),
                    Map.of("Authorization", "MediaBrowser Token=\"x\""), Optional.empty(), true, -1);
        }

        @Override
        public OkHttpClient client(long account) {
            return client;
        }

        @Override
        public boolean onThisComputer(long account) {
            return true;
        }
    }

    /// SHA-256 that looks at nothing.
    private static final class NoDigest extends Provider {
        private static final long serialVersionUID = 1L;

        NoDigest() {
            super("NoDigest", "1", "counts nothing");
            put("MessageDigest.SHA-256", Nothing.class.getName());
        }
    }

    /// Made by the provider.
    public static final class Nothing extends MessageDigestSpi {
        @Override
        protected void engineUpdate(byte input) {}

        @Override
        protected void engineUpdate(byte[] input, int offset, int length) {}

        @Override
        protected void engineUpdate(java.nio.ByteBuffer input) {}

        @Override
        protected byte[] engineDigest() {
            return new byte[32];
        }

        @Override
        protected void engineReset() {}
    }
}
