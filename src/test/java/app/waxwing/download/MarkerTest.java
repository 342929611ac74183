package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '|', value = {"|{\"kind\":\"media\",\"id\":\"519a9185\"}|, 519a9185",
            "|{ \"id\" : \"FFFFFFFFFFFFFFFF\" }|, ffffffffffffffff", "|{\"id\":12}|, none", "|{\"id\":\"\"}|, none",
            "|{\"id\":\"12345678123456781\"}|, none", "|{\"other\":\"12\"}|, none", "|not ours|, none"})
    @DisplayName("B.23 a folder is ours by the id in its marker; a marker that cannot be read makes it a stranger's")
    void id(String text, String id) throws IOException {
        Path own = Files.createDirectories(folder.resolve(Roots.OWN_FOLDER));
        Files.writeString(own.resolve("root.json"), text);
        OptionalLong expected = id.equals("none") ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(id, 16));
        assertThat(Roots.marker(folder)).isEqualTo(expected);
    }
}
