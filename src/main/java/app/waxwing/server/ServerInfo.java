package app.waxwing.server;

/// Who a server says it is.
///
/// @param id the server's own stable id: our rows are keyed by it, not by the address
/// @param version as the server writes it; compare by numbers, never as text
public record ServerInfo(String id, String name, String version, ServerKind kind) {}
