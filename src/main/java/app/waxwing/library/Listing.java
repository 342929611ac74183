package app.waxwing.library;

import java.util.List;

/// A slice of a list and how long the whole list is.
public record Listing<T>(List<T> items, long total) {
    public Listing {
        items = List.copyOf(items);
    }
}
