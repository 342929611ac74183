import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Makes `lib/waxwing.aot`, Java's ahead-of-time cache of classes (JEP 483, 514), by running the packaged program once with the demonstration
/// library and no screen. Run by the build after the program's folder is complete: `java TrainStart.java <program> <scratch>`. The start takes
/// half the time with it. The training runs with the quick compiler alone, and what that compiled stays with it from then on: a third less processor
/// time at the start. What must be fast for hours ([#HOT]) is not compiled in the training, so that the optimising compiler gets it when it is hot.
/// Where the cache cannot be made the program is as right without, so that the build says one sentence and goes on.
public final class TrainStart {
    private static final int PATIENCE_SECONDS = 120;
    /// Digests and ciphers, sound, transfers, and reading what servers send.
    private static final List<String> HOT = List.of("sun.security.provider.*::*", "com.sun.crypto.provider.*::*", "sun.security.ssl.*::*",
            "app.waxwing.audio.*::*", "app.waxwing.audio.ffmpeg.*::*", "app.waxwing.download.*::*", "okio.*::*", "tools.jackson.core.*::*");
    /// What ran less often in the training is left alone at the start too: compiling it costs more than it brings.
    private static final String RARELY = "-XX:Tier3InvocationThreshold=800 -XX:Tier3MinInvocationThreshold=400 -XX:Tier3CompileThreshold=4000 ";
    private final boolean windows = System.getProperty("os.name").startsWith("Windows");
    private final Path program;
    private final Path data;
    private final Path output;

    private TrainStart(Path program, Path scratch) {
        this.program = program.toAbsolutePath();
        data = scratch.resolve("data").toAbsolutePath();
        output = scratch.resolve("output.txt").toAbsolutePath();
    }

    public static void main(String[] args) throws Exception {
        Path cache = Path.of(args[0], "lib", "waxwing.aot");
        Files.deleteIfExists(cache);
        Path scratch = Files.createTempDirectory("waxwing-start");
        try {
            if (!new TrainStart(Path.of(args[0]), scratch).make(cache))
                System.out.println("[WARNING] No ahead-of-time cache was made; the program starts more slowly. See docs/platforms.md.");
        } finally {
            try (var all = Files.walk(scratch)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    private boolean make(Path cache) throws IOException, InterruptedException {
        Path made = cache.resolveSibling("waxwing.aot.new");
        Process training = start(
                "-XX:AOTCacheOutput=" + made.toAbsolutePath() + " -XX:TieredStopAtLevel=1 " + RARELY + uncompiled()
                        + " -Dglass.platform=Headless -Dprism.order=sw",
                "--demo",
                "--audio-out", "null");
        try {
            // Nobody is asked before the instance is there: a command would open the folder itself. What answers has its window and its library.
            boolean well = appears(training) && command(training, "search", "night") && command(training, "status");
            Thread.sleep(2_000); // the page draws its covers
            well = well && command(training, "quit");
            well &= training.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!well || !Files.isRegularFile(made)) return false;
            Files.move(made, cache, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } finally {
            training.descendants().forEach(ProcessHandle::destroyForcibly);
            training.destroyForcibly().waitFor();
            Files.deleteIfExists(made);
        }
    }

    private static String uncompiled() {
        return "-XX:CompileCommand=quiet "
                + HOT.stream().map(methods -> "-XX:CompileCommand=exclude," + methods).collect(Collectors.joining(" "));
    }

    private boolean appears(Process training) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (training.isAlive() && System.nanoTime() < end) {
            if (Files.exists(data.resolve("instance.json"))) return true;
            Thread.sleep(50);
        }
        return false;
    }

    /// Runs a command against the training instance, again while nobody answers yet.
    private boolean command(Process training, String... words) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (training.isAlive() && System.nanoTime() < end) {
            Process process = start("", words);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
            else if (process.exitValue() == 0) return true;
        }
        return false;
    }

    private Process start(String options, String... words) throws IOException {
        List<String> command = new ArrayList<>();
        if (windows) command.addAll(List.of("cmd", "/c"));
        command.add(program.resolve(windows ? "bin/waxwing.cmd" : "bin/waxwing").toString());
        command.addAll(List.of("--data-dir", data.toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().put("WAXWING_JAVA_OPTIONS", options);
        builder.environment().put("WAXWING_JAVA",
                Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java").toString());
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        return builder.start();
    }
}
