package app.waxwing.parts;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The head of a page: its title, one line under it, and what can be done with the whole at the right. FX thread.
public final class PageHead extends HBox {
    private final Label title;
    private final Label under = new Label();

    public PageHead(String words, Node... controls) {
        getStyleClass().add("page-head");
        title = new Label(words);
        title.getStyleClass().setAll("page-title");
        under.getStyleClass().setAll("page-under");
        under.setWrapText(true);
        under.setManaged(false);
        var texts = new VBox(2, title, under);
        texts.setMinWidth(120);
        HBox.setHgrow(texts, Priority.ALWAYS);
        var right = new HBox(8, controls);
        right.setAlignment(Pos.CENTER_RIGHT);
        right.setMinWidth(Region.USE_PREF_SIZE);
        setAlignment(Pos.TOP_LEFT);
        getChildren().addAll(texts, right);
    }

    public void title(String words) {
        title.setText(words);
    }

    public void under(String words) {
        under.setText(words);
        under.setManaged(!words.isEmpty());
        under.setVisible(!words.isEmpty());
    }
}
