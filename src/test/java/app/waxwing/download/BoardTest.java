package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BoardTest {
    /// Accounts 1 and 2 on servers of their own, 11 and 12 on one.
    private final Board board = new Board(account -> account > 10 ? "shared" : Long.toString(account));

    static Entry entry(long id, long account, int rank, int priority, boolean anyway, long place) {
        var label = new Entry.Label("T" + id, "", "", "", OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), Optional.empty(),
                OptionalLong.empty(), OptionalLong.empty());
        return new Entry(id, new ItemKey(account, "i" + id), label, "original", rank == 1 ? Origin.USER : Origin.QUEUE,
                new Turn(rank, priority, anyway, place), new DownloadState.Queued(0, 0, Optional.empty()), new Root(1), Optional.empty(),
                Optional.empty(), Entry.PartState.NOTHING, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// Starts and ends them one after the other.
    private List<Long> run(java.util.function.Predicate<Entry> mayRun) {
        List<Long> order = new ArrayList<>();
        for (Optional<Entry> next = board.next(lane -> true, mayRun, 0); next.isPresent(); next = board.next(lane -> true, mayRun, 0)) {
            board.served(next.get());
            board.forget(next.get().id());
            order.add(next.get().id());
        }
        return order;
    }

    @Test
    @DisplayName("2.21 what came beyond the window while it was being read is not forgotten: the lane is read again")
    void admittedWhileRead() {
        for (long id = 1; id <= 10; id++) board.put(entry(id, 1, 1, 0, false, id));
        board.mayBeMore();
        assertThat(board.beginLoad()).isPresent();
        Entry late = entry(99, 1, 1, 0, false, 99);
        board.mayBeMore();
        board.admit(late);
        assertThat(board.find(99)).as("beyond what is in memory").isEmpty();
        board.loaded(Map.of(Lane.of(late), List.of(entry(1, 1, 1, 0, false, 1), late)), Board.WINDOW);
        assertThat(board.beginLoad()).isPresent();
        board.loaded(Map.of(), Board.WINDOW);
        assertThat(board.beginLoad()).as("its lane").hasValueSatisfying(lanes -> assertThat(lanes).contains(Lane.of(late)));
        board.loaded(Map.of(Lane.of(late), List.of(late)), Board.WINDOW);
        assertThat(board.find(99)).isPresent();
    }

    @Test
    @DisplayName("2.21 class, then priority, then place; servers take turns where both are level")
    void turns() {
        for (long id = 1; id <= 6; id++) board.put(entry(id, 1, 1, 0, false, id));
        for (long id = 11; id <= 13; id++) board.put(entry(id, 2, 1, 0, false, 100 + id));
        board.put(entry(21, 1, 3, 9, false, 0));
        board.put(entry(31, 2, 1, 5, false, 500));
        assertThat(run(e -> true)).containsExactly(31L, 1L, 11L, 2L, 12L, 3L, 13L, 4L, 5L, 6L, 21L);
    }

    @Test
    @DisplayName("Fairness between servers: two accounts of one server and one of another get half of the turns each; the two share theirs")
    void accountsOfOneServer() {
        for (long id = 1; id <= 40; id++) {
            board.put(entry(id, 11, 1, 0, false, id));
            board.put(entry(100 + id, 12, 1, 0, false, 100 + id));
            board.put(entry(200 + id, 1, 1, 0, false, 200 + id));
        }
        List<Long> first = run(e -> true).subList(0, 60);
        assertThat(first.stream().filter(id -> id > 200)).as("the other server").hasSize(30);
        assertThat(first.stream().filter(id -> id <= 40)).as("one account").hasSize(15);
        assertThat(first.stream().filter(id -> id > 100 && id <= 140)).as("the other account there").hasSize(15);
        for (int i = 1; i < first.size(); i++) assertThat(first.get(i) > 200).as("in turn").isNotEqualTo(first.get(i - 1) > 200);
    }

    @Test
    @DisplayName("Fairness: an account of a server whose other account has been served for long begins with its turn")
    void aLateAccount() {
        for (long id = 1; id <= 20; id++) board.put(entry(id, 11, 1, 0, false, id));
        for (int i = 0; i < 5; i++) {
            Entry next = board.next(lane -> true, e -> true, 0).orElseThrow();
            board.served(next);
            board.forget(next.id());
        }
        board.put(entry(101, 12, 1, 0, false, 999));
        assertThat(run(e -> true)).startsWith(101L, 6L, 7L);
    }

    /// As it is started.
    private Entry start(Entry waiting) {
        Entry running = waiting.with(new DownloadState.Running(1, 0));
        board.put(running);
        board.served(running);
        return running;
    }

    private Entry startNext() {
        return start(board.next(lane -> true, e -> true, 0).orElseThrow());
    }

    @Test
    @DisplayName("Issue 3, fairness between servers: of three slots that a slow server took first the next free one goes to the other, and that one "
            + "stays with it for as long as the slow ones run; of level ones the free slot goes in turn")
    void aSlowServer() {
        for (long id = 1; id <= 9; id++) board.put(entry(id, 1, 1, 0, false, id));
        for (int i = 0; i < 3; i++) startNext();
        for (long id = 101; id <= 124; id++) board.put(entry(id, 2, 1, 0, false, id));
        board.forget(1);
        List<Long> order = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Entry fast = startNext();
            order.add(fast.id());
            board.forget(fast.id());
        }
        assertThat(order).as("while two of the slow server run").containsExactly(101L, 102L, 103L, 104L, 105L, 106L);
        startNext();
        board.forget(2);
        assertThat(startNext().id()).as("one of each runs: whose turn is longest ago").isEqualTo(4L);
        board.forget(3);
        board.forget(4);
        assertThat(startNext().id()).as("none of it runs").isEqualTo(5L);
        assertThat(startNext().id()).as("one of each runs").isEqualTo(108L);
    }

    @Test
    @DisplayName("Fairness: what runs of another class counts for nothing, and a better class or priority goes first however many of its server run")
    void countedByClass() {
        start(entry(1, 1, 3, 0, false, 1));
        start(entry(2, 2, 1, 0, false, 2));
        board.put(entry(3, 1, 1, 0, false, 300));
        board.put(entry(4, 2, 1, 0, false, 4));
        board.put(entry(5, 2, 1, 7, false, 500));
        assertThat(startNext().id()).isEqualTo(5L);
        assertThat(startNext().id()).isEqualTo(3L);
    }

    @Test
    @DisplayName("Fairness: two accounts of one server count together against another server, and share what is theirs by how many of each run")
    void sharedServers() {
        start(entry(1, 11, 1, 0, false, 1));
        start(entry(2, 12, 1, 0, false, 2));
        start(entry(3, 1, 1, 0, false, 3));
        board.put(entry(11, 11, 1, 0, false, 11));
        board.put(entry(12, 12, 1, 0, false, 12));
        board.put(entry(13, 1, 1, 0, false, 13));
        assertThat(startNext().id()).isEqualTo(13L);
        board.forget(2);
        board.forget(3);
        assertThat(startNext().id()).as("of the account of which none runs").isEqualTo(12L);
    }

    @Test
    @DisplayName("Fairness: a held account, and a held class of an account, keep nobody else waiting")
    void holds() {
        for (long id = 1; id <= 400; id++) board.put(entry(id, 1, 1, 0, false, id));
        board.put(entry(1001, 1, 3, 0, false, 1));
        board.put(entry(1002, 1, 1, 0, true, 999));
        board.put(entry(2001, 2, 1, 0, false, 5000));
        assertThat(run(e -> e.key().account() == 2)).containsExactly(2001L);
        assertThat(board.next(lane -> lane.rank() == 3, e -> true, 0).map(Entry::id)).contains(1001L);
        assertThat(run(e -> e.rank() == 3 || e.turn().anyway())).containsExactly(1002L, 1001L);
    }

    @Test
    @DisplayName("Fairness: 100,000 of one server queued first, and the other's 300 still come in turn; memory holds some hundred of each (seeded)")
    void windows() {
        Map<Long, Entry> store = new HashMap<>();
        for (long id = 1; id <= 100_000; id++) store.put(id, entry(id, 1, 1, 0, false, id));
        for (long id = 100_001; id <= 100_300; id++) store.put(id, entry(id, 2, 1, 0, false, id));
        board.mayBeMore();
        var random = new Random(7);
        List<Long> order = new ArrayList<>();
        while (order.size() < 2000) {
            board.beginLoad().ifPresent(lanes -> load(store, lanes));
            Entry next = board.next(lane -> true, e -> true, 0).orElseThrow();
            if (random.nextInt(50) == 0) {
                long id = 200_000 + order.size();
                store.put(id, entry(id, 1 + random.nextInt(2), 1, 0, false, id));
                board.admit(store.get(id));
            }
            board.served(next);
            board.forget(next.id());
            store.remove(next.id());
            order.add(next.id());
            assertThat(board.all()).hasSizeLessThanOrEqualTo(4 * Board.WINDOW);
        }
        List<Long> second = order.stream().filter(id -> id > 100_000 && id <= 100_300).toList();
        assertThat(second).hasSize(300).isSorted();
        assertThat(order.indexOf(100_300L)).isLessThan(700);
        assertThat(order.stream().filter(id -> id <= 100_000).toList()).isSorted();
    }

    private void load(Map<Long, Entry> store, Set<Lane> lanes) {
        Map<Lane, List<Entry>> rows = new HashMap<>();
        List<Lane> asked = lanes.isEmpty()
                ? java.util.stream.Stream.concat(Lane.of(1).stream(), Lane.of(2).stream()).toList()
                : List.copyOf(lanes);
        Map<Lane, List<Entry>> all = new HashMap<>();
        store.values().forEach(e -> all.computeIfAbsent(Lane.of(e), l -> new ArrayList<>()).add(e));
        for (Lane lane : asked) {
            rows.put(lane, all.getOrDefault(lane, List.of()).stream().sorted(Comparator.comparing(Entry::turn).thenComparing(Entry::id))
                    .limit(Board.WINDOW).toList());
        }
        board.loaded(rows, Board.WINDOW);
    }

    @Test
    @DisplayName("2.3 what waits for its next try lets others pass, and is next when its time has come")
    void retries() {
        board.put(entry(1, 1, 1, 0, false, 1));
        board.put(entry(2, 1, 1, 0, false, 2));
        board.retryAt(1, 1000, new Failure.Trouble("The connection broke", "reset"));
        assertThat(board.next(lane -> true, e -> true, 999).map(Entry::id)).contains(2L);
        assertThat(board.next(lane -> true, e -> true, 1000).map(Entry::id)).contains(1L);
        assertThat(board.nextRetry(999)).isEqualTo(1000);
        assertThat(board.nextRetry(1000)).as("its time has come: it wants a turn").isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("B.39 a connection was of use after 3 s or after 4 MB of its own, whatever comes first")
    void ofUse() throws IOException {
        Entry entry = entry(1, 1, 3, 0, false, 1);
        var part = new PartFile(1, entry.part());
        part.opened(new NoBytes(), 0);
        var transfers = new Transfers();
        transfers.add(entry, new Attempt() {
            @Override
            public PartFile part() {
                return part;
            }

            @Override
            public Entry entry() {
                return entry;
            }

            @Override
            public void stop() {
                throw new AssertionError("nobody said so");
            }

            @Override
            public void rank(int now) {
                throw new AssertionError("nobody said so");
            }
        }, 1000);
        long second = 1_000_000_000L;
        part.write(ByteBuffer.allocate(3_999_999));
        assertThat(transfers.wasOfUse(1, 1000 + 3 * second - 1)).isFalse();
        assertThat(transfers.wasOfUse(1, 1000 + 3 * second)).isTrue();
        part.write(ByteBuffer.allocate(1));
        assertThat(transfers.wasOfUse(1, 1001)).isTrue();
    }
}
