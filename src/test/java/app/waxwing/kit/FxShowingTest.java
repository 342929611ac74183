package app.waxwing.kit;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FxShowingTest {
    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @Test
    @DisplayName("what is sampled while a node shows begins with the window, ends with it and begins again")
    void showing() {
        List<Boolean> told = Screens.fx(() -> {
            List<Boolean> words = new ArrayList<>();
            var node = new StackPane();
            var showing = Fx.showing(node);
            var listening = showing.subscribe(on -> { words.add(on); });
            var stage = new Stage();
            stage.setScene(new Scene(node, 50, 50));
            stage.show();
            stage.hide();
            stage.show();
            stage.setIconified(true);
            stage.setIconified(false);
            stage.hide();
            listening.unsubscribe();
            return words;
        });
        assertThat(told).containsExactly(false, true, false, true, false, true, false);
    }
}
