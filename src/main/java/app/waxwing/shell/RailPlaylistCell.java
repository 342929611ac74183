package app.waxwing.shell;

import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Playlist;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Circle;
import org.jspecify.annotations.Nullable;

/// A playlist in the rail, with a dot: yellow when all of it is kept, yellow ring when some is here, grey ring when none is.
final class RailPlaylistCell extends ListCell<Playlist> {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass KEPT = PseudoClass.getPseudoClass("kept");
    private static final PseudoClass PARTLY = PseudoClass.getPseudoClass("partly");
    private final Circle dot = new Circle(4.5);
    private final Label words = new Label();
    private final HBox row;
    private final Supplier<Optional<Route>> current;

    RailPlaylistCell(Consumer<Playlist> open, Supplier<Optional<Route>> current) {
        this.current = current;
        dot.getStyleClass().add("playlist-dot");
        var place = new StackPane(dot);
        place.setMinWidth(18);
        row = new HBox(12, place, words);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("rail-playlist");
        setPrefWidth(0);
        setOnMouseClicked(_ -> {
            if (getItem() instanceof Playlist playlist) open.accept(playlist);
        });
    }

    @Override
    protected void updateItem(@Nullable Playlist playlist, boolean empty) {
        super.updateItem(playlist, empty);
        setText(null);
        if (empty || playlist == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        words.setText(playlist.title());
        boolean kept = playlist.availability().kept();
        boolean partly = !kept && playlist.localTracks() > 0;
        dot.pseudoClassStateChanged(KEPT, kept);
        dot.pseudoClassStateChanged(PARTLY, partly);
        setAccessibleText(kept
                ? Texts.of("rail.playlist.kept", playlist.title())
                : partly ? Texts.of("rail.playlist.partly", playlist.title()) : playlist.title());
        row.pseudoClassStateChanged(CURRENT, current.get().equals(Optional.of(new Route.PlaylistRoute(playlist.key()))));
        setGraphic(row);
    }
}
