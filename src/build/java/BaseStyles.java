import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Makes the base of the window's looks from the light and the dark theme of AtlantaFX: their rules for what the window has. They also style tables,
/// charts, calendars and dialogs; JavaFX reads all of it before the first word is drawn, and two thirds of it are for controls that no page has
/// (`BaseStylesTest` compares). Run by the build after the classes, before [BinaryStyles]: `java BaseStyles.java <folder>`.
public final class BaseStyles {
    private static final List<String> THEMES = List.of("primer-light.css", "primer-dark.css");
    /// First style class of the selectors that stay: controls that the window has and what they are made of, and names that its own parts share.
    private static final Set<String> HAS = Set.of("root", "label", "text", "mnemonic-underline", "ikonli-font-icon", "button",
            "toggle-button",
            "menu-button", "hyperlink", "text-input", "text-field", "password-field", "list-view", "list-cell", "cell", "scroll-pane",
            "scroll-bar", "context-menu", "menu", "menu-item", "check-menu-item", "radio-menu-item", "menu-up-arrow", "menu-down-arrow",
            "separator", "tooltip", "progress-bar", "progress-indicator", "card", "message");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)}");
    private static final Pattern FIRST = Pattern.compile("\\.([A-Za-z][A-Za-z0-9_-]*)");

    private BaseStyles() {}

    public static void main(String[] args) throws IOException {
        for (String theme : THEMES) {
            Path made = Path.of(args[0], theme);
            String text = made(whole(theme));
            if (!Files.exists(made) || !Files.readString(made).equals(text)) Files.writeString(made, text);
        }
    }

    private static String whole(String theme) throws IOException {
        try (InputStream in = BaseStyles.class.getResourceAsStream("/atlantafx/base/theme/" + theme)) {
            if (in == null) throw new IOException("AtlantaFX has no theme " + theme);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String made(String theme) {
        var out = new StringBuilder();
        String plain = COMMENT.matcher(theme).replaceAll("");
        if (!RULE.matcher(plain).replaceAll("").isBlank()) throw new IllegalArgumentException("AtlantaFX has more than rules now");
        Matcher rules = RULE.matcher(plain);
        while (rules.find()) {
            String selectors = Arrays.stream(rules.group(1).split(",")).map(String::strip).filter(BaseStyles::stays)
                    .collect(Collectors.joining(",\n"));
            if (!selectors.isEmpty()) out.append(selectors).append(" {").append(rules.group(2)).append("}\n");
        }
        return out.toString();
    }

    /// A selector of types alone stays.
    private static boolean stays(String selector) {
        Matcher first = FIRST.matcher(selector);
        return !first.find() || HAS.contains(first.group(1));
    }
}
