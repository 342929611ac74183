package app.waxwing.server;

import java.util.List;

/// An artist named by something else. The id may be empty where the server gives only a name.
public record ArtistRef(String id, String name) {
    /// A server's word that something is by nobody; an empty list says nothing.
    public static final List<ArtistRef> NOBODY = List.of(new ArtistRef("", ""));
}
