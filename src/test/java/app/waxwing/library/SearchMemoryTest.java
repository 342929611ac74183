package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchMemoryTest {
    @TempDir
    Path folder;

    private static void plays(LibraryDesk desk, long account, int tracks, long each) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            for (int i = 0; i < tracks; i++) {
                sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, account).set(USER_DATA.ITEM_ID, "t" + i).set(USER_DATA.KIND, "track")
                        .set(USER_DATA.PLAY_COUNT, each).onDuplicateKeyUpdate().set(USER_DATA.PLAY_COUNT, each).execute();
            }
            return 0;
        }).join();
    }

    private static void active(LibraryDesk desk, long account) {
        desk.database.write(Durability.SOON, Lane.USER, sql -> sql.update(ACCOUNT).set(ACCOUNT.IS_ACTIVE, ACCOUNT.ID.eq(account)).execute())
                .join();
    }

    private static List<SearchMemory.Heard> heard(LibraryDesk desk, SearchMemory memory) {
        return desk.database.readNow(sql -> List.copyOf(memory.played(sql).tracks().values()));
    }

    @Test
    @DisplayName("0.13 what is played most is of the active accounts: what another user hears much takes no place of it, and is not remembered when the account changes")
    void whoseIsPlayedMost() {
        try (var desk = new LibraryDesk(folder)) {
            long ida = desk.account(new FakeMediaServer("one").fill(450), "ida").id();
            long bo = desk.account(new FakeMediaServer("two").fill(450), "bo").id();
            desk.sync(ida, true);
            desk.sync(bo, true);
            plays(desk, ida, 450, 9);
            plays(desk, bo, 3, 1);
            active(desk, bo);
            var memory = new SearchMemory(desk.time);
            assertThat(heard(desk, memory)).hasSize(3).allMatch(h -> h.plays() == 1);
            active(desk, ida);
            assertThat(heard(desk, memory)).hasSize(400).allMatch(h -> h.plays() == 9);
        }
    }
}
