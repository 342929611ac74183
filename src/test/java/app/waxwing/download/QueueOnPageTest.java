package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.Retry;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.ui.FakeNotices;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Downloads page's model, open over a real engine, where the queue changes and no event says so.
class QueueOnPageTest {
    private static final int SIZE = 1_500_000;
    /// Enough to fill any buffer on the way, so that something is written.
    private static final int STALL = 1_200_000;
    @TempDir
    Path folder;
    private Rig rig;
    private Mailbox fx;
    private DownloadsViewModel model;

    @BeforeEach
    void begin() {
        DownloadOptions o = Rig.PATIENT;
        // The next try is far away, so that it is seen that there will be one.
        var retry = new Retry(List.of(Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMinutes(5)));
        rig = new Rig(folder, new FaultServer(),
                new DownloadOptions(o.diskFloor(), o.cacheLimit(), retry, o.connectTimeout(), o.readTimeout(),
                        o.floorWindow(), o.floorBytes(), o.recheck()),
                new SystemDisk()).start();
        fx = Mailbox.start("test-fx");
        model = new DownloadsViewModel(rig.engine, new KeepDesk(rig).keeps, rig.time, fx::post, fx::post, new FakeNotices());
    }

    @AfterEach
    void end() {
        fx.close();
        rig.close();
    }

    private <T> T seen(Function<DownloadsViewModel, T> what) {
        return CompletableFuture.supplyAsync(() -> what.apply(model), fx::post).join();
    }

    /// The page stays open all the while.
    private void until(Predicate<DownloadsViewModel> shown) {
        Rig.await(() -> seen(shown::test), () -> "the page shows " + seen(m -> List.copyOf(m.active())) + ", the engine has "
                + rig.engine.list(new DownloadEngine.Filter(List.of()), 0, 0).join().items());
    }

    /// Rows are there, and what was told of how they came is taken up.
    private void open(int rows) {
        fx.post(model::shown);
        until(m -> m.active().size() == rows);
    }

    private ItemKey stuck(String id) {
        return rig.offered(id, SIZE, r -> FaultServer.serve(Rig.version(id, SIZE), r).stall(STALL));
    }

    /// As the rows on the page say it; what is seen for the first time comes in a moment.
    private static List<Download> rows(DownloadsViewModel m) {
        return m.active().stream().flatMap(d -> m.seen(d.id()).stream()).toList();
    }

    private static Predicate<DownloadsViewModel> waits(ItemKey key, Reason reason) {
        return m -> rows(m).stream().anyMatch(d -> d.key().equals(key) && d.reason().equals(Optional.of(reason)));
    }

    private static boolean runs(DownloadsViewModel m, ItemKey key) {
        return rows(m).stream().anyMatch(d -> d.key().equals(key) && d.status() == Status.DOWNLOADING);
    }

    /// One runs and one waits for it, on the open page.
    private List<ItemKey> oneRunsOneWaits() {
        rig.engine.limits(rig.engine.limits().atOnce(1).pauseOnBattery(true));
        ItemKey runs = stuck("runs");
        ItemKey waits = rig.offered("waits", SIZE);
        rig.enqueue(runs);
        rig.enqueue(waits);
        open(2);
        until(m -> runs(m, runs) && waits(waits, Reason.SLOT).test(m));
        // The answer that goes silent is spent, so that the next one is whole.
        Rig.await(() -> rig.row(runs).orElseThrow().bytesDownloaded() > 0, () -> "nothing came of " + rig.row(runs));
        return List.of(runs, waits);
    }

    @Test
    @DisplayName("2.15 2.18 the network begins to cost: what ran and what waits say so at once, «Download now anyway» is there, and goes with the reason")
    void metered() {
        List<ItemKey> keys = oneRunsOneWaits();
        assertThat(seen(DownloadsViewModel::anyHeld)).isFalse();
        rig.link.is(Metering.METERED);
        for (ItemKey key : keys) until(waits(key, Reason.METERED));
        until(m -> m.anyHeld() && m.count(Status.DOWNLOADING) == 0 && m.count(Status.PENDING) == 2);
        rig.link.is(Metering.UNMETERED);
        until(m -> !m.anyHeld() && m.completedCount().get() == 2);
    }

    @Test
    @DisplayName("2.18 charger pulled, then offline: each row says the reason of now, without the page being opened anew")
    void reasons() {
        List<ItemKey> keys = oneRunsOneWaits();
        rig.power.battery(true);
        for (ItemKey key : keys) until(waits(key, Reason.BATTERY));
        rig.network.mode(Mode.FORCED_OFFLINE);
        for (ItemKey key : keys) until(waits(key, Reason.NETWORK));
        assertThat(seen(DownloadsViewModel::anyHeld)).isFalse();
        rig.network.mode(Mode.AUTO);
        for (ItemKey key : keys) until(waits(key, Reason.BATTERY));
        fx.post(() -> model.downloadAllNow());
        until(m -> m.completedCount().get() == 2);
    }

