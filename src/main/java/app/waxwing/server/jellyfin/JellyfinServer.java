package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Quality;
import app.waxwing.server.ItemKind;
import app.waxwing.server.MediaRequest;
import app.waxwing.server.MediaServer;
import app.waxwing.server.Page;
import app.waxwing.server.PlayReport;
import app.waxwing.server.RemoteAlbum;
import app.waxwing.server.RemoteArtist;
import app.waxwing.server.RemoteFolder;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import app.waxwing.server.RemoteTrack;
import app.waxwing.server.RemoteUserData;
import app.waxwing.server.ServerInfo;
import app.waxwing.server.ServerPush;
import app.waxwing.server.wire.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// A user on a Jellyfin server, 10.9 to 12.0, by the user-less routes that all of those have. Thread-safe; every call blocks.
public final class JellyfinServer implements MediaServer {
    /// A request line may be 8 KiB: so many ids fit into one query.
    static final int IDS = 200;
    private static final long LYRICS_LIMIT = 1L << 20;
    private static final String TRACK_FIELDS = "Genres,DateCreated,Etag,SortName,ProviderIds,Path";

    private final JellyfinHttp http;
    private final ServerInfo info;
    private final String user;
    private final String deviceId;
    private final JellyfinPlaylists playlists;
    private final JellyfinPush push;
    private volatile Permissions permissions;

    /// @param user the user's id on the server
    /// @param permissions as last known; [#whoAmI] renews them
    public JellyfinServer(JellyfinConnection connection, ServerInfo info, String user, Permissions permissions) {
        this.http = new JellyfinHttp(connection);
        this.info = info;
        this.user = known(user);
        this.deviceId = connection.identity().deviceId();
        this.permissions = permissions;
        this.push = new JellyfinPush(http, connection.client(), this.user);
        this.playlists = new JellyfinPlaylists(http, this.user, info.version());
    }

    @Override
    public ServerInfo info() {
        return info;
    }

    @Override
    public Permissions whoAmI() {
        Permissions now = JellyfinSignIn.permissions(http.object(Ask.get("Users/Me")));
        permissions = now;
        return now;
    }

    @Override
    public List<RemoteFolder> folders() {
        // Also those that the user has taken from the server's home page, which is no wish about here.
        return http.object(Ask.get("UserViews").with("userId", user).with("includeHidden", true)).objects("Items").stream()
                .flatMap(i -> ItemReader.folder(i).stream()).toList();
    }

    @Override
    public Page<RemoteArtist> artists(Optional<String> folder, String cursor, int limit) {
        return Paging.page(http,
                () -> Ask.get("Artists/AlbumArtists").with("userId", user).with("parentId", folder.map(JellyfinServer::known))
                        .with("sortBy", "DateCreated,SortName").with("sortOrder", "Ascending").with("fields", "SortName")
                        .with("enableImages", true).with("imageTypeLimit", 1).with("enableImageTypes", "Primary")
                        .with("enableUserData", true),
                cursor, limit, ItemReader::artist);
    }

    @Override
    public Page<RemoteAlbum> albums(Optional<String> folder, String cursor, int limit) {
        return Paging.page(http, () -> albums(folder), cursor, limit, ItemReader::album);
    }

    @Override
    public Page<RemoteTrack> tracks(Optional<String> folder, String cursor, int limit) {
        return Paging.page(http, () -> tracks(folder), cursor, limit, ItemReader::track);
    }

    @Override
    public Page<RemoteTrack> tracksChangedSince(Optional<String> folder, Instant since, String cursor, int limit) {
        return Paging.page(http, () -> tracks(folder).with("minDateLastSavedForUser", time(since)), cursor, limit,
                ItemReader::track);
    }

    @Override
    public Page<RemoteAlbum> albumsChangedSince(Optional<String> folder, Instant since, String cursor, int limit) {
        return Paging.page(http, () -> albums(folder).with("minDateLastSavedForUser", time(since)), cursor, limit,
                ItemReader::album);
    }

    @Override
    public Page<RemotePlaylist> playlists(String cursor, int limit) {
        return Paging.page(http, () -> list("Playlist", Optional.empty()).with("fields", "SortName,Etag,CanDelete"), cursor, limit,
                ItemReader::playlist);
    }

    @Override
    public Page<RemotePlaylistEntry> playlistEntries(String playlistId, String cursor, int limit) {
        return playlists.entries(playlistId, cursor, limit);
    }

    @Override
    public Page<String> favourites(ItemKind kind, String cursor, int limit) {
        return Paging.page(http, () -> switch (kind) {
            case TRACK -> list("Audio", Optional.empty()).with("isFavorite", true).with("enableImages", false);
            case ALBUM -> list("MusicAlbum", Optional.empty()).with("isFavorite", true).with("enableImages", false);
            case PLAYLIST -> list("Playlist", Optional.empty()).with("isFavorite", true).with("enableImages", false);
            case ARTIST -> Ask.get("Artists").with("userId", user).with("isFavorite", true).with("enableImages", false);
            case GENRE -> Ask.get("Genres").with("userId", user).with("isFavorite", true).with("enableImages", false);
        }, cursor, limit, ItemReader::idOnly);
    }

