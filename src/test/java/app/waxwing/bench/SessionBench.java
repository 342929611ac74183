package app.waxwing.bench;

import app.waxwing.account.Account;
import app.waxwing.account.AccountBook;
import app.waxwing.account.HttpClients;
import app.waxwing.app.ProgramDesk;
import app.waxwing.base.FileSecrets;
import app.waxwing.base.NetworkMonitor;
import app.waxwing.base.PowerMonitor;
import app.waxwing.base.Secrets;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.store.Database;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a signed-in person pays: getting the session back at a start, and what is written while music plays. Prints; asserts nothing about time.
class SessionBench {
    private static final int TIMES = Integer.getInteger("waxwing.bench.sessions", 100);
    private static final int SECONDS = Integer.getInteger("waxwing.bench.seconds", 60);
    private static final AccountBook.Settings SETTINGS = new AccountBook.Settings("Bench", "0.1.0", 9,
            () -> Set.of(InetAddress.getLoopbackAddress()));
    @TempDir
    Path folder;

    /// A file that says under which names tokens were put.
    private static final class Named implements Secrets {
        final List<String> names = new ArrayList<>();
        private final Secrets file;

        Named(Path file) {
            this.file = new FileSecrets(file);
        }

        @Override
        public Optional<String> find(String name) {
            return file.find(name);
        }

        @Override
        public void put(String name, String secret) {
            names.add(name);
            file.put(name, secret);
        }

        @Override
        public void remove(String name) {
            file.remove(name);
        }

        @Override
        public String place() {
            return file.place();
        }
    }

    @Test
    @DisplayName("1.3 a session restored from the open store and the file of secrets, without the network, p95 (50 ms)")
    void session() throws Exception {
        System.out.println("load " + ProcessFigures.load());
        Path file = folder.resolve("secrets");
        try (var time = new SystemTime();
                var io = Threads.virtual("io");
                var clients = new HttpClients("0.1.0-bench");
                var database = Database.open(folder.resolve("waxwing.db"), time)) {
            var secrets = new Named(file);
            Account account;
            try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0); var book = book(database, secrets, clients, time, io)) {
                account = book.signIn(book.probe(server.url()).join(), DemoServer.USER, DemoServer.PASSWORD).join();
            }
            List<Double> took = new ArrayList<>();
            for (int i = 0; i < TIMES; i++) {
                long from = System.nanoTime();
                var found = new FileSecrets(file);
                try (var book = book(database, found, clients, time, io)) {
                    boolean token = secrets.names.stream().allMatch(name -> found.find(name).isPresent());
                    if (!token || !book.signedIn(account.id())) throw new IllegalStateException("signed out");
                    if (book.server(account.id()).info().id().isEmpty()) throw new IllegalStateException("no server");
                    took.add((System.nanoTime() - from) / 1e6);
                }
            }
            double first = took.getFirst();
            took.sort(null);
            System.out.printf("%-66s p50 %.2f ms   p95 %.2f ms   the first %.1f ms%n", "session restored (50 ms)", took.get(TIMES / 2),
                    took.get(TIMES * 95 / 100), first);
        }
    }

    private static AccountBook book(Database database, Secrets secrets, HttpClients clients, SystemTime time,
            java.util.concurrent.Executor io) {
        return new AccountBook(database, secrets, clients, time, io, NetworkMonitor.NONE, PowerMonitor.NONE, SETTINGS);
    }

    @Test
    @DisplayName("1.2 what is written into the database in a minute of play and in a minute of rest")
    void written() throws Exception {
        System.out.println("load " + ProcessFigures.load());
        try (DemoServer server = DemoServer.start(DemoLibrary.bundled(), 0); var desk = new ProgramDesk(folder.resolve("data"))) {
            desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
            desk.run("sync", "--full");
            String album = desk.ids("albums").getFirst();
            desk.run("download", album);
            ProgramDesk.until("it is here", () -> desk.run("offline", "has", album).path("available").asBoolean());
            var meter = new WalMeter(folder.resolve("data/waxwing.db"));
            watch(meter, 10);
            print("at rest", meter, SECONDS);
            desk.run("repeat", "all");
            desk.run("play", album);
            ProgramDesk.until("it plays", () -> desk.run("status").path("state").asString().equals("playing"));
            watch(meter, 5);
            print("while kept music plays", meter, SECONDS);
            if (!desk.run("status").path("state").asString().equals("playing")) throw new IllegalStateException("it stopped");
            System.out.printf("  tracks are %s s long: a minute has several of their ends and starts%n",
                    desk.run("tracks", "--album", album).path("items").valueStream().map(t -> t.path("duration").asString()).toList());
        }
    }

    private static void print(String what, WalMeter meter, int seconds) throws Exception {
        long commits = meter.commits();
        long bytes = meter.bytes();
        watch(meter, seconds);
        System.out.printf("%-66s %.1f transactions, %,.0f bytes of the log a minute%n", "written " + what,
                (meter.commits() - commits) * 60.0 / seconds, (meter.bytes() - bytes) * 60.0 / seconds);
    }

    private static void watch(WalMeter meter, int seconds) throws Exception {
        for (int i = 0; i < seconds * 10; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
            meter.look();
        }
    }
}
