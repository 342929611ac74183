package app.waxwing.download.ui;

import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;

/// How many there are of each state; pressing one shows only those. FX thread.
final class DownloadChips extends FlowPane {
    private static final List<Status> SHOWN = List.of(Status.DOWNLOADING, Status.PENDING, Status.PAUSED, Status.FAILED);
    private final DownloadsViewModel model;
    private final Map<Status, ToggleButton> chips = new EnumMap<>(Status.class);
    private final Button here = new Button();
    private final Label left = new Label();
    private double tallest;

    DownloadChips(DownloadsViewModel model) {
        super(8, 8);
        this.model = model;
        setMinWidth(160);
        for (Status status : SHOWN) {
            var chip = new ToggleButton();
            chip.getStyleClass().setAll("toggle-button", "chip", "is-" + status.word());
            chip.setOnAction(e -> {
                model.tab().set(Tab.ACTIVE);
                model.filter().set(chip.isSelected() ? Optional.of(status) : Optional.empty());
            });
            chips.put(status, chip);
            getChildren().add(chip);
        }
        here.getStyleClass().setAll("button", "chip");
        here.setOnAction(e -> model.tab().set(Tab.HERE));
        left.getStyleClass().setAll("chip", "figures");
        getChildren().addAll(here, left);
        model.filter().subscribe(filter -> chips.forEach((status, chip) -> chip.setSelected(filter.equals(Optional.of(status)))));
    }

    void refresh() {
        chips.forEach((status, chip) -> {
            int n = model.count(status);
            chip.setText(Texts.of("downloads.chip." + status.word(), Formats.count(n)));
            show(chip, n > 0 || model.filter().get().equals(Optional.of(status)));
        });
        long completed = Math.max(model.completedCount().get(), model.activity().get().completed());
        here.setText(Texts.of("downloads.chip.completed", Formats.count(completed)));
        show(here, completed > 0);
        Remaining remaining = model.remaining();
        left.setText(DownloadWords.remaining(remaining));
        show(left, remaining.bytes() > 0);
    }

    /// A word that grows by a letter begins another line, and with the next figure takes it back: the chips keep the lines that they once took until they
    /// are wider, so that the list below does not jump.
    @Override
    protected double computePrefHeight(double width) {
        if (width > getWidth()) tallest = 0;
        tallest = Math.max(tallest, super.computePrefHeight(width));
        return tallest;
    }

    private static void show(javafx.scene.Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }
}
