package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import app.waxwing.testing.ui.TwoServers;
import java.util.List;
import javafx.scene.control.Label;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Tracks of two servers put into one playlist, in the window.
class OneServerToastTest {
    private static final List<ItemKey> BOTH = List.of(new ItemKey(FakeAccounts.HOME.id(), "a"), new ItemKey(TwoServers.ATTIC, "b"),
            new ItemKey(TwoServers.ATTIC, "c"));

    private static void said(PageStage stage, String words) {
        Screens.until(words, () -> stage.scene().getRoot().lookupAll(".toast .label").stream()
                .anyMatch(n -> n instanceof Label l && l.getText().equals(words)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 the window says how many tracks a playlist leaves out, and why; where none is left nothing is asked for")
    void leftOut(String look, boolean dark) {
        FakeServices fake = TwoServers.services();
        try (var stage = new PageStage(fake, dark, ctx -> new LibraryPages(ctx).playlists())) {
            Screens.run(() -> stage.ctx.actions().createPlaylist(FakeAccounts.HOME.id(), "Rain", BOTH));
            said(stage, "Playlist «Rain» made. 2 tracks of attic are left out: a playlist lives on one server.");
            Screens.settle();
            stage.snapshot("playlist-left-out-" + look);
            Screens.run(() -> stage.ctx.actions().addToPlaylist(new ItemKey(TwoServers.ATTIC, "p"), "Attic evening", BOTH));
            said(stage, "Added to «Attic evening». 1 track of home-server is left out: a playlist lives on one server.");
            assertThat(fake.userState.done).containsExactly("create Rain", "add 2 to p");
            Screens.run(() -> stage.ctx.actions().addToPlaylist(new ItemKey(TwoServers.ATTIC, "p"), "Attic evening", BOTH.subList(0, 1)));
            said(stage, "Nothing was added to «Attic evening»: a playlist lives on one server, and what you chose is on home-server.");
            assertThat(fake.userState.done).hasSize(2);
        }
    }

    @Test
    @DisplayName("Issue 4 what is all of one server is said as before")
    void nothingLeftOut() {
        try (var stage = new PageStage(TwoServers.services(), true, ctx -> new LibraryPages(ctx).playlists())) {
            Screens.run(() -> stage.ctx.actions().createPlaylist(FakeAccounts.HOME.id(), "Rain", BOTH.subList(0, 1)));
            said(stage, "Playlist «Rain» made");
        }
    }
}
