package app.waxwing.settings;

import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The one JSON file: written beside and renamed, so that it is the old one or the new one.
final class SettingsFile {
    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
    private static final long LIMIT = 1_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Path path;
    private final Time time;
    private boolean mayWrite = true;

    SettingsFile(Path path, Time time) {
        this.path = path;
        this.time = time;
    }

    static String json(java.util.Map<String, Object> values) {
        return JSON.writeValueAsString(values) + "\n";
    }

    record Read(ObjectNode tree, List<String> troubles) {}

    Read read() {
        try {
            if (!Files.exists(path)) return new Read(JSON.createObjectNode(), List.of());
            if (Files.size(path) > LIMIT) return setAside();
            return JSON.readTree(Files.readAllBytes(path)) instanceof ObjectNode tree ? new Read(tree, List.of()) : setAside();
        } catch (JacksonException e) {
            LOG.warn("the settings in {} are damaged: {}", path, e.getOriginalMessage());
            return setAside();
        } catch (IOException e) {
            LOG.warn("the settings in {} cannot be read", path, e);
            mayWrite = false;
            return new Read(JSON.createObjectNode(),
                    List.of("The settings in " + path + " cannot be read; the usual ones are used and changes are not kept."));
        }
    }

    private Read setAside() {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC).format(time.now());
        Path aside = path.resolveSibling(path.getFileName() + ".damaged-" + stamp);
        try {
            Files.move(path, aside);
            return new Read(JSON.createObjectNode(),
                    List.of("The settings were damaged and are now called " + aside.getFileName() + "; the usual ones are used."));
        } catch (IOException e) {
            LOG.warn("the damaged settings {} cannot be renamed", path, e);
            mayWrite = false;
            return new Read(JSON.createObjectNode(),
                    List.of("The settings in " + path + " are damaged; the usual ones are used and changes are not kept."));
        }
    }

    /// One write at a time. A sentence when it could not be done.
    synchronized Optional<String> write(ObjectNode tree) {
        if (!mayWrite) return Optional.empty();
        try {
            Path real = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            SafeFiles.writeOwnerOnly(real, (JSON.writeValueAsString(tree) + "\n").getBytes(StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IOException e) {
            LOG.warn("the settings {} cannot be written", path, e);
            return Optional.of("The settings could not be written to " + path + "; changes last until Waxwing is closed.");
        }
    }
}
