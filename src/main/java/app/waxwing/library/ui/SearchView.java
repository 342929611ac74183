package app.waxwing.library.ui;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.SearchHits;
import app.waxwing.library.ShownServers;
import app.waxwing.parts.Following;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Shelf;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackList;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All results of a search: artists, albums, tracks, playlists.
final class SearchView implements Page {
    /// So many of the rows before stay in sight above those that «More» brought.
    private static final int SEEN = 3;
    private final ViewContext ctx;
    private final String text;
    private final PageHead head;
    private final Shelf artists;
    private final Shelf albums;
    private final Shelf playlists;
    private final Label tracksTitle = new Label(Texts.of("nav.tracks"));
    private final VBox tracks;
    private final TrackTable table;
    private final StateBox<SearchViewModel.Found> root;
    private final TracksInPage inPage;
    private final Button moreTracks;
    private final Following following;
    /// How many tracks there were when more were asked for; 0 none.
    private int from;

    SearchView(ViewContext ctx, String text) {
        this.ctx = ctx;
        this.text = text;
        var model = new SearchViewModel(ctx.library(), ctx.fx(), text, ctx::playableOnly);
        head = new PageHead(Texts.of("search.title", text));
        artists = new Shelf(ctx, Texts.of("nav.artists"), Optional.empty());
        albums = new Shelf(ctx, Texts.of("nav.albums"), Optional.empty());
        albums.rows(2);
        artists.further(() -> model.more(ItemKind.ARTIST));
        albums.further(() -> model.more(ItemKind.ALBUM));
        playlists = new Shelf(ctx, Texts.of("nav.playlists"), Optional.empty());
        playlists.further(() -> model.more(ItemKind.PLAYLIST));
        var columns = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.MARK,
                TrackColumn.HEART, TrackColumn.TIME,
                TrackColumn.MORE);
        table = new TrackTable(ctx, "search", columns, columns);
        table.headings(false);
        tracksTitle.getStyleClass().setAll("section-title");
        moreTracks = Buttons.quiet(Texts.of("search.more.tracks"), () -> {
            from = table.list().getItems().size();
            model.more(ItemKind.TRACK);
        });
        moreTracks.getStyleClass().add("small");
        tracks = new VBox(8, tracksTitle, table, moreTracks);
        var content = new VBox(22, head, artists, albums, playlists, tracks);
        content.getStyleClass().add("page-content");
        ScrollPane scroll = Scrolling.page(ctx, "search:" + text, content);
        inPage = TracksInPage.below(scroll, table, SearchViewModel.EACH);
        root = new StateBox<>(model.question().state(), scroll, this::show,
                found -> found.hits().isEmpty() ? Optional.of(nothing()) : Optional.empty(), model.question()::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), model.question()::ask);
    }

    private void show(SearchViewModel.Found found) {
        SearchHits hits = found.hits();
        head.under(found.more().isEmpty()
                ? Texts.count("search.count", found.shown())
                : Texts.of("search.count.first", Formats.count(found.shown())));
        artists.behind(found.more().contains(ItemKind.ARTIST));
        albums.behind(found.more().contains(ItemKind.ALBUM));
        playlists.behind(found.more().contains(ItemKind.PLAYLIST));
        boolean more = found.more().contains(ItemKind.TRACK);
        moreTracks.setVisible(more);
        moreTracks.setManaged(more);
        artists.show(hits.artists().stream().map(TileFacts::of).toList());
        albums.show(hits.albums().stream().map(TileFacts::of).toList());
        playlists.show(hits.playlists().stream().map(TileFacts::of).toList());
        tracks.setVisible(!hits.tracks().isEmpty());
        tracks.setManaged(!hits.tracks().isEmpty());
        table.show(new TrackList.Whole(hits.tracks()), Texts.of("search.title", text), false);
        inPage.changed();
        if (from > 0 && hits.tracks().size() > from) {
            // Where the eye was: the last that were there, and the new ones behind them.
            table.placeSoon(from - SEEN);
            from = 0;
        }
    }

    private Node nothing() {
        List<Account> hidden = ShownServers.searchedInVain(ctx.accounts(), text);
        if (!hidden.isEmpty()) return Empties.searchedInVain(ctx, text, hidden);
        if (ctx.playableOnly()) {
            return new EmptyState(Icon.SEARCH, Texts.of("search.none.playable", text), Texts.of("search.none.playable.help"),
                    Empties.withServers(ctx, Buttons.primary(Texts.of("empty.playable.all"), () -> ctx.desk().playableOnly().set(false))));
        }
        return new EmptyState(Icon.SEARCH, Texts.of("search.none", text),
                Texts.of(Empties.hides(ctx) ? "search.none.hidden" : "search.none.help"), Empties.withServers(ctx));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        table.shown();
        following.start();
    }

    @Override
    public void hidden() {
        table.hidden();
        following.stop();
    }

    @Override
    public void close() {
        hidden();
    }
}
