package app.waxwing.kit;

import javafx.animation.FadeTransition;
import javafx.animation.PauseTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// Short words at the foot of the page that go by themselves: what was done, with a way to take it back, or what did not work. FX thread.
public final class Toasts implements Notices {
    private static final int MOST = 3;
    private final VBox stack = new VBox(8);
    private final Theme theme;

    public Toasts(Theme theme) {
        this.theme = theme;
        stack.getStyleClass().add("toasts");
        stack.setAlignment(Pos.BOTTOM_CENTER);
        stack.setPickOnBounds(false);
    }

    /// Lies over the page; lets clicks through.
    public Pane layer() {
        return stack;
    }

    @Override
    public void say(String words) {
        show(words, false, "", () -> {});
    }

    @Override
    public void say(String words, String action, Runnable run) {
        show(words, false, action, run);
    }

    @Override
    public void failed(String words) {
        show(words, true, "", () -> {});
    }

    @Override
    public void failed(app.waxwing.base.Failure failure) {
        failed(app.waxwing.base.FailureWords.sentence(failure));
    }

    private void show(String words, boolean trouble, String action, Runnable run) {
        var label = new Label(words);
        label.setWrapText(true);
        label.setMaxWidth(420);
        var toast = new HBox(14, label);
        toast.setAlignment(Pos.CENTER_LEFT);
        toast.getStyleClass().add("toast");
        toast.setMaxWidth(Pane.USE_PREF_SIZE);
        toast.setAccessibleRole(AccessibleRole.TEXT);
        toast.setAccessibleText(words);
        if (trouble) {
            toast.getStyleClass().add("trouble");
            toast.getChildren().addFirst(Icons.of(Icon.FAILED));
        }
        var pause = new PauseTransition(Duration.seconds(!action.isEmpty() ? 10 : trouble ? 7 : 4));
        if (!action.isEmpty()) {
            Button button = Buttons.quiet(action, () -> {
                stack.getChildren().remove(toast);
                run.run();
            });
            button.getStyleClass().add("small");
            toast.getChildren().add(button);
        }
        while (stack.getChildren().size() >= MOST) stack.getChildren().removeFirst();
        stack.getChildren().add(toast);
        var fadeIn = new FadeTransition(theme.motion(140), toast);
        fadeIn.setFromValue(0);
        fadeIn.setToValue(1);
        fadeIn.play();
        pause.setOnFinished(_ -> {
            if (toast.isHover() || toast.isFocusWithin()) pause.playFromStart();
            else stack.getChildren().remove(toast);
        });
        pause.play();
    }
}
