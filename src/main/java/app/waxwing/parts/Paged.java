package app.waxwing.parts;

import app.waxwing.base.Events;
import app.waxwing.base.FailureException;
import app.waxwing.base.Subscription;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A list of any length of which only the row numbers are held: 8 bytes a row. Small records come a page at a time, the newest wish first, and the
/// longest unused pages go, so that 1,000,000 rows cost 8 MB and a flick through all of them asks for what is seen at the end only.
/// Belongs to the thread of its executor (FX in the window).
public final class Paged<T> {
    /// Records that came: indices from (included) to (excluded).
    public record Loaded(int from, int to) {}

    static final int PAGE = 64;
    /// Rows behind one that is gone which are looked for in its stead.
    private static final int NEAR = 30;
    private static final int PAGES_KEPT = 48;
    private static final int IN_FLIGHT = 2;
    private static final int WISHES = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Paged.class);

    private final Function<long[], CompletableFuture<List<T>>> source;
    private final ToLongFunction<T> rowOf;
    private final Executor fx;
    private final Events<Loaded> loaded = new Events<>();
    private final Map<Integer, Page<T>> pages = new LinkedHashMap<>(64, 0.75f, true);
    private final Deque<Integer> wanted = new ArrayDeque<>();
    private final Map<Long, T> before = new HashMap<>();
    private long[] rows = new long[0];
    private int generation;
    private int running;

    /// @param source records of the rows asked for; those that are gone may be left out
    /// @param fx runs its tasks on the thread that owns this list
    public Paged(Function<long[], CompletableFuture<List<T>>> source, ToLongFunction<T> rowOf, Executor fx) {
        this.source = source;
        this.rowOf = rowOf;
        this.fx = fx;
    }

    /// Replaces the list. Records known from before are shown until the new ones are here, so that a refresh does not flicker.
    public void rows(long[] newRows) {
        keepForNow();
        rows = newRows.clone();
        forget();
    }

    /// Asks for the records again, e.g. after marks changed; the old ones are shown meanwhile.
    public void refresh() {
        keepForNow();
        forget();
    }

    public int size() {
        return rows.length;
    }

    public long row(int index) {
        return rows[index];
    }

    /// Where in other rows the row of this index stands; where it does several times, the nearest to this index.
    public OptionalInt find(long[] others, int index) {
        if (index < 0 || index >= rows.length) return OptionalInt.empty();
        int farthest = Math.max(index, others.length - 1 - index);
        for (int away = 0; away <= farthest; away++) {
            if (index - away >= 0 && index - away < others.length && others[index - away] == rows[index])
                return OptionalInt.of(index - away);
            if (index + away < others.length && others[index + away] == rows[index]) return OptionalInt.of(index + away);
        }
        return OptionalInt.empty();
    }

    /// The same for the first of this row and those behind it that is still there.
    public OptionalInt findNear(long[] others, int index) {
        OptionalInt found = find(others, index);
        for (int i = index + 1; found.isEmpty() && i < index + NEAR; i++) found = find(others, i);
        return found;
    }

    /// A copy of all row numbers.
    public long[] rows() {
        return rows.clone();
    }

    /// The record, or empty while it is on its way: then [#loaded] tells.
    public Optional<T> get(int index) {
        if (index < 0 || index >= rows.length) return Optional.empty();
        if (!pages.containsKey(index / PAGE)) want(index / PAGE);
        Page<T> page = pages.get(index / PAGE);
        if (page != null && page.here) {
            Optional<T> record = page.at(index % PAGE);
            if (record.isPresent()) return record;
        }
        return Optional.ofNullable(before.get(rows[index]));
    }

    /// The record if it is here; asks for nothing.
    public Optional<T> peek(int index) {
        if (index < 0 || index >= rows.length) return Optional.empty();
        Page<T> page = pages.get(index / PAGE);
        return page == null ? Optional.ofNullable(before.get(rows[index])) : page.at(index % PAGE);
    }

    public Subscription onLoaded(java.util.function.Consumer<Loaded> listener) {
        return loaded.subscribe(listener);
    }

    private void keepForNow() {
        Map<Long, T> known = new HashMap<>();
        pages.values().forEach(page -> page.records.forEach(r -> r.ifPresent(t -> known.put(rowOf.applyAsLong(t), t))));
        if (!known.isEmpty()) {
            before.clear();
            before.putAll(known);
        }
    }

    private void forget() {
        generation++;
        pages.clear();
        wanted.clear();
        running = 0;
    }

    private void want(int page) {
        if (!pages.containsKey(page)) pages.put(page, new Page<>());
        wanted.addFirst(page);
        while (wanted.size() > WISHES) pages.remove(wanted.removeLast());
        next();
    }

    private void next() {
        while (running < IN_FLIGHT && !wanted.isEmpty()) load(wanted.removeFirst());
    }

    private void load(int number) {
        int asked = generation;
        int from = number * PAGE;
        int to = Math.min(rows.length, from + PAGE);
        running++;
        source.apply(java.util.Arrays.copyOfRange(rows, from, to)).whenComplete((records, trouble) -> fx.execute(() -> {
            if (asked != generation) return;
            running--;
            if (trouble != null) {
                LOG.warn("rows {} to {} could not be read: {}", from, to, FailureException.of(trouble));
                pages.put(number, new Page<>());
            } else {
                place(number, from, to, records);
            }
            trim();
            next();
            loaded.publish(new Loaded(from, to));
        }));
    }

    private void place(int number, int from, int to, List<T> records) {
        Map<Long, T> byRow = new HashMap<>();
        for (T record : records) byRow.put(rowOf.applyAsLong(record), record);
        var page = new Page<T>();
        for (int i = from; i < to; i++) page.records.add(Optional.ofNullable(byRow.get(rows[i])));
        page.here = true;
        pages.put(number, page);
    }

    private void trim() {
        var oldest = pages.entrySet().iterator();
        while (pages.size() > PAGES_KEPT && oldest.hasNext()) {
            if (oldest.next().getValue().here) oldest.remove();
        }
    }

    private static final class Page<T> {
        final List<Optional<T>> records = new ArrayList<>(PAGE);
        boolean here;

        Optional<T> at(int index) {
            return index < records.size() ? records.get(index) : Optional.empty();
        }
    }
}
