package app.waxwing.playback.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Desk;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Route;
import app.waxwing.kit.RowMenus;
import app.waxwing.kit.Texts;
import app.waxwing.playback.ui.QueueRow.Item;
import app.waxwing.playback.ui.QueueRow.Place;
import java.util.List;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The queue panel. Virtualised; rows are dragged, removed with Delete, played with Enter or a double click, moved with Alt+Up and Alt+Down.
public final class QueueView extends BorderPane {
    private final QueueViewModel model;
    private final Desk desk;
    private final ListView<QueueRow> list = new ListView<>();
    private final EmptyState empty = new EmptyState(Icon.QUEUE, Texts.of("queue.empty"), Texts.of("queue.empty.help"));
    private Optional<Item> dragged = Optional.empty();

    public QueueView(QueueViewModel model, Desk desk) {
        this.model = model;
        this.desk = desk;
        getStyleClass().add("queue");
        list.setItems(model.rows());
        list.getStyleClass().add("queue-list");
        list.setAccessibleText(Texts.of("side.queue"));
        list.setCellFactory(_ -> new QueueCell(this, desk));
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        RowMenus.byKeyboard(list, row -> row instanceof Item item ? Optional.of(menu(item)) : Optional.empty());
        desk.offline().subscribe(_ -> list.refresh());
        var total = new Label();
        total.getStyleClass().add("caption");
        total.textProperty().bind(model.totalProperty());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button undo = Buttons.icon(Icon.UNDO, Texts.of("queue.undo.name"), model::undo);
        Button clear = Buttons.icon(Icon.DELETE, Texts.of("queue.clear.name"), model::clear);
        var foot = new HBox(4, total, space, undo, clear);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("queue-foot");
        setBottom(foot);
        model.rows().addListener((ListChangeListener<QueueRow>) _ -> choose(clear));
        choose(clear);
    }

    private void choose(Button clear) {
        boolean none = model.rows().isEmpty();
        setCenter(none ? empty : list);
        clear.setDisable(none);
    }

    boolean playedShown() {
        return model.showPlayedProperty().get();
    }

    void togglePlayed() {
        model.showPlayedProperty().set(!playedShown());
    }

    void jump(Item item) {
        model.jump(item);
    }

    boolean mayMove(Item item) {
        return model.movable() && item.place() == Place.AHEAD;
    }

    void move(Item from, Item to) {
        model.move(from, to);
    }

    Optional<Item> dragged() {
        return dragged;
    }

    void dragged(Optional<Item> item) {
        dragged = item;
    }

    private List<Item> chosen() {
        return list.getSelectionModel().getSelectedItems().stream().filter(Item.class::isInstance).map(Item.class::cast).toList();
    }

    private void key(KeyEvent e) {
        List<Item> chosen = chosen();
        if (chosen.isEmpty()) return;
        Item first = chosen.getFirst();
        if (e.getCode() == KeyCode.DELETE || e.getCode() == KeyCode.BACK_SPACE) model.remove(chosen);
        else if (e.getCode() == KeyCode.ENTER) model.jump(first);
        else if (e.isAltDown() && e.getCode() == KeyCode.UP) follow(first, -1);
        else if (e.isAltDown() && e.getCode() == KeyCode.DOWN) follow(first, 1);
        else return;
        e.consume();
    }

    /// Moves one row and keeps it selected.
    private void follow(Item item, int by) {
        model.moveBy(item, by);
        for (int i = 0; i < model.rows().size(); i++) {
            if (model.rows().get(i) instanceof Item moved && moved.entry() == item.entry()) list.getSelectionModel().clearAndSelect(i);
        }
    }

    ContextMenu menu(Item item) {
        var track = item.track();
        var menu = new ContextMenu();
        menu.getItems().add(entry(Icon.PLAY, "queue.menu.play", () -> model.jump(item)));
        if (mayMove(item)) {
            menu.getItems().addAll(entry(Icon.PLAY_NEXT, "queue.menu.top", () -> model.moveToTop(item)),
                    entry(Icon.SORT_UP, "queue.menu.up", () -> follow(item, -1)),
                    entry(Icon.SORT_DOWN, "queue.menu.down", () -> follow(item, 1)));
        }
        menu.getItems()
                .add(entry(Icon.REMOVE, "queue.menu.remove", () -> model.remove(chosen().contains(item) ? chosen() : List.of(item))));
        menu.getItems().add(new SeparatorMenuItem());
        menu.getItems().add(entry(track.favourite() ? Icon.FAVOURITE_ON : Icon.FAVOURITE,
                track.favourite() ? "queue.menu.unfavourite" : "queue.menu.favourite", () -> model.favourite(item, !track.favourite())));
        track.albumId().ifPresent(id -> menu.getItems().add(entry(Icon.ALBUMS, "queue.menu.album",
                () -> desk.navigation().go(new Route.AlbumRoute(new ItemKey(track.key().account(), id))))));
        track.artistId().ifPresent(id -> menu.getItems().add(entry(Icon.ARTISTS, "queue.menu.artist",
                () -> desk.navigation().go(new Route.ArtistRoute(new ItemKey(track.key().account(), id))))));
        return menu;
    }

    private static MenuItem entry(Icon icon, String key, Runnable action) {
        var item = new MenuItem(Texts.of(key), Icons.of(icon, 14));
        item.setOnAction(_ -> action.run());
        return item;
    }
}
