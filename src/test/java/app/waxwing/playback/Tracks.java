package app.waxwing.playback;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Tracks for tests.
final class Tracks {
    private Tracks() {}

    static Track track(String id) {
        return track(id, Optional.of(Duration.ofMinutes(3)));
    }

    static Track track(String id, Optional<Duration> duration) {
        return track(id, duration, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }

    static Track track(String id, Optional<Duration> duration, Optional<String> album, OptionalDouble gain, OptionalDouble albumGain) {
        return track(new ItemKey(1, id), duration, album, gain, albumGain);
    }

    static Track track(ItemKey key, Optional<Duration> duration, Optional<String> album, OptionalDouble gain, OptionalDouble albumGain) {
        return new Track(Math.abs(key.hashCode()), key, "Title " + key.id(), "Artist", List.of("Artist"), Optional.empty(), "Album",
                album, "Artist", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), List.of(), duration, Optional.of("wav"),
                OptionalLong.empty(), false, 0, Optional.empty(), gain, albumGain, false, Optional.empty(), Availability.REMOTE,
                Optional.empty(), OptionalLong.empty());
    }

    static List<Track> tracks(int count) {
        var tracks = new ArrayList<Track>(count);
        for (int i = 0; i < count; i++) tracks.add(track("t" + i));
        return tracks;
    }

    static List<Track> named(String... ids) {
        return Arrays.stream(ids).map(Tracks::track).toList();
    }
}
