package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DownloadsScreensTest {
    private static void draw(String state, Supplier<FakeServices> services, boolean dark) {
        try (var stage = new PageStage(services.get(), dark, DownloadsView::new)) {
            stage.snapshot("downloads-" + state + (dark ? "-dark" : "-light"));
            var page = (DownloadsView) stage.page;
            for (Tab tab : new Tab[]{Tab.COMPLETED, Tab.HERE}) {
                Screens.run(() -> page.model().tab().set(tab));
                stage.snapshot("downloads-" + tab.name().toLowerCase(java.util.Locale.ROOT) + "-" + state + (dark ? "-dark" : "-light"));
            }
        }
    }

    @Test
    void the_page_is_drawn_in_both_looks_and_empty_failing_and_long() {
        draw("normal", FakeServices::sample, false);
        draw("normal", FakeServices::sample, true);
        draw("empty", FakeServices::empty, false);
        draw("failing", FakeServices::failing, true);
        draw("long", FakeServices::longTexts, false);
    }

    @Test
    @DisplayName("2.19 Clear completed asks what becomes of the files; «Keep the files» only empties the list")
    void clear_completed_asks_about_files() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.run(() -> page.model().tab().set(Tab.COMPLETED));
            Screens.run(() -> button(stage, "Clear completed").fire());
            stage.snapshot("downloads-clear-light");
            assertThat(services.downloads.asked).doesNotContain("deleted");
            Screens.run(() -> button(stage, "Keep the files").fire());
            Screens.until("the list is empty", () -> page.model().completed().isEmpty());
        }
    }

    @Test
    @DisplayName("2.18 a row pauses, resumes, retries and cancels, and says its state in words")
    void a_row_offers_what_its_state_allows() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, true, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9);
            var first = Screens.fx(() -> page.model().active().getFirst());
            assertThat(first.error()).isPresent();
            Screens.run(() -> page.first(first));
            Screens.until("it waits again", () -> page.model().count(app.waxwing.download.Download.Status.FAILED) == 1);
            Screens.run(() -> button(stage, "Pause all").fire());
            Screens.until("all are paused", () -> page.model().count(app.waxwing.download.Download.Status.DOWNLOADING) == 0);
            Screens.run(() -> button(stage, "Resume all").fire());
            Screens.until("none is paused", () -> page.model().count(app.waxwing.download.Download.Status.PAUSED) == 0);
            assertThat(services.downloads.asked).contains("queued", "paused", "resumed");
        }
    }

    private static Button button(PageStage stage, String words) {
        return stage.scene().getRoot().lookupAll(".button").stream()
                .filter(n -> n instanceof Button b && words.equals(((Labeled) b).getText())).map(n -> (Button) n)
                .findFirst().orElseThrow(() -> new AssertionError("no button «" + words + "»"));
    }
}
