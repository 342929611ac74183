package app.waxwing.library.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Page;
import app.waxwing.parts.ViewContext;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Every page of the library is drawn in light and dark, and empty, failing and with long texts; the pictures land in target/screens to be looked at.
class LibraryScreensTest {
    private static final Map<String, BiFunction<ViewContext, FakeServices, Page>> PAGES = pages();

    private static Map<String, BiFunction<ViewContext, FakeServices, Page>> pages() {
        Map<String, BiFunction<ViewContext, FakeServices, Page>> pages = new LinkedHashMap<>();
        pages.put("home", (ctx, s) -> new LibraryPages(ctx).home());
        pages.put("albums", (ctx, s) -> new LibraryPages(ctx).albums());
        pages.put("recent", (ctx, s) -> new LibraryPages(ctx).recent());
        pages.put("album", (ctx, s) -> new LibraryPages(ctx).album(album(s)));
        pages.put("artists", (ctx, s) -> new LibraryPages(ctx).artists());
        pages.put("artist", (ctx, s) -> new LibraryPages(ctx)
                .artist(s.music.artists.isEmpty() ? nobody() : s.music.artists.get(1 % s.music.artists.size()).key()));
        pages.put("tracks", (ctx, s) -> new LibraryPages(ctx).tracks());
        pages.put("genres", (ctx, s) -> new LibraryPages(ctx).genres());
        pages.put("playlists", (ctx, s) -> new LibraryPages(ctx).playlists());
        pages.put("playlist",
                (ctx, s) -> new LibraryPages(ctx).playlist(s.music.playlists.isEmpty() ? nobody() : s.music.playlists.getFirst().key()));
        pages.put("favourites", (ctx, s) -> new LibraryPages(ctx).favourites());
        pages.put("search", (ctx, s) -> new LibraryPages(ctx).search("n"));
        return pages;
    }

    private static app.waxwing.base.ItemKey album(FakeServices s) {
        if (s.music.albums.isEmpty()) return nobody();
        return s.music.albums.stream().filter(a -> a.title().startsWith("Night Train")).findFirst().orElse(s.music.albums.getFirst()).key();
    }

    private static app.waxwing.base.ItemKey nobody() {
        return new app.waxwing.base.ItemKey(1, "nobody");
    }

    private static void draw(String state, Supplier<FakeServices> services, boolean dark) {
        PAGES.forEach((name, make) -> {
            FakeServices s = services.get();
            try (var stage = new PageStage(s, dark, ctx -> make.apply(ctx, s))) {
                stage.snapshot(name + "-" + state + (dark ? "-dark" : "-light"));
                assertThat(stage.scene().getRoot().lookupAll(".page")).as(name).isNotEmpty();
            }
        });
    }

    @Test
    void every_page_is_drawn_in_the_light() {
        draw("normal", FakeServices::sample, false);
    }

    @Test
    void every_page_is_drawn_in_the_dark() {
        draw("normal", FakeServices::sample, true);
    }

    @Test
    void every_page_is_drawn_empty() {
        draw("empty", FakeServices::empty, false);
    }

    @Test
    void every_page_is_drawn_when_its_question_fails() {
        draw("failing", FakeServices::failing, true);
    }

    @Test
    void every_page_is_drawn_with_long_texts() {
        draw("long", FakeServices::longTexts, false);
    }
}
