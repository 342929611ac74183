package app.waxwing.parts;

import javafx.scene.layout.Region;

/// Kept, cached and free as one thin bar. FX thread.
public final class SpaceMeter extends Region {
    private final Region kept = new Region();
    private final Region cached = new Region();
    private long keptBytes;
    private long cachedBytes;
    private long freeBytes;

    public SpaceMeter() {
        getStyleClass().add("meter");
        kept.getStyleClass().add("kept");
        cached.getStyleClass().add("cached");
        kept.setManaged(false);
        cached.setManaged(false);
        getChildren().addAll(cached, kept);
    }

    /// In bytes.
    public void show(long keptHere, long cachedHere, long free) {
        keptBytes = keptHere;
        cachedBytes = cachedHere;
        freeBytes = free;
        place();
    }

    @Override
    protected void layoutChildren() {
        place();
    }

    private void place() {
        double whole = Math.max(1, keptBytes + cachedBytes + freeBytes);
        double first = getWidth() * keptBytes / whole;
        double second = getWidth() * cachedBytes / whole;
        // What is there shows, however little it is.
        if (keptBytes > 0) first = Math.max(3, first);
        if (cachedBytes > 0) second = Math.max(3, second);
        kept.resizeRelocate(0, 0, first, getHeight());
        cached.resizeRelocate(first, 0, second, getHeight());
        kept.setVisible(first > 0);
        cached.setVisible(second > 0);
    }
}
