package app.waxwing.bench;

import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;

/// A label in a window: what anything made with JavaFX costs at least. The yardstick of [StartBench].
public final class BareWindow {
    private BareWindow() {}

    public static void main(String[] args) {
        Application.launch(Window.class);
    }

    /// Made by JavaFX.
    public static final class Window extends Application {
        @Override
        public void start(Stage stage) {
            stage.setTitle("bare");
            stage.setScene(new Scene(new Label("bare"), 1440, 900));
            stage.show();
        }
    }
}
