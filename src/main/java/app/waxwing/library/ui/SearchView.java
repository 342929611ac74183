package app.waxwing.library.ui;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All results of a search: artists, albums, tracks, playlists.
final class SearchView implements Page {
    private final ViewContext ctx;
    private final String text;
    private final PageHead head;
    private final Shelf artists;
    private final Shelf albums;
    private final Shelf playlists;
    private final Label tracksTitle = new Label(Texts.of("nav.tracks"));
    private final VBox tracks;
    private final TrackTable table;
    private final StateBox<SearchHits> root;
    private final Following following;

    SearchView(ViewContext ctx, String text) {
        this.ctx = ctx;
        this.text = text;
        var model = new SearchViewModel(ctx.library(), ctx.fx(), text, ctx::playableOnly);
        head = new PageHead(Texts.of("search.title", text));
        artists = new Shelf(ctx, Texts.of("nav.artists"), Optional.empty());
        albums = new Shelf(ctx, Texts.of("nav.albums"), Optional.empty());
        albums.rows(2);
        playlists = new Shelf(ctx, Texts.of("nav.playlists"), Optional.empty());
        var columns = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.MARK,
                TrackColumn.HEART, TrackColumn.TIME,
                TrackColumn.MORE);
        table = new TrackTable(ctx, "search", columns, columns);
        table.headings(false);
        tracksTitle.getStyleClass().setAll("section-title");
        tracks = new VBox(8, tracksTitle, table);
        var content = new VBox(22, head, artists, albums, tracks, playlists);
        content.getStyleClass().add("page-content");
        root = new StateBox<>(model.question().state(), Scrolling.page(ctx, "search:" + text, content), this::show,
                hits -> hits.isEmpty() ? Optional.of(nothing()) : Optional.empty(), model.question()::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), model.question()::ask);
    }

    private void show(SearchHits hits) {
        long all = hits.artists().size() + hits.albums().size() + hits.tracks().size() + hits.playlists().size();
        head.under(Texts.count("search.count", all));
        artists.show(hits.artists().stream().map(TileFacts::of).toList());
        albums.show(hits.albums().stream().map(TileFacts::of).toList());
        playlists.show(hits.playlists().stream().map(TileFacts::of).toList());
        tracks.setVisible(!hits.tracks().isEmpty());
        tracks.setManaged(!hits.tracks().isEmpty());
        table.fit(hits.tracks().size());
        table.show(new TrackList.Whole(hits.tracks()), Texts.of("search.title", text), false);
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
