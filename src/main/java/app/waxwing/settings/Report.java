package app.waxwing.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text about this installation for somebody who helps. Whatever the findings say, no secret leaves with it: what looks like a token, a password or
/// the credentials of an address is left out, and folders do not tell the user's name. Pure.
public final class Report {
    private static final Pattern NAMED = Pattern.compile(
            "(?i)\\b(api_?key|access_?token|token|password|passwd|pw|secret|authorization|bearer)(\\s*[=:]\\s*|\\s+)(\"[^\"]*\"|[^\\s,;&]+)");
    private static final Pattern LONG_SECRET = Pattern
            .compile("(?<![\\w./-])[A-Za-z0-9_+-]*(?=[A-Za-z_+-]*\\d)[A-Za-z0-9_+-]{24,}={0,2}(?![\\w./-])");
    private static final Pattern HEX = Pattern.compile("\\b[0-9a-fA-F]{24,}\\b");
    private static final Pattern IN_ADDRESS = Pattern.compile("(https?://)[^/@\\s]+@");
    private static final Pattern HOMES = Pattern.compile("(/home/|/Users/|/media/|[A-Za-z]:\\\\Users\\\\)[^/\\\\\\s:;,]+");

    private Report() {}

    /// @param home the user's home folder
    public static String of(List<Diagnosis.Check> checks, List<Safekeeping.Deed> deeds, Path home) {
        var text = new StringBuilder();
        for (var c : checks) text.append(c.ok() ? "ok   " : "LOOK ").append(c.name()).append(": ").append(c.detail()).append('\n');
        if (!deeds.isEmpty()) text.append("\nDone of late:\n");
        // What it was done to (names of people and their music) is nobody's business.
        for (var d : deeds) {
            text.append(d.at()).append("  ").append(d.actor()).append("  ").append(d.action()).append("  ").append(d.outcome())
                    .append('\n');
        }
        return clean(text.toString(), home);
    }

    /// The text without what nobody else should read.
    public static String clean(String text, Path home) {
        String out = text;
        if (home.getNameCount() > 0) out = out.replace(home.toString(), "~");
        out = HOMES.matcher(out).replaceAll("$1…");
        out = IN_ADDRESS.matcher(out).replaceAll("$1…@");
        out = NAMED.matcher(out).replaceAll(m -> Matcher.quoteReplacement(m.group(1) + m.group(2) + "…"));
        out = HEX.matcher(out).replaceAll("…");
        return LONG_SECRET.matcher(out).replaceAll("…");
    }
}
