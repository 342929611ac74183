package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Library;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Track;
import app.waxwing.parts.Question;
import app.waxwing.playback.Player;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What Home shows: how much is here, and rows of albums that somebody may want now. FX thread.
final class HomeViewModel {
    static final int A_ROW = 12;
    private static final int PLAYS_READ = 120;
    private final Library library;
    private final Player player;
    private final BooleanSupplier playableOnly;
    private final Question<Home> question;

    /// @param carryOn albums of what was played last
    /// @param most albums of the tracks with the most plays
    record Home(Library.Totals totals, List<Album> carryOn, List<Album> added, List<Album> most, List<Album> kept) {
        boolean empty() {
            return totals.tracks() == 0 && totals.albums() == 0;
        }
    }

    HomeViewModel(Library library, Player player, Executor fx, BooleanSupplier playableOnly) {
        this.library = library;
        this.player = player;
        this.playableOnly = playableOnly;
        question = new Question<>(fx, this::read);
    }

    Question<Home> question() {
        return question;
    }

    /// The key of the greeting for an hour of the day.
    static String greeting(int hour) {
        if (hour < 5) return "home.night";
        if (hour < 12) return "home.morning";
        return hour < 18 ? "home.afternoon" : "home.evening";
    }

    private CompletableFuture<Home> read() {
        boolean only = playableOnly.getAsBoolean();
        var totals = library.totals();
        var added = albums(Query.ALL.sort(Sort.ADDED, true).playableOnly(only));
        var kept = albums(Query.ALL.sort(Sort.LAST_PLAYED, true).playableOnly(true));
        var carryOn = player.history(PLAYS_READ).thenCompose(plays -> library.tracks(plays.stream().map(Player.Played::key).distinct().toList()))
                .thenCompose(tracks -> albumsOf(tracks, only));
        var most = library.tracks(Query.ALL.sort(Sort.PLAY_COUNT, true).playableOnly(only).slice(0, PLAYS_READ))
                .thenCompose(tracks -> albumsOf(tracks.items().stream().filter(t -> t.playCount() > 0).toList(), only));
        return CompletableFuture.allOf(totals, added, kept, carryOn, most)
                .thenApply(x -> new Home(totals.join(), carryOn.join(), added.join(), most.join(), kept.join()));
    }

    private CompletableFuture<List<Album>> albums(Query query) {
        return library.albums(query.slice(0, A_ROW)).thenApply(listing -> listing.items());
    }

    /// The albums of these tracks, each once, in the order of the tracks.
    private CompletableFuture<List<Album>> albumsOf(List<Track> tracks, boolean only) {
        Set<ItemKey> keys = new LinkedHashSet<>();
        for (Track t : tracks) {
            if (keys.size() < A_ROW) t.albumId().ifPresent(id -> keys.add(new ItemKey(t.key().account(), id)));
        }
        List<CompletableFuture<Optional<Album>>> found = keys.stream().map(library::album).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).thenApply(x -> found.stream().map(CompletableFuture::join)
                .flatMap(Optional::stream).filter(a -> !only || a.localTracks() > 0).toList());
    }

    /// The rows of Home, in order; a row without albums is left out by the view.
    static Stream<List<Album>> rows(Home home) {
        return Stream.of(home.carryOn(), home.added(), home.most(), home.kept());
    }
}
