package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.Filter;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
