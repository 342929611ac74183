package app.waxwing.playback.ui;

import app.waxwing.kit.CoverView;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Texts;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import app.waxwing.playback.ui.QueueRow.Heading;
import app.waxwing.playback.ui.QueueRow.Item;
import app.waxwing.playback.ui.QueueRow.Place;
import java.util.Locale;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// A row of the queue: a caption, or a track that can be dragged.
final class QueueCell extends ListCell<QueueRow> {
    private static final PseudoClass NOW = PseudoClass.getPseudoClass("now");
    private static final PseudoClass AWAY = PseudoClass.getPseudoClass("away");
    private static final PseudoClass PLAYED = PseudoClass.getPseudoClass("played");
    private static final PseudoClass ABOVE = PseudoClass.getPseudoClass("drop-above");
    private static final PseudoClass BELOW = PseudoClass.getPseudoClass("drop-below");
    private final QueueView view;
    private final Desk desk;
    private final CoverView cover;
    private final Label title = new Label();
    private final Label artist = new Label();
    private final Mark mark = new Mark(13, false);
    private final HBox track;
    private final Label words = new Label();
    private final Label note = new Label();
    private final HBox heading;

    QueueCell(QueueView view, Desk desk) {
        this.view = view;
        this.desk = desk;
        cover = new CoverView(desk.covers(), 38, 6);
        title.getStyleClass().add("row-title");
        artist.getStyleClass().add("row-second");
        var texts = new VBox(title, artist);
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        track = new HBox(10, cover, texts, mark);
        track.setAlignment(Pos.CENTER_LEFT);
        track.getStyleClass().add("queue-row");
        track.setPrefHeight(50);
        words.getStyleClass().add("caption");
        words.setMinWidth(0);
        note.getStyleClass().addAll("caption", "tail-words", "heading-note");
        note.setMinWidth(Region.USE_PREF_SIZE);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        heading = new HBox(8, words, space, note);
        heading.setAlignment(Pos.BOTTOM_LEFT);
        heading.getStyleClass().add("queue-heading");
        setPrefWidth(0);
        dragging();
        setOnMouseClicked(e -> {
            if (e.getButton() != MouseButton.PRIMARY) return;
            if (getItem() instanceof Heading h && h.opens()) view.togglePlayed();
            else if (getItem() instanceof Item item && e.getClickCount() == 2) view.jump(item);
        });
    }

    private void dragging() {
        setOnDragDetected(e -> {
            if (getItem() instanceof Item item && view.mayMove(item)) {
                startFullDrag();
                view.dragged(Optional.of(item));
                e.consume();
            }
        });
        setOnMouseDragEntered(_ -> view.dragged().ifPresent(from -> {
            if (getItem() instanceof Item to && view.mayMove(to)) {
                boolean down = to.index() > from.index();
                pseudoClassStateChanged(ABOVE, !down && to.index() != from.index());
                pseudoClassStateChanged(BELOW, down);
            }
        }));
        setOnMouseDragExited(_ -> clearDrop());
        setOnMouseDragReleased(_ -> {
            clearDrop();
            Optional<Item> from = view.dragged();
            view.dragged(Optional.empty());
            if (from.isPresent() && getItem() instanceof Item to && view.mayMove(to)) view.move(from.get(), to);
        });
    }

    private void clearDrop() {
        pseudoClassStateChanged(ABOVE, false);
        pseudoClassStateChanged(BELOW, false);
    }

    @Override
    protected void updateItem(@Nullable QueueRow row, boolean empty) {
        super.updateItem(row, empty);
        setText(null);
        setContextMenu(null);
        if (empty || row == null) {
            setGraphic(null);
            return;
        }
        switch (row) {
            case Heading h -> {
                words.setText(h.words());
                words.setGraphic(h.opens() ? Icons.of(view.playedShown() ? Icon.DOWN : Icon.FORWARD, 10) : null);
                note.setText(h.note());
                note.pseudoClassStateChanged(PLAYED, h.opens());
                setGraphic(heading);
                setAccessibleText(h.words() + " " + h.note());
            }
            case Item item -> {
                show(item);
                setGraphic(track);
            }
        }
    }

    private void show(Item item) {
        Track t = item.track();
        cover.show(t.cover(), t.album());
        title.setText(t.title());
        artist.setText(t.artist());
        mark.show(switch (t.availability()) {
            case LOCAL -> Mark.Kind.KEPT;
            case CACHED -> Mark.Kind.CACHED;
            case PARTIAL -> Mark.Kind.FETCHING;
            case GONE -> Mark.Kind.GONE;
            case AWAY -> Mark.Kind.AWAY;
            case REMOTE -> Mark.Kind.NONE;
        }, 0.5);
        track.pseudoClassStateChanged(NOW, item.place() == Place.NOW);
        track.pseudoClassStateChanged(PLAYED, item.place() == Place.PLAYED);
        track.pseudoClassStateChanged(AWAY, !item.ready() && (desk.offline().get() || t.availability() == Availability.GONE));
        setAccessibleText(item.place() == Place.NOW
                ? Texts.of("queue.row.playing", t.title(), t.artist())
                : Texts.of("queue.row", t.title(), t.artist(), Texts.of("where." + t.availability().name().toLowerCase(Locale.ROOT))));
        setContextMenu(view.menu(item));
    }
}
