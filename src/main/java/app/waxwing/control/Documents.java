package app.waxwing.control;

import app.waxwing.account.Account;
import app.waxwing.account.Reachability;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.KeepSet;
import app.waxwing.download.Wait;
import app.waxwing.library.Album;
import app.waxwing.library.Artist;
import app.waxwing.library.Availability;
import app.waxwing.library.Genre;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.Playlist;
import app.waxwing.library.Track;
import app.waxwing.outbox.Outbox;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/// The contract's JSON forms of records.
final class Documents {
    private final Supplier<Engines> source;

    Documents(Supplier<Engines> source) {
        this.source = source;
    }

    private Engines engines() {
        return source.get();
    }

    Doc track(Track t) {
        return item(t.key()).put("kind", "track").put("title", t.title()).put("artist", t.artist()).put("artists", t.artists())
                .put("album", t.album()).put("albumId", t.albumId()).put("albumArtist", t.albumArtist()).put("disc", t.disc())
                .put("number", t.number()).put("year", t.year()).put("genres", t.genres()).put("duration", t.duration())
                .put("container", t.container()).put("size", t.size()).put("fileSize", t.fileSize()).put("favourite", t.favourite())
                .put("playCount", t.playCount()).put("lastPlayed", t.lastPlayed()).put("availability", t.availability().word())
                .put("away", away(t.availability())).put("problem", t.problem());
    }

    Doc album(Album a) {
        return item(a.key()).put("kind", "album").put("title", a.title()).put("artist", a.artist()).put("artistId", a.artistId())
                .put("year", a.year()).put("trackCount", a.trackCount()).put("duration", a.duration()).put("favourite", a.favourite())
                .put("availability", a.availability().word()).put("away", away(a.availability())).put("localTracks", a.localTracks());
    }

    Doc artist(Artist a) {
        return item(a.key()).put("kind", "artist").put("name", a.name()).put("albumCount", a.albumCount()).put("favourite", a.favourite())
                .put("availability", a.availability().word()).put("away", away(a.availability()));
    }

    Doc playlist(Playlist p) {
        return item(p.key()).put("kind", "playlist").put("title", p.title()).put("trackCount", p.trackCount()).put("duration", p.duration())
                .put("editable", p.editable()).put("availability", p.availability().word()).put("away", away(p.availability()))
                .put("localTracks", p.localTracks());
    }

    /// True where kept music lies on a drive that is not there now; else the key is left out.
    private static Optional<Boolean> away(Availability availability) {
        return availability == Availability.AWAY ? Optional.of(true) : Optional.empty();
    }

    Doc genre(Genre g) {
        return item(g.key()).put("kind", "genre").put("name", g.name()).put("trackCount", g.trackCount());
    }

    Doc any(LibraryItem item) {
        return switch (item) {
            case LibraryItem.OfTrack i -> track(i.track());
            case LibraryItem.OfAlbum i -> album(i.album());
            case LibraryItem.OfArtist i -> artist(i.artist());
            case LibraryItem.OfPlaylist i -> playlist(i.playlist());
            case LibraryItem.OfGenre i -> genre(i.genre());
        };
    }

    Doc account(Account a) {
        return Doc.of().put("id", String.valueOf(a.id())).put("serverId", a.serverId()).put("name", a.serverName())
                .put("url", a.url().toString()).put("kind", a.kind().word()).put("version", a.serverVersion()).put("user", a.userName())
                .put("active", a.active()).put("shown", a.active() && a.shown()).put("reachable", engines().reachability().online(a.id()))
                .put("signedIn", engines().accounts().signedIn(a.id())).put("error", stranger(a));
    }

    /// What is so where another server answers at the account's address; else the key is left out.
    private Optional<String> stranger(Account a) {
        Reachability reachability = engines().reachability();
        return reachability.strangers().contains(a.id())
                ? Optional.of(FailureWords.sentence(reachability.why(a.id(), a.serverName())))
                : Optional.empty();
    }

    private Optional<String> strangers() {
        List<String> all = engines().accounts().active().stream().flatMap(a -> stranger(a).stream()).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", all));
    }

