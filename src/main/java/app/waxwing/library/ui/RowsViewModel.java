package app.waxwing.library.ui;

import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.parts.Place;
import app.waxwing.parts.Question;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/// The row numbers of a whole list in the chosen order, asked of the library again when the order or the filter changes. A list is begun with its first
/// rows, which are here in milliseconds whatever its length: a million numbers take some tenths of a second. FX thread.
final class RowsViewModel<R> {
    /// Which column, and which way round.
    record Order(Optional<Sort> sort, boolean descending) {
        static final Order USUAL = new Order(Optional.empty(), false);

        /// As it is remembered: «YEAR:down».
        String word() {
            return sort.map(Sort::name).orElse("") + (descending ? ":down" : "");
        }

        /// What is remembered by an older or newer program and not known counts as the usual order.
        static Order of(Object remembered) {
            if (!(remembered instanceof String word)) return USUAL;
            String[] parts = word.split(":", 2);
            return java.util.Arrays.stream(Sort.values()).filter(s -> s.name().equals(parts[0])).findFirst()
                    .map(s -> new Order(Optional.of(s), parts.length > 1)).orElse(USUAL);
        }
    }

    /// Rows that a list is begun with: some screens.
    static final int FIRST = 200;

    private final Map<String, Object> memory;
    private final String name;
    private final ObjectProperty<Order> order;
    private final Question<R> rows;
    private Query asked;
    private CompletableFuture<R> whole = new CompletableFuture<>();

    /// @param name keeps the order apart from other lists' while the window lives
    /// @param base what is listed, without order and filter
    /// @param begins whether the page can show the first rows before the rest
    RowsViewModel(Executor fx, Map<String, Object> memory, String name, Query base, BooleanSupplier playableOnly,
            Function<Query, CompletableFuture<R>> ask, boolean begins) {
        this.memory = memory;
        this.name = name;
        order = new SimpleObjectProperty<>(Order.of(memory.getOrDefault(name + ".order", "")));
        asked = base;
        rows = new Question<>(fx, () -> {
            asked = query(base, playableOnly.getAsBoolean());
            whole = ask.apply(asked);
            return whole;
        }, () -> begins && asked.limit() == 0 && !asked.sort().equals(Optional.of(Sort.RANDOM)) && Place.of(memory, name) < FIRST / 2
                ? Optional.of(ask.apply(asked.slice(0, FIRST)))
                : Optional.empty());
    }

    /// What was asked last.
    Query asked() {
        return asked;
    }

    /// All rows of what was asked last.
    CompletableFuture<R> whole() {
        return whole;
    }

    /// These rows are the beginning of a list the rest of which is on its way.
    boolean begun(R shown) {
        return !whole.isDone() || whole.isCompletedExceptionally() || whole.join() != shown;
    }

    Question<R> rows() {
        return rows;
    }

    ObjectProperty<Order> order() {
        return order;
    }

    void sort(Optional<Sort> sort, boolean descending) {
        order.set(new Order(sort, descending));
        memory.put(name + ".order", order.get().word());
        rows.askAnew();
    }

    /// Back to the order that the list has by itself.
    void usual() {
        if (!order.get().equals(Order.USUAL)) sort(Optional.empty(), false);
    }

    private Query query(Query base, boolean playableOnly) {
        Query query = base.playableOnly(playableOnly || base.playableOnly());
        return order.get().sort().map(s -> query.sort(s, order.get().descending())).orElse(query);
    }

    /// Orders in which a list is mostly wanted from the top.
    static boolean fromTheTop(Sort sort) {
        return List.of(Sort.ADDED, Sort.PLAY_COUNT, Sort.LAST_PLAYED, Sort.YEAR, Sort.TRACKS).contains(sort);
    }
}
