package app.waxwing.download;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Readable file names that every system accepts, made from a stranger's text (B.24–B.26). A name is given once and then kept in the row.
final class SafeNames {
    private static final Set<String> DEVICES = Set.of("con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3",
            "com4",
            "com5", "com6", "com7", "com8", "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7",
            "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³", "clock$");
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,5}");
    private static final int FOLDER_CHARACTERS = 44;
    private static final int FOLDER_BYTES = 120;
    private static final int TITLE_CHARACTERS = 72;
    private static final int TITLE_BYTES = 170;
    /// Characters of the longest path given here: two folders, a title, an extension of five, a number such as ` (9999)`.
    static final int LONGEST = FOLDER_CHARACTERS + 1 + FOLDER_CHARACTERS + 1 + TITLE_CHARACTERS + 1 + 5 + 7;

    private SafeNames() {}

    /// `Artist/Album/01 Title.flac`, with «/». From the second disc on the number reads `2-01`.
    static String path(String artist, String album, OptionalInt disc, OptionalInt number, String title, String extension) {
        String count = number.isEmpty() || number.getAsInt() < 0
                ? ""
                : (disc.isPresent() && disc.getAsInt() > 1 ? disc.getAsInt() + "-" : "")
                        + String.format(Locale.ROOT, "%02d ", number.getAsInt());
        return segment(artist.isBlank() ? "Unknown artist" : artist, FOLDER_CHARACTERS, FOLDER_BYTES) + "/"
                + segment(album.isBlank() ? "Unknown album" : album, FOLDER_CHARACTERS, FOLDER_BYTES) + "/"
                + segment(count + (title.isBlank() ? "Untitled" : title), TITLE_CHARACTERS, TITLE_BYTES) + "." + extension;
    }

    /// The same path with ` (n)` before its extension; n = 1 changes nothing.
    static String numbered(String path, int n) {
        if (n <= 1) return path;
        int dot = path.lastIndexOf('.');
        return path.substring(0, dot) + " (" + n + ")" + path.substring(dot);
    }

    /// What no two files may share: file systems differ in what they take for one name.
    static String key(String path) {
        String composed = Normalizer.normalize(path, Normalizer.Form.NFC);
        return Normalizer.normalize(composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
    }

    /// The extension the server's own file has, else one for its container, else `audio`.
    static String extension(Optional<String> serverPath, Optional<String> container) {
        Optional<String> own = serverPath.map(p -> p.substring(p.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                .filter(e -> EXTENSION.matcher(e).matches());
        return own.or(() -> container.map(c -> c.split(",", 2)[0].strip().toLowerCase(Locale.ROOT)).map(c -> c.equals("mov") ? "m4a" : c)
                .filter(e -> EXTENSION.matcher(e).matches())).orElse("audio");
    }

    /// One path segment: never empty, `.`, `..`, hidden, a device, or ending in a dot or space.
    static String segment(String text, int characters, int bytes) {
        var clean = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFC).codePoints().limit(1000).forEach(c -> {
            if (Character.isISOControl(c) || isInvisibleOrder(c)) return;
            if (c < 0xFFFF && Character.isSurrogate((char) c)) clean.append('_');
            else if ("<>:\"/\\|?*\u2028\u2029".indexOf(c) >= 0) clean.append('_');
            else clean.appendCodePoint(Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c);
        });
        String name = cut(clean.toString().strip(), characters, bytes);
        while (name.endsWith(".") || name.endsWith(" ")) name = name.substring(0, name.length() - 1);
        if (name.startsWith(".")) name = "_" + name.substring(1);
        String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        if (DEVICES.contains(stem.strip().toLowerCase(Locale.ROOT))) name = "_" + name;
        return name.isBlank() ? "_" : Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    private static String cut(String text, int characters, int bytes) {
        var kept = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            int size = Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            if (kept.length() + Character.charCount(c) > characters || used + size > bytes) break;
            kept.appendCodePoint(c);
            used += size;
            i += Character.charCount(c);
        }
        return kept.toString();
    }

    private static boolean isInvisibleOrder(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C || c == 0xFEFF;
    }
}
