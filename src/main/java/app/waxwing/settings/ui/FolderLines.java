package app.waxwing.settings.ui;

import app.waxwing.download.MediaFolders.Folder;
import app.waxwing.download.MediaFolders.Move;
import app.waxwing.download.MediaFolders.Phase;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.FolderChooser;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Where kept music lives: each folder with what it holds, the way to another one, and how far a move is. FX thread.
final class FolderLines extends VBox {
    private final FoldersViewModel model;
    private final Dialogs dialogs;
    private final Function<Path, Optional<Path>> choose;
    private final VBox folders = new VBox(8);
    private final ProgressBar bar = new ProgressBar();
    private final Label words = new Label();
    private final Button cancel;
    private final Button change;
    private final VBox progress;

    FolderLines(FoldersViewModel model, Dialogs dialogs) {
        this.model = model;
        this.dialogs = dialogs;
        this.choose = start -> FolderChooser.ask(this, Texts.of("settings.folder.choose"), start);
        change = Buttons.quiet(Icon.FOLDER, Texts.of("settings.folder.change"), this::change);
        change.getStyleClass().add("small");
        cancel = Buttons.quiet(Texts.of("settings.move.cancel"), model::cancel);
        cancel.getStyleClass().add("small");
        words.getStyleClass().setAll("secondary", "figures");
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        var line = new HBox(14, bar, cancel);
        line.setAlignment(Pos.CENTER_LEFT);
        progress = new VBox(4, line, words);
        setSpacing(12);
        getStyleClass().add("folder-lines");
        getChildren().addAll(folders, progress, new HBox(change));
        model.list().subscribe(list -> folders.getChildren().setAll(list.stream().map(this::line).toList()));
        model.moving().subscribe(this::show);
    }

    private Node line(Folder f) {
        var path = new Label(f.path().toString());
        path.getStyleClass().setAll("settings-words");
        path.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        path.setMinWidth(0);
        var words = new Label(FoldersViewModel.words(f));
        words.getStyleClass().setAll("secondary", "figures");
        words.setWrapText(true);
        var texts = new VBox(1, path, words);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        var row = new HBox(12, Icons.of(f.missing() ? Icon.WARNING : Icon.DISK, 17), texts);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("folder-line");
        if (f.isDefault()) {
            var chip = new Label(Texts.of("settings.folder.default"));
            chip.getStyleClass().setAll("chip");
            chip.setMinWidth(Region.USE_PREF_SIZE);
            row.getChildren().add(chip);
        } else if (!f.missing() && f.files() > 0) {
            var bring = Buttons.quiet(Texts.of("settings.bring"), () -> askToBring(f));
            bring.getStyleClass().add("small");
            bring.setMinWidth(Region.USE_PREF_SIZE);
            bring.disableProperty().bind(change.disabledProperty());
            row.getChildren().add(bring);
        }
        return row;
    }

    private void show(Optional<Move> move) {
        change.setDisable(move.isPresent());
        // Whoever pressed «Stop» stays where he is: a button that goes with the focus hands it to another one, and the page jumps there.
        boolean here = cancel.isFocused() || words.isFocused();
        if (here && move.isEmpty()) change.requestFocus();
        else if (here && move.get().phase() != Phase.COPYING) words.requestFocus();
        progress.setVisible(move.isPresent());
        progress.setManaged(move.isPresent());
        move.ifPresent(m -> {
            bar.setProgress(m.allBytes() > 0 && m.phase() == Phase.COPYING
                    ? (double) m.bytes() / m.allBytes()
                    : m.allFiles() > 0 ? (double) m.files() / m.allFiles() : -1);
            words.setText(FoldersViewModel.words(m));
            bar.setAccessibleText(words.getText());
            cancel.setDisable(m.phase() != Phase.COPYING);
        });
    }

    private void change() {
        Path start = model.list().get().stream().findFirst().map(Folder::path).orElse(Path.of(System.getProperty("user.home")));
        choose.apply(start).ifPresent(this::ask);
    }

    private void askToBring(Folder f) {
        model.list().get().stream().filter(Folder::isDefault).findFirst()
                .ifPresent(to -> dialogs.confirm(Texts.of("settings.bring.title"),
                        Texts.of("settings.bring.words", Formats.bytes(f.bytes()), f.path().toString(), to.path().toString()),
                        Texts.of("settings.bring.yes"), () -> model.bring(f.path())));
    }

    /// A folder was chosen: all of it, or only what comes from now on? What is in the folder is counted now, for downloads go on while the page is
    /// shown.
    void ask(Path to) {
        model.counted(all -> ask(to, all));
    }

    private void ask(Path to, List<Folder> known) {
        Optional<Folder> now = known.stream().filter(Folder::isDefault).findFirst();
        if (now.isEmpty() || now.get().path().equals(to)) return;
        var title = new Label(Texts.of("settings.move.title"));
        title.getStyleClass().setAll("section-title");
        var text = new Label(Texts.of("settings.move.words", to.toString()));
        text.getStyleClass().setAll("dialog-words");
        text.setWrapText(true);
        var all = Buttons.primary(Texts.of("settings.move.all", Formats.bytes(now.get().bytes())), () -> {
            dialogs.close();
            model.move(to);
        });
        var fresh = Buttons.quiet(Texts.of("settings.move.new"), () -> {
            dialogs.close();
            model.use(to);
        });
        var no = Buttons.quiet(Texts.of("dialog.cancel"), dialogs::close);
        var buttons = new FlowPane(10, 8, no, fresh, all);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-actions");
        var card = new VBox(12, title, text, buttons);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title.getText());
        card.setMaxSize(560, Region.USE_PREF_SIZE);
        dialogs.show(card, Pos.CENTER, all, () -> {});
    }
}
