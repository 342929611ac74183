package app.waxwing.testing;

import app.waxwing.app.Launcher;
import app.waxwing.base.AppPaths;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlClient;
import app.waxwing.control.Doc;
import app.waxwing.control.Exit;
import app.waxwing.control.Instance;
import app.waxwing.control.Request;
import app.waxwing.control.Wire;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the Java does whose classes go into the [ClassArchive]: the program and the demonstration server in one process, through what tests ask of
/// them, and every class of ours that needs no screen. Argument: a folder for its data, beside the jars of our classes.
final class Training {
    private static final Pattern LEFT_OUT = Pattern
            .compile(".*(Test(\\$.*)?|package-info)|app\\.waxwing\\.(.*\\.ui|kit|parts|shell|bench)\\..*");
    private static final long PATIENCE = 60_000_000_000L;

    private Training() {}

    public static void main(String[] arguments) throws Exception {
        Path data = Path.of(arguments[0]);
        load(java.util.Objects.requireNonNull(data.getParent()));
        DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0);
        var asks = new Thread(() -> {
            try {
                ask(data, server);
            } catch (RuntimeException | Error e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }, "asks");
        asks.setDaemon(true);
        asks.start();
        Launcher.main(new String[]{"--data-dir", data.toString(), "--audio-out", "null", "--headless"});
    }

    /// Loads them without their beginnings: those belong to who uses them.
    private static void load(Path jars) throws IOException, ClassNotFoundException {
        for (String place : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
            if (!Path.of(place).startsWith(jars)) continue;
            try (var jar = new JarFile(place)) {
                for (var entry : jar.stream().toList()) {
                    String name = entry.getName().replace('/', '.').replaceFirst("\\.class$", "");
                    if (entry.getName().endsWith(".class") && !LEFT_OUT.matcher(name).matches())
                        Class.forName(name, false, Training.class.getClassLoader());
                }
            }
        }
    }

    private static void ask(Path data, DemoServer server) {
        long until = System.nanoTime() + PATIENCE;
        while (tell(data, Optional.empty(), "raise").isEmpty()) {
            if (System.nanoTime() > until) throw new AssertionError("the program does not answer");
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
        json(data, "server", "add", server.url(), "--user", DemoServer.USER, "--password-stdin");
        json(data, "sync");
        String album = json(data, "albums").path("items").get(0).path("id").asString();
        json(data, "tracks", "--album", album);
        json(data, "search", "platform");
        json(data, "similar", album, "--limit", "5");
        json(data, "download", album, "--wait");
        json(data, "play", album);
        for (String word : List.of("status", "queue", "history", "downloads", "settings", "metrics", "next", "pause")) json(data, word);
        json(data, "cache", "status");
        json(data, "offline", "has", album);
        json(data, "quit");
    }

    private static JsonNode json(Path data, String... words) {
        return tell(data, Optional.of(DemoServer.PASSWORD), words).orElseThrow();
    }

    private static Optional<JsonNode> tell(Path data, Optional<String> secret, String... words) {
        List<Doc> answers = new ArrayList<>();
        Optional<Commands.Outcome> outcome = Instance.read(AppPaths.under(data))
                .flatMap(i -> ControlClient.call(i, new Request(List.of(words), secret), List.of(), answers::add));
        if (outcome.isPresent() && outcome.get().exit() != Exit.DONE)
            throw new AssertionError(String.join(" ", words) + ": " + outcome.get());
        return outcome.map(o -> JsonMapper.shared().readTree(answers.isEmpty() ? "{}" : Wire.text(answers.getLast())));
    }
}
