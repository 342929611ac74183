package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Availability;
import app.waxwing.library.Library;
import app.waxwing.library.Playlist;
import app.waxwing.library.Track;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.SampleMusic;
import app.waxwing.testing.ui.Screens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A playlist of any length: what is read for it, its orders, its place, what is done with the whole of it.
class PlaylistPageTest {
    private static final ItemKey BIG = SampleMusic.key("playlist-big");

    /// So many entries; every third of them is of the same hundred tracks.
    private static FakeServices services(int entries) {
        var music = SampleMusic.of(entries / 10);
        var mine = new ArrayList<Track>();
        for (int i = 0; i < entries; i++) mine.add(music.tracks.get(i % 3 == 0 ? i / 3 % 100 : i));
        Duration length = mine.stream().map(t -> t.duration().orElseThrow()).reduce(Duration.ZERO, Duration::plus);
        music.playlists.add(new Playlist(99, BIG, "Everything", entries, length, true, false, Optional.empty(), Availability.PARTIAL, 40));
        music.members.put(BIG, List.copyOf(mine));
        return FakeServices.of(music);
    }

    private static PageStage stage(FakeServices services) {
        return new PageStage(services, false, ctx -> new LibraryPages(ctx).playlist(BIG));
    }

    private static ListView<?> list(PageStage stage) {
        return (ListView<?>) stage.page.first();
    }

    private static void rows(PageStage stage, int count) {
        Screens.until(count + " rows", () -> list(stage).getItems().size() == count);
        Screens.settle();
    }

