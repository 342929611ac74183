package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer.Version;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderTest {
    @TempDir
    Path folder;
    private Rig rig;
    private final Map<String, Long> ids = new HashMap<>();

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        rig.network.mode(Mode.FORCED_OFFLINE);
        rig.engine.limits(rig.engine.limits().atOnce(1));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void queue(Origin origin, String... names) {
        List<ItemKey> keys = new ArrayList<>();
        for (String name : names) {
            var version = Version.of(TransferTest.music(2000, name.hashCode()), Instant.EPOCH);
            rig.server.file(Rig.path(name), version);
            rig.server.file("/Items/" + name + "/File", version);
            keys.add(rig.track(1, name, 2000));
        }
        rig.engine.enqueue(keys, origin, 0, "original").thenCompose(rig.engine::find).join().forEach(d -> ids.put(d.key().id(), d.id()));
    }

    private List<String> listed() {
        return rig.engine.list(new DownloadEngine.Filter(List.of(Status.PENDING)), 0, 0).join().items().stream().map(d -> d.key().id())
                .toList();
    }

    private long id(String name) {
        return ids.getOrDefault(name, -1L);
    }

    private void move(String name, String before) {
        rig.engine.move(List.of(id(name)), before.isEmpty() ? OptionalLong.empty() : OptionalLong.of(id(before))).join();
    }

    /// Lets it run; one at a time, so that the starts are the order.
    private List<String> run(int count) {
        rig.network.mode(Mode.AUTO);
        Rig.await(() -> started().size() == count, () -> "started: " + started());
        return started();
    }

    private List<String> started() {
        return rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED).map(e -> e.download().key().id()).toList();
    }

    @Test
    @DisplayName("B.39 moved rows stand where they were put, in the list and when they run; «to the top» goes before every other wish")
    void moves() {
        queue(Origin.USER, "a", "b", "c", "d", "e");
        queue(Origin.QUEUE, "x", "y");
        move("e", "b");
        assertThat(listed()).containsExactly("a", "e", "b", "c", "d", "x", "y");
        rig.engine.move(List.of(id("d"), id("a")), OptionalLong.of(id("e"))).join();
        assertThat(listed()).containsExactly("d", "a", "e", "b", "c", "x", "y");
        move("d", "");
        assertThat(listed()).containsExactly("a", "e", "b", "c", "d", "x", "y");
        rig.engine.priority(id("c"), 7).join();
        rig.engine.toTop(List.of(id("y"), id("d"))).join();
        assertThat(listed()).containsExactly("y", "d", "c", "a", "e", "b", "x");
        // Below its own class it stands last in it, and before itself it stays.
        move("y", "x");
        move("e", "e");
        assertThat(listed()).containsExactly("d", "c", "a", "e", "b", "y", "x");
        rig.restart();
        rig.events.clear();
        assertThat(run(7)).containsExactly("d", "c", "a", "e", "b", "y", "x");
    }

    @Test
    @DisplayName("B.39 a hundred moves into the same gap and anywhere: the list is what a plain list would be, before and after a restart (seeded)")
    void sequences() {
        String[] names = new String[30];
        for (int i = 0; i < names.length; i++) names[i] = "n" + i;
        queue(Origin.USER, names);
        var model = new ArrayList<>(List.of(names));
        var random = new Random(11);
        for (int step = 0; step < 100; step++) {
            String name = model.get(random.nextInt(model.size()));
            String before = random.nextInt(3) > 0 ? "n7" : random.nextInt(8) == 0 ? "" : model.get(random.nextInt(model.size()));
            move(name, before);
            if (!name.equals(before)) {
                model.remove(name);
                model.add(before.isEmpty() ? model.size() : model.indexOf(before), name);
            }
            assertThat(listed()).as("seed 11, step %d: %s before %s", step, name, before).isEqualTo(model);
        }
        assertThat(run(names.length)).isEqualTo(model);
    }

    @Test
    @DisplayName("B.39 a gap without room between two wishes of one moment is made wider for all")
    void renumbers() {
        queue(Origin.USER, "a", "b", "c");
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.update(app.waxwing.store.schema.Tables.DOWNLOAD).set(app.waxwing.store.schema.Tables.DOWNLOAD.PLACE, 5L)
                        .execute())
                .join();
        rig.restart();
        assertThat(listed()).containsExactly("a", "b", "c");
        move("c", "b");
        assertThat(listed()).containsExactly("a", "c", "b");
        move("b", "a");
        assertThat(run(3)).containsExactly("b", "a", "c");
    }
}
