package app.waxwing.library;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.Page;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteTrack;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// New music may bring new artists, of whose changes no server has a list. Between passes those are asked for that the changed albums and tracks are
/// by (not who only plays on them: servers do not list those), and all of them where that takes no more requests, or where a server does not
/// give an artist by its id.
final class NamedArtists {
    private static final Logger LOG = LoggerFactory.getLogger(NamedArtists.class);
    /// Ids a request.
    static final int ASKED = 200;
    private final SyncContext context;
    private final SyncContext.Counts counts;
    private final long pass;
    private final Set<String> named = new LinkedHashSet<>();

    NamedArtists(SyncContext context, SyncContext.Counts counts, long pass) {
        this.context = context;
        this.counts = counts;
        this.pass = pass;
    }

    List<RemoteAlbum> albums(List<RemoteAlbum> page) {
        for (RemoteAlbum album : page) name(album.artists());
        return page;
    }

    List<RemoteTrack> tracks(List<RemoteTrack> page) {
        for (RemoteTrack track : page) name(track.albumArtists());
        return page;
    }

    private void name(List<ArtistRef> artists) {
        for (ArtistRef artist : artists) if (!artist.id().isBlank()) named.add(artist.id());
    }

    /// @param known how many artists a list of all of them has, about
    /// @param lists how many lists that is
    static boolean few(int named, long known, int lists) {
        return requests(named, ASKED) <= Math.max(lists, requests(known, SyncContext.PAGE));
    }

    private static long requests(long items, int size) {
        return (items + size - 1) / size;
    }

    /// After the changes are written.
    ///
    /// @param news whether anything new came
    /// @param midway not all changes were read by this sync: an earlier one was broken off, and who they name is not known
    void ask(boolean news, boolean midway, List<Optional<String>> folders) {
        if (named.isEmpty() && !news && !midway) return;
        Set<String> unknown = context.read(sql -> ArtistTable.unknown(sql, context.account(), List.copyOf(named)));
        long known = context.read(sql -> ArtistTable.known(sql, context.account()));
        if (!midway && few(named.size(), known, folders.size())) {
            // Without news too: a server has the picture or the name of an artist later than the album, which is read again for a while.
            Set<String> given = byId(List.copyOf(named));
            if (given.containsAll(unknown)) return;
            LOG.info("account {}: the server does not give all artists by their ids: reading all of them", context.account());
        } else if (!midway && !news && unknown.isEmpty()) {
            return;
        }
        for (Optional<String> folder : folders) {
            context.walk(SyncStep.fresh("artists-changed/" + folder.orElse(""), pass), "artists",
                    cursor -> context.server().artists(folder, cursor, SyncContext.PAGE), LeftPage::key, write(), counts);
        }
    }

    private Set<String> byId(List<String> ids) {
        Set<String> given = new HashSet<>();
        if (ids.isEmpty()) return given;
        context.walk(SyncStep.fresh("artists-named", pass), "artists", cursor -> {
            int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
            int to = Math.min(ids.size(), from + ASKED);
            List<RemoteArtist> some = context.server().artists(ids.subList(from, to));
            return new Page<>(some, to < ids.size() ? Optional.of(String.valueOf(to)) : Optional.empty(), OptionalLong.of(ids.size()), 0);
        }, LeftPage::key, (connection, items, asked) -> {
            for (RemoteArtist artist : items) given.add(artist.id());
            return new ArtistWriter(connection, context.account(), pass).write(items, asked);
        }, counts);
        return given;
    }

    private SyncContext.Write<RemoteArtist> write() {
        return (connection, items, asked) -> new ArtistWriter(connection, context.account(), pass).write(items, asked);
    }
}
