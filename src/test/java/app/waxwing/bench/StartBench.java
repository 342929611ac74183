package app.waxwing.bench;

import app.waxwing.base.AppPaths;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.SyncEngine;
import app.waxwing.store.Database;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestAccounts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real program in a process of its own on a screen of its own: when its window is there, when its picture is complete, and what it needs at
/// rest. Beside it, in the same run, a bare JavaFX window and `java -version`. Prints; asserts nothing about time.
class StartBench {
    private static final int RUNS = Integer.getInteger("waxwing.bench.runs", 5);
    private static final int REST = Integer.getInteger("waxwing.bench.rest", 10);
    private static final int PATIENCE = 3 * REST;
    /// Only turns whose name has this in it.
    private static final String ONLY = System.getProperty("waxwing.bench.only", "");
    /// Quick search opens; while it is open the same key does nothing more.
    private static final String KEY = "ctrl+k";
    /// Seconds without a change, after which a picture counts as at rest.
    private static final int QUIET = 4;
    /// Seconds for which the event loop is asked whether it answers.
    private static final int ASKED = 5;
    /// Points of the grid that an answer must have.
    private static final int FEW = 100;
    @TempDir
    Path folder;

    private static final class NoPicture extends IllegalStateException {
        private static final long serialVersionUID = 1;

        NoPicture(String why) {
            super(why);
        }
    }

    /// Seconds from the start of the process; memory in MB at rest; processor share in percent of one core.
    private record Seen(double mapped, double first, double most, double last, double cpu, double pss, double rss, double idle) {}

    /// A picture at rest and what becomes of it by the key: a card in the middle of the window, and all around it dimmed.
    private record Answer(int[] before, int[] after) {
        /// How much of the card is there now, by its ground: what is written on it comes in its own time.
        double card(int[] now) {
            int ground = ground();
            return part(now, i -> Screen.inTheMiddle(i) && after[i] == ground && before[i] != ground);
        }

        /// How much of all that changes is as it will be.
        double whole(int[] now) {
            return part(now, i -> after[i] != before[i]);
        }

        private double part(int[] now, IntPredicate counts) {
            int all = 0;
            int right = 0;
            for (int i = 0; i < after.length; i++) {
                if (!counts.test(i)) continue;
                all++;
                if (now[i] == after[i]) right++;
            }
            return all == 0 ? 0 : (double) right / all;
        }

        /// The colour that the middle has most of.
        private int ground() {
            Map<Integer, Integer> colours = new HashMap<>();
            for (int i = 0; i < after.length; i++) {
                if (after[i] != before[i] && Screen.inTheMiddle(i)) colours.merge(after[i], 1, Integer::sum);
            }
            return colours.entrySet().stream().filter(c -> c.getValue() >= FEW).max(Map.Entry.comparingByValue()).map(Map.Entry::getKey)
                    .orElseThrow(() -> new NoPicture("nothing is seen of " + KEY));
        }
    }

    /// Seconds from exec until the card of quick search is there, and until the page dimmed behind it is too.
    private record Answered(double card, double whole) {}

