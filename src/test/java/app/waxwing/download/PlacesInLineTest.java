package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
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

    private static int[] waiting(List<QueueLine> lines) {
        return PlacesInLine.of(lines, at -> lines.get(at).status() == Status.PENDING);
    }

    /// @param queue in its order, the account of each; those before the bar run
    private static List<Integer> places(String queue) {
        String[] parts = queue.split("\\|", -1);
        List<QueueLine> lines = new ArrayList<>();
        for (char of : parts[0].toCharArray()) lines.add(line(lines.size(), of, 0, Status.DOWNLOADING));
        int first = lines.size();
        for (char of : parts[1].toCharArray()) lines.add(line(lines.size(), of, 0, Status.PENDING));
        return Arrays.stream(waiting(lines)).skip(first).boxed().toList();
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
        assertThat(waiting(lines)).containsExactly(1, 2, 4, 3, 0);
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
            List<Long> promised = List.of();
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
                    int[] places = waiting(lines);
                    promised = IntStream.range(0, places.length).filter(i -> places[i] > 0).boxed()
                            .sorted(Comparator.comparing(i -> places[i])).map(i -> lines.get(i).id()).toList();
                } else if (!promised.isEmpty()) {
                    begun.add(now.id());
                }
            }
            assertThat(begun).as("seed %s", seed).isEqualTo(promised);
        }
    }
}
