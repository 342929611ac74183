package app.waxwing.download.ui;

import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

/// The last minute of the total speed as a line over a tinted ground, with the newest figure in words beside it; a bare ground where nothing is
/// known. FX thread.
final class SpeedGraph extends Region {
    /// Of the curve; the figure has a place of its own, where no curve runs through it.
    private static final double WIDTH = 190;
    private static final double WORDS = 70;
    private static final double HEIGHT = 48;
    private static final int POINTS = 100;
    private final SpeedHistory history;
    private final Path area = new Path();
    private final Path line = new Path();
    private final Line ground = new Line(0, HEIGHT - 0.5, WIDTH, HEIGHT - 0.5);
    private final Label words = new Label();

    SpeedGraph(SpeedHistory history) {
        this.history = history;
        getStyleClass().add("speed-graph");
        area.getStyleClass().add("speed-area");
        line.getStyleClass().add("speed-line");
        ground.getStyleClass().add("speed-ground");
        words.getStyleClass().setAll("speed-words", "figures");
        setAccessibleRole(AccessibleRole.TEXT);
        getChildren().addAll(ground, area, line, words);
        setMinSize(WIDTH + WORDS, HEIGHT);
        setPrefSize(WIDTH + WORDS, HEIGHT);
        setMaxSize(WIDTH + WORDS, HEIGHT);
    }

    void refresh(long now) {
        long[] all = history.all();
        double peak = Math.max(1, history.peak()) * 1.15;
        words.setText(now > 0 ? Formats.speed(now) : "");
        setAccessibleText(Texts.of("downloads.speed", Formats.speed(now)));
        List<PathElement> curve = new ArrayList<>();
        List<PathElement> under = new ArrayList<>();
        if (all.length >= 2) draw(all, peak, curve, under);
        line.getElements().setAll(curve);
        area.getElements().setAll(under);
    }

    private void draw(long[] all, double peak, List<PathElement> curve, List<PathElement> under) {
        int group = Math.max(1, history.capacity() / POINTS);
        under.add(new MoveTo(x(0, all.length), HEIGHT));
        for (int i = 0; i < all.length; i += group) {
            long sum = 0;
            int n = Math.min(group, all.length - i);
            for (int k = i; k < i + n; k++) sum += all[k];
            double px = x(Math.min(all.length - 1, i + n - 1), all.length);
            double py = HEIGHT - 2 - sum / (double) n / peak * (HEIGHT - 4);
            curve.add(i == 0 ? new MoveTo(px, py) : new LineTo(px, py));
            under.add(new LineTo(px, py));
        }
        under.add(new LineTo(WIDTH, HEIGHT));
    }

    private double x(int i, int count) {
        return WIDTH - (count - 1 - i) * WIDTH / (history.capacity() - 1);
    }

    @Override
    protected void layoutChildren() {
        words.resizeRelocate(WIDTH + 8, HEIGHT - 17, WORDS - 8, 16);
    }
}
