package app.waxwing.parts;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import app.waxwing.library.Query.Sort;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.Region;

/// The headings of a [TrackTable]: those that can be sorted by are buttons; the last one chooses columns.
final class TrackHeader extends Region {
    private static final double HEIGHT = 32;
    private static final String NUMBERS = "#";
    private final TrackTable table;
    private final Map<TrackColumn, Labeled> heads = new EnumMap<>(TrackColumn.class);
    private boolean sortable;
    private Optional<Sort> sort = Optional.empty();
    private boolean descending;
    private Optional<Own> own = Optional.empty();

    /// An order that is none of the tracks'.
    private record Own(String words, Runnable back) {}

    TrackHeader(TrackTable table) {
        this.table = table;
        getStyleClass().add("track-header");
        setMinHeight(HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxHeight(HEIGHT);
        for (TrackColumn column : table.possible()) heads.put(column, head(column));
        getChildren().setAll(heads.values());
        setOnContextMenuRequested(e -> {
            chooser().show(this, e.getScreenX(), e.getScreenY());
            e.consume();
        });
        widthProperty().subscribe(this::relay);
    }

    void relay() {
        requestLayout();
    }

    void sortable(boolean on) {
        sortable = on;
        heads.forEach((column, head) -> head.setDisable(head instanceof Button && column != TrackColumn.MORE && !on));
    }

    /// Makes the heading of the numbers a button that leads to the list's own order.
    void own(String words, Runnable back) {
        var button = new Button(NUMBERS);
        button.getStyleClass().setAll("track-head", "number");
        Buttons.name(button, words);
        button.setOnAction(e -> back.run());
        heads.put(TrackColumn.NUMBER, button);
        getChildren().setAll(heads.values());
        own = Optional.of(new Own(words, back));
    }

    void sorted(Optional<Sort> newSort, boolean newDescending) {
        sort = newSort;
        descending = newDescending;
        heads.forEach((column, head) -> {
            boolean on = column.sort().isPresent() && column.sort().equals(sort);
            if (column == TrackColumn.MORE) return;
            head.setGraphic(on ? Icons.of(descending ? Icon.SORT_DOWN : Icon.SORT_UP, 11) : null);
            head.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("sorted"), on);
            if (column.sort().isPresent()) {
                head.setAccessibleText(words(column) + (on ? ", " + Texts.of(descending ? "sort.down" : "sort.up") : ""));
            }
        });
    }

    @Override
    protected void layoutChildren() {
        var places = table.places();
        heads.forEach((column, head) -> {
            var place = places.get(column);
            head.setVisible(place != null);
            if (place == null) return;
            double width = column.right()
                    ? place.width() - (column == TrackColumn.SIZE ? 20 : 0)
                    : Math.min(place.width(), head.prefWidth(-1));
            head.resizeRelocate(TrackTable.PAD + place.x(), 0, width, HEIGHT);
        });
    }

    @Override
    protected double computePrefWidth(double height) {
        return 200;
    }

    private Labeled head(TrackColumn column) {
        if (column == TrackColumn.MORE) {
            Button choose = Buttons.icon(Icon.COLUMNS, Texts.of("tracks.columns"), () -> {});
            choose.getStyleClass().add("small-icon");
            choose.setOnAction(e -> chooser().show(choose, Side.BOTTOM, 0, 4));
            return choose;
        }
        Labeled head;
        if (column.sort().isPresent()) {
            var button = new Button(words(column));
            button.setOnAction(e -> press(column));
            button.setDisable(!sortable);
            head = button;
        } else {
            head = new Label(
                    column == TrackColumn.NUMBER
                            ? NUMBERS
                            : column == TrackColumn.MARK || column == TrackColumn.HEART ? "" : words(column));
        }
        head.getStyleClass().setAll("track-head");
        head.setContentDisplay(ContentDisplay.RIGHT);
        if (column.right()) head.getStyleClass().add("right");
        if (column == TrackColumn.NUMBER) head.getStyleClass().add("number");
        return head;
    }

    private void press(TrackColumn column) {
        Sort wanted = column.sort().orElseThrow();
        boolean again = sort.equals(Optional.of(wanted));
        table.sort(wanted, again ? !descending : firstDescending(wanted));
    }

    /// Counts and dates are mostly wanted from the top.
    private static boolean firstDescending(Sort sort) {
        return switch (sort) {
            case PLAY_COUNT, LAST_PLAYED, ADDED, SIZE, FILE_SIZE -> true;
            case TITLE, ARTIST, ALBUM, YEAR, DURATION, GENRE, RANDOM, TRACKS -> false;
        };
    }

    private ContextMenu chooser() {
        var menu = new ContextMenu();
        for (TrackColumn column : table.possible()) {
            if (!column.optional()) continue;
            var item = new CheckMenuItem(words(column));
            item.setSelected(table.chosen().contains(column));
            item.selectedProperty().subscribe((was, is) -> table.choose(column, is));
            menu.getItems().add(item);
        }
        if (sortable) {
            var added = new MenuItem(Texts.of("sort.by", Texts.of("sort.added")));
            added.setOnAction(e -> table.sort(Sort.ADDED, true));
            menu.getItems().addAll(new SeparatorMenuItem(), added);
            own.ifPresent(o -> {
                var back = new MenuItem(Texts.of("sort.by", o.words()));
                back.setOnAction(e -> o.back().run());
                menu.getItems().add(back);
            });
        }
        return menu;
    }

    static String words(TrackColumn column) {
        return Texts.of("column." + column.name().toLowerCase(Locale.ROOT));
    }
}
