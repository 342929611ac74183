package app.waxwing.store;

/// The text of a statement that is planned once and not at each run. SQLite plans a statement anew when a value is bound on which the plan might
/// depend: a limit, or a key in a statement that is also in an order, among others. That takes up to ten times as long as the run. The driver cannot
/// switch it off (SQLite's `SQLITE_DBCONFIG_ENABLE_QPSG`); but SQLite looks at a bound value only where it stands by itself, so each gets a plus
/// before it, which is nothing to SQLite otherwise: neither the value nor its type nor how it is compared changes. Behind `LIKE` and `GLOB` it is left as it is, since
/// without its value no index helps there (decision 0023). Pure.
final class FixedPlan {
    private FixedPlan() {}

    /// @param sql a statement with `?`, `?1` or `:name` for its values
    static String of(String sql) {
        var out = new StringBuilder(sql.length() + 16);
        int word = 0;
        for (int i = 0; i < sql.length();) {
            char c = sql.charAt(i);
            int end = switch (c) {
                case '\'', '"', '`' -> quoted(sql, i, c);
                case '[' -> quoted(sql, i, ']');
                case '-' -> sql.startsWith("--", i) ? behind(sql, "\n", i) : i + 1;
                case '/' -> sql.startsWith("/*", i) ? behind(sql, "*/", i + 2) : i + 1;
                default -> Character.isJavaIdentifierStart(c) ? name(sql, i) : i + 1;
            };
            boolean value = c == '?' || c == ':' && end < sql.length() && Character.isJavaIdentifierStart(sql.charAt(end));
            if (value && !isPattern(sql, word, i)) out.append('+');
            out.append(sql, i, end);
            if (Character.isJavaIdentifierStart(c)) word = i;
            i = end;
        }
        return out.toString();
    }

    /// Whether the last word before the value, which begins there, compares with a pattern.
    private static boolean isPattern(String sql, int word, int value) {
        String before = sql.substring(word, value).strip();
        return before.equalsIgnoreCase("like") || before.equalsIgnoreCase("glob");
    }

    private static int name(String sql, int from) {
        int i = from;
        while (i < sql.length() && Character.isJavaIdentifierPart(sql.charAt(i))) i++;
        return i;
    }

    /// A quote within quotes stands twice, which is two texts side by side here.
    private static int quoted(String sql, int from, char end) {
        int at = sql.indexOf(end, from + 1);
        return at < 0 ? sql.length() : at + 1;
    }

    private static int behind(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }
}
