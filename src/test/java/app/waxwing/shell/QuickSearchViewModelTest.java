package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Navigation;
import app.waxwing.kit.Route;
import app.waxwing.library.Track;
import app.waxwing.shell.QuickSearchViewModel.Row;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.SampleMusic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class QuickSearchViewModelTest {
    private final FakeServices fake = FakeServices.of(SampleMusic.of(0));
    private final List<Object> went = new ArrayList<>();
    private final Navigation navigation = new Navigation() {
        @Override
        public void go(Route route) {
            went.add(route);
        }

        @Override
        public void back() {}

        @Override
        public void forward() {}
    };
    private boolean playableOnly;
    private final QuickSearchViewModel model = connected(new QuickSearchViewModel.Sources(fake.library, fake.player, navigation,
            () -> List.of(new Command("Next track", Icon.NEXT, "Ctrl+N", () -> went.add("next"))), () -> playableOnly, fake.accounts,
            new FakeNotices()));

    private static QuickSearchViewModel connected(QuickSearchViewModel.Sources sources) {
        var model = new QuickSearchViewModel(Runnable::run);
        model.connect(sources);
        return model;
    }

    private Row chosen() {
        return model.rows().get(model.chosenProperty().get());
    }

    @Test
    void theFirstHitIsChosenAndCaptionsAreSkipped() {
        model.search("night");
        assertThat(model.rows().getFirst()).isEqualTo(new Row.Caption("ALBUMS"));
        assertThat(chosen()).isInstanceOf(Row.OfAlbum.class);
        model.choose(1);
        assertThat(chosen()).isEqualTo(new Row.All("night"));
        model.choose(1);
        assertThat(chosen()).isInstanceOf(Row.OfAlbum.class);
        model.open();
        assertThat(went).containsExactly(new Route.AlbumRoute(fake.music.album("Night Train to Lund").key()));
    }

    @Test
    @DisplayName("Issue 4 Ctrl+K groups artists, albums, tracks, playlists and commands, in this order, no more than four of a kind")
    void groups() {
        model.search("n");
        assertThat(model.rows()).filteredOn(Row.Caption.class::isInstance).containsExactly(new Row.Caption("ARTISTS"),
                new Row.Caption("ALBUMS"), new Row.Caption("TRACKS"), new Row.Caption("PLAYLISTS"), new Row.Caption("COMMANDS"));
        List<Object> kinds = new ArrayList<>();
        for (Row row : model.rows()) {
            if (row instanceof Row.Caption) continue;
            if (kinds.isEmpty() || kinds.getLast() != row.getClass()) kinds.add(row.getClass());
        }
        assertThat(kinds).containsExactly(Row.OfArtist.class, Row.OfAlbum.class, Row.OfTrack.class, Row.OfPlaylist.class, Row.All.class,
                Row.OfCommand.class);
        assertThat(model.rows()).filteredOn(Row.OfTrack.class::isInstance).hasSize(4);
    }

    @Test
    @DisplayName("Issue 4 what was typed before the library was open is looked for when it is; until then nothing can be chosen")
    void typedEarly() {
        var early = new QuickSearchViewModel(Runnable::run);
        early.search("ni");
        early.search("night");
        assertThat(early.rows()).isEmpty();
        assertThat(early.noneProperty().get()).isEqualTo("Your library is opening …");
        early.choose(1);
        assertThat(early.open()).isFalse();
        assertThat(early.readyProperty().get()).isFalse();
        early.connect(new QuickSearchViewModel.Sources(fake.library, fake.player, navigation, List::of, () -> false, fake.accounts,
                new FakeNotices()));
        assertThat(early.rows().getFirst()).isEqualTo(new Row.Caption("ALBUMS"));
        assertThat(early.noneProperty().get()).isEmpty();
        assertThat(early.open()).isTrue();
        assertThat(went).containsExactly(new Route.AlbumRoute(fake.music.album("Night Train to Lund").key()));
    }

    @Test
    void enterOnATrackPlaysItAndCtrlEnterPlaysAnAlbumWhole() {
        model.search("sleeper");
        model.open();
        assertThat(fake.player.state().current().map(Track::title)).contains("Sleeper Car");
        model.search("night train");
        model.play();
        assertThat(fake.player.state().queue()).hasSize(12);
    }

    @Test
    void commandsAreFoundByTheirWords() {
        model.search("next tr");
        assertThat(chosen()).isInstanceOf(Row.OfCommand.class);
        model.open();
        assertThat(went).containsExactly("next");
    }

    @Test
    void playableNowHoldsInSearchToo() {
        playableOnly = true;
        model.search("Terminus");
        assertThat(model.rows()).isEmpty();
        assertThat(model.noneProperty().get()).startsWith("Nothing that plays without the network");
    }

    @Test
    void aSearchThatFailsIsASentence() {
        fake.library.failing(new Failure.Corrupt("The library on this computer"));
        model.search("a");
        assertThat(model.noneProperty().get()).isEqualTo("The search did not work. The library on this computer is damaged.");
    }

    @Test
    void whatWasOpenedIsShownWhenTheSearchIsEmptyAndClearedAtOnce() {
        model.search("sleeper");
        model.open();
        model.search("next tr");
        model.open();
        model.search("");
        assertThat(fake.library.searches).as("a command is no search").containsExactly("sleeper");
        assertThat(model.rows()).startsWith(new Row.Caption("SEARCHED BEFORE"), new Row.Before("sleeper"), new Row.Forget());
        assertThat(model.again()).contains("sleeper");
        assertThat(model.forget()).as("another row is chosen").isFalse();
        model.choose(1);
        assertThat(model.forget()).isTrue();
        assertThat(fake.library.searches).isEmpty();
        assertThat(model.rows()).doesNotContain(new Row.Forget()).first().isEqualTo(new Row.Caption("COMMANDS"));
    }

    @Test
    @DisplayName("Issue 4 hits name their server in the second line where more than one is shown")
    void whichServer() {
        model.search("night");
        assertThat(model.under(chosen())).doesNotContain("home-server");
        var two = FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"));
        QuickSearchViewModel search = connected(new QuickSearchViewModel.Sources(two.library, two.player, navigation, List::of, () -> false,
                two.accounts, new FakeNotices()));
        search.search("a");
        List<Row> hits = search.rows().stream().filter(r -> !search.under(r).isEmpty()).toList();
        assertThat(hits).isNotEmpty().allSatisfy(r -> assertThat(search.under(r)).endsWith(" · home-server"));
        two.accounts.show(Set.of(FakeAccounts.HOME.serverId())).join();
        assertThat(search.under(hits.getFirst())).doesNotContain("home-server");
    }

    @Test
    @DisplayName("Issue 4 what is looked for on a server that the library does not show is said to be hidden")
    void aHiddenServer() {
        var two = FakeServices.empty(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"));
        QuickSearchViewModel search = connected(new QuickSearchViewModel.Sources(two.library, two.player, navigation, List::of, () -> false,
                two.accounts, new FakeNotices()));
        search.search("server:garden river");
        assertThat(search.noneProperty().get()).as("it is shown").isEqualTo("Nothing found for «server:garden river»");
        two.accounts.show(Set.of(FakeAccounts.HOME.serverId())).join();
        search.search("server:garden river");
        assertThat(search.noneProperty().get()).isEqualTo("The library does not show the music of garden-shed now.");
        search.search("river");
        assertThat(search.noneProperty().get()).isEqualTo("Nothing found for «river»");
    }
}
