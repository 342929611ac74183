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

    /// Scrolls as little as brings this part of the page into sight, from the page's top in pixels; of a part that is too high its end.
    static void reveal(ScrollPane scroll, double from, double to) {
        double height = scroll.getViewportBounds().getHeight();
        double room = scroll.getContent().getLayoutBounds().getHeight() - height;
        if (room <= 0) return;
        double at = scroll.getVvalue() * room;
        double wanted = Math.max(Math.min(at, from), to - height);
        if (wanted != at) scroll.setVvalue(Math.clamp(wanted / room, 0, 1));
    }
}
