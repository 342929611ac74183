package app.waxwing.server;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One page of a long list. How a server counts (start index, page number, until a short page, cursor) stays its own affair:
/// `next` is opaque text that may be stored and used after a restart.
///
/// @param items what the page holds; may be fewer than asked for without being the last
/// @param next how to ask for the page after this one; empty at the end
/// @param total how many there are in all, where the server said so on this page
/// @param dropped entries of the page that could not be used (unknown kind, unreadable), with nothing but their number
public record Page<T>(List<T> items, Optional<String> next, OptionalLong total, int dropped) {
    /// The cursor of the first page.
    public static final String FIRST = "";
    /// How a cursor begins that asks for the count too.
    public static final String COUNTED = "counted/";

    public Page {
        items = List.copyOf(items);
    }

    /// The same place, with the count asked anew, as the first page asks for it: the list may have changed since the cursor was made.
    public static String counted(String cursor) {
        return cursor.equals(FIRST) ? FIRST : COUNTED + cursor;
    }
}
