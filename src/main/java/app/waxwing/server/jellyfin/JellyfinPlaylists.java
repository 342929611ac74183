package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.ServerVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Playlists on Jellyfin. Ids travel without dashes: the server compares entry ids as text, and one with dashes would remove nothing.
final class JellyfinPlaylists implements MediaServer.PlaylistEditing {
    private final JellyfinHttp http;
    private final String user;
    private final boolean allowsDuplicates;

    JellyfinPlaylists(JellyfinHttp http, String user, String version) {
        this.http = http;
        this.user = user;
        this.allowsDuplicates = ServerVersion.of(version).atLeast(12);
    }

    Page<RemotePlaylistEntry> entries(String playlistId, String cursor, int limit) {
        return Paging.page(http, () -> Ask.get("Playlists/" + JellyfinServer.known(playlistId) + "/Items").with("userId", user)
                .with("enableImages", false).with("enableUserData", false), cursor, limit, ItemReader::entry);
    }

    /// A new list is public unless the request says otherwise.
    @Override
    public String create(String title, List<String> trackIds) {
        var body = new LinkedHashMap<String, Object>();
        body.put("Name", title);
        body.put("Ids", trackIds.stream().map(JellyfinServer::known).toList());
        body.put("UserId", user);
        body.put("MediaType", "Audio");
        body.put("Users", List.of());
        body.put("IsPublic", false);
        return ItemReader.id(http.object(Ask.post("Playlists").json(JellyfinHttp.json(body))), "Id")
                .orElseThrow(() -> new Failure.Corrupt("The answer of " + http.server()).asException());
    }

    @Override
    public void add(String playlistId, List<String> trackIds) {
        for (int from = 0; from < trackIds.size(); from += JellyfinServer.IDS) {
            List<String> some = trackIds.subList(from, Math.min(trackIds.size(), from + JellyfinServer.IDS));
            http.done(Ask.post("Playlists/" + JellyfinServer.known(playlistId) + "/Items")
                    .with("ids", String.join(",", some.stream().map(JellyfinServer::known).toList())).with("userId", user));
        }
    }

    /// Since 10.10 an entry's id is its track's, and 12.0 lets a track stand in a list twice: removing by id would then take every copy, so the rest
    /// of the list is written anew instead.
    @Override
    public void remove(String playlistId, List<RemotePlaylistEntry> entries) {
        List<String> ids = entries.stream().map(e -> e.entryId().orElseGet(() -> JellyfinServer.known(e.trackId()))).toList();
        if (allowsDuplicates && replacedInstead(playlistId, ids)) return;
        for (int from = 0; from < ids.size(); from += JellyfinServer.IDS) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + JellyfinServer.IDS));
            http.done(Ask.delete("Playlists/" + JellyfinServer.known(playlistId) + "/Items").with("entryIds", String.join(",", some)));
        }
    }

    private boolean replacedInstead(String playlistId, List<String> ids) {
        var all = new ArrayList<RemotePlaylistEntry>();
        Optional<String> cursor = Optional.of(Page.FIRST);
        while (cursor.isPresent()) {
            Page<RemotePlaylistEntry> page = entries(playlistId, cursor.get(), 500);
            // What we cannot name we would lose by writing the list anew.
            if (page.dropped() > 0) return false;
            all.addAll(page.items());
            cursor = page.next();
        }
        var rest = new ArrayList<>(all);
        for (String id : ids) {
            for (int i = 0; i < rest.size(); i++) {
                if (named(rest.get(i), id)) {
                    rest.remove(i);
                    break;
                }
            }
        }
        var gone = new HashSet<>(ids);
        if (rest.stream().noneMatch(e -> gone.contains(e.entryId().orElse(e.trackId())))) return false;
        ids(playlistId, rest.stream().map(RemotePlaylistEntry::trackId).toList(), Optional.empty());
        return true;
    }

    private static boolean named(RemotePlaylistEntry entry, String id) {
        return entry.entryId().orElse(entry.trackId()).equals(id);
    }

    @Override
    public void move(String playlistId, RemotePlaylistEntry entry, int place) {
        String id = entry.entryId().orElseGet(() -> JellyfinServer.known(entry.trackId()));
        http.done(Ask.post("Playlists/" + JellyfinServer.known(playlistId) + "/Items/" + id + "/Move/" + place));
    }

    @Override
    public void replace(String playlistId, String title, List<String> trackIds) {
        ids(playlistId, trackIds, Optional.of(title));
    }

    private void ids(String playlistId, List<String> trackIds, Optional<String> title) {
        var body = new LinkedHashMap<String, Object>();
        title.ifPresent(t -> body.put("Name", t));
        body.put("Ids", trackIds.stream().map(JellyfinServer::known).toList());
        http.done(Ask.post("Playlists/" + JellyfinServer.known(playlistId)).json(JellyfinHttp.json(body)));
    }

    @Override
    public void delete(String playlistId) {
        http.done(Ask.delete("Items/" + JellyfinServer.known(playlistId)));
    }
}
