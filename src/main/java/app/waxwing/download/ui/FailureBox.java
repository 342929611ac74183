package app.waxwing.download.ui;

import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What could not be fetched and why, before everything else, with one click that tries all of it again. FX thread.
final class FailureBox extends HBox {
    private static final int REASONS = 2;
    private final DownloadsViewModel model;
    private final Label title = new Label();
    private final Label reasons = new Label();

    FailureBox(DownloadsViewModel model) {
        this.model = model;
        getStyleClass().add("failure-box");
        title.getStyleClass().setAll("strong", "failure-title");
        reasons.getStyleClass().setAll("failure-reasons");
        reasons.setWrapText(true);
        var words = new VBox(2, title, reasons);
        words.setMinWidth(120);
        HBox.setHgrow(words, Priority.ALWAYS);
        var retry = Buttons.primary(Texts.of("downloads.retry-all"), model::retryAll);
        retry.getStyleClass().add("small");
        var show = Buttons.quiet(Texts.of("downloads.show-failed"), () -> {
            model.tab().set(Tab.ACTIVE);
            model.filter().set(Optional.of(Status.FAILED));
        });
        show.getStyleClass().add("small");
        retry.setMinWidth(USE_PREF_SIZE);
        show.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(Icons.of(Icon.FAILED, 18), words, retry, show);
        refresh();
    }

    void refresh() {
        int failed = model.count(Status.FAILED);
        setVisible(failed > 0);
        setManaged(failed > 0);
        title.setText(Texts.count("downloads.failed", failed));
        var all = model.failures();
        String some = all.stream().limit(REASONS)
                .map(e -> e.getValue() > 1 ? Texts.of("downloads.failed.times", e.getKey(), Formats.count(e.getValue())) : e.getKey())
                .collect(Collectors.joining(" "));
        reasons.setText(all.size() > REASONS ? some + " …" : some);
    }
}
