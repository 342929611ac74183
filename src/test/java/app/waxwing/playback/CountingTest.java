package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.playback.PlaybackOptions.Loudness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountingTest {
    @ParameterizedTest(name = "a track of {0} s counts at {1} s and is told at {2} s")
    @CsvSource({"6,3,3", "10,5,5", "20,10,5", "180,90,5", "479,239.5,5", "480,240,5", "3600,240,5", "0,240,5"})
    void aPlayCountsAtHalfOrAtFourMinutes(double seconds, double point, double told) {
        Optional<Duration> duration = Optional.of(Duration.ofMillis((long) (seconds * 1000)));
        assertThat(Counting.point(duration)).isEqualTo(Duration.ofMillis((long) (point * 1000)));
        assertThat(Counting.tellPoint(duration)).isEqualTo(Duration.ofMillis((long) (told * 1000)));
        assertThat(Counting.point(Optional.empty())).isEqualTo(Duration.ofSeconds(240));
    }

    @Test
    @DisplayName("The same track within 30 s counts once (4.7)")
    void theSameTrackWithinThirtySecondsCountsOnce() {
        var counting = new Counting();
        var a = new ItemKey(1, "a");
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(counting.again(a, start)).isFalse();
        counting.counted(a, start);
        assertThat(counting.again(a, start.plusSeconds(29))).isTrue();
        assertThat(counting.again(a, start.plusSeconds(30).minusNanos(1))).isTrue();
        assertThat(counting.again(a, start.plusSeconds(30))).as("from 30 s on it is another play").isFalse();
        assertThat(counting.again(a, start.plusSeconds(31))).isFalse();
        assertThat(counting.again(new ItemKey(2, "a"), start.plusSeconds(1))).as("another account").isFalse();
        counting.counted(new ItemKey(1, "b"), start.plusSeconds(1));
        assertThat(counting.again(a, start.plusSeconds(2))).isTrue();
    }

    @Test
    void onlyWhatWasPassedByPlayingIsHeard() {
        var meter = new HeardMeter(Duration.ofSeconds(10));
        meter.reached(Duration.ofSeconds(14));
        meter.jumped(Duration.ofSeconds(100));
        meter.reached(Duration.ofSeconds(101));
        meter.jumped(Duration.ofSeconds(2));
        meter.reached(Duration.ofSeconds(1));
        meter.reached(Duration.ofSeconds(3));
        assertThat(meter.heard()).isEqualTo(Duration.ofSeconds(6));
        assertThat(meter.position()).isEqualTo(Duration.ofSeconds(3));
    }

    private static PlayQueue queue(String... albums) {
        return PlayQueue.EMPTY.replace(
                java.util.stream.IntStream.range(0, albums.length).mapToObj(i -> Tracks.track("t" + i, Optional.empty(),
                        Optional.of(albums[i]).filter(a -> !a.isEmpty()), OptionalDouble.of(-3), OptionalDouble.of(-8))).toList(),
                0, "", 1);
    }

    private static void gain(double factor, double db) {
        assertThat(20 * Math.log10(factor)).isCloseTo(db, Offset.offset(1e-9));
    }

    @Test
    void tracksOfOneAlbumInARowKeepTheirDifferencesAndOthersGoByThemselves() {
        PlayQueue queue = queue("x", "x", "y", "", "");
        gain(Gain.factor(queue, 0, Loudness.ALBUM), -8);
        gain(Gain.factor(queue, 1, Loudness.ALBUM), -8);
        gain(Gain.factor(queue, 2, Loudness.ALBUM), -3);
        gain(Gain.factor(queue, 3, Loudness.ALBUM), -3);
        gain(Gain.factor(queue, 0, Loudness.TRACK), -3);
        assertThat(Gain.factor(queue, 0, Loudness.OFF)).isEqualTo(1);
    }

    @Test
    void gainIsNeutralWhenUnknownAndWithinBounds() {
        PlayQueue queue = PlayQueue.EMPTY.replace(List.of(Tracks.track("none"), with(40), with(-90), with(Double.NaN)), 0, "", 1);
        assertThat(Gain.factor(queue, 0, Loudness.ALBUM)).isEqualTo(1);
        gain(Gain.factor(queue, 1, Loudness.TRACK), 6);
        gain(Gain.factor(queue, 2, Loudness.TRACK), -24);
        assertThat(Gain.factor(queue, 3, Loudness.TRACK)).isEqualTo(1);
    }

    private static app.waxwing.library.Track with(double db) {
        return Tracks.track("g" + db, Optional.empty(), Optional.empty(), OptionalDouble.of(db), OptionalDouble.empty());
    }
}
