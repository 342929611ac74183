package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Navigation;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Library;
import app.waxwing.library.Playlist;
import app.waxwing.library.SearchHits;
import app.waxwing.library.ShownServers;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Search over everything as one types, grouped, with commands; the choice moves over the hits and skips the captions.
public final class QuickSearchViewModel {
    /// A row of the overlay.
    public sealed interface Row {
        record Caption(String words) implements Row {}

        record OfArtist(Artist artist) implements Row {}

        record OfAlbum(Album album) implements Row {}

        record OfTrack(Track track) implements Row {}

        record OfPlaylist(Playlist playlist) implements Row {}

        record OfCommand(String words, app.waxwing.kit.Icon icon, String keys, Runnable run) implements Row {}

        record All(String text) implements Row {}

        /// Was looked for before.
        record Before(String text) implements Row {}

        /// Clears what was looked for.
        record Forget() implements Row {}
    }

    private static final SearchHits NOTHING = new SearchHits(List.of(), List.of(), List.of(), List.of());
    private static final int EACH = 4;
    private static final int BEFORE = 6;
    private final Executor fx;
    private final ObservableList<Row> rows = FXCollections.observableArrayList();
    private final ReadOnlyIntegerWrapper chosen = new ReadOnlyIntegerWrapper(-1);
    private final ReadOnlyStringWrapper none = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private Optional<Sources> sources = Optional.empty();
    private String typed = "";
    private long asked;

    /// What answers and what is done with it.
    ///
    /// @param commands of now
    public record Sources(Library library, Player player, Navigation navigation, Supplier<List<Command>> commands,
            BooleanSupplier playableOnly, Accounts accounts, Notices notices) {}

    /// Until [#connect] it finds nothing and says why.
    public QuickSearchViewModel(Executor fx) {
        this.fx = fx;
    }

    /// The library is open: what was typed before is looked for now.
    public void connect(Sources now) {
        sources = Optional.of(now);
        ready.set(true);
        search(typed);
    }

    // ---- properties

    /// Whether there is a library to look in.
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    public ObservableList<Row> rows() {
        return rows;
    }

    /// Index of the chosen row, -1 for none.
    public ReadOnlyIntegerProperty chosenProperty() {
        return chosen.getReadOnlyProperty();
    }

    /// What to say when nothing was found; empty otherwise.
    public ReadOnlyStringProperty noneProperty() {
        return none.getReadOnlyProperty();
    }

    /// The second line of a hit; it ends with the server's name where more than one is shown, since both may have the same.
    String under(Row row) {
        return switch (row) {
            case Row.OfArtist a -> Texts.of("quick.kind.artist") + server(a.artist().key());
            case Row.OfAlbum a -> a.album().artist() + server(a.album().key());
            case Row.OfTrack t -> t.track().artist() + " · " + t.track().album() + server(t.track().key());
            case Row.OfPlaylist p -> Texts.count("quick.kind.playlist", p.playlist().trackCount()) + server(p.playlist().key());
            case Row.Caption _,Row.OfCommand _,Row.All _,Row.Before _,Row.Forget _ -> "";
        };
    }

    private String server(ItemKey item) {
        List<Account> shown = sources.map(from -> from.accounts().shown()).orElse(List.of());
        if (shown.size() < 2) return "";
        return shown.stream().filter(a -> a.id() == item.account()).findFirst().map(a -> " · " + a.serverName()).orElse("");
    }

    // ---- commands

    /// The text changed. Answers to older texts are dropped.
    public void search(String words) {
        String text = words.strip();
        long mine = ++asked;
        typed = text;
        if (sources.isEmpty()) {
            none.set(Texts.of("quick.opening"));
            return;
        }
        Sources from = sources.get();
        if (text.isEmpty()) {
            show(mine, text, NOTHING, List.of());
            Fx.on(fx, from.library().searches(BEFORE), before -> {
                if (!before.isEmpty()) show(mine, text, NOTHING, before);
            }, from.notices()::failed);
            return;
        }
        Fx.on(fx, from.library().search(text, EACH, from.playableOnly().getAsBoolean()), hits -> show(mine, text, hits, List.of()),
                failure -> {
                    if (mine != asked) return;
                    show(mine, text, NOTHING, List.of());
                    none.set(Texts.of("quick.failed", FailureWords.sentence(failure)));
                });
    }

    /// Up or down, past captions, round the ends.
    public void choose(int by) {
        if (rows.stream().allMatch(Row.Caption.class::isInstance)) return;
        int at = chosen.get();
        do {
            at = Math.floorMod(at + by, rows.size());
        } while (rows.get(at) instanceof Row.Caption);
        chosen.set(at);
    }

    public void chooseAt(int index) {
        if (index >= 0 && index < rows.size() && !(rows.get(index) instanceof Row.Caption)) chosen.set(index);
    }

