package app.waxwing.cache;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the smart cache decides (requirements 2.7–2.9). Pure.
final class Ahead {
    private Ahead() {}

    /// The next tracks in playing order, each once, without the one that plays.
    static List<ItemKey> next(PlayerState state, int count) {
        Optional<ItemKey> now = state.current().map(Track::key);
        Set<ItemKey> next = new LinkedHashSet<>();
        for (int index : state.upcoming()) {
            if (next.size() >= count) break;
            ItemKey key = state.queue().get(index).track().key();
            if (now.filter(key::equals).isEmpty()) next.add(key);
        }
        return List.copyOf(next);
    }

    /// The album of the newest play where that play makes its number of different tracks, heard within the window, reach the threshold just now: so an
    /// album is fetched once, and one track on repeat never brings it in (2.9).
    ///
    /// @param plays newest first
    /// @param albums of the tracks that are known
    static Optional<ItemKey> affine(List<Player.Played> plays, Map<ItemKey, ItemKey> albums, int threshold, Duration window, Instant now) {
        List<Player.Played> counted = counted(plays, window, now);
        if (counted.isEmpty()) return Optional.empty();
        ItemKey newest = counted.getFirst().key();
        ItemKey album = albums.get(newest);
        if (album == null) return Optional.empty();
        Set<ItemKey> before = new HashSet<>();
        for (Player.Played play : counted.subList(1, counted.size())) if (album.equals(albums.get(play.key()))) before.add(play.key());
        return !before.contains(newest) && before.size() + 1 == threshold ? Optional.of(album) : Optional.empty();
    }

    /// All albums of which so many different tracks were heard within the window.
    static Set<ItemKey> returnedTo(List<Player.Played> plays, Map<ItemKey, ItemKey> albums, int threshold, Duration window, Instant now) {
        Map<ItemKey, Set<ItemKey>> heard = new HashMap<>();
        for (Player.Played play : counted(plays, window, now)) {
            ItemKey album = albums.get(play.key());
            if (album != null) heard.computeIfAbsent(album, a -> new HashSet<>()).add(play.key());
        }
        heard.values().removeIf(tracks -> tracks.size() < threshold);
        return Set.copyOf(heard.keySet());
    }

    private static List<Player.Played> counted(List<Player.Played> plays, Duration window, Instant now) {
        return plays.stream().filter(Player.Played::counted).filter(p -> p.at().isAfter(now.minus(window))).toList();
    }
}
