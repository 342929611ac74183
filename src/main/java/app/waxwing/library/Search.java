package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;

import app.waxwing.base.Time;
import app.waxwing.library.SearchQuery.Field;
import app.waxwing.store.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jooq.DSLContext;

/// Full-text search over the four kinds: tracks and playlists by one reader, beside it artists and albums by another. An index answers which rows match; of those
/// titles are read and put in order here ([SearchRank]). A group that whole words and beginnings leave room in is filled up with what stands in the
/// middle of words ([MiddleWords]); where fewer than five hits come in all and no group is full, slips of the finger are forgiven ([Typos]). What the user types reaches
/// SQLite as a value only, folded to letters and digits (requirement 4.14); statements are put together of constants.
final class Search {
    static final List<String> INDEXES = List.of("artist_fts", "album_fts", "track_fts", "playlist_fts");
    /// More matches than this are not worth ranking: the first letters of a word, «the».
    private static final int BROAD = 100;
    /// Fewer hits than this of all kinds together, and no group full: the user may have mistyped.
    private static final int FEW = 5;
    /// So many words at first are looked for in place of one that was typed; for a group of 20 they nearly always do. Then twice as many, up to the
    /// most: each word has a row, though it may be one that is not shown.
    private static final int MIDDLES = 32;
    private static final int MOST_MIDDLES = 256;
    /// A beginning of more words than these is looked for as it is: one letter or two.
    private static final int WHOLE = 24;
    private static final SearchHits NOTHING = new SearchHits(List.of(), List.of(), List.of(), List.of());
    private final Database database;
    private final SearchMemory memory;

    Search(Database database, Time time) {
        this.database = database;
        memory = new SearchMemory(time);
    }

    /// Words as they are, and what else they may mean.
    private record Wanted(SearchQuery query, Map<SearchQuery.Term, List<String>> meant) {}

    private record Dated(SearchKind kind, SearchQuery.Years years) {}

    private record Begun(int kinds, String text) {}

    CompletableFuture<SearchHits> search(String text, int limit, boolean playableOnly) {
        SearchQuery typed = SearchQuery.of(text);
        if (typed.isEmpty() || limit <= 0) return CompletableFuture.completedFuture(NOTHING);
        var wanted = new Wanted(playableOnly ? typed.playable() : typed, Map.of());
        return all(wanted, NOTHING, limit).thenCompose(hits -> {
            if (enough(hits, limit) || typed.terms().isEmpty()) return CompletableFuture.completedFuture(hits);
            return database.read(sql -> memory.meant(sql, typed))
                    .thenCompose(meant -> meant.isEmpty()
                            ? CompletableFuture.completedFuture(hits)
                            : all(new Wanted(wanted.query, meant), hits, limit));
        });
    }

    /// @param before hits that come first
    private CompletableFuture<SearchHits> all(Wanted wanted, SearchHits before, int limit) {
        // Each half takes about as long as the other.
        var lists = database.read(sql -> finder(sql).lists(wanted, before, limit));
        var names = database.read(sql -> finder(sql).names(wanted, before, limit));
        return lists.thenCombine(names, (one, other) -> new SearchHits(other.artists(), other.albums(), one.tracks(), one.playlists()));
    }

    private Finder finder(DSLContext sql) {
        return new Finder(sql, memory.played(sql));
    }

    /// Everything by one reader, in one moment.
    static SearchHits search(DSLContext sql, SearchMemory memory, String text, int limit, boolean playableOnly) {
        SearchQuery typed = SearchQuery.of(text);
        if (typed.isEmpty() || limit <= 0) return NOTHING;
        SearchQuery query = playableOnly ? typed.playable() : typed;
        var search = new Finder(sql, memory.played(sql));
        SearchHits hits = search.all(new Wanted(query, Map.of()), NOTHING, limit);
        return enough(hits, limit) ? hits : search.all(new Wanted(query, memory.meant(sql, typed)), hits, limit);
    }

    /// Slips of the finger need not be looked for.
    private static boolean enough(SearchHits hits, int limit) {
        List<Integer> groups = List.of(hits.artists().size(), hits.albums().size(), hits.tracks().size(), hits.playlists().size());
        return groups.stream().mapToInt(n -> n).sum() >= FEW || groups.stream().anyMatch(n -> n >= limit);
    }

