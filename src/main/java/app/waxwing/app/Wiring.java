package app.waxwing.app;

import app.waxwing.account.AccountBook;
import app.waxwing.account.HttpClients;
import app.waxwing.account.Reachability;
import app.waxwing.audio.Decoders;
import app.waxwing.audio.MixingEngine;
import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.audio.sink.Sinks;
import app.waxwing.audio.vlc.VlcBackend;
import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Secrets;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.base.Time;
import app.waxwing.control.Engines;
import app.waxwing.desktop.InterfaceMonitor;
import app.waxwing.desktop.Keyrings;
import app.waxwing.desktop.SleepMonitor;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.DownloadOptions;
import app.waxwing.download.Downloads;
import app.waxwing.download.KeepSet;
import app.waxwing.download.MediaFolders;
import app.waxwing.download.SessionTransfers;
import app.waxwing.download.Surroundings;
import app.waxwing.library.CoverCache;
import app.waxwing.library.CoverSource;
import app.waxwing.library.Covers;
import app.waxwing.library.FileTable;
import app.waxwing.library.GiveWay;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.LiveSync;
import app.waxwing.library.Locator;
import app.waxwing.library.NameRefill;
import app.waxwing.library.RemoteTracks;
import app.waxwing.library.Storage;
import app.waxwing.library.SearchRefill;
import app.waxwing.library.ShownServers;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.outbox.Journal;
import app.waxwing.library.Track;
import app.waxwing.library.UserEdits;
import app.waxwing.library.PendingActions;
import app.waxwing.playback.PlayReports;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerEngine;
import app.waxwing.playback.PlayerState;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.shell.Services;
import app.waxwing.store.Database;
import app.waxwing.store.Upgrade;
import app.waxwing.store.Recovery;
import app.waxwing.store.Retention;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one place that puts the parts together, in the order in which they need each other, and takes them apart in the other order.
final class Wiring implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);
    private static final Duration AHEAD = Duration.ofSeconds(10);
    private static final Duration METRICS_SAVED = Duration.ofMinutes(10);
    private final Deque<Closing> closings = new ArrayDeque<>();
    private final AppPaths paths;
    private final Time time;
    private final Settings settings;
    private final AccountBook accounts;
    private final Covers covers;
    private final Storage storage;
    private final MusicFolder music;
    private final Demonstration demonstration;
    private final Engines engines;
    private final SettingsLinks.MusicCache musicCache;
    private final List<String> news;
    private final Upkeep upkeep;

    private record Closing(String name, Runnable close) {}

    private Wiring(AppPaths usual, boolean offline, Optional<String> audioOut, Engines.Host host, Consumer<Settings> early,
            Upgrade upgrade) {
        SystemTime clock = closing("timer", new SystemTime());
        time = clock;
        ExecutorService io = Threads.virtual("io");
        closings.push(new Closing("io threads", io::shutdown));
        RandomGenerator random = new java.util.Random();
        var connecting = CompletableFuture.supplyAsync(() -> new HttpClients(Launcher.version()), io);
        settings = closing("settings", Settings.open(usual.settings(), time, io));
        early.accept(settings);
        Options options = settings.options();
        paths = options.folders().media().map(m -> new AppPaths(usual.data(), m, usual.cache(), usual.logs())).orElse(usual);
        music = new MusicFolder(usual.media(), settings);

        Database database = closing("database",
                Database.open(paths.database(), time, () -> settings.options().folders().backups(), upgrade));
        Secrets secrets = Keyrings.choose(paths, io);
        HttpClients clients = closing("connections", connecting.join());
        InterfaceMonitor network = closing("network monitor", new InterfaceMonitor(time));
        SleepMonitor power = closing("sleep monitor", new SleepMonitor(time));
        accounts = closing("accounts", new AccountBook(database, secrets, clients, time, io, network, power,
                AccountBook.Settings.usual(computer(), Launcher.version())));
        Reachability reachability = accounts.reachability();
        reachability.mode(offline ? Reachability.Mode.FORCED_OFFLINE : mode(options.network().offline()));
        if (!offline) closings.push(new Closing("offline switch", reachability.changes().subscribe(r -> remember(r.mode()))::close));

        var changes = new LibraryChanges(time, io);
        new NameRefill(database).begin().thenAccept(changes::refilled);
        new SearchRefill(database).begin().thenAccept(changes::refilled);
        var library = new StoredLibrary(database, changes, accounts, io, time, random);
        closing("shown servers", new ShownServers(accounts, changes));
        library.keepSearches(() -> settings.options().retention().searches());
        storage = new Storage(database);
        var files = new FileTable(database, changes, paths.cachedMedia(), MediaFolders::isThere, time);
        var actions = new PendingActions(database);
        SyncEngine sync = closing("sync", new SyncEngine(database, changes, accounts, actions, io, time));
        var edits = new UserEdits(database, changes, actions, time);
        Journal outbox = closing("outbox", new Journal(database, accounts, changes, actions, edits, io, time, random));
        CoverSource pictures = accounts::image;
        CoverCache coverCache = closing("covers",
                new CoverCache(database, pictures.with(accounts::imageTag), paths.images(), options.cache().coverLimit(), time, io));
        closings.push(new Closing("room for covers", settings.changes().subscribe(o -> coverCache.budget(o.cache().coverLimit()))::close));
        covers = coverCache;

        var playing = new AtomicReference<ItemKey>();
        LimitSettings limits = closing("limits", new LimitSettings(settings));
        Downloads downloads = closing("downloads",
                new Downloads(database, paths, new SessionTransfers(accounts, accounts, new DecodedDuration(new FfmpegBackend()), io),
                        reachability,
                        new Surroundings(limits, network, power, java.time.ZoneId::systemDefault), time,
                        downloadOptions(options), random, key -> key.equals(playing.get()), music::remember),
                Downloads::close);
        music.of(downloads.folders());
        closings.push(new Closing("music folder", settings.changes().subscribe(music::follow)::close));
        closings.push(
                new Closing("drives", downloads.folders().changes().subscribe(f -> changes.changed(Library.Change.AVAILABILITY))::close));
        KeepSet keepSet = downloads.keepSet(library, () -> settings.options().quality());
        closings.push(new Closing("following", sync.progress().subscribe(p -> {
            if (p.finished()) follow(keepSet);
        })::close));
        closings.push(new Closing("following playlists", changes.events().subscribe(c -> {
            if (c == Library.Change.PLAYLISTS) follow(keepSet);
        })::close));
        closings.push(new Closing("marks", downloads.fetches().subscribe(e -> {
            if (changesMarks(e.kind())) changes.changed(Library.Change.AVAILABILITY);
        })::close));

        closings.push(new Closing("sign-ins", accounts.changes().subscribe(all -> all.stream().filter(a -> accounts.signedIn(a.id()))
                .forEach(a -> downloads.signedIn(a.id())))::close));
        closings.push(new Closing("moved downloads", changes.moved().subscribe(downloads::readAgain)::close));
        closings.push(new Closing("missing files", files.vanished().subscribe(downloads.missingFiles()::missing)
                .and(files.redated().subscribe(downloads.missingFiles()::redated))::close));

        accounts.deletesFiles((account, keepFiles) -> downloads.leave(account, keepFiles).join());
        accounts.beforeRemoval((account, keepFiles) -> coverCache.forget(account));
        var locator = new Locator(files, downloads.growingFiles(), new RemoteTracks(accounts, reachability), accounts, io);

        Decoders decoders = closing("decoders", new Decoders(new VlcBackend(time), new FfmpegBackend(),
                Decoders.Choice.of(System.getProperty("waxwing.decoder", "auto"))));
        Mailbox playerBox = closing("player thread", Mailbox.start("player"));
        MixingEngine audio = closing("sound",
                new MixingEngine(decoders, Sinks.of(audioOut.orElse(options.sound().output()), time), time, playerBox));
        PlayReports reports = closing("play reports", new PlayReports(new SessionReports(accounts), outbox));
        PlayerEngine player = closing("player", new PlayerEngine(playerBox, time, database, library, locator, audio, reports,
                () -> settings.options().playback(), random));
        closings.push(new Closing("playing track",
                player.changes().subscribe(s -> playing.set(s.current().map(Track::key).orElse(null)))::close));
        closings.push(new Closing("streaming", player.changes().subscribe(s -> downloads.streaming(streams(s)))::close));

        MusicCaching caching = closing("smart cache",
                new MusicCaching(settings, database.meters(), player, library, downloads.fetchAhead(), time));
        musicCache = new SettingsLinks.MusicCache(downloads.fetchAhead()::used, downloads.fetchAhead()::clear, caching::trouble);
        closings.push(new Closing("moved tracks", changes.moved().subscribe(player::moved)::close));
        closing("active accounts", new ActiveSwitch(accounts, player::belongsTo, () -> downloads.readAgain(Map.of())));
        demonstration = closing("demonstration", new Demonstration(accounts, library, sync));
        engines = new Engines(paths, time, accounts, library, sync, files, edits, outbox, downloads, keepSet, player, settingsAccess(),
                new Doctor(paths, database, settings, secrets, accounts, downloads.folders(), audio::describe),
                new Safekeeper(database, accounts, settings, time), caching, host);
        Supplier<GiveWay.Traffic> others = () -> traffic(player, downloads);
        sync.giveWayTo(others);
        coverCache.giveWayTo(others);
        LiveSync live = new LiveSync(accounts, sync, database, changes, time, io, random, () -> Beforehand.allowed(network.network()));
        accounts.beforeRemoval((account, keepFiles) -> live.leave(account));
        if (!host.mode().equals("command")) {
            closings.push(new Closing("price of the line", network.onChange(() -> io.execute(live::look))::close));
            closing("lines to servers", live.begin());
        }
        downloads.start(database.afresh()).thenRun(database::reconciled).whenComplete((v, e) -> {
            if (e == null) follow(keepSet);
            else LOG.error("downloads do not start", e);
        });
        news = database.recovered().map(Recovery::sentence).stream().toList();
        news.forEach(LOG::warn);
        ExecutorService work = Threads.background("work");
        closings.push(new Closing("work", work::shutdown));
        database.erasures().log(() -> LogFile.clear(usual.logs()));
        upkeep = new Upkeep(database, new Retention(database), settings, paths.logs(), time);
        closings.push(new Closing("upkeep", upkeep.begin(work)::close));
        closing("what is fetched beforehand", new Beforehand(library, network,
                () -> streams(player.state()) || downloads.fetchesForUser() || !downloads.activity().running().isEmpty() || sync.runs()));
        closings.push(new Closing("metrics", time.every(METRICS_SAVED, () -> {
            var _ = database.meters().save();
        })::close));
    }

    /// Opens everything; blocks for a second or so. The caller holds the data folder's lock.
    ///
    /// @param offline never touch the network in this run
    /// @param audioOut where sound goes, else as set
    /// @param early gets the settings long before the rest is open
    /// @throws app.waxwing.base.FailureException when the database cannot be opened
    static Wiring open(AppPaths paths, boolean offline, Optional<String> audioOut, Engines.Host host, Consumer<Settings> early,
            Upgrade upgrade) {
        return new Wiring(paths, offline, audioOut, host, early, upgrade);
    }

    SettingsLinks.MusicCache musicCache() {
        return musicCache;
    }

    Engines engines() {
        return engines;
    }

    Settings settings() {
        return settings;
    }

    /// Sentences that the user should read: what was mended at the start.
    List<String> news() {
        return news;
    }

    Covers covers() {
        return covers;
    }

    /// Bytes kept and cached here, and free on the volume of the music; blocks for a moment.
    Services.Space space() {
        Storage.Bytes bytes = storage.bytes();
        java.nio.file.Path there = java.nio.file.Files.isDirectory(music.current()) ? music.current() : paths.data();
        try {
            return new Services.Space(bytes.kept(), bytes.cached(), java.nio.file.Files.getFileStore(there).getUsableSpace());
        } catch (java.io.IOException e) {
            return new Services.Space(bytes.kept(), bytes.cached(), 0);
        }
    }

    Upkeep upkeep() {
        return upkeep;
    }

    Demonstration demonstration() {
        return demonstration;
    }

    /// Players and downloads first, the database last; each gets its own short time.
    @Override
    public void close() {
        while (!closings.isEmpty()) {
            Closing closing = closings.pop();
            try {
                closing.close().run();
            } catch (IllegalStateException | app.waxwing.base.FailureException e) {
                LOG.warn("closing {}", closing.name(), e);
            }
        }
    }

    private <T extends AutoCloseable> T closing(String name, T part) {
        return closing(name, part, p -> {
            try {
                p.close();
            } catch (Exception e) { // broad: AutoCloseable allows any
                throw new IllegalStateException(e);
            }
        });
    }

    private <T> T closing(String name, T part, Consumer<T> close) {
        closings.push(new Closing(name, () -> close.accept(part)));
        return part;
    }

    /// Whether the player takes bytes from a server now, so that downloads leave it room.
    private static boolean streams(PlayerState state) {
        return state.phase() == PlayerState.Phase.LOADING
                || (state.phase() == PlayerState.Phase.PLAYING && state.source().equals(Optional.of(PlayerState.Source.STREAM)));
    }

    /// Sound that begins or has less than ten seconds ahead, then downloads.
    private static GiveWay.Traffic traffic(Player player, Downloads downloads) {
        PlayerState state = player.state();
        boolean starved = state.phase() == PlayerState.Phase.LOADING
                || streams(state) && player.buffered().minus(player.position()).compareTo(AHEAD) < 0;
        if (starved) return GiveWay.Traffic.SOUND;
        return downloads.fetchesForUser() ? GiveWay.Traffic.DOWNLOAD : GiveWay.Traffic.NONE;
    }

    /// What kept collections hold by now is wished for; also once at the start, since the last run may have ended between a sync and this.
    private static void follow(KeepSet keepSet) {
        keepSet.follow().exceptionally(e -> {
            LOG.warn("kept collections are not followed now", e);
            return 0;
        });
    }

    /// Whether what happened to a download shows in the marks of lists.
    private static boolean changesMarks(DownloadEvent.Kind kind) {
        return switch (kind) {
            case COMPLETED, DELETED, EVICTED, CANCELLED, FAILED -> true;
            case QUEUED, STARTED, PROGRESS, PAUSED, RESUMED -> false;
        };
    }

    private static DownloadOptions downloadOptions(Options options) {
        DownloadOptions u = DownloadOptions.USUAL;
        return new DownloadOptions(u.diskFloor(), options.cache().limit(), u.retry(), u.connectTimeout(), u.readTimeout(), u.floorWindow(),
                u.floorBytes(), u.recheck(), u.undo());
    }

    private void remember(Reachability.Mode mode) {
        Options.OfflineMode now = switch (mode) {
            case AUTO -> Options.OfflineMode.AUTO;
            case FORCED_OFFLINE -> Options.OfflineMode.ON;
            case FORCED_ONLINE -> Options.OfflineMode.OFF;
        };
        if (settings.options().network().offline() != now) settings.set("network.offline", now.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static Reachability.Mode mode(Options.OfflineMode mode) {
        return switch (mode) {
            case AUTO -> Reachability.Mode.AUTO;
            case ON -> Reachability.Mode.FORCED_OFFLINE;
            case OFF -> Reachability.Mode.FORCED_ONLINE;
        };
    }

    private Engines.SettingsAccess settingsAccess() {
        return new Engines.SettingsAccess() {
            @Override
            public Map<String, Object> all() {
                return settings.all();
            }

            @Override
            public Object get(String key) {
                return settings.get(key);
            }

            @Override
            public void set(String key, String value) {
                if (key.equals(MusicFolder.KEY)) music.move(value);
                else settings.set(key, value);
            }

            @Override
            public void useMusicFolder(String value) {
                music.use(value);
            }
        };
    }

    private static String computer() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "computer";
        }
    }
}