    private static void press(Node node, KeyCode code) {
        Screens.run(() -> Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false)));
    }

    private static void choose(PageStage stage, int... lines) {
        Screens.run(() -> {
            list(stage).getSelectionModel().clearSelection();
            for (int line : lines) list(stage).getSelectionModel().select(line);
            list(stage).getFocusModel().focus(lines[0]);
        });
    }

    private static Button heading(PageStage stage, String words) {
        return stage.page.root().lookupAll(".track-head").stream().filter(Button.class::isInstance).map(Button.class::cast)
                .filter(b -> words.equals(b.getText())).findFirst().orElseThrow();
    }

    private static List<String> facts(PageStage stage) {
        return Screens.fx(() -> stage.page.root().lookupAll(".head-fact").stream().map(f -> ((Label) f).getText()).toList());
    }

    private static int top(ListView<?> list) {
        return ((VirtualFlow<?>) list.lookup(".virtual-flow")).getFirstVisibleCell().getIndex();
    }

    @Test
    @DisplayName("Issue 4 a playlist of 20,000 tracks holds row numbers: opening it and each change read the records that are seen, and no more")
    void readsWhatIsSeen() {
        FakeServices services = services(20_000);
        try (var stage = stage(services)) {
            rows(stage, 20_000);
            assertThat(services.library.tracksRead.get()).isBetween(1, 400);
            assertThat(facts(stage)).anyMatch(f -> f.equals("20,000 tracks")).anyMatch(f -> f.contains("40 of 20,000"));
            for (Library.Change change : List.of(Library.Change.AVAILABILITY, Library.Change.USER_STATE, Library.Change.PLAYLISTS)) {
                services.library.tracksRead.set(0);
                services.library.changes.publish(change);
                Screens.until("what is seen is read again", () -> services.library.tracksRead.get() > 0);
                Screens.settle();
                assertThat(services.library.tracksRead.get()).as("%s", change).isLessThanOrEqualTo(400);
            }
        }
    }

    @Test
    @DisplayName("issue 4 any page's first rows: a long playlist shows its first rows at once; what is played from them is the whole of it")
    void begins() {
        FakeServices services = services(6_000);
        services.library.wholeLists = new CompletableFuture<>();
        try (var stage = stage(services)) {
            rows(stage, RowsViewModel.FIRST);
            assertThat(facts(stage)).anyMatch(f -> f.equals("6,000 tracks"));
            choose(stage, 3);
            press(list(stage), KeyCode.ENTER);
            services.library.wholeLists.complete(null);
            rows(stage, 6_000);
            Screens.until("the whole playlist is the queue", () -> services.player.state().queue().size() == 6_000);
            assertThat(services.player.state().index()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("Issue 4 of a track that is in a playlist several times the entry plays that was meant, and that one is taken out")
    void entries() {
        FakeServices services = services(1_200);
        try (var stage = stage(services)) {
            rows(stage, 1_200);
            // The same track stands at 0, 300, 600 and 900.
            choose(stage, 600);
            press(list(stage), KeyCode.ENTER);
            Screens.until("it plays", () -> services.player.state().queue().size() == 1_200);
            assertThat(services.player.state().index()).isEqualTo(600);
            choose(stage, 300, 601);
            press(list(stage), KeyCode.DELETE);
            Screens.until("they are taken out", () -> services.userState.done.contains("remove [300, 601] from playlist-big"));
        }
    }

    @Test
    @DisplayName("Issue 4 sorts by any column: what is played and taken out of the sorted list is what is seen there; # leads to the playlist's own order")
    void sorts() {
        FakeServices services = services(1_200);
        List<Track> own = services.music.tracksOf(BIG);
        List<Integer> byArtist = java.util.stream.IntStream.range(0, own.size()).boxed()
                .sorted(Comparator.comparing(i -> own.get(i).artist()))
                .toList();
        try (var stage = stage(services)) {
            rows(stage, 1_200);
            Screens.run(() -> list(stage).scrollTo(900));
            Screens.settle();
            Screens.run(() -> heading(stage, "ARTIST").fire());
            Screens.until("it is sorted", () -> heading(stage, "ARTIST").getGraphic() != null && top(list(stage)) == 0);
            choose(stage, 7, 900);
            press(list(stage), KeyCode.DELETE);
            List<Integer> gone = java.util.stream.Stream.of(byArtist.get(7), byArtist.get(900)).sorted().toList();
            Screens.until("they are taken out", () -> services.userState.done.contains("remove " + gone + " from playlist-big"));
            choose(stage, 7);
            press(list(stage), KeyCode.ENTER);
            Screens.until("it plays",
                    () -> services.player.state().current().map(Track::key).equals(Optional.of(own.get(byArtist.get(7)).key())));
            assertThat(services.player.state().queue()).hasSize(1_200);
            Screens.run(() -> heading(stage, "#").fire());
            Screens.until("its own order", () -> heading(stage, "ARTIST").getGraphic() == null);
            Screens.settle();
            choose(stage, 5);
            press(list(stage), KeyCode.DELETE);
            Screens.until("it is taken out", () -> services.userState.done.contains("remove [5] from playlist-big"));
        }
    }

    @Test
    @DisplayName("Issue 4 jumps by letter and remembers its place: in a playlist, too, as it does its order")
    void lettersAndPlace() {
        FakeServices services = services(1_200);
        try (var stage = stage(services)) {
            rows(stage, 1_200);
            Node strip = stage.find(".letter-strip");
            assertThat(strip.isVisible()).isFalse();
            Screens.run(() -> heading(stage, "TITLE").fire());
            Screens.until("the strip", strip::isVisible);
            stage.snapshot("playlist-by-title-light");
            Screens.run(() -> Event.fireEvent(list(stage),
                    new KeyEvent(KeyEvent.KEY_TYPED, "s", "s", KeyCode.UNDEFINED, false, false, false, false)));
            Screens.until("it jumped", () -> top(list(stage)) > 0);
            Screens.settle();
            int at = Screens.fx(() -> top(list(stage)));
            var again = Screens.fx(() -> {
                stage.page.hidden();
                stage.page.close();
                var page = new LibraryPages(stage.ctx).playlist(BIG);
                ((StackPane) stage.scene().getRoot()).getChildren().set(0, page.root());
                page.shown();
                return page;
            });
            var list = (ListView<?>) again.first();
            Screens.until("rows", () -> list.getItems().size() == 1_200);
            Screens.until("it stands where it stood", () -> list.lookup(".virtual-flow") != null && top(list) == at);
            Screens.settle();
            assertThat(Screens.fx(() -> top(list))).isEqualTo(at);
        }
    }
}
