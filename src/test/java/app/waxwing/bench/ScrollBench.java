package app.waxwing.bench;

import app.waxwing.base.SystemTime;
import app.waxwing.base.Threads;
import app.waxwing.kit.Page;
import app.waxwing.library.Library;
import app.waxwing.library.LibraryChanges;
import app.waxwing.library.StoredLibrary;
import app.waxwing.library.SyncEngine;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.parts.ViewContext;
import app.waxwing.store.Database;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The work of a frame on the FX thread while long lists are scrolled, over a real library in SQLite: rows filled, styled and laid out, without the
/// drawing. Prints wall time and, beside it, the thread's own processor time, which other work on the machine hardly changes; asserts nothing.
class ScrollBench {
    private static final int TRACKS = 100_000;
    private static final int WARM = 100;
    private static final int FRAMES = 350;
    @TempDir
    Path folder;

    @Test
    @DisplayName("Frames of lists of 100,000 rows")
    void frames() throws Exception {
        try (var time = new SystemTime();
                var io = Threads.virtual("io");
                var database = Database.open(folder.resolve("scroll.db"), time)) {
            var accounts = new TestAccounts();
            var changes = new LibraryChanges(time, io);
            long account = accounts.add(database, new FakeMediaServer("bench").fill(TRACKS), "ida").id();
            new SyncEngine(database, changes, accounts, io, time).sync(account, true).join();
            Library library = new StoredLibrary(database, changes, accounts, io, time, new Random(1));
            System.out.println("load " + ProcessFigures.load());
            for (boolean dark : new boolean[]{true, false}) {
                page(library, "tracks", dark, ctx -> new LibraryPages(ctx).tracks());
                page(library, "albums, with covers", dark, ctx -> new LibraryPages(ctx).albums());
            }
        }
    }

    private static void page(Library library, String name, boolean dark, Function<ViewContext, Page> make) {
        try (var stage = new PageStage(FakeServices.sample(), library, dark, PageStage.WIDTH, PageStage.HEIGHT, make)) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("rows are there", () -> list.getItems().size() > 1000);
            Screens.settle();
            int rows = list.getItems().size();
            var random = new Random(7);
            scroll(stage, list, name + ", row by row", i -> Math.min(rows - 1, i));
            scroll(stage, list, name + ", three rows a frame", i -> Math.min(rows - 1, i * 3));
            scroll(stage, list, name + ", thumb dragged anywhere", i -> random.nextInt(rows));
        }
    }

    private static void scroll(PageStage stage, ListView<?> list, String what, IntUnaryOperator place) {
        var threads = ManagementFactory.getThreadMXBean();
        double[] wall = new double[FRAMES];
        double[] cpu = new double[FRAMES];
        for (int i = -WARM; i < FRAMES; i++) {
            int at = place.applyAsInt(i + WARM);
            int frame = i;
            Screens.run(() -> {
                long start = System.nanoTime();
                long used = threads.getCurrentThreadCpuTime();
                list.scrollTo(at);
                stage.scene().getRoot().applyCss();
                stage.scene().getRoot().layout();
                if (frame < 0) return;
                wall[frame] = (System.nanoTime() - start) / 1e6;
                cpu[frame] = (threads.getCurrentThreadCpuTime() - used) / 1e6;
            });
        }
        Arrays.sort(wall);
        Arrays.sort(cpu);
        System.out.printf("%-40s p50 %6.2f ms  p99 %6.2f ms  worst %6.2f ms   CPU p50 %6.2f  p99 %6.2f  worst %6.2f%n", what,
                wall[FRAMES / 2],
                wall[FRAMES * 99 / 100], wall[FRAMES - 1], cpu[FRAMES / 2], cpu[FRAMES * 99 / 100], cpu[FRAMES - 1]);
    }
}
