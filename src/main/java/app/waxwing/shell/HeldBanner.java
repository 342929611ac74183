package app.waxwing.shell;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A quiet line above the page while a sync has a question; takes no room otherwise.
final class HeldBanner extends HBox {
    private final Label head = new Label();
    private final Label help = new Label();

    HeldBanner(HeldViewModel model) {
        getStyleClass().add("held-banner");
        setAccessibleRole(AccessibleRole.PARENT);
        head.getStyleClass().add("strong");
        head.setWrapText(true);
        help.getStyleClass().add("secondary");
        help.setWrapText(true);
        var words = new VBox(2, head, help);
        words.setMinWidth(160);
        HBox.setHgrow(words, Priority.ALWAYS);
        var keep = Buttons.primary(Texts.of("held.keep"), model::keep);
        var gone = Buttons.quiet(Texts.of("held.gone"), model::gone);
        for (var button : new Region[]{keep, gone}) {
            button.getStyleClass().add("small");
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(Icons.of(Icon.WARNING, 18), words, gone, keep);
        model.questionProperty().subscribe(this::show);
    }

    private void show(Optional<HeldViewModel.Question> question) {
        head.setText(question.map(HeldViewModel.Question::head).orElse(""));
        help.setText(question.map(HeldViewModel.Question::help).orElse(""));
        setAccessibleText(head.getText() + " " + help.getText());
        setVisible(question.isPresent());
        setManaged(question.isPresent());
    }
}