    /// One reader's work.
    ///
    /// @param played what the user plays most, asked for once
    /// @param few whether few rows are of the years asked for, counted once
    /// @param begun the words of any kind or of one that a text begins, asked for once
    /// @param held words of any kind that hold a text in their middle, the first of them, asked for once
    private record Finder(DSLContext sql, SearchMemory.Played played, Map<Dated, Boolean> few,
            Map<Begun, Optional<MiddleWords.Found>> begun,
            Map<String, MiddleWords.Found> held) {
        Finder(DSLContext sql, SearchMemory.Played played) {
            this(sql, played, new HashMap<>(), new HashMap<>(), new HashMap<>());
        }

        SearchHits all(Wanted wanted, SearchHits before, int limit) {
            SearchHits one = lists(wanted, before, limit);
            SearchHits other = names(wanted, before, limit);
            return new SearchHits(other.artists(), other.albums(), one.tracks(), one.playlists());
        }

        /// Tracks and playlists.
        SearchHits lists(Wanted wanted, SearchHits before, int limit) {
            return new SearchHits(List.of(), List.of(), tracks(wanted, before, limit), playlists(wanted, before, limit));
        }

        /// Artists and albums.
        SearchHits names(Wanted wanted, SearchHits before, int limit) {
            return new SearchHits(artists(wanted, before, limit), albums(wanted, before, limit), List.of(), List.of());
        }

        List<Artist> artists(Wanted wanted, SearchHits before, int limit) {
            return ArtistTable.byRow(sql, rows(SearchKind.ARTIST, wanted, before.artists().stream().mapToLong(Artist::row), limit));
        }

        List<Album> albums(Wanted wanted, SearchHits before, int limit) {
            return AlbumTable.byRow(sql, rows(SearchKind.ALBUM, wanted, before.albums().stream().mapToLong(Album::row), limit));
        }

        List<Track> tracks(Wanted wanted, SearchHits before, int limit) {
            return TrackTable.byRow(sql, rows(SearchKind.TRACK, wanted, before.tracks().stream().mapToLong(Track::row), limit));
        }

        List<Playlist> playlists(Wanted wanted, SearchHits before, int limit) {
            long[] rows = rows(SearchKind.PLAYLIST, wanted, before.playlists().stream().mapToLong(Playlist::row), limit);
            return rows.length == 0 ? List.of() : PlaylistTable.byRow(sql, LongStream.of(rows).boxed().toList());
        }

        /// The best rows. Where words as they stand find too few, every word may be a beginning, then the middle of a word, and a year's number may
        /// be the year.
        private long[] rows(SearchKind kind, Wanted wanted, LongStream before, int limit) {
            SearchQuery query = wanted.query;
            if (!kind.knows(query)) return before.toArray();
            Map<Long, SearchRank> hits = new LinkedHashMap<>();
            find(hits, kind, wanted, limit);
            List<Long> sorted = new ArrayList<>();
            addNew(sorted, hits);
            // Who looks for slips of the finger has done all this.
            if (sorted.size() < limit && wanted.meant.isEmpty()) {
                SearchQuery loose = query.loose();
                if (query.terms().size() > 1 && !loose.equals(query)) {
                    find(hits, kind, new Wanted(loose, Map.of()), limit);
                    addNew(sorted, hits);
                }
                if (sorted.size() < limit) {
                    middles(hits, kind, loose, limit);
                    addNew(sorted, hits);
                }
                if (kind == SearchKind.TRACK && !text(query).isEmpty()) {
                    sung(hits, query, limit);
                    addNew(sorted, hits);
                }
                query.yearTyped().filter(kind::knows).ifPresent(year -> {
                    find(hits, kind, new Wanted(year, Map.of()), limit);
                    addNew(sorted, hits);
                });
            }
            return LongStream.concat(before, sorted.stream().mapToLong(Long::longValue)).distinct().limit(limit).toArray();
        }

        /// Each word may stand in the middle of one. Of a single word so many are tried that the group is full, of several each so many.
        private void middles(Map<Long, SearchRank> hits, SearchKind kind, SearchQuery query, int limit) {
            List<SearchQuery.Term> terms = query.terms();
            long after = 0;
            for (int round = terms.size() == 1 ? MIDDLES : 2 * MIDDLES; round <= MOST_MIDDLES; round *= 2) {
                int most = round;
                Map<SearchQuery.Term, List<String>> meant = new HashMap<>();
                for (SearchQuery.Term term : terms) {
                    if (term.field() == Field.GENRE) continue;
                    var found = holding(term.words(), kind.index(query), after, most);
                    if (!found.words().isEmpty()) meant.put(term, found.words());
                    if (terms.size() == 1) after = found.last();
                }
                if (meant.isEmpty()) return;
                List<Object> values = new ArrayList<>();
                String statement = kind.matching(filters(kind, query, values), query.has(Field.GENRE));
                values.addFirst(kind.match(query, meant, whole(kind, query)));
                boolean broad = read(hits, kind, query.text(), statement, with(values, BROAD));
                if (broad && hits.size() < limit) read(hits, kind, query.text(), statement, with(values, Integer.MAX_VALUE));
                if (hits.size() >= limit || terms.size() > 1 || meant.getOrDefault(terms.getFirst(), List.of()).size() < most) return;
            }
        }

        /// Where few words hold the text they are all known, and each kind takes its own of them.
        private MiddleWords.Found holding(String text, SearchKind kind, long after, int most) {
            var all = held.computeIfAbsent(text, t -> Batch.run(sql, c -> MiddleWords.holding(c, t, MiddleWords.ANY, 0, MIDDLES)));
            if (after == 0 && all.words().size() < MIDDLES) return all.of(kind);
            return Batch.run(sql, connection -> MiddleWords.holding(connection, text, kind.bit(), after, most));
        }

        /// Words of lyrics count where everything typed is plain words.
        private static String text(SearchQuery query) {
            return query.text().equals(query.allText()) ? query.text() : "";
        }

        private void sung(Map<Long, SearchRank> hits, SearchQuery query, int limit) {
            List<Object> filtered = new ArrayList<>();
            String filters = filters(SearchKind.TRACK, query, filtered);
            List<Object> asked = new ArrayList<>(List.of(SearchKind.TRACK.match(query, Map.of(), Map.of())));
            asked.addAll(filtered);
            read(hits, SearchKind.TRACK, query.text(), SearchKind.TRACK.sung(filters), with(asked, limit));
        }

        /// Those that were found since, in their order behind the others.
        ///
        /// @param hits in the order in which they were found
        private static void addNew(List<Long> sorted, Map<Long, SearchRank> hits) {
            hits.entrySet().stream().skip(sorted.size()).sorted(Map.Entry.comparingByValue()).map(Map.Entry::getKey).forEach(sorted::add);
        }

        private String filters(SearchKind kind, SearchQuery query, List<Object> values) {
            boolean dated = !query.terms().isEmpty() && query.years().isPresent();
            return kind.filters(query, accounts(query),
                    dated && few.computeIfAbsent(new Dated(kind, query.years().get()), d -> kind.few(sql, d.years)), values);
        }

        /// The accounts of the servers that the query names, as a JSON array.
        private String accounts(SearchQuery query) {
            if (query.servers().isEmpty()) return "";
            return sql.select(ACCOUNT.ID, ACCOUNT.SERVER_NAME).from(ACCOUNT).fetch().stream().filter(r -> {
                String name = " " + SearchText.words(r.value2()) + " ";
                return query.servers().stream().anyMatch(s -> name.contains(" " + s));
            }).map(r -> String.valueOf(r.value1())).collect(Collectors.joining(",", "[", "]"));
        }

        /// For terms that may go on: the words that they begin, where those are few.
        private Map<SearchQuery.Term, List<String>> whole(SearchKind kind, SearchQuery query) {
            Map<SearchQuery.Term, List<String>> out = new HashMap<>(genres(query));
            for (SearchQuery.Term term : query.terms()) {
                if (term.field() == Field.GENRE || !term.beginning()) continue;
                List<String> words = beginning(kind.index(query), term.words());
                if (!words.isEmpty()) out.put(term, words);
            }
            return out;
        }

        /// With the text itself; empty where they are not all known.
        private List<String> beginning(SearchKind kind, String text) {
            List<String> words = begun(MiddleWords.ANY, text).or(() -> begun(kind.bit(), text)).map(f -> f.of(kind).words())
                    .orElse(List.of());
            if (words.isEmpty() || words.contains(text)) return words;
            return Stream.concat(Stream.of(text), words.stream()).toList();
        }

        private Optional<MiddleWords.Found> begun(int kinds, String text) {
            return begun.computeIfAbsent(new Begun(kinds, text),
                    b -> Batch.run(sql, connection -> MiddleWords.beginning(connection, b.text, b.kinds, WHOLE)));
        }

        /// For terms of genres that may go on: the words of genres that they begin.
        private Map<SearchQuery.Term, List<String>> genres(SearchQuery query) {
            if (!query.has(Field.GENRE)) return Map.of();
            List<String> names = GenreTable.folded(sql);
            Map<SearchQuery.Term, List<String>> out = new HashMap<>();
            for (SearchQuery.Term term : query.terms()) {
                if (term.field() != Field.GENRE || !term.beginning()) continue;
                Set<String> words = new TreeSet<>();
                for (String name : names) {
                    for (int at = name.indexOf(" " + term.words()); at >= 0; at = name.indexOf(" " + term.words(), at + 1))
                        words.add(name.substring(at + 1, name.indexOf(' ', at + 1 + term.words().length())));
                }
                if (!words.isEmpty() && words.size() <= WHOLE) out.put(term, List.copyOf(words));
            }
            return out;
        }

        private void find(Map<Long, SearchRank> hits, SearchKind kind, Wanted wanted, int limit) {
            SearchQuery query = wanted.query;
            String text = query.text();
            List<Object> values = new ArrayList<>();
            String filters = filters(kind, query, values);
            if (query.terms().isEmpty()) {
                read(hits, kind, text, kind.every(filters), with(values, Math.max(BROAD, limit)));
                return;
            }
            boolean begins = !text(query).isEmpty();
            boolean first = kind == SearchKind.TRACK && begins && hits.isEmpty() && filters.isEmpty() && wanted.meant.isEmpty();
            // Where so many titles begin so that they fill the group, of all else only what is by an artist who is called just so comes before them.
            if (first && begin(hits, kind, text, filters, values, limit) && hits.size() >= limit) {
                if (calls(query, text)) read(hits, kind, text, kind.matching(filters, false), List.of(kind.by(query), BROAD));
            } else {
                String statement = kind.matching(filters, query.has(Field.GENRE));
                List<Object> asked = new ArrayList<>(List.of(kind.match(query, wanted.meant, whole(kind, query))));
                asked.addAll(values);
                // Who looks through many of them has as many to begin with.
                if (!read(hits, kind, text, statement, with(asked, Math.max(BROAD, limit)))) return;
                // Many rows that are not shown (another account's, gone): all of them, then.
                if (hits.size() < limit) read(hits, kind, text, statement, with(asked, Integer.MAX_VALUE));
                if (begins && !first) begin(hits, kind, text, filters, values, limit);
            }
            played(hits, kind, wanted, text, values, filters);
        }

        /// Whether an artist is called just so.
        private boolean calls(SearchQuery query, String text) {
            boolean[] called = {false};
            List<Object> values = List.of(SearchKind.ARTIST.by(query), BROAD);
            Batch.run(sql, connection -> FoundRows.read(connection, SearchKind.ARTIST, SearchKind.ARTIST.matching("", false), values, BROAD,
                    (_, name, artist) -> called[0] |= SearchRank.of(text, name, artist, 0).exactArtist()));
            return called[0];
        }

        /// The titles that begin so, in order.
        ///
        /// @return true when there may be more
        private boolean begin(Map<Long, SearchRank> hits, SearchKind kind, String text, String filters, List<Object> values, int limit) {
            List<Object> range = new ArrayList<>(List.of(text, text + Character.MAX_VALUE));
            range.addAll(values);
            return read(hits, kind, text, kind.beginning(filters), with(range, limit + 20));
        }

        /// What the user plays is looked through here: among too many matches the index would not come to it.
        private void played(Map<Long, SearchRank> hits, SearchKind kind, Wanted wanted, String text, List<Object> values, String filters) {
            var asked = new SearchMemory.Asked(wanted.query);
            List<Long> heard = kind.heard(played).entrySet().stream().filter(e -> asked.matches(e.getValue().texts()))
                    .map(Map.Entry::getKey).toList();
            if (heard.isEmpty()) return;
            List<Object> these = new ArrayList<>(List.of(heard.toString()));
            these.addAll(values);
            read(hits, kind, text, kind.these(filters), with(these, BROAD));
        }

        private static List<Object> with(List<Object> values, int limit) {
            List<Object> all = new ArrayList<>(values);
            all.add(limit);
            return all;
        }

        /// @return true when there may be more
        private boolean read(Map<Long, SearchRank> hits, SearchKind kind, String text, String finds, List<Object> values) {
            Map<Long, SearchMemory.Heard> heard = kind.heard(played);
            int most = values.getLast() instanceof Integer limit ? limit : BROAD;
            return Batch.run(sql, connection -> FoundRows.read(connection, kind, finds, values, most, (row, title, artist) -> {
                if (hits.containsKey(row)) return;
                SearchMemory.Heard plays = heard.get(row);
                hits.put(row, SearchRank.of(text, title, artist, plays == null ? 0 : plays.plays()));
            })) == most;
        }
    }
}
