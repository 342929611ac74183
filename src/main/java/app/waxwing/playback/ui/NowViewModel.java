package app.waxwing.playback.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.library.UserState;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.playback.PlayerState.Source;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The player as the window sees it; one for bar and side panel. The position is not here twice: whoever shows it asks [#position] when it samples.
public final class NowViewModel implements AutoCloseable {
    private final Player player;
    private final Library library;
    private final UserState userState;
    private final Notices notices;
    private final Executor fx;
    private final ReadOnlyObjectWrapper<PlayerState> state;
    private final ReadOnlyObjectWrapper<Optional<Track>> track = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper favourite = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper playing = new ReadOnlyBooleanWrapper();
    private final Subscription subscriptions;
    private int loudBeforeMute = 60;
    private Optional<Failure> told = Optional.empty();

    public NowViewModel(Player player, Library library, UserState userState, Notices notices, Executor fx) {
        this.player = player;
        this.library = library;
        this.userState = userState;
        this.notices = notices;
        this.fx = fx;
        state = new ReadOnlyObjectWrapper<>(player.state());
        Runnable read = Fx.conflated(fx, this::read);
        Runnable refresh = Fx.conflated(fx, this::refresh);
        subscriptions = player.changes().subscribe(_ -> read.run()).and(library.changes().subscribe(change -> {
            if (change == Library.Change.USER_STATE || change == Library.Change.AVAILABILITY) refresh.run();
        }));
        read();
    }

    // ---- properties

    public ReadOnlyObjectProperty<PlayerState> stateProperty() {
        return state.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Track>> trackProperty() {
        return track.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty favouriteProperty() {
        return favourite.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty playingProperty() {
        return playing.getReadOnlyProperty();
    }

    public Duration position() {
        return player.position();
    }

    public Duration length() {
        return track.get().flatMap(Track::duration).orElse(Duration.ZERO);
    }

    /// 0–1; 0 where the length is unknown.
    public double part() {
        return partOf(player.position());
    }

    public double bufferedPart() {
        return state.get().source().filter(s -> s != Source.STREAM).isPresent() ? 1 : partOf(player.buffered());
    }

    private double partOf(Duration where) {
        long whole = length().toMillis();
        return whole <= 0 ? 0 : Math.clamp((double) where.toMillis() / whole, 0, 1);
    }

    /// «FLAC · local», where there is a source.
    public Optional<String> sourceWords() {
        return state.get().source().map(s -> Texts.of("source." + word(s), format(track.get())));
    }

    public Optional<String> sourceTip() {
        return state.get().source().map(s -> Texts.of("source." + word(s) + ".tip"));
    }

    static String word(Source source) {
        return source.name().toLowerCase(Locale.ROOT);
    }

    static String format(Optional<Track> track) {
        return track.flatMap(Track::container).map(c -> c.toUpperCase(Locale.ROOT)).orElse(Texts.of("source.unknown"));
    }

    // ---- commands

    public void toggle() {
        player.toggle();
    }

    public void next() {
        player.next();
    }

    public void previous() {
        player.previous();
    }

    /// To this part of the track, 0–1.
    public void seekTo(double part) {
        player.seek(Duration.ofMillis((long) (length().toMillis() * part)));
    }

    public void seekBy(Duration step) {
        if (track.get().isEmpty()) return;
        Duration to = player.position().plus(step);
        player.seek(to.isNegative() ? Duration.ZERO : to.compareTo(length()) > 0 && !length().isZero() ? length() : to);
    }

    public void volume(int percent) {
        player.volume(Math.clamp(percent, 0, 100));
    }

    public void louder(int by) {
        volume(state.get().volume() + by);
    }

    public void mute() {
        int now = state.get().volume();
        if (now > 0) {
            loudBeforeMute = now;
            player.volume(0);
        } else player.volume(loudBeforeMute);
    }

    public void toggleShuffle() {
        player.shuffle(!state.get().shuffle());
    }

    public void cycleRepeat() {
        player.repeat(switch (state.get().repeat()) {
            case OFF -> Player.Repeat.ALL;
            case ALL -> Player.Repeat.ONE;
            case ONE -> Player.Repeat.OFF;
        });
    }

    /// Turns at once; kept here and sent when the server is there.
    public void toggleFavourite() {
        track.get().ifPresent(t -> {
            boolean wanted = !favourite.get();
            favourite.set(wanted);
            Fx.on(fx, userState.favourite(ItemKind.TRACK, t.key(), wanted), _ -> {}, failure -> {
                favourite.set(!wanted);
                notices.failed(failure);
            });
        });
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    private void read() {
        PlayerState now = player.state();
        Optional<Track> before = track.get();
        Optional<Track> after = now.current();
        if (!before.map(Track::key).equals(after.map(Track::key))) {
            track.set(after);
            favourite.set(after.map(Track::favourite).orElse(false));
            if (after.isPresent()) refresh();
        }
        state.set(now);
        playing.set(now.phase() == Phase.PLAYING);
        if (now.failure().isPresent() && !now.failure().equals(told)) {
            notices.failed(Texts.of("bar.unplayable", after.map(Track::title).orElse(""), FailureWords.sentence(now.failure().get())));
        }
        told = now.failure();
    }

    /// The queue holds tracks as they were when they were put in; the library knows them as they are.
    private void refresh() {
        track.get().ifPresent(asked -> Fx.on(fx, library.track(asked.key()), fresh -> {
            if (fresh.isEmpty() || !track.get().map(Track::key).equals(Optional.of(asked.key()))) return;
            track.set(fresh);
            favourite.set(fresh.get().favourite());
        }, _ -> {}));
    }
}
