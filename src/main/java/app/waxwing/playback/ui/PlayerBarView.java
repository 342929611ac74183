package app.waxwing.playback.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.CoverView;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Route;
import app.waxwing.kit.Scrubber;
import app.waxwing.kit.Texts;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.playback.PlayerState.Phase;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;

/// The bar at the foot of the window: what plays, the transport over the seek bar, source and volume.
public final class PlayerBarView extends Region {
    private final NowViewModel model;
    private final Desk desk;
    private final CoverView cover;
    private final Hyperlink title = Buttons.link("", () -> {});
    private final Hyperlink artist = Buttons.link("", () -> {});
    private final Hyperlink album = Buttons.link("", () -> {});
    private final Label between = new Label(" · ");
    private final Button heart;
    private final FontIcon heartIcon = Icons.of(Icon.FAVOURITE, 16);
    private final ToggleButton shuffle = Buttons.toggle(Icon.SHUFFLE, "");
    private final ToggleButton repeat = Buttons.toggle(Icon.REPEAT, "");
    private final Label repeatOne = new Label("1");
    private final FontIcon playIcon = Icons.of(Icon.PLAY, 20);
    private final Button play;
    private final Button previous;
    private final Button next;
    private final Label elapsed = time();
    private final Label length = time();
    private final Scrubber seek = new Scrubber("seek", Texts.of("bar.seek"), false);
    private final Label source = new Label();
    private final Mark sourceMark = new Mark(12, false);
    private final Button mute;
    private final FontIcon muteIcon = Icons.of(Icon.VOLUME, 17);
    private final Scrubber volume = new Scrubber("volume", Texts.of("bar.volume"), true);
    private final HBox left;
    private final VBox middle;
    private final HBox right;
    private final Subscription sampling;
    private boolean dragging;

    /// @param panel buttons that open the side panel's tabs
    public PlayerBarView(NowViewModel model, Desk desk, Node... panel) {
        this.model = model;
        this.desk = desk;
        getStyleClass().add("player-bar");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText(Texts.of("bar.label"));
        cover = new CoverView(desk.covers(), 56, 8);
        heart = Buttons.icon(Icon.FAVOURITE, Texts.of("bar.favourite.off"), model::toggleFavourite);
        heart.setGraphic(heartIcon);
        heart.getStyleClass().add("heart");
        play = Buttons.icon(Icon.PLAY, Texts.of("bar.play"), model::toggle);
        play.getStyleClass().add("play-button");
        play.setGraphic(playIcon);
        previous = Buttons.icon(Icon.PREVIOUS, Texts.of("bar.previous"), model::previous);
        next = Buttons.icon(Icon.NEXT, Texts.of("bar.next"), model::next);
        mute = Buttons.icon(Icon.VOLUME, Texts.of("bar.mute"), model::mute);
        mute.setGraphic(muteIcon);
        left = left();
        middle = middle();
        right = right(panel);
        getChildren().addAll(left, middle, right);
        bind();
        sampling = Fx.sample(Duration.ofMillis(200), Bindings.and(model.playingProperty(), Fx.showing(this)), this::sample);
    }

