package app.waxwing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.testing.ui.SampleMusic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AheadTest {
    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
    private static final Duration WINDOW = Duration.ofDays(30);
    private final Map<ItemKey, ItemKey> albums = new HashMap<>();
    private final List<Player.Played> plays = new ArrayList<>();

    private Optional<ItemKey> played(String track, String album, Instant at, boolean counted) {
        var key = new ItemKey(1, track);
        albums.put(key, new ItemKey(1, album));
        plays.addFirst(new Player.Played(key, track, "", at, Duration.ofMinutes(3), counted));
        return Ahead.affine(plays, albums, 3, WINDOW, NOW);
    }

    @Test
    @DisplayName("2.9 two different tracks of an album bring nothing, the third brings the rest, once; one track on repeat never does")
    void third() {
        assertThat(played("a1", "a", NOW.minusSeconds(9000), true)).isEmpty();
        for (int i = 0; i < 5; i++) assertThat(played("a1", "a", NOW.minusSeconds(8000 - i), true)).isEmpty();
        assertThat(played("a2", "a", NOW.minusSeconds(7000), true)).isEmpty();
        assertThat(played("b1", "b", NOW.minusSeconds(6000), true)).isEmpty();
        assertThat(played("a3", "a", NOW.minusSeconds(5000), false)).as("not heard long enough to count").isEmpty();
        assertThat(played("a3", "a", NOW.minusSeconds(4000), true)).contains(new ItemKey(1, "a"));
        assertThat(played("a4", "a", NOW.minusSeconds(3000), true)).as("the album was brought in already").isEmpty();
        assertThat(played("a3", "a", NOW.minusSeconds(2000), true)).isEmpty();
    }

    @Test
    @DisplayName("2.9 what was heard before the window does not count, nor what the library does not know")
    void window() {
        assertThat(played("a1", "a", NOW.minus(Duration.ofDays(40)), true)).isEmpty();
        assertThat(played("a2", "a", NOW.minusSeconds(7000), true)).isEmpty();
        assertThat(played("a3", "a", NOW.minusSeconds(6000), true)).isEmpty();
        assertThat(played("a4", "a", NOW.minusSeconds(5000), true)).contains(new ItemKey(1, "a"));
        albums.clear();
        assertThat(Ahead.affine(plays, albums, 3, WINDOW, NOW)).isEmpty();
    }

    @Test
    @DisplayName("2.9 an album is come back to while so many different tracks of it were heard within the window")
    void returnedTo() {
        played("b1", "b", NOW.minus(Duration.ofDays(40)), true);
        played("a1", "a", NOW.minusSeconds(7000), true);
        played("b2", "b", NOW.minusSeconds(6500), true);
        played("a1", "a", NOW.minusSeconds(6000), true);
        played("a2", "a", NOW.minusSeconds(5500), true);
        played("b3", "b", NOW.minusSeconds(5000), true);
        played("a3", "a", NOW.minusSeconds(4500), false);
        assertThat(Ahead.returnedTo(plays, albums, 3, WINDOW, NOW)).isEmpty();
        played("a3", "a", NOW.minusSeconds(4000), true);
        assertThat(Ahead.returnedTo(plays, albums, 3, WINDOW, NOW)).containsExactly(new ItemKey(1, "a"));
        assertThat(Ahead.returnedTo(plays, albums, 2, WINDOW, NOW)).containsExactlyInAnyOrder(new ItemKey(1, "a"), new ItemKey(1, "b"));
    }

    @Test
    @DisplayName("2.8 the next tracks in playing order, as many as asked for, each once and without the one that plays")
    void next() {
        List<Track> tracks = SampleMusic.of(6).tracks;
        List<PlayerState.Entry> queue = new ArrayList<>();
        for (int i = 0; i < 6; i++) queue.add(new PlayerState.Entry(i, tracks.get(i), false));
        queue.add(new PlayerState.Entry(6, tracks.get(5), true));
        var state = new PlayerState(PlayerState.Phase.PLAYING, queue, 2, List.of(5, 6, 2, 0, 4, 1, 3), 100, true, Player.Repeat.ALL,
                Optional.empty(), "", Optional.empty(), "");
        assertThat(Ahead.next(state, 3)).containsExactly(tracks.get(5).key(), tracks.get(0).key(), tracks.get(4).key());
        assertThat(Ahead.next(state, 0)).isEmpty();
        assertThat(Ahead.next(state, 50)).hasSize(5);
    }
}
