package app.waxwing.download;

import app.waxwing.base.SafeFiles;
import app.waxwing.download.FollowRows.Kept;
import app.waxwing.download.FollowRows.Person;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which playlists, albums and artists are kept and followed, beside the music: the manifest knows a collection only by files that came of it, and
/// one may hold none (yet). `.waxwing/kept.jsonl` has a line with a CRC for each person, who may not be signed in here now; of several folders the
/// newest line of a person counts. Replaced as a whole, so that it is the old file or the new one. Thread-safe.
final class KeptFiles {
    static final String NAME = "kept.jsonl";
    private static final Logger LOG = LoggerFactory.getLogger(KeptFiles.class);
    private final Roots roots;

    KeptFiles(Roots roots) {
        this.roots = roots;
    }

    /// What a person keeps.
    ///
    /// @param at when that was written, milliseconds since 1970
    record Told(long at, List<Kept> kept) {
        Told {
            kept = List.copyOf(kept);
        }
    }

    /// Of all media folders that are there.
    synchronized Map<Person, Told> newest() {
        Map<Person, Told> newest = new LinkedHashMap<>();
        for (Root root : roots.all()) {
            if (root.isCache() || roots.missing(root)) continue;
            try {
                merge(newest, read(root));
            } catch (IOException e) {
                LOG.warn("what is kept cannot be read in {}", roots.folder(root), e);
            }
        }
        return newest;
    }

    /// Puts down what these people keep, and what other folders know of others.
    synchronized void write(Root root, Map<Person, List<Kept>> now, long at) throws IOException {
        Map<Person, Told> all = newest();
        now.forEach((person, kept) -> {
            Told before = all.get(person);
            if (before == null || !before.kept().equals(kept))
                all.put(person, new Told(before == null ? at : Math.max(at, before.at() + 1), kept));
        });
        put(root, all);
    }

    /// Before a folder is one of ours no more: what it knows is known in the other one.
    synchronized void carry(Root from, Root to) throws IOException {
        Map<Person, Told> all = new LinkedHashMap<>(read(from));
        merge(all, read(to));
        put(to, all);
    }

    /// Nothing is said of this person in this folder any more.
    synchronized void forget(Root root, Person person) throws IOException {
        Map<Person, Told> all = new LinkedHashMap<>(read(root));
        if (all.remove(person) != null) put(root, all);
    }

    private void put(Root root, Map<Person, Told> all) throws IOException {
        if (all.equals(read(root))) return;
        var text = new StringBuilder();
        all.forEach((person, told) -> text.append(text(person, told)));
        SafeFiles.writeOwnerOnly(file(root), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void merge(Map<Person, Told> into, Map<Person, Told> more) {
        more.forEach((person, told) -> into.merge(person, told, (a, b) -> b.at() > a.at() ? b : a));
    }

    private Path file(Root root) {
        return roots.folder(root).resolve(Roots.OWN_FOLDER).resolve(NAME);
    }

    private Map<Person, Told> read(Root root) throws IOException {
        Map<Person, Told> people = new LinkedHashMap<>();
        Path file = file(root);
        if (!Files.exists(file)) return people;
        for (String text : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
            if (text.isBlank()) continue;
            Optional<JsonNode> node = Manifest.opened(text);
            if (node.isEmpty()) LOG.warn("a line of {} is altered and left out", file);
            else merge(people, Map.of(new Person(word(node.get(), "serverId"), word(node.get(), "userId")), told(node.get())));
        }
        return people;
    }

    private static Told told(JsonNode node) {
        List<Kept> kept = new ArrayList<>();
        node.path("kept").forEach(k -> {
            List<String> without = new ArrayList<>();
            k.path("without").forEach(t -> without.add(t.asString("")));
            kept.add(
                    new Kept(word(k, "kind"), word(k, "id"), k.path("quality").asString("original"), k.path("priority").asInt(0), without));
        });
        return new Told(node.path("at").asLong(0), kept);
    }

    private static String word(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    private static String text(Person person, Told told) {
        ObjectNode node = Manifest.Json.MAPPER.createObjectNode().put("serverId", person.serverId()).put("userId", person.userId())
                .put("at", told.at());
        var kept = node.putArray("kept");
        for (Kept one : told.kept()) {
            ObjectNode k = kept.addObject().put("kind", one.kind()).put("id", one.id()).put("quality", one.quality())
                    .put("priority", one.priority());
            var without = k.putArray("without");
            one.without().forEach(without::add);
        }
        return Manifest.sealed(node);
    }
}
