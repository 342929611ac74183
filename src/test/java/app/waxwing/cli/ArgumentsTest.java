package app.waxwing.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.control.CommandException;
import app.waxwing.control.Exit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    void optionsMayStandBeforeOrAfterTheCommand() {
        for (List<String> words : List.of(List.of("--json", "--data-dir", "/d", "albums", "--limit", "3"),
                List.of("albums", "--limit", "3", "--json", "--data-dir=/d"))) {
            Arguments a = Arguments.parse(words, Map.of());
            assertThat(a.json()).isTrue();
            assertThat(a.dataDir()).contains(Path.of("/d"));
            assertThat(a.command()).containsExactly("albums", "--limit", "3");
        }
    }

    @Test
    void theEnvironmentNamesTheFolderUnlessAnOptionDoes() {
        assertThat(Arguments.parse(List.of(), Map.of("WAXWING_DATA_DIR", "/e")).dataDir()).contains(Path.of("/e"));
        assertThat(Arguments.parse(List.of("--data-dir", "/d"), Map.of("WAXWING_DATA_DIR", "/e")).dataDir()).contains(Path.of("/d"));
    }

    @Test
    void helpAfterACommandIsThatCommandsHelp() {
        assertThat(Arguments.parse(List.of("albums", "--help"), Map.of()).command()).containsExactly("albums", "--help");
        assertThat(Arguments.parse(List.of("--help"), Map.of()).help()).isTrue();
    }

    @Test
    void aWavFileIsMeantFromTheCallersFolder() {
        assertThat(Arguments.parse(List.of("--audio-out", "wav:a.wav"), Map.of()).audioOut())
                .contains("wav:" + Path.of("a.wav").toAbsolutePath());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nonsense", "--audio-out", "--audio-out loud", "--audio-out wav:", "--log-level all", "--data-dir",
            "--headless albums"})
    void wrongOptionsEndWithTwo(String line) {
        assertThatThrownBy(() -> Arguments.parse(List.of(line.split(" ")), Map.of())).isInstanceOfSatisfying(CommandException.class,
                e -> assertThat(e.exit()).isEqualTo(Exit.USAGE));
    }
}
