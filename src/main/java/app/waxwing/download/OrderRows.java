package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;

import app.waxwing.download.DownloadStore.Change;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Durability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;

/// The order of the queue as the user makes it: each method is one transaction and answers with what changed.
final class OrderRows {
    private static final Condition OPEN = DownloadRows.PRESENT.and(DOWNLOAD.STATUS.in("pending", "downloading", "paused", "failed"));
    private final Rows rows;

    OrderRows(Rows rows) {
        this.rows = rows;
    }

    /// @param renumbered more rows than these changed their places: what waits in memory is to be read again
    record Moved(List<Change> changes, boolean renumbered) {}

    CompletableFuture<Integer> prioritise(long id, int priority) {
        return rows.write(Durability.KEPT,
                sql -> sql.update(DOWNLOAD).set(DOWNLOAD.PRIORITY, (long) priority).where(DOWNLOAD.ID.eq(id)).execute());
    }

    /// Puts rows, in the order given, right before another one, with its priority and, if that is the better one, its class; without one, to
    /// the end of their own class.
    CompletableFuture<Moved> move(List<Long> ids, OptionalLong before) {
        return rows.write(Durability.KEPT, sql -> {
            List<Entry> moving = open(sql, ids);
            Optional<Entry> target = before.isPresent() ? DownloadRows.find(sql, before.getAsLong()) : Optional.empty();
            if (moving.isEmpty() || (before.isPresent() && target.isEmpty())) return new Moved(List.of(), false);
            if (target.isEmpty()) return new Moved(last(sql, moving), false);
            if (moving.stream().anyMatch(e -> e.id() == target.get().id())) return new Moved(List.of(), false);
            return before(sql, moving, target.get());
        });
    }

