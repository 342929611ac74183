package app.waxwing.app;

import app.waxwing.base.AppPaths;
import app.waxwing.control.Commands;
import app.waxwing.control.Doc;
import app.waxwing.control.Engines;
import app.waxwing.control.Exit;
import app.waxwing.control.Request;
import app.waxwing.control.Wire;
import app.waxwing.demo.DemoServer;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole program but its window and its process: everything wired on a real folder, and driven by its commands.
public final class ProgramDesk implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    final AtomicInteger quits = new AtomicInteger();
    private final Path data;
    private Wiring wiring;
    private Commands commands;

    public ProgramDesk(Path data) {
        this.data = data;
        open();
    }

    /// Signed in to the demonstration and synced with it.
    static ProgramDesk synced(Path data, DemoServer server) {
        var desk = new ProgramDesk(data);
        desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
        return desk;
    }

    private void open() {
        AppPaths paths = AppPaths.under(data);
        paths.create();
        EmptyDatabase.at(paths.database());
        wiring = Wiring.open(paths, false, Optional.of("null"), new Engines.Host() {
            @Override
            public void quit() {
                quits.incrementAndGet();
            }

            @Override
            public boolean raise() {
                return false;
            }

            @Override
            public boolean handOver() {
                return false;
            }

            @Override
            public String mode() {
                return "headless";
            }
        }, settings -> {}, new app.waxwing.store.Upgrade());
        commands = new Commands(wiring::engines);
    }

    Wiring wiring() {
        return wiring;
    }

    void restart() {
        wiring.close();
        open();
    }

    /// A command that must succeed; its last document.
    public JsonNode run(String... words) {
        return run(Optional.empty(), words);
    }

    JsonNode run(Optional<String> secret, String... words) {
        List<Doc> answers = new ArrayList<>();
        Commands.Outcome outcome = commands.run(new Request(List.of(words), secret), answers::add, () -> false);
        if (outcome.exit() != Exit.DONE) throw new AssertionError(String.join(" ", words) + " ended with " + outcome);
        return JSON.readTree(answers.isEmpty() ? "{}" : Wire.text(answers.getLast()));
    }

    /// A command that goes on until it is told to stop; its documents as they come.
    Commands.Outcome follow(Consumer<JsonNode> seen, BooleanSupplier stop, String... words) {
        return commands.run(new Request(List.of(words), Optional.empty()), doc -> seen.accept(JSON.readTree(Wire.text(doc))), stop);
    }

    Commands.Outcome outcome(String... words) {
        return commands.run(new Request(List.of(words), Optional.empty()), doc -> {}, () -> false);
    }

    public String signIn(String url, String user, String password) {
        return run(Optional.of(password), "server", "add", url, "--user", user, "--password-stdin").path("id").asString();
    }

    public List<String> ids(String... words) {
        return run(words).path("items").valueStream().map(i -> i.path("id").asString()).toList();
    }

    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("still not: " + what);
            try {
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void close() {
        wiring.close();
    }
}
