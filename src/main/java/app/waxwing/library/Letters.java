package app.waxwing.library;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where each letter begins in a list in order of a name, in the order of the list: what a strip of letters beside it offers.
///
/// @param starts the letters that have rows, each once
public record Letters(List<Start> starts) {
    /// No list in order of a name.
    public static final Letters NONE = new Letters(List.of());
    /// Signs and digits.
    public static final String SIGNS = "#";

    /// @param index the first row that begins so
    public record Start(String letter, int index) {}

    /// Rows that begin with a character.
    ///
    /// @param first a code point of a folded name; 0 for an empty one
    record Count(int first, int rows) {}

    public Letters {
        starts = List.copyOf(starts);
    }

    /// @param counts in order of the list
    static Letters of(List<Count> counts) {
        List<Start> starts = new ArrayList<>();
        Set<String> known = new HashSet<>();
        int at = 0;
        for (Count count : counts) {
            String letter = group(count.first());
            if (known.add(letter)) starts.add(new Start(letter, at));
            at += count.rows();
        }
        return new Letters(starts);
    }

    /// The letter that a row belongs to.
    public Optional<Start> at(int index) {
        Optional<Start> found = Optional.empty();
        for (Start start : starts) {
            if (start.index() > index) break;
            found = Optional.of(start);
        }
        return found;
    }

    /// «A» … «Z»; «#» for signs and digits; a script with too many first letters for a strip, or one that sorts behind Z, is one group under its own
    /// sign, as is what is left over of Latin.
    public static String group(int first) {
        if (first >= 'a' && first <= 'z') return String.valueOf((char) (first - 'a' + 'A'));
        if (first >= 'A' && first <= 'Z') return String.valueOf((char) first);
        if (first == 0 || !Character.isLetter(first)) return SIGNS;
        return switch (Character.UnicodeScript.of(first)) {
            case LATIN, COMMON -> "À";
            case GREEK -> "Ω";
            case CYRILLIC -> "Я";
            case HEBREW -> "א";
            case ARABIC -> "ع";
            case THAI -> "ก";
            case DEVANAGARI -> "अ";
            case HIRAGANA, KATAKANA -> "あ";
            case HAN -> "漢";
            case HANGUL -> "가";
            default -> "…";
        };
    }
}
