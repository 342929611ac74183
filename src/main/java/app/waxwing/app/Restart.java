package app.waxwing.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program once more, after this process let go of the data folder: how a restored backup comes to be seen. Any thread.
final class Restart {
    private final AtomicBoolean wanted = new AtomicBoolean();

    /// The words that start this very program: the packaged launcher where there is one, else this Java with its options. Empty where the system does
    /// not tell (Windows keeps the arguments of a process to itself).
    ///
    /// @param launcher the property `jpackage.app-path`
    static Optional<List<String>> words(Optional<String> launcher, ProcessHandle.Info self, List<String> arguments) {
        return launcher.map(path -> joined(path, arguments))
                .or(() -> self.command().flatMap(command -> self.arguments().map(List::of).or(Restart::asLinuxHasThem)
                        .map(all -> joined(command, all))));
    }

    /// Java itself gives up on more than a page of arguments, such as a long class path.
    private static Optional<List<String>> asLinuxHasThem() {
        try {
            List<String> all = List.of(Files.readString(Path.of("/proc/self/cmdline")).split("\0"));
            return Optional.of(all.subList(1, all.size()));
        } catch (IOException e) {
            log().debug("no arguments of this process", e);
            return Optional.empty();
        }
    }

    private static List<String> joined(String first, List<String> rest) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(rest);
        return words;
    }

    static Optional<List<String>> words(List<String> arguments) {
        return words(Optional.ofNullable(System.getProperty("jpackage.app-path")), ProcessHandle.current().info(), arguments);
    }

    void wish() {
        wanted.set(true);
    }

    /// The data folder is free. Starts the program where that was wished for; it outlives this process.
    void carryOut(List<String> arguments) {
        if (!wanted.get()) return;
        Optional<List<String>> words = words(arguments);
        if (words.isEmpty()) return;
        try {
            Process again = new ProcessBuilder(words.get()).inheritIO().start();
            log().info("opens again as process {}", again.pid());
        } catch (IOException e) {
            log().warn("Waxwing cannot open itself again", e);
        }
    }

    /// Made when there is something to say: the program comes by here before its window is begun.
    private static Logger log() {
        return LoggerFactory.getLogger(Restart.class);
    }
}
