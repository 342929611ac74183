package app.waxwing.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import app.waxwing.base.SafeFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What Waxwing put into a media folder, one JSON document a line with a CRC, owner-only. Appended and forced before the file gets its final
/// name, so that a file with its final name can always be proved by length and digest; with it a lost database is rebuilt. What a line says of
/// the reasons for a file follows `keep_reason` by [Telling]. Thread-safe.
final class Manifest {
    private static final Logger LOG = LoggerFactory.getLogger(Manifest.class);
    private final Path file;
    private final Disk disk;

    Manifest(Path file, Disk disk) {
        this.file = file;
        this.disk = disk;
    }

    /// Made with the first line that is read or written: until then the start need not wait for it.
    static final class Json {
        static final JsonMapper MAPPER = JsonMapper.builder().build();
    }

    /// One finished file.
    ///
    /// @param path relative to the root, with «/»
    /// @param userId the person at the server, so that the line outlives our own numbers
    record Line(String path, String serverId, String userId, String itemId, String quality, long size, String sha256, Optional<String> mime,
            Validators validators, List<String> reasons) {
        Line {
            reasons = List.copyOf(reasons);
        }

        /// Whether it tells of the same bytes of the same track, for the same person; the place may be another.
        boolean isSameFile(Line other) {
            return sha256.equals(other.sha256) && itemId.equals(other.itemId) && serverId.equals(other.serverId)
                    && userId.equals(other.userId);
        }

        /// The same file in another place.
        Line at(String place) {
            return new Line(place, serverId, userId, itemId, quality, size, sha256, mime, validators, reasons);
        }
    }

    void add(Line line) throws IOException {
        add(List.of(line));
    }

    /// All of them with one force. A line of a path that has one already takes its place: what is said of a file changes with its reasons.
    synchronized void add(List<Line> lines) throws IOException {
        var text = new StringBuilder();
        for (Line line : lines) text.append(text(line));
        disk.append(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    synchronized void removed(String path) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) return; // there is no line that it could end
        ObjectNode node = Json.MAPPER.createObjectNode().put("path", path).put("removed", true);
        disk.append(file, sealed(node).getBytes(StandardCharsets.UTF_8));
    }

    /// The newest line of each path. Lines that are torn or altered are left out. Leaves out nothing else, so a file may be gone by now.
    synchronized Map<String, Line> read() throws IOException {
        Map<String, Line> lines = new LinkedHashMap<>();
        if (!Files.exists(file)) return lines;
        int all = 0;
        for (String text : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            if (text.isBlank()) continue;
            all++;
            Optional<JsonNode> node = opened(text);
            if (node.isEmpty()) {
                LOG.warn("a line of {} is torn and left out", file);
                continue;
            }
            String path = node.get().path("path").asString("");
            lines.remove(path);
            if (!node.get().path("removed").asBoolean(false)) lines.put(path, line(node.get()));
        }
        if (all > 2 * lines.size() + 1000) compact(lines.values());
        return lines;
    }

    /// No line says any longer what was put here for this person, nor that it was removed. Lines of files that are here still go too: they are not
    /// known again.
    synchronized void forget(FollowRows.Person person) throws IOException {
        // Lines that say that a file was removed do not say whose it was.
        if (!Files.exists(file) || Files.size(file) == 0) return;
        compact(read().values().stream()
                .filter(line -> !line.serverId().equals(person.serverId()) || !line.userId().equals(person.userId()))
                .toList());
    }

    private void compact(Iterable<Line> lines) throws IOException {
        var text = new StringBuilder();
        for (Line line : lines) text.append(text(line));
        SafeFiles.writeOwnerOnly(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Line line) {
        ObjectNode node = Json.MAPPER.createObjectNode().put("path", line.path()).put("serverId", line.serverId())
                .put("userId", line.userId())
                .put("itemId", line.itemId()).put("quality", line.quality()).put("size", line.size()).put("sha256", line.sha256());
        line.mime().ifPresent(m -> node.put("mimeType", m));
        line.validators().etag().ifPresent(e -> node.put("etag", e));
        line.validators().lastModified().ifPresent(m -> node.put("lastModified", m));
        var reasons = node.putArray("reasons");
        line.reasons().forEach(reasons::add);
        return sealed(node);
    }

    private static Line line(JsonNode node) {
        List<String> reasons = new ArrayList<>();
        node.path("reasons").forEach(r -> reasons.add(r.asString("")));
        return new Line(node.path("path").asString(""), node.path("serverId").asString(""), node.path("userId").asString(""),
                node.path("itemId").asString(""), node.path("quality").asString("original"), node.path("size").asLong(-1),
                node.path("sha256").asString(""), optional(node, "mimeType"),
                new Validators(optional(node, "etag"), optional(node, "lastModified")), reasons);
    }

    private static Optional<String> optional(JsonNode node, String name) {
        return node.has(name) ? Optional.of(node.path(name).asString("")) : Optional.empty();
    }

    /// The document with `"crc"` as its last member: CRC-32 of everything before it.
    static String sealed(ObjectNode node) {
        String open = Json.MAPPER.writeValueAsString(node);
        String body = open.substring(0, open.length() - 1);
        return body + ",\"crc\":\"" + crc(body) + "\"}\n";
    }

    /// Empty where the line is torn or altered.
    static Optional<JsonNode> opened(String text) {
        int mark = text.lastIndexOf(",\"crc\":\"");
        if (mark < 0 || !text.substring(mark).equals(",\"crc\":\"" + crc(text.substring(0, mark)) + "\"}")) return Optional.empty();
        try {
            return Optional.of(Json.MAPPER.readTree(text));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String crc(String body) {
        var crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }
}
