package app.waxwing.library;

import app.waxwing.base.Time;
import app.waxwing.store.ActiveAccounts;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/// What search keeps in the heap for a while: what was played most, for the order of hits, and every word of the library, for slips of the finger.
/// Any thread; while one reads the others wait for it.
final class SearchMemory {
    private static final Duration PLAYED_FOR = Duration.ofSeconds(30);
    private static final Duration WORDS_FOR = Duration.ofSeconds(10);
    private static final int MOST_PLAYED = 400;
    private static final String PLAYED = """
            select track.id, track.title, track.artist_name, track.album_title, track.album_artist, track.genre, played.plays,
                   album.id, album.title, album.artist_name, artist.id, artist.name
            from (select account_id, item_id, play_count_shown as plays from user_data where kind = 'track' and play_count_shown > 0
                  and %s
                  order by play_count_shown desc limit ?) as played
            cross join track
            left join album on album.account_id = track.account_id and album.item_id = track.album_item_id
            left join track_artist on track_artist.account_id = track.account_id and track_artist.track_item_id = track.item_id
                  and track_artist.position = 0
            left join artist on artist.account_id = track.account_id and artist.item_id = track_artist.artist_item_id
            where track.account_id = played.account_id and track.item_id = played.item_id""".formatted(ActiveAccounts.own("account_id"));
    private static final String WHOSE = "SELECT id, (SELECT max(last_played_shown_at) FROM user_data WHERE kind = 'track' "
            + "AND last_played_shown_at IS NOT NULL) FROM account WHERE is_active = 1 ORDER BY id";
    private static final String NEWEST = "select id || word from search_word where id = (select max(id) from search_word)";
    private static final String WORDS = "select group_concat(word, ' ') from search_word";
    private final Time time;
    private final Object forPlayed = new Object();
    private final Object forWords = new Object();
    private @Nullable Kept<Played> played;
    private @Nullable Kept<List<String>> words;

    SearchMemory(Time time) {
        this.time = time;
    }

    /// @param version what it depends on, as it was then: the index, or whose plays are shown
    private record Kept<T>(T value, String version, long at) {}

    /// Words of one row by field, with a space before and behind.
    record Texts(String title, String artist, String album, String genre) {
        static Texts of(String title, String artist, String album, String genre) {
            return new Texts(spaced(title), spaced(artist), spaced(album), spaced(genre));
        }

        private static String spaced(String text) {
            return " " + Spellings.indexed(text) + " ";
        }
    }

    /// What a query looks for among such texts, made once for all of them.
    ///
    /// @param terms for each the ways to write it, as they stand in [Texts]
    record Asked(List<Map.Entry<SearchQuery.Field, List<String>>> terms) {
        Asked(SearchQuery query) {
            this(query.terms().stream().map(t -> Map.entry(t.field(),
                    t.ways().stream().map(words -> " " + words + (t.beginning() ? "" : " ")).toList())).toList());
        }

        boolean matches(Texts in) {
            for (var term : terms) {
                boolean found = false;
                for (String words : term.getValue()) {
                    found |= switch (term.getKey()) {
                        case ANY ->
                            in.title.contains(words) || in.artist.contains(words) || in.album.contains(words) || in.genre.contains(words);
                        case ARTIST -> in.artist.contains(words);
                        case ALBUM -> in.album.contains(words);
                        case GENRE -> in.genre.contains(words);
                    };
                }
                if (!found) return false;
            }
            return true;
        }
    }

    /// @param plays of the track, or of all tracks of the album or artist among those played most
    record Heard(Texts texts, long plays) {
        private Heard plus(Heard other) {
            return new Heard(texts, plays + other.plays);
        }
    }

    /// By row number.
    record Played(Map<Long, Heard> tracks, Map<Long, Heard> albums, Map<Long, Heard> artists) {}

    Played played(DSLContext sql) {
        String whose = whose(sql);
        synchronized (forPlayed) {
            Kept<Played> kept = played;
            if (kept != null && kept.version.equals(whose) && time.nanos() - kept.at < PLAYED_FOR.toNanos()) return kept.value;
            var now = mostPlayed(sql);
            played = new Kept<>(now, whose, time.nanos());
            return now;
        }
    }

    private static Played mostPlayed(DSLContext sql) {
        Map<Long, Heard> tracks = new HashMap<>();
        Map<Long, Heard> albums = new HashMap<>();
        Map<Long, Heard> artists = new HashMap<>();
        for (Record r : sql.resultQuery(PLAYED, MOST_PLAYED).fetch()) {
            long plays = r.get(6, Long.class);
            String artist = r.get(2, String.class);
            tracks.put(r.get(0, Long.class), new Heard(Texts.of(r.get(1, String.class), artist + " " + r.get(4, String.class),
                    r.get(3, String.class), r.get(5, String.class)), plays));
            if (r.get(7) != null) {
                albums.merge(r.get(7, Long.class),
                        new Heard(Texts.of(r.get(8, String.class), r.get(9, String.class), r.get(8, String.class), ""), plays),
                        Heard::plus);
            }
            if (r.get(10) != null) {
                String name = r.get(11, String.class);
                artists.merge(r.get(10, Long.class), new Heard(Texts.of(name, name, "", ""), plays), Heard::plus);
            }
        }
        return new Played(Map.copyOf(tracks), Map.copyOf(albums), Map.copyOf(artists));
    }

    /// The numbers of the active accounts, and when one of them played last: a play counts with the next search. Asked with every search, so in
    /// plain JDBC.
    private static String whose(DSLContext sql) {
        return Batch.run(sql, connection -> {
            var ids = new StringBuilder();
            try (var find = new Batch(connection, WHOSE)) {
                find.read(row -> ids.append(row.getLong(1)).append('@').append(row.getLong(2)).append(' '));
            }
            return ids.toString();
        });
    }

    /// Every word of four letters or more that names have or had of late. Read anew when there are new ones, looked for no more often than every ten
    /// seconds: a sync brings some all the time.
    private List<String> words(DSLContext sql) {
        synchronized (forWords) {
            Kept<List<String>> kept = words;
            if (kept != null && time.nanos() - kept.at < WORDS_FOR.toNanos()) return kept.value;
            String newest = text(sql, NEWEST);
            List<String> all = kept != null && kept.version.equals(newest) ? kept.value : List.of(text(sql, WORDS).split(" "));
            words = new Kept<>(all, newest, time.nanos());
            return all;
        }
    }

    private static String text(DSLContext sql, String query) {
        return sql.resultQuery(query).fetchOptional(0, String.class).orElse("");
    }

    /// For every word of the text that may be mistyped the words it may stand for, itself first.
    Map<SearchQuery.Term, List<String>> meant(DSLContext sql, SearchQuery query) {
        Map<SearchQuery.Term, List<String>> out = new HashMap<>();
        List<String> all = words(sql);
        for (SearchQuery.Term term : query.terms()) {
            if (term.words().indexOf(' ') >= 0) continue;
            // Of several words one may be mistyped and another stand in the middle of one.
            Set<String> meant = new LinkedHashSet<>(List.of(term.words()));
            meant.addAll(Typos.near(term.words(), all, term.beginning()));
            meant.addAll(Typos.shorter(term.words()));
            meant.addAll(Batch.run(sql, c -> MiddleWords.holding(c, term.words(), MiddleWords.ANY, 0, Typos.MOST)).words());
            if (meant.size() > 1) out.put(term, List.copyOf(meant));
        }
        return out;
    }
}
