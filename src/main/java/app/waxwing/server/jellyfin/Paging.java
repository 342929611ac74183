package app.waxwing.server.jellyfin;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.Page;
import app.waxwing.server.wire.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/// Jellyfin's way of paging: a start index, the count where it is not known yet (it costs the server a query), and the end where the start reaches the
/// count. A page may be short or empty in the middle, because the server leaves out what the user may not see after it has cut the page.
final class Paging {
    /// So many pages in a row without an item end a list whose count cannot be true.
    private static final int EMPTY_PAGES = 50;

    private Paging() {}

    /// Where a page begins, as the text between the calls says: start index, count (-1 unknown), empty pages just before.
    private record Cursor(long start, long total, int empty) {
        static Cursor of(String text) {
            if (text.equals(Page.FIRST)) return new Cursor(0, -1, 0);
            if (text.startsWith(Page.COUNTED)) {
                Cursor at = of(text.substring(Page.COUNTED.length()));
                return new Cursor(at.start(), -1, at.empty());
            }
            String[] parts = text.split("/", 3);
            try {
                return new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new FailureException(new Failure.Invalid("«" + text + "» does not name a page"), e);
            }
        }

        @Override
        public String toString() {
            return start + "/" + total + "/" + empty;
        }
    }

    /// One page. An answer beyond the limits is asked for again in halves, so that one monstrous item costs itself and not the list.
    static <T> Page<T> page(JellyfinHttp http, Supplier<Ask> ask, String cursor, int limit, Function<JsonObject, Optional<T>> reader) {
        if (limit < 1) throw new IllegalArgumentException("limit " + limit);
        Cursor at = Cursor.of(cursor);
        for (int wanted = limit;; wanted /= 2) {
            try {
                Ask question = ask.get().with("startIndex", at.start()).with("limit", wanted);
                // A playlist's entries always come with their count and know no such parameter.
                if (!question.path().startsWith("Playlists/")) question.with("enableTotalRecordCount", at.total() < 0);
                return read(http.list(question, reader), at, wanted);
            } catch (FailureException e) {
                if (!(e.failure() instanceof Failure.TooLarge)) throw e;
                if (wanted == 1)
                    return new Page<>(List.of(), Optional.of(new Cursor(at.start() + 1, at.total(), 0).toString()),
                            OptionalLong.empty(), 1);
            }
        }
    }

    private static <T> Page<T> read(JellyfinHttp.Listed<T> listed, Cursor at, int limit) {
        JsonObject answer = listed.answer();
        List<T> items = listed.items();
        int sent = answer.size("Items");
        OptionalLong said = at.total() < 0 ? answer.number("TotalRecordCount") : OptionalLong.empty();
        if (said.isPresent()) said = OptionalLong.of(Math.max(said.getAsLong(), at.start() + sent));
        long total = at.total() >= 0 ? at.total() : said.orElse(-1);
        long next = at.start() + Math.max(limit, sent);
        int empty = sent == 0 ? at.empty() + 1 : 0;
        boolean end = total >= 0 ? next >= total || empty >= EMPTY_PAGES : sent == 0;
        return new Page<>(items, end ? Optional.empty() : Optional.of(new Cursor(next, total, empty).toString()), said,
                sent - items.size());
    }
}
