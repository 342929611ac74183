package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Page;
import app.waxwing.library.Album;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.LongStream;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/// 100,000 rows: scrolled through at random and in steps, with answers that take their time. Prints the work of a frame; asserts only what does not depend on
/// the machine: few rows exist, few pages are asked for, the rows at the end are filled.
class ScrollTest {
    private static final int MANY = 100_000;
    private static final ScheduledExecutorService SLOWLY = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger questions = new AtomicInteger();

    @AfterAll
    static void end() {
        SLOWLY.shutdownNow();
    }

    /// The sample library, but with 100,000 albums and tracks that come 3 ms after they were asked for.
    private Library large(FakeServices services) {
        return (Library) Proxy.newProxyInstance(Library.class.getClassLoader(), new Class<?>[]{Library.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "trackRows", "albumRows" -> CompletableFuture.completedFuture(LongStream.range(0, MANY).toArray());
                    case "tracksByRow" -> later(() -> Arrays.stream((long[]) arguments[0]).mapToObj(r -> track(services, r)).toList());
                    case "albumsByRow" -> later(() -> Arrays.stream((long[]) arguments[0]).mapToObj(r -> album(services, r)).toList());
                    default -> method.invoke(services.library, arguments);
                });
    }

    private <T> CompletableFuture<T> later(java.util.function.Supplier<T> value) {
        questions.incrementAndGet();
        var answer = new CompletableFuture<T>();
        SLOWLY.schedule(() -> answer.complete(value.get()), 3, TimeUnit.MILLISECONDS);
        return answer;
    }

    private static Track track(FakeServices s, long row) {
        Track t = s.music.tracks.get((int) (row % s.music.tracks.size()));
        return new Track(row, t.key(), t.title() + " " + row, t.artist(), t.artists(), t.artistId(), t.album(), t.albumId(),
                t.albumArtist(), t.disc(), t.number(),
                t.year(), t.genres(), t.duration(), t.container(), t.size(), t.favourite(), t.playCount(), t.lastPlayed(), t.gainDb(),
                t.albumGainDb(), t.hasLyrics(),
                t.cover(), t.availability(), t.problem(), t.fileSize());
    }

    private static Album album(FakeServices s, long row) {
        Album a = s.music.albums.get((int) (row % s.music.albums.size()));
        String letter = String.valueOf((char) ('A' + row * 26 / MANY));
        return new Album(row, a.key(), letter + " " + a.title() + " " + row, a.artist(), a.artistId(), a.year(), a.trackCount(),
                a.duration(), a.favourite(), a.added(),
                a.cover(), a.availability(), a.localTracks());
    }

    private void scroll(String name, int rows, String cells, Function<ViewContext, Page> make) {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, large(services), true, PageStage.WIDTH, PageStage.HEIGHT, make)) {
            Screens.settle();
            var list = (ListView<?>) stage.page.first();
            Screens.until("rows are there", () -> list.getItems().size() == rows);
            List<Long> micros = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int at = i < 200 ? i * 3 : (int) (i * 7919L * 131 % rows);
                micros.add(Screens.fx(() -> {
                    long from = System.nanoTime();
                    list.scrollTo(at);
                    stage.scene().getRoot().applyCss();
                    stage.scene().getRoot().layout();
                    return (System.nanoTime() - from) / 1000;
                }));
            }
            Screens.run(() -> list.scrollTo(rows - 1));
            Screens.settle();
            Screens.until("the last rows are filled",
                    () -> stage.scene().getRoot().lookupAll(cells).stream().map(n -> String.valueOf(n.getAccessibleText()))
                            .anyMatch(words -> words.contains(" " + (MANY - 1))));
            micros.sort(null);
            System.err.printf("%s, %,d rows: work of a frame p50 %.1f ms, p99 %.1f ms, worst %.1f ms; %d questions%n", name, MANY,
                    micros.get(200) / 1000.0,
                    micros.get(395) / 1000.0, micros.getLast() / 1000.0, questions.get());
            assertThat(stage.scene().getRoot().lookupAll(cells).size()).as("rows that exist").isLessThan(200);
            assertThat(questions.get()).as("questions to the library").isLessThan(1200);
        }
    }

    @Test
    void a_table_of_100000_tracks_is_smooth() {
        scroll("tracks", MANY, ".track-row", ctx -> new LibraryPages(ctx).tracks());
    }

    @Test
    void a_grid_of_100000_albums_is_smooth() {
        scroll("albums", GridGeometry.covers(896 - 42 - 14 - 22).rows(MANY), ".cover-tile", ctx -> new LibraryPages(ctx).albums());
    }
}
