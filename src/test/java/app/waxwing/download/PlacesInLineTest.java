package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlacesInLineTest {
    private static QueueLine line(long id, Status status, Entry entry) {
        return new QueueLine(id, entry.key().account(), status, entry.rank(), entry.priority(), entry.turn().place(), false, 0, Remedy.NONE,
                "");
    }

    private static QueueLine line(long id, long account, int priority, Status status) {
        return line(id, status, BoardTest.entry(id, account, 1, priority, false, id));
    }

    /// @param queue in its order, the account of each; those before the bar run
    private static List<Integer> places(String queue) {
        String[] parts = queue.split("\\|", -1);
        List<QueueLine> lines = new ArrayList<>();
        for (char of : parts[0].toCharArray()) lines.add(line(lines.size(), of, 0, Status.DOWNLOADING));
        int first = lines.size();
        for (char of : parts[1].toCharArray()) lines.add(line(lines.size(), of, 0, Status.PENDING));
        Map<Long, Integer> places = PlacesInLine.of(lines, d -> d.status() == Status.PENDING);
        return lines.stream().skip(first).map(d -> places.getOrDefault(d.id(), 0)).toList();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("Issue 3, fairness between servers: a row says when it comes, which with several servers is not where it stands")
    @CsvSource(textBlock = """
            aaa|aaaa,   1 2 3 4
            |aaaa,      1 2 3 4
            a|aaabb,    2 4 5 1 3
            aaa|aaabbb, 2 4 6 1 3 5
            ab|aabb,    1 3 2 4
            aab|abc,    2 3 1
            |aabb,      1 3 2 4
            """)
    void table(String queue, String places) {
        assertThat(places(queue)).isEqualTo(Arrays.stream(places.split(" ")).map(Integer::valueOf).toList());
    }

    @Test
    @DisplayName("priority goes first whatever the server; what waits for something else has no place")
    void levels() {
        List<QueueLine> lines = List.of(line(1, 'a', 5, Status.PENDING), line(2, 'a', 5, Status.PENDING), line(3, 'a', 0, Status.PENDING),
                line(4, 'b', 0, Status.PENDING), line(5, 'b', 0, Status.PAUSED));
        assertThat(PlacesInLine.of(lines, d -> d.status() == Status.PENDING)).containsOnly(Map.entry(1L, 1), Map.entry(2L, 2),
                Map.entry(4L, 3), Map.entry(3L, 4));
    }

    @Test
    @DisplayName("2.21 transfers that end in the order in which they began are followed by those that the rows promised, however many run (seeded)")
    void asPromised() {
        for (long seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var board = new Board(account -> Long.toString(account));
            List<Entry> waiting = new ArrayList<>();
            for (long id = 1; id <= 30; id++) {
                Entry entry = BoardTest.entry(id, 1 + random.nextInt(3), 1 + random.nextInt(2), random.nextInt(2), false,
                        random.nextInt(40));
                waiting.add(entry);
                board.put(entry);
            }
            List<Entry> running = new ArrayList<>();
            List<Long> begun = new ArrayList<>();
            int atOnce = 1 + random.nextInt(4);
            Map<Long, Integer> promised = Map.of();
            while (true) {
                if (running.size() == atOnce) board.forget(running.removeFirst().id());
                Optional<Entry> next = board.next(lane -> true, e -> true, 0);
                if (next.isEmpty()) break;
                Entry now = next.get().with(new DownloadState.Running(1, 0));
                board.put(now);
                board.served(now);
                running.add(now);
                waiting.removeIf(e -> e.id() == now.id());
                if (running.size() == atOnce && promised.isEmpty()) {
                    List<QueueLine> lines = new ArrayList<>(running.stream().map(e -> line(e.id(), Status.DOWNLOADING, e)).toList());
                    waiting.stream().sorted(Comparator.comparing(Entry::turn).thenComparing(Entry::id))
                            .forEach(e -> lines.add(line(e.id(), Status.PENDING, e)));
                    promised = PlacesInLine.of(lines, d -> d.status() == Status.PENDING);
                } else if (!promised.isEmpty()) {
                    begun.add(now.id());
                }
            }
            Map<Long, Integer> places = promised;
            assertThat(begun).as("seed %s", seed).isEqualTo(places.keySet().stream().sorted(Comparator.comparing(places::get)).toList());
        }
    }
}
