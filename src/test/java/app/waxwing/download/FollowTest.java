package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.download.Download.Status;
import app.waxwing.server.ItemKind;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.TestScale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FollowTest extends OnKeepDesk {
    private static final List<String> TRACKS = List.of("a", "b", "c", "d", "e");
    private static final List<String> LISTS = List.of("p", "q", "r");

    @Test
    @DisplayName("a kept playlist, album and artist follow their server: what is added comes by itself, in their quality, an empty one too")
    void comes() {
        ItemKey list = desk.playlist("p", "Road");
        ItemKey album = desk.collection("album");
        ItemKey artist = desk.collection("artist");
        desk.usual = Quality.OPUS_128;
        desk.keeps.keep(ItemKind.PLAYLIST, list, 3).join();
        desk.usual = Quality.ORIGINAL;
        desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
        desk.keeps.keep(ItemKind.ARTIST, artist, 0).join();
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        assertThat(desk.keeps.follow().join()).isZero();

        for (String id : TRACKS) desk.track(id);
        desk.playlist("p", "Road", "a");
        album("a", "other");
        album("b", "album");
        album("c", "other");
        desk.credit("c", "artist");
        album("d", "other");
        album("e", "other");
        assertThat(desk.keeps.follow().join()).isEqualTo(3);
        assertThat(rig.row(desk.key("a")).orElseThrow()).satisfies(d -> {
            assertThat(d.quality()).isEqualTo("opus-128");
            assertThat(d.priority()).isEqualTo(3);
            assertThat(d.origin()).isEqualTo(Download.Origin.PLAYLIST);
        });
        assertThat(rig.row(desk.key("b"))).isPresent();
        assertThat(rig.row(desk.key("c")).orElseThrow().quality()).isEqualTo("original");
        assertThat(rig.row(desk.key("d"))).isEmpty();
        assertThat(desk.keeps.follow().join()).isZero();
    }

    private void album(String track, String album) {
        var t = app.waxwing.store.schema.Tables.TRACK;
        rig.database
                .write(Durability.SOON, Lane.USER, sql -> sql.update(t).set(t.ALBUM_ITEM_ID, album).where(t.ITEM_ID.eq(track)).execute())
                .join();
    }

    @Test
    @DisplayName("a track deleted by hand does not come back; kept anew, the collection brings it again")
    void notBack() {
        for (String id : List.of("a", "b")) desk.track(id);
        ItemKey album = desk.collection("album", "a", "b");
        desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
        long id = rig.await(desk.key("a"), Status.COMPLETED).id();
        rig.await(desk.key("b"), Status.COMPLETED);
        rig.engine.delete(List.of(id)).join();
        assertThat(desk.keeps.follow().join()).isZero();
        assertThat(rig.row(desk.key("a"))).isEmpty();
        desk.keeps.keep(ItemKind.ALBUM, album, 0).join();
        rig.await(desk.key("a"), Status.COMPLETED);
        desk.keeps.release(ItemKind.ALBUM, album).join();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        assertThat(desk.keeps.follow().join()).isZero();
    }

    /// What the keep set should be, in sets.
    private static final class Model {
        final Map<String, Set<String>> holds = new HashMap<>();
        final Set<String> kept = new HashSet<>();
        final Set<String> edges = new TreeSet<>();
        final Set<String> exceptions = new HashSet<>();

        void keep(String list) {
            kept.add(list);
            exceptions.removeIf(e -> e.startsWith(list + " "));
            for (String t : holds.getOrDefault(list, Set.of())) edges.add(list + " " + t);
        }

        void release(String list) {
            kept.remove(list);
            exceptions.removeIf(e -> e.startsWith(list + " "));
            edges.removeIf(e -> e.startsWith(list + " "));
        }

        void follow() {
            for (String list : kept)
                for (String t : holds.getOrDefault(list, Set.of())) if (!exceptions.contains(list + " " + t)) edges.add(list + " " + t);
        }

        void cancel(String track) {
            for (String e : edges) if (e.endsWith(" " + track) && !e.startsWith("user")) exceptions.add(e);
            edges.removeIf(e -> e.endsWith(" " + track));
        }

        boolean lost(String edge) {
            String[] words = edge.split(" ");
            return !words[0].equals("user") && !holds.getOrDefault(words[0], Set.of()).contains(words[1]);
        }

        Set<String> wanted() {
            var wanted = new TreeSet<String>();
            for (String e : edges) wanted.add(e.split(" ")[1]);
            return wanted;
        }

        Set<String> left() {
            var left = wanted();
            for (String e : edges) if (!lost(e)) left.remove(e.split(" ")[1]);
            return left;
        }

        int removeLost(Set<String> tracks) {
            int before = edges.size();
            edges.removeIf(e -> tracks.contains(e.split(" ")[1]) && lost(e));
            return before - edges.size();
        }
    }

    @Test
    @DisplayName("0.9 seeded sequences of keeping, releasing, changing, following, cancelling and answering: reasons, downloads and questions as in a simple model")
    void model() {
        rig.network.mode(Reachability.Mode.FORCED_OFFLINE);
        for (String id : TRACKS) desk.track(id);
        for (int sequence = 0; sequence < TestScale.of(3, 100); sequence++) {
            long seed = System.nanoTime();
            var random = new Random(seed);
            var model = new Model();
            List<String> done = new ArrayList<>();
            for (String list : LISTS) change(model, list, Set.of());
            for (int step = 0; step < 30; step++) {
                done.add(act(model, random));
                String where = "seed " + seed + ": " + done;
                assertThat(edges()).as(where).isEqualTo(model.edges);
                assertThat(wanted()).as(where).isEqualTo(model.wanted());
                var left = new TreeSet<String>();
                desk.keeps.noLongerIn().join().forEach(l -> left.add(l.track().id()));
                assertThat(left).as(where).isEqualTo(model.left());
            }
            for (String list : LISTS) desk.keeps.release(ItemKind.PLAYLIST, desk.key(list)).join();
            for (String track : TRACKS) desk.keeps.release(ItemKind.TRACK, desk.key(track)).join();
            assertThat(wanted()).as("seed " + seed).isEmpty();
        }
    }

    private String act(Model model, Random random) {
        String list = LISTS.get(random.nextInt(LISTS.size()));
        String track = TRACKS.get(random.nextInt(TRACKS.size()));
        ItemKey listKey = desk.key(list);
        ItemKey trackKey = desk.key(track);
        switch (random.nextInt(9)) {
            case 0 -> {
                desk.keeps.keep(ItemKind.PLAYLIST, listKey, 0).join();
                model.keep(list);
                return "keep " + list;
            }
            case 1 -> {
                desk.keeps.release(ItemKind.PLAYLIST, listKey).join();
                model.release(list);
                return "release " + list;
            }
            case 2 -> {
                desk.keeps.keep(ItemKind.TRACK, trackKey, 0).join();
                model.edges.add("user " + track);
                return "keep " + track;
            }
            case 3 -> {
                desk.keeps.release(ItemKind.TRACK, trackKey).join();
                model.edges.remove("user " + track);
                return "release " + track;
            }
            case 4 -> {
                rig.engine.cancel(rig.row(trackKey).stream().map(Download::id).toList()).join();
                model.cancel(track);
                return "cancel " + track;
            }
            case 5 -> {
                desk.keeps.removeLeft(List.of(trackKey)).join();
                model.removeLost(Set.of(track));
                return "remove what was left of " + track;
            }
            case 6 -> {
                desk.keeps.keepLeft(List.of(trackKey)).join();
                if (model.removeLost(Set.of(track)) > 0) model.edges.add("user " + track);
                return "keep what was left of " + track;
            }
            case 7 -> {
                desk.keeps.follow().join();
                model.follow();
                return "follow";
            }
            default -> {
                Set<String> now = new TreeSet<>(TRACKS);
                now.removeIf(t -> random.nextBoolean());
                change(model, list, now);
                return list + " holds " + now;
            }
        }
    }

    private void change(Model model, String list, Set<String> now) {
        model.holds.put(list, now);
        desk.playlist(list, "List " + list, now.toArray(String[]::new));
    }

    private Set<String> edges() {
        return rig.database.readNow(sql -> new TreeSet<>(sql.select(KEEP_REASON.KIND, KEEP_REASON.SOURCE_ITEM_ID, KEEP_REASON.TRACK_ITEM_ID)
                .from(KEEP_REASON).fetch(r -> (r.value1().equals("user") ? "user" : r.value2()) + " " + r.value3())));
    }

    private Set<String> wanted() {
        return rig.database.readNow(sql -> new TreeSet<>(
                sql.select(DOWNLOAD.ITEM_ID).from(DOWNLOAD).where(DOWNLOAD.DELETED_AT.isNull()).fetch(DOWNLOAD.ITEM_ID)));
    }
}
