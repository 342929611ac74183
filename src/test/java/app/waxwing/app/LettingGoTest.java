package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.download.Download;
import app.waxwing.download.KeepSet.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// `downloads delete` over the whole program.
class LettingGoTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private ProgramDesk desk;

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        desk = ProgramDesk.synced(folder.resolve("data"), server);
    }

    @AfterEach
    void stop() {
        desk.close();
        server.close();
    }

    /// A playlist that its server knows too, so that it has the id it keeps.
    private String playlist(String title, String... tracks) {
        String id = desk.run(Stream.concat(Stream.of("playlist", "create", title), Stream.of(tracks)).toArray(String[]::new)).path("id")
                .asString();
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        return desk.run("show", id).path("id").asString();
    }

    private List<String> sources() {
        return desk.wiring().engines().keepSet().sources().join().stream().map(Source::title).toList();
    }

    private void whole(String... ids) {
        for (String id : ids) {
            desk.run("download", id);
            ProgramDesk.until(id + " is here", () -> desk.run("tracks", kind(id), id).path("items").valueStream()
                    .allMatch(t -> t.path("availability").asString().equals("local")));
        }
    }

    private String kind(String id) {
        return "--" + desk.run("show", id).path("kind").asString();
    }

    private static List<String> texts(JsonNode list, String field) {
        return list.valueStream().map(i -> i.path(field).asString()).toList();
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(folder.resolve("data/media"))) {
            return all.filter(p -> Files.isRegularFile(p) && !p.toString().contains(".waxwing")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private boolean queued(String track) {
        long account = desk.wiring().engines().accounts().active().getFirst().id();
        return !desk.wiring().engines().downloads().byItem(new ItemKey(account, track)).join().isEmpty();
    }

    @Test
    @DisplayName("0.9 `downloads left` lists what a kept playlist no longer holds and what was decided of it: kept stays, removed goes with its file")
    void left() {
        List<String> tracks = desk.ids("tracks", "--limit", "4");
        String list = playlist("Road", tracks.toArray(String[]::new));
        whole(list);
        assertThat(desk.run("downloads", "left").path("total").asInt()).isZero();
        for (String track : tracks.subList(0, 3)) desk.run("playlist", "remove", list, track);
        ProgramDesk.until("sent", () -> desk.run("offline", "pending").path("items").isEmpty());
        JsonNode left = desk.run("downloads", "left");
        assertThat(texts(left.path("items"), "id")).containsExactlyInAnyOrderElementsOf(tracks.subList(0, 3));
        assertThat(left.path("total").asInt()).isEqualTo(3);
        assertThat(left.path("items").valueStream()).allSatisfy(l -> {
            assertThat(l.path("source").path("id").asString()).isEqualTo(list);
            assertThat(l.path("source").path("kind").asString()).isEqualTo("playlist");
            assertThat(l.path("source").path("title").asString()).isEqualTo("Road");
            assertThat(l.path("size").asLong()).isPositive();
        });
        assertThat(files()).hasSize(4);
        assertThat(texts(desk.run("downloads", "left", "keep", tracks.get(0)).path("items"), "id"))
                .containsExactlyInAnyOrder(tracks.get(1), tracks.get(2));
        assertThat(texts(desk.run("downloads", "left", "remove", tracks.get(1)).path("items"), "id")).containsExactly(tracks.get(2));
        // Their files go together in the end: each may be taken back for a while.
        assertThat(queued(tracks.get(1))).isFalse();
        assertThat(queued(tracks.get(0))).isTrue();
        assertThat(desk.outcome("downloads", "left", "remove", tracks.get(3)).exit()).isEqualTo(app.waxwing.control.Exit.NOT_FOUND);
        for (String[] wrong : List.of(new String[]{"remove"}, new String[]{"drop", tracks.get(2)},
                new String[]{"keep", tracks.get(2), "--all"},
                new String[]{"--all"})) {
            String[] words = Stream.concat(Stream.of("downloads", "left"), Stream.of(wrong)).toArray(String[]::new);
            assertThat(desk.outcome(words).exit()).as(String.join(" ", wrong)).isEqualTo(app.waxwing.control.Exit.USAGE);
        }
        assertThat(desk.run("downloads", "left", "remove", "--all").path("total").asInt()).isZero();
        assertThat(queued(tracks.get(2))).isFalse();
        desk.run("downloads", "delete", list);
        ProgramDesk.until("what was kept from what was left stays", () -> files().size() == 1);
        assertThat(queued(tracks.get(0))).isTrue();
        assertThat(tracks.subList(1, 4)).noneMatch(this::queued);
    }

    @Test
    @DisplayName("issue 3: `downloads delete PLAYLIST` lets a kept playlist go: its files go, and what is added to it afterwards is not downloaded")
    void notFollowed() {
        List<String> tracks = desk.ids("tracks", "--limit", "4");
        String list = playlist("Road", tracks.get(0), tracks.get(1));
        String other = playlist("Home", tracks.get(2));
        whole(list, other);
        JsonNode answer = desk.run("downloads", "delete", list);
        assertThat(answer.path("removed").asInt()).isEqualTo(2);
        assertThat(answer.path("items")).isEmpty();
        assertThat(texts(answer.path("released"), "title")).containsExactly("Road");
        assertThat(answer.path("message").asString()).isEqualTo("«Road» is not kept any more.");
        assertThat(sources()).containsExactly("Home");
        desk.run("playlist", "add", list, tracks.get(3));
        desk.run("playlist", "add", other, tracks.get(1));
        ProgramDesk.until("the other one is followed", () -> queued(tracks.get(1)));
        desk.wiring().engines().keepSet().follow().join();
        assertThat(queued(tracks.get(3))).isFalse();
        assertThat(queued(tracks.get(0))).isFalse();
        assertThat(desk.outcome("downloads", "delete", list).exit()).as("«%s» holds one that «Home» keeps", list)
                .isEqualTo(app.waxwing.control.Exit.DONE);
    }

    @Test
    @DisplayName("issue 3: a track of a deleted album that a kept playlist or a wish of its own holds stays, and the answer says what keeps it")
    void stays() {
        String album = desk.ids("albums").getFirst();
        List<JsonNode> tracks = desk.run("tracks", "--album", album).path("items").valueStream().toList();
        String first = tracks.get(0).path("id").asString();
        String second = tracks.get(1).path("id").asString();
        String list = playlist("Road", first);
        desk.run("download", second);
        whole(album, list);
        JsonNode answer = desk.run("downloads", "delete", album);
        assertThat(answer.path("removed").asInt()).isEqualTo(tracks.size() - 2);
        assertThat(answer.path("total").asInt()).isEqualTo(2);
        assertThat(texts(answer.path("stays"), "itemId")).containsExactlyInAnyOrder(first, second);
        assertThat(answer.path("stays").valueStream().map(s -> s.path("keptBy").get(0)))
                .anySatisfy(by -> assertThat(List.of(by.path("kind").asString(), by.path("title").asString(), by.path("id").asString()))
                        .containsExactly("playlist", "Road", desk.run("show", list).path("id").asString()))
                .anySatisfy(by -> assertThat(by.path("kind").asString()).isEqualTo("track"));
        assertThat(answer.path("message").asString())
                .startsWith("«" + desk.run("show", album).path("title").asString() + "» is not kept any more. ")
                .contains("«" + tracks.get(0).path("title").asString() + "» stays: the kept playlist «Road» holds it.")
                .contains("«" + tracks.get(1).path("title").asString() + "» stays: a wish for it alone holds it.");

        JsonNode again = desk.run("downloads", "delete", first);
        assertThat(again.has("removed")).as("the playlist keeps its track, as before").isFalse();
        assertThat(again.path("message").asString())
                .isEqualTo("«" + tracks.get(0).path("title").asString() + "» stays: the kept playlist «Road» holds it.");
        assertThat(desk.run("downloads", "delete", album).path("removed").asInt()).as("not kept any more, it stands for its tracks")
                .isEqualTo(1);
        assertThat(sources()).containsExactly("Road");
    }

    @Test
    @DisplayName("issue 3: `downloads delete --all` lets every collection and every single wish go, a kept playlist that holds nothing too")
    void all() {
        List<String> tracks = desk.ids("tracks", "--limit", "3");
        String album = desk.ids("albums").getLast();
        String list = playlist("Road", tracks.get(0), tracks.get(1));
        String empty = playlist("Later");
        desk.run("download", tracks.get(2));
        desk.run("download", empty);
        whole(list, album);
        assertThat(sources()).contains("Road", "Later", "");
        JsonNode answer = desk.run("downloads", "delete", "--all");
        assertThat(answer.path("total").asInt()).isZero();
        assertThat(answer.path("removed").asInt()).isGreaterThan(2);
        assertThat(texts(answer.path("released"), "title")).hasSize(3).contains("Road", "Later");
        assertThat(sources()).isEmpty();
        desk.run("playlist", "add", empty, tracks.get(0));
        desk.wiring().engines().keepSet().follow().join();
        assertThat(desk.run("downloads").path("total").asInt()).isZero();
        desk.restart();
        ProgramDesk.until("their files go", () -> files().isEmpty());
        assertThat(Set.copyOf(desk.wiring().engines().downloads().rows(List.of(Download.Status.values())).join())).isEmpty();
    }
}