    /// The text to look for again when such a row is chosen; [#open] does nothing then.
    public Optional<String> again() {
        return chosen.get() >= 0 && rows.get(chosen.get()) instanceof Row.Before(String text) ? Optional.of(text) : Optional.empty();
    }

    /// Clears what was looked for when that row is chosen, and stays open; false when another is.
    public boolean forget() {
        if (chosen.get() < 0 || !(rows.get(chosen.get()) instanceof Row.Forget)) return false;
        sources.ifPresent(from -> Fx.on(fx, from.library().forgetSearches(), n -> search(typed), from.notices()::failed));
        return true;
    }

    private void found(Sources from, Row row) {
        boolean hit = switch (row) {
            case Row.OfArtist _,Row.OfAlbum _,Row.OfTrack _,Row.OfPlaylist _,Row.All _ -> true;
            case Row.OfCommand _,Row.Caption _,Row.Before _,Row.Forget _ -> false;
        };
        if (hit && !typed.isEmpty()) {
            var _ = from.library().searched(typed);
        }
    }

    /// Opens the chosen row; false when there is none.
    public boolean open() {
        if (chosen.get() < 0 || sources.isEmpty()) return false;
        Sources from = sources.get();
        found(from, rows.get(chosen.get()));
        switch (rows.get(chosen.get())) {
            case Row.OfArtist hit -> from.navigation().go(new Route.ArtistRoute(hit.artist().key()));
            case Row.OfAlbum hit -> from.navigation().go(new Route.AlbumRoute(hit.album().key()));
            case Row.OfPlaylist hit -> from.navigation().go(new Route.PlaylistRoute(hit.playlist().key()));
            case Row.OfTrack hit -> from.player().play(List.of(hit.track()), 0, hit.track().album());
            case Row.OfCommand hit -> hit.run().run();
            case Row.All all -> from.navigation().go(new Route.SearchRoute(all.text()));
            case Row.Caption _,Row.Before _,Row.Forget _ -> {
            }
        }
        return true;
    }

    /// Plays the chosen row.
    public boolean play() {
        if (chosen.get() < 0 || sources.isEmpty()) return false;
        Sources from = sources.get();
        switch (rows.get(chosen.get())) {
            case Row.OfArtist hit -> playAll(from, hit.artist().key(), hit.artist().name());
            case Row.OfAlbum hit -> playAll(from, hit.album().key(), hit.album().title());
            case Row.OfPlaylist hit -> playAll(from, hit.playlist().key(), hit.playlist().title());
            case Row.OfTrack _,Row.OfCommand _,Row.All _,Row.Caption _,Row.Before _,Row.Forget _ -> open();
        }
        return true;
    }

    private void playAll(Sources from, ItemKey key, String title) {
        var _ = from.library().searched(typed);
        Fx.on(fx, from.library().tracksOf(key), tracks -> {
            if (!tracks.isEmpty()) from.player().play(tracks, 0, title);
        }, from.notices()::failed);
    }

    private void show(long mine, String text, SearchHits hits, List<String> before) {
        if (mine != asked || sources.isEmpty()) return;
        Sources from = sources.get();
        var next = new ArrayList<Row>();
        group(next, "quick.recent", before.stream().<Row>map(Row.Before::new).toList());
        if (!before.isEmpty()) next.add(new Row.Forget());
        group(next, "quick.artists", hits.artists().stream().<Row>map(Row.OfArtist::new).toList());
        group(next, "quick.albums", hits.albums().stream().<Row>map(Row.OfAlbum::new).toList());
        group(next, "quick.tracks", hits.tracks().stream().<Row>map(Row.OfTrack::new).toList());
        group(next, "quick.playlists", hits.playlists().stream().<Row>map(Row.OfPlaylist::new).toList());
        if (!hits.isEmpty()) next.add(new Row.All(text));
        String wanted = text.toLowerCase(Locale.ROOT);
        group(next, "quick.commands", from.commands().get().stream().filter(c -> c.words().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(text.isEmpty() ? 20 : 5).<Row>map(c -> new Row.OfCommand(c.words(), c.icon(), c.keys(), c.run())).toList());
        rows.setAll(next);
        none.set(next.isEmpty() ? nothing(from, text) : "");
        chosen.set(-1);
        choose(1);
    }

    private static String nothing(Sources from, String text) {
        List<Account> hidden = ShownServers.searchedInVain(from.accounts(), text);
        if (hidden.isEmpty()) return Texts.of(from.playableOnly().getAsBoolean() ? "quick.none.playable" : "quick.none", text);
        return Texts.of("search.none.server", hidden.stream().map(Account::serverName).collect(Collectors.joining(", ")));
    }

    private static void group(List<Row> rows, String caption, List<Row> hits) {
        if (hits.isEmpty()) return;
        rows.add(new Row.Caption(Texts.of(caption)));
        rows.addAll(hits);
    }
}
