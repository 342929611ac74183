package app.waxwing.library.ui;

import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Genre;
import app.waxwing.parts.Tile;
import app.waxwing.parts.ViewContext;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A genre by its name, with how many tracks carry it.
final class GenreCard implements Tile<Genre> {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private final ViewContext ctx;
    private final Button card = new Button();
    private final Label name = new Label();
    private final Label count = new Label();
    private Optional<Genre> genre = Optional.empty();

    GenreCard(ViewContext ctx) {
        this.ctx = ctx;
        name.getStyleClass().setAll("genre-name");
        count.getStyleClass().setAll("secondary", "figures");
        var words = new VBox(3, name, count);
        words.setMouseTransparent(true);
        words.setAlignment(Pos.CENTER_LEFT);
        card.getStyleClass().setAll("button", "genre-card");
        card.setGraphic(words);
        card.setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        // The keyboard walks through the grid; a card is made for a place in it and not for a genre.
        card.setFocusTraversable(false);
        card.setOnAction(e -> open());
    }

    @Override
    public Button region() {
        return card;
    }

    @Override
    public void show(Optional<Genre> record) {
        genre = record;
        name.setText(record.map(Genre::name).orElse(""));
        String tracks = record.map(g -> Texts.count("count.tracks", g.trackCount())).orElse("");
        count.setText(tracks);
        card.setAccessibleText(record.map(g -> g.name() + ", " + tracks).orElseGet(() -> Texts.of("tracks.loading")));
    }

    @Override
    public void current(boolean on) {
        card.pseudoClassStateChanged(CURRENT, on);
    }

    @Override
    public void open() {
        genre.ifPresent(g -> ctx.go(new Route.GenreRoute(g.key())));
    }

    @Override
    public void play() {
        genre.ifPresent(g -> ctx.actions().play(g.key(), g.name()));
    }
}
