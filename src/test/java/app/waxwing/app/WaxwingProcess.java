package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlClient;
import app.waxwing.control.Doc;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import app.waxwing.control.Request;
import app.waxwing.control.Wire;
import app.waxwing.demo.DemoServer;
import app.waxwing.testing.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The program in processes of its own, over one data folder: the way a script uses it.
final class WaxwingProcess implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private final Path data;
    private final Path scratch;
    private final List<String> always;
    private final List<Process> started = new ArrayList<>();
    private final Map<Process, Path> outputs = new HashMap<>();
    private final List<String> virtualMachine = new ArrayList<>();

    /// @param always options of every call
    WaxwingProcess(Path data, Path scratch, String... always) {
        this.data = data;
        this.scratch = scratch;
        this.always = List.of(always);
    }

    /// Options for the Java of every process from now on, such as `-Dwaxwing.decoder=vlc`.
    WaxwingProcess java(String... options) {
        virtualMachine.addAll(List.of(options));
        return this;
    }

    record Result(int exit, String out, String err) {
        JsonNode json() {
            return JSON.readTree(out);
        }
    }

    /// Runs one command to its end.
    Result run(String... words) {
        return runWithInput("", words);
    }

    Result runWithInput(String input, String... words) {
        try {
            Path out = Files.createTempFile(scratch, "out", ".txt");
            Path err = Files.createTempFile(scratch, "err", ".txt");
            Process process = builder(List.of(words)).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "waxwing " + String.join(" ", words) + " did not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Result(process.exitValue(), Files.readString(out).strip(), Files.readString(err).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Runs a command with `--json` that must succeed.
    JsonNode json(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        Result result = run(all.toArray(String[]::new));
        if (result.exit() != 0)
            throw new AssertionError("waxwing " + all + " ended with " + result.exit() + ": " + result.err() + result.out());
        return result.json();
    }

    /// The same without a process of its own: asked over the socket of the running instance.
    JsonNode ask(String... words) {
        return askWith(Optional.empty(), words);
    }

    JsonNode askWith(Optional<String> secret, String... words) {
        Answer answer = tell(secret, words);
        if (answer.outcome().exit() != Exit.DONE) throw new AssertionError(String.join(" ", words) + " ended with " + answer);
        return answer.json();
    }

    /// @param json the last document
    record Answer(Commands.Outcome outcome, JsonNode json) {}

    Answer tell(Optional<String> secret, String... words) {
        return call(secret, words).orElseThrow(() -> new AssertionError("nobody answers " + String.join(" ", words)));
    }

    private Optional<Answer> call(Optional<String> secret, String... words) {
        List<Doc> answers = new ArrayList<>();
        return Instance.read(AppPaths.under(data))
                .flatMap(i -> ControlClient.call(i, new Request(List.of(words), secret), List.of(), answers::add))
                .map(outcome -> new Answer(outcome, JSON.readTree(answers.isEmpty() ? "{}" : Wire.text(answers.getLast()))));
    }

    /// Signs in to the demonstration and syncs, by the running instance.
    void signIn(DemoServer server) {
        askWith(Optional.of(DemoServer.PASSWORD), "server", "add", server.url(), "--user", DemoServer.USER, "--password-stdin");
        ask("sync");
    }

    /// Starts a headless instance and waits until it answers, itself and not one that it takes over from.
    Process headless(String... words) {
        List<String> all = new ArrayList<>(List.of("--headless"));
        all.addAll(List.of(words));
        Process process = start(all);
        await("the headless instance answers", () -> {
            if (!process.isAlive())
                throw new AssertionError("the headless instance ended with " + process.exitValue() + ": " + String.join(" ", all));
            return instance().contains("\"pid\":" + process.pid()) && call(Optional.empty(), "raise").isPresent();
        });
        return process;
    }

    private String instance() {
        try {
            Path file = AppPaths.under(data).instance();
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            return ""; // being written
        }
    }

    Process start(List<String> words) {
        try {
            Path out = Files.createTempFile(scratch, "headless", ".txt");
            Process process = builder(words).redirectErrorStream(true).redirectOutput(out.toFile()).start();
            process.getOutputStream().close();
            started.add(process);
            outputs.put(process, out);
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What a process that was started has printed by now.
    List<String> printed(Process process) {
        try {
            return Files.readAllLines(Optional.ofNullable(outputs.get(process)).orElseThrow());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Stops the running instance cleanly and waits for its end.
    void quit(Process headless) {
        ask("quit");
        try {
            if (!headless.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the instance did not end: " + threads(headless));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// What the threads of a process do, for a test that fails.
    private static String threads(Process process) {
        try {
            Process jstack = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jstack").toString(),
                    String.valueOf(process.pid())).redirectErrorStream(true).start();
            return new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /// Polls until it holds; fails after the patience of this class.
    static void await(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) throw new AssertionError("never: " + what);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private ProcessBuilder builder(List<String> words) {
        List<String> java = new ArrayList<>(List.of("-Xmx512m"));
        java.addAll(virtualMachine);
        List<String> all = new ArrayList<>(List.of("--data-dir", data.toString()));
        all.addAll(always);
        all.addAll(words);
        ProcessBuilder builder = ChildJvm.builder(Launcher.class.getName(), java, all);
        builder.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        builder.environment().remove("WAXWING_DATA_DIR");
        return builder;
    }

    /// They have ended when this returns: nobody writes into a folder that is cleared away.
    @Override
    public void close() {
        for (Process process : started) process.destroyForcibly();
        for (Process process : started) process.onExit().join();
    }
}
