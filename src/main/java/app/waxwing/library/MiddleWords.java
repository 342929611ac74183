package app.waxwing.library;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// What stands in the middle of words: the words of all indexes, each once, found by their trigrams (`search_word`, `word_fts`), and the words that
/// begin as one that is being typed. Writers note the texts that they make findable; the words go into the table when the writer closes, in its
/// transaction.
final class MiddleWords implements AutoCloseable {
    /// Letters of a trigram: what is shorter has none.
    static final int LEAST = 3;
    /// Words of any kind.
    static final int ANY = 15;
    /// More trigrams than these would hardly leave fewer words, and each costs.
    private static final int MOST_TRIGRAMS = 12;
    /// All words of a kind in one statement: one for each word takes three times as long.
    private static final String PUT = "INSERT INTO search_word (word, kinds) SELECT value, ? FROM json_each(?) WHERE true "
            + "ON CONFLICT (word) DO UPDATE SET kinds = kinds | excluded.kinds WHERE kinds | excluded.kinds <> kinds";
    /// That the trigrams are in the word says not yet that they stand beside each other.
    private static final String FIND = "select search_word.id, search_word.word, search_word.kinds from word_fts cross join search_word "
            + "where word_fts match ? and word_fts.rowid > ? and search_word.id = word_fts.rowid and search_word.kinds & ? <> 0 "
            + "and instr(search_word.word, ?) > 1 limit ?";
    private static final String BEGINNING = "select word, kinds from search_word where word >= ? and word < ? and kinds & ? <> 0 limit ?";
    /// The indexes know beginnings of up to three letters (`prefix = '1 2 3'`) and answer those at once.
    private static final int LONG = LEAST + 1;
    private static final String LAST = new String(Character.toChars(Character.MAX_CODE_POINT));
    private final Connection connection;
    private final Map<SearchKind, Set<String>> words = new EnumMap<>(SearchKind.class);

    MiddleWords(Connection connection) {
        this.connection = connection;
    }

    /// @param folded as [SearchText#words] makes it
    void add(SearchKind kind, String folded) {
        Set<String> all = words.computeIfAbsent(kind, k -> new LinkedHashSet<>());
        for (int from = 0; from < folded.length();) {
            int space = folded.indexOf(' ', from);
            int end = space < 0 ? folded.length() : space;
            if (folded.codePointCount(from, end) > LEAST) all.add(folded.substring(from, end));
            from = end + 1;
        }
    }

    @Override
    public void close() throws SQLException {
        if (words.isEmpty()) return;
        try (var put = new Batch(connection, PUT)) {
            for (var of : words.entrySet()) put.number(of.getKey().bit()).text("[\"" + String.join("\",\"", of.getValue()) + "\"]").run();
        }
        words.clear();
    }

    /// @param kinds of each word, bits of [SearchKind#bit]
    /// @param last the number of the last of them
    record Found(List<String> words, List<Integer> kinds, long last) {
        Found of(SearchKind kind) {
            int[] those = IntStream.range(0, words.size()).filter(i -> (kinds.get(i) & kind.bit()) != 0).toArray();
            return new Found(Arrays.stream(those).mapToObj(words::get).toList(), Arrays.stream(those).mapToObj(kinds::get).toList(), last);
        }
    }

    /// Words that hold the text, but do not begin with it, in the order in which the library got to know them: what is common comes early.
    ///
    /// @param typed one word; shorter than a trigram finds nothing
    /// @param kinds bits of [SearchKind#bit]
    /// @param after words behind this number
    static Found holding(Connection connection, String typed, int kinds, long after, int limit) throws SQLException {
        String trigrams = trigrams(typed);
        List<String> words = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        long[] last = {after};
        if (trigrams.isEmpty()) return new Found(words, of, after);
        try (var find = new Batch(connection, FIND)) {
            find.text(trigrams).number(after).number(kinds).text(typed).number(limit).read(row -> {
                last[0] = row.getLong(1);
                words.add(row.getString(2));
                of.add(row.getInt(3));
            });
        }
        return new Found(words, of, last[0]);
    }

    /// The words that begin so; empty where they are not all known: a text of few letters or of several words, more words than these, letters that the
    /// tokenizer of FTS5 may fold in its own way (a sigma at the end).
    ///
    /// @param kinds bits of [SearchKind#bit]
    static Optional<Found> beginning(Connection connection, String typed, int kinds, int most) throws SQLException {
        if (typed.length() < LONG || !typed.chars().allMatch(MiddleWords::certain)) return Optional.empty();
        List<String> words = new ArrayList<>();
        List<Integer> of = new ArrayList<>();
        try (var find = new Batch(connection, BEGINNING)) {
            find.text(typed).text(typed + LAST).number(kinds).number(most + 1L).read(row -> {
                words.add(row.getString(1));
                of.add(row.getInt(2));
            });
        }
        return words.size() > most ? Optional.empty() : Optional.of(new Found(words, of, 0));
    }

    /// Letters without marks and digits: Latin, Cyrillic.
    private static boolean certain(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'а' && c <= 'џ';
    }

    /// The expression for FTS5; the index knows which words have a trigram, not where. Empty for what is shorter than one.
    static String trigrams(String typed) {
        if (typed.indexOf(' ') >= 0) return "";
        int[] letters = typed.codePoints().limit(MOST_TRIGRAMS + LEAST - 1L).toArray();
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i + LEAST <= letters.length; i++) all.add("\"" + new String(letters, i, LEAST) + "\"");
        return String.join(" AND ", all);
    }
}
