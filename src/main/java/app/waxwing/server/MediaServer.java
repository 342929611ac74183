package app.waxwing.server;

import app.waxwing.base.FailureException;
import app.waxwing.base.Quality;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One signed-in user on one server. Every call goes to the network and blocks: call it on a virtual `io-*` thread, never on FX or an engine's
/// thread. Expected trouble comes as [FailureException]; `Offline` only when no answer came.
///
/// Shaped for servers that differ much: lists page by opaque cursors, setting is idempotent even where a server only toggles (the implementation
/// reads first), requests for bytes may expire, and «not signed in» is [app.waxwing.base.Failure.Unauthorised] whatever status a server uses.
public interface MediaServer {
    ServerInfo info();

    /// Asks who we are: confirms the token and re-reads what this user may do.
    Permissions whoAmI();

    List<RemoteFolder> folders();

    /// @param folder id of a library, or empty for all
    /// @param cursor [Page#FIRST] or an earlier page's `next`
    /// @param limit how many at most; servers may give fewer
    Page<RemoteArtist> artists(Optional<String> folder, String cursor, int limit);

    Page<RemoteAlbum> albums(Optional<String> folder, String cursor, int limit);

    Page<RemoteTrack> tracks(Optional<String> folder, String cursor, int limit);

    /// Tracks whose row on the server changed at or after the time.
    Page<RemoteTrack> tracksChangedSince(Optional<String> folder, Instant since, String cursor, int limit);

    Page<RemoteAlbum> albumsChangedSince(Optional<String> folder, Instant since, String cursor, int limit);

    Page<RemotePlaylist> playlists(String cursor, int limit);

    Page<RemotePlaylistEntry> playlistEntries(String playlistId, String cursor, int limit);

    /// Favourites of one kind: ids only.
    Page<String> favourites(ItemKind kind, String cursor, int limit);

    /// Tracks played, newest first.
    Page<RemoteUserData> recentlyPlayed(String cursor, int limit);

    /// Tracks by id with size, container and change tag; unknown ids are left out. Any number of ids.
    List<RemoteTrack> tracks(List<String> ids);

    /// Artists by id, as [#artists] lists them; those that the server does not know, or does not give so, are left out. Any number of ids.
    List<RemoteArtist> artists(List<String> ids);

    /// The server's clock as of its last answer; the base of watermarks.
    Optional<Instant> serverTime();

    void setFavourite(ItemKind kind, String id, boolean favourite);

    /// The user's data of one item, read now.
    RemoteUserData userData(String id);

    /// A play that happened earlier, without network. Not idempotent on the server: the outbox reads [#userData] first when in doubt.
    void played(String trackId, Instant at);

    /// Sound has been heard for a few seconds. Counts the play.
    void started(PlayReport report);

    void progress(PlayReport report);

    /// Always with a position.
    void stopped(PlayReport report);

    /// A cover as JPEG, at most `edge` pixels wide and high.
    MediaRequest image(String itemId, String tag, int edge);

    /// The tag of an item's cover as it is now; empty where it has none or the item is not there any more.
    Optional<String> imageTag(String itemId);

    /// The original file, for keeping. May be refused by policy ([app.waxwing.base.Failure.NotPermitted]) when fetched.
    MediaRequest download(String trackId);

    /// The original file, for listening now or soon; leaves no trace in the server's activity log.
    MediaRequest stream(String trackId);

    /// A file that the server makes; never resumable. Empty where it makes none, or not for this user, and for the original.
    Optional<MediaRequest> transcoded(String trackId, Quality quality);

    /// A transcode is not read to its end: the server need not go on making it. Never throws for an unreachable server, which ends it by itself
    /// soon after nobody reads any more.
    ///
    /// @param transcode as [#transcoded] gave it
    void giveUp(MediaRequest transcode);

    /// Where the server has words.
    Optional<LyricsSource> lyrics();

    /// Where playlists can be made and changed.
    Optional<PlaylistEditing> playlistEditing();

    /// Where the server knows what is alike.
    Optional<Similarity> similarity();

    /// Where the server says by itself what changed.
    Optional<ServerPush> push();

    /// Ends the session on the server; never throws for an unreachable server.
    void signOut();

    /// What this user may do.
    record Permissions(boolean download, boolean transcode, boolean administrator) {}

    interface LyricsSource {
        /// Empty where the track has none.
        Optional<RemoteLyrics> lyrics(String trackId);
    }

    interface PlaylistEditing {
        /// Private to the user. Returns the new id.
        String create(String title, List<String> trackIds);

        void add(String playlistId, List<String> trackIds);

        /// Removes entries; an entry is named by its entry id, or by its track where the server has none.
        void remove(String playlistId, List<RemotePlaylistEntry> entries);

        /// Gives an entry another place, from 0 among those that the server lists; the others keep their order.
        void move(String playlistId, RemotePlaylistEntry entry, int place);

        /// Replaces the whole order.
        void replace(String playlistId, String title, List<String> trackIds);

        void delete(String playlistId);
    }

    interface Similarity {
        List<RemoteTrack> similar(String itemId, int limit);

        List<RemoteTrack> mix(String itemId, int limit);
    }
}
