package app.waxwing.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.settings.Metrics;
import app.waxwing.settings.MetricsText;
import app.waxwing.testing.ui.FakeKeeping;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsScreenTest {
    @TempDir
    Path folder;
    private final FakeKeeping keeping = new FakeKeeping();

    private PageStage stage(boolean dark) {
        var services = FakeServices.sample();
        var links = new SettingsLinks(AppPaths.under(Path.of("/music")), () -> {}, Optional.empty(), keeping, keeping, services.outbox,
                services.sync,
                Runnable::run,
                () -> {}, "0.1.0");
        return new PageStage(services, dark, ctx -> new MetricsView(ctx, links));
    }

    private static String cell(PageStage stage, String id) {
        return stage.scene().lookup("#metrics-" + id) instanceof Label label ? label.getText() : "";
    }

    private static ButtonBase button(PageStage stage, String name) {
        return stage.scene().getRoot().lookupAll("*").stream().filter(n -> n instanceof ButtonBase b && name.equals(b.getText()))
                .map(ButtonBase.class::cast).findFirst().orElseThrow(() -> new AssertionError("no button «" + name + "»"));
    }

    private static List<String> texts(PageStage stage) {
        return stage.scene().getRoot().lookupAll("*").stream().filter(Label.class::isInstance).map(n -> ((Label) n).getText()).toList();
    }

    private static Metrics.Levels levels(long memory, long store, long server) {
        return new Metrics.Levels(new Metrics.Level(memory, Duration.ofNanos(memory == 0 ? 0 : 2_000)),
                new Metrics.Level(store, Duration.ofNanos(500_000)), new Metrics.Level(server, Duration.ofMillis(server == 0 ? 0 : 120)));
    }

    @Test
    @DisplayName("1.5, 1.6, 1.7, 1.10, 1.11, 4.17, C.4, C.5 the Metrics page shows each cache's figures exactly, and the database's with its slow "
            + "statements; it resets and saves them")
    void page() {
        keeping.figures = new Metrics.View(
                List.of(new Metrics.Cache("similar", 15, 5, Duration.ofNanos(420_000), Duration.ofMillis(12), 5, 15_000, 1, 2, 5, 9,
                        10_000_000, levels(10, 5, 5)),
                        new Metrics.Cache("lyrics", 30, 0, Duration.ofMillis(3), Duration.ofMillis(4), 7, 70_000, 0, 0, 0, 3, 0,
                                levels(0, 30, 0)),
                        new Metrics.Cache("lists", 150, 0, Duration.ofMillis(1), Duration.ofMillis(2), 0, 0, 0, 0, 0, 0, 0,
                                levels(0, 150, 0))),
                keeping.figures.store());
        try (var stage = stage(false)) {
            Screens.until("shown", () -> cell(stage, "similar-hits").equals("15"));
            assertThat(List.of("misses", "rate", "mean", "p95", "items", "bytes", "evictions", "errors", "network", "unasked").stream()
                    .map(c -> cell(stage, "similar-" + c)))
                    .containsExactly("5", "75.0 %", "0.42 ms", "12 ms", "5", "15 kB", "1", "2", "5", "9");
            assertThat(cell(stage, "limits")).as("1.5 caps").isEqualTo("More like this: at most 10 MB · Lyrics: no limit");
            assertThat(List.of("rate", "mean", "items", "bytes", "errors", "saved").stream().map(c -> cell(stage, "total-" + c)))
                    .as("1.11 the five numbers, and 1.6 calls saved")
                    .containsExactly("97.5 %", "1.24 ms", "12", "85 kB", "1.0 %", "97.5 %");
            assertThat(texts(stage)).as("what they are, and C.4 what they should be").contains("hit rate", "a mean answer",
                    "items held", "on disk", "errors", "asked no server",
                    "Aims, once in use for a while: a hit rate of 90 % or more, a mean answer within 10 ms, errors 0.1 % or less.");
            assertThat(List.of("memory", "store", "server").stream()
                    .map(c -> cell(stage, "level-" + c + "-answers") + ", " + cell(stage, "level-" + c + "-mean")))
                    .as("1.7 each level's time")
                    .containsExactly("10 answers, 2.0 µs each", "185 answers, 0.50 ms each", "5 answers, 120 ms each");
            assertThat(List.of("bytes", "wal", "slow", "busy").stream().map(c -> cell(stage, "database-" + c)))
                    .as("4.17").containsExactly("142 MB", "4.1 MB", "2", "3");
            assertThat(stage.scene().getRoot().lookupAll("*").stream().map(n -> n instanceof Label l ? l.getText() : ""))
                    .as("4.17 the slow statement with its time")
                    .contains("184 ms  select track.id from track where track.id in (select rowid from track_fts) order by rank");
            Screens.run(() -> ((MetricsView) stage.page).save(folder));
            Screens.until("saved", () -> {
                try (var all = Files.list(folder)) {
                    return all.filter(f -> f.toString().endsWith(".json")).anyMatch(f -> f.toFile().length() > 0);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Screens.run(() -> button(stage, "Reset").fire());
            Screens.until("reset", () -> keeping.asked.contains("reset") && cell(stage, "similar-hits").isEmpty());
        }
    }

    @Test
    @DisplayName("1.6, 1.11 totals: hit rate, mean, errors and the calls saved are those of all caches together; what was fetched before anybody asked "
            + "takes nothing from these; as CSV a line each, then the totals and the database, then 4.17 the slow statements")
    void totals() {
        var view = new Metrics.View(
                List.of(new Metrics.Cache("a", 90, 10, Duration.ofMillis(1), Duration.ofMillis(2), 7, 70, 0, 1, 10, 400, 500,
                        levels(40, 50, 10)),
                        new Metrics.Cache("b", 100, 0, Duration.ofMillis(3), Duration.ofMillis(4), 3, 30, 0, 0, 0, 0, 0,
                                levels(0, 100, 0))),
                keeping.figures.store());
        assertThat(view.hitRate()).isEqualTo(0.95);
        assertThat(view.mean()).isEqualTo(Duration.ofMillis(2));
        assertThat(view.callsSaved()).isEqualTo(0.95);
        assertThat(view.errorRate()).isEqualTo(0.005);
        assertThat(MetricsText.fields(view)).containsEntry("items", 10L).containsEntry("bytes", 100L);
        assertThat(MetricsText.csv(view)).isEqualTo("""
                name,hits,misses,hitRate,mean,p95,items,bytes,evictions,errors,network,unasked,limit
                a,90,10,0.9,0.001,0.002,7,70,0,1,10,400,500
                b,100,0,1,0.003,0.004,3,30,0,0,0,0,0

                figure,value
                hits,190
                misses,10
                hitRate,0.95
                mean,0.002
                items,10
                bytes,100
                errors,1
                errorRate,0.005
                callsSaved,0.95
                levels.memory.answers,40
                levels.memory.mean,0.000002
                levels.store.answers,150
                levels.store.mean,0.0005
                levels.server.answers,10
                levels.server.mean,0.12
                database.bytes,142000000
                database.walBytes,4100000
                database.statements,18230
                database.mean,0.00024
                database.slow,2
                database.busy,3
                database.waiting,1

                at,took,statement
                """ + keeping.figures.store().newest().stream()
                .map(s -> s.at() + ",0.184," + s.statement() + "\n").reduce("", String::concat));
    }

    @Test
    void drawn_full_and_empty_in_both_looks() {
        for (boolean dark : new boolean[]{false, true}) {
            var full = keeping.figures;
            try (var stage = stage(dark)) {
                Screens.until("shown", () -> !cell(stage, "lyrics-hits").isEmpty());
                stage.snapshot("metrics" + (dark ? "-dark" : "-light"));
                Screens.run(() -> button(stage, "Reset").fire());
                Screens.until("reset", () -> cell(stage, "lyrics-hits").isEmpty());
                stage.snapshot("metrics-empty" + (dark ? "-dark" : "-light"));
            }
            keeping.figures = full;
        }
    }
}