    private HBox left() {
        title.getStyleClass().add("bar-title");
        artist.getStyleClass().add("secondary");
        album.getStyleClass().add("secondary");
        between.getStyleClass().add("secondary");
        // The album's name gives way first.
        album.setMinWidth(0);
        title.setMinWidth(24);
        var second = new HBox(artist, between, album);
        second.setAlignment(Pos.CENTER_LEFT);
        var words = new VBox(2, title, second);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(0);
        artist.minWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.min(artist.prefWidth(-1), words.getWidth() * (words.getWidth() < 170 ? 1 : 0.78)),
                        words.widthProperty(), artist.textProperty(), artist.fontProperty()));
        var box = new HBox(14, cover, words, heart);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private VBox middle() {
        repeatOne.getStyleClass().add("repeat-one");
        repeatOne.setMouseTransparent(true);
        shuffle.setOnAction(_ -> model.toggleShuffle());
        repeat.setOnAction(_ -> model.cycleRepeat());
        var buttons = new HBox(8, shuffle, previous, play, next, new StackPane(repeat, repeatOne));
        buttons.setAlignment(Pos.CENTER);
        StackPane.setAlignment(repeatOne, Pos.TOP_RIGHT);
        HBox.setHgrow(seek, Priority.ALWAYS);
        elapsed.setAlignment(Pos.CENTER_RIGHT);
        var line = new HBox(10, elapsed, seek, length);
        line.setAlignment(Pos.CENTER);
        line.setMaxWidth(600);
        seek.words(v -> Texts.of("bar.position", Formats.time(at(v)), Formats.time(model.length())));
        seek.onDragging(v -> {
            dragging = true;
            elapsed.setText(Formats.time(at(v)));
        });
        seek.onChosen(v -> {
            dragging = false;
            model.seekTo(v);
            elapsed.setText(Formats.time(at(v)));
        });
        var box = new VBox(4, buttons, line);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private HBox right(Node... panel) {
        source.getStyleClass().addAll("chip", "source-chip");
        source.setMinWidth(Region.USE_PREF_SIZE);
        volume.setPrefWidth(92);
        volume.setMaxWidth(92);
        volume.step(0.05);
        volume.words(v -> Texts.of("bar.volume.value", Math.round(v * 100)));
        volume.onChosen(v -> model.volume((int) Math.round(v * 100)));
        volume.setOnScroll(e -> model.louder(e.getDeltaY() > 0 ? 4 : -4));
        var tabs = new HBox(2, panel);
        tabs.setAlignment(Pos.CENTER);
        var loud = new HBox(2, mute, volume);
        loud.setAlignment(Pos.CENTER);
        var box = new HBox(10, source, tabs, loud);
        box.setAlignment(Pos.CENTER_RIGHT);
        return box;
    }

    private void bind() {
        model.trackProperty().subscribe(this::track);
        model.stateProperty().subscribe(this::state);
        model.favouriteProperty().subscribe(on -> {
            Icons.set(heartIcon, on ? Icon.FAVOURITE_ON : Icon.FAVOURITE);
            heart.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("on"), on);
            Buttons.name(heart, Texts.of(on ? "bar.favourite.on" : "bar.favourite.off"));
        });
        cover.setOnMouseClicked(_ -> goAlbum());
        title.setOnAction(_ -> goAlbum());
        album.setOnAction(_ -> goAlbum());
        artist.setOnAction(_ -> model.trackProperty().get().ifPresent(t -> t.artistId()
                .ifPresent(id -> desk.navigation().go(new Route.ArtistRoute(new ItemKey(t.key().account(), id))))));
    }

    private void goAlbum() {
        model.trackProperty().get().ifPresent(t -> t.albumId()
                .ifPresent(id -> desk.navigation().go(new Route.AlbumRoute(new ItemKey(t.key().account(), id)))));
    }

    private void track(Optional<Track> now) {
        boolean any = now.isPresent();
        cover.show(now.flatMap(Track::cover), now.map(Track::album).orElse(""));
        cover.setVisible(any);
        cover.setManaged(any);
        title.setText(now.map(Track::title).orElse(Texts.of("bar.nothing")));
        artist.setText(now.map(Track::artist).orElse(Texts.of("bar.nothing.help")));
        title.setDisable(!any);
        artist.setDisable(!any);
        String name = now.map(Track::album).orElse("");
        album.setText(name);
        album.setVisible(!name.isBlank());
        album.setManaged(!name.isBlank());
        between.setVisible(!name.isBlank());
        between.setManaged(!name.isBlank());
        heart.setVisible(any);
        seek.setDisable(!any);
        next.setDisable(!any);
        previous.setDisable(!any);
        length.setText(any ? Formats.time(model.length()) : "");
        long seconds = model.length().toSeconds();
        seek.step(seconds > 0 ? Math.min(0.1, 5.0 / seconds) : 0.05);
        sample();
    }

    private void state(PlayerState now) {
        boolean playing = now.phase() == Phase.PLAYING || now.phase() == Phase.LOADING;
        Icons.set(playIcon, playing ? Icon.PAUSE : Icon.PLAY);
        Buttons.name(play, Texts.of(now.phase() == Phase.LOADING ? "bar.loading" : playing ? "bar.pause" : "bar.play"));
        play.setDisable(now.queue().isEmpty());
        play.setOpacity(now.phase() == Phase.LOADING ? 0.6 : 1);
        shuffle.setSelected(now.shuffle());
        Buttons.name(shuffle, Texts.of(now.shuffle() ? "bar.shuffle.on" : "bar.shuffle.off"));
        repeat.setSelected(now.repeat() != Player.Repeat.OFF);
        repeatOne.setVisible(now.repeat() == Player.Repeat.ONE);
        Buttons.name(repeat, Texts.of("bar.repeat." + now.repeat().name().toLowerCase(java.util.Locale.ROOT)));
        volume.show(now.volume() / 100.0);
        Icons.set(muteIcon, now.volume() == 0 ? Icon.MUTED : now.volume() < 40 ? Icon.VOLUME_LOW : Icon.VOLUME);
        Buttons.name(mute, Texts.of(now.volume() == 0 ? "bar.unmute" : "bar.mute"));
        source.setVisible(now.source().isPresent());
        model.sourceWords().ifPresent(source::setText);
        model.sourceTip().ifPresent(tip -> source.setTooltip(new Tooltip(tip)));
        sourceMark.show(now.source().map(s -> switch (s) {
            case LOCAL -> Mark.Kind.KEPT;
            case CACHED -> Mark.Kind.CACHED;
            case STREAM -> Mark.Kind.NONE;
        }).orElse(Mark.Kind.NONE));
        source.setGraphic(sourceMark.kind() == Mark.Kind.NONE ? null : sourceMark);
        sample();
    }

    private void sample() {
        seek.show(model.part());
        seek.showAhead(model.trackProperty().get().isPresent() ? model.bufferedPart() : 0);
        if (dragging) return;
        String now = model.trackProperty().get().isPresent() ? Formats.time(model.position()) : "";
        if (!now.equals(elapsed.getText())) elapsed.setText(now);
    }

    private Duration at(double part) {
        return Duration.ofMillis((long) (model.length().toMillis() * part));
    }

    private static Label time() {
        var label = new Label();
        label.getStyleClass().addAll("figures", "bar-time");
        return label;
    }

    /// Three zones: the outer two as wide as the window allows, never wider than 340.
    @Override
    protected void layoutChildren() {
        double w = getWidth();
        double h = getHeight();
        double outer = Math.clamp(w * 0.285, 220, 400);
        boolean wide = w >= 1150;
        source.setManaged(wide && source.isVisible());
        source.setOpacity(wide ? 1 : 0);
        double pad = 20;
        // No room for two names: the artist's is the one that stays.
        between.setOpacity(outer < 300 ? 0 : 1);
        album.setOpacity(outer < 300 ? 0 : 1);
        left.resizeRelocate(pad, 0, outer - pad, h);
        right.resizeRelocate(w - outer, 0, outer - pad, h);
        double room = w - 2 * outer - 2 * pad;
        double inner = Math.min(600, room);
        middle.resizeRelocate(Math.round((w - inner) / 2), 0, inner, h);
    }

    @Override
    protected double computePrefHeight(double width) {
        return 88;
    }

    /// Ends what this view listens to.
    public void close() {
        sampling.close();
    }
}
