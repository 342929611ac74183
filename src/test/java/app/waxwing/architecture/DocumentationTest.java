package app.waxwing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The map and the other pages name only what exists, and the map names every package.
class DocumentationTest {
    private static final Path BASE = Path.of(System.getProperty("waxwing.basedir", ".")).toAbsolutePath().normalize();
    private static final Path SOURCES = BASE.resolve("src/main/java/app/waxwing");
    private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

    @Test
    void everyFileAndTypeTheMapNamesExists() throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher names = QUOTED.matcher(Files.readString(BASE.resolve("docs/map.md")));
        int count = 0;
        while (names.find()) {
            String name = names.group(1);
            boolean type = name.matches("[a-z]+(\\.[a-z]+)*\\.[A-Z][A-Za-z]+");
            boolean path = name.contains("/") && !name.startsWith("-") && !name.contains("…") && !name.contains("*");
            if (!type && !path) continue;
            count++;
            Path file = type ? SOURCES.resolve(name.replace('.', '/') + ".java") : BASE.resolve(name);
            if (!Files.exists(file)) missing.add(name);
        }
        assertThat(count).as("names checked").isGreaterThan(30);
        assertThat(missing).isEmpty();
    }

    @Test
    void theMapNamesEveryPackage() throws IOException {
        String map = Files.readString(BASE.resolve("docs/map.md"));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<String> absent = files.filter(f -> f.endsWith("package-info.java")).map(Path::getParent)
                    .map(p -> SOURCES.relativize(p).toString().replace('/', '.').replace('\\', '.'))
                    .filter(p -> !map.contains("`" + p + "`")).toList();
            assertThat(absent).isEmpty();
        }
    }

    @Test
    void everyLinkBetweenPagesLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> pages = new ArrayList<>(List.of(BASE.resolve("README.md")));
        try (Stream<Path> files = Files.walk(BASE.resolve("docs"))) {
            files.filter(f -> f.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            Matcher links = LINK.matcher(Files.readString(page));
            while (links.find()) {
                Path folder = page.getParent();
                if (folder == null || !Files.exists(folder.resolve(links.group(1))))
                    broken.add(BASE.relativize(page) + " → " + links.group(1));
            }
        }
        assertThat(broken).isEmpty();
    }
}
