package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketTest {
    private static final long SECOND = 1_000_000_000L;

    /// Transfers that always have more to read: each takes so long for a read, then asks, then waits its turn.
    private static final class Simulation {
        final Bucket bucket;
        final List<long[]> passed = new ArrayList<>();
        final Map<Integer, Long> byRank = new HashMap<>();
        private final Random random;
        private final List<int[]> transfers = new ArrayList<>();
        private final Map<Integer, Bucket.Ticket> tickets = new HashMap<>();
        private final PriorityQueue<long[]> reads = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
        long now;

        Simulation(long rate, long seed) {
            bucket = new Bucket(rate, 0);
            random = new Random(seed);
        }

        /// @param readNanos how long one read of 8 KiB takes: the line's own speed
        Simulation transfer(int rank, int readNanos) {
            transfers.add(new int[]{rank, readNanos});
            reads.add(new long[]{now + readNanos, transfers.size() - 1});
            return this;
        }

        void stop(int transfer) {
            reads.removeIf(r -> r[1] == transfer);
            Bucket.Ticket ticket = tickets.remove(transfer);
            if (ticket != null) bucket.leave(ticket);
        }

        void until(long end) {
            while (true) {
                boolean passing = true;
                while (passing) {
                    passing = false;
                    for (var waiting : List.copyOf(tickets.entrySet())) {
                        if (!bucket.pass(waiting.getValue(), now)) continue;
                        tickets.remove(waiting.getKey());
                        int[] transfer = transfers.get(waiting.getKey());
                        passed.add(new long[]{now, waiting.getValue().bytes()});
                        byRank.merge(transfer[0], waiting.getValue().bytes(), Long::sum);
                        reads.add(new long[]{now + transfer[1], waiting.getKey()});
                        passing = true;
                    }
                }
                long next = reads.isEmpty() ? Long.MAX_VALUE : reads.peek()[0];
                for (Bucket.Ticket ticket : tickets.values())
                    next = Math.min(next, bucket.wait(ticket, now).map(w -> now + Math.max(1, w)).orElse(Long.MAX_VALUE));
                if (next > end) {
                    now = end;
                    return;
                }
                now = next;
                while (!reads.isEmpty() && reads.peek()[0] <= now) {
                    int transfer = (int) reads.poll()[1];
                    tickets.put(transfer, bucket.ask(transfers.get(transfer)[0], 1 + random.nextInt(8192)));
                }
            }
        }

        long bytes(long from, long to) {
            return passed.stream().filter(p -> p[0] >= from && p[0] < to).mapToLong(p -> p[1]).sum();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {64_000, 250_000, 1_000_000, 12_500_000, 200_000_000})
    @DisplayName("Limits: within 3 % of the bandwidth over any five seconds, whatever number of transfers and whichever reads (simulated time)")
    void accurate(long rate) {
        for (int transfers = 1; transfers <= 8; transfers += 3) {
            var simulation = new Simulation(rate, transfers);
            for (int i = 0; i < transfers; i++) simulation.transfer(1, 1000 + 700 * i);
            simulation.until(12 * SECOND);
            // From the second second on: what was saved up before the start is gone.
            for (long from = SECOND; from + 5 * SECOND <= 12 * SECOND; from += SECOND / 4) {
                double share = simulation.bytes(from, from + 5 * SECOND) / (5.0 * rate);
                assertThat(share).as("%d transfers at %d bytes/s from %d ms", transfers, rate, from / 1_000_000).isBetween(0.97, 1.03);
            }
        }
    }

    @Test
    @DisplayName("Limits: from the first byte on within 10 % over five seconds: the burst is a tenth of a second")
    void burst() {
        var simulation = new Simulation(1_000_000, 1).transfer(1, 1000);
        simulation.until(3 * SECOND);
        simulation.stop(0);
        simulation.until(20 * SECOND);
        simulation.transfer(1, 1000);
        simulation.until(26 * SECOND);
        assertThat(simulation.bytes(0, 3 * SECOND) / 3e6).isBetween(0.9, 1.1);
        assertThat(simulation.bytes(20 * SECOND, 25 * SECOND) / 5e6).isBetween(0.9, 1.1);
    }

    @Test
    @DisplayName("Limits: a change of the limit counts at once, both ways")
    void change() {
        var simulation = new Simulation(1_000_000, 1).transfer(1, 1000).transfer(1, 1000);
        simulation.until(6 * SECOND);
        simulation.bucket.rate(200_000, simulation.now);
        simulation.until(12 * SECOND);
        simulation.bucket.rate(4_000_000, simulation.now);
        simulation.until(18 * SECOND);
        assertThat(simulation.bytes(SECOND, 6 * SECOND) / 5e6).isBetween(0.97, 1.03);
        assertThat(simulation.bytes(7 * SECOND, 12 * SECOND) / 1e6).isBetween(0.97, 1.03);
        assertThat(simulation.bytes(13 * SECOND, 18 * SECOND) / 20e6).isBetween(0.97, 1.03);
    }

    @Test
    @DisplayName("Limits: classes share 4 : 2 : 1, and what one does not use goes to the others")
    void shares() {
        var simulation = new Simulation(1_000_000, 1).transfer(1, 1000).transfer(2, 1000).transfer(3, 1000);
        simulation.until(10 * SECOND);
        double all = simulation.bytes(0, 10 * SECOND);
        assertThat(simulation.byRank.getOrDefault(1, 0L) / all).isBetween(0.54, 0.60);
        assertThat(simulation.byRank.getOrDefault(2, 0L) / all).isBetween(0.26, 0.31);
        assertThat(simulation.byRank.getOrDefault(3, 0L) / all).isBetween(0.13, 0.16);

        // A slow line in the first class: it takes what it can, the rest is lent.
        var lent = new Simulation(1_000_000, 2).transfer(1, 50_000_000).transfer(3, 1000);
        lent.until(10 * SECOND);
        assertThat(lent.bytes(SECOND, 10 * SECOND) / 9e6).isBetween(0.97, 1.03);
        assertThat(lent.byRank.getOrDefault(3, 0L)).isGreaterThan(8_500_000);

        // A class that was alone for long has no debt to pay when another comes, and saved nothing up while it was away.
        var late = new Simulation(1_000_000, 3).transfer(3, 1000);
        late.until(5 * SECOND);
        late.transfer(1, 1000);
        late.byRank.clear();
        late.until(10 * SECOND);
        assertThat((double) late.byRank.getOrDefault(1, 0L) / (late.byRank.getOrDefault(1, 0L) + late.byRank.getOrDefault(3, 0L)))
                .isBetween(0.77, 0.83);
    }

    @Test
    @DisplayName("Limits: who gives up waiting blocks nobody")
    void leaves() {
        var bucket = new Bucket(1000, 0);
        Bucket.Ticket first = bucket.ask(1, 5000);
        assertThat(bucket.pass(first, 0)).isTrue();
        Bucket.Ticket second = bucket.ask(1, 10);
        Bucket.Ticket third = bucket.ask(1, 10);
        assertThat(bucket.pass(second, SECOND)).isFalse();
        assertThat(bucket.wait(second, SECOND)).contains(4 * SECOND);
        assertThat(bucket.wait(third, SECOND)).isEmpty();
        bucket.leave(second);
        assertThat(bucket.pass(third, 5 * SECOND - 1)).isFalse();
        assertThat(bucket.pass(third, 5 * SECOND)).isTrue();
    }
}
