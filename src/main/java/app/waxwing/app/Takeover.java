package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlClient;
import app.waxwing.control.Instance;
import app.waxwing.control.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Getting hold of a data folder: at once where it is free, by a hand-over from an instance without a window, or not at all.
final class Takeover {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Takeover() {}

    /// @param window ask an instance without a window to hand over, one with a window to come to the front
    /// @return nothing when another instance keeps the folder
    static Optional<Instance.Lock> takeFolder(AppPaths paths, boolean window) {
        Optional<Instance.Lock> lock = Instance.lock(paths);
        if (lock.isPresent()) return lock;
        if (!window || !ask(paths, "hand-over", "handedOver")) {
            if (window) ask(paths, "raise", "raised");
            return Optional.empty();
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (lock.isEmpty() && System.nanoTime() < deadline) {
            Pause.briefly();
            lock = Instance.lock(paths);
        }
        return lock;
    }

    private static boolean ask(AppPaths paths, String command, String answer) {
        var yes = new AtomicBoolean();
        Optional<Commands.Outcome> outcome = Instance.read(paths)
                .flatMap(i -> ControlClient.call(i, new Request(List.of(command), Optional.empty()), List.of(),
                        doc -> yes.set(doc.text(answer).equals("true"))));
        return outcome.isPresent() && yes.get();
    }
}