    @Test
    @DisplayName("B.40 «at once» is lowered: the rows that gave way wait again, first in line, and the chips count them there")
    void atOnce() {
        rig.engine.limits(rig.engine.limits().atOnce(3));
        List<ItemKey> keys = List.of(stuck("a"), stuck("b"), stuck("c"));
        keys.forEach(rig::enqueue);
        open(3);
        until(m -> m.count(Status.DOWNLOADING) == 3);
        rig.engine.limits(rig.engine.limits().atOnce(1));
        until(m -> runs(m, keys.getFirst()) && m.count(Status.DOWNLOADING) == 1 && m.count(Status.PENDING) == 2);
        for (int i = 1; i < 3; i++) {
            ItemKey key = keys.get(i);
            until(waits(key, Reason.SLOT));
            int place = i;
            until(m -> rows(m).size() == 3 && rows(m).get(place).key().equals(key) && m.placeInLine(m.active().get(place).id()) == place);
        }
        until(m -> rows(m).getLast().waits().orElseThrow().needs().contains("one runs at a time"));
    }

    @Test
    @DisplayName("2.18 a try fails: the row says that another one comes, and which")
    void tries() {
        ItemKey key = rig.offered("broken", SIZE, r -> FaultServer.serve(Rig.version("broken", SIZE), r).cut(1000, false));
        open(0);
        rig.enqueue(key);
        until(waits(key, Reason.RETRY));
        until(m -> rows(m).getFirst().retryCount() == 1 && rows(m).getFirst().waits().orElseThrow().until().isPresent());
    }

    private void moved(String... order) {
        until(m -> rows(m).stream().map(d -> d.key().id()).toList().equals(List.of(order)));
    }

    private QueueLine row(String id) {
        return seen(
                m -> rows(m).stream().filter(d -> d.key().id().equals(id)).findFirst().flatMap(d -> m.row(d.id())).orElseThrow().line());
    }

    @Test
    @DisplayName("B.39 2.21 rows stand at once where they are put: moved, one step, to the top, by priority, and «now anyway» is seen too")
    void order() {
        rig.network.mode(Mode.FORCED_OFFLINE);
        for (String id : List.of("a", "b", "c", "d")) rig.enqueue(rig.offered(id, SIZE));
        open(4);
        moved("a", "b", "c", "d");
        model.move(List.of(row("d")), Optional.of(row("b")));
        moved("a", "d", "b", "c");
        fx.post(() -> model.step(model.active().get(1), 1));
        moved("a", "b", "d", "c");
        model.toTop(List.of(row("c")));
        moved("c", "a", "b", "d");
        rig.engine.priority(row("d").id(), 40).join();
        moved("d", "c", "a", "b");
        assertThat(row("d").priority()).isEqualTo(40);
        model.downloadNow(List.of(row("b")));
        until(m -> rows(m).stream().anyMatch(d -> d.key().id().equals("b") && d.anyway()));
        // Without room between two rows all get other places.
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.update(app.waxwing.store.schema.Tables.DOWNLOAD).set(app.waxwing.store.schema.Tables.DOWNLOAD.PLACE, 5L)
                        .set(app.waxwing.store.schema.Tables.DOWNLOAD.PRIORITY, 0L).execute())
                .join();
        rig.engine.move(List.of(row("d").id()), java.util.OptionalLong.of(row("b").id())).join();
        moved("a", "d", "b", "c");
    }

    @Test
    @DisplayName("a wish that was there already and is urgent now goes up on the page")
    void merged() {
        rig.network.mode(Mode.FORCED_OFFLINE);
        for (String id : List.of("a", "b")) rig.enqueue(rig.offered(id, SIZE));
        open(2);
        rig.engine.enqueue(List.of(new ItemKey(1, "b")), Download.Origin.USER, 9, "original").join();
        moved("b", "a");
    }

    @Test
    @DisplayName("2.19 the list of what is done is cleared by another surface: the open page follows, and the files stay")
    void cleared() {
        ItemKey key = rig.offered("a", SIZE);
        rig.enqueue(key);
        open(0);
        until(m -> m.completed().size() == 1);
        rig.engine.clearCompleted().join();
        until(m -> m.completed().isEmpty() && m.completedCount().get() == 0);
        assertThat(rig.row(key)).hasValueSatisfying(d -> assertThat(d.status()).isEqualTo(Status.COMPLETED));
    }
}
