package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("B.15 the floor: less than 1 KiB/s for 30 s, while others move")
class StallFloorTest {
    private static final long FLOOR = DownloadOptions.USUAL.floorBytes();
    private final AtomicLong all = new AtomicLong(7_000);
    private final StallFloor floor = new StallFloor(DownloadOptions.USUAL, 0, 500, all::get);

    private static long seconds(double n) {
        return (long) (n * Duration.ofSeconds(1).toNanos());
    }

    private void comes(long mine, long others) {
        all.addAndGet(mine + others);
    }

    @Test
    void nothing_is_decided_before_the_time_is_over() throws IOException {
        comes(1, FLOOR * 100);
        floor.check(seconds(30), 501);
        assertThatThrownBy(() -> floor.check(seconds(30.1), 501)).isInstanceOf(IOException.class).hasMessageContaining("almost nothing");
    }

    @Test
    void where_nothing_else_moves_a_slow_line_is_borne() throws IOException {
        comes(FLOOR - 1, FLOOR - 1);
        floor.check(seconds(31), 500 + FLOOR - 1);
        comes(1, FLOOR);
        floor.check(seconds(61), 500 + FLOOR);
        assertThatThrownBy(() -> floor.check(seconds(61.1), 500 + FLOOR)).isInstanceOf(IOException.class);
    }

    @Test
    void one_that_keeps_up_stays_and_each_time_counts_anew() throws IOException {
        for (int window = 1; window <= 5; window++) {
            comes(FLOOR, FLOOR * 50);
            floor.check(seconds(31 * window), 500 + FLOOR * window);
        }
        assertThat(all).hasPositiveValue();
    }

    @Test
    void what_our_own_limit_held_back_is_no_silence() throws IOException {
        floor.waited(seconds(100));
        comes(0, FLOOR * 50);
        floor.check(seconds(130), 500);
        assertThatThrownBy(() -> floor.check(seconds(130.1), 500)).isInstanceOf(IOException.class);
    }
}
