package app.waxwing.server;

import java.util.Optional;

/// One entry of a playlist.
///
/// @param entryId the server's id of the entry, where it has one
public record RemotePlaylistEntry(String trackId, Optional<String> entryId) {}