    /// Puts rows before all others of the user's own. What was only fetched ahead becomes the user's own by that.
    CompletableFuture<Moved> toTop(List<Long> ids) {
        return rows.write(Durability.KEPT, sql -> {
            List<Entry> moving = open(sql, ids);
            Condition others = OPEN.and(DOWNLOAD.CLASS.eq(1L)).and(DOWNLOAD.ID.notIn(ids));
            Long highest = sql.select(DSL.max(DOWNLOAD.PRIORITY)).from(DOWNLOAD).where(others).fetchOne(0, Long.class);
            // One above, and not level with them: between level ones the servers take turns.
            int priority = highest == null ? 0 : (int) Math.min(Integer.MAX_VALUE, highest + 1);
            Long first = sql.select(DSL.min(DOWNLOAD.PLACE)).from(DOWNLOAD).where(OPEN).fetchOne(0, Long.class);
            long place = first == null ? 0 : first;
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < moving.size(); i++) {
                Turn old = moving.get(i).turn();
                changes.add(write(sql, moving.get(i),
                        new Turn(Math.min(old.rank(), 1), priority, old.anyway(), place - Turn.GAP * (moving.size() - i))));
            }
            return new Moved(changes, false);
        });
    }

    /// «Download now anyway».
    CompletableFuture<Moved> hurry(Collection<Long> ids) {
        return rows.write(Durability.KEPT, sql -> new Moved(
                open(sql, ids).stream().filter(e -> !e.turn().anyway()).map(e -> write(sql, e, e.turn().hurried())).toList(), false));
    }

    /// From the class of what is heard back to that of its reason; what is wanted for nothing else stays as it is.
    CompletableFuture<Moved> calm(long id) {
        return rows.write(Durability.KEPT, sql -> new Moved(
                open(sql, List.of(id)).stream().filter(e -> e.rank() < Entry.rank(e.origin()))
                        .map(e -> write(sql, e, e.turn().with(Entry.rank(e.origin()), e.priority()))).toList(),
                false));
    }

    /// «Download now anyway» for everything of the active accounts that waits, however much that is.
    CompletableFuture<Integer> hurryAll() {
        return rows.write(Durability.KEPT,
                sql -> sql.update(DOWNLOAD).set(DOWNLOAD.IS_ANYWAY, true)
                        .where(DownloadRows.PRESENT.and(DOWNLOAD.STATUS.in("pending", "downloading")).and(DOWNLOAD.CLASS.eq(1L))
                                .and(ActiveAccounts.own(DOWNLOAD.ACCOUNT_ID)))
                        .execute());
    }

    private static Moved before(DSLContext sql, List<Entry> moving, Entry target) {
        boolean renumbered = false;
        Entry at = target;
        Optional<Long> floor = previous(sql, at, moving);
        if (floor.isPresent() && at.turn().place() - floor.get() <= moving.size()) {
            renumber(sql, at.turn());
            renumbered = true;
            at = DownloadRows.find(sql, target.id()).orElseThrow();
            floor = previous(sql, at, moving);
        }
        long step = floor.isPresent() ? (at.turn().place() - floor.get()) / (moving.size() + 1) : Turn.GAP;
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < moving.size(); i++) {
            Entry entry = moving.get(i);
            Turn to = at.turn();
            int rank = Math.min(entry.rank(), Math.max(1, to.rank()));
            // Dragged below its class it stands last in its own, for the class goes first whatever the place.
            changes.add(rank < to.rank()
                    ? write(sql, entry, end(sql, entry, i))
                    : write(sql, entry, new Turn(rank, to.priority(), entry.turn().anyway(), to.place() - step * (moving.size() - i))));
        }
        return new Moved(changes, renumbered);
    }

    private static List<Change> last(DSLContext sql, List<Entry> moving) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < moving.size(); i++) changes.add(write(sql, moving.get(i), end(sql, moving.get(i), i)));
        return changes;
    }

    /// The end of its own class.
    private static Turn end(DSLContext sql, Entry entry, int n) {
        Condition own = OPEN.and(DOWNLOAD.CLASS.eq((long) entry.rank()));
        Long lowest = sql.select(DSL.min(DOWNLOAD.PRIORITY)).from(DOWNLOAD).where(own).fetchOne(0, Long.class);
        Long last = sql.select(DSL.max(DOWNLOAD.PLACE)).from(DOWNLOAD).where(own).fetchOne(0, Long.class);
        return new Turn(entry.rank(), lowest == null ? entry.priority() : Math.toIntExact(lowest), entry.turn().anyway(),
                (last == null ? entry.turn().place() : last) + Turn.GAP + n);
    }

    /// The place of the one before, among those that the place decides between; those that are moving do not count.
    private static Optional<Long> previous(DSLContext sql, Entry at, List<Entry> moving) {
        return Optional.ofNullable(sql.select(DSL.max(DOWNLOAD.PLACE)).from(DOWNLOAD)
                .where(level(at.turn()).and(DOWNLOAD.PLACE.le(at.turn().place())).and(DOWNLOAD.ID.ne(at.id()))
                        .and(DOWNLOAD.ID.notIn(moving.stream().map(Entry::id).toList())))
                .fetchOne(0, Long.class));
    }

    /// Makes room between all those of one class and priority, in the order in which they stand.
    private static void renumber(DSLContext sql, Turn turn) {
        List<Long> ids = sql.select(DOWNLOAD.ID).from(DOWNLOAD).where(level(turn)).orderBy(DOWNLOAD.PLACE, DOWNLOAD.ID).fetch(DOWNLOAD.ID);
        long first = turn.place() - ((long) ids.size() << 20);
        Object[][] places = new Object[ids.size()][];
        for (int i = 0; i < places.length; i++) places[i] = new Object[]{first + ((long) i << 20), ids.get(i)};
        sql.batch(sql.update(DOWNLOAD).set(DOWNLOAD.PLACE, 0L).where(DOWNLOAD.ID.eq(0L)), places).execute();
    }

    private static Condition level(Turn turn) {
        return OPEN.and(DOWNLOAD.CLASS.eq((long) turn.rank())).and(DOWNLOAD.PRIORITY.eq((long) turn.priority()));
    }

    private static List<Entry> open(DSLContext sql, Collection<Long> ids) {
        Map<Long, Entry> found = new LinkedHashMap<>();
        for (long id : new LinkedHashSet<>(ids)) DownloadRows.find(sql, id).ifPresent(e -> found.put(id, e));
        return found.values().stream().filter(e -> switch (e.state()) {
            case DownloadState.Queued s -> true;
            case DownloadState.Running s -> true;
            case DownloadState.Paused s -> true;
            case DownloadState.Failed s -> true;
            case DownloadState.Completed s -> false;
            case DownloadState.Removing s -> false;
            case DownloadState.Gone s -> false;
        }).toList();
    }

    private static Change write(DSLContext sql, Entry entry, Turn turn) {
        sql.update(DOWNLOAD).set(DOWNLOAD.CLASS, (long) turn.rank()).set(DOWNLOAD.PRIORITY, (long) turn.priority())
                .set(DOWNLOAD.IS_ANYWAY, turn.anyway()).set(DOWNLOAD.PLACE, turn.place()).where(DOWNLOAD.ID.eq(entry.id())).execute();
        return new Change(entry, entry.with(turn));
    }
}
