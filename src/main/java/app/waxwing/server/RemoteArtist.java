package app.waxwing.server;

import java.util.Optional;

/// An artist as a server tells of it; what is absent it did not say, as with [RemoteTrack].
///
/// @param favourite empty where the server does not say
public record RemoteArtist(String id, Optional<String> name, Optional<String> sortName, Optional<String> imageTag,
        Optional<Boolean> favourite) {}
