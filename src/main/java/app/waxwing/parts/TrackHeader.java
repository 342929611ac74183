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
import javafx.geometry.Pos;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;

/// The headings of a [TrackTable]: those that can be sorted by are buttons; the last one chooses columns.
final class TrackHeader extends Region {
    private static final double HEIGHT = 32;
    private static final String NUMBERS = "#";
    private static final int ICON = 12;
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
        heads.forEach((column, head) -> {
            if (column == TrackColumn.MORE || !(head instanceof Button)) return;
            head.setDisable(!on);
            if (wordless(column)) head.setGraphic(graphic(column, column.sort().equals(sort)));
        });
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
            head.setGraphic(graphic(column, on));
            head.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("sorted"), on);
            if (column.sort().isPresent()) {
                String said = words(column) + (on ? ", " + Texts.of(descending ? "sort.down" : "sort.up") : "");
                if (wordless(column) && head instanceof Button button) Buttons.name(button, said);
                else head.setAccessibleText(said);
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
            // Over the hearts, whose buttons are 32 wide; an arrow stands beside it.
            double in = column == TrackColumn.HEART ? (32 - ICON) / 2 + 2 : 0;
            head.resizeRelocate(TrackTable.PAD + place.x() + in, 0, width, HEIGHT);
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
            var button = new Button(wordless(column) ? "" : words(column));
            if (wordless(column)) Buttons.name(button, words(column));
            button.setOnAction(e -> press(column));
            button.setDisable(!sortable);
            head = button;
        } else {
            head = new Label(column == TrackColumn.NUMBER ? NUMBERS : words(column));
        }
        head.getStyleClass().setAll("track-head");
        if (wordless(column)) head.getStyleClass().add("wordless");
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

    private static boolean wordless(TrackColumn column) {
        return column == TrackColumn.MARK || column == TrackColumn.HEART;
    }

    /// What a column without a word is, where one can sort by it, and the arrow where the list is sorted by it.
    private @Nullable Node graphic(TrackColumn column, boolean on) {
        Node arrow = on ? Icons.of(descending ? Icon.SORT_DOWN : Icon.SORT_UP, 11) : null;
        if (!wordless(column) || !sortable) return arrow;
        Node icon = Icons.of(column == TrackColumn.MARK ? Icon.DISK : Icon.FAVOURITE, ICON);
        if (arrow == null) return icon;
        var both = new HBox(1, icon, arrow);
        both.setAlignment(Pos.CENTER_LEFT);
        return both;
    }

    /// Counts and dates, and what stands in front, are mostly wanted from the top.
    private static boolean firstDescending(Sort sort) {
        return switch (sort) {
            case PLAY_COUNT, LAST_PLAYED, ADDED, SIZE, FILE_SIZE, FAVOURITE, HERE -> true;
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
