package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.FolderChooser;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import app.waxwing.settings.Safekeeping.Copy;
import app.waxwing.settings.Safekeeping.Phase;
import app.waxwing.settings.Safekeeping.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The backups with a way back to each, and what a restore holds until the user decides. FX thread.
final class KeepingLines extends VBox {
    private final KeepingViewModel model;
    private final Dialogs dialogs;
    private final Runnable restart;
    private final VBox copies = new VBox(2);
    private final HBox held = new HBox(12);
    private final ProgressBar bar = new ProgressBar();
    private final Label words = new Label();
    private final VBox progress = new VBox(4, bar, words);

    /// @param folder gets the folder that the user wants backups in
    /// @param restart opens the program again, so that a restore counts
    KeepingLines(KeepingViewModel model, Dialogs dialogs, Consumer<Path> folder, Runnable restart) {
        this.model = model;
        this.dialogs = dialogs;
        this.restart = restart;
        Button make = Buttons.quiet(Icon.DISK, Texts.of("keeping.make"), model::backUp);
        Button choose = Buttons.quiet(Icon.FOLDER, Texts.of("keeping.folder"),
                () -> FolderChooser.ask(this, Texts.of("keeping.folder.choose"), Path.of(System.getProperty("user.home")))
                        .ifPresent(folder));
        for (Button button : List.of(make, choose)) button.getStyleClass().add("small");
        make.disableProperty().bind(model.busy());
        words.getStyleClass().setAll("secondary", "figures");
        bar.setMaxWidth(Double.MAX_VALUE);
        held.setAlignment(Pos.CENTER_LEFT);
        held.getStyleClass().add("held-changes");
        setSpacing(12);
        getStyleClass().addAll("folder-lines", "keeping-lines");
        var buttons = new FlowPane(10, 8, make, choose);
        getChildren().addAll(held, copies, progress, buttons);
        model.copies().subscribe(this::list);
        model.held().subscribe(this::hold);
        model.restoring().subscribe(this::restoring);
    }

    private void list(List<Copy> all) {
        if (all.isEmpty()) {
            var none = new Label(Texts.of("keeping.none"));
            none.getStyleClass().setAll("secondary");
            copies.getChildren().setAll(none);
            return;
        }
        copies.getChildren().setAll(all.stream().map(this::line).toList());
    }

    private Node line(Copy copy) {
        var day = new Label(model.day(copy.at()));
        day.getStyleClass().setAll("settings-words", "figures");
        var size = new Label(Formats.bytes(copy.bytes()));
        size.getStyleClass().setAll("secondary", "figures");
        HBox.setHgrow(day, Priority.ALWAYS);
        day.setMaxWidth(Double.MAX_VALUE);
        Button back = Buttons.quiet(Texts.of("keeping.restore"), () -> ask(copy));
        back.getStyleClass().add("small");
        Buttons.name(back, Texts.of("keeping.restore.of", model.day(copy.at())));
        back.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(12, Icons.of(Icon.HISTORY, 15), day, size, back);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("folder-line");
        return row;
    }

    private void ask(Copy copy) {
        dialogs.confirm(Texts.of("keeping.restore.title", model.day(copy.at())), Texts.of("keeping.restore.words"),
                Texts.of("keeping.restore.yes"), () -> model.restore(copy, this::ready));
    }

    private void ready() {
        dialogs.confirm(Texts.of("keeping.ready.title"), Texts.of("keeping.ready.words"), Texts.of("keeping.ready.yes"),
                () -> model.restorePrepared(restart), model::dropPrepared);
    }

    private void hold(Optional<KeepingViewModel.Held> now) {
        held.setVisible(now.isPresent());
        held.setManaged(now.isPresent());
        now.ifPresent(h -> {
            var text = new Label(Texts.count(h.old() ? "keeping.old" : "keeping.held", h.changes(), model.day(h.from())));
            text.getStyleClass().setAll("settings-words");
            text.setWrapText(true);
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMaxWidth(Double.MAX_VALUE);
            Button send = Buttons.primary(Texts.of("keeping.held.send"), model::sendHeld);
            Button drop = Buttons.quiet(Texts.of("keeping.held.drop"), model::dropHeld);
            for (Button button : List.of(send, drop)) {
                button.getStyleClass().add("small");
                button.setMinWidth(Region.USE_PREF_SIZE);
            }
            held.getChildren().setAll(Icons.of(Icon.WARNING, 17), text, drop, send);
        });
    }

    private void restoring(Optional<Progress> now) {
        progress.setVisible(now.isPresent());
        progress.setManaged(now.isPresent());
        copies.setDisable(now.isPresent());
        now.ifPresent(p -> {
            bar.setProgress(p.phase() == Phase.UNPACKING ? p.part() / 2 : p.phase() == Phase.READY ? 1 : -1);
            words.setText(Texts.of(switch (p.phase()) {
                case UNPACKING -> "keeping.unpacking";
                case CHECKING -> "keeping.checking";
                case KEEPING -> "keeping.keeping";
                case READY -> "keeping.ready";
            }));
            bar.setAccessibleText(words.getText());
        });
    }
}
