package app.waxwing.bench;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.library.SyncChild;
import app.waxwing.testing.JellyfinCalls;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first sync over HTTP: the demonstration server speaks Jellyfin in this process, the program's own client, sync and store work in another one, in
/// a Java as packaged. Prints the time, and by how much that process grew while pages came. Nothing is asserted about either.
class SyncBench {
    private static final int TRACKS = Integer.getInteger("waxwing.bench.tracks", 100_000);
    @TempDir
    Path folder;

    @Test
    @DisplayName("a full sync over HTTP: time, and how much memory it takes")
    void first() throws Exception {
        try (DemoServer server = DemoServer.start(DemoLibrary.synthetic(TRACKS, 7), 0);
                var calls = new JellyfinCalls(server.url(), "bench").login(DemoServer.USER, DemoServer.PASSWORD)) {
            System.out.printf("load %s; %s%n", ProcessFigures.load(), PackagedJava.said());
            for (String turn : List.of("first sync over HTTP", "the same, another process")) print(turn, server, calls);
        }
    }

    private void print(String turn, DemoServer server, JellyfinCalls calls) throws IOException, InterruptedException {
        Process child = PackagedJava.process(SyncChild.class, List.of(), folder.resolve(turn.hashCode() + ".db").toString(),
                server.url(), calls.userId(), calls.token()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var figures = new ProcessFigures(child.pid());
        double first = 0;
        double most = 0;
        double cpu = 0;
        long from = 0;
        String last = "";
        try (BufferedReader lines = child.inputReader()) {
            String line;
            for (line = lines.readLine(); line != null && !line.equals("complete"); line = lines.readLine()) {
                last = line;
                if (from == 0) {
                    from = System.nanoTime();
                    first = figures.rss();
                }
                most = Math.max(most, figures.rss());
                cpu = figures.cpu();
            }
            assertThat(line).as("its end, after «%s»", last).isEqualTo("complete");
        } finally {
            child.destroyForcibly().waitFor();
        }
        System.out.printf("%-46s %6.1f s from its first page (last «%s»), processor %.1f s; resident %.0f MB at first, %+.0f MB at most%n",
                turn + ", " + TRACKS + " tracks", (System.nanoTime() - from) / 1e9, last, cpu, first, most - first);
    }
}
