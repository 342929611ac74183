import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Makes `lib/waxwing.aot`, Java's ahead-of-time cache of classes (JEP 483, 514), by running the packaged program once with the demonstration
/// library: where there is Xvfb on a screen of its own, where Ctrl+K is pressed ([PressSearch]), so that the cache knows the system's own windows and
/// keys too; else without a screen. Run by the build after the program's folder is complete: `java TrainStart.java <program> <build>`, the
/// latter the folder of the build's own programs. The start takes half the time with it. The training runs with the quick compiler alone, and what
/// that compiled stays with it from then on: a third less processor time at the start. What must be fast for hours ([#HOT]) is not compiled in the
/// training, so that the optimising compiler gets it when it is hot. What is typed into search is asked so often that a search is compiled too.
/// Where the cache cannot be made the program is as right without, so that the build says one sentence and goes on.
public final class TrainStart {
    private static final int PATIENCE_SECONDS = 120;
    /// Digests and ciphers, sound, transfers, and reading what servers send.
    private static final List<String> HOT = List.of("sun.security.provider.*::*", "com.sun.crypto.provider.*::*", "sun.security.ssl.*::*",
            "app.waxwing.audio.*::*", "app.waxwing.audio.ffmpeg.*::*", "app.waxwing.download.*::*", "okio.*::*", "tools.jackson.core.*::*");
    /// What ran less often in the training is left alone at the start too: compiling it costs more than it brings.
    private static final String RARELY = "-XX:Tier3InvocationThreshold=2400 -XX:Tier3MinInvocationThreshold=1200 -XX:Tier3CompileThreshold=12000 ";
    /// Typed letter by letter: names of the demonstration library, one with slips of the finger, one that it does not have.
    private static final List<String> TYPED = List.of("night train to lund", "the quiet cartographers", "nigth trian", "électrique");
    /// With fewer searches too little of them is compiled.
    private static final int SEARCHES = 3_000;
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1000;
    /// Time in which the one that presses keys comes to it.
    private static final int KEYS_MILLIS = 1_500;
    private static final String SYSTEM = System.getProperty("os.name");
    private final boolean windows = SYSTEM.startsWith("Windows");
    private final Path build;
    private final Path program;
    private final Path data;
    private final Path output;
    private Optional<String> display = Optional.empty();

    /// @param build where [PressSearch] lies
    private TrainStart(Path build, Path program, Path scratch) throws IOException {
        this.build = build;
        this.program = program.toAbsolutePath();
        Path own = Files.createTempDirectory(scratch, "training").toAbsolutePath();
        data = own.resolve("data");
        output = own.resolve("output.txt");
    }

    public static void main(String[] args) throws Exception {
        Path program = Path.of(args[0]);
        Path build = Path.of(args[1]);
        Path cache = program.resolve("lib", "waxwing.aot");
        Files.deleteIfExists(cache);
        Path scratch = Files.createTempDirectory("waxwing-start");
        try {
            if (!new TrainStart(build, program, scratch).onScreen(cache) && !new TrainStart(build, program, scratch).trained(cache))
                System.out.println("[WARNING] No ahead-of-time cache was made; the program starts more slowly. See docs/platforms.md.");
        } finally {
            try (var all = Files.walk(scratch)) {
                for (Path file : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        }
    }

    /// False where there is no such screen, or the program does not come to its end on it.
    private boolean onScreen(Path cache) throws IOException, InterruptedException {
        // Elsewhere a window would not go to the screen that `DISPLAY` names.
        if (!SYSTEM.equals("Linux")) return false;
        Optional<Process> screen = screen();
        Optional<Process> keys = Optional.empty();
        try {
            if (display.isEmpty()) return false;
            keys = Optional.of(keys());
            Thread.sleep(KEYS_MILLIS);
            return trained(cache);
        } finally {
            for (Process helper : Stream.concat(keys.stream(), screen.stream()).toList()) {
                helper.destroy();
                if (!helper.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) helper.destroyForcibly().waitFor();
            }
        }
    }

    /// A screen that nobody sees; empty where the system has no program for that.
    private Optional<Process> screen() throws IOException {
        Process screen;
        try {
            screen = new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", WIDTH + "x" + HEIGHT + "x24", "-nolisten", "tcp")
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException notThere) {
            return Optional.empty();
        }
        String number = new BufferedReader(new InputStreamReader(screen.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (number != null) display = Optional.of(":" + number.strip());
        return Optional.of(screen);
    }

    private Process keys() throws IOException {
        var builder = new ProcessBuilder(java(), build.resolve("PressSearch.java").toString(), String.valueOf(WIDTH),
                String.valueOf(HEIGHT)).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        onThatScreen(builder);
        return builder.start();
    }

    /// Nothing of the session that the build runs in, whose windows and keys are not ours.
    private void onThatScreen(ProcessBuilder builder) {
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.environment().remove("WAYLAND_DISPLAY");
        display.ifPresent(where -> builder.environment().put("DISPLAY", where));
    }

    private String java() {
        return Path.of(System.getProperty("java.home"), "bin", windows ? "java.exe" : "java").toString();
    }

    private boolean trained(Path cache) throws IOException, InterruptedException {
        Path made = cache.resolveSibling("waxwing.aot.new");
        Process training = start(
                "-XX:AOTCacheOutput=" + made.toAbsolutePath() + " -XX:TieredStopAtLevel=1 " + RARELY + uncompiled()
                        + (display.isPresent() ? "" : " -Dglass.platform=Headless -Dprism.order=sw"),
                "--demo",
                "--audio-out", "null");
        try {
            // Nobody is asked before the instance is there: a command would open the folder itself. What answers has its window and its library.
            boolean well = appears(training) && command(training, "search", "night") && command(training, "status")
                    && typed();
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

    /// Asks the instance at its socket, as the commands do: a process for each would take half a second. False where it does not answer.
    private boolean typed() throws InterruptedException {
        var asking = new FutureTask<>(this::searches);
        Thread.ofPlatform().daemon().start(asking);
        try {
            return asking.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private boolean searches() throws IOException {
        String instance = Files.readString(data.resolve("instance.json"));
        var socket = UnixDomainSocketAddress.of(value(instance, "socket"));
        String secret = value(instance, "secret");
        for (int asked = 0; asked < SEARCHES;) {
            for (String text : TYPED) {
                for (int letters = 1; letters <= text.length(); letters++, asked++) {
                    if (!search(socket, secret, text.substring(0, letters).strip())) return false;
                }
            }
        }
        return true;
    }

    private static boolean search(UnixDomainSocketAddress socket, String secret, String text) throws IOException {
        try (var channel = SocketChannel.open(socket)) {
            String hello = "{\"secret\":\"" + secret + "\",\"arguments\":[\"search\",\"" + text + "\"]}\n";
            channel.write(ByteBuffer.wrap(hello.getBytes(StandardCharsets.UTF_8)));
            var answers = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
            return answers.lines().anyMatch(line -> line.contains("\"exit\":0"));
        }
    }

    private static String value(String json, String name) throws IOException {
        Matcher value = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
        if (!value.find()) throw new IOException("instance.json names no " + name);
        return value.group(1).replace("\\\\", "\\");
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
        builder.environment().put("WAXWING_JAVA", java());
        onThatScreen(builder);
        return builder.start();
    }
}
