package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private final Commands grammar = Commands.grammar();

    @ParameterizedTest
    @ValueSource(strings = {"server add", "server list", "server remove", "server use", "sync", "albums", "artists", "tracks", "playlists",
            "genres",
            "show", "search", "download", "downloads", "downloads pause", "downloads resume", "downloads cancel", "downloads retry",
            "downloads delete", "downloads now", "downloads top",
            "downloads priority", "downloads verify", "downloads watch", "offline on", "offline off", "offline auto", "offline has",
            "offline list",
            "offline search", "offline pending", "play", "pause", "toggle", "stop", "next", "previous", "seek", "volume", "shuffle",
            "repeat", "queue",
            "queue add", "queue play-next", "queue remove", "queue move", "queue clear", "queue undo", "queue redo", "status", "favourite",
            "playlist create", "playlist add", "playlist remove", "playlist delete", "history", "doctor", "settings", "settings get",
            "settings set",
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
            "queue move 1"})
    void wrongUsageEndsWithTwoAndASentence(String line) {
        List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" "));
        assertThatThrownBy(() -> grammar.parse(arguments)).isInstanceOfSatisfying(CommandException.class, e -> {
            assertThat(e.exit()).isEqualTo(Exit.USAGE);
            assertThat(e.sentence()).doesNotContain("null").hasSizeGreaterThan(8);
        });
    }

    @Test
    void everyCommandHasHelp() {
        for (CommandSpec spec : grammar.specs()) {
            assertThat(grammar.parse(List.of((spec.name() + " --help").split(" "))).help()).isTrue();
            assertThat(spec.help()).isNotBlank();
        }
    }
}
