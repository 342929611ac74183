package app.waxwing.store;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.testing.ChildJvm;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseKillTest {
    @TempDir
    Path folder;

    private Process child(Path file, Path out) throws IOException {
        return ChildJvm.builder(KillChild.class.getName(), List.of(), List.of(file.toString())).redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    @Test
    @DisplayName("4.10 killed in the middle of writing, again and again: the file is sound, transactions are there whole or not at all, and what was said to be kept is")
    void killed() throws Exception {
        Path file = folder.resolve("waxwing.db");
        long seed = System.nanoTime();
        var random = new Random(seed);
        Process next = child(file, folder.resolve("said 1")); // it starts while the one before is looked at
        for (int kill = 1; kill <= TestScale.databaseKills(); kill++) {
            String run = "seed " + seed + ", kill " + kill;
            Process child = next;
            next = child(file, folder.resolve("said " + (kill + 1)));
            long said = killedAfter(child, folder.resolve("said " + kill), 1 + random.nextInt(20), random.nextInt(4_000_000));
            try (var time = new SystemTime(); var database = Database.open(file, time)) {
                assertThat(database.recovered()).as(run).isEmpty();
                assertThat(database.integrityCheck().join()).as(run).isEmpty();
                List<Integer> broken = database.readNow(sql -> sql
                        .fetch("SELECT value FROM counter WHERE name LIKE 'group %' GROUP BY value HAVING count(*) <> " + KillChild.ROWS)
                        .getValues(0, Integer.class));
                assertThat(broken).as("%s: groups in part", run).isEmpty();
                long newest = database
                        .readNow(sql -> sql.fetchSingle("SELECT coalesce(max(value), 0) FROM counter WHERE name LIKE 'group %'")
                                .get(0, Integer.class).longValue());
                assertThat(newest).as("%s: what was said to be kept", run).isGreaterThanOrEqualTo(said);
            }
        }
        next.destroyForcibly().waitFor();
    }

    /// Kills it when it has said so many groups, and so many nanoseconds later; the last group that it said.
    private static long killedAfter(Process child, Path out, int groups, long nanos) throws Exception {
        try {
            child.getOutputStream().write(1);
            child.getOutputStream().flush();
            long patience = System.nanoTime() + 60_000_000_000L;
            while (lines(out).size() <= groups) {
                assertThat(child.isAlive() && System.nanoTime() < patience).as("it writes").isTrue();
                TimeUnit.MILLISECONDS.sleep(2);
            }
            long until = System.nanoTime() + nanos;
            while (System.nanoTime() < until) Thread.onSpinWait();
        } finally {
            child.destroyForcibly().waitFor();
        }
        return Long.parseLong(lines(out).getLast());
    }

    /// A line that was cut off by the kill says nothing.
    private static List<String> lines(Path out) throws IOException {
        String text = Files.readString(out);
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }
}
