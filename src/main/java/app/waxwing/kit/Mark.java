package app.waxwing.kit;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.StackPane;
import javafx.scene.shape.Arc;
import javafx.scene.shape.ArcType;
import javafx.scene.shape.Circle;
import javafx.scene.shape.SVGPath;
import javafx.scene.shape.StrokeLineCap;

/// Says where a track or collection is: kept = yellow arrow onto a line, cached = dashed grey ring, fetching = red ring that fills, on the server =
/// nothing. The same everywhere: on covers (in a dark disc), rows, buttons.
public final class Mark extends StackPane {
    /// What a mark says.
    public enum Kind {
        NONE, KEPT, CACHED,
        /// Some of a collection is here; the ring shows how much, in yellow.
        PARTLY,
        /// In line to be fetched.
        WAITING, FETCHING, PAUSED, FAILED, GONE,
        /// Kept on a drive that is not connected.
        AWAY
    }

    private final DoubleProperty progress = new SimpleDoubleProperty();
    private final double size;
    private Kind kind = Kind.NONE;

    /// @param onCover in a dark disc, for covers
    public Mark(double size, boolean onCover) {
        this.size = size;
        getStyleClass().add("mark");
        if (onCover) getStyleClass().add("on-cover");
        double box = onCover ? size + 10 : size;
        setMinSize(box, box);
        setPrefSize(box, box);
        setMaxSize(box, box);
        setMouseTransparent(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setVisible(false);
    }

    /// 0–1, for rings.
    public DoubleProperty progressProperty() {
        return progress;
    }

    public Kind kind() {
        return kind;
    }

    public void show(Kind wanted, double part) {
        progress.set(Math.clamp(part, 0, 1));
        show(wanted);
    }

    public void show(Kind wanted) {
        if (wanted == kind) return;
        kind = wanted;
        getChildren().clear();
        setVisible(wanted != Kind.NONE);
        setAccessibleText(Texts.of("mark." + wanted.name().toLowerCase(java.util.Locale.ROOT)));
        switch (wanted) {
            case NONE -> {
            }
            case KEPT -> path("M6 1v6M3 5l3 3 3-3M2 10.5h8", "tail");
            case CACHED -> {
                var ring = ring("soft");
                ring.getStyleClass().add("dashed");
                ring.getStrokeDashArray().setAll(2.5, 1.8);
            }
            case WAITING -> {
                ring("soft");
                path("M6 3.6v2.6l1.7 1", "soft");
            }
            case PARTLY -> filling("tail");
            case FETCHING -> filling("wax");
            case PAUSED -> {
                filling("soft");
                path("M4.9 4.4v3.2M7.1 4.4v3.2", "soft");
            }
            case FAILED -> path("M6 2v5M6 9.9v.1", "wax");
            case GONE -> path("M2.5 2.5l7 7M9.5 2.5l-7 7", "soft");
            case AWAY -> path("M6 1v6M3 5l3 3 3-3M2 10.5h8", "soft");
        }
    }

    private void path(String data, String colour) {
        var path = new SVGPath();
        path.setContent(data);
        path.getStyleClass().addAll("mark-line", colour);
        double scale = size / 12;
        path.setScaleX(scale);
        path.setScaleY(scale);
        getChildren().add(path);
    }

    private Circle ring(String colour) {
        var ring = new Circle(size / 2 - 1.2);
        ring.getStyleClass().addAll("mark-line", colour);
        getChildren().add(ring);
        return ring;
    }

    private void filling(String colour) {
        double radius = size / 2 - 1.2;
        var ground = new Circle(radius);
        ground.getStyleClass().addAll("mark-line", "ground");
        var arc = new Arc(0, 0, radius, radius, 90, 0);
        arc.setType(ArcType.OPEN);
        arc.setStrokeLineCap(StrokeLineCap.ROUND);
        arc.lengthProperty().bind(progress.multiply(-360));
        arc.getStyleClass().addAll("mark-line", colour);
        var layer = new StackPane(ground, new javafx.scene.Group(new Circle(radius + 1, javafx.scene.paint.Color.TRANSPARENT), arc));
        layer.setMaxSize(size, size);
        getChildren().add(layer);
    }
}
