package app.waxwing.server;

/// One of a server's libraries («views»).
///
/// @param kind the server's word for what it holds, such as `music`; empty = mixed
public record RemoteFolder(String id, String title, String kind) {}
