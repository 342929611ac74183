package app.waxwing.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The engine beside curl and aria2 against nginx on loopback, all in one run and one after the other. Files lie in memory where the system has a
/// place for that (`/dev/shm`), so that a shared disk says nothing about either side; `-Dwaxwing.bench.folder` names another. Prints; asserts
/// nothing about time.
class DownloadBench {
    private static final int ROUNDS = Integer.getInteger("waxwing.bench.rounds", 3);
    private static final int FILES = 200;
    private static final long GIB = 1L << 30;
    private Path folder = Path.of("");
    private final List<Double> waxwing = new ArrayList<>();
    private final List<Double> peer = new ArrayList<>();
    private final List<Double> waxwingCpu = new ArrayList<>();
    private final List<Double> peerCpu = new ArrayList<>();

    @BeforeEach
    void here() throws IOException {
        Assumptions.assumeTrue(
                Nginx.available() && Files.isExecutable(Path.of("/usr/bin/curl")) && Files.isExecutable(Path.of("/usr/bin/aria2c")),
                "Install the Debian packages nginx, curl and aria2 to compare the download engine with its peers.");
        Path memory = Path.of(System.getProperty("waxwing.bench.folder", "/dev/shm"));
        folder = Files.createTempDirectory(Files.isWritable(memory) ? memory : Path.of(System.getProperty("java.io.tmpdir")),
                "waxwing-bench");
        System.out.println("load " + ProcessFigures.load() + "; files in " + folder + "; " + version("curl", "--version") + "; "
                + version("aria2c", "--version") + "; " + version("nginx", "-v"));
    }

    @AfterEach
    void away() throws IOException {
        clear(folder);
        System.out.println("load " + ProcessFigures.load());
    }

