package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Texts;
import app.waxwing.library.LibrarySync.Folder;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Below an account: when its library was brought up to date, or how far that is, with a button for it; and its libraries where there are several.
final class SyncLine extends VBox {
    private final SyncLinesViewModel.Line model;
    private final FlowPane libraries = new FlowPane(8, 6);

    SyncLine(SyncLinesViewModel.Line model) {
        super(6);
        this.model = model;
        getStyleClass().add("sync-line");
        var words = new Label();
        words.getStyleClass().setAll("secondary");
        words.setWrapText(true);
        words.setMaxWidth(Double.MAX_VALUE);
        words.textProperty().bind(model.words());
        HBox.setHgrow(words, Priority.ALWAYS);
        var button = Buttons.quiet("", model::toggle);
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        model.running().subscribe(on -> {
            button.setText(Texts.of(on ? "sync.stop" : "sync.start"));
            button.setAccessibleText(button.getText());
        });
        var line = new HBox(12, words, button);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(line, libraries);
        model.folders().subscribe(this::show);
    }

    private void show(List<Folder> folders) {
        boolean choice = folders.size() > 1 || folders.stream().anyMatch(f -> !f.synced());
        libraries.setVisible(choice);
        libraries.setManaged(choice);
        libraries.getChildren().clear();
        if (!choice) return;
        var caption = new Label(Texts.of("sync.libraries"));
        caption.getStyleClass().setAll("secondary");
        libraries.getChildren().add(caption);
        for (Folder folder : folders) {
            var chip = new ToggleButton(folder.title());
            chip.getStyleClass().setAll("toggle-button", "chip");
            chip.setSelected(folder.synced());
            chip.setAccessibleText(Texts.of(folder.synced() ? "sync.library.here" : "sync.library.out", folder.title()));
            chip.setOnAction(_ -> {
                boolean on = chip.isSelected();
                chip.setSelected(!on); // it turns when the choice is done
                model.choose(folder, on);
            });
            libraries.getChildren().add(chip);
        }
        libraries.setAlignment(Pos.CENTER_LEFT);
    }
}
