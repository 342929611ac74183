package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.Screens;
import javafx.geometry.Bounds;
import javafx.scene.Scene;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// A card of 300 × 200 in the middle of a white page of 500 × 400.
class SoftShadowTest {
    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    private static StackPane page(Theme theme) {
        var card = new VBox();
        card.setMaxSize(300, 200);
        SoftShadow.around(card, theme);
        var page = new StackPane(card);
        page.setStyle("-fx-background-color: white");
        new Scene(page, 500, 400);
        page.applyCss();
        page.layout();
        return page;
    }

    private static double dark(PixelReader pixels, int x, int y) {
        return 1 - pixels.getColor(x, y).getBrightness();
    }

    @Test
    @DisplayName("The shadow of a card is clear where the card is, darkest under its foot, the same left and right, and fades to nothing")
    void looks() {
        PixelReader pixels = Screens
                .fx(() -> page(new Theme(Theme.Choice.DARK)).snapshot(null, new WritableImage(500, 400)).getPixelReader());
        assertThat(pixels.getColor(250, 200)).isEqualTo(Color.WHITE);
        assertThat(pixels.getColor(101, 200)).as("just inside").isEqualTo(Color.WHITE);
        assertThat(dark(pixels, 250, 303)).as("under the foot").isBetween(0.15, 0.25);
        assertThat(dark(pixels, 250, 303)).isGreaterThan(dark(pixels, 250, 325)).isGreaterThan(dark(pixels, 250, 97));
        for (int out = 1; out < 40; out++) {
            assertThat(dark(pixels, 100 - out, 200)).as("%s to the side", out).isGreaterThanOrEqualTo(dark(pixels, 99 - out, 200));
            assertThat(dark(pixels, 100 - out, 200)).as("%s to either side", out).isEqualTo(dark(pixels, 399 + out, 200));
        }
        assertThat(dark(pixels, 60, 200)).isZero();
        assertThat(dark(pixels, 250, 70)).isZero();
        assertThat(dark(pixels, 250, 350)).isZero();
        assertThat(dark(pixels, 101, 299)).as("outside of the round corner").isPositive();
    }

    @Test
    @DisplayName("The shadow goes with the card's size, takes no room in it and no clicks, and is another one in the light")
    void goesWithTheCard() {
        Screens.run(() -> {
            var theme = new Theme(Theme.Choice.DARK);
            StackPane page = page(theme);
            var card = (VBox) page.getChildren().getFirst();
            var shadow = (Region) card.getChildren().getFirst();
            assertThat(card.getInsets().getTop()).isZero();
            assertThat(card.prefHeight(-1)).isZero();
            assertThat(shadow.isMouseTransparent()).isTrue();
            card.setMaxSize(200, 120);
            page.layout();
            Bounds bounds = shadow.getBoundsInParent();
            assertThat(bounds.getWidth()).isEqualTo(272);
            assertThat(bounds.getHeight()).isEqualTo(194);
            var before = shadow.getBorder();
            theme.choiceProperty().set(Theme.Choice.LIGHT);
            assertThat(shadow.getBorder()).isNotEqualTo(before);
        });
    }
}
