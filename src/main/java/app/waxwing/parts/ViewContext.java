package app.waxwing.parts;

import app.waxwing.account.Accounts;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.KeepSet;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Route;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.library.UserState;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import java.util.Optional;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;

/// What every page gets: the façades, the desk of the window, and what is derived from both once for all pages. One for the window; FX thread,
/// except [#close].
public final class ViewContext implements AutoCloseable {
    /// What is loaded in the player, for the row that plays.
    public record NowPlaying(Optional<ItemKey> track, boolean sounding) {}

    private final Desk desk;
    private final Time time;
    private final Library library;
    private final UserState userState;
    private final Player player;
    private final DownloadEngine downloads;
    private final KeepSet keep;
    private final Accounts accounts;
    private final Keeping keeping;
    private final Actions actions;
    private final ActivitySampler sampler;
    private final ObservableMap<String, Object> memory = FXCollections.observableHashMap();
    private final ReadOnlyObjectWrapper<NowPlaying> nowPlaying = new ReadOnlyObjectWrapper<>(new NowPlaying(Optional.empty(), false));
    private final Subscription ends;

    public ViewContext(Desk desk, Time time, Library library, UserState userState, Player player, DownloadEngine downloads, KeepSet keep,
            Accounts accounts) {
        this.desk = desk;
        this.time = time;
        this.library = library;
        this.userState = userState;
        this.player = player;
        this.downloads = downloads;
        this.keep = keep;
        this.accounts = accounts;
        keeping = new Keeping(library, keep, downloads, accounts);
        sampler = new ActivitySampler(downloads, time, desk.fx());
        actions = new Actions(this);
        follow(player.state());
        ends = player.changes().subscribe(state -> desk.fx().execute(() -> follow(state)));
    }

    private void follow(PlayerState state) {
        var now = new NowPlaying(state.current().map(Track::key), state.phase() == PlayerState.Phase.PLAYING);
        if (!now.equals(nowPlaying.get())) nowPlaying.set(now);
    }

    public Desk desk() {
        return desk;
    }

    public Executor fx() {
        return desk.fx();
    }

    public Time time() {
        return time;
    }

    public Library library() {
        return library;
    }

    public UserState userState() {
        return userState;
    }

    public Player player() {
        return player;
    }

    public DownloadEngine downloads() {
        return downloads;
    }

    public KeepSet keepSet() {
        return keep;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Keeping keeping() {
        return keeping;
    }

    public Actions actions() {
        return actions;
    }

    public ActivitySampler sampler() {
        return sampler;
    }

    public ReadOnlyObjectProperty<NowPlaying> nowPlaying() {
        return nowPlaying.getReadOnlyProperty();
    }

    public boolean playableOnly() {
        return desk.playableOnly().get();
    }

    public void go(Route route) {
        desk.navigation().go(route);
    }

    /// What pages remember while the window lives: scroll positions, chosen columns, orders.
    public ObservableMap<String, Object> memory() {
        return memory;
    }

    @Override
    public void close() {
        ends.close();
    }
}
