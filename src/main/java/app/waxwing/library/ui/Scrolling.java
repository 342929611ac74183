package app.waxwing.library.ui;

import app.waxwing.parts.ViewContext;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;

/// Pages that scroll as a whole, and remember how far.
final class Scrolling {
    private Scrolling() {}

    static ScrollPane page(ViewContext ctx, String name, Region content) {
        var scroll = new ScrollPane(content);
        scroll.getStyleClass().add("page-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        String key = name + ".scroll";
        content.heightProperty().subscribe((was, is) -> {
            if (was.doubleValue() < 100 && is.doubleValue() >= 100 && ctx.memory().get(key) instanceof Double at) scroll.setVvalue(at);
        });
        scroll.vvalueProperty().subscribe((was, is) -> {
            if (content.getHeight() >= 100) ctx.memory().put(key, is.doubleValue());
        });
        return scroll;
    }
}
