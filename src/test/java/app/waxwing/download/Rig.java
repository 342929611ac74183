package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.Retry;
import app.waxwing.server.MediaRequest;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.ShiftedTime;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;

/// A whole engine over a real database and a fault server, with waits of milliseconds where people wait seconds.
final class Rig implements AutoCloseable {
    static final DownloadOptions FAST = new DownloadOptions(0, 1L << 30,
            new Retry(List.of(Duration.ofMillis(5), Duration.ofMillis(15), Duration.ofMillis(45))), Duration.ofSeconds(2),
            Duration.ofMillis(700),
            Duration.ofMillis(900), 1024, Duration.ofMillis(150));
    /// The same, but a server that has gone silent stays so: one that is slow on a busy machine costs no try.
    static final DownloadOptions PATIENT = new DownloadOptions(0, 1L << 30, FAST.retry(), Duration.ofSeconds(2), Duration.ofSeconds(60),
            Duration.ofSeconds(60), 1024, FAST.recheck());
    private static final java.time.Instant LONG_AGO = java.time.Instant.parse("2024-05-01T10:00:00Z");
    static final String TOKEN = "MediaBrowser Token=\"not-for-others\"";
    /// How long every track lasts, and how long a file is measured to be: 16 bytes are a millisecond.
    static final Duration LASTS = Duration.ofSeconds(20);
    static final DurationProbe BY_SIZE = (file, stop) -> Duration.ofMillis(size(file) / 16);
    AppPaths paths;
    final FaultServer server;
    final ShiftedTime time = new ShiftedTime();
    final Database database;
    final List<DownloadEvent> events = new CopyOnWriteArrayList<>();
    volatile OkHttpClient client = new OkHttpClient();
    /// What downloads ask, where it is not the server's usual address.
    volatile String address = "";
    volatile boolean connected = true;
    /// Music folders that were chosen, as the settings would hear of them.
    final List<Path> chosen = new CopyOnWriteArrayList<>();
    final java.util.concurrent.atomic.AtomicInteger refusals = new java.util.concurrent.atomic.AtomicInteger();
    /// Accounts of whose other calls the server accepts the sign-in.
    final Events<Long> accepted = new Events<>();
    volatile java.util.function.LongFunction<Optional<Failure>> stranger = a -> Optional.empty();
    final SwitchedNetwork network = new SwitchedNetwork();
    final Set<Long> offline = network.away;
    final LimitChoice limits = LimitChoice.of(Limits.USUAL);
    final Link link = new Link();
    final Power power = new Power();
    /// Tracks that the server's library calls lossy and small.
    final Set<String> asTheyAre = ConcurrentHashMap.newKeySet();
    /// Transcodes that the server was told not to go on with.
    final List<URI> givenUp = new CopyOnWriteArrayList<>();
    volatile boolean mayTranscode = true;
    /// What plays or comes next.
    volatile java.util.function.Predicate<ItemKey> inUse = k -> false;
    volatile Duration lasts = LASTS;
    volatile DurationProbe probe = BY_SIZE;
    /// What the server's library says of files when it is asked.
    volatile java.util.function.Function<ItemKey, java.util.OptionalLong> sizes = k -> java.util.OptionalLong.empty();
    /// Begins attempts in place of the usual, where a test says so.
    volatile java.util.function.UnaryOperator<Attempt.Starter> starter = s -> s;
    Downloads engine;
    private final DownloadOptions options;
    private final Disk disk;
    private final boolean ownServer;
    private final Rows rows;

    Rig(Path folder) {
        this(folder, new FaultServer(), PATIENT, new SystemDisk());
    }

    Rig(Path folder, FaultServer server, DownloadOptions options, Disk disk) {
        this(folder, server, options, disk, r -> r);
    }

    Rig(Path folder, FaultServer server, DownloadOptions options, Disk disk, java.util.function.UnaryOperator<Rows> wrap) {
        this(folder, server, options, disk, wrap, true);
    }

    /// @param ownServer the server ends with the rig
    Rig(Path folder, FaultServer server, DownloadOptions options, Disk disk, java.util.function.UnaryOperator<Rows> wrap,
            boolean ownServer) {
        this.ownServer = ownServer;
        this.paths = AppPaths.under(folder);
        this.server = server;
        this.options = options;
        this.disk = disk;
        paths.create();
        database = EmptyDatabase.open(paths.database(), time);
        rows = wrap.apply(Rows.of(database));
        account(1);
        engine = build();
    }

    private Downloads build() {
        var built = new Downloads(rows, paths, disk, new Source(), network,
                new Surroundings(limits, link, power, () -> java.time.ZoneOffset.UTC), time, options, new Random(1), k -> inUse.test(k),
                chosen::add, bent(Workers.threads()));
        built.events().subscribe(events::add);
        return built;
    }

