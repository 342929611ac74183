package app.waxwing.kit;

import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.image.Image;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.CycleMethod;
import javafx.scene.paint.ImagePattern;
import javafx.scene.paint.LinearGradient;
import javafx.scene.paint.Paint;
import javafx.scene.paint.Stop;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Rectangle;

/// A square cover with round corners. Until its picture is there, or where there is none, it shows two calm colours made from its name,
/// so the same album always looks the same. Made for cells: setting another cover drops what was on its way.
public final class CoverView extends Region {
    private static final Color WAITING = Color.web("#808080", 0.16);
    private static final Color DISC = Color.web("#000000", 0.22);
    private final CoverImages images;
    private final double edge;
    private final Rectangle square = new Rectangle();
    private final Circle disc = new Circle();
    private Optional<Object> cover = Optional.empty();
    private String name = "";
    private boolean shown;

    /// @param edge width and height in logical pixels
    /// @param radius of the corners
    public CoverView(CoverImages images, double edge, double radius) {
        this.images = images;
        this.edge = edge;
        getStyleClass().add("cover");
        setMinSize(edge, edge);
        setPrefSize(edge, edge);
        setMaxSize(edge, edge);
        square.setWidth(edge);
        square.setHeight(edge);
        square.setArcWidth(radius * 2);
        square.setArcHeight(radius * 2);
        disc.setRadius(edge * 0.16);
        disc.setCenterX(edge / 2);
        disc.setCenterY(edge / 2);
        disc.setMouseTransparent(true);
        getChildren().addAll(square, disc);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        placeholder();
    }

    /// Shows this cover, or the colours of `name` where there is none.
    ///
    /// @param wanted what the façade calls a cover; compared by `equals`
    public void show(Optional<?> wanted, String name) {
        Optional<Object> next = wanted.map(c -> c);
        if (shown && next.equals(cover) && name.equals(this.name)) return;
        shown = true;
        cover = next;
        this.name = name;
        setAccessibleText(Texts.of("cover.of", name));
        placeholder();
        if (next.isEmpty()) return;
        double pixels = edge * scale();
        images.load(next.get(), pixels, image -> {
            if (cover.equals(next)) image.ifPresent(this::picture);
        });
    }

    private double scale() {
        return getScene() == null || getScene().getWindow() == null ? 1 : getScene().getWindow().getRenderScaleX();
    }

    private void picture(Image image) {
        double w = image.getWidth();
        double h = image.getHeight();
        if (w <= 0 || h <= 0) return;
        double fit = Math.max(edge / w, edge / h);
        square.setFill(new ImagePattern(image, (edge - w * fit) / 2, (edge - h * fit) / 2, w * fit, h * fit, false));
        disc.setVisible(false);
    }

    private void placeholder() {
        // What is on its way has no name yet. No style class for it: that would style each tile anew with every row that comes into sight.
        square.setFill(name.isEmpty() ? WAITING : ground(name));
        disc.setVisible(!name.isEmpty());
        disc.setFill(DISC);
    }

    /// Two warm, calm colours that belong to a name.
    static Paint ground(String name) {
        int hash = name.hashCode() * 0x9E3779B9;
        double hue = Math.floorMod(hash >>> 8, 360);
        Color from = Color.hsb(hue, 0.42, 0.52);
        Color to = Color.hsb((hue + 38) % 360, 0.52, 0.34);
        return new LinearGradient(0, 0, 1, 1, true, CycleMethod.NO_CYCLE, new Stop(0, from), new Stop(1, to));
    }
}
