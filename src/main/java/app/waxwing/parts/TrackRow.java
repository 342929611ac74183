package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Route;
import app.waxwing.kit.RowCell;
import app.waxwing.kit.Texts;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// One row of a [TrackTable]. All nodes are made once; showing another track only sets texts.
final class TrackRow extends RowCell<Integer> {
    private static final PseudoClass PLAYING = PseudoClass.getPseudoClass("playing");
    private static final PseudoClass DIM = PseudoClass.getPseudoClass("dim");
    private static final PseudoClass LOADING = PseudoClass.getPseudoClass("loading");
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private final TrackTable table;
    private final Label number = label("number", "figures");
    private final FontIcon glyph = Icons.of(Icon.PLAY, 14);
    private final StackPane numberBox = new StackPane(number, glyph);
    private final Label title = label("row-title");
    private final Label artist = link(t -> t.artistId().map(id -> new Route.ArtistRoute(new ItemKey(t.key().account(), id))));
    private final Label album = link(t -> t.albumId().map(id -> new Route.AlbumRoute(new ItemKey(t.key().account(), id))));
    private final Label genre = label("row-soft");
    private final Label year = label("row-soft", "figures");
    private final Label plays = label("row-soft", "figures");
    private final Label last = label("row-soft", "figures");
    private final Label size = label("row-soft", "figures", "right");
    private final Label time = label("row-soft", "figures", "right");
    private final Mark mark = new Mark(13, false);
    private final Label speed = label("row-speed", "figures");
    private final HBox markBox = new HBox(6, mark, speed);
    private final Button heart = Buttons.icon(Icon.FAVOURITE, Texts.of("favourite.add"), this::toggleFavourite);
    private final Button more = Buttons.icon(Icon.MORE, Texts.of("menu.more"), this::openMenu);
    private final Label disc = label("disc-head");
    private final Bed bed;
    private Optional<Track> shown = Optional.empty();

