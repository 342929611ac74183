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

    @Test
    @DisplayName("1.10, 1.11, C.5 the Metrics page shows each cache's figures exactly, resets and saves them")
    void page() {
        keeping.figures = new Metrics.View(
                List.of(new Metrics.Cache("similar", 15, 5, Duration.ofNanos(420_000), Duration.ofMillis(12), 5, 15, 1, 2, 5)),
                keeping.figures.store());
        try (var stage = stage(false)) {
            Screens.until("shown", () -> cell(stage, "similar-hits").equals("15"));
            assertThat(List.of("misses", "rate", "mean", "p95", "items", "evictions", "errors", "network").stream()
                    .map(c -> cell(stage, "similar-" + c)))
                    .containsExactly("5", "75.0 %", "0.42 ms", "12 ms", "5", "1", "2", "5");
            assertThat(cell(stage, "database-slow")).isEqualTo("2");
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
    @DisplayName("1.6, 1.11 totals: hit rate, mean, errors and the calls saved are those of all caches together; as CSV a line each")
    void totals() {
        var view = new Metrics.View(
                List.of(new Metrics.Cache("a", 90, 10, Duration.ofMillis(1), Duration.ofMillis(2), 7, 70, 0, 1, 10),
                        new Metrics.Cache("b", 100, 0, Duration.ofMillis(3), Duration.ofMillis(4), 3, 30, 0, 0, 0)),
                keeping.figures.store());
        assertThat(view.hitRate()).isEqualTo(0.95);
        assertThat(view.mean()).isEqualTo(Duration.ofMillis(2));
        assertThat(view.callsSaved()).isEqualTo(0.95);
        assertThat(view.errorRate()).isEqualTo(0.005);
        assertThat(MetricsText.fields(view)).containsEntry("items", 10L).containsEntry("bytes", 100L);
        assertThat(MetricsText.csv(view)).isEqualTo("""
                name,hits,misses,hitRate,mean,p95,items,bytes,evictions,errors,network
                a,90,10,0.9,0.001,0.002,7,70,0,1,10
                b,100,0,1,0.003,0.004,3,30,0,0,0
                """);
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
