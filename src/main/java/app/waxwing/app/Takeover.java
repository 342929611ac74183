package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.control.CommandException;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlClient;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import app.waxwing.control.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/// Getting hold of a data folder: at once where it is free, by a hand-over from an instance without a window, or not at all.
final class Takeover {
    /// Somebody looks at a screen where nothing comes yet.
    private static final Duration WINDOW_PATIENCE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Takeover() {}

    /// For a window: an instance without one is asked to hand over, one with a window to come to the front.
    ///
    /// @return nothing when another instance keeps the folder
    static Optional<Instance.Lock> forWindow(AppPaths paths) {
        Optional<Instance.Lock> lock = wait(paths, "hand-over", WINDOW_PATIENCE);
        if (lock.isEmpty() && !raised(paths)) {
            throw new CommandException(Exit.FAILED, "busy",
                    "Another Waxwing is busy with this data folder; try again when it is done, or end it with «waxwing quit».");
        }
        return lock;
    }

    /// The window of a running instance has come to the front.
    static boolean raised(AppPaths paths) {
        return ask(paths, "raise", "raised").orElse(false);
    }

    /// For an instance without a window: at once, or as soon as a single command that has the folder is done.
    static Optional<Instance.Lock> afterCommand(AppPaths paths) {
        return wait(paths, "hand-over --command", PATIENCE);
    }

    /// Tries until the folder is free, until whoever has it says that he keeps it, or until patience ends: an instance that starts or ends right now
    /// does not answer yet, or not any more.
    private static Optional<Instance.Lock> wait(AppPaths paths, String request, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<Instance.Lock> lock = Instance.lock(paths);
        while (lock.isEmpty() && System.nanoTime() < deadline && ask(paths, request, "handedOver").orElse(true)) {
            Pause.briefly();
            lock = Instance.lock(paths);
        }
        return lock;
    }

    /// The instance's yes or no; empty when none answers, or one ends while it is asked.
    private static Optional<Boolean> ask(AppPaths paths, String command, String answer) {
        var yes = new AtomicBoolean();
        Optional<Commands.Outcome> outcome = Instance.read(paths)
                .flatMap(i -> ControlClient.call(i, new Request(List.of(command.split(" ")), Optional.empty()), List.of(),
                        doc -> yes.set(doc.text(answer).equals("true"))));
        return outcome.filter(o -> o.exit() == Exit.DONE).map(o -> yes.get());
    }
}
