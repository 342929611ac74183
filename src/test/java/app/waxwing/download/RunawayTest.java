package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.DOWNLOAD_TRAFFIC;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.SystemTime;
import app.waxwing.base.Time;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.EmptyDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jooq.DSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunawayTest {
    private static final ItemKey SONG = new ItemKey(1, "song");
    private static final ItemKey OTHER = new ItemKey(1, "other");
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private Database database;

    @BeforeEach
    void open() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        inside(sql -> sql.insertInto(ACCOUNT).set(ACCOUNT.ID, 1L).set(ACCOUNT.SERVER_ID, "server").set(ACCOUNT.USER_ID, "user")
                .set(ACCOUNT.KIND, "jellyfin").set(ACCOUNT.SERVER_NAME, "Test").set(ACCOUNT.USER_NAME, "u").set(ACCOUNT.URL, "http://t")
                .set(ACCOUNT.DEVICE_ID, "d").set(ACCOUNT.SIGNED_IN_AT, 0L).execute());
    }

    @AfterEach
    void close() {
        database.close();
        time.close();
    }

    private void inside(java.util.function.Consumer<DSLContext> work) {
        database.write(Durability.SOON, Lane.USER, sql -> {
            work.accept(sql);
            return 0;
        }).join();
    }

    private void fetched(ItemKey item, long bytes, long hour) {
        inside(sql -> TrafficRows.add(sql, item, bytes, hour));
    }

    private long counted(ItemKey item, long hour) {
        return database.readNow(sql -> TrafficRows.bytes(sql, item, hour));
    }

    private int rows() {
        return database.readNow(sql -> sql.fetchCount(DOWNLOAD_TRAFFIC));
    }

    @Test
    @DisplayName("Limits: what came within any 24 hours counts, wherever they begin; what is older goes from the table, and an hour is one row")
    void anyDay() {
        fetched(SONG, 100, 1000);
        fetched(SONG, 10, 1000);
        fetched(OTHER, 7, 1000);
        assertThat(rows()).isEqualTo(2);
        for (long hour = 1001; hour <= 1023; hour++) fetched(SONG, 1, hour);
        assertThat(counted(SONG, 1023)).isEqualTo(110 + 23);
        // A day that had begun with the first byte would begin anew here, and forget 23 hours.
        fetched(SONG, 1000, 1025);
        assertThat(counted(SONG, 1025)).isEqualTo(23 + 1000);
        assertThat(counted(SONG, 1048)).isEqualTo(1000);
        assertThat(counted(SONG, 1050)).isZero();
        fetched(SONG, 5, 1060);
        assertThat(counted(SONG, 1060)).isEqualTo(5);
        assertThat(counted(OTHER, 1024)).isEqualTo(7);
        assertThat(counted(OTHER, 1025)).isZero();
        assertThat(rows()).as("of each item nothing but what may count").isEqualTo(2);
        inside(sql -> TrafficRows.forgive(sql, SONG));
        assertThat(counted(SONG, 1060)).isZero();
    }

    @Test
    @DisplayName("B.34 Limits: bytes that an earlier run counted under a clock that was ahead count, and go a day after the next ones")
    void clockWasAhead() {
        fetched(SONG, 100, 5000);
        assertThat(counted(SONG, 1000)).isEqualTo(100);
        fetched(SONG, 1, 1000);
        assertThat(counted(SONG, 1024)).isEqualTo(101);
        assertThat(counted(SONG, 1025)).isZero();
    }

    /// Two clocks that go as the test says.
    private static final class Clocks implements Time {
        Instant wall = Instant.parse("2026-03-01T12:30:00Z");
        long nanos = 17;

        void pass(Duration time) {
            wall = wall.plus(time);
            nanos += time.toNanos();
        }

        @Override
        public Instant now() {
            return wall;
        }

        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public Subscription after(Duration delay, Runnable task) {
            throw new AssertionError("nothing waits here");
        }

        @Override
        public Subscription every(Duration period, Runnable task) {
            throw new AssertionError("nothing waits here");
        }
    }

    @Test
    @DisplayName("B.34 B.35 Limits: the guard's hours go on whatever the wall clock is set to, never go back, and count a sleep")
    void hours() {
        var clocks = new Clocks();
        var guard = new Runaway(clocks);
        long first = guard.hour();
        assertThat(first).isEqualTo(clocks.wall.toEpochMilli() / 3_600_000);
        clocks.pass(Duration.ofMinutes(31));
        assertThat(guard.hour()).isEqualTo(first + 1);
        clocks.wall = clocks.wall.minus(Duration.ofDays(400));
        assertThat(guard.hour()).as("set back").isEqualTo(first + 1);
        for (int tick = 0; tick < 3600; tick++) {
            clocks.pass(Duration.ofMillis(1000).plusNanos(999));
            assertThat(guard.hour()).isBetween(first + 1, first + 2);
        }
        assertThat(guard.hour()).as("an hour in small steps").isEqualTo(first + 2);
        clocks.wall = clocks.wall.plus(Duration.ofDays(400)).plus(Duration.ofHours(9));
        assertThat(guard.hour()).as("nine hours of sleep, in which the monotonic clock stood").isEqualTo(first + 11);
        clocks.wall = clocks.wall.minus(Duration.ofHours(9));
        assertThat(guard.hour()).isEqualTo(first + 11);
    }
}
