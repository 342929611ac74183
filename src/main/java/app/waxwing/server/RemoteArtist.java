package app.waxwing.server;

import java.util.Optional;

/// An artist as a server tells of it.
///
/// @param favourite empty where the server does not say
public record RemoteArtist(String id, String name, String sortName, Optional<String> imageTag, Optional<Boolean> favourite) {}
