package app.waxwing.playback.ui;

import app.waxwing.base.Subscription;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.library.Lyrics;
import app.waxwing.playback.ui.LyricsViewModel.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.animation.Interpolator;
import javafx.animation.KeyFrame;
import javafx.animation.KeyValue;
import javafx.animation.Timeline;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Bounds;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The words panel: the line that is sung is larger and stays in the middle; a click on a line goes there. Scrolling by hand stops the following
/// until it is asked for again.
public final class LyricsView extends StackPane {
    private static final PseudoClass SUNG = PseudoClass.getPseudoClass("sung");
    private static final PseudoClass NEAR = PseudoClass.getPseudoClass("near");
    private final LyricsViewModel model;
    private final Theme theme;
    private final VBox box = new VBox();
    private final ScrollPane scroll = new ScrollPane(box);
    private final Button follow;
    private final BooleanProperty following = new SimpleBooleanProperty(true);
    private final List<Label> lines = new ArrayList<>();
    private final Timeline glide = new Timeline();
    private final Subscription sampling;

    public LyricsView(LyricsViewModel model, NowViewModel now, Theme theme) {
        this.model = model;
        this.theme = theme;
        getStyleClass().add("lyrics");
        box.getStyleClass().add("lyrics-lines");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        follow = Buttons.quiet(Texts.of("lyrics.follow"), () -> following.set(true));
        follow.getStyleClass().add("small");
        StackPane.setAlignment(follow, Pos.BOTTOM_CENTER);
        scroll.addEventFilter(ScrollEvent.SCROLL, _ -> following.set(false));
        following.subscribe(on -> {
            if (on) centre();
        });
        model.wordsProperty().subscribe(this::show);
        model.lineProperty().subscribe(_ -> mark());
        var onScreen = Fx.showing(this);
        onScreen.subscribe(model::wanted);
        sampling = Fx.sample(Duration.ofMillis(120), Bindings.and(now.playingProperty(), onScreen), model::sample);
    }

    private void show(Words words) {
        lines.clear();
        box.getChildren().clear();
        getChildren().clear();
        following.set(true);
        switch (words) {
            case Words.Nothing _ ->
                getChildren().add(new EmptyState(Icon.LYRICS, Texts.of("lyrics.nothing"), Texts.of("lyrics.nothing.help")));
            case Words.None _ -> getChildren().add(new EmptyState(Icon.LYRICS, Texts.of("lyrics.none"), Texts.of("lyrics.none.help")));
            case Words.Failed failed -> getChildren().add(new EmptyState(Icon.FAILED, Texts.of("lyrics.failed"), failed.why(),
                    Buttons.quiet(Icon.RETRY, Texts.of("try.again"), model::again)));
            case Words.Loading _ -> {
                var wait = new Label(Texts.of("lyrics.loading"));
                wait.getStyleClass().add("secondary");
                getChildren().add(wait);
            }
            case Words.Lines some -> {
                for (Lyrics.Line line : some.lines()) box.getChildren().add(line(line, some.timed()));
                box.pseudoClassStateChanged(PseudoClass.getPseudoClass("timed"), some.timed());
                getChildren().addAll(scroll, follow);
                scroll.setVvalue(0);
                follow.visibleProperty().bind(following.not().and(Bindings.createBooleanBinding(some::timed)));
                mark();
            }
        }
    }

    private Node line(Lyrics.Line line, boolean timed) {
        var label = new Label(line.text().isBlank() ? "·" : line.text());
        label.setWrapText(true);
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().add("lyrics-line");
        if (timed) {
            label.setFocusTraversable(true);
            label.getStyleClass().add("focusable");
            label.setOnMouseClicked(_ -> model.seekTo(line));
            label.setOnKeyPressed(e -> {
                if (e.getCode() == KeyCode.ENTER) model.seekTo(line);
            });
        }
        lines.add(label);
        return label;
    }

    private void mark() {
        int at = model.lineProperty().get();
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).pseudoClassStateChanged(SUNG, i == at);
            lines.get(i).pseudoClassStateChanged(NEAR, i != at && Math.abs(i - at) <= 2);
        }
        centre();
    }

    private void centre() {
        int at = model.lineProperty().get();
        if (!following.get() || at < 0 || at >= lines.size()) return;
        scroll.applyCss();
        scroll.layout();
        double height = box.getHeight() - scroll.getViewportBounds().getHeight();
        if (height <= 0) return;
        Bounds line = lines.get(at).getBoundsInParent();
        double wanted = Math.clamp((line.getCenterY() - scroll.getViewportBounds().getHeight() / 2) / height, 0, 1);
        glide.stop();
        glide.getKeyFrames().setAll(new KeyFrame(theme.motion(180), new KeyValue(scroll.vvalueProperty(), wanted, Interpolator.EASE_OUT)));
        glide.play();
    }

    /// Ends what this view listens to.
    public void close() {
        glide.stop();
        sampling.close();
        model.close();
    }
}
