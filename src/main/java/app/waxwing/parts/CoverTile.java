package app.waxwing.parts;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.CoverView;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Texts;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.Point2D;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

/// A cover with title and a line under it. The mark sits in a dark disc at the lower right, a play button comes at the lower left on hover or focus.
/// Made once per place and shown again with other facts. FX thread.
public final class CoverTile extends Region {
    /// Height of the words below the cover.
    static final double WORDS = 50;
    private static final PseudoClass DIM = PseudoClass.getPseudoClass("dim");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private final ViewContext ctx;
    private final double edge;
    private final CoverView cover;
    private final Mark mark = new Mark(12, true);
    private final Label title = new Label();
    private final Label subtitle = new Label();
    /// Made when it is first to be seen: most tiles are only looked at.
    private Optional<Button> play = Optional.empty();
    private Optional<TileFacts> facts = Optional.empty();

    /// @param edge of the cover
    public CoverTile(ViewContext ctx, double edge, boolean round) {
        this.ctx = ctx;
        this.edge = edge;
        cover = new CoverView(ctx.desk().covers(), edge, round ? edge / 2 : 10);
        title.getStyleClass().setAll("tile-title");
        subtitle.getStyleClass().setAll("tile-subtitle");
        getStyleClass().addAll("card", "cover-tile");
        if (round) getStyleClass().add("round");
        setAccessibleRole(AccessibleRole.BUTTON);
        getChildren().addAll(cover, mark, title, subtitle);
        hoverProperty().subscribe(this::offerPlay);
        focusVisibleProperty().subscribe(this::offerPlay);
        addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (e.getButton() == MouseButton.PRIMARY) open();
        });
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            if (e.isKeyboardTrigger()) menu();
            else facts.ifPresent(f -> f.menu().apply(ctx).show(this, e.getScreenX(), e.getScreenY()));
            e.consume();
        });
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) {
                if (e.isControlDown()) play();
                else open();
                e.consume();
            }
        });
    }

    public void show(Optional<TileFacts> wanted) {
        facts = wanted;
        TileFacts f = wanted.orElse(null);
        title.setText(f == null ? "" : f.title());
        subtitle.setText(f == null ? "" : f.subtitle());
        cover.show(f == null ? Optional.empty() : f.cover(), f == null ? "" : f.title());
        play.ifPresent(button -> button.setVisible(f != null));
        if (f == null) {
            mark.show(Mark.Kind.NONE);
            setAccessibleText(Texts.of("tracks.loading"));
        } else {
            mark.show(f.mark(), f.part());
            setAccessibleText(f.spoken());
            pseudoClassStateChanged(DIM, Marks.dim(f.availability(), ctx.desk().offline().get()));
        }
    }

    /// The keyboard stands on it.
    public void current(boolean on) {
        pseudoClassStateChanged(CURRENT, on);
        offerPlay(on);
    }

    private void offerPlay(boolean wanted) {
        if (!wanted || play.isPresent()) return;
        Button button = Buttons.icon(Icon.PLAY, Texts.of("menu.play"), this::play);
        button.getStyleClass().add("tile-play");
        button.setFocusTraversable(false);
        button.setVisible(facts.isPresent());
        play = Optional.of(button);
        getChildren().add(2, button);
    }

    public Optional<TileFacts> facts() {
        return facts;
    }

    public void open() {
        facts.ifPresent(f -> ctx.go(f.route()));
    }

    public void play() {
        facts.ifPresent(f -> ctx.actions().play(f.key(), f.title()));
    }

    /// In the middle of the cover.
    void menu() {
        Point2D middle = localToScreen(edge / 2, edge / 2);
        facts.ifPresent(f -> f.menu().apply(ctx).show(this, middle.getX(), middle.getY()));
    }

    @Override
    protected void layoutChildren() {
        double box = mark.prefWidth(-1);
        double inset = getStyleClass().contains("round") ? edge * 0.1 : 8;
        cover.resizeRelocate(0, 0, edge, edge);
        mark.resizeRelocate(edge - inset - box, edge - inset - box, box, box);
        play.ifPresent(button -> button.resizeRelocate(8, edge - 8 - 38, 38, 38));
        title.resizeRelocate(0, edge + 8, edge, 20);
        subtitle.resizeRelocate(0, edge + 28, edge, 18);
    }

    @Override
    protected double computePrefWidth(double height) {
        return edge;
    }

    @Override
    protected double computePrefHeight(double width) {
        return edge + WORDS;
    }

    @Override
    protected double computeMinWidth(double height) {
        return edge;
    }

    @Override
    protected double computeMinHeight(double width) {
        return edge + WORDS;
    }

    @Override
    protected double computeMaxWidth(double height) {
        return edge;
    }
}