    @Override
    public Page<RemoteUserData> recentlyPlayed(String cursor, int limit) {
        return Paging.page(http, () -> Ask.get("Items").with("userId", user).with("recursive", true).with("includeItemTypes", "Audio")
                .with("filters", "IsPlayed").with("sortBy", "DatePlayed").with("sortOrder", "Descending").with("enableUserData", true)
                .with("enableImages", false), cursor, limit, ItemReader::userData);
    }

    @Override
    public List<RemoteTrack> tracks(List<String> ids) {
        return byId(ids, TRACK_FIELDS + ",MediaSources", ItemReader::track);
    }

    @Override
    public List<RemoteArtist> artists(List<String> ids) {
        return byId(ids, "SortName", ItemReader::artist);
    }

    private <T> List<T> byId(List<String> ids, String fields, Function<JsonObject, Optional<T>> as) {
        var out = new ArrayList<T>(ids.size());
        for (int from = 0; from < ids.size(); from += IDS) {
            List<String> some = ids.subList(from, Math.min(ids.size(), from + IDS)).stream().flatMap(i -> ItemReader.normal(i).stream())
                    .toList();
            if (some.isEmpty()) continue;
            Ask ask = Ask.get("Items").with("userId", user).with("ids", String.join(",", some)).with("fields", fields)
                    .with("enableUserData", true).with("enableImages", true).with("imageTypeLimit", 1).with("enableImageTypes", "Primary")
                    .with("enableTotalRecordCount", false);
            http.object(ask).objects("Items").forEach(i -> as.apply(i).ifPresent(out::add));
        }
        return List.copyOf(out);
    }

    @Override
    public Optional<Instant> serverTime() {
        return http.serverTime();
    }

    @Override
    public void setFavourite(ItemKind kind, String id, boolean favourite) {
        String path = "UserFavoriteItems/" + known(id);
        http.done((favourite ? Ask.post(path) : Ask.delete(path)).with("userId", user));
    }

    @Override
    public RemoteUserData userData(String id) {
        String known = known(id);
        return http
                .object(Ask.get("Items").with("userId", user).with("ids", known).with("enableUserData", true).with("enableImages", false))
                .objects("Items").stream().flatMap(i -> ItemReader.userData(i).stream()).filter(d -> d.itemId().equals(known)).findFirst()
                .orElseThrow(() -> new Failure.NotFound("such item on " + http.server()).asException());
    }

    @Override
    public void played(String trackId, Instant at) {
        http.done(Ask.post("UserPlayedItems/" + known(trackId)).with("userId", user).with("datePlayed", time(at)));
    }

    @Override
    public void started(PlayReport report) {
        http.done(Ask.post("Sessions/Playing").json(JellyfinHttp.json(playing(report))));
    }

    @Override
    public void progress(PlayReport report) {
        http.done(Ask.post("Sessions/Playing/Progress").json(JellyfinHttp.json(playing(report))));
    }

    /// Without a position the server would count the play again and mark the track played.
    @Override
    public void stopped(PlayReport report) {
        http.done(Ask.post("Sessions/Playing/Stopped").json(JellyfinHttp.json(Map.of("ItemId", known(report.trackId()), "MediaSourceId",
                known(report.trackId()), "PlaySessionId", report.playSession(), "PositionTicks", ItemReader.ticks(report.position()),
                "Failed", false))));
    }

    @Override
    public MediaRequest image(String itemId, String tag, int edge) {
        Ask ask = Ask.get("Items/" + known(itemId) + "/Images/Primary").with("tag", tag).with("fillWidth", edge).with("fillHeight", edge)
                .with("quality", 90).with("format", "Jpg");
        // Pictures need no sign-in, so none is sent.
        return new MediaRequest(http.url(ask), Map.of("Accept", "image/jpeg, image/png"), Optional.empty(), true, -1);
    }

    @Override
    public Optional<String> imageTag(String itemId) {
        String known = known(itemId);
        Ask ask = Ask.get("Items").with("userId", user).with("ids", known).with("enableImages", true).with("imageTypeLimit", 1)
                .with("enableImageTypes", "Primary").with("enableUserData", false).with("enableTotalRecordCount", false);
        return http.object(ask).objects("Items").stream().filter(i -> ItemReader.id(i, "Id").filter(known::equals).isPresent()).findFirst()
                .flatMap(ItemReader::image);
    }

    @Override
    public MediaRequest download(String trackId) {
        return original("Items/" + known(trackId) + "/Download");
    }

    @Override
    public MediaRequest stream(String trackId) {
        return original("Items/" + known(trackId) + "/File");
    }

