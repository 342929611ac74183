package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final Commands grammar = Commands.grammar();

    @ParameterizedTest
    @ValueSource(strings = {"server add", "server list", "server remove", "server use", "server show", "sync", "sync stop", "sync held",
            "sync gone",
            "sync keep", "sync undo",
            "albums", "artists", "tracks", "playlists",
            "genres",
            "show", "search", "download", "downloads", "downloads pause", "downloads resume", "downloads cancel", "downloads retry",
            "downloads delete", "downloads now", "downloads top",
            "downloads priority", "downloads verify", "downloads watch", "offline on", "offline off", "offline auto", "offline has",
            "offline list",
            "offline search", "offline pending", "play", "pause", "toggle", "stop", "next", "previous", "seek", "volume", "shuffle",
            "repeat", "queue",
            "backup", "backups", "restore", "data export", "data delete", "history clear", "history undo", "playlist undelete", "queue add",
            "queue play-next", "queue remove", "queue move", "queue clear", "queue undo", "queue redo", "status", "favourite",
            "playlist create", "playlist add", "playlist remove", "playlist delete", "history", "doctor", "settings", "settings get",
            "settings set",
            "cache status", "cache clear", "cache set",
            "quit"})
    void theContractsCommandsExist(String name) {
        assertThat(grammar.specs()).extracting(CommandSpec::name).contains(name);
    }

    @Test
    void theLongerNameWinsAndOptionsAreToldFromWords() {
        var parsed = grammar.parse(List.of("downloads", "pause", "a", "b"));
        assertThat(parsed.spec().name()).isEqualTo("downloads pause");
        assertThat(parsed.words()).containsExactly("a", "b");

        parsed = grammar.parse(List.of("tracks", "--album", "x", "--limit=5", "--offline-only"));
        assertThat(parsed.options()).containsEntry("album", "x").containsEntry("limit", "5").containsKey("offline-only");
    }

    @Test
    void wordsAfterTwoDashesAreNeverOptions() {
        assertThat(grammar.parse(List.of("search", "--", "--limit")).words()).containsExactly("--limit");
    }

    @Test
    void aNegativeSeekIsAWord() {
        assertThat(grammar.parse(List.of("seek", "-10")).words()).containsExactly("-10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sing", "server", "show", "show a b", "albums extra", "albums --nonsense", "tracks --album",
            "queue move 1", "status --follow=3", "cache", "cache set limit", "cache status now", "similar", "mix", "metrics x",
            "metrics export", "backup a b", "restore",
            "export a b",
            "insights x"})
    void wrongUsageEndsWithTwoAndASentence(String line) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThatThrownBy(() -> grammar.parse(arguments)).isInstanceOfSatisfying(CommandException.class, e -> {
            assertThat(e.exit()).isEqualTo(Exit.USAGE);
            assertThat(e.sentence()).doesNotContain("null").hasSizeGreaterThan(8);
        });
    }

    @Test
    @DisplayName("`--help` after the word of a group tells of all its commands")
    void aGroupHasHelp() {
        assertThat(grammar.about(List.of("offline", "--help"))).extracting(CommandSpec::name).containsExactly("offline on", "offline off",
                "offline auto", "offline has", "offline list", "offline search", "offline pending");
        assertThat(grammar.about(List.of("downloads", "--help"))).extracting(CommandSpec::name).contains("downloads", "downloads verify");
        assertThat(grammar.about(List.of("downloads", "verify", "--help"))).extracting(CommandSpec::name)
                .containsExactly("downloads verify");
        assertThat(grammar.about(List.of("queue", "--help"))).extracting(CommandSpec::name).contains("queue", "queue add");
        assertThat(grammar.about(List.of("sing", "--help"))).isEmpty();
    }

    @Test
    @DisplayName("`search --limit` counts items of all kinds together, and no kind crowds the others out")
    void aLimitIsSharedFairly() {
        List<List<String>> groups = List.of(List.of(), List.of("al1", "al2"), List.of("t1", "t2", "t3", "t4"), List.of("p1"));
        assertThat(LibraryCommands.fairly(groups, 1)).containsExactly("al1");
        assertThat(LibraryCommands.fairly(groups, 4)).containsExactly("al1", "al2", "t1", "p1");
        assertThat(LibraryCommands.fairly(groups, 6)).containsExactly("al1", "al2", "t1", "t2", "t3", "p1");
        assertThat(LibraryCommands.fairly(groups, 50)).hasSize(7);
    }

    @Test
    void everyCommandHasHelp() {
        for (CommandSpec spec : grammar.specs()) {
            assertThat(grammar.parse(List.of((spec.name() + " --help").split(" "))).help()).isTrue();
            assertThat(spec.help()).isNotBlank();
        }
    }
}
