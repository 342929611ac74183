package app.waxwing.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The design's import table and bans hold for the program, and each rule bites on a fixture made to break it.
class ArchitectureTest {
    private static final String ROOT = "app.waxwing";
    private static final String FIXTURES = "app.waxwing.architecture.fixture";
    private static final Path SOURCES = Path.of(System.getProperty("waxwing.basedir", "."), "src", "main", "java");

    /// Main files over 400 lines, each with its reason.
    private static final Map<String, String> LONG_FILES = Map.of("Mixer.java",
            "the sound loop: joining, ramps and seeks share the buffers that must not be allocated anew", "PlayerEngine.java",
            "the one owner of the player's state: commands, events and restoring");

    @TestFactory
    Stream<DynamicTest> theProgramKeepsEveryRule() {
        JavaClasses program = new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/store/schema/")).importPackages(ROOT);
        assertThat(program.size()).isGreaterThan(50);
        return Rules.of(ROOT).entrySet().stream().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(program)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleBites() {
        JavaClasses fixtures = new ClassFileImporter().importPackages(FIXTURES);
        return Rules.of(FIXTURES).entrySet().stream().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
            ArchRule bites = rule.getValue();
            assertThatThrownBy(() -> bites.check(fixtures)).isInstanceOf(AssertionError.class).hasMessageContaining(FIXTURES);
        }));
    }

    @Test
    @DisplayName("2.1 the parts the requirement names are there under their own names: control, page and its model; service, scheduler, workers, cache; SQLite, files")
    void parts() throws ClassNotFoundException {
        for (String part : List.of("download.ui.DownloadsView", "download.ui.DownloadsViewModel", "parts.DownloadButton",
                "download.DownloadEngine",
                "download.Scheduler", "download.Workers", "download.Transfer", "cache.SmartCache", "store.Database", "download.Roots")) {
            assertThat(Class.forName("app.waxwing." + part, false, getClass().getClassLoader())).as(part).isNotNull();
        }
    }

    @Test
    void everyPackageSaysWhatItIsForAndIsNullMarked() throws IOException {
        List<String> bare = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path folder : files.filter(f -> f.toString().endsWith(".java")).map(Path::getParent).distinct().toList()) {
                Path info = folder.resolve("package-info.java");
                String text = Files.exists(info) ? Files.readString(info) : "";
                if (!text.startsWith("///") || !text.contains("@NullMarked")) bare.add(SOURCES.relativize(folder).toString());
            }
        }
        assertThat(bare).isEmpty();
    }

    @Test
    void noMainFileIsOverFourHundredLinesWithoutAReason() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                try (Stream<String> lines = Files.lines(file)) {
                    long count = lines.count();
                    if (count > 400 && !LONG_FILES.containsKey(String.valueOf(file.getFileName())))
                        tooLong.add(file.getFileName() + " " + count);
                }
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void nothingCatchesEverythingOrLeavesAMarkForLater() throws IOException {
        Pattern broad = Pattern.compile("catch \\((Exception|Throwable)\\b|TODO|FIXME|XXX|printStackTrace|UnsupportedOperationException");
        assertThat(broad.matcher("} catch (Exception e) {").find()).isTrue();
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (broad.matcher(line).find() && !line.contains("// broad:"))
                        found.add(file.getFileName() + ":" + number + " " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
