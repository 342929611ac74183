package app.waxwing.server;

import java.util.Optional;

/// A playlist as a server tells of it, without its entries; what is absent it did not say, as with [RemoteTrack].
public record RemotePlaylist(String id, Optional<String> title, Optional<String> imageTag, boolean editable, Optional<String> changeTag,
        Optional<Boolean> favourite) {}
