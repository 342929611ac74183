package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.download.Limits;
import app.waxwing.download.Wait;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import app.waxwing.testing.ui.TwoServers;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
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
    @DisplayName("the list does not jump while the time that is left takes another line and gives it back")
    void chipsKeepTheirLines() {
        try (var stage = new PageStage(FakeServices.sample(), false, DownloadsView::new)) {
            Screens.settle();
            var left = Screens.fx(() -> (Label) stage.page.root().lookup(".chip.figures"));
            var list = Screens.fx(() -> (ListView<?>) stage.page.root().lookup(".download-list"));
            Screens.run(() -> left
                    .setText("\u2248 727 h 38 min left, and that for a very long time to come, of all that is still to be fetched"));
            Screens.settle();
            double tall = Screens.fx(list::getHeight);
            double chips = Screens.fx(() -> ((Region) left.getParent()).getHeight());
            Screens.run(() -> left.setText("1 h left"));
            Screens.settle();
            assertThat(Screens.fx(() -> ((Region) left.getParent()).getHeight())).as("the chips").isEqualTo(chips).isGreaterThan(50);
            assertThat(Screens.fx(list::getHeight)).as("the list").isEqualTo(tall);
        }
    }

    @Test
    @DisplayName("a page that could not be read offers nothing to do with its downloads but their limits, so that its name has room")
    void unread() {
        try (var stage = new PageStage(FakeServices.failing(), true, DownloadsView::new)) {
            Screens.settle();
            assertThat(Screens.fx(() -> stage.scene().getRoot().lookupAll(".head-button").stream().filter(Node::isVisible).count()))
                    .as("the limits alone").isEqualTo(1);
        }
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
    @DisplayName("issue 3 every control of the limits menu sets its own limit at once")
    void limitControls() {
        var services = FakeServices.sample();
        services.downloads.limits(Limits.USUAL.atOnce(3));
        try (var stage = new PageStage(services, true, DownloadsView::new)) {
            Screens.run(() -> button(stage, "Limits").fire());
            Screens.run(() -> control(stage, ".button", "More: " + Texts.of("limits.at-once")).fire());
            assertThat(services.downloads.limits()).isEqualTo(Limits.USUAL.atOnce(4));
            Screens.run(() -> control(stage, ".button", "Less: " + Texts.of("limits.at-once")).fire());
            assertThat(services.downloads.limits()).isEqualTo(Limits.USUAL.atOnce(3));
            Limits now = Limits.USUAL.atOnce(3);
            Screens.run(() -> pills(stage).get(0).getItems().get(3).fire());
            now = now.bandwidth(LimitsViewModel.SPEEDS.get(3), now.bandwidthWhileStreaming());
            assertThat(services.downloads.limits()).isEqualTo(now);
            Screens.run(() -> pills(stage).get(1).getItems().get(1).fire());
            now = now.bandwidth(now.bandwidth(), LimitsViewModel.SPEEDS.get(1));
            assertThat(services.downloads.limits()).isEqualTo(now);
            Screens.run(() -> pills(stage).get(2).getItems().get(1).fire());
            now = now.hours(LimitsViewModel.HOURS.get(1));
            assertThat(services.downloads.limits()).isEqualTo(now);
            assertThat(Screens.fx(() -> pills(stage).stream().map(MenuButton::getText).toList())).containsExactly(
                    LimitsViewModel.words(now.bandwidth()), LimitsViewModel.words(now.bandwidthWhileStreaming()),
                    LimitsViewModel.words(now.hours()));
            Screens.run(() -> control(stage, ".switch", Texts.of("limits.unmetered")).fire());
            now = now.unmeteredOnly(!now.unmeteredOnly(), now.prefetchUnmeteredOnly());
            assertThat(services.downloads.limits()).isEqualTo(now);
            Screens.run(() -> control(stage, ".switch", Texts.of("limits.battery")).fire());
            assertThat(services.downloads.limits()).isEqualTo(now.pauseOnBattery(!now.pauseOnBattery()));
        }
    }

    private static List<MenuButton> pills(PageStage stage) {
        return stage.scene().getRoot().lookup(".limits-card").lookupAll(".pill").stream().map(MenuButton.class::cast).toList();
    }

    private static ButtonBase control(PageStage stage, String style, String name) {
        return stage.scene().getRoot().lookup(".limits-card").lookupAll(style).stream().filter(n -> name.equals(n.getAccessibleText()))
                .map(ButtonBase.class::cast).findFirst().orElseThrow();
    }

    @Test
    @DisplayName("issue 3 the bar beside the tabs shows what is kept, what is cached and what is free, each as long as its share")
    void spaceBar() {
        var services = FakeServices.sample();
        services.downloads.stored = List.of(new DownloadEngine.Stored(1, 20_000_000_000L, 9, 10_000_000_000L, 4),
                new DownloadEngine.Stored(2, 3_000_000_000L, 1, 6_000_000_000L, 1));
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            Screens.until("the bar has its figures", () -> part(stage, ".kept").isVisible() && part(stage, ".kept").getWidth() > 0);
            Screens.run(() -> stage.scene().getRoot().layout());
            double width = Screens.fx(() -> ((Region) stage.scene().getRoot().lookup(".meter")).getWidth());
            double kept = Screens.fx(() -> part(stage, ".kept").getWidth());
            double cached = Screens.fx(() -> part(stage, ".cached").getWidth());
            // 61 GB are free.
            assertThat(kept / width).isCloseTo(0.23, within(0.001));
            assertThat(cached / width).isCloseTo(0.16, within(0.001));
            assertThat(Screens.fx(() -> part(stage, ".cached").getLayoutX())).isCloseTo(kept, within(0.01));
        }
    }

    private static Region part(PageStage stage, String style) {
        return (Region) stage.scene().getRoot().lookup(".meter").lookup(style);
    }

    @Test
    @DisplayName("B.36 the limits say what was said of the mobile network of now, with the other answer at a click; else there is no such line")
    void networkTakenBack() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                Screens.run(() -> button(stage, "Limits").fire());
                assertThat(Screens.fx(() -> limitWords(stage))).doesNotContain("This network");
                Screens.run(() -> stage.ctx.desk().dialogs().close());
                services.downloads.network = Optional.of(new app.waxwing.download.DownloadEngine.Priced("Pixel", false, true));
                Screens.run(() -> button(stage, "Limits").fire());
                stage.snapshot("downloads-limits-network" + (dark ? "-dark" : "-light"));
                assertThat(Screens.fx(() -> limitWords(stage))).contains("This network").contains("«Pixel»");
                Screens.run(() -> stage.scene().getRoot().lookup(".limits-card").lookupAll(".toggle-button").stream()
                        .map(javafx.scene.control.ToggleButton.class::cast).filter(b -> "Costs money".equals(b.getText())).findFirst()
                        .orElseThrow().fire());
                Screens.until("it is taken back", () -> services.downloads.asked.contains("Pixel costs"));
            }
        }
    }

    private static String limitWords(PageStage stage) {
        return String.join(" ", stage.scene().getRoot().lookup(".limits-card").lookupAll("*").stream()
                .filter(javafx.scene.control.Label.class::isInstance).map(n -> ((javafx.scene.control.Label) n).getText()).toList());
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
                services.downloads.hold(new Wait(Reason.RETRY, Optional.of(new Failure.Trouble("The connection broke", "reset")),
                        "The connection broke: unexpected end of stream. Waxwing tries again by itself.",
                        Optional.of(stage.ctx.time().now().plusSeconds(41))));
                Screens.run(() -> page.details(page.model().active().get(6)));
                stage.snapshot("downloads-details-retry" + look);
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
    @DisplayName("issue 3 with the queue panel beside it a row says whole what it waits for; the sentence stands under the pointer")
    void waiting_words_have_room() {
        for (Failure why : List.of(new Failure.ServerBusy("Home", Optional.empty()), new Failure.NotWritable("/music"),
                new Failure.StoreMissing("/music"), new Failure.DiskFull("/music", 5))) {
            var services = FakeServices.sample();
            boolean server = why instanceof Failure.ServerBusy;
            boolean dark = server || why instanceof Failure.StoreMissing;
            String needs = FailureWords.sentence(why) + " It goes on by itself once that has changed.";
            services.downloads.hold(new Wait(server ? Reason.SERVER : Reason.DISK, Optional.of(why), needs, Optional.empty()));
            if (!server) services.downloads.away = Optional.of(why);
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are read", () -> page.model().active().stream().allMatch(d -> page.model().seen(d.id()).isPresent()));
                stage.snapshot("downloads-waits-" + why.code() + (dark ? "-dark" : "-light"));
                var labels = Screens.fx(() -> stage.scene().getRoot().lookupAll(".download-words").stream().map(Label.class::cast)
                        .filter(l -> l.isVisible() && l.getText().startsWith("waits")).toList());
                assertThat(labels).hasSize(3);
                assertThat(Screens.fx(() -> labels.stream().allMatch(l -> l.prefWidth(-1) <= l.getWidth()))).as(labels.toString()).isTrue();
                var tip = Screens.fx(() -> {
                    Label label = labels.getFirst();
                    label.fireEvent(new MouseEvent(MouseEvent.MOUSE_ENTERED, 1, 1, 1, 1, MouseButton.NONE, 0, false, false, false, false,
                            false, false, false, false, false, false, null));
                    return label.getTooltip().getText();
                });
                assertThat(tip).isEqualTo(needs);
            }
        }
    }

    @Test
    @DisplayName("issue 3 a row says for what of the network it waits: its server, another one in its place, a sign-in to the network, or the user's word")
    void network_words() {
        var causes = Map.of("waits for its server", Optional.<Failure>of(new Failure.Offline("Home")),
                "waits for its own server", Optional.<Failure>of(new Failure.Offline("Home", true)),
                "waits for the network", Optional.<Failure>of(new Failure.Offline("")),
                "waits: sign in to this network", Optional.<Failure>of(new Failure.Trouble("Home", "this network answers with a page")),
                "waits, as you work offline", Optional.<Failure>empty());
        causes.forEach((words, why) -> {
            var services = FakeServices.sample();
            services.downloads.hold(new Wait(Reason.NETWORK, why, "What it needs.", Optional.empty()));
            boolean dark = why.isEmpty();
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are read", () -> page.model().active().stream().allMatch(d -> page.model().seen(d.id()).isPresent()));
                stage.snapshot("downloads-network-" + words.replaceAll("[^a-z]+", "-") + (dark ? "-dark" : "-light"));
                var labels = Screens.fx(() -> stage.scene().getRoot().lookupAll(".download-words").stream().map(Label.class::cast)
                        .filter(l -> l.isVisible() && l.getText().startsWith("waits")).toList());
                assertThat(labels).hasSize(3).allMatch(l -> words.equals(l.getText()), words);
                assertThat(Screens.fx(() -> labels.stream().allMatch(l -> l.prefWidth(-1) <= l.getWidth()))).as(words).isTrue();
            }
        });
    }

    @Test
    @DisplayName("issue 3 the newest speed stands beside the curve, not on it")
    void figure_beside_the_curve() {
        for (boolean dark : new boolean[]{false, true}) {
            try (var stage = new PageStage(FakeServices.sample(), dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are there", () -> page.model().active().size() == 9);
                Screens.run(() -> {
                    for (int i = 0; i < 250; i++) page.model().speed().add(i < 200 ? 9_000_000 + i % 7 * 400_000 : 543_000);
                });
                Screens.until("the next sample is drawn", () -> page.model().speed().all().length > 251);
                stage.snapshot("downloads-slow" + (dark ? "-dark" : "-light"));
                Screens.run(() -> {
                    var words = (Label) stage.scene().getRoot().lookup(".speed-words");
                    assertThat(words.getText()).isNotBlank();
                    assertThat(words.prefWidth(-1)).isLessThanOrEqualTo(words.getWidth());
                    assertThat(words.getBoundsInParent().intersects(stage.scene().getRoot().lookup(".speed-line").getBoundsInParent()))
                            .isFalse();
                });
            }
        }
    }

    @Test
    @DisplayName("issue 3 the details of another row begin at its title; those of the same one stay where they are read")
    void details_from_the_top() {
        try (var stage = new PageStage(FakeServices.sample(), false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9);
            Screens.run(() -> page.details(page.model().active().get(2)));
            Screens.settle();
            var scroll = Screens.fx(() -> (ScrollPane) stage.scene().getRoot().lookup(".download-drawer > .scroll-pane"));
            Screens.run(() -> scroll.setVvalue(1));
            Screens.run(() -> page.details(page.model().active().get(2)));
            Screens.settle();
            assertThat(Screens.fx(scroll::getVvalue)).isEqualTo(1);
            Screens.run(() -> page.details(page.model().active().get(5)));
            Screens.settle();
            assertThat(Screens.fx(scroll::getVvalue)).isZero();
        }
    }

    @Test
    @DisplayName("issue 3 On this computer what keeps files says of which server it is, where they are of several")
    void sources_of_several_servers() {
        for (boolean several : new boolean[]{false, true}) {
            var services = TwoServers.services();
            if (several)
                services.downloads.moreSources.add(new KeepSet.Source(TwoServers.ATTIC, ItemKind.TRACK, Optional.empty(), "", "", 1, 0, 0));
            try (var stage = new PageStage(services, several, DownloadsView::new)) {
                Screens.run(() -> ((DownloadsView) stage.page).model().tab().set(Tab.HERE));
                Screens.settle();
                Screens.run(() -> ((ListView<?>) stage.scene().getRoot().lookup(".source-list")).scrollTo(1_000));
                stage.snapshot("downloads-sources-" + (several ? "several" : "one"));
                var words = Screens.fx(() -> stage.scene().getRoot().lookupAll(".source-row .secondary").stream()
                        .map(n -> ((Label) n).getText()).filter(t -> t != null && !t.isBlank()).toList());
                assertThat(words).isNotEmpty().allMatch(w -> several == (w.endsWith(" · home-server") || w.endsWith(" · attic")),
                        words.toString());
                if (several) assertThat(words).contains("0 of 1 track here · attic");
            }
        }
    }

    @Test
    @DisplayName("issue 3 what could not be fetched takes as much room whatever its reasons are: no row moves when they change")
    void steady_failures() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            // So narrow that two reasons take two lines.
            try (var stage = new PageStage(services, services.library, dark, 640, PageStage.HEIGHT, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are there", () -> page.model().count(Status.FAILED) == 2);
                stage.snapshot("downloads-failed-two" + (dark ? "-dark" : "-light"));
                var list = Screens.fx(() -> stage.scene().getRoot().lookup(".download-list"));
                double before = Screens.fx(() -> list.localToScene(0, 0).getY());
                var retried = Screens
                        .fx(() -> page.model().active().stream().filter(d -> d.remedy() == Remedy.RETRY).findFirst().orElseThrow());
                Screens.run(() -> page.first(retried));
                Screens.until("one is left", () -> page.model().count(Status.FAILED) == 1);
                stage.snapshot("downloads-failed-one" + (dark ? "-dark" : "-light"));
                assertThat(Screens.fx(() -> list.localToScene(0, 0).getY())).isEqualTo(before);
                Screens.run(() -> {
                    var box = new QuestionBox(app.waxwing.kit.Icon.FAILED, "failure-box", List.of());
                    box.steady();
                    var within = new StackPane(box);
                    stage.stage.getScene().setRoot(within);
                    box.show("3 tracks could not be fetched.", "Short.");
                    within.applyCss();
                    double low = box.prefHeight(400);
                    box.show("3 tracks could not be fetched.", "A reason that goes on for more than a line. ".repeat(4));
                    assertThat(box.prefHeight(400)).isEqualTo(low);
                });
            }
        }
    }

    @Test
    @DisplayName("issue 3 On this computer the size of a track is that of its file, and the list is sorted by that")
    void sizes_of_files() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                tracksHere(page);
                Screens.until("sizes are there", () -> !sizes(stage).isEmpty());
                stage.snapshot("downloads-here-tracks" + (dark ? "-dark" : "-light"));
                var files = services.music.tracks.stream().flatMap(t -> t.fileSize().stream().boxed()).map(Formats::bytes).toList();
                assertThat(files).containsAll(Screens.fx(() -> sizes(stage)));
                Screens.run(() -> heading(page, Texts.of("column.size")).fire());
                Screens.until("the largest are first",
                        () -> sizes(stage).equals(sizes(stage).stream().sorted(Comparator.reverseOrder()).toList())
                                && sizes(stage).contains(Collections.max(files)));
                stage.snapshot("downloads-here-by-size" + (dark ? "-dark" : "-light"));
            }
        }
    }

    @Test
    @DisplayName("Issue 4 On this computer jumps by letter where it is in order of names, and its order is there again with the page")
    void jumpsAndRemembers() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            tracksHere((DownloadsView) stage.page);
            Screens.until("a strip", () -> stage.page.root().lookup(".letter-strip") instanceof Node strip && strip.isVisible());
            Screens.run(() -> heading(stage.page, Texts.of("column.size")).fire());
            Screens.until("no strip beside sizes", () -> !stage.page.root().lookup(".letter-strip").isVisible());
            Screens.run(stage.page::hidden);
            var again = Screens.fx(() -> new DownloadsView(stage.ctx));
            Screens.run(() -> {
                ((StackPane) stage.scene().getRoot()).getChildren().set(0, again.root());
                again.shown();
            });
            tracksHere(again);
            var sizes = services.music.tracks.stream().flatMap(t -> t.fileSize().stream().boxed()).map(Formats::bytes).toList();
            Screens.until("the largest are first still",
                    () -> !sizes(stage).isEmpty() && sizes(stage).getFirst().equals(Collections.max(sizes)));
            assertThat(Screens.fx(() -> again.root().lookup(".letter-strip").isVisible())).isFalse();
        }
    }

    private static void tracksHere(DownloadsView page) {
        Screens.run(() -> page.model().tab().set(Tab.HERE));
        Screens.run(() -> page.root().lookupAll(".toggle-button").stream().map(ToggleButton.class::cast)
                .filter(b -> Texts.of("downloads.here.tracks").equals(b.getText())).findFirst().orElseThrow().fire());
    }

    private static Button heading(Page page, String words) {
        return page.root().lookupAll(".track-head").stream().filter(Button.class::isInstance).map(Button.class::cast)
                .filter(b -> words.equals(b.getText())).findFirst().orElseThrow();
    }

    /// Of the rows that stand in the table, from the top. FX thread.
    private static List<String> sizes(PageStage stage) {
        return stage.scene().getRoot().lookupAll(".row-soft").stream().map(Label.class::cast).filter(l -> l.getText().endsWith(" MB"))
                .sorted(Comparator.comparing(l -> l.localToScene(0, 0).getY())).map(Label::getText).toList();
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
