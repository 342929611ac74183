package app.waxwing.shell;

import app.waxwing.kit.Theme;
import java.util.List;
import java.util.function.Consumer;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.css.PseudoClass;
import javafx.scene.Cursor;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;

/// Where the parts of the window lie: rail and top bar, page, side panel, player bar. Below 1,120 the rail folds by itself; below 1,040 the side panel
/// lies over the page instead of beside it.
final class WindowFrame extends Region {
    static final double BAR = 88;
    static final double TOP = 56;
    private static final double RAIL_FOLDS = 1120;
    private static final double PANEL_FLOATS = 1040;
    private static final PseudoClass FLOATING = PseudoClass.getPseudoClass("floating");
    private final RailView rail;
    private final Region top;
    private final Region page;
    private final Node toasts;
    private final Region panel;
    private final Region bar;
    private final Region grip = new Region();
    private final Rectangle pageClip = new Rectangle();
    private final BooleanProperty panelOpen = new SimpleBooleanProperty(true);
    private final BooleanProperty railWanted = new SimpleBooleanProperty();
    private final DoubleProperty panelWidth = new SimpleDoubleProperty(320);
    private final DoubleProperty railNow = new SimpleDoubleProperty(224);
    private final DoubleProperty panelNow = new SimpleDoubleProperty(1);
    private final Theme theme;
    private final Timeline motion = new Timeline();
    private boolean narrow;
    private boolean floats;
    private boolean panelWanted;

    WindowFrame(Theme theme, RailView rail, Region top, Region page, Region toasts, Region panel, Region bar) {
        this.theme = theme;
        this.rail = rail;
        this.top = top;
        this.page = page;
        this.toasts = toasts;
        this.panel = panel;
        this.bar = bar;
        getStyleClass().add("window");
        grip.getStyleClass().add("panel-grip");
        grip.setCursor(Cursor.H_RESIZE);
        grip.setOnMouseDragged(e -> {
            panelWidth.set(Math.clamp(getWidth() - e.getSceneX(), 280, 480));
            requestLayout();
            e.consume();
        });
        page.setClip(pageClip);
        getChildren().addAll(page, toasts, top, panel, grip, rail, bar);
        rail.foldedProperty().subscribe(_ -> move());
        panelOpen.subscribe(_ -> move());
        for (var each : new DoubleProperty[]{railNow, panelNow, panelWidth}) each.subscribe(_ -> requestLayout());
        widthProperty().subscribe(w -> adapt(w.doubleValue()));
    }

    /// Gives one half of the parts after the other its first style, unseen: all at once take long in a program that just began. More than two steps would
    /// make the picture wait for the frames between them.
    ///
    /// @param soon runs a task when keys that were pressed meanwhile are answered
    /// @param then runs in the end
    void dress(Consumer<Runnable> soon, Runnable then) {
        List<Node> parts = List.copyOf(getChildren());
        int half = parts.indexOf(top) + 1;
        getChildren().retainAll(parts.subList(0, half));
        setVisible(false);
        soon.accept(() -> {
            applyCss();
            soon.accept(() -> {
                getChildren().addAll(parts.subList(half, parts.size()));
                applyCss();
                then.run();
            });
        });
    }

    BooleanProperty panelOpenProperty() {
        return panelOpen;
    }

    DoubleProperty panelWidthProperty() {
        return panelWidth;
    }

    /// Whether the panel is wanted where there is room for it.
    boolean panelWanted() {
        return floats ? panelWanted : panelOpen.get();
    }

    /// What the user wants where there is room.
    BooleanProperty railFoldedProperty() {
        return railWanted;
    }

    /// Where notices show again that showed elsewhere while this was hidden.
    void takeToasts() {
        getChildren().add(getChildren().indexOf(page) + 1, toasts);
    }

    private void adapt(double width) {
        if (width <= 0) return;
        boolean tight = width < PANEL_FLOATS;
        if (tight && !floats) {
            panelWanted = panelOpen.get();
            floats = true;
            panelOpen.set(false);
        } else if (!tight && floats) {
            floats = false;
            if (panelWanted) panelOpen.set(true);
        }
        boolean now = width < RAIL_FOLDS;
        if (now && !narrow) {
            railWanted.set(rail.foldedProperty().get());
            narrow = true;
            rail.foldedProperty().set(true);
        } else if (!now && narrow) {
            narrow = false;
            rail.foldedProperty().set(railWanted.get());
        }
    }

    private void move() {
        if (!narrow) railWanted.set(rail.foldedProperty().get());
        motion.stop();
        double railTo = rail.wantedWidth();
        double panelTo = panelOpen.get() ? 1 : 0;
        if (panelOpen.get()) panel.setVisible(true);
        if (getScene() == null || getWidth() <= 0) {
            railNow.set(railTo);
            panelNow.set(panelTo);
            return;
        }
        motion.getKeyFrames().setAll(new KeyFrame(theme.motion(160), new KeyValue(railNow, railTo, Interpolator.EASE_OUT),
                new KeyValue(panelNow, panelTo, Interpolator.EASE_OUT)));
        motion.play();
    }

    @Override
    protected void layoutChildren() {
        double w = getWidth();
        double h = getHeight();
        double left = Math.round(railNow.get());
        double body = h - BAR;
        boolean floating = w < PANEL_FLOATS;
        double wide = panelWidth.get();
        double shown = Math.round(wide * panelNow.get());
        rail.resizeRelocate(0, 0, left, body);
        top.resizeRelocate(left, 0, w - left, TOP);
        double pageWidth = floating ? w - left : w - left - shown;
        page.resizeRelocate(left, TOP, pageWidth, body - TOP);
        pageClip.setWidth(pageWidth);
        pageClip.setHeight(body - TOP);
        if (toasts.getParent() == this) toasts.resizeRelocate(left, TOP, pageWidth, body - TOP);
        panel.pseudoClassStateChanged(FLOATING, floating);
        panel.setVisible(shown > 0);
        panel.resizeRelocate(w - shown, TOP, wide, body - TOP);
        grip.setVisible(shown > 0);
        grip.resizeRelocate(w - shown - 3, TOP, 6, body - TOP);
        bar.resizeRelocate(0, body, w, BAR);
    }
}
