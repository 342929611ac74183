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
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private OneCommand() {}

    static int run(Arguments arguments, Commands.Parsed parsed, Request request, AppPaths paths, Terminal terminal) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean again = false;
            Optional<Commands.Outcome> outcome = Instance.read(paths)
                    .flatMap(instance -> ControlClient.call(instance, request, arguments.runOptions(), terminal::print));
            if (outcome.isPresent()) return terminal.end(outcome.get());
            Optional<Instance.Lock> lock = Instance.lock(paths);
            if (lock.isPresent()) {
                try (Instance.Lock held = lock.get()) {
                    if (parsed.spec().needsInstance()) {
                        throw new CommandException(Exit.NOTHING, "not-running", "Waxwing does not run; start it first.");
                    }
                    Optional<Integer> code = alone(arguments, parsed, request, paths, terminal);
                    if (code.isPresent()) return code.get();
                    again = true;
                }
            }
            if (again) {
                // Whoever asked for the folder comes first.
                for (int i = 0; i < 20; i++) Pause.briefly();
                deadline = System.nanoTime() + PATIENCE.toNanos();
            }
            if (System.nanoTime() > deadline) {
                throw new CommandException(Exit.FAILED, "busy", "Another Waxwing has this data folder and does not answer.");
            }
            Pause.briefly();
        }
    }

    /// The exit code; empty when the folder was handed over while the command followed something, which then goes on with the new instance.
    private static Optional<Integer> alone(Arguments arguments, Commands.Parsed parsed, Request request, AppPaths paths,
            Terminal terminal) {
        try (Running running = Running.start(arguments, paths, "command", s -> s.troubles().forEach(terminal::warn),
                UpgradeWords.on(terminal))) {
            running.wiring().news().forEach(terminal::warn);
            running.listen();
            running.ready();
            Commands.Outcome outcome = running.commands().run(request, terminal::print, running::ended);
            if (running.handedOver() && (parsed.follows() || parsed.options().containsKey("wait"))) return Optional.empty();
            while (running.busy() && !running.ended()) Pause.briefly();
            if (running.ended()) running.finish();
            return Optional.of(terminal.end(outcome));
        }
    }
}
