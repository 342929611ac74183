package app.waxwing.kit;

import java.time.Duration;
import javafx.animation.FadeTransition;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.VBox;

/// Short words at the foot of the page that go by themselves: what was done, with a way to take it back, or what did not work. FX thread.
public final class Toasts implements Notices {
    private static final int MOST = 3;
    private static final Duration READ = Duration.ofSeconds(4);
    private static final Duration TROUBLE = Duration.ofSeconds(7);
    private static final Duration ACTION = Duration.ofSeconds(10);
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
        show(words, false, READ, true);
    }

    @Override
    public void say(String words, String action, Runnable run) {
        offer(show(words, false, ACTION, true), action, run);
    }

    @Override
    public void say(String words, String action, Duration time, Runnable run) {
        offer(show(words, false, time, false), action, run);
    }

    @Override
    public void failed(String words) {
        show(words, true, TROUBLE, true);
    }

    @Override
    public void failed(app.waxwing.base.Failure failure) {
        failed(app.waxwing.base.FailureWords.sentence(failure));
    }

    /// @param waits it stays longer while the mouse or the keyboard is on it
    private HBox show(String words, boolean trouble, Duration time, boolean waits) {
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
        while (stack.getChildren().size() >= MOST) stack.getChildren().removeFirst();
        stack.getChildren().add(toast);
        var fadeIn = new FadeTransition(theme.motion(140), toast);
        fadeIn.setFromValue(0);
        fadeIn.setToValue(1);
        fadeIn.play();
        goAfter(time, toast, waits);
        return toast;
    }

    /// Without an animation: while one of those runs, JavaFX works sixty times a second.
    private void goAfter(Duration time, HBox toast, boolean waits) {
        Fx.after(time, () -> {
            if (waits && stack.getChildren().contains(toast) && (toast.isHover() || toast.isFocusWithin())) goAfter(time, toast, true);
            else stack.getChildren().remove(toast);
        });
    }

    private void offer(HBox toast, String action, Runnable run) {
        Button button = Buttons.quiet(action, () -> {
            stack.getChildren().remove(toast);
            run.run();
        });
        button.getStyleClass().add("small");
        toast.getChildren().add(button);
    }
}
