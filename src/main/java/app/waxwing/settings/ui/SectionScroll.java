package app.waxwing.settings.ui;

import java.util.List;
import java.util.Optional;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/// Brings one section of a long page to its top and keeps it there while what stands above grows as it is read, until the user does something. FX
/// thread.
final class SectionScroll {
    private static final double ABOVE = 16;
    private final ScrollPane pane;
    private final Region content;
    private Optional<Node> wanted = Optional.empty();

    SectionScroll(ScrollPane pane, Region content) {
        this.pane = pane;
        this.content = content;
        content.heightProperty().subscribe(_ -> place());
        pane.viewportBoundsProperty().subscribe(_ -> place());
        for (EventType<? extends InputEvent> each : List.of(KeyEvent.KEY_PRESSED, MouseEvent.MOUSE_PRESSED, ScrollEvent.SCROLL)) {
            pane.addEventFilter(each, _ -> done());
        }
    }

    void to(Node section) {
        wanted = Optional.of(section);
        // A page that came a moment ago has no sizes yet.
        if (pane.getScene() != null) {
            pane.getScene().getRoot().applyCss();
            pane.getScene().getRoot().layout();
        }
        place();
    }

    /// Stays where it is from now on.
    void done() {
        wanted = Optional.empty();
    }

    private void place() {
        wanted.ifPresent(section -> {
            double hidden = content.getHeight() - pane.getViewportBounds().getHeight();
            if (hidden > 0) pane.setVvalue(Math.clamp((section.getBoundsInParent().getMinY() - ABOVE) / hidden, 0, 1));
        });
    }
}
