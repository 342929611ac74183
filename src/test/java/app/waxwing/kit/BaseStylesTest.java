package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The base of the looks, which the build makes of AtlantaFX's themes by leaving out what the window has nothing of.
class BaseStylesTest {
    private static final Pattern RULE = Pattern.compile("([^{}]+)\\{[^{}]*}");
    private static final Pattern STYLE_CLASS = Pattern.compile("\\.([A-Za-z][A-Za-z0-9_-]*)");
    private static final Pattern CONTROL = Pattern.compile("javafx\\.scene\\.(?:control|chart|web)\\.([A-Z][A-Za-z]*)");
    private static final Pattern TEXT = Pattern.compile("\"([^\"\\\\\n]*)\"");

    @Test
    @DisplayName("Issue 4, the start: what is left out of the base styles is of no control and no style class that the program names")
    void nothingIsMissing() throws IOException {
        Set<String> all = first(theme(PrimerLight.class, new PrimerLight().getUserAgentStylesheet()));
        Set<String> named = new TreeSet<>(named());
        named.retainAll(all);

        assertThat(named).contains("button", "list-view", "text-field", "context-menu", "tooltip");
        for (String theme : new String[]{"primer-light.css", "primer-dark.css"})
            assertThat(first(theme(Theme.class, theme))).as(theme).containsAll(named);
    }

    @Test
    @DisplayName("Issue 4, the start: both base styles are here in the form that JavaFX reads quickly, less than half of what AtlantaFX has")
    void small() throws IOException {
        int whole = theme(PrimerLight.class, new PrimerLight().getUserAgentStylesheet()).length();
        for (String theme : new String[]{"primer-light", "primer-dark"}) {
            assertThat(theme(Theme.class, theme + ".css").length()).as(theme).isBetween(whole / 10, whole / 2);
            assertThat(Theme.class.getResource(theme + ".bss")).as(theme).isNotNull();
        }
    }

    @Test
    @DisplayName("Issue 4, the start: who brings in another control of JavaFX looks whether its styles are left out")
    void noOtherControls() throws IOException {
        Set<String> controls = new TreeSet<>();
        for (String source : sources()) {
            assertThat(source).doesNotContain("javafx.scene.control.*", "javafx.scene.chart", "javafx.scene.web",
                    "atlantafx.base.controls");
            CONTROL.matcher(source).results().forEach(control -> controls.add(control.group(1)));
        }

        assertThat(controls).isSubsetOf("Button", "ButtonBase", "CheckMenuItem", "ContentDisplay", "ContextMenu", "Hyperlink",
                "IndexedCell",
                "Label", "Labeled", "ListCell", "ListView", "Menu", "MenuButton", "MenuItem", "MultipleSelectionModel", "OverrunStyle",
                "PasswordField", "ProgressBar", "ProgressIndicator", "RadioMenuItem", "ScrollPane", "SelectionMode", "SeparatorMenuItem",
                "TextField", "TextInputControl", "ToggleButton", "ToggleGroup", "Tooltip");
    }

    /// The first style class of each selector.
    private static Set<String> first(String theme) {
        Set<String> out = new TreeSet<>();
        var rules = RULE.matcher(theme.replaceAll("(?s)/\\*.*?\\*/", ""));
        while (rules.find()) {
            for (String selector : rules.group(1).split(",")) {
                var styleClass = STYLE_CLASS.matcher(selector);
                if (styleClass.find()) out.add(styleClass.group(1));
            }
        }
        return out;
    }

    /// Style classes of the controls that the sources name, and all words of their texts, which may be style classes.
    private static Set<String> named() throws IOException {
        Set<String> out = new TreeSet<>();
        for (String source : sources()) {
            CONTROL.matcher(source).results()
                    .forEach(control -> out.add(control.group(1).replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT)));
            TEXT.matcher(source).results().forEach(text -> out.addAll(List.of(text.group(1).split("\\s+"))));
        }
        return out;
    }

    private static List<String> sources() throws IOException {
        List<String> out = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("waxwing.basedir", ".")).resolve("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) out.add(Files.readString(file));
        }
        return out;
    }

    private static String theme(Class<?> beside, String name) throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
