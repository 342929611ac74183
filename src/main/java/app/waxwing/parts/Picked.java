package app.waxwing.parts;

import app.waxwing.library.Track;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/// Tracks that the user chose, for a menu.
///
/// @param only the record when it is exactly one
/// @param tracks reads the records; called when something is done with them
record Picked(int count, Optional<Track> only, Supplier<CompletableFuture<List<Track>>> tracks) {
    static Picked of(Track track) {
        return new Picked(1, Optional.of(track), () -> CompletableFuture.completedFuture(List.of(track)));
    }
}
