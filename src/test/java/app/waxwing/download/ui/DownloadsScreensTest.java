package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Remedy;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Texts;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.ToggleButton;
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
        draw("empty", FakeServices::empty, true);
        draw("failing", FakeServices::failing, true);
        draw("long", FakeServices::longTexts, false);
    }

    @Test
    @DisplayName("Limits that this system cannot know of say so: the battery's switch is off and cannot be pressed; it works where the system tells")
    void limitsThatCannotBeKnown() {
        for (boolean known : new boolean[]{true, false}) {
            var services = FakeServices.sample();
            services.downloads.senses = new DownloadEngine.Senses(known, known);
            services.downloads.limits(services.downloads.limits().pauseOnBattery(true));
            try (var stage = new PageStage(services, !known, DownloadsView::new)) {
                Screens.run(() -> stage.scene().getRoot().lookupAll(".button").stream().map(Button.class::cast)
                        .filter(b -> String.valueOf(b.getText()).startsWith("Limits")).findFirst().orElseThrow().fire());
                stage.snapshot("downloads-limits-" + (known ? "known" : "unknown"));
                var battery = Screens.fx(() -> (ToggleButton) stage.scene().getRoot().lookupAll(".switch").stream()
                        .filter(n -> Texts.of("limits.battery").equals(n.getAccessibleText())).findFirst().orElseThrow());
                assertThat(Screens.fx(battery::isSelected)).isEqualTo(known);
                assertThat(Screens.fx(battery::isDisabled)).isNotEqualTo(known);
                var words = Screens.fx(() -> stage.scene().getRoot().lookup(".limits-card").lookupAll(".secondary").stream()
                        .map(n -> ((Labeled) n).getText()).toList());
                assertThat(words).contains(Texts.of(known ? "limits.battery.help" : "limits.battery.unknown"),
                        Texts.of(known ? "limits.unmetered.help" : "limits.unmetered.unknown"));
                assertThat(services.downloads.limits().pauseOnBattery()).as("what is set stays").isTrue();
            }
        }
    }

    @Test
    @DisplayName("the details of a row, the limits, what is asked, and what keeps files here, in both looks")
    void details_limits_questions() {
        for (boolean dark : new boolean[]{false, true}) {
            String look = dark ? "-dark" : "-light";
            var services = FakeServices.sample();
            services.downloads.unknownNetwork = Optional.of("wwan0");
            var music = services.music;
            for (int i = 0; i < 3; i++) {
                var track = music.tracksOf(music.album("Low Orbit").key()).get(i);
                services.downloads.left.add(new KeepSet.Left(track.key(), track.title(), track.artist(), ItemKind.PLAYLIST,
                        new ItemKey(1, "p"), "Morning tram", 31_000_000));
            }
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are there", () -> page.model().active().size() == 9);
                Screens.run(() -> {
                    for (int i = 0; i < 250; i++)
                        page.model().speed().add((long) (9_000_000 + 2_500_000 * Math.sin(i / 9.0) - (i % 7) * 200_000));
                });
                Screens.until("the next sample is drawn", () -> page.model().speed().all().length > 251);
                stage.snapshot("downloads-speed" + look);
                Screens.run(() -> page.details(page.model().active().get(2)));
                stage.snapshot("downloads-details" + look);
                Screens.run(() -> page.details(page.model().active().get(5)));
                stage.snapshot("downloads-details-waiting" + look);
                assertThat(Screens.fx(page::closeDetails)).isTrue();
                Screens.run(() -> button(stage, "Decide …").fire());
                stage.snapshot("downloads-left" + look);
                Screens.run(() -> button(stage, "Keep").fire());
                assertThat(services.downloads.asked).anyMatch(a -> a.startsWith("keep left"));
                Screens.run(() -> button(stage, "It costs").fire());
                assertThat(services.downloads.asked).contains("wwan0 costs");
                Screens.run(() -> button(stage, "Limits").fire());
                stage.snapshot("downloads-limits" + look);
                Screens.run(() -> button(stage, "Done").fire());
            }
        }
    }

    @Test
    @DisplayName("2.19 Clear completed asks what becomes of the files; «Keep the files» only empties the list")
    void clear_completed_asks_about_files() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().completed().size() == 6);
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
            var first = Screens.fx(() -> page.model().active().stream().filter(d -> d.remedy() == Remedy.RETRY).findFirst().orElseThrow());
            assertThat(first.error()).isNotBlank();
            Screens.run(() -> page.first(first));
            Screens.until("it waits again", () -> page.model().count(app.waxwing.download.Download.Status.FAILED) == 1);
            Screens.run(() -> button(stage, "Pause all").fire());
            Screens.until("all are paused", () -> page.model().count(app.waxwing.download.Download.Status.DOWNLOADING) == 0);
            Screens.run(() -> button(stage, "Resume all").fire());
            Screens.until("none is paused", () -> page.model().count(app.waxwing.download.Download.Status.PAUSED) == 0);
            assertThat(services.downloads.asked).contains("queued", "paused", "resumed");
        }
    }

    @Test
    @DisplayName("4.19 what was deleted is said at the foot of the page with «Undo», in both looks; that brings it back and the words go")
    void undo() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are there", () -> page.model().completed().size() == 6);
                Screens.run(() -> page.model().tab().set(Tab.COMPLETED));
                var goes = Screens.fx(() -> page.model().completed().getFirst());
                Screens.run(() -> page.model().deleteLines(List.of(goes)));
                Screens.until("it left the list", () -> !page.model().completed().contains(goes));
                stage.snapshot("downloads-undo" + (dark ? "-dark" : "-light"));
                Screens.run(() -> button(stage, "Undo").fire());
                assertThat(services.downloads.asked).contains("enqueue");
                assertThat(Screens.fx(() -> stage.scene().getRoot().lookup(".toast"))).isNull();
            }
        }
    }

    private static Button button(PageStage stage, String words) {
        return stage.scene().getRoot().lookupAll(".button").stream()
                .filter(n -> n instanceof Button b && words.equals(((Labeled) b).getText())).map(n -> (Button) n)
                .findFirst().orElseThrow(() -> new AssertionError("no button «" + words + "»"));
    }
}
