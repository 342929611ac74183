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
import app.waxwing.parts.Lettered;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Question;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.ViewContext;
import app.waxwing.server.ItemKind;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.TilePane;
import javafx.scene.layout.VBox;

/// All genres as cards, by name.
final class GenresView implements Page {
    private static final double LEAST = 190;
    private static final double GAP = 14;
    private final ViewContext ctx;
    private final TilePane cards = new TilePane(GAP, GAP);
    private final PageHead head = new PageHead(Texts.of("nav.genres"));
    private final StateBox<Listing<Genre>> root;
    private final Following following;
    private final ScrollPane scroll;
    private final Lettered letters;

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
        scroll = Scrolling.page(ctx, "genres", content);
        scroll.setFocusTraversable(true);
        letters = new Lettered(ctx, ItemKind.GENRE, new Lettered.List(scroll, scroll, this::firstVisible, this::go));
        scroll.vvalueProperty().subscribe(letters::scrolled);
        root = new StateBox<>(question.state(), letters, this::show,
                listing -> listing.items().isEmpty() ? Optional.of(Empties.of(ctx, Icon.GENRES, "genres")) : Optional.empty(),
                question::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY), question::ask);
    }

    private void show(Listing<Genre> genres) {
        head.under(Texts.count("count.genres", genres.total()));
        cards.getChildren().setAll(genres.items().stream().map(this::card).toList());
        letters.show(Query.ALL.playableOnly(ctx.playableOnly()), genres.items().size());
    }

    private Optional<Integer> firstVisible() {
        double top = (cards.getParent().getBoundsInLocal().getHeight() - scroll.getViewportBounds().getHeight()) * scroll.getVvalue()
                - cards.getLayoutY();
        for (int i = 0; i < cards.getChildren().size(); i++)
            if (cards.getChildren().get(i).getBoundsInParent().getMaxY() > top) return Optional.of(i);
        return Optional.empty();
    }

    private void go(int index) {
        Node card = cards.getChildren().get(index);
        double room = cards.getParent().getBoundsInLocal().getHeight() - scroll.getViewportBounds().getHeight();
        if (room > 0) scroll.setVvalue(Math.clamp((cards.getLayoutY() + card.getBoundsInParent().getMinY() - GAP) / room, 0, 1));
        card.requestFocus();
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

    @Override
    public Node first() {
        return scroll;
    }
}
