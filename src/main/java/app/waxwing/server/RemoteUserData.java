package app.waxwing.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What a server knows of one user and one item.
public record RemoteUserData(String itemId, boolean favourite, int playCount, Optional<Instant> lastPlayed, Duration position) {}