    @Test
    @DisplayName("throughput and processor time beside curl and aria2")
    void throughput() throws Exception {
        try (var nginx = new Nginx(folder)) {
            nginx.file("big", GIB);
            nginx.file("piece", 8 << 20);
            nginx.file("slow", 64 << 20);
            AheadOfTime made = AheadOfTime.of(folder, nginx.url());
            Path list = folder.resolve("list.txt");
            for (String digest : List.of("digest", "plain")) {
                try (var engine = new Engine(folder.resolve("data-" + digest), nginx.url(), 5, digest, made.options(), made.classPath())) {
                    engine.say("start");
                    one(engine, nginx.url(), "warm", digest);
                    forget();
                    for (int i = 0; i < ROUNDS; i++) one(engine, nginx.url(), "r" + i, digest);
                    if (digest.equals("digest"))
                        print("1 GiB, ratio of throughput to curl (0.70 / 0.95)", ratio(peer, waxwing), "s", waxwing, peer);
                    print("CPU s per GiB, "
                            + (digest.equals("digest") ? "÷ curl && sha256sum (2.0 / 1.2)" : "no digest, ÷ curl (2.0 / 1.3)"),
                            ratio(waxwingCpu, peerCpu), "s", waxwingCpu, peerCpu);
                    if (digest.equals("plain")) continue;
                    aria(list, nginx.url());
                    many(engine, list, "warm");
                    forget();
                    for (int i = 0; i < ROUNDS; i++) many(engine, list, "r" + i);
                    print(FILES + " × 8 MiB at 5, throughput to aria2c -j5 (0.9 / 1.2)", ratio(peer, waxwing), "s", waxwing, peer);
                    print("  processor time of the same", ratio(waxwingCpu, peerCpu), "s", waxwingCpu, peerCpu);
                    try (var late = new LateServer(folder.resolve("files/piece"), 30)) {
                        engine.say("server " + late.url());
                        aria(list, late.url());
                        forget();
                        for (int i = 0; i < ROUNDS; i++) many(engine, list, "late" + i);
                        print("  with 30 ms to the first byte (0.9 / 1.0)", ratio(peer, waxwing), "s", waxwing, peer);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("a long queue: start, enqueue, heap, transactions")
    void queue() throws Exception {
        try (var nginx = new Nginx(folder)) {
            nginx.file("slow", 64 << 20);
            nginx.file("piece", 8 << 20);
            AheadOfTime made = AheadOfTime.of(folder, nginx.url());
            for (int rows : new int[]{10_000, 100_000}) {
                Path data = folder.resolve("queue-" + rows);
                try (var engine = new Engine(data, nginx.url(), 5, "digest")) {
                    engine.say("start");
                    double idle = engine.number("heap");
                    System.out.printf("%-66s %8.0f ms%n", "enqueue " + rows + " items (10,000: 1,000 ms)",
                            engine.number("enqueue slow " + rows));
                    engine.say("running 5");
                    System.out.printf("%-66s %8.1f MiB%n", "heap over idle, 5 transfers, " + rows + " rows (100,000: 48 / 16)",
                            engine.number("heap") - idle);
                    System.out.printf("%-66s %8.2f%n", "transactions a second, 5 transfers (2 / 1)", engine.number("transactions 10"));
                }
                List<Double> starts = new ArrayList<>();
                List<Double> again = new ArrayList<>();
                for (int i = 0; i < ROUNDS; i++) {
                    try (var engine = new Engine(data, nginx.url(), 5, "digest", made.options(), made.classPath())) {
                        starts.add(engine.number("start"));
                        for (int n = 0; n < 3; n++) again.add(engine.number("restart"));
                    }
                }
                System.out.printf("%-66s %8.0f ms%n",
                        "start with " + rows + " rows to the first request, new process, AOT cache (150 / 500)",
                        median(starts));
                System.out.printf("%-66s %8.0f ms%n", "  the same in a process that is warm", median(again));
                clear(data);
            }
        }
    }

    @Test
    @DisplayName("how long the FX thread is kept while 10,000 are enqueued")
    void stall() throws Exception {
        try (var nginx = new Nginx(folder)) {
            nginx.file("slow", 64 << 20);
            try (var engine = new Engine(folder.resolve("stall"), nginx.url(), 5, "digest")) {
                engine.say("start");
                two("enqueue 10,000 items in a new process, ms (1,000)", engine.say("enqueue slow 10000"));
                two("  10,000 more", engine.say("enqueue slowly 10000"));
                two("  longest wait of the FX thread, page open, while 10,000 more come, ms (own work)", engine.say("stall slower 10000"));
                two("  the same while all 30,000 get another reason to wait, ms (own work)", engine.say("reasons"));
            }
        }
    }

    @Test
    @DisplayName("how soon a wish is asked for and an order to stop obeyed")
    void latency() throws Exception {
        try (var nginx = new Nginx(folder)) {
            nginx.file("slow", 64 << 20);
            nginx.file("tiny", 10_000);
            nginx.file("piece", 8 << 20); // for the training
            AheadOfTime made = AheadOfTime.of(folder, nginx.url());
            try (var engine = new Engine(folder.resolve("data"), nginx.url(), 3, "digest", made.options(), made.classPath())) {
                engine.say("start");
                engine.say("latency 40");
                two("enqueue to request, ms p50 p95 (20 / 5)", engine.say("latency 100"));
                engine.say("stop pause 5");
                for (String how : List.of("pause", "cancel")) {
                    two(how + " to closed and saved, ms p50 p95 (200 / 50)", engine.say("stop " + how + " 20"));
                }
                two("a wish to what gives way for it closed and saved, ms p50 p95 (200 / 50)", engine.say("preempt 10"));
            }
        }
    }

    /// One file of 1 GiB by both sides.
    private void one(Engine engine, String url, String round, String digest) throws Exception {
        double before = engine.figures.cpu();
        waxwing.add(engine.number("fetch big-" + round + " 1"));
        waxwingCpu.add(engine.figures.cpu() - before);
        clear(engine.media());
        Path out = folder.resolve("curl.bin");
        String curl = "curl -s -o " + out + " " + url + "/Items/big-c/Download";
        peer.add(seconds(curl, peerCpu, digest.equals("digest") ? " && sha256sum " + out : ""));
        Files.delete(out);
    }

    private void many(Engine engine, Path list, String round) throws Exception {
        double before = engine.figures.cpu();
        waxwing.add(engine.number("fetch piece-" + round + " " + FILES));
        waxwingCpu.add(engine.figures.cpu() - before);
        clear(engine.media());
        Path out = Files.createDirectory(folder.resolve("aria"));
        peer.add(seconds("aria2c -q -j5 -x1 -s1 --file-allocation=none --no-conf -d " + out + " -i " + list, peerCpu, ""));
        clear(out);
    }

    private static void aria(Path list, String url) throws IOException {
        var text = new StringBuilder();
        for (int i = 0; i < FILES; i++)
            text.append(url).append("/Items/piece-a").append(i).append("/Download\n out=").append(i).append('\n');
        Files.writeString(list, text);
    }

    private void forget() {
        List.of(waxwing, peer, waxwingCpu, peerCpu).forEach(List::clear);
    }

    /// Wall time of the command; the processor time of it and of what comes after goes into the list.
    private static double seconds(String command, List<Double> cpu, String after) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-c",
                "TIMEFORMAT='%R %U %S'; time " + command + "; time { true " + after + " >/dev/null; }")
                .redirectErrorStream(true).start();
        List<double[]> times = new ArrayList<>();
        try (BufferedReader lines = shell.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.matches("[0-9.]+ [0-9.]+ [0-9.]+")) throw new IOException(command + ": " + line);
                times.add(Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray());
            }
        }
        if (shell.waitFor() != 0 || times.size() != 2) throw new IOException(command + " failed");
        cpu.add(times.get(0)[1] + times.get(0)[2] + times.get(1)[1] + times.get(1)[2]);
        return times.getFirst()[0];
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static double ratio(List<Double> above, List<Double> below) {
        return median(above) / median(below);
    }

    private static void print(String what, double ratio, String unit, List<Double> ours, List<Double> theirs) {
        System.out.printf(Locale.ROOT, "%-66s %8.2f   (ours %.2f %s, theirs %.2f)%n", what, ratio, median(ours), unit, median(theirs));
    }

    private static void two(String what, String answer) {
        System.out.printf("%-66s %s%n", what, answer);
    }

    private static String version(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var lines = process.inputReader()) {
            return String.valueOf(lines.readLine()).replaceAll("^(curl [0-9.]+).*", "$1");
        }
    }

    private static void clear(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.toString().contains(".waxwing")) delete(path);
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path) || empty(path)) Files.deleteIfExists(path);
    }

    private static boolean empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        }
    }

    /// The child started as the packaged program is: from jars, with a cache of classes made by one run before, in which the quick compiler alone is at
    /// work and not on what is hot for hours (`TrainStart`).
    private record AheadOfTime(List<String> options, String classPath) {
        static AheadOfTime of(Path folder, String url) throws IOException {
            List<String> jars = new ArrayList<>();
            for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                Path path = Path.of(entry).toAbsolutePath();
                jars.add(Files.isDirectory(path) ? jar(path, folder.resolve("classes-" + jars.size() + ".jar")) : path.toString());
            }
            String classPath = String.join(java.io.File.pathSeparator, jars);
            Path cache = folder.resolve("engine.aot");
            Path data = folder.resolve("training");
            try (var engine = new Engine(data, url, 5, "digest", List.of("-XX:AOTCacheOutput=" + cache, "-XX:TieredStopAtLevel=1",
                    "-XX:CompileCommand=quiet", "-XX:CompileCommand=exclude,sun.security.provider.*::*",
                    "-XX:CompileCommand=exclude,app.waxwing.download.*::*", "-XX:CompileCommand=exclude,okio.*::*"), classPath)) {
                engine.say("start");
                engine.say("fetch piece-training 40");
                engine.say("enqueue slow 600");
                engine.say("running 5");
                engine.say("restart");
            }
            clear(data);
            return new AheadOfTime(List.of("-XX:AOTCache=" + cache), classPath);
        }

        private static String jar(Path classes, Path jar) throws IOException {
            var tool = java.util.spi.ToolProvider.findFirst("jar").orElseThrow();
            if (tool.run(System.out, System.err, "--create", "--no-compress", "--file", jar.toString(), "-C", classes.toString(), ".") != 0)
                throw new IOException("no jar of " + classes);
            return jar.toString();
        }
    }

    /// The child and its answers.
    private static final class Engine implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final Path data;
        private final ProcessFigures figures;

        Engine(Path data, String url, int atOnce, String digest) throws IOException {
            this(data, url, atOnce, digest, List.of(), System.getProperty("java.class.path"));
        }

        Engine(Path data, String url, int atOnce, String digest, List<String> options, String classPath) throws IOException {
            this.data = data;
            List<String> command = new ArrayList<>(List.of(PackagedJava.java()));
            command.addAll(PackagedJava.OPTIONS);
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Dglass.platform=Headless", "-Dprism.order=sw"));
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, EngineChild.class.getName(), data.toString(), url, String.valueOf(atOnce), digest));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            answers = process.inputReader();
            figures = new ProcessFigures(process.pid());
            answer();
        }

        Path media() {
            return data.resolve("media");
        }

        String say(String command) throws IOException {
            process.outputWriter().write(command + "\n");
            process.outputWriter().flush();
            return answer();
        }

        double number(String command) throws IOException {
            return Double.parseDouble(say(command));
        }

        private String answer() throws IOException {
            String line = answers.readLine();
            if (line == null) throw new IOException("the engine ended");
            return line;
        }

        @Override
        public void close() throws IOException {
            process.outputWriter().close();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
