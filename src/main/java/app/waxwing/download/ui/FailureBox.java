package app.waxwing.download.ui;

import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.StackPane;

/// What could not be fetched and why, before everything else, with one click that does for each what may help. FX thread.
final class FailureBox extends StackPane {
    private static final int REASONS = 2;
    private final DownloadsViewModel model;
    private final Button fix;
    private final QuestionBox box;

    FailureBox(DownloadsViewModel model) {
        this.model = model;
        fix = Buttons.primary(Texts.of("downloads.fix-all"), model::fixAll);
        var show = Buttons.quiet(Texts.of("downloads.show-failed"), () -> {
            model.tab().set(Tab.ACTIVE);
            model.filter().set(Optional.of(Status.FAILED));
        });
        box = new QuestionBox(Icon.FAILED, "failure-box", List.of(fix, show));
        box.steady();
        getChildren().add(box);
        refresh();
    }

    void refresh() {
        int failed = model.count(Status.FAILED);
        setVisible(failed > 0);
        setManaged(failed > 0);
        if (failed == 0) return;
        var all = model.failures();
        String some = all.stream().limit(REASONS)
                .map(e -> e.getValue() > 1 ? Texts.of("downloads.failed.times", e.getKey(), Formats.count(e.getValue())) : e.getKey())
                .collect(Collectors.joining(" "));
        box.show(Texts.count("downloads.failed", failed), all.size() > REASONS ? some + " …" : some);
        fix.setTooltip(new Tooltip(model.fixWords()));
        fix.setAccessibleHelp(model.fixWords());
    }
}
