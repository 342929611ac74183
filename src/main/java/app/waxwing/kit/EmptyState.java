package app.waxwing.kit;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// What a page shows instead of nothing: an icon, one line, a sentence that helps, and what can be done.
public final class EmptyState extends VBox {
    public EmptyState(Icon icon, String title, String help, Node... actions) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        var disc = new StackPane(Icons.of(icon, 26));
        disc.getStyleClass().add("empty-disc");
        var head = new Label(title);
        head.getStyleClass().add("section-title");
        head.setWrapText(true);
        var words = new Label(help);
        words.getStyleClass().add("secondary");
        words.setWrapText(true);
        words.setMaxWidth(420);
        words.setAlignment(Pos.CENTER);
        words.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        getChildren().addAll(disc, head, words);
        if (actions.length > 0) {
            var row = new HBox(10, actions);
            row.setAlignment(Pos.CENTER);
            row.getStyleClass().add("empty-actions");
            getChildren().add(row);
        }
    }
}