    @Test
    @DisplayName("start, picture, memory and idle with 0, 20,000 and 100,000 tracks")
    void start() throws Exception {
        Assumptions.assumeTrue(Screen.available(), "Install the Debian packages xvfb and x11-utils to measure the start of the window.");
        Path small = wanted("20,000 tracks") ? library("tracks-20000", 20_000) : folder;
        Path large = wanted("100,000 tracks") ? library("tracks-100000", 100_000) : folder;
        try (Screen screen = new Screen(Files.createDirectory(folder.resolve("screen")))) {
            System.out.printf("load %s; %s%n", ProcessFigures.load(), packaged() ? "target/waxwing/bin/waxwing" : "from target/classes");
            System.out
                    .println("java -version: " + median(times(() -> seconds(new ProcessBuilder(PackagedJava.java(), "-version")))) + " s");
            System.out.printf("%-18s %-22s %-22s %-22s %-22s %-18s %6s %6s %6s%n", "seconds", "window mapped", "first paint",
                    "90 % of picture",
                    "picture complete", "CPU to rest", "PSS", "RSS", "idle %");
            Map<String, Supplier<ProcessBuilder>> turns = new LinkedHashMap<>();
            turns.put("bare window", StartBench::bare);
            turns.put("no library", () -> program(folder.resolve("empty")));
            turns.put("20,000 tracks", () -> program(small));
            turns.put("100,000 tracks", () -> program(large));
            if (!Screen.keys()) System.out.println("Install the Debian package xdotool to measure when a key is answered.");
            if (!wanted("Strawberry")) {
                System.out.println("without Strawberry");
            } else if (Strawberry.available()) {
                turns.put("Strawberry, 20 k", Strawberry.with(folder.resolve("strawberry-20"), 20_000, screen)::program);
                turns.put("Strawberry, 100 k", Strawberry.with(folder.resolve("strawberry-100"), 100_000, screen)::program);
            } else {
                System.out.println("Install the Debian package strawberry to compare the start with it.");
            }
            turns.keySet().removeIf(name -> !wanted(name));
            Map<String, List<Seen>> all = new LinkedHashMap<>();
            Map<String, List<Answered>> answers = new LinkedHashMap<>();
            Map<String, List<Pings.Answers>> loops = new LinkedHashMap<>();
            for (int i = 0; i < RUNS; i++) {
                for (var turn : turns.entrySet()) {
                    try {
                        Seen seen = run(screen, turn.getValue().get());
                        all.computeIfAbsent(turn.getKey(), k -> new ArrayList<>()).add(seen);
                        loops.computeIfAbsent(turn.getKey(), k -> new ArrayList<>()).add(asked(screen, turn.getValue().get()));
                        if (Screen.keys() && turn.getKey().endsWith(" tracks"))
                            answers.computeIfAbsent(turn.getKey(), k -> new ArrayList<>()).add(answering(screen, turn.getValue()));
                    } catch (NoPicture e) {
                        if (!turn.getKey().startsWith("Strawberry")) throw e;
                        System.out.println(turn.getKey() + " is left out of round " + (i + 1) + ": " + e.getMessage());
                    }
                }
            }
            all.forEach(StartBench::print);
            System.out.println("Seconds from exec until the event loop answers (_NET_WM_PING, each 10 ms from the window on), "
                    + "and the longest that an answer took in the first " + ASKED + " s:");
            loops.forEach((name, list) -> {
                List<Pings.Answers> came = list.stream().filter(a -> a.first() > 0).toList();
                System.out.printf("%-18s %-22s %-22s%n", name,
                        came.isEmpty() ? "none" : spreadOf(came.stream().map(Pings.Answers::first).toList()),
                        came.isEmpty() ? "" : spreadOf(came.stream().map(Pings.Answers::silence).toList()));
            });
            System.out.println("Seconds from exec until the picture shows what a key did that is pressed each 20 ms from the window on ("
                    + KEY + "), and until the page is behind it too:");
            answers.forEach((name, list) -> System.out.printf("%-18s %-22s %-22s%n", name,
                    spreadOf(list.stream().map(Answered::card).toList()), spreadOf(list.stream().map(Answered::whole).toList())));
            System.out.println("load " + ProcessFigures.load());
        }
    }

    private Path library(String name, int tracks) throws Exception {
        Path data = folder.resolve(name);
        AppPaths paths = AppPaths.under(data);
        paths.create();
        try (var time = new SystemTime(); var io = Threads.virtual("io"); var database = Database.open(paths.database(), time)) {
            var accounts = new TestAccounts();
            long account = accounts.add(database, new FakeMediaServer("bench").fill(tracks), "ida").id();
            new SyncEngine(database, new LibraryChanges(time, io), accounts, io, time).sync(account, true).join();
        }
        return data;
    }

    private static boolean packaged() {
        return Files.isExecutable(Path.of("target/waxwing/bin/waxwing"));
    }

    private static ProcessBuilder program(Path data) {
        List<String> command = new ArrayList<>(packaged() ? List.of("target/waxwing/bin/waxwing") : plain("app.waxwing.app.Launcher"));
        command.addAll(List.of("--data-dir", data.toString()));
        return new ProcessBuilder(command);
    }

