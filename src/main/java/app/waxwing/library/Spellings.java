package app.waxwing.library;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Ways in which people write a name that has signs in it: «acdc» for «AC/DC», «kesha» for «Ke$ha», «o connor» for «O'Connor», and «and» as «&», «+»
/// or «n'». Pure.
final class Spellings {
    /// A word put together of more parts or letters than these is none that anybody types.
    private static final int MOST_PARTS = 6;
    private static final int LONGEST = 32;
    /// Letters behind an apostrophe: fewer are an ending («don't», «we'll»).
    private static final int LEAST = 3;

    private Spellings() {}

    /// What the index holds of a name: its words ([SearchText#words]) and, behind them, what may be typed in place of those with signs in them.
    static String indexed(String text) {
        String words = SearchText.words(text);
        Set<String> more = new LinkedHashSet<>();
        if (!isPlain(text)) for (String part : SearchText.plain(text).split("\\s+")) others(part, more);
        if ((" " + words + " ").contains(" n ")) more.add("and");
        if (more.isEmpty()) return words;
        for (String word : words.split(" ")) more.remove(word);
        return more.isEmpty() ? words : words + " " + String.join(" ", more);
    }

    /// @param part small letters and signs without a space
    private static void others(String part, Set<String> more) {
        if (isPlain(part)) return;
        if (isAnd(part)) more.add("and");
        String words = SearchText.words(part);
        if (words.isEmpty() || SearchText.isSigns(words)) return;
        joined(words, more);
        String letters = lettered(part);
        if (!letters.equals(part)) joined(SearchText.words(letters), more);
        apart(part, more);
    }

    /// The words of a part as one.
    private static void joined(String words, Set<String> more) {
        String one = words.replace(" ", "");
        int parts = words.length() - one.length() + 1;
        if (one.length() <= LONGEST && parts <= MOST_PARTS && one.codePoints().noneMatch(SearchText::spaceless)) more.add(one);
    }

    /// The parts between apostrophes, each a word: «o connor», «rock n roll».
    private static void apart(String part, Set<String> more) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= part.length(); i++) {
            if (i < part.length() && !SearchText.isApostrophe(part.charAt(i))) continue;
            String words = SearchText.words(part.substring(from, i));
            if (!words.isEmpty() && !SearchText.isSigns(words)) parts.add(words);
            from = i + 1;
        }
        if (parts.size() < 2 || parts.getLast().length() < LEAST) return;
        for (String words : parts) {
            more.addAll(List.of(words.split(" ")));
            if (words.equals("n")) more.add("and");
        }
    }

    /// «&» anywhere; a plus that is no sign before or behind a number or a name: «C + C», «C+C».
    private static boolean isAnd(String part) {
        int plus = part.indexOf('+');
        return part.indexOf('&') >= 0 || part.equals("+") || plus > 0 && plus < part.length() - 1;
    }

    /// Signs that stand for letters: a dollar beside one («Ke$ha», «A$AP»), an exclamation mark between two («P!nk»).
    private static String lettered(String part) {
        var out = new StringBuilder(part);
        for (int i = 0; i < part.length(); i++) {
            boolean before = i > 0 && Character.isLetter(part.charAt(i - 1));
            boolean behind = i + 1 < part.length() && Character.isLetter(part.charAt(i + 1));
            if (part.charAt(i) == '$' && (before || behind)) out.setCharAt(i, 's');
            else if (part.charAt(i) == '!' && before && behind) out.setCharAt(i, 'i');
        }
        return out.toString();
    }

    /// The name is called so: but for spaces, where it has signs, and for how an «and» is written.
    ///
    /// @param words of the name, as [SearchText#words] makes them
    /// @param wanted words too
    static boolean is(String name, String words, String wanted) {
        if (same(words, 0, wanted) || words.startsWith("the ") && same(words, 4, wanted)) return true;
        if (name.indexOf('$') < 0 && name.indexOf('!') < 0) return false;
        String letters = lettered(name);
        return !letters.equals(name) && same(SearchText.words(letters), 0, wanted);
    }

    private static boolean same(String words, int from, String wanted) {
        int i = from;
        int j = 0;
        while (true) {
            i = skip(words, i);
            j = skip(wanted, j);
            if (i == words.length() || j == wanted.length()) return i == words.length() && j == wanted.length();
            if (words.charAt(i++) != wanted.charAt(j++)) return false;
        }
    }

    /// The words begin so, however an «and» is written.
    static boolean begins(String words, String wanted) {
        return begins(words, 0, wanted) || words.startsWith("the ") && begins(words, 4, wanted);
    }

    private static boolean begins(String words, int from, String wanted) {
        if (words.startsWith(wanted, from)) return true;
        int i = from;
        int j = 0;
        while (j < wanted.length()) {
            if (i == words.length() || words.charAt(i) != wanted.charAt(j)) return false;
            if (wanted.charAt(j) == ' ') {
                i = skip(words, i);
                j = skip(wanted, j);
            } else {
                i++;
                j++;
            }
        }
        return true;
    }

    /// Behind spaces and an «and» between words.
    private static int skip(String words, int from) {
        int i = from;
        while (i < words.length() && words.charAt(i) == ' ') i += words.startsWith(" and ", i) ? 4 : words.startsWith(" n ", i) ? 2 : 1;
        return i;
    }

    /// What was typed, and the same with another «and» in it; the index has one for each, yet not in its place among the words.
    static List<String> ways(String words, boolean beginning) {
        if (words.equals("n") && !beginning) return List.of(words, "and");
        Set<String> ways = new LinkedHashSet<>(List.of(words));
        for (String and : List.of(" and ", " n ")) {
            if (!words.contains(and)) continue;
            for (String other : List.of(" and ", " n ", " ")) ways.add(words.replace(and, other));
        }
        return List.copyOf(ways);
    }

    /// Letters, digits and spaces only.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 ? !Character.isLetterOrDigit(c) : c != ' ' && (c < '0' || c > '9' && c < 'A' || c > 'Z' && c < 'a' || c > 'z'))
                return false;
        }
        return true;
    }
}
