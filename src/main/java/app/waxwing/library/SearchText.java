package app.waxwing.library;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How text is folded for search and sorting: small letters without marks, and each character of a script without spaces a word of its own, so
/// that two characters from the middle of a title are found. Pure.
public final class SearchText {
    /// Unicode's private use: the tokenizer of the index has these characters for letters.
    private static final int SIGNS = 0xE000;
    private static final int SIGN_KINDS = 0x1900;
    /// What Latin, Greek and Cyrillic characters fold to, each by itself, as they come; threads that meet write the same. A search folds hundreds of
    /// titles, and to decompose a whole one takes many times as long.
    private static final @Nullable String[] FOLDED = new @Nullable String[0x0530];

    private SearchText() {}

    /// What `sort_…` columns hold: [#plain], without spaces at its ends.
    public static String sort(String text) {
        return plain(text).strip();
    }

    /// Small letters, without diacritics; other characters stay.
    public static String plain(String text) {
        if (isPlainAscii(text)) return text.toLowerCase(Locale.ROOT);
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isAlone(c)) return decomposed(text);
            if (c >= FOLDED.length) out.append(c);
            else out.append(folded(c));
        }
        return out.toString();
    }

    /// Folds to the same whatever stands beside it, and above the table to itself: no mark, no sigma, whose small letter is another one at a word's end.
    private static boolean isAlone(char c) {
        return c < 0x0300 || c >= 0x0370 && c < FOLDED.length && c != 'Σ' && c != 'Ϲ' && !(c >= 0x0483 && c <= 0x0489)
                || c >= 0x2012 && c <= 0x2015 || c >= 0x2018 && c <= 0x2022 || c >= 0x4E00 && c <= 0x9FFF;
    }

    private static String folded(char c) {
        String known = FOLDED[c];
        if (known != null) return known;
        String folded = decomposed(String.valueOf(c));
        FOLDED[c] = folded;
        return folded;
    }

    private static String decomposed(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var out = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(c -> {
            switch (c) {
                case 'ø' -> out.append('o');
                case 'ł' -> out.append('l');
                case 'đ', 'ð' -> out.append('d');
                case 'ħ' -> out.append('h');
                case 'ı' -> out.append('i');
                case 'æ' -> out.append("ae");
                case 'œ' -> out.append("oe");
                case 'ß' -> out.append("ss");
                case 'þ' -> out.append("th");
                default -> {
                    if (!isMark(c)) out.appendCodePoint(c);
                }
            }
        });
        return out.toString();
    }

    /// The words of the text, apart by single spaces. Apostrophes vanish («don't» is «dont»), so do the dots of «R.E.M.». Of a text of signs alone
    /// («!!!») they are one word of their own kind.
    public static String words(String text) {
        if (isPlainAscii(text)) return asciiWords(text);
        String plain = plain(text);
        var out = new StringBuilder(plain.length() + 8);
        boolean gap = false;
        for (int i = 0; i < plain.length();) {
            int c = plain.codePointAt(i);
            int next = i + Character.charCount(c);
            if (spaceless(c)) {
                if (!out.isEmpty()) out.append(' ');
                out.appendCodePoint(c);
                gap = true;
            } else if (Character.isLetterOrDigit(c)) {
                if (gap && !out.isEmpty()) out.append(' ');
                out.appendCodePoint(c);
                gap = false;
            } else if (!(isApostrophe(c) || c == '.' && betweenSingleLetters(plain, i))) {
                gap = true;
            }
            i = next;
        }
        return out.isEmpty() ? signs(plain) : out.toString();
    }

    /// As [#words], of a text that is ASCII alone, as most are: a search folds hundreds of titles.
    private static String asciiWords(String text) {
        var out = new StringBuilder(text.length());
        boolean gap = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean capital = c >= 'A' && c <= 'Z';
            if (capital || c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                if (gap && !out.isEmpty()) out.append(' ');
                out.append(capital ? (char) (c + ('a' - 'A')) : c);
                gap = false;
            } else if (!(isApostrophe(c) || c == '.' && betweenSingleLetters(text, i))) {
                gap = true;
            }
        }
        return out.isEmpty() ? signs(text) : out.toString();
    }

    /// Signs as one word that the index takes for one: characters that nobody types, one for each.
    private static String signs(String plain) {
        var out = new StringBuilder();
        plain.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.NON_SPACING_MARK -> {
                }
                default -> {
                    if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) out.append((char) (SIGNS + c % SIGN_KINDS));
                }
            }
        });
        return out.toString();
    }

    /// The words of a text of signs alone.
    static boolean isSigns(String words) {
        return !words.isEmpty() && words.charAt(0) >= SIGNS && words.charAt(0) < SIGNS + SIGN_KINDS;
    }

    /// False when [#words] of the text begin neither so nor with «the»: told by their first letter, without folding them all.
    static boolean mayBegin(String text, String words) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80 || c == '$') return true;
            if (!Character.isLetterOrDigit(c)) continue;
            char first = Character.toLowerCase(c);
            return first == 't' || !words.isEmpty() && first == words.charAt(0);
        }
        return true;
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) if (text.charAt(i) >= 0x80) return false;
        return true;
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        // Marks of Indic and similar scripts are letters' parts (spacing) or vowels: only the Latin, Greek, Cyrillic, Hebrew and Arabic ones go.
        return type == Character.NON_SPACING_MARK && (c < 0x0700 || c >= 0x1AB0 && c < 0x1B00 || c >= 0x1DC0 && c < 0x1E00
                || c >= 0x20D0 && c < 0x2100 || c >= 0x3099 && c <= 0x309A);
    }

    static boolean isApostrophe(int c) {
        return c == '\'' || c == '’' || c == '‘' || c == 'ʼ' || c == '`' || c == '´';
    }

    /// «R.E.M.»: a dot after a letter that stands alone.
    private static boolean betweenSingleLetters(String text, int dot) {
        if (dot == 0 || !Character.isLetter(text.charAt(dot - 1))) return false;
        boolean alone = dot == 1 || !Character.isLetterOrDigit(text.charAt(dot - 2));
        boolean goesOn = dot + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(dot + 1))
                || dot + 2 >= text.length() || !Character.isLetterOrDigit(text.charAt(dot + 2));
        return alone && goesOn;
    }

    static boolean spaceless(int c) {
        if (c < 0x0E00) return false;
        Character.UnicodeScript script = Character.UnicodeScript.of(c);
        return switch (script) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR ->
                Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
            default -> c == 'ー';
        };
    }
}
