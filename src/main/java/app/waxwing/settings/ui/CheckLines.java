package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.settings.ui.CheckViewModel.State;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// «Check files»: how far it is, what it found in plain words, and the repair. FX thread.
final class CheckLines extends VBox {
    private final Button check;
    private final Button mend;
    private final ProgressBar bar = new ProgressBar();
    private final Label words = new Label();
    private final VBox lines = new VBox(2);

    CheckLines(CheckViewModel model) {
        check = Buttons.quiet(Icon.CHECK, Texts.of("settings.check"), model::check);
        check.getStyleClass().add("small");
        mend = Buttons.quiet(Texts.of("settings.check.mend"), model::mend);
        mend.getStyleClass().add("small");
        words.getStyleClass().setAll("secondary", "figures");
        words.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        setSpacing(8);
        getStyleClass().add("check-lines");
        var buttons = new HBox(10, check, mend);
        buttons.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(bar, words, lines, buttons);
        model.state().subscribe(this::show);
    }

    private void show(State state) {
        // A button that goes would take the focus along, and the page would jump to whoever gets it.
        if (mend.isFocused() && !(state instanceof State.Found found && found.mendable())) words.requestFocus();
        if (check.isFocused() && state instanceof State.Runs) words.requestFocus();
        shown(bar, state instanceof State.Runs);
        shown(mend, state instanceof State.Found found && found.mendable());
        check.setDisable(state instanceof State.Runs);
        lines.getChildren().clear();
        switch (state) {
            case State.Nothing n -> words.setText("");
            case State.Runs r -> {
                words.setText(r.words());
                bar.setProgress(r.part());
                bar.setAccessibleText(r.words());
            }
            case State.Found f -> {
                words.setText(f.words());
                f.lines().forEach(line -> lines.getChildren().add(line(line)));
            }
        }
        shown(words, !words.getText().isEmpty());
        shown(lines, !lines.getChildren().isEmpty());
    }

    private static Label line(String text) {
        var label = new Label(text);
        label.getStyleClass().setAll("secondary", "check-line");
        label.setMinWidth(0);
        label.setTextOverrun(javafx.scene.control.OverrunStyle.CENTER_ELLIPSIS);
        return label;
    }

    private static void shown(javafx.scene.Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }
}
