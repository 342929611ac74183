package app.waxwing.server;

import java.util.Optional;

/// A playlist as a server tells of it, without its entries.
public record RemotePlaylist(String id, String title, Optional<String> imageTag, boolean editable, Optional<String> changeTag,
        Optional<Boolean> favourite) {}
