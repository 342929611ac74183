package app.waxwing.base;

/// Makes a stranger's text harmless to show: control and bidi-override characters become visible replacements, and length is bounded.
public final class InertText {
    /// Longest text field kept, in UTF-16 units.
    public static final int LIMIT = 10_000;

    private InertText() {}

    /// The text with control characters (but tab and newline) and bidirectional controls shown as «�», cut at [#LIMIT] on a whole character.
    public static String of(String text) {
        String bounded = text.length() <= LIMIT
                ? text
                : text.substring(0, Character.isHighSurrogate(text.charAt(LIMIT - 1)) ? LIMIT - 1 : LIMIT);
        int first = -1;
        for (int i = 0; i < bounded.length() && first < 0; i++) if (unsafe(bounded.charAt(i))) first = i;
        if (first < 0) return bounded;
        var out = new StringBuilder(bounded);
        for (int i = first; i < out.length(); i++) if (unsafe(out.charAt(i))) out.setCharAt(i, '\uFFFD');
        return out.toString();
    }

    private static boolean unsafe(char c) {
        return c < 0x20 && c != '\t' && c != '\n' || c >= 0x7f && c < 0xa0 || c == 0x061c || c == 0x200e || c == 0x200f
                || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff;
    }
}
