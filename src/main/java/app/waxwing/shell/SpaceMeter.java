package app.waxwing.shell;

import app.waxwing.shell.Services.Space;
import javafx.scene.layout.Region;

/// Kept, cached and free as one thin bar.
final class SpaceMeter extends Region {
    private final Region kept = new Region();
    private final Region cached = new Region();
    private Space space = new Space(0, 0, 0);

    SpaceMeter() {
        getStyleClass().add("meter");
        kept.getStyleClass().add("kept");
        cached.getStyleClass().add("cached");
        kept.setManaged(false);
        cached.setManaged(false);
        getChildren().addAll(cached, kept);
    }

    void show(Space figures) {
        space = figures;
        place();
    }

    @Override
    protected void layoutChildren() {
        place();
    }

    private void place() {
        double whole = Math.max(1, space.kept() + space.cached() + space.free());
        double first = getWidth() * space.kept() / whole;
        double second = getWidth() * space.cached() / whole;
        // What is there shows, however little it is.
        if (space.kept() > 0) first = Math.max(3, first);
        if (space.cached() > 0) second = Math.max(3, second);
        kept.resizeRelocate(0, 0, first, getHeight());
        cached.resizeRelocate(first, 0, second, getHeight());
        kept.setVisible(first > 0);
        cached.setVisible(second > 0);
    }
}
