package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.SampleMusic;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchViewModelTest {
    private final FakeServices fake = FakeServices.of(SampleMusic.of(100));

    private static SearchViewModel.Found found(SearchViewModel model) {
        return model.question().value().orElseThrow();
    }

    @Test
    @DisplayName("Issue 4 all results: the first 60 of a kind, then more of it behind them until there are no more")
    void more() {
        String word = "a";
        int all = (int) fake.music.tracks.stream().filter(t -> t.title().toLowerCase(java.util.Locale.ROOT).contains(word)).count();
        assertThat(all).isGreaterThan(240);
        var model = new SearchViewModel(fake.library, Runnable::run, word, () -> false);
        model.question().ask();
        assertThat(found(model).hits().tracks()).hasSize(60);
        assertThat(found(model).more()).contains(ItemKind.TRACK);
        int albums = found(model).hits().albums().size();
        List<Track> first = found(model).hits().tracks();
        model.more(ItemKind.TRACK);
        assertThat(found(model).hits().tracks()).hasSize(240).startsWith(first.toArray(Track[]::new));
        assertThat(found(model).hits().albums()).as("as many as before").hasSize(albums);
        while (found(model).more().contains(ItemKind.TRACK)) model.more(ItemKind.TRACK);
        assertThat(found(model).hits().tracks()).hasSize(all).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("Issue 4 all results: what a longer search puts elsewhere stays where it was shown; what is gone goes when the same is asked again")
    void steady() {
        List<Track> tracks = new ArrayList<>(fake.music.tracks.subList(0, 300));
        fake.library.tracksFound = Optional.of((limit, playable) -> {
            List<Track> some = new ArrayList<>(tracks);
            // A longer search finds better ones first, and drops what a shorter one began with.
            if (limit > 61) some = new ArrayList<>(some.reversed().subList(0, 290));
            return some.subList(0, Math.min(limit, some.size()));
        });
        var model = new SearchViewModel(fake.library, Runnable::run, "x", () -> false);
        model.question().ask();
        model.more(ItemKind.TRACK);
        assertThat(found(model).hits().tracks()).hasSize(240).startsWith(tracks.subList(0, 60).toArray(Track[]::new))
                .doesNotHaveDuplicates();
        Track gone = tracks.remove(30);
        model.question().ask();
        assertThat(found(model).hits().tracks()).doesNotContain(gone);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 the page of all results says that these are the first, and «More tracks» brings more into a list that fills the page")
    void page(String look, boolean dark) {
        try (var stage = new PageStage(fake, dark, ctx -> new SearchView(ctx, "a"))) {
            Screens.run(() -> stage.page.shown());
            Screens.until("found", () -> stage.scene().getRoot().lookupAll(".page-under").stream()
                    .anyMatch(n -> n instanceof Label l && l.getText().startsWith("The first ")));
            stage.snapshot("search-first-" + look);
            var list = (ListView<?>) stage.find(".track-list");
            assertThat(Screens.<Integer>fx(() -> list.getItems().size())).isEqualTo(60);
            Screens.run(() -> stage.scene().getRoot().lookupAll(".button").stream()
                    .filter(n -> n instanceof Button b && "More tracks".equals(b.getText())).map(Button.class::cast).findFirst()
                    .orElseThrow()
                    .fire());
            Screens.until("more", () -> list.getItems().size() == 240);
            Screens.settle();
            assertThat(Screens.<Double>fx(list::getHeight)).as("not as high as its rows").isLessThan(PageStage.HEIGHT);
            var table = (app.waxwing.parts.TrackTable) stage.find(".track-table");
            assertThat(Screens.fx(table::firstVisible)).as("the new ones are in sight, behind the last few").get()
                    .satisfies(i -> assertThat(i).isBetween(55, 57));
            var scroll = (javafx.scene.control.ScrollPane) stage.find(".page-scroll");
            Screens.run(() -> scroll.setVvalue(1));
            Screens.settle();
            stage.snapshot("search-more-" + look);
            assertThat(stage.scene().getRoot().lookupAll(".track-row")).as("only those in sight are made").hasSizeLessThan(60);
        }
    }
}
