package app.waxwing.library;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows a track again that got a new id because its file was moved or renamed on the server: a pure function over what vanished and what is new.
/// The length must not speak against it; then the MusicBrainz id decides, or the tail of the path with title or length, or all tags with the
/// length. What fits two equally well fits none: a wrong match would play another song from a kept file.
final class MovedTracks {
    private static final long SAME_LENGTH_MS = 2_000;

    /// What of a track helps to know it again.
    record Face(long row, String id, String title, String artist, String album, @Nullable Long number, @Nullable Long durationMs,
            @Nullable String path, @Nullable String musicBrainz) {}

    /// One track under its old and its new id.
    record Pair(Face old, Face now) {}

    private MovedTracks() {}

    static List<Pair> match(List<Face> vanished, List<Face> fresh) {
        Map<String, List<Face>> index = new HashMap<>();
        for (Face face : fresh) for (String key : keys(face)) index.computeIfAbsent(key, k -> new ArrayList<>()).add(face);
        Map<Face, Face> best = new LinkedHashMap<>();
        Map<Face, Integer> claims = new HashMap<>();
        for (Face old : vanished) {
            Set<Face> near = new LinkedHashSet<>();
            for (String key : keys(old)) near.addAll(index.getOrDefault(key, List.of()));
            int most = 0;
            List<Face> winners = new ArrayList<>();
            for (Face now : near) {
                int likeness = likeness(old, now);
                if (likeness > most) winners.clear();
                if (likeness > 0 && likeness >= most) winners.add(now);
                most = Math.max(most, likeness);
            }
            for (Face winner : winners) claims.merge(winner, 1, Integer::sum);
            if (winners.size() == 1) best.put(old, winners.getFirst());
        }
        List<Pair> pairs = new ArrayList<>();
        best.forEach((old, now) -> {
            if (claims.getOrDefault(now, 0) == 1) pairs.add(new Pair(old, now));
        });
        return pairs;
    }

    /// The rows of those that may be one of the old ones under a new id, whether these vanished or not.
    static Set<Long> alike(List<Face> olds, List<Face> fresh) {
        Map<String, List<Face>> index = new HashMap<>();
        for (Face face : olds) for (String key : keys(face)) index.computeIfAbsent(key, k -> new ArrayList<>()).add(face);
        Set<Long> alike = new LinkedHashSet<>();
        for (Face now : fresh) {
            if (keys(now).stream().flatMap(key -> index.getOrDefault(key, List.of()).stream())
                    .anyMatch(old -> old.row() != now.row() && likeness(old, now) > 0))
                alike.add(now.row());
        }
        return alike;
    }

    /// 0: not the same.
    static int likeness(Face old, Face now) {
        Optional<Boolean> lengths = lengths(old.durationMs, now.durationMs);
        Optional<Boolean> ids = ids(old.musicBrainz, now.musicBrainz);
        if (lengths.equals(Optional.of(false)) || ids.equals(Optional.of(false))) return 0;
        boolean length = lengths.isPresent();
        boolean id = ids.isPresent();
        boolean title = same(old.title, now.title);
        int tail = tail(old.path, now.path);
        boolean tags = title && same(old.artist, now.artist) && same(old.album, now.album)
                && (old.number == null || now.number == null || old.number.equals(now.number));
        boolean known = id || tail == 2 && (title || length) || tail == 1 && title && length || tags && length;
        return known ? (id ? 8 : 0) + tail * 2 + (tags ? 1 : 0) : 0;
    }

    /// Empty while one of the two is not known.
    private static Optional<Boolean> lengths(@Nullable Long old, @Nullable Long now) {
        return old == null || now == null ? Optional.empty() : Optional.of(Math.abs(old - now) <= SAME_LENGTH_MS);
    }

    private static Optional<Boolean> ids(@Nullable String old, @Nullable String now) {
        return old == null || now == null ? Optional.empty() : Optional.of(old.equalsIgnoreCase(now));
    }

    /// 2: file and folder are named the same, 1: only the file is.
    private static int tail(@Nullable String old, @Nullable String now) {
        if (old == null || now == null || !segment(old, 0).equals(segment(now, 0)) || segment(old, 0).isEmpty()) return 0;
        return !segment(old, 1).isEmpty() && segment(old, 1).equals(segment(now, 1)) ? 2 : 1;
    }

    private static String segment(String path, int fromEnd) {
        String[] parts = path.replace('\\', '/').split("/");
        return parts.length > fromEnd ? parts[parts.length - 1 - fromEnd] : "";
    }

    private static boolean same(String a, String b) {
        return !a.isBlank() && SearchText.plain(a).equals(SearchText.plain(b));
    }

    private static List<String> keys(Face face) {
        List<String> keys = new ArrayList<>();
        if (face.musicBrainz != null) keys.add("m" + face.musicBrainz.toLowerCase(java.util.Locale.ROOT));
        if (face.path != null) keys.add("f" + segment(face.path, 0));
        if (!face.title.isBlank()) keys.add("t" + SearchText.plain(face.title) + "\n" + SearchText.plain(face.artist));
        return keys;
    }
}
