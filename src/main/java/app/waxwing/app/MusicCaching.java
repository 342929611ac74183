package app.waxwing.app;

import app.waxwing.base.Failure;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.cache.SmartCache;
import app.waxwing.download.FetchAhead;
import app.waxwing.library.Library;
import app.waxwing.playback.Player;
import app.waxwing.settings.CacheUse;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import app.waxwing.store.CacheFigures;
import app.waxwing.store.CacheMeter;
import app.waxwing.store.CacheMeters;
import java.util.Optional;

/// The cache of music at work: it follows the settings as they change, and its meter counts what went.
final class MusicCaching implements CacheUse, AutoCloseable {
    private final CacheMeters meters;
    private final FetchAhead engine;
    private final SmartCache smart;
    private final Subscription heard;
    private Options.Cache told;

    MusicCaching(Settings settings, CacheMeters meters, Player player, Library library, FetchAhead engine, Time time) {
        this.meters = meters;
        this.engine = engine;
        told = settings.options().cache();
        CacheMeter meter = meters.of(CacheMeters.MUSIC, () -> {
            FetchAhead.Held held = engine.held().join();
            return new CacheMeters.Held(held.files(), held.bytes());
        });
        meters.limit(CacheMeters.MUSIC, () -> settings.options().cache().limit());
        smart = new SmartCache(player, library, engine, time, new CacheChoices(settings));
        heard = settings.changes().subscribe(options -> follow(options.cache())).and(engine.evicted().subscribe(key -> meter.evicted(1)));
    }

    private synchronized void follow(Options.Cache now) {
        if (now.equals(told)) return;
        told = now;
        engine.limit(now.limit());
        smart.chosen();
    }

    /// Why not everything that comes next is fetched ahead; any thread, at once.
    Optional<Failure> trouble() {
        return smart.trouble();
    }

    @Override
    public Figures look() {
        FetchAhead.Held held = engine.held().join();
        CacheFigures f = meters.figures().stream().filter(c -> c.name().equals(CacheMeters.MUSIC)).findFirst().orElseThrow();
        return new Figures(held.bytes(), held.kept(), held.files(), f.hits(), f.misses(), f.evictions(), f.fromDisk(), f.fromNetwork());
    }

    @Override
    public long clear() {
        return engine.clear().join();
    }

    @Override
    public void fit() {
        engine.fit().join();
    }

    @Override
    public void close() {
        heard.close();
        smart.close();
    }
}
