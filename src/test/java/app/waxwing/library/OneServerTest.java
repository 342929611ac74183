package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneServerTest {
    @Test
    @DisplayName("Issue 4 a playlist takes only tracks of its own account, here and in what is sent; where none is left it is refused with a sentence")
    void onlyItsOwn(@TempDir Path folder) {
        try (var desk = new LibraryDesk(folder)) {
            long one = desk.account(new FakeMediaServer("one").fill(10), "ida").id();
            long two = desk.account(new FakeMediaServer("two").fill(10), "ida").id();
            desk.sync(one, false);
            desk.sync(two, false);
            var actions = new PendingActions(desk.database);
            var edits = new UserEdits(desk.database, desk.changes, actions, desk.time);
            ItemKey made = edits.createPlaylist(one, "Both",
                    List.of(new ItemKey(one, "t1"), new ItemKey(two, "t2"), new ItemKey(one, "t3"))).join();
            assertThat(desk.library.tracksOf(made).join()).extracting(t -> t.key().id()).containsExactly("t1", "t3");
            edits.addToPlaylist(made, List.of(new ItemKey(two, "t4"), new ItemKey(one, "t5"))).join();
            assertThat(desk.library.tracksOf(made).join()).extracting(t -> t.key().id()).containsExactly("t1", "t3", "t5");
            assertThat(desk.database.<List<String>>readNow(
                    sql -> sql.fetch("SELECT track_item_id FROM pending_action_item ORDER BY action_id, position").getValues(0,
                            String.class)))
                    .containsExactly("t1", "t3", "t5");
            assertThatThrownBy(() -> edits.addToPlaylist(made, List.of(new ItemKey(two, "t4"))).join()).cause()
                    .isInstanceOfSatisfying(FailureException.class,
                            e -> assertThat(app.waxwing.base.FailureWords.sentence(e.failure()))
                                    .isEqualToIgnoringCase("A playlist lives on one server, and none of these tracks is on this one."));
            assertThatThrownBy(() -> edits.createPlaylist(one, "None", List.of(new ItemKey(two, "t4"))).join()).cause()
                    .isInstanceOf(FailureException.class);
        }
    }

    @Test
    @DisplayName("Issue 4 what is left out is counted by account")
    void counted() {
        OneServer some = OneServer.of(1, List.of(new ItemKey(2, "a"), new ItemKey(1, "b"), new ItemKey(2, "c"), new ItemKey(3, "d")));
        assertThat(some.taken()).containsExactly(new ItemKey(1, "b"));
        assertThat(some.left()).containsExactly(java.util.Map.entry(2L, 2), java.util.Map.entry(3L, 1));
        assertThat(some.leftOut()).isEqualTo(3);
        assertThat(some.nothing()).isFalse();
        assertThat(OneServer.of(1, List.of()).nothing()).isFalse();
    }
}
