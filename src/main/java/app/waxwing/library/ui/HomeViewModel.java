package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Album;
import app.waxwing.library.Library;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.library.Track;
import app.waxwing.parts.Question;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/// What Home shows: how much is here, and rows of albums that somebody may want now. FX thread.
final class HomeViewModel {
    static final int A_ROW = 12;
    private static final int READ = 40;
    private final Library library;
    private final BooleanSupplier playableOnly;
    private final Question<Home> question;

    /// @param carryOn albums of what was played last
    /// @param started albums begun and not heard to the end
    /// @param most albums of the tracks with the most plays
    record Home(Library.Totals totals, List<Album> carryOn, List<Album> started, List<Album> added, List<Album> most, List<Album> kept) {
        boolean empty() {
            return totals.tracks() == 0 && totals.albums() == 0;
        }
    }

    HomeViewModel(Library library, Executor fx, BooleanSupplier playableOnly) {
        this.library = library;
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
        var moment = library.home(READ, only);
        var kept = library.albums(Query.ALL.sort(Sort.ADDED, true).playableOnly(true).slice(0, A_ROW));
        var most = moment.thenCompose(home -> albumsOf(home.most().stream().filter(t -> t.playCount() > 0).toList()));
        return CompletableFuture.allOf(totals, moment, kept, most).thenApply(x -> {
            var home = moment.join();
            return new Home(totals.join(), row(home.recent()),
                    row(home.started().stream().map(Library.Started::album).toList()), row(home.added()), row(most.join()),
                    kept.join().items());
        });
    }

    private static List<Album> row(List<Album> albums) {
        return albums.stream().limit(A_ROW).toList();
    }

    /// The albums of these tracks, each once, in the order of the tracks.
    private CompletableFuture<List<Album>> albumsOf(List<Track> tracks) {
        Set<ItemKey> keys = new LinkedHashSet<>();
        for (Track t : tracks) {
            if (keys.size() < A_ROW) t.albumId().ifPresent(id -> keys.add(new ItemKey(t.key().account(), id)));
        }
        List<CompletableFuture<Optional<Album>>> found = keys.stream().map(library::album).toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture[]::new)).thenApply(x -> found.stream().map(CompletableFuture::join)
                .flatMap(Optional::stream).toList());
    }
}