    private static ProcessBuilder bare() {
        return new ProcessBuilder(plain(BareWindow.class.getName()));
    }

    /// As packaging/bin/waxwing does it, over what Maven compiled.
    private static List<String> plain(String main) {
        String libraries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(p -> !p.contains("javafx") && !p.contains("openjfx")).reduce((a, b) -> a + File.pathSeparator + b).orElseThrow();
        List<String> command = new ArrayList<>(List.of(PackagedJava.java()));
        command.addAll(PackagedJava.OPTIONS);
        command.addAll(List.of("--enable-native-access=javafx.graphics,ALL-UNNAMED", "--module-path=target/javafx",
                "--add-modules=javafx.controls", "-cp", libraries, main));
        return command;
    }

    private static boolean wanted(String turn) {
        return turn.contains(ONLY);
    }

    /// Seconds from the start of the process until its picture shows what the key does. What that is is looked at first, in a process of its own at rest.
    private Answered answering(Screen screen, Supplier<ProcessBuilder> program) throws IOException, InterruptedException {
        int[] blank = screen.look();
        Process first = launch(screen, program.get());
        rest(screen, first, blank);
        int[] before = screen.look();
        screen.press(KEY, 1).waitFor(20, TimeUnit.SECONDS);
        rest(screen, first, before);
        var answer = new Answer(before, screen.look());
        end(first);
        try (Screen.Watch watch = screen.watch()) {
            TimeUnit.MILLISECONDS.sleep(1500);
            long start = System.nanoTime();
            Process process = launch(screen, program.get());
            while (watch.mapped().get() == 0 && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE))
                TimeUnit.MILLISECONDS.sleep(2);
            double card = 0;
            Process keys = screen.press(KEY, 500);
            try {
                while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE)) {
                    TimeUnit.MILLISECONDS.sleep(4);
                    int[] now = screen.look();
                    double at = (System.nanoTime() - start) / 1e9;
                    if (card == 0 && answer.card(now) >= 0.9) card = at;
                    if (card > 0 && answer.whole(now) >= 0.9) return new Answered(card, at);
                }
                throw new NoPicture("the key was not answered");
            } finally {
                end(keys);
                end(process);
            }
        }
    }

    /// The same start once more, and asked all the time whether it answers.
    private Pings.Answers asked(Screen screen, ProcessBuilder program) throws IOException, InterruptedException {
        try (var pings = new Pings(screen.display())) {
            TimeUnit.MILLISECONDS.sleep(1500);
            long start = System.nanoTime();
            Process process = launch(screen, program);
            try {
                return pings.ask(start, ASKED);
            } finally {
                end(process);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Until the picture is another one and has not changed for some seconds.
    private static void rest(Screen screen, Process process, int[] before) throws InterruptedException {
        int[] last = screen.look();
        long from = System.nanoTime();
        long quiet = from;
        while (System.nanoTime() - quiet < TimeUnit.SECONDS.toNanos(QUIET)
                && System.nanoTime() - from < TimeUnit.SECONDS.toNanos(PATIENCE)) {
            TimeUnit.MILLISECONDS.sleep(50);
            if (!process.isAlive()) throw new IllegalStateException("it ended by itself");
            int[] now = screen.look();
            if (!Arrays.equals(now, last) || Arrays.equals(now, before)) quiet = System.nanoTime();
            last = now;
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) process.destroyForcibly().waitFor();
    }

    private Process launch(Screen screen, ProcessBuilder program) throws IOException {
        program.environment().put("DISPLAY", screen.display());
        program.environment().put("NO_AT_BRIDGE", "1");
        program.environment().put("WAXWING_JAVA", PackagedJava.java());
        program.environment().remove("DBUS_SESSION_BUS_ADDRESS");
        program.environment().remove("WAYLAND_DISPLAY");
        return program.redirectErrorStream(true).redirectOutput(folder.resolve("output.txt").toFile()).start();
    }

    private Seen run(Screen screen, ProcessBuilder program) throws IOException, InterruptedException {
        try (Screen.Watch watch = screen.watch()) {
            TimeUnit.MILLISECONDS.sleep(1500);
            long start = System.nanoTime();
            Process process = launch(screen, program);
            var figures = new ProcessFigures(process.pid());
            List<Long> when = new ArrayList<>();
            List<int[]> pictures = new ArrayList<>(List.of(screen.look()));
            long quiet = start;
            double used = 0;
            // Some programs repaint for ever: they are at rest after a while.
            for (int n = 1; System.nanoTime() - quiet < TimeUnit.SECONDS.toNanos(REST)
                    && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(PATIENCE); n++) {
                TimeUnit.MILLISECONDS.sleep(5);
                if (!process.isAlive()) throw new IllegalStateException(Files.readString(folder.resolve("output.txt")));
                int[] now = screen.look();
                boolean same = Arrays.equals(now, pictures.getLast());
                if (!same) {
                    pictures.add(now);
                    when.add(System.nanoTime());
                }
                boolean works = n % 200 == 0 && figures.cpu() - used > 0.05;
                if (n % 200 == 0) used = figures.cpu();
                if (!same || works || when.isEmpty()) quiet = System.nanoTime();
            }
            if (when.isEmpty()) {
                process.destroyForcibly();
                throw new NoPicture("it showed nothing for " + PATIENCE + " s");
            }
            double cpu = figures.cpu();
            double pss = figures.pss();
            double rss = figures.rss();
            long idleFrom = System.nanoTime();
            TimeUnit.SECONDS.sleep(REST);
            double idle = (figures.cpu() - cpu) / ((System.nanoTime() - idleFrom) / 1e9) * 100;
            process.destroy();
            process.waitFor(20, TimeUnit.SECONDS);
            process.destroyForcibly();
            int[] end = pictures.getLast();
            double most = 0;
            double last = 0;
            for (int i = 0; i < when.size(); i++) {
                double at = (when.get(i) - start) / 1e9;
                if (most == 0 && same(pictures.get(i + 1), end, pictures.getFirst()) >= 0.9) most = at;
                if (last == 0 && same(pictures.get(i + 1), end, pictures.getFirst()) >= 0.995) last = at;
            }
            double first = (when.getFirst() - start) / 1e9;
            long mapped = watch.mapped().get();
            return new Seen(mapped == 0 ? first : (mapped - start) / 1e9, first, most, last, cpu, pss, rss, idle);
        }
    }

    /// How much of what will have changed in the end is as it will be.
    private static double same(int[] now, int[] end, int[] before) {
        int right = 0;
        int all = 0;
        for (int i = 0; i < end.length; i++) {
            if (end[i] == before[i]) continue;
            all++;
            if (now[i] == end[i]) right++;
        }
        return all == 0 ? 1 : (double) right / all;
    }

    private interface Measure {
        double take() throws Exception;
    }

    private static List<Double> times(Measure measure) throws Exception {
        List<Double> all = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) all.add(measure.take());
        return all;
    }

    private static double seconds(ProcessBuilder command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        command.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void print(String name, List<Seen> all) {
        System.out.printf("%-18s %-22s %-22s %-22s %-22s %-18s %6.0f %6.0f %6.2f%n", name, spread(all, Seen::mapped),
                spread(all, Seen::first), spread(all, Seen::most), spread(all, Seen::last), spread(all, Seen::cpu),
                all.stream().mapToDouble(Seen::pss).sorted().skip(all.size() / 2).findFirst().orElseThrow(),
                all.stream().mapToDouble(Seen::rss).sorted().skip(all.size() / 2).findFirst().orElseThrow(),
                all.stream().mapToDouble(Seen::idle).sorted().skip(all.size() / 2).findFirst().orElseThrow());
    }

    private static String spread(List<Seen> all, ToDoubleFunction<Seen> what) {
        return spreadOf(all.stream().map(what::applyAsDouble).toList());
    }

    private static String spreadOf(List<Double> values) {
        List<Double> list = values.stream().sorted().toList();
        return String.format(Locale.ROOT, "%s (%.2f-%.2f)", median(list), list.getFirst(), list.getLast());
    }

    private static String median(List<Double> values) {
        return String.format(Locale.ROOT, "%.2f", values.stream().sorted().toList().get(values.size() / 2));
    }
}
