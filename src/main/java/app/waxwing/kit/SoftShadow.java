package app.waxwing.kit;

import javafx.geometry.Bounds;
import javafx.geometry.Insets;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Border;
import javafx.scene.layout.BorderImage;
import javafx.scene.layout.BorderRepeat;
import javafx.scene.layout.BorderWidths;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/// The shadow of a large card that floats: a small picture of its corners, whose edges are stretched along the card's. Where no graphics card draws, a
/// blur of this size, or rounded grounds laid over each other, take longer than all the rest of the card, with each frame that touches it. FX thread.
public final class SoftShadow extends Region {
    /// How far it reaches beyond the card: it falls downwards.
    private static final Insets REACH = new Insets(26, 36, 48, 36);
    /// Where it is darkest, as an inset of the card, and over how much it fades from there.
    private static final Insets CORE = new Insets(7, -3, -15, -3);
    private static final double CORE_RADIUS = 17;
    private static final double FADE = 33;
    private static final double CARD_RADIUS = 14;
    /// The corners; what lies between two of them is the same all along.
    private static final BorderWidths CORNERS = new BorderWidths(50, 50, 62, 50);
    private static final int WIDTH = 101;
    private static final int HEIGHT = 113;
    private static byte @Nullable [] shades;

    private SoftShadow(Theme theme) {
        setManaged(false);
        setMouseTransparent(true);
        theme.darkProperty().subscribe(dark -> setBorder(new Border(new BorderImage(picture(Token.SHADE.color(dark)), CORNERS, Insets.EMPTY,
                CORNERS, false, BorderRepeat.STRETCH, BorderRepeat.STRETCH))));
    }

    /// Lays one around the card, below all that is in it.
    public static void around(Pane card, Theme theme) {
        var shadow = new SoftShadow(theme);
        card.getChildren().addFirst(shadow);
        card.layoutBoundsProperty().subscribe(shadow::fit);
    }

    private void fit(Bounds card) {
        resizeRelocate(-REACH.getLeft(), -REACH.getTop(), card.getWidth() + REACH.getLeft() + REACH.getRight(),
                card.getHeight() + REACH.getTop() + REACH.getBottom());
    }

    private static WritableImage picture(Color colour) {
        var opacities = new int[256];
        for (int shade = 0; shade < opacities.length; shade++) opacities[shade] = argb(colour, shade);
        var picture = new WritableImage(WIDTH, HEIGHT);
        picture.getPixelWriter().setPixels(0, 0, WIDTH, HEIGHT, PixelFormat.createByteIndexedInstance(opacities), shades(), 0, WIDTH);
        return picture;
    }

    private static int argb(Color colour, int shade) {
        return (int) Math.round(colour.getOpacity() * shade) << 24 | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8 | (int) Math.round(colour.getBlue() * 255);
    }

    /// How dark it is at each point of the picture, 0 to 255; clear where the card is. Any thread: a few milliseconds of a program's start can be
    /// spent on another one.
    static synchronized byte[] shades() {
        if (shades != null) return shades;
        var made = new byte[WIDTH * HEIGHT];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x <= WIDTH / 2; x++) {
                double shade = shade(x + 0.5 - REACH.getLeft(), y + 0.5 - REACH.getTop());
                made[y * WIDTH + x] = made[(y + 1) * WIDTH - 1 - x] = (byte) Math.round(255 * shade);
            }
        }
        shades = made;
        return made;
    }

    private static double shade(double x, double y) {
        double beyond = outside(x, y, CORE, CORE_RADIUS);
        if (beyond >= FADE) return 0;
        double beside = Math.clamp(outside(x, y, Insets.EMPTY, CARD_RADIUS) + 0.5, 0, 1);
        return beside * (1 - Math.max(0, beyond) / FADE);
    }

    /// How far a point lies outside of a round-cornered part of the picture's card; less than 0 inside.
    private static double outside(double x, double y, Insets in, double radius) {
        double right = WIDTH - REACH.getLeft() - REACH.getRight() - in.getRight();
        double bottom = HEIGHT - REACH.getTop() - REACH.getBottom() - in.getBottom();
        double across = Math.max(in.getLeft() - x, x - right) + radius;
        double along = Math.max(in.getTop() - y, y - bottom) + radius;
        if (across <= 0 || along <= 0) return Math.max(across, along) - radius;
        return Math.sqrt(across * across + along * along) - radius;
    }
}
