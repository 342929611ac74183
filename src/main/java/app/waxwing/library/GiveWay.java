package app.waxwing.library;

import app.waxwing.base.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Sync and covers give way to sound and to what the user downloads: how much longer they wait before they ask a server for more. Never for ever,
/// so that a long stream or a long queue of downloads only slows them.
public final class GiveWay {
    /// Who else wants the network now.
    public enum Traffic {
        NONE,
        /// The user's downloads run.
        DOWNLOAD,
        /// A stream begins or has little ahead of what is heard.
        SOUND
    }

    /// So often is looked again.
    static final Duration STEP = Duration.ofMillis(100);
    private static final Duration FOR_DOWNLOADS = Duration.ofMillis(500);
    private static final Duration FOR_SOUND = Duration.ofSeconds(5);

    private GiveWay() {}

    /// Waits as long as the others want it. Blocks: for `io-*` threads.
    ///
    /// @param check throws where nothing more is wanted
    static void to(Supplier<Traffic> others, Time time, Runnable check) {
        Duration waited = Duration.ZERO;
        for (Duration rest = rest(others.get(), waited); !rest.isZero(); rest = rest(others.get(), waited)) {
            check.run();
            var over = new CompletableFuture<Void>();
            time.after(rest, () -> over.complete(null));
            over.join();
            waited = waited.plus(rest);
        }
    }

    /// Before a sync asks its server for more. Throws where it was asked to stop.
    static void to(SyncContext sync) {
        sync.check();
        to(sync.traffic(), sync.time(), sync::check);
    }

    /// @param waited for this page or picture so far
    static Duration rest(Traffic now, Duration waited) {
        Duration most = switch (now) {
            case NONE -> Duration.ZERO;
            case DOWNLOAD -> FOR_DOWNLOADS;
            case SOUND -> FOR_SOUND;
        };
        Duration left = most.minus(waited);
        if (left.isNegative() || left.isZero()) return Duration.ZERO;
        return left.compareTo(STEP) < 0 ? left : STEP;
    }
}
