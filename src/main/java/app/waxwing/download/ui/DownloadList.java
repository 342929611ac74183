package app.waxwing.download.ui;

import app.waxwing.download.QueueLine;
import app.waxwing.kit.RowMenus;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.collections.ObservableList;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;

/// A list of downloads with its keys: Enter or Space does the obvious thing, Delete takes away, Ctrl+I opens the details, Alt+Up and Alt+Down move,
/// Escape clears the choice; Shift+F10 or the menu key opens the menu. FX thread.
final class DownloadList {
    private final DownloadsView page;
    private final ListView<QueueLine> view;
    private final List<DownloadRow> rows = new ArrayList<>();
    private List<QueueLine> dragged = List.of();
    private Set<Long> kept = Set.of();

    DownloadList(DownloadsView page, ObservableList<QueueLine> items, String name) {
        this.page = page;
        view = new ListView<>(items);
        view.getStyleClass().add("download-list");
        view.setFixedCellSize(DownloadRow.HEIGHT);
        view.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        view.setAccessibleText(Texts.of(name));
        view.setCellFactory(v -> {
            var row = new DownloadRow(page, this);
            rows.add(row);
            return row;
        });
        view.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        RowMenus.byKeyboard(view, d -> Optional.of(page.menu(d)));
        view.setOnMouseClicked(e -> {
            if (e.getButton() == MouseButton.PRIMARY && e.getClickCount() == 2) chosen().stream().findFirst().ifPresent(page::details);
        });
        view.getSelectionModel().selectedItemProperty().subscribe(d -> {
            if (d != null && !page.model().laying().get()) page.follow(d);
        });
        page.model().laying().addListener((o, was, is) -> {
            if (is) kept = ids(chosen());
            else choose(kept);
        });
    }

    /// What was chosen stays so when it changes or stands elsewhere. A choice of which nothing is left is none: the list would take a neighbour, and
    /// Delete would hit what nobody chose.
    private void choose(Set<Long> ids) {
        if (ids.isEmpty() || ids.equals(ids(chosen()))) return;
        List<QueueLine> items = view.getItems();
        int[] found = IntStream.range(0, items.size()).filter(i -> ids.contains(items.get(i).id())).toArray();
        view.getSelectionModel().clearSelection();
        if (found.length == 0) return;
        view.getSelectionModel().selectIndices(found[0], Arrays.copyOfRange(found, 1, found.length));
    }

    private static Set<Long> ids(List<QueueLine> downloads) {
        return downloads.stream().map(QueueLine::id).collect(Collectors.toSet());
    }

    ListView<QueueLine> view() {
        return view;
    }

    List<QueueLine> chosen() {
        return view.getSelectionModel().getSelectedItems().stream().filter(java.util.Objects::nonNull).toList();
    }

    void render() {
        rows.forEach(DownloadRow::render);
    }

    void renderFigures() {
        rows.forEach(DownloadRow::renderFigures);
    }

    /// A drag begins on this row: the chosen ones move, or this one alone when it is not among them.
    boolean drag(QueueLine d) {
        List<QueueLine> chosen = chosen();
        dragged = (chosen.contains(d) ? chosen : List.of(d)).stream().filter(QueueLine::movable).toList();
        return !dragged.isEmpty();
    }

    boolean takes(Optional<QueueLine> target) {
        return !dragged.isEmpty() && target.filter(t -> dragged.contains(t) || !t.movable()).isEmpty();
    }

    void drop(Optional<QueueLine> before) {
        page.model().move(dragged, before);
        dragged = List.of();
    }

    private void key(KeyEvent e) {
        List<QueueLine> chosen = chosen();
        if (e.getCode() == KeyCode.ESCAPE && (page.closeDetails() || !chosen.isEmpty())) {
            view.getSelectionModel().clearSelection();
            e.consume();
            return;
        }
        if (chosen.isEmpty()) return;
        QueueLine one = chosen.getFirst();
        switch (e.getCode()) {
            case DELETE -> page.takeAway(chosen);
            case ENTER, SPACE -> chosen.forEach(page::first);
            case I -> {
                if (!e.isShortcutDown()) return;
                page.details(one);
            }
            case UP -> {
                if (!e.isAltDown()) return;
                page.model().step(one, -1);
            }
            case DOWN -> {
                if (!e.isAltDown()) return;
                page.model().step(one, 1);
            }
            default -> {
                return;
            }
        }
        e.consume();
    }
}
