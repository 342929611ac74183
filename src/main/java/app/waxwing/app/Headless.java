package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.cli.Arguments;
import app.waxwing.cli.Terminal;
import app.waxwing.control.CommandException;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import java.util.Optional;

/// The engines without a window, until `quit`, a hand-over, SIGINT or SIGTERM.
final class Headless {
    private Headless() {}

    static int run(Arguments arguments, AppPaths paths) {
        Optional<Instance.Lock> lock = Takeover.afterCommand(paths);
        if (lock.isEmpty()) throw new CommandException(Exit.FAILED, "running", "Waxwing already runs with this data folder.");
        var terminal = new Terminal(arguments.json(), false);
        try (Instance.Lock held = lock.get();
                Running running = Running.start(arguments, paths, "headless", s -> s.troubles().forEach(terminal::warn),
                        UpgradeWords.on(terminal))) {
            running.wiring().news().forEach(terminal::warn);
            running.listen();
            running.ready();
            running.awaitEnd();
        }
        return Exit.DONE.code();
    }
}
