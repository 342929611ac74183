package app.waxwing.download.ui;

import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Something the page has to ask or say before everything else: what it is, why, and the buttons that answer it. Hidden while there is nothing to
/// say. FX thread.
final class QuestionBox extends HBox {
    private final Label title = new Label();
    private final Label words = new Label();

    /// @param style `failure-box` for trouble, `question-box` for a question
    QuestionBox(Icon icon, String style, List<Button> answers) {
        getStyleClass().add(style);
        // The list below takes what is left: nothing of a question is cut for it.
        setMinHeight(USE_PREF_SIZE);
        title.getStyleClass().setAll("strong", "failure-title");
        title.setWrapText(true);
        words.getStyleClass().setAll("failure-reasons");
        words.setWrapText(true);
        var texts = new VBox(2, title, words);
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

    void show(String what, String why) {
        title.setText(what);
        words.setText(why);
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
