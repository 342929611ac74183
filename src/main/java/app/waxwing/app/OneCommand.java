package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.cli.Arguments;
import app.waxwing.cli.Terminal;
import app.waxwing.control.CommandException;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlClient;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import app.waxwing.control.Request;
import java.time.Duration;
import java.util.Optional;

/// One command: handed to the instance that has the data folder, or carried out by engines started for it alone.
final class OneCommand {
    /// How long a folder may be locked without anybody answering: an instance that starts or ends right now.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private OneCommand() {}

    static int run(Arguments arguments, Commands.Parsed parsed, Request request, AppPaths paths, Terminal terminal) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Commands.Outcome> outcome = Instance.read(paths)
                    .flatMap(instance -> ControlClient.call(instance, request, arguments.runOptions(), terminal::print));
            if (outcome.isPresent()) return terminal.end(outcome.get());
            Optional<Instance.Lock> lock = Instance.lock(paths);
            if (lock.isPresent()) {
                try (Instance.Lock held = lock.get()) {
                    if (parsed.spec().needsInstance()) {
                        throw new CommandException(Exit.NOTHING, "not-running", "Waxwing does not run; start it first.");
                    }
                    return alone(arguments, request, paths, terminal);
                }
            }
            if (System.nanoTime() > deadline) {
                throw new CommandException(Exit.FAILED, "busy", "Another Waxwing has this data folder and does not answer.");
            }
            Pause.briefly();
        }
    }

    private static int alone(Arguments arguments, Request request, AppPaths paths, Terminal terminal) {
        try (Running running = Running.start(arguments, paths, "command", s -> {})) {
            running.listen();
            running.ready();
            Commands.Outcome outcome = running.commands().run(request, terminal::print, () -> false);
            while (running.busy()) Pause.briefly();
            return terminal.end(outcome);
        }
    }
}
