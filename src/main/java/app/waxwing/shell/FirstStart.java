package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.base.FailureWords;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Notices;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Listing;
import app.waxwing.library.Query;
import java.util.concurrent.Executor;

/// What follows a sign-in: the library comes, and from the demonstration music plays at once.
final class FirstStart {
    private final Services services;
    private final Notices notices;
    private final Executor fx;

    FirstStart(Services services, Notices notices, Executor fx) {
        this.services = services;
        this.notices = notices;
        this.fx = fx;
    }

    void signedIn(Account account, boolean demo) {
        Fx.on(fx, services.sync().sync(account.id(), false), report -> {
            notices.say(Texts.of("server.sync.done", Texts.count("count.tracks", report.tracks()),
                    Texts.count("count.albums", report.albums())));
            if (demo) playSomething();
        }, failure -> notices.failed(Texts.of("server.sync.failed", FailureWords.sentence(failure))));
    }

    private void playSomething() {
        Fx.on(fx, services.library().albums(Query.ALL.slice(0, 1)).thenCompose(this::firstTracks), _ -> {}, notices::failed);
    }

    private java.util.concurrent.CompletableFuture<Boolean> firstTracks(Listing<Album> albums) {
        if (albums.items().isEmpty()) return java.util.concurrent.CompletableFuture.completedFuture(false);
        Album album = albums.items().getFirst();
        return services.library().tracksOf(album.key()).thenApply(tracks -> {
            if (!tracks.isEmpty()) services.player().play(tracks, 0, album.title());
            return !tracks.isEmpty();
        });
    }
}
