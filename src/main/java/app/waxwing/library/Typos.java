package app.waxwing.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which words of the library the user may have meant: those a slip of the finger away. What stands in the middle of words is found by trigrams
/// ([MiddleWords]). Pure.
final class Typos {
    /// More words than this for one that was typed would find anything.
    static final int MOST = 24;

    private Typos() {}

    /// How many slips are forgiven: one in 4–7 letters, two in longer words, none in shorter ones.
    static int allowed(String word) {
        int letters = word.codePointCount(0, word.length());
        return letters < 4 ? 0 : letters < 8 ? 1 : 2;
    }

    /// Letters wrongly put, left out, put in or swapped with their neighbour (Damerau's distance in the form of «optimal string alignment»), or
    /// `limit + 1` when there are more than `limit`.
    ///
    /// @param beginning the other word may go on after what was typed
    static int distance(String typed, String other, int limit, boolean beginning) {
        int n = typed.length();
        int m = beginning ? Math.min(other.length(), n + limit) : other.length();
        if (!beginning && Math.abs(n - m) > limit || m < n - limit) return limit + 1;
        int[] before = new int[m + 1];
        int[] last = new int[m + 1];
        int[] row = new int[m + 1];
        for (int j = 0; j <= m; j++) last[j] = j;
        for (int i = 1; i <= n; i++) {
            Arrays.fill(row, limit + 1);
            if (i <= limit) row[0] = i;
            int least = row[0];
            int from = Math.max(1, i - limit);
            int to = Math.min(m, i + limit);
            for (int j = from; j <= to; j++) {
                char a = typed.charAt(i - 1);
                char b = other.charAt(j - 1);
                int d = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (a == b ? 0 : 1));
                if (i > 1 && j > 1 && a == other.charAt(j - 2) && typed.charAt(i - 2) == b) d = Math.min(d, before[j - 2] + 1);
                row[j] = Math.min(d, limit + 1);
                least = Math.min(least, row[j]);
            }
            if (least > limit) return limit + 1;
            int[] free = before;
            before = last;
            last = row;
            row = free;
        }
        if (!beginning) return last[m];
        int best = limit + 1;
        for (int j = Math.max(0, n - limit); j <= m; j++) best = Math.min(best, last[j]);
        return best;
    }

    private record Near(String word, int slips) {}

    /// The words near to the one typed, nearest first; empty for words too short to guess.
    static List<String> near(String typed, List<String> words, boolean beginning) {
        int limit = allowed(typed);
        if (limit == 0) return List.of();
        List<Near> found = new ArrayList<>();
        for (String word : words) {
            int slips = distance(typed, word, limit, beginning);
            if (slips <= limit) found.add(new Near(word, slips));
        }
        found.sort(Comparator.comparingInt(Near::slips).thenComparingInt(n -> n.word.length()).thenComparing(Near::word));
        return found.stream().limit(MOST).map(Near::word).toList();
    }

    /// A letter too many in a word of four: the words of three it may be, whether or not there are such; [MiddleWords] knows none so short.
    static List<String> shorter(String typed) {
        int[] letters = typed.codePoints().toArray();
        if (letters.length != MiddleWords.LEAST + 1) return List.of();
        return IntStream.range(0, letters.length).mapToObj(left -> IntStream.range(0, letters.length).filter(i -> i != left)
                .mapToObj(i -> Character.toString(letters[i])).collect(Collectors.joining())).distinct().toList();
    }
}
