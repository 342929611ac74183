package app.waxwing.parts;

import app.waxwing.base.Subscription;
import app.waxwing.library.Library.Change;
import java.time.Duration;
import java.util.Set;

/// Keeps a page current while it is shown: runs its question at once, again (conflated) when the library says that something it shows changed, and when
/// the «Playable now» filter turns. FX thread.
public final class Following {
    private static final Duration PERIOD = Duration.ofMillis(300);
    private final ViewContext ctx;
    private final Set<Change> interests;
    private final Runnable ask;
    private Subscription ends = () -> {};

    public Following(ViewContext ctx, Set<Change> interests, Runnable ask) {
        this.ctx = ctx;
        this.interests = interests;
        this.ask = ask;
    }

    public void start() {
        stop();
        var conflated = new Conflated(ctx.time(), ctx.fx(), PERIOD, ask);
        Subscription changes = ctx.library().changes().subscribe(change -> {
            if (interests.contains(change)) conflated.wish();
        });
        javafx.util.Subscription filter = ctx.desk().playableOnly().subscribe((was, is) -> ask.run());
        ends = () -> {
            changes.close();
            filter.unsubscribe();
            conflated.close();
        };
        ask.run();
    }

    public void stop() {
        ends.close();
        ends = () -> {};
    }
}
