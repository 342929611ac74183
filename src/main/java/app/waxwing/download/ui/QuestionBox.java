package app.waxwing.download.ui;

import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Something the page has to ask or say before everything else: what it is, why, and the buttons that answer it. Hidden while there is nothing to
/// say. FX thread.
final class QuestionBox extends HBox {
    private static final double TWO_LINES = 38;
    private static final double WITH_TITLE = 22 + TWO_LINES;
    private static final double TIP_WIDTH = 480;
    private final Label title = new Label();
    private final Label words = new Label();
    private final Tooltip all = new Tooltip();
    private final VBox texts = new VBox(2, title, words);

    /// @param style `failure-box` for trouble, `question-box` for a question
    QuestionBox(Icon icon, String style, List<Button> answers) {
        getStyleClass().add(style);
        // The list below takes what is left: nothing of a question is cut for it.
        setMinHeight(USE_PREF_SIZE);
        title.getStyleClass().setAll("strong", "failure-title");
        title.setWrapText(true);
        words.getStyleClass().setAll("failure-reasons");
        words.setWrapText(true);
        all.setWrapText(true);
        all.setMaxWidth(TIP_WIDTH);
        texts.setMinWidth(120);
        HBox.setHgrow(texts, Priority.ALWAYS);
        getChildren().addAll(Icons.of(icon, 18), texts);
        for (Button answer : answers) {
            answer.getStyleClass().add("small");
            answer.setMinWidth(Region.USE_PREF_SIZE);
            getChildren().add(answer);
        }
        hide();
    }

    /// Its words have room for two lines at all times, whatever they are: what stands under it keeps its place when they change. All of them stand in
    /// a tooltip.
    void steady() {
        texts.setAlignment(Pos.CENTER_LEFT);
        texts.setMinHeight(WITH_TITLE);
        texts.setPrefHeight(WITH_TITLE);
        texts.setMaxHeight(WITH_TITLE);
        words.setMaxHeight(TWO_LINES);
        words.setTooltip(all);
    }

    void show(String what, String why) {
        title.setText(what);
        words.setText(why);
        all.setText(why);
        words.setVisible(!why.isEmpty());
        words.setManaged(!why.isEmpty());
        setVisible(true);
        setManaged(true);
    }

    void hide() {
        setVisible(false);
        setManaged(false);
    }
}
