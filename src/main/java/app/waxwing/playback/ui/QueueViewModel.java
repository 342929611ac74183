package app.waxwing.playback.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library;
import app.waxwing.library.Track;
import app.waxwing.library.UserState;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.playback.PlayerState.Entry;
import app.waxwing.playback.ui.QueueRow.Heading;
import app.waxwing.playback.ui.QueueRow.Item;
import app.waxwing.playback.ui.QueueRow.Place;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The queue in playing order: what plays, then blocks of the user's own and of the source, each under its caption.
public final class QueueViewModel implements AutoCloseable {
    /// How far ahead the rows' marks are read anew after a change.
    private static final int FRESH = 60;
    private final Player player;
    private final Library library;
    private final UserState userState;
    private final Notices notices;
    private final Executor fx;
    private final ObservableList<QueueRow> rows = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper total = new ReadOnlyStringWrapper("");
    private final BooleanProperty showPlayed = new SimpleBooleanProperty();
    private final Map<ItemKey, Track> fresh = new HashMap<>();
    private final Subscription subscriptions;

    public QueueViewModel(Player player, Library library, UserState userState, Notices notices, Executor fx) {
        this.player = player;
        this.library = library;
        this.userState = userState;
        this.notices = notices;
        this.fx = fx;
        Runnable read = Fx.conflated(fx, this::read);
        Runnable marks = Fx.conflated(fx, this::readMarks);
        subscriptions = player.changes().subscribe(_ -> read.run()).and(library.changes().subscribe(change -> {
            if (change != Library.Change.PLAYLISTS) marks.run();
        }));
        showPlayed.subscribe(_ -> build());
        read();
    }

    // ---- properties

    public ObservableList<QueueRow> rows() {
        return rows;
    }

    /// «12 tracks · 48 min».
    public ReadOnlyStringProperty totalProperty() {
        return total.getReadOnlyProperty();
    }

    public BooleanProperty showPlayedProperty() {
        return showPlayed;
    }

    /// Rows can be moved: not while shuffled, where the order is the shuffle's.
    public boolean movable() {
        return !player.state().shuffle();
    }

    // ---- commands

    public void jump(Item item) {
        player.jump(item.index());
    }

    public void remove(List<Item> items) {
        if (items.isEmpty()) return;
        player.remove(items.stream().map(Item::index).toList());
        notices.say(Texts.count("queue.removed", items.size()), Texts.of("undo"), this::undo);
    }

    /// Puts an item where another one is.
    public void move(Item item, Item to) {
        if (movable() && item.index() != to.index()) player.move(item.index(), to.index());
    }

    /// Right after what plays.
    public void moveToTop(Item item) {
        int now = player.state().index();
        int to = item.index() <= now ? now : now + 1;
        if (movable() && item.index() != to) player.move(item.index(), to);
    }

    public void moveBy(Item item, int by) {
        int to = item.index() + by;
        if (movable() && to >= 0 && to < player.state().queue().size()) player.move(item.index(), to);
    }

    public void clear() {
        if (player.state().queue().isEmpty()) return;
        player.clear();
        notices.say(Texts.of("queue.cleared"), Texts.of("undo"), this::undo);
    }

    public void undo() {
        Fx.on(fx, player.undo(), done -> {
            if (!done) notices.say(Texts.of("queue.nothing.undo"));
        }, notices::failed);
    }

    public void redo() {
        Fx.on(fx, player.redo(), _ -> {}, notices::failed);
    }

    public void favourite(Item item, boolean wanted) {
        Fx.on(fx, userState.favourite(ItemKind.TRACK, item.track().key(), wanted), _ -> {}, notices::failed);
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    private void read() {
        build();
        readMarks();
    }

    private void build() {
        PlayerState state = player.state();
        List<Entry> queue = state.queue();
        var next = new ArrayList<QueueRow>(queue.size() + 4);
        var ahead = new HashSet<>(state.upcoming());
        List<Integer> played = new ArrayList<>();
        for (int i = 0; i < queue.size(); i++) if (i != state.index() && !ahead.contains(i)) played.add(i);
        if (!played.isEmpty()) {
            next.add(new Heading(Texts.of("queue.played"), Formats.count(played.size()), true));
            if (showPlayed.get()) for (int i : played) next.add(item(queue, i, Place.PLAYED));
        }
        if (state.index() >= 0 && state.index() < queue.size()) {
            next.add(new Heading(Texts.of("queue.now"), "", false));
            next.add(item(queue, state.index(), Place.NOW));
        }
        String ready = ready(state);
        boolean first = true;
        for (int n = 0; n < state.upcoming().size(); n++) {
            int i = state.upcoming().get(n);
            boolean own = queue.get(i).byUser();
            if (n == 0 || own != queue.get(state.upcoming().get(n - 1)).byUser()) {
                String words = own
                        ? Texts.of("queue.next")
                        : state.sourceTitle().isBlank()
                                ? Texts.of("queue.from.plain")
                                : Texts.of("queue.from", state.sourceTitle().toUpperCase(java.util.Locale.ROOT));
                boolean carries = first
                        && (!own || n + 1 == state.upcoming().size() || state.upcoming().stream().allMatch(u -> queue.get(u).byUser()));
                next.add(new Heading(words, carries ? ready : "", false));
                if (carries) first = false;
            }
            next.add(item(queue, i, Place.AHEAD));
        }
        if (!next.equals(rows)) rows.setAll(next);
        Duration length = queue.stream().map(e -> e.track().duration().orElse(Duration.ZERO)).reduce(Duration.ZERO, Duration::plus);
        total.set(queue.isEmpty() ? "" : Texts.count("queue.total", queue.size(), Formats.total(length)));
    }

    private Item item(List<Entry> queue, int i, Place place) {
        Entry entry = queue.get(i);
        Track track = fresh.getOrDefault(entry.track().key(), entry.track());
        return new Item(i, entry.entry(), track, place, track.availability().playableOffline());
    }

    /// How many of the next ones play without the network, unbroken from the first.
    private String ready(PlayerState state) {
        int n = 0;
        for (int i : state.upcoming()) {
            Track track = state.queue().get(i).track();
            if (!fresh.getOrDefault(track.key(), track).availability().playableOffline()) break;
            n++;
        }
        return n == 0 ? "" : Texts.count("queue.ready", n);
    }

    private void readMarks() {
        PlayerState state = player.state();
        if (state.queue().isEmpty()) return;
        List<ItemKey> keys = new ArrayList<>();
        state.current().ifPresent(t -> keys.add(t.key()));
        state.upcoming().stream().limit(FRESH).map(i -> state.queue().get(i).track().key()).distinct().forEach(keys::add);
        Fx.on(fx, library.tracks(keys), tracks -> {
            fresh.clear();
            for (Track track : tracks) fresh.put(track.key(), track);
            build();
        }, _ -> {});
    }
}