    /// With what its music takes on this computer.
    Doc account(Account a, List<DownloadEngine.Stored> stored) {
        var here = stored.stream().filter(s -> s.account() == a.id()).findFirst().orElse(new DownloadEngine.Stored(a.id(), 0, 0, 0, 0));
        return account(a).put("keptBytes", here.keptBytes()).put("cachedBytes", here.cachedBytes());
    }

    Doc download(Download d) {
        return Doc.of().put("id", d.id()).put("serverId", serverId(d.key().account())).put("itemId", d.key().id()).put("title", d.title())
                .put("artist", d.artist()).put("album", d.album()).put("status", d.status().word())
                .put("reason", d.reason().map(Download.Reason::word)).put("needs", d.waits().map(Wait::needs))
                .put("waitsUntil", d.waits().flatMap(Wait::until)).put("anyway", d.anyway()).put("priority", d.priority())
                .put("origin", origin(d.origin()))
                .put("bytesDownloaded", d.bytesDownloaded()).put("size", d.size()).put("progress", d.progress())
                .put("path", d.path().map(Object::toString)).put("mimeType", d.mimeType()).put("quality", d.quality())
                .put("retryCount", d.retryCount()).put("error", d.error()).put("queuedAt", d.queuedAt()).put("startedAt", d.startedAt())
                .put("completedAt", d.completedAt()).put("sha256", d.sha256());
    }

    Doc left(KeepSet.Left l) {
        return item(l.track()).put("title", l.title()).put("artist", l.artist()).put("size", l.bytes())
                .put("source", collection(l.source(), l.kind(), l.sourceTitle()));
    }

    /// Something that is kept.
    Doc collection(ItemKey key, ItemKind kind, String title) {
        return item(key).put("kind", kind.name().toLowerCase(Locale.ROOT)).put("title", title);
    }

    Doc event(DownloadEvent e) {
        return Doc.of().put("event", e.kind().word()).put("at", e.at()).put("download", download(e.download()));
    }

    Doc queue(PlayerState state) {
        return Doc.of().put("index", state.index()).put("items", state.queue().stream().map(e -> track(e.track())).toList());
    }

    /// @param track as the library has it now; what the history remembers of it where it has gone
    Doc played(Player.Played p, Optional<Track> track) {
        return Doc.of().put("track", track.map(this::track)
                .orElseGet(() -> item(p.key()).put("kind", "track").put("title", p.title()).put("artist", p.artist())))
                .put("playedAt", p.at())
                .put("seconds", p.heard()).put("counted", p.counted());
    }

    Doc pending(Outbox.Pending p) {
        return Doc.of().put("id", p.id()).put("serverId", serverId(p.key().account())).put("kind", p.kind()).put("itemId", p.key().id())
                .put("detail", p.detail()).put("createdAt", p.createdAt()).put("attempts", p.attempts()).put("error", p.error())
                .put("heldFrom", p.heldFrom());
    }

    Doc status() {
        PlayerState state = engines().player().state();
        var activity = engines().downloads().activity();
        Duration position = engines().player().position();
        return Doc.of().put("state", state.phase().name().toLowerCase(Locale.ROOT)).put("track", state.current().map(this::track))
                .put("position", position).put("duration", state.current().flatMap(Track::duration)).put("volume", state.volume())
                .put("shuffle", state.shuffle()).put("repeat", state.repeat().name().toLowerCase(Locale.ROOT))
                .put("source", state.source().map(s -> s.name().toLowerCase(Locale.ROOT)))
                .put("error", state.failure().map(FailureWords::sentence))
                .put("queue", Doc.of().put("index", state.index()).put("length", state.queue().size()))
                .put("offline", engines().reachability().offline()).put("trouble", strangers())
                .put("pendingActions", engines().outbox().count())
                .put("downloads", Doc.of().put("active", activity.running().size()).put("waiting", activity.waiting())
                        .put("failed", activity.failed()).put("bytesPerSecond", activity.bytesPerSecond()));
    }

    List<Doc> tracks(List<Track> tracks) {
        return tracks.stream().map(this::track).toList();
    }

    private Doc item(ItemKey key) {
        return Doc.of().put("id", key.id()).put("serverId", serverId(key.account()));
    }

    private String serverId(long account) {
        return engines().accounts().find(account).map(Account::serverId).orElse("");
    }

    private static String origin(Download.Origin origin) {
        return origin == Download.Origin.PLAYING ? Download.Origin.QUEUE.word() : origin.word();
    }
}
