package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Wave.Met;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.Stop;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/// The cases of disk, process, time and state, B.21 to B.44 but the kills, × seeds × places: what [FaultMatrixTest] is for the wire. The server stops at
/// the place until the case has happened, then its answer goes on or is cut, and some files have another version from then on. The oracle: each
/// download ends whole, its file equals one version that the server had, it spent no try that the case does not cost, and it was asked for no more
/// often than it must be.
class StateMatrixTest {
    private static final int BUFFER = Filling.BUFFER;
    @TempDir
    Path folder;

    /// What all seeds together brought.
    private static final class Found {
        int files;
        int completed;
        final List<String> wrong = new ArrayList<>();
    }

    static Map<String, State> states() {
        Map<String, State> all = new LinkedHashMap<>(DiskStates.all());
        all.putAll(ProcessStates.all());
        return all;
    }

    @Test
    @DisplayName("2.4 B.21–B.30 B.32–B.44: whatever happens to a download at whatever place, it ends whole and right, for no more tries and requests "
            + "than that costs")
    void nothingWrong(TestReporter reporter) throws Exception {
        var found = new Found();
        long first = System.nanoTime() % 1_000_000;
        for (int n = 0; n < TestScale.stateSeeds(); n++) seed(found, first + n);
        reporter.publishEntry(Map.of("first seed", String.valueOf(first), "seeds", String.valueOf(TestScale.stateSeeds()), "cases",
                String.valueOf(states().size()), "files", String.valueOf(found.files), "completed", String.valueOf(found.completed),
                "wrong",
                String.valueOf(found.wrong.size())));
        assertThat(found.wrong).isEmpty();
    }

    private static DownloadOptions options(long cache) {
        return new DownloadOptions(0, cache, Rig.FAST.retry(), Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(60), 1024,
                Duration.ofMillis(40));
    }

    private void seed(Found found, long seed) throws Exception {
        var sizes = new Random(seed);
        int size = BUFFER + 40_000 + sizes.nextInt(100_000);
        List<Integer> places = List.of(Stop.BEFORE_HEAD, 0, 1, 63, BUFFER - 1, BUFFER, BUFFER + 1, size - 1, size, sizes.nextInt(size));
        Path data = folder.resolve("seed" + seed);
        var disk = new BentDisk();
        var otherDisk = new BentDisk();
        // What is used, what comes and what comes beside it fit; one more does not.
        try (var server = new FaultServer();
                var rig = new Rig(data.resolve("large"), server, options(1L << 30), disk, r -> r, false).start();
                var small = new Rig(data.resolve("small"), server, options(size * 3L + size / 2), otherDisk, r -> r, false).start()) {
            int number = 0;
            for (var one : states().entrySet()) {
                State state = one.getValue();
                number++;
                var random = new Random(seed * 31L + number);
                List<Integer> mixed = new ArrayList<>(state.empty() ? places.subList(0, 2) : places);
                Collections.shuffle(mixed, random);
                for (int from = 0; from < mixed.size(); from += state.atOnce()) {
                    List<Integer> some = mixed.subList(from, Math.min(mixed.size(), from + state.atOnce()));
                    long account = one.getKey().startsWith("B.43") ? 1000L + 100 * number + from : 1;
                    var wave = new Wave(state.small() ? small : rig, state.small() ? otherDisk : disk, account,
                            one.getKey() + ", seed " + seed, "c" + number + "w" + from, random, state.empty() ? 0 : size, some,
                            state.cut());
                    play(found, state, wave);
                }
            }
            for (Rig each : List.of(rig, small)) {
                each.settled();
                assertThat(each.files()).as("seed %d: parts that are left", seed).noneMatch(f -> f.endsWith(".part"));
                assertThat(each.engine.verify(false).join()).as("seed %d", seed).matches(v -> v.missing().isEmpty() && v.damaged().isEmpty()
                        && v.unknown().isEmpty() && v.changed().isEmpty());
            }
        }
        KillTest.delete(data);
    }

    private static void play(Found found, State state, Wave wave) {
        wave.rig.limits.choose(wave.rig.limits.limits().atOnce(Limits.MOST_AT_ONCE));
        try {
            state.scene().play(wave);
            wave.whole();
        } catch (Exception | AssertionError e) {
            throw new AssertionError(wave.tracks + ": " + e.getMessage(), e);
        }
        for (Met t : wave.tracks) {
            found.files++;
            Optional<String> trouble = wave.trouble(t, state.requests());
            if (trouble.isEmpty()) found.completed++;
            else found.wrong.add(trouble.get());
        }
    }
}