    /// The server shares one transcode between requests of one play session, whatever bitrate they ask for: so each request gets a fresh one.
    @Override
    public Optional<MediaRequest> transcoded(String trackId, Quality quality) {
        if (!permissions.transcode() || !quality.transcoded()) return Optional.empty();
        String container = quality.codec().equals("opus") ? "ogg" : quality.codec();
        Ask ask = Ask.get("Audio/" + known(trackId) + "/stream." + container).with("static", false).with("audioCodec", quality.codec())
                .with("audioBitRate", quality.kilobits() * 1000).with("deviceId", deviceId)
                .with("playSessionId", UUID.randomUUID().toString().replace("-", ""));
        return Optional.of(new MediaRequest(http.url(ask), http.headers(), Optional.empty(), false, -1));
    }

    /// By its play session. Hidden from the contract of 12.0 and answered all the same.
    @Override
    public void giveUp(MediaRequest transcode) {
        String session = JellyfinHttp.base(transcode.url()).queryParameter("playSessionId");
        if (session == null) return;
        try {
            http.done(Ask.delete("Videos/ActiveEncodings").with("deviceId", deviceId).with("playSessionId", session));
        } catch (FailureException e) {
            // The encoder is ended 10 s after its last reader left in any case.
        }
    }

    @Override
    public Optional<LyricsSource> lyrics() {
        return Optional.of(trackId -> {
            try {
                return words(http.object(Ask.get("Audio/" + known(trackId) + "/Lyrics"), LYRICS_LIMIT));
            } catch (FailureException e) {
                if (e.failure() instanceof Failure.NotFound) return Optional.empty();
                throw e;
            }
        });
    }

    @Override
    public Optional<PlaylistEditing> playlistEditing() {
        return Optional.of(playlists);
    }

    @Override
    public Optional<Similarity> similarity() {
        return Optional.of(new Similarity() {
            @Override
            public List<RemoteTrack> similar(String itemId, int limit) {
                return alike("Similar", itemId, limit);
            }

            @Override
            public List<RemoteTrack> mix(String itemId, int limit) {
                return alike("InstantMix", itemId, limit);
            }
        });
    }

    @Override
    public Optional<ServerPush> push() {
        return Optional.of(push);
    }

    @Override
    public void signOut() {
        try {
            http.done(Ask.post("Sessions/Logout"));
        } catch (FailureException e) {
            // The token is forgotten here in any case; a server that cannot be reached keeps it until its administrator removes the device.
        }
    }

    private List<RemoteTrack> alike(String what, String itemId, int limit) {
        return http.object(Ask.get("Items/" + known(itemId) + "/" + what).with("userId", user).with("limit", limit)
                .with("fields", TRACK_FIELDS)).objects("Items").stream().flatMap(i -> ItemReader.track(i).stream()).toList();
    }

    private MediaRequest original(String path) {
        return new MediaRequest(http.url(Ask.get(path)), http.headers(), Optional.empty(), true, -1);
    }

    private Ask tracks(Optional<String> folder) {
        return list("Audio", folder).with("fields", TRACK_FIELDS).with("enableUserData", true);
    }

    private Ask albums(Optional<String> folder) {
        return list("MusicAlbum", folder).with("fields", "DateCreated,SortName").with("enableUserData", true);
    }

    /// New items land at the end of this order, so that a page read twice or inserted before us loses nothing.
    private Ask list(String type, Optional<String> folder) {
        return Ask.get("Items").with("userId", user).with("recursive", true).with("includeItemTypes", type)
                .with("parentId", folder.map(JellyfinServer::known)).with("sortBy", "DateCreated,SortName").with("sortOrder", "Ascending")
                .with("enableImages", true).with("imageTypeLimit", 1).with("enableImageTypes", "Primary");
    }

    private static Map<String, Object> playing(PlayReport report) {
        var body = new LinkedHashMap<String, Object>();
        body.put("ItemId", known(report.trackId()));
        body.put("MediaSourceId", known(report.trackId()));
        body.put("PlaySessionId", report.playSession());
        body.put("PositionTicks", ItemReader.ticks(report.position()));
        body.put("CanSeek", true);
        body.put("IsPaused", report.paused());
        body.put("IsMuted", report.volume() == 0);
        body.put("VolumeLevel", Math.clamp(report.volume(), 0, 100));
        body.put("PlayMethod", switch (report.method()) {
            case DIRECT -> "DirectPlay";
            case TRANSCODE -> "Transcode";
        });
        return body;
    }

    private static Optional<RemoteLyrics> words(JsonObject answer) {
        var lines = answer.objects("Lyrics").stream()
                .map(l -> new RemoteLyrics.Line(ItemReader.duration(l.number("Start")), l.text("Text").orElse(""))).toList();
        return lines.isEmpty() ? Optional.empty() : Optional.of(new RemoteLyrics(lines));
    }

    /// ISO 8601 in UTC with a Z.
    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /// Ids go into paths: what is not an id of this kind of server is not sent there.
    static String known(String id) {
        return ItemReader.normal(id).orElseThrow(() -> new Failure.NotFound("item «" + id + "» on this server").asException());
    }
}
