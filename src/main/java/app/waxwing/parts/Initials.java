package app.waxwing.parts;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// First letters of titles, as lists are ordered by them: without article, accents and case. Pure.
public final class Initials {
    /// What a strip of letters offers.
    public static final List<String> ALL = java.util.stream.Stream.concat(java.util.stream.Stream.of("#"),
            IntStream.rangeClosed('A', 'Z').mapToObj(c -> String.valueOf((char) c))).toList();
    private static final Pattern ARTICLE = Pattern.compile("^(the|a|an) ", Pattern.CASE_INSENSITIVE);
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");

    private Initials() {}

    /// «A» … «Z», «#» for digits and signs, and the sign itself (sorted behind Z) for letters of other scripts.
    public static String of(String title) {
        String bare = ARTICLE.matcher(title.strip()).replaceFirst("");
        String plain = ACCENTS.matcher(Normalizer.normalize(bare, Normalizer.Form.NFD)).replaceAll("").strip();
        if (plain.isEmpty()) return "#";
        int first = Character.toUpperCase(plain.codePointAt(0));
        if (!Character.isLetter(first)) return "#";
        return Character.toString(first).toUpperCase(Locale.ROOT);
    }
}
