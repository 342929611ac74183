package app.waxwing.library;

import app.waxwing.base.ItemKey;
import java.util.Optional;

/// An artist as the library here knows it.
public record Artist(long row, ItemKey key, String name, int albumCount, int trackCount, boolean favourite, Optional<Cover> cover,
        Availability availability) {}
