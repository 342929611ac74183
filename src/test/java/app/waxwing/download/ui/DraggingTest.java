package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import app.waxwing.download.Download.Status;
import app.waxwing.download.QueueLine;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Rows of the Downloads page as a drag finds them. JavaFX's headless platform knows no drags («Not supported yet»), so that its events are fired here.
class DraggingTest {
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("drop-target");

    private static DownloadRow cell(PageStage stage, QueueLine d) {
        return stage.scene().getRoot().lookupAll(".download-row").stream().map(n -> (DownloadRow) n)
                .filter(r -> r.getItem() != null && r.getItem().id() == d.id() && r.isVisible()).findFirst().orElseThrow();
    }

    private static void fire(DownloadRow on, EventType<DragEvent> type) {
        Event.fireEvent(on, new DragEvent(on, on, type, null, 0, 0, 0, 0, null, null, null, null));
    }

    private static boolean marked(DownloadRow row) {
        return row.getPseudoClassStates().contains(TARGET);
    }

    /// The row asks the system for a drag, which outside of a real gesture says no.
    private static void drag(PageStage stage, QueueLine d) {
        Screens.run(() -> {
            DownloadRow row = cell(stage, d);
            assertThatIllegalStateException().isThrownBy(() -> Event.fireEvent(row, new MouseEvent(MouseEvent.DRAG_DETECTED, 0, 0, 0, 0,
                    MouseButton.PRIMARY, 1, false, false, false, false, true, false, false, false, false, false, null)))
                    .withMessageContaining("drag and drop");
        });
    }

    @SuppressWarnings("unchecked")
    private static ListView<QueueLine> list(DownloadsView page) {
        return (ListView<QueueLine>) page.first();
    }

    private static List<Long> chosen(DownloadsView page) {
        return Screens.fx(() -> list(page).getSelectionModel().getSelectedItems().stream().map(QueueLine::id).toList());
    }

    private static List<QueueLine> line(DownloadsView page) {
        return page.model().active().stream().filter(QueueLine::movable).toList();
    }

