package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEngine.Activity;
import app.waxwing.download.DownloadEngine.Running;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/// Looks at the engine's figures five times a second, but only while somebody on screen watches, and tells them only when something changed: while
/// nothing is fetched the screen's thread sleeps. Belongs to the thread of its executor; the look itself is the timer's.
public final class ActivitySampler {
    static final Duration PERIOD = Duration.ofMillis(200);
    private final DownloadEngine engine;
    private final Time time;
    private final Executor fx;
    private final List<Runnable> watchers = new ArrayList<>();
    private Subscription timer = () -> {};
    private volatile Optional<Activity> last = Optional.empty();
    private Map<ItemKey, Running> running = Map.of();

    public ActivitySampler(DownloadEngine engine, Time time, Executor fx) {
        this.engine = engine;
        this.time = time;
        this.fx = fx;
    }

    /// The listener runs after each change of the figures until the subscription ends. Both on the owner's thread.
    public Subscription watch(Runnable changed) {
        Runnable own = changed::run;
        watchers.add(own);
        if (watchers.size() == 1) {
            timer = time.every(PERIOD, () -> {
                if (!last.equals(Optional.of(engine.activity()))) fx.execute(this::look);
            });
            look();
        }
        return () -> {
            watchers.remove(own);
            if (watchers.isEmpty()) timer.close();
        };
    }

    /// Newest figures of one track that is being fetched.
    public Optional<Running> running(ItemKey track) {
        return Optional.ofNullable(running.get(track));
    }

    private void look() {
        if (watchers.isEmpty()) return;
        Activity now = engine.activity();
        if (last.isPresent() && last.get().equals(now)) return;
        last = Optional.of(now);
        Map<ItemKey, Running> byKey = new HashMap<>();
        now.running().forEach(r -> byKey.put(r.key(), r));
        running = byKey;
        List.copyOf(watchers).forEach(Runnable::run);
    }
}
