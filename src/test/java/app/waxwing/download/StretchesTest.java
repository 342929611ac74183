package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.testing.TestScale;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Stretches of a file")
class StretchesTest {
    private static final class Piece implements Stretches.Stretch {
        private final long start;
        private long end;

        Piece(long start, long end) {
            this.start = start;
            this.end = end;
        }

        @Override
        public long start() {
            return start;
        }

        @Override
        public long end() {
            return end;
        }
    }

    private static Stretches<Piece> some() {
        var some = new Stretches<Piece>();
        some.add(new Piece(300, 400));
        some.add(new Piece(100, 200));
        some.add(new Piece(200, 250));
        some.add(new Piece(500, 500));
        return some;
    }

    /// @param at where the one begins that has the byte, -1 none
    /// @param ending where the one begins that ends there
    /// @param next where the first behind it begins
    @ParameterizedTest
    @CsvSource({"99, -1, -1, 100", "100, 100, -1, 200", "199, 100, -1, 200", "200, 200, -1, 300", "249, 200, -1, 300", "250, -1, 200, 300",
            "299, -1, -1, 300", "300, 300, -1, 500", "400, -1, 300, 500", "499, -1, -1, 500", "500, -1, 500, -1", "501, -1, -1, -1"})
    @DisplayName("B.42 for each byte: which one has it, which one ends before it, which one comes next")
    void table(long position, long at, long ending, long next) {
        Stretches<Piece> some = some();
        assertThat(some.at(position).map(Piece::start).orElse(-1L)).isEqualTo(at);
        assertThat(some.endingAt(position).map(Piece::start).orElse(-1L)).isEqualTo(ending);
        assertThat(some.next(position, p -> true).orElse(-1)).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"100, 150", "50, 101", "150, 160", "399, 401", "250, 301", "500, 500", "500, 501", "420, 410"})
    @DisplayName("none may lie over another")
    void noOverlap(long start, long end) {
        assertThatThrownBy(() -> some().add(new Piece(start, end))).isInstanceOf(IllegalArgumentException.class);
        assertThat(some().size()).isEqualTo(4);
    }

    @Test
    @DisplayName("each may grow to the next one, the last to the end of the file; the shortest is found, and what is not there is not removed")
    void limits() {
        Stretches<Piece> some = some();
        assertThat(some.all().stream().map(p -> some.limit(p, 1000))).containsExactly(200L, 300L, 500L, 1000L);
        assertThat(some.shortest(p -> p.length() > 0).map(Piece::start)).contains(200L);
        some.remove(new Piece(100, 200));
        assertThat(some.size()).isEqualTo(4);
        some.remove(some.first().orElseThrow());
        assertThat(some.first().map(Piece::start)).contains(200L);
    }

    @RepeatedTest(5)
    @DisplayName("seeded: they say what a list of all bytes says")
    void seeded(RepetitionInfo info) {
        long seed = info.getCurrentRepetition();
        var random = new Random(seed);
        int total = 200;
        var stretches = new Stretches<Piece>();
        for (int step = 0; step < TestScale.of(400, 20_000); step++) {
            long[] owner = new long[total];
            Arrays.fill(owner, -1);
            for (Piece p : stretches.all()) for (long i = p.start; i < p.end; i++) {
                assertThat(owner[(int) i]).as("seed %d step %d", seed, step).isEqualTo(-1);
                owner[(int) i] = p.start;
            }
            int position = random.nextInt(total);
            assertThat(stretches.at(position).map(Piece::start).orElse(-1L)).as("seed %d step %d", seed, step).isEqualTo(owner[position]);
            OptionalLong next = stretches.all().stream().mapToLong(Piece::start).filter(s -> s > position).min();
            assertThat(stretches.next(position, p -> true)).as("seed %d step %d", seed, step).isEqualTo(next);
            switch (random.nextInt(3)) {
                case 0 -> {
                    boolean taken = stretches.all().stream().anyMatch(p -> p.start == position);
                    if (owner[position] < 0 && !taken) stretches.add(new Piece(position, position));
                }
                case 1 -> stretches.shortest(p -> random.nextBoolean())
                        .ifPresent(p -> p.end = Math.min(stretches.limit(p, total), p.end + random.nextInt(40)));
                default -> {
                    if (random.nextInt(4) == 0) stretches.at(position).ifPresent(stretches::remove);
                }
            }
        }
    }
}