    @Test
    @DisplayName("B.39 2.21 chosen rows are drawn before another one: that one shows it would take them, they stand there and stay chosen")
    void drawn() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9 && page.first().lookupAll(".download-row").size() >= 8);
            Screens.settle();
            List<QueueLine> line = Screens.fx(() -> line(page));
            QueueLine target = line.getFirst();
            List<Long> moving = List.of(line.get(1).id(), line.get(2).id());
            QueueLine runs = Screens.fx(
                    () -> page.model().active().stream().filter(d -> d.status() == Status.DOWNLOADING).findFirst().orElseThrow());
            Screens.run(() -> {
                list(page).getSelectionModel().select(line.get(1));
                list(page).getSelectionModel().select(line.get(2));
            });
            drag(stage, line.get(2));
            Screens.run(() -> {
                fire(cell(stage, runs), DragEvent.DRAG_OVER);
                assertThat(marked(cell(stage, runs))).as("what runs is no place").isFalse();
                fire(cell(stage, line.get(1)), DragEvent.DRAG_OVER);
                assertThat(marked(cell(stage, line.get(1)))).as("it is one of those that move").isFalse();
                fire(cell(stage, target), DragEvent.DRAG_OVER);
                assertThat(marked(cell(stage, target))).isTrue();
                fire(cell(stage, target), DragEvent.DRAG_EXITED);
                assertThat(marked(cell(stage, target))).isFalse();
                fire(cell(stage, target), DragEvent.DRAG_DROPPED);
            });
            assertThat(services.downloads.asked).containsExactly("move " + moving + " before " + target.id());
            Screens.until("they stand there", () -> line(page).get(2).id() == target.id());
            assertThat(chosen(page)).isEqualTo(moving);
            Screens.run(() -> {
                fire(cell(stage, target), DragEvent.DRAG_OVER);
                assertThat(marked(cell(stage, target))).as("nothing is drawn any more").isFalse();
            });
        }
    }

    private static boolean saysTurns(PageStage stage) {
        return stage.scene().getRoot().lookupAll(".secondary").stream()
                .anyMatch(n -> n instanceof Label l && l.getText().startsWith("Servers take turns") && l.isVisible());
    }

    @Test
    @DisplayName("B.39 2.21 a row of one server that is drawn before those of another stands where it was dropped, and the page "
            + "says that servers take turns; of one server the numbers are the order, and nothing is said")
    void severalServers() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            services.downloads.many(6);
            try (var stage = new PageStage(services, dark, DownloadsView::new)) {
                var page = (DownloadsView) stage.page;
                Screens.until("rows are there", () -> page.model().active().size() == 15);
                Screens.settle();
                assertThat(Screens.fx(() -> saysTurns(stage))).as("one server").isFalse();
                services.downloads.ofAnother(d -> d.id() > 18);
                Screens.until("said", () -> saysTurns(stage));
                List<QueueLine> own = Screens.fx(() -> line(page).stream().filter(d -> page.model().placeInLine(d.id()) > 0).toList());
                QueueLine first = own.getFirst();
                QueueLine last = own.getLast();
                assertThat(first.account()).isNotEqualTo(last.account());
                Screens.run(() -> page.model().move(List.of(last), Optional.of(first)));
                Screens.until("it stands there", () -> {
                    List<Long> ids = line(page).stream().map(QueueLine::id).toList();
                    return ids.indexOf(last.id()) == ids.indexOf(first.id()) - 1;
                });
                assertThat(Screens.fx(() -> saysTurns(stage))).isTrue();
                stage.snapshot("downloads-turns" + (dark ? "-dark" : "-light"));
                Screens.run(() -> page.model().tab().set(DownloadsViewModel.Tab.COMPLETED));
                assertThat(Screens.fx(() -> saysTurns(stage))).as("of those that wait only").isFalse();
            }
        }
    }

    @Test
    @DisplayName("with thousands chosen a row that changes stays chosen with all others, and the page goes on at once")
    void allChosen() {
        var services = FakeServices.sample();
        services.downloads.many(5000);
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 5009);
            Screens.run(() -> list(page).getSelectionModel().selectAll());
            QueueLine last = Screens.fx(() -> line(page).get(3000));
            Screens.run(() -> page.model().toTop(List.of(last)));
            Screens.until("it is the first", () -> line(page).getFirst().id() == last.id());
            assertThat(chosen(page)).hasSize(5009).doesNotHaveDuplicates();
        }
    }

    @Test
    @DisplayName("when the chosen row is gone nothing is chosen: Delete does not hit its neighbour")
    void chosenAndGone() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9);
            QueueLine goes = Screens.fx(() -> line(page).getFirst());
            Screens.run(() -> list(page).getSelectionModel().select(goes));
            services.downloads.cancel(List.of(goes.id())).join();
            Screens.until("it is gone", () -> page.model().active().stream().noneMatch(d -> d.id() == goes.id()));
            Screens.settle();
            assertThat(chosen(page)).isEmpty();
            services.downloads.asked.clear();
            Screens.run(() -> Event.fireEvent(list(page),
                    new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DELETE, false, false, false, false)));
            assertThat(services.downloads.asked).isEmpty();
        }
    }

    @Test
    @DisplayName("what runs is not drawn")
    void runs() {
        try (var stage = new PageStage(FakeServices.sample(), false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9 && page.first().lookupAll(".download-row").size() >= 8);
            Screens.settle();
            QueueLine runs = Screens.fx(
                    () -> page.model().active().stream().filter(d -> d.status() == Status.DOWNLOADING).findFirst().orElseThrow());
            Screens.run(() -> {
                Event.fireEvent(cell(stage, runs),
                        new MouseEvent(MouseEvent.DRAG_DETECTED, 0, 0, 0, 0, MouseButton.PRIMARY, 1, false, false,
                                false, false, true, false, false, false, false, false, null));
                fire(cell(stage, line(page).getFirst()), DragEvent.DRAG_OVER);
                assertThat(marked(cell(stage, line(page).getFirst()))).isFalse();
            });
        }
    }

    @Test
    @DisplayName("B.39 Alt+Down twice takes the chosen row two places down, for the choice goes with it")
    void keys() {
        var services = FakeServices.sample();
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == 9);
            QueueLine moves = Screens.fx(() -> line(page).getFirst());
            Screens.run(() -> list(page).getSelectionModel().select(moves));
            for (int place = 1; place <= 2; place++) {
                Screens.run(() -> Event.fireEvent(list(page),
                        new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.DOWN, false, false, true, false)));
                int now = place;
                Screens.until("place " + place, () -> line(page).get(now).id() == moves.id());
            }
            assertThat(chosen(page)).containsExactly(moves.id());
        }
    }
}
