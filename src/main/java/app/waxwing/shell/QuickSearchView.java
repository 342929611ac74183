package app.waxwing.shell;

import app.waxwing.kit.CoverImages;
import app.waxwing.kit.CoverView;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.SoftShadow;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.library.Cover;
import app.waxwing.shell.QuickSearchViewModel.Row;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.FadeTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.css.PseudoClass;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// The overlay of Ctrl+K, which may open before the library does: as large as it will be, with the letters that are typed waiting. The keyboard stays in the field; arrows choose, Enter opens, Ctrl+Enter plays, Escape closes.
final class QuickSearchView extends VBox {
    /// Height of the list with many rows in it, such as the commands that it begins with.
    private static final double LONG = 470;
    private final QuickSearchViewModel model;
    private final Dialogs dialogs;
    private final Supplier<CoverImages> covers;
    private final TextField field = new TextField();
    private final ListView<Row> list = new ListView<>();
    private final Label none = new Label();
    private final Label hint = new Label(Texts.of("quick.hint"));

    /// @param covers asked for with the first hit
    QuickSearchView(QuickSearchViewModel model, Dialogs dialogs, Theme theme, Supplier<CoverImages> covers) {
        this.model = model;
        this.dialogs = dialogs;
        this.covers = covers;
        getStyleClass().add("quick-search");
        setAccessibleRole(AccessibleRole.DIALOG);
        setAccessibleText(Texts.of("top.search"));
        setMaxSize(640, Region.USE_PREF_SIZE);
        field.setPromptText(Texts.of("quick.prompt"));
        field.setAccessibleText(Texts.of("quick.prompt"));
        field.getStyleClass().add("quick-field");
        HBox.setHgrow(field, Priority.ALWAYS);
        var head = new HBox(10, Icons.of(Icon.SEARCH, 16), field);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("quick-head");
        list.setItems(model.rows());
        list.getStyleClass().add("quick-list");
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new HitCell());
        list.setAccessibleText(Texts.of("top.search"));
        none.getStyleClass().addAll("secondary", "quick-none");
        none.textProperty().bind(model.noneProperty());
        none.managedProperty().bind(model.noneProperty().isNotEmpty());
        none.visibleProperty().bind(none.managedProperty());
        none.setWrapText(true);
        none.setAlignment(Pos.TOP_LEFT);
        model.readyProperty().subscribe(ready -> none.setMinHeight(ready ? Region.USE_COMPUTED_SIZE : LONG));
        hint.getStyleClass().addAll("secondary", "quick-hint");
        hint.setMaxWidth(Double.MAX_VALUE);
        getChildren().addAll(head, none, hint);
        SoftShadow.around(this, theme);
        Runnable ask = Fx.delayed(Duration.ofMillis(50), () -> model.search(field.getText()));
        field.textProperty().subscribe((_, _) -> ask.run());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        list.insetsProperty().subscribe(_ -> fit()); // known with the first style
        model.rows().addListener((javafx.collections.ListChangeListener<Row>) _ -> fit());
        model.chosenProperty().subscribe(at -> {
            list.getSelectionModel().clearAndSelect(at.intValue());
            reveal(at.intValue());
        });
    }

    /// Shows the overlay, empty, with every command.
    void open() {
        fill();
        dialogs.show(this, Pos.TOP_CENTER, field, () -> {});
        field.applyCss(); // a field has no behaviour before its first style: letters that came with the key would be lost
    }

    /// The words that say what is waited for breathe until it is there, or until nobody sees them: the window may show a failure in the end.
    void breathe() {
        var breath = new FadeTransition(javafx.util.Duration.millis(900), none);
        breath.setFromValue(1);
        breath.setToValue(0.4);
        breath.setAutoReverse(true);
        breath.setCycleCount(Animation.INDEFINITE);
        breath.play();
        Runnable still = () -> {
            breath.stop();
            none.setOpacity(1);
        };
        model.readyProperty().subscribe(ready -> {
            if (ready) still.run();
        });
        sceneProperty().flatMap(Scene::windowProperty).subscribe((_, window) -> {
            if (window == null) still.run();
        });
    }

    /// Empty, with every command.
    void fill() {
        field.clear();
        model.search("");
        fit();
    }

    /// Height of a row of the list, which its cell takes whatever it holds; [#fit] reckons with the same.
    static double height(Row row) {
        return switch (row) {
            case Row.Caption _ -> 34;
            case Row.OfCommand _,Row.All _,Row.Before _,Row.Forget _ -> 40;
            case Row.OfArtist _,Row.OfAlbum _,Row.OfTrack _,Row.OfPlaylist _ -> 50;
        };
    }

    private void fit() {
        double height = model.rows().stream().mapToDouble(QuickSearchView::height).sum();
        list.setPrefHeight(Math.min(LONG, height + list.getInsets().getTop() + list.getInsets().getBottom()));
        list.setMinHeight(0);
        boolean any = !model.rows().isEmpty();
        list.setVisible(any);
        list.setManaged(any);
        // Not with the first key, which no list answers yet: its parts are a fifth of all that a card is made of.
        if (any && list.getParent() == null) getChildren().add(getChildren().indexOf(hint), list);
    }

    /// Scrolls only when the row is out of sight.
    private void reveal(int at) {
        if (at < 0) return;
        int caption = at > 0 && model.rows().get(at - 1) instanceof Row.Caption ? at - 1 : at;
        if (list.lookup(".virtual-flow") instanceof javafx.scene.control.skin.VirtualFlow<?> flow) {
            var first = flow.getFirstVisibleCell();
            var last = flow.getLastVisibleCell();
            if (first != null && caption <= first.getIndex()) list.scrollTo(caption);
            else if (first != null && last != null && at >= last.getIndex()) list.scrollTo(first.getIndex() + at - last.getIndex() + 1);
        }
    }

    private void key(KeyEvent e) {
        switch (e.getCode()) {
            case DOWN -> model.choose(1);
            case UP -> model.choose(-1);
            case PAGE_DOWN -> model.choose(1);
            case PAGE_UP -> model.choose(-1);
            case ENTER -> act(e.isShortcutDown());
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void act(boolean play) {
        if (model.chosenProperty().get() < 0 || model.forget()) return;
        Optional<String> again = model.again();
        if (again.isPresent()) {
            field.setText(again.get());
            field.end();
            return;
        }
        dialogs.close();
        if (play) model.play();
        else model.open();
    }

    private final class HitCell extends ListCell<Row> {
        private @Nullable CoverView cover;
        private @Nullable CoverView face;
        private final FontIcon icon = Icons.of(Icon.COMMAND, 15);
        private final StackPane iconPlace = new StackPane(icon);
        private final Label title = new Label();
        private final Label second = new Label();
        private final Label keys = new Label();
        private final HBox row;
        private final Label caption = new Label();

        HitCell() {
            title.getStyleClass().add("row-title");
            second.getStyleClass().add("row-second");
            caption.getStyleClass().addAll("caption", "quick-caption");
            keys.getStyleClass().add("kbd");
            iconPlace.setMinWidth(36);
            var words = new VBox(title, second);
            words.setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            row = new HBox(12, words, keys);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("quick-row");
            row.prefHeightProperty().bind(heightProperty());
            setPrefWidth(0);
            getStyleClass().add("quick-cell");
            setOnMouseMoved(_ -> model.chooseAt(getIndex()));
            setOnMouseClicked(e -> {
                model.chooseAt(getIndex());
                if (getItem() != null && !(getItem() instanceof Row.Caption)) act(e.isShortcutDown());
            });
        }

        @Override
        protected double computePrefHeight(double width) {
            return getItem() == null ? super.computePrefHeight(width) : height(getItem());
        }

        @Override
        protected double computeMinHeight(double width) {
            return computePrefHeight(width);
        }

        @Override
        protected void updateItem(@Nullable Row item, boolean empty) {
            super.updateItem(item, empty);
            setText(null);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            switch (item) {
                case Row.Caption c -> {
                    caption.setText(c.words());
                    setGraphic(caption);
                    setAccessibleText(c.words());
                }
                case Row.OfArtist a -> hit(face(), a.artist().cover(), a.artist().name(), model.under(a), a.artist().name());
                case Row.OfAlbum a -> hit(cover(), a.album().cover(), a.album().title(), model.under(a), a.album().title());
                case Row.OfTrack t -> hit(cover(), t.track().cover(), t.track().title(), model.under(t), t.track().album());
                case Row.OfPlaylist p -> hit(cover(), p.playlist().cover(), p.playlist().title(), model.under(p), p.playlist().title());
                case Row.OfCommand c -> plain(c.icon(), c.words(), c.keys());
                case Row.All all -> plain(Icon.SEARCH, Texts.of("quick.all", all.text()), "");
                case Row.Before before -> plain(Icon.HISTORY, before.text(), "");
                case Row.Forget _ -> plain(Icon.DELETE, Texts.of("quick.forget"), "");
            }
        }

        /// Both made when they are first needed: a cell of commands never is.
        private CoverView cover() {
            if (cover == null) cover = new CoverView(covers.get(), 36, 6);
            return cover;
        }

        private CoverView face() {
            if (face == null) face = new CoverView(covers.get(), 36, 18);
            return face;
        }

        private void hit(CoverView picture, Optional<Cover> image, String name, String under, String coverName) {
            picture.show(image, coverName);
            title.setText(name);
            second.setText(under);
            second.setManaged(true);
            second.setVisible(true);
            keys.setVisible(false);
            if (row.getChildren().size() < 3) row.getChildren().addFirst(picture);
            else row.getChildren().set(0, picture);
            setGraphic(row);
            setAccessibleText(name + ", " + under);
        }

        private void plain(Icon wanted, String words, String shortcut) {
            Icons.set(icon, wanted);
            title.setText(words);
            second.setManaged(false);
            second.setVisible(false);
            keys.setText(shortcut);
            keys.setVisible(!shortcut.isEmpty());
            if (row.getChildren().size() < 3) row.getChildren().addFirst(iconPlace);
            else row.getChildren().set(0, iconPlace);
            setGraphic(row);
            setAccessibleText(words);
        }

        @Override
        public void updateSelected(boolean selected) {
            super.updateSelected(selected);
            row.pseudoClassStateChanged(PseudoClass.getPseudoClass("chosen"), selected);
        }
    }
}
