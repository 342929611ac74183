package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static Hours hours(String text) {
        return Hours.parse(text).orElseThrow();
    }

    private static Instant at(String local) {
        return ZonedDateTime.parse(local).toInstant();
    }

    @ParameterizedTest
    @CsvSource({"01:00-07:00, 00:59, false", "01:00-07:00, 01:00, true", "01:00-07:00, 06:59, true", "01:00-07:00, 07:00, false",
            "22:30-06:00, 22:29, false", "22:30-06:00, 22:30, true", "22:30-06:00, 00:00, true", "22:30-06:00, 05:59, true",
            "22:30-06:00, 06:00, false", "00:00-23:59, 23:59, false", "23:59-00:00, 23:59, true", "23:59-00:00, 00:00, false"})
    @DisplayName("Limits: hours by the clock on the wall, across midnight too")
    void open(String hours, String time, boolean open) {
        assertThat(hours(hours).open(at("2026-06-10T" + time + ":00+02:00[Europe/Berlin]"), BERLIN)).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource({
            // An ordinary day, before, inside, across midnight.
            "01:00-07:00, 2026-06-10T20:00+02:00[Europe/Berlin], 2026-06-11T01:00+02:00[Europe/Berlin]",
            "01:00-07:00, 2026-06-10T03:00+02:00[Europe/Berlin], 2026-06-10T07:00+02:00[Europe/Berlin]",
            "22:00-06:00, 2026-06-10T23:00+02:00[Europe/Berlin], 2026-06-11T06:00+02:00[Europe/Berlin]",
            // 29 March 2026: 02:00 becomes 03:00. Hours that begin in the gap begin when the clocks have jumped.
            "02:30-04:00, 2026-03-29T00:00+01:00[Europe/Berlin], 2026-03-29T03:00+02:00[Europe/Berlin]",
            "01:00-02:30, 2026-03-29T01:30+01:00[Europe/Berlin], 2026-03-29T03:00+02:00[Europe/Berlin]",
            // They lie wholly in the gap: not that day.
            "02:15-02:45, 2026-03-29T00:00+01:00[Europe/Berlin], 2026-03-30T02:15+02:00[Europe/Berlin]",
            // 25 October 2026: 03:00 becomes 02:00 again. What comes twice counts twice.
            "01:00-02:30, 2026-10-25T01:30+02:00[Europe/Berlin], 2026-10-25T02:30+02:00[Europe/Berlin]",
            "01:00-02:30, 2026-10-25T02:45+02:00[Europe/Berlin], 2026-10-25T02:00+01:00[Europe/Berlin]",
            "01:00-02:30, 2026-10-25T02:10+01:00[Europe/Berlin], 2026-10-25T02:30+01:00[Europe/Berlin]"})
    @DisplayName("Limits: hours begin and end at the right moment, on the days of the clock change too")
    void nextChange(String hours, String now, String next) {
        Instant change = hours(hours).nextChange(at(now), BERLIN);
        assertThat(change).isEqualTo(at(next));
    }

    @Test
    @DisplayName("Limits: from any minute of a year the next change is the first minute at which the answer differs, in four time zones (seeded)")
    void sequences() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")) {
            ZoneId id = ZoneId.of(zone);
            for (long seed = 0; seed < 60; seed++) {
                var random = new Random(seed);
                LocalTime from = LocalTime.of(random.nextInt(24), random.nextInt(60));
                LocalTime to = LocalTime.of(random.nextInt(24), random.nextInt(60));
                if (from.equals(to)) continue;
                var hours = new Hours(from, to);
                Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(random.nextInt(365 * 1440)));
                // Half of them close to a change of the clocks.
                var change = id.getRules().nextTransition(start);
                if (random.nextBoolean() && change != null) start = change.getInstant().minus(Duration.ofMinutes(random.nextInt(1440)));
                Instant expected = start.truncatedTo(java.time.temporal.ChronoUnit.MINUTES).plusSeconds(60);
                while (hours.open(expected, id) == hours.open(start, id)) expected = expected.plusSeconds(60);
                assertThat(hours.nextChange(start, id)).as("seed %d, %s, %s from %s", seed, hours.text(), zone, start).isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("Limits: hours as people write them; nonsense is none")
    void parse() {
        assertThat(hours("1:00 - 7:30")).isEqualTo(new Hours(LocalTime.of(1, 0), LocalTime.of(7, 30)));
        assertThat(hours("23:00–06:00").text()).isEqualTo("23:00-06:00");
        for (String wrong : List.of("", "1-7", "24:00-06:00", "01:60-02:00", "01:00", "01:00-01:00", "a:b-c:d")) {
            assertThat(Hours.parse(wrong)).as(wrong).isEmpty();
        }
        assertThatThrownBy(() -> new Hours(LocalTime.NOON, LocalTime.NOON)).isInstanceOf(IllegalArgumentException.class);
    }
}
