package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.Filter;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class QueueRowsTest {
    private static final int ROWS = 60;
    @TempDir
    Path folder;
    private Rig rig;

    /// Rows of every state, some of them equal in all but their number.
    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
        rig.network.mode(Mode.FORCED_OFFLINE);
        List<ItemKey> keys = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) keys.add(rig.track(1, "t" + i, 1000 + i));
        rig.engine.enqueue(keys.subList(0, 40), Origin.USER, 0, "original").join();
        rig.engine.enqueue(keys.subList(40, ROWS), Origin.ALBUM, 3, "original").join();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> {
            sql.update(DOWNLOAD).set(DOWNLOAD.PRIORITY, DOWNLOAD.ID.mod(3L)).set(DOWNLOAD.PLACE, 7L).where(DOWNLOAD.ID.mod(4L).ne(0L))
                    .execute();
            sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "failed").set(DOWNLOAD.ERROR_CODE, "not-found").where(DOWNLOAD.ID.mod(5L).eq(0L))
                    .execute();
            sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "paused").where(DOWNLOAD.ID.mod(5L).eq(1L)).execute();
            return sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "completed").set(DOWNLOAD.COMPLETED_AT, DOWNLOAD.ID.mod(2L).plus(1000L))
                    .where(DOWNLOAD.ID.mod(5L).eq(2L)).execute();
        }).join();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private List<Long> ids(Filter filter, int offset, int limit) {
        return rig.engine.list(filter, offset, limit).join().items().stream().map(Download::id).toList();
    }

    @Test
    @DisplayName("Issue 4 pages of the queue by key, and by offset, put together are the whole list, whatever states are asked for")
    void pages() {
        for (List<Status> statuses : List.of(List.<Status>of(), List.of(Status.PENDING), List.of(Status.COMPLETED, Status.FAILED))) {
            List<Long> whole = ids(new Filter(statuses), 0, 0);
            assertThat(whole).hasSize(statuses.isEmpty() ? ROWS : 24).doesNotHaveDuplicates();
            List<Long> behind = new ArrayList<>(ids(new Filter(statuses), 0, 7));
            List<Long> passed = new ArrayList<>();
            for (int at = 0; at <= ROWS; at += 7) passed.addAll(ids(new Filter(statuses), at, 7));
            for (int n = 0; n < ROWS && behind.size() < whole.size(); n++) {
                behind.addAll(ids(new Filter(statuses, OptionalLong.of(behind.getLast())), 0, 7));
            }
            assertThat(behind).as("%s", statuses).isEqualTo(whole);
            assertThat(passed).as("%s", statuses).isEqualTo(whole);
            assertThat(rig.engine.list(new Filter(statuses), 3, 5).join().total()).isEqualTo(whole.size());
        }
        assertThat(ids(new Filter(List.of(), OptionalLong.of(99_999)), 0, 0)).as("behind what is not there").isEmpty();
    }

    @Test
    @DisplayName("The small records say of every row what the whole ones say")
    void small() {
        List<QueueRow> whole = rig.engine.list(new Filter(List.of()), 0, 0).join().items().stream().map(QueueRow::of).toList();
        assertThat(whole).extracting(r -> r.line().status()).contains(Status.FAILED, Status.PENDING, Status.PAUSED, Status.COMPLETED);
        assertThat(rig.engine.rows(List.of(Status.values())).join()).containsExactlyInAnyOrderElementsOf(whole);
        assertThat(rig.engine.rows(List.of(Status.PAUSED)).join()).hasSize(12).allMatch(r -> r.line().status() == Status.PAUSED);
    }

    @Test
    @DisplayName("Issue 4 what some tracks have in the queue is what the list shows of them, in its order")
    void ofTracks() {
        Set<ItemKey> some = Stream.of(0, 1, 2, 6, 7, 41, 42, 43, 47, 57, 99).map(i -> new ItemKey(1, "t" + i)).collect(Collectors.toSet());
        List<Download> shown = rig.engine.list(new Filter(List.of()), 0, 0).join().items().stream().filter(d -> some.contains(d.key()))
                .toList();
        List<Long> whole = shown.stream().map(Download::id).toList();
        assertThat(whole).hasSize(10);
        assertThat(ids(new Filter(List.of(), some), 0, 0)).isEqualTo(whole);
        assertThat(ids(new Filter(List.of(), some), 2, 3)).isEqualTo(whole.subList(2, 5));
        assertThat(rig.engine.list(new Filter(List.of(), some), 2, 3).join().total()).isEqualTo(10);
        List<Status> statuses = List.of(Status.PENDING, Status.COMPLETED);
        assertThat(ids(new Filter(statuses, some), 0, 0)).isEqualTo(
                shown.stream().filter(d -> statuses.contains(d.status())).map(Download::id).toList()).isNotEmpty();
        assertThat(rig.engine.find(whole.reversed()).join()).extracting(Download::id).isEqualTo(whole);
        rig.database.write(Durability.KEPT, Lane.USER,
                sql -> sql.update(DOWNLOAD).set(DOWNLOAD.ORIGIN, "playing").where(DOWNLOAD.ID.eq(whole.getFirst())).execute()).join();
        assertThat(ids(new Filter(List.of(), some), 0, 0)).as("what is only heard is no wish").isEqualTo(whole.subList(1, 10));
        assertThat(ids(new Filter(List.of(), Set.of()), 0, 0)).as("no track").isEmpty();
    }

    @Test
    @DisplayName("Issue 4 to find what an album has in the queue costs the same in a queue of sixty and of a thousand")
    void ofTracksCosts() throws Exception {
        var album = new Filter(List.of(), Set.of(new ItemKey(1, "t3"), new ItemKey(1, "t4"), new ItemKey(1, "t57")));
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + rig.paths.database())) {
            long few = steps(connection, album);
            assertThat(few).isPositive();
            List<ItemKey> more = new ArrayList<>();
            for (int i = ROWS; i < 1000; i++) more.add(rig.track(1, "t" + i, 1000));
            rig.engine.enqueue(more, Origin.USER, 0, "original").join();
            assertThat(steps(connection, album)).isLessThan(2 * few);
            assertThat(steps(connection, new Filter(List.of()))).as("the whole queue").isGreaterThan(10 * few);
        }
    }

    /// Steps of SQLite's own machine for a page: the same on every computer.
    private static long steps(Connection connection, Filter filter) throws SQLException {
        var count = new AtomicLong();
        var sql = DSL.using(connection, SQLDialect.SQLITE, new Settings().withRenderSchema(false));
        ProgressHandler.setHandler(connection, 1, new ProgressHandler() {
            @Override
            protected int progress() {
                count.incrementAndGet();
                return 0;
            }
        });
        new QueueRows(new Rows() {
            @Override
            public <T> CompletableFuture<T> write(Durability durability, Work<T> work) {
                throw new AssertionError("a page writes nothing");
            }

            @Override
            public <T> CompletableFuture<T> read(Work<T> query) {
                return CompletableFuture.completedFuture(query.with(sql));
            }
        }).page(filter, 0, 0, e -> e.shown(0, new Wait(Reason.SLOT, "", Optional.empty()), (root, path) -> Path.of(path))).join();
        ProgressHandler.clearHandler(connection);
        return count.get();
    }
}
