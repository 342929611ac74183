package app.waxwing.library.ui;

import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Genre;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Listing;
import app.waxwing.library.Query;
import app.waxwing.parts.Following;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Question;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.ViewContext;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

/// All genres as cards, the largest first by the library's order.
final class GenresView implements Page {
    private static final double LEAST = 190;
    private static final double GAP = 14;
    private final ViewContext ctx;
    private final TilePane cards = new TilePane(GAP, GAP);
    private final PageHead head = new PageHead(Texts.of("nav.genres"));
    private final StateBox<Listing<Genre>> root;
    private final Following following;

    GenresView(ViewContext ctx) {
        this.ctx = ctx;
        var question = new Question<>(ctx.fx(), () -> ctx.library().genres(Query.ALL.playableOnly(ctx.playableOnly())));
        var content = new VBox(18, head, cards);
        content.getStyleClass().add("page-content");
        cards.widthProperty().subscribe(w -> {
            int columns = Math.max(1, (int) ((w.doubleValue() + GAP) / (LEAST + GAP)));
            cards.setPrefTileWidth(Math.floor((w.doubleValue() - (columns - 1) * GAP) / columns) - 0.5);
        });
        cards.setPrefTileHeight(76);
        root = new StateBox<>(question.state(), Scrolling.page(ctx, "genres", content), this::show,
                listing -> listing.items().isEmpty() ? Optional.of(Empties.of(ctx, Icon.GENRES, "genres")) : Optional.empty(),
                question::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT), question::ask);
    }

    private void show(Listing<Genre> genres) {
        head.under(Texts.count("count.genres", genres.total()));
        cards.getChildren().setAll(genres.items().stream().map(this::card).toList());
    }

    private Node card(Genre genre) {
        var name = new Label(genre.name());
        name.getStyleClass().setAll("genre-name");
        var count = new Label(Texts.count("count.tracks", genre.trackCount()));
        count.getStyleClass().setAll("secondary", "figures");
        var words = new VBox(3, name, count);
        words.setMouseTransparent(true);
        words.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        var card = new Button();
        card.getStyleClass().setAll("button", "genre-card", "tone-" + Math.floorMod(genre.name().hashCode(), 6));
        card.setGraphic(words);
        card.setContentDisplay(javafx.scene.control.ContentDisplay.GRAPHIC_ONLY);
        card.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        card.setAccessibleText(genre.name() + ", " + Formats.count(genre.trackCount()));
        card.setOnAction(e -> ctx.go(new Route.GenreRoute(genre.key())));
        return card;
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        following.start();
    }

    @Override
    public void hidden() {
        following.stop();
    }

    @Override
    public void close() {
        hidden();
    }
}
