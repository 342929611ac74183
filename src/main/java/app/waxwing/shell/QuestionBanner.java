package app.waxwing.shell;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A quiet line above the page while there is a question; takes no room otherwise.
class QuestionBanner extends HBox {
    private final Optional<Answer> other;
    private final Answer usual;
    private final Label head = new Label();
    private final Label help = new Label();

    /// An answer: what its button says, what it does.
    record Answer(String words, Runnable action) {}

    /// @param usual the answer that most will give
    QuestionBanner(Answer other, Answer usual) {
        this(Optional.of(other), usual);
    }

    /// Where there is one thing to do.
    QuestionBanner(Answer only) {
        this(Optional.empty(), only);
    }

    private QuestionBanner(Optional<Answer> other, Answer usual) {
        this.other = other;
        this.usual = usual;
        getStyleClass().add("question-banner");
        setAccessibleRole(AccessibleRole.PARENT);
        setAlignment(Pos.CENTER_LEFT);
        setVisible(false);
        setManaged(false);
    }

    /// With the first question: most sessions have none.
    private void fill() {
        head.getStyleClass().add("strong");
        head.setWrapText(true);
        help.getStyleClass().add("secondary");
        help.setWrapText(true);
        var words = new VBox(2, head, help);
        words.setMinWidth(160);
        HBox.setHgrow(words, Priority.ALWAYS);
        getChildren().addAll(Icons.of(Icon.WARNING, 18), words);
        other.ifPresent(o -> add(Buttons.quiet(o.words(), o.action())));
        add(Buttons.primary(usual.words(), usual.action()));
    }

    private void add(Button button) {
        button.getStyleClass().add("small");
        button.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().add(button);
    }

    /// @param what empty while there is no question
    final void ask(String what, String meaning) {
        if (!what.isEmpty() && getChildren().isEmpty()) fill();
        head.setText(what);
        help.setText(meaning);
        setAccessibleText(what + " " + meaning);
        setVisible(!what.isEmpty());
        setManaged(!what.isEmpty());
    }
}