    TrackRow(TrackTable table) {
        this.table = table;
        bed = new Bed();
        getStyleClass().add("track-row");
        markBox.setAlignment(Pos.CENTER_LEFT);
        numberBox.setAlignment(Pos.CENTER_LEFT);
        numberBox.getStyleClass().add("number-box");
        glyph.getStyleClass().add("row-play");
        numberBox.addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (e.getButton() == MouseButton.PRIMARY && shown.isPresent()) {
                table.play(getItem());
                e.consume();
            }
        });
        heart.setFocusTraversable(false);
        heart.getStyleClass().add("row-heart");
        more.setFocusTraversable(false);
        more.getStyleClass().add("row-more");
        setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2 && shown.isPresent()) table.play(getItem());
        });
        addEventFilter(MouseEvent.MOUSE_PRESSED, e -> {
            if (!isEmpty() && getItem() < 0) e.consume();
        });
    }

    @Override
    protected void updateItem(Integer item, boolean empty) {
        super.updateItem(item, empty);
        table.moved();
        if (empty || item == null) setGraphic(null);
        else content(bed);
        render();
    }

    /// Columns were chosen or the width changed.
    void relay() {
        bed.requestLayout();
    }

    void render() {
        boolean discLine = !isEmpty() && getItem() != null && getItem() < 0;
        disc.setVisible(discLine);
        if (discLine) disc.setText(Texts.of("album.disc", Formats.count(-getItem() - 1)));
        shown = isEmpty() || getItem() == null || discLine ? Optional.empty() : table.tracks().get(getItem());
        boolean loading = !isEmpty() && !discLine && shown.isEmpty();
        pseudoClassStateChanged(LOADING, loading);
        setMouseTransparent(discLine);
        if (shown.isPresent()) {
            show(shown.get());
        } else {
            blank();
        }
        bed.requestLayout();
    }

    private void blank() {
        for (Label label : new Label[]{number, title, artist, album, genre, year, plays, last, size, time, speed}) label.setText("");
        mark.show(Mark.Kind.NONE);
        glyph.setVisible(false);
        heart.setVisible(false);
        more.setVisible(false);
        pseudoClassStateChanged(PLAYING, false);
        pseudoClassStateChanged(DIM, false);
        setAccessibleText(isEmpty() ? null : getItem() != null && getItem() < 0 ? disc.getText() : Texts.of("tracks.loading"));
    }

    private void show(Track t) {
        boolean playing = table.playing(t.key());
        number.setText(Formats.count(table.numbered() && t.number().isPresent() ? t.number().getAsInt() : getItem() + 1L));
        title.setText(t.title());
        artist.setText(t.artist());
        album.setText(t.album());
        genre.setText(String.join(", ", t.genres()));
        year.setText(t.year().isPresent() ? String.valueOf(t.year().getAsInt()) : "");
        plays.setText(t.playCount() > 0 ? Formats.count(t.playCount()) : "");
        last.setText(t.lastPlayed().map(at -> DATE.format(at.atZone(ZoneId.systemDefault()))).orElse(""));
        OptionalLong bytes = table.ofFiles() ? t.fileSize() : t.size();
        size.setText(bytes.isPresent() ? Formats.bytes(bytes.getAsLong()) : "");
        time.setText(t.duration().map(Formats::time).orElse(""));
        heart.setVisible(true);
        more.setVisible(true);
        heart.pseudoClassStateChanged(ON, t.favourite());
        Icons.set((FontIcon) heart.getGraphic(), t.favourite() ? Icon.FAVOURITE_ON : Icon.FAVOURITE);
        heart.setAccessibleText(Texts.of(t.favourite() ? "favourite.remove" : "favourite.add"));
        glyph.setVisible(true);
        Icons.set(glyph, playing && table.ctx().nowPlaying().get().sounding() ? Icon.PAUSE : Icon.PLAY);
        pseudoClassStateChanged(PLAYING, playing);
        pseudoClassStateChanged(DIM, Marks.dim(t.availability(), table.ctx().desk().offline().get()));
        renderMark();
        setAccessibleText(spoken(t, playing));
    }

    /// Only what changes while something is fetched.
    void renderMark() {
        if (shown.isEmpty()) return;
        Track t = shown.get();
        var running = table.ctx().sampler().running(t.key());
        if (running.isPresent()) {
            double part = running.get().size() > 0 ? (double) running.get().bytes() / running.get().size() : 0;
            mark.show(Mark.Kind.FETCHING, part);
            speed.setText(Formats.percent(part) + " · " + Formats.speed(running.get().bytesPerSecond()));
        } else {
            mark.show(t.problem().isPresent() ? Mark.Kind.FAILED : Marks.of(t.availability()));
            speed.setText("");
        }
    }

    private static String spoken(Track t, boolean playing) {
        var words = new StringBuilder(t.title()).append(", ").append(t.artist()).append(", ").append(t.album());
        t.duration().ifPresent(d -> words.append(", ").append(Formats.time(d)));
        words.append(", ").append(Marks.words(t.availability()));
        t.problem().ifPresent(p -> words.append(", ").append(p));
        if (t.favourite()) words.append(", ").append(Texts.of("favourite.is"));
        if (playing) words.append(", ").append(Texts.of("tracks.plays-now"));
        return words.toString();
    }

    private void toggleFavourite() {
        shown.ifPresent(t -> table.ctx().actions().favourite(ItemKind.TRACK, t.key(), !t.favourite()));
    }

    private void openMenu() {
        var selection = table.list().getSelectionModel();
        if (!selection.isSelected(getIndex())) selection.clearAndSelect(getIndex());
        table.openMenu(more, Double.NaN, Double.NaN);
    }

    private static Label label(String... styles) {
        var label = new Label();
        label.getStyleClass().setAll(styles);
        label.setMinWidth(0);
        return label;
    }

    private Label link(Function<Track, Optional<? extends Route>> target) {
        Label label = label("row-soft", "row-link");
        label.addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (e.getButton() != MouseButton.PRIMARY || e.isControlDown() || e.isShiftDown() || e.getClickCount() != 1) return;
            shown.flatMap(target).ifPresent(route -> {
                e.consume();
                table.ctx().go(route);
            });
        });
        return label;
    }

    private Node node(TrackColumn column) {
        return switch (column) {
            case NUMBER -> numberBox;
            case TITLE -> title;
            case ARTIST -> artist;
            case ALBUM -> album;
            case GENRE -> genre;
            case YEAR -> year;
            case PLAYS -> plays;
            case LAST_PLAYED -> last;
            case SIZE -> size;
            case MARK -> markBox;
            case HEART -> heart;
            case TIME -> time;
            case MORE -> more;
        };
    }

    /// Places the columns as the heading does.
    private final class Bed extends Region {
        Bed() {
            getStyleClass().add("track-bed");
            for (TrackColumn column : table.possible()) getChildren().add(node(column));
            disc.setVisible(false);
            getChildren().add(disc);
        }

        @Override
        protected void layoutChildren() {
            double height = getHeight();
            var places = table.places();
            for (TrackColumn column : table.possible()) {
                Node node = node(column);
                var place = places.get(column);
                node.setManaged(place != null);
                if (place == null) {
                    node.resizeRelocate(-10000, 0, 0, 0);
                    continue;
                }
                boolean text = node instanceof Label && !column.right();
                double gap = column.weight() > 0 ? 12 : column == TrackColumn.SIZE ? 20 : 0;
                double wanted = text ? Math.min(place.width() - gap, node.prefWidth(-1)) : place.width() - gap;
                if (node == heart || node == more) node.resizeRelocate(place.x() + 2, (height - 32) / 2, 32, 32);
                else node.resizeRelocate(place.x(), 0, Math.max(0, node == title ? place.width() - gap : wanted), height);
            }
            var marks = places.get(TrackColumn.MARK);
            speed.setVisible(marks != null && marks.width() >= TrackColumn.MARK.least() - 1);
            disc.resizeRelocate(0, 0, getWidth(), height);
        }

        @Override
        protected double computePrefWidth(double height) {
            return 100;
        }

        @Override
        protected double computePrefHeight(double width) {
            return TrackTable.ROW;
        }
    }
}
