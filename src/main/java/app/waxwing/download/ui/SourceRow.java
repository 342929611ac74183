package app.waxwing.download.ui;

import app.waxwing.download.KeepSet.Source;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.RowCell;
import app.waxwing.kit.Texts;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// Something that keeps files: what it is, how many of its tracks are here, their bytes, and the way to let it go.
final class SourceRow extends RowCell<Source> {
    static final double HEIGHT = 58;
    private final FontIcon icon = Icons.of(Icon.ALBUMS, 18);
    private final Label title = new Label();
    private final Label words = new Label();
    private final Label bytes = new Label();
    private final Button release;
    private final Function<Source, String> server;
    private final HBox bed;

    /// @param server of the source, where the list has some of several
    SourceRow(Consumer<Source> letGo, Function<Source, String> server) {
        this.server = server;
        getStyleClass().add("source-row");
        title.getStyleClass().setAll("row-title");
        words.getStyleClass().setAll("secondary");
        bytes.getStyleClass().setAll("figures", "source-bytes");
        bytes.setMinWidth(Region.USE_PREF_SIZE);
        release = Buttons.icon(Icon.DELETE, Texts.of("downloads.source.release"), () -> {
            if (getItem() != null) letGo.accept(getItem());
        });
        release.setFocusTraversable(false);
        var disc = new StackPane(icon);
        disc.getStyleClass().add("source-icon");
        var texts = new VBox(1, title, words);
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        bed = new HBox(14, disc, texts, bytes, release);
        bed.setAlignment(Pos.CENTER_LEFT);
    }

    @Override
    protected void updateItem(Source item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        Icons.set(icon, switch (item.kind()) {
            case ALBUM -> Icon.ALBUMS;
            case ARTIST -> Icon.ARTISTS;
            case PLAYLIST -> Icon.PLAYLISTS;
            case TRACK, GENRE -> Icon.TRACKS;
        });
        title.setText(item.key().isEmpty()
                ? Texts.of("downloads.source.singles")
                : item.title().isBlank()
                        ? Texts.of("downloads.source.unknown")
                        : item.title());
        words.setText(words(item, server.apply(item)));
        bytes.setText(Formats.bytes(item.bytes()));
        release.setVisible(item.key().isPresent());
        setAccessibleText(title.getText() + ", " + words.getText() + ", " + bytes.getText());
        content(bed);
    }

    /// «Album · Ada Okonkwo · 5 of 12 here · home-server».
    static String words(Source s, String server) {
        return server.isBlank() ? words(s) : words(s) + " · " + server;
    }

    private static String words(Source s) {
        String kind = s.key().isEmpty() ? "" : Texts.of("downloads.source.kind." + s.kind().word()) + " · ";
        String detail = s.detail().isBlank() ? "" : s.detail() + " · ";
        if (s.tracks() == 0) return kind + detail + Texts.of("downloads.source.none");
        return kind + detail + (s.here() == s.tracks()
                ? Texts.count("downloads.source.all", s.tracks())
                : Texts.count("downloads.source.some", s.tracks(), Formats.count(s.here())));
    }
}
