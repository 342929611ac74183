package app.waxwing.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SqlTextsTest {
    private static final Path TARGET = Path.of(System.getProperty("waxwing.basedir", "."), "target");

    /// Where the text of a statement is composed of texts that stand in the program, none of which anybody types.
    private static final Map<String, Set<String>> COMPOSED = Map.of(
            "as many question marks as there are values",
            Set.of("ReasonRows#told", "AlbumWriter#known", "ArtistWriter#known",
                    "TrackWriter#known", "AlbumWriter#write", "TrackWriter#write"),
            "the same parts of several statements, put together once", Set.of("QueueRows#<clinit>", "MyData#<clinit>", "LeftWords#<clinit>",
                    "SearchMemory#<clinit>", "PendingActions#<clinit>"),
            "a statement for each of the four kinds of items, with that kind's tables and columns", Set.of("SearchKind#<init>",
                    "SearchKind#filters", "SearchKind#matching", "SearchKind#sung", "SearchKind#every", "SearchKind#beginning",
                    "SearchKind#these", "SearchKind#on", "SearchKind#few"),
            "a statement for each index of search, by its name",
            Set.of("SearchRefill$Index#<init>",
                    "SearchMerge#parts", "SearchMerge#step", "LeftWords#static"),
            "a statement for each of a list of tables",
            Set.of("BackupFile#strip", "GoneItems#purge", "GoneItems#pieces", "MovedRows#rename"),
            "columns' names", Set.of("ActiveAccounts#own", "MyData#time", "DownloadRows#set"));
    /// Looks like SQL and is none.
    private static final Set<String> WORDS = Set.of("Paging#page");

    @Test
    @DisplayName("4.14 no value is spliced into a statement: where its text is composed, it is of texts that stand in the program, each place with its reason")
    void onlyWhatTheProgramSaysItself() throws Exception {
        List<SqlTexts.Spliced> found = SqlTexts.under(TARGET.resolve("classes/app/waxwing"));
        Set<String> known = Stream.concat(WORDS.stream(), COMPOSED.values().stream().flatMap(Set::stream)).collect(Collectors.toSet());
        assertThat(found).filteredOn(s -> !known.contains(s.place())).isEmpty();
        Set<String> places = found.stream().map(SqlTexts.Spliced::place).collect(Collectors.toSet());
        assertThat(known).as("places that need no reason any more").allMatch(places::contains);
    }

    @Test
    @DisplayName("4.14 the rule finds a value that is spliced in: by «+», by a builder, by a format, by replace, into a condition; and no constant")
    void bites() throws Exception {
        List<SqlTexts.Spliced> found = SqlTexts.under(TARGET.resolve("test-classes/app/waxwing/architecture/fixture"));
        assertThat(found.stream().map(SqlTexts.Spliced::place).distinct()).containsExactlyInAnyOrder("SplicedSql#plus", "SplicedSql#later",
                "SplicedSql#builder", "SplicedSql#format", "SplicedSql#replaced", "SplicedSql#condition", "SplicedSql#attach");
    }
}