    private Workers bent(Workers usual) {
        return new Workers(usual.box(), usual.files(), usual.ticks(), tools -> {
            Attempt.Starter real = usual.attempts().apply(tools);
            return new Attempt.Starter() {
                @Override
                public Attempt begin(Entry entry, PartFile part, java.util.function.Consumer<TransferEnd> ended) {
                    return starter.apply(real).begin(entry, part, ended);
                }

                @Override
                public void close() {
                    real.close();
                }
            };
        });
    }

    Rig start() {
        engine.start().join();
        return this;
    }

    /// The engine ends and another begins on the same data.
    void restart() {
        engine.close();
        reopen();
    }

    /// After the engine was closed.
    void reopen() {
        reopen(false);
    }

    /// @param afresh the database is not the one of the last run
    void reopen(boolean afresh) {
        engine = build();
        engine.start(afresh).join();
    }

    /// From the next start the settings name this folder.
    void media(Path folder) {
        paths = new AppPaths(paths.data(), folder, paths.cache(), paths.logs());
    }

    Path firstMedia() {
        return paths.data().resolve("media");
    }

    void account(long id) {
        database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(ACCOUNT).set(ACCOUNT.ID, id).set(ACCOUNT.SERVER_ID, "server")
                .set(ACCOUNT.USER_ID, "user" + id).set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, "Test")
                .set(ACCOUNT.USER_NAME, "u")
                .set(ACCOUNT.URL, server.url("")).set(ACCOUNT.DEVICE_ID, "d").set(ACCOUNT.SIGNED_IN_AT, 0L).onConflictDoNothing().execute())
                .join();
    }

    ItemKey track(long account, String id, long size) {
        return track(account, id, "Title " + id, size);
    }

    /// @param size -1 = the server never said
    ItemKey track(long account, String id, String title, long size) {
        database.write(Durability.SOON, Lane.USER, sql -> sql.insertInto(TRACK).set(TRACK.ACCOUNT_ID, account).set(TRACK.ITEM_ID, id)
                .set(TRACK.TITLE, title).set(TRACK.SORT_TITLE, title).set(TRACK.ALBUM_TITLE, "Album").set(TRACK.ARTIST_NAME, "Artist")
                .set(TRACK.ALBUM_ARTIST, "Artist").set(TRACK.ALBUM_ITEM_ID, "album").set(TRACK.NUMBER, 1L).set(TRACK.CONTAINER, "flac")
                .set(TRACK.SIZE, size < 0 ? null : size).onConflictDoNothing().execute()).join();
        return new ItemKey(account, id);
    }

    /// From now on the library says that a track lasts so long.
    void lasts(ItemKey key, Duration time) {
        database.write(Durability.SOON, Lane.USER, sql -> sql.update(TRACK).set(TRACK.DURATION_MS, time.toMillis())
                .where(TRACK.ACCOUNT_ID.eq(key.account()), TRACK.ITEM_ID.eq(key.id())).execute()).join();
    }

    static String path(String id) {
        return "/Items/" + id + "/Download";
    }

    static String transcode(String id, Quality quality) {
        return "/Audio/" + id + "/stream." + quality.codec();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Download enqueue(ItemKey key, Quality quality) {
        return engine.enqueue(List.of(key), Download.Origin.USER, 0, quality.word()).thenCompose(engine::find).join().getFirst();
    }

    Download enqueue(ItemKey key) {
        return engine.enqueue(List.of(key), Download.Origin.USER, 0, "original").thenCompose(engine::find).join().getFirst();
    }

    Optional<Download> row(ItemKey key) {
        return engine.byItem(key).join().stream().findFirst();
    }

    Download await(ItemKey key, Download.Status status) {
        await(() -> row(key).filter(d -> d.status() == status).isPresent(),
                () -> key + " is not " + status + " but " + row(key) + ", asked "
                        + server.requests().size() + " times");
        return row(key).orElseThrow();
    }

    static void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError(otherwise.get());
            LockSupport.parkNanos(3_000_000);
        }
    }

    /// A track whose file the server has, for keeping and for listening.
    ItemKey offered(String id, int size, FaultServer.Answer... script) {
        for (String path : List.of(path(id), "/Items/" + id + "/File")) {
            server.file(path, version(id, size));
            server.script(path, script);
        }
        return track(1, id, size);
    }

    static FaultServer.Version version(String id, int size) {
        return FaultServer.Version.of(TransferTest.music(size, id.hashCode()), LONG_AGO);
    }

    /// Whether its file holds what [#offered] said.
    boolean right(ItemKey key, int size) {
        return java.util.Arrays.equals(bytes(row(key).orElseThrow()), TransferTest.music(size, key.id().hashCode()));
    }

    /// In which qualities the files of a track are here.
    List<String> qualities(String item) {
        return database.readNow(sql -> sql.select(MEDIA_FILE.QUALITY).from(MEDIA_FILE).where(MEDIA_FILE.ITEM_ID.eq(item))
                .fetch(MEDIA_FILE.QUALITY));
    }

    /// Waits until nothing is left of what was removed or replaced: no name held, no removed row that names a file.
    void settled() {
        await(() -> database.readNow(sql -> sql.fetchCount(RESERVED_PATH) + sql.fetchCount(DOWNLOAD, DOWNLOAD.DELETED_AT.isNotNull()
                .and(DOWNLOAD.FILE_PATH.isNotNull().or(DOWNLOAD.PART_PATH.isNotNull())))) == 0,
                () -> "names or files are left: " + files());
    }

    /// Waits until nothing runs, and where each stopped stands in its row.
    void stopped() {
        await(() -> engine.activity().running().isEmpty(), () -> "still running: " + engine.activity());
        // The engine takes this up behind the end of the last transfer, and the database behind what that had to store.
        engine.pause(List.of()).join();
        database.write(Durability.SOON, Lane.BULK, sql -> 0).join();
    }

    byte[] bytes(Download download) {
        try {
            return Files.readAllBytes(download.path().orElseThrow());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Everything below the media folder but our own folder.
    List<String> files() {
        return files(paths.media());
    }

    static List<String> files(Path root) {
        while (Files.isDirectory(root)) {
            try (var all = Files.walk(root)) {
                return all.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).filter(f -> !f.startsWith(".waxwing"))
                        .sorted().toList();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (java.io.UncheckedIOException e) {
                // A folder went while we looked: look again.
                if (!(e.getCause() instanceof java.nio.file.NoSuchFileException)) throw e;
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        engine.close();
        database.close();
        if (ownServer) server.close();
        time.close();
    }

    /// Requests as an account's session would make them.
    private final class Source implements TransferSource {
        @Override
        public MediaRequest request(ItemKey track, Purpose purpose) {
            return new MediaRequest(
                    URI.create((address.isEmpty() ? server.url("") : address)
                            + ("/Items/" + track.id() + (purpose == Purpose.KEEP ? "/Download" : "/File"))),
                    Map.of("Authorization", TOKEN, "X-Other-Token", "not-for-others"), Optional.empty(), true, -1);
        }

        @Override
        public Optional<Failure> stranger(long account) {
            return stranger.apply(account);
        }

        @Override
        public String name(long account, String host) {
            return "rig-server";
        }

        @Override
        public void refused(long account) {
            refusals.incrementAndGet();
        }

        @Override
        public Events<Long> accepted() {
            return accepted;
        }

        @Override
        public Offer offer(ItemKey track, Purpose purpose, Quality quality) {
            if (!quality.transcoded() || asTheyAre.contains(track.id())) return new Offer.Original(request(track, purpose));
            return new Offer.Transcode(new MediaRequest(URI.create(server.url(transcode(track.id(), quality))),
                    Map.of("Authorization", TOKEN), Optional.empty(), false, -1), lasts);
        }

        @Override
        public Optional<app.waxwing.base.Failure> trouble(long account, Quality quality) {
            return quality.transcoded() && !mayTranscode ? Optional.of(TransferSource.notPermitted(quality)) : Optional.empty();
        }

        @Override
        public String server(long account) {
            return account == 9 ? "another" : "server";
        }

        @Override
        public void givenUp(long account, MediaRequest transcode) {
            givenUp.add(transcode.url());
        }

        @Override
        public java.util.OptionalLong size(ItemKey track) {
            return sizes.apply(track);
        }

        @Override
        public DurationProbe durations() {
            return probe;
        }

        @Override
        public boolean connected() {
            return connected;
        }

        @Override
        public OkHttpClient client(long account) {
            return client;
        }
    }

    /// The network's price, as a test says.
    static final class Link implements app.waxwing.base.NetworkMonitor {
        private final Events<Network> changes = new Events<>();
        private volatile Network now = Network.UNKNOWN;

        void is(Metering metering) {
            is(new Network("Test", metering, false));
        }

        void is(Network network) {
            now = network;
            changes.publish(network);
        }

        @Override
        public Network network() {
            return now;
        }

        @Override
        public app.waxwing.base.Subscription onChange(Runnable listener) {
            return changes.subscribe(n -> listener.run());
        }
    }

    /// Charger and battery, as a test says.
    static final class Power implements app.waxwing.base.PowerMonitor {
        private final Events<Boolean> changes = new Events<>();
        private volatile boolean battery;

        void battery(boolean now) {
            battery = now;
            changes.publish(now);
        }

        @Override
        public boolean onBattery() {
            return battery;
        }

        @Override
        public app.waxwing.base.Subscription onChange(Runnable listener) {
            return changes.subscribe(n -> listener.run());
        }

        @Override
        public app.waxwing.base.Subscription onWake(Runnable listener) {
            return () -> {};
        }
    }
}
