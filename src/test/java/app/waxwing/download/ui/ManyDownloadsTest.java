package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download;
import app.waxwing.download.QueueLine;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Prints the page's own work on the FX thread; asserts only what does not depend on the machine.
class ManyDownloadsTest {
    private static final int MANY = 10_000;

    @Test
    @DisplayName("10,000 waiting rows: few cells exist, a change moves only its own row, scrolling and changes are printed in microseconds")
    void many() {
        var services = FakeServices.sample();
        services.downloads.many(MANY);
        try (var stage = new PageStage(services, false, DownloadsView::new)) {
            var page = (DownloadsView) stage.page;
            Screens.until("rows are there", () -> page.model().active().size() == MANY + 9);
            var list = (ListView<?>) page.first();
            stage.snapshot("downloads-many-light");
            List<Long> scrolls = new ArrayList<>();
            List<Long> changes = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int at = (int) (i * 7919L % MANY);
                scrolls.add(Screens.fx(() -> took(() -> {
                    list.scrollTo(at);
                    list.applyCss();
                    list.layout();
                })));
            }
            for (int i = 0; i < 40; i++) {
                QueueLine d = page.model().active().get(100 + i * 37);
                changes.add(Screens.fx(() -> took(() -> {
                    page.model().pause(d);
                    page.model().digestNow();
                    list.layout();
                })));
            }
            Screens.until("all are shown as paused", () -> page.model().count(Download.Status.PAUSED) == 41);
            assertThat(Screens.fx(() -> list.lookupAll(".download-row").size())).isBetween(5, 60);
            print("scrolled", scrolls);
            print("one of them paused", changes);
        }
    }

    private static long took(Runnable work) {
        long from = System.nanoTime();
        work.run();
        return (System.nanoTime() - from) / 1000;
    }

    private static void print(String what, List<Long> micros) {
        micros.sort(null);
        System.out.printf("downloads, 10,000 rows, %s: p50 %.1f ms, p95 %.1f ms, worst %.1f ms%n", what,
                micros.get(micros.size() / 2) / 1e3,
                micros.get(micros.size() * 95 / 100) / 1e3, micros.getLast() / 1e3);
    }
}
