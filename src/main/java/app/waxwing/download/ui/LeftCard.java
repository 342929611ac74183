package app.waxwing.download.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.download.KeepSet.Left;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Kept tracks that their collection no longer holds, to be kept or let go: those that are chosen, or all of them. FX thread.
final class LeftCard {
    private static final double ROW = 46;
    private static final int ROWS = 7;
    private final ViewContext ctx;
    private final HereViewModel model;

    LeftCard(ViewContext ctx, HereViewModel model) {
        this.ctx = ctx;
        this.model = model;
    }

    void open() {
        Dialogs dialogs = ctx.desk().dialogs();
        List<Left> all = model.left().get();
        var title = new Label(Texts.of("downloads.left.title"));
        title.getStyleClass().setAll("section-title");
        var words = new Label(Texts.of("downloads.left.words"));
        words.getStyleClass().setAll("dialog-words");
        words.setWrapText(true);
        var list = new ListView<Left>();
        list.getItems().setAll(all);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.getStyleClass().add("left-list");
        list.setFixedCellSize(ROW);
        list.setPrefHeight(ROW * Math.min(ROWS, all.size()) + 2);
        list.setMinHeight(Region.USE_PREF_SIZE);
        list.setAccessibleText(title.getText());
        list.setCellFactory(view -> new Row());
        var keep = Buttons.primary(Texts.of("downloads.left.keep"), () -> {
            dialogs.close();
            model.keepLeft(chosen(list));
        });
        var remove = Buttons.quiet(Texts.of("downloads.left.remove"), () -> {
            dialogs.close();
            model.removeLeft(chosen(list));
        });
        var cancel = Buttons.quiet(Texts.of("dialog.cancel"), dialogs::close);
        var buttons = new FlowPane(10, 8, cancel, remove, keep);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-actions");
        var card = new VBox(12, title, words, list, buttons);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title.getText());
        card.setMaxSize(520, Region.USE_PREF_SIZE);
        dialogs.show(card, Pos.CENTER, keep, () -> {});
    }

    private static List<ItemKey> chosen(ListView<Left> list) {
        List<Left> some = list.getSelectionModel().getSelectedItems();
        return (some.isEmpty() ? list.getItems() : some).stream().map(Left::track).toList();
    }

    private static final class Row extends ListCell<Left> {
        private final Label title = new Label();
        private final Label words = new Label();
        private final VBox bed = new VBox(title, words);

        Row() {
            title.getStyleClass().setAll("row-title");
            words.getStyleClass().setAll("secondary");
            setText(null);
        }

        @Override
        protected void updateItem(Left item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            title.setText(item.artist().isBlank() ? item.title() : item.title() + " · " + item.artist());
            String from = item.sourceTitle().isBlank()
                    ? Texts.of("downloads.source.unknown")
                    : item.sourceTitle();
            words.setText(Texts.of("downloads.left.was." + item.kind().name().toLowerCase(Locale.ROOT), from)
                    + (item.bytes() > 0 ? " · " + Formats.bytes(item.bytes()) : ""));
            setGraphic(bed);
        }
    }
}
