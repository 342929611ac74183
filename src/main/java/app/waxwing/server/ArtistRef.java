package app.waxwing.server;

/// An artist named by something else. The id may be empty where the server gives only a name.
public record ArtistRef(String id, String name) {}
