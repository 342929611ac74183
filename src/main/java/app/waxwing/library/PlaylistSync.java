package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PLAYLIST;
import static org.jooq.impl.DSL.max;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.server.ItemKind;
import app.waxwing.server.Page;
import app.waxwing.server.RemotePlaylist;
import app.waxwing.server.RemotePlaylistEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Playlists and their entries. The list is short and read whole each time; entries only where the playlist's change tag is another, or all in a
/// full pass. Lists have numbers of their own in `seen_pass`, since each sync reads one: complete is one that is not shorter than the server's count,
/// or that a second reading made no longer.
final class PlaylistSync {
    private static final Logger LOG = LoggerFactory.getLogger(PlaylistSync.class);
    /// Longest playlist that is read.
    private static final int LONGEST = 200_000;
    /// The step that holds the number of the last complete list.
    private static final String WHOLE = "whole/playlists";
    /// So many are asked about where they are all there are.
    private static final int ALL = 3;
    private final SyncContext context;
    private final SyncContext.Counts counts;

    private final GoneRows gone;
    private final HeldSweeps questions;

    private record Wanted(String id, @Nullable String tag) {}

    private record Row(long id, String item) {}

    PlaylistSync(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
        gone = new GoneRows(context.rows());
        questions = new HeldSweeps(context.rows());
    }

    void run(boolean full) {
        long account = context.account();
        Instant start = context.time().now();
        long before = before();
        long number = before + 1;
        SyncStep left = context.load("playlists", number);
        // One that was read to its end and not believed is read anew.
        SyncStep list = walk(left.complete() ? left.again() : inPlace(left, number), number);
        boolean stable = false;
        for (int i = 0; list.shortOfTotal() && !stable && i < SyncRun.REPEATS && !missing(number).isEmpty(); i++) {
            LOG.info("playlists of account {}: {} distinct of {} came, reading again", account, list.seen(), list.total());
            long seen = list.seen();
            list = walk(context.save(list.again()), number);
            stable = list.seen() == seen;
        }
        List<Wanted> wanted = wanted(full, start);
        for (int i = 0; i < wanted.size(); i++) {
            entries(wanted.get(i));
            context.tell("playlists", i + 1, wanted.size());
        }
        if (list.shortOfTotal() && !stable) return;
        sweep(number, before);
        context.save(SyncStep.fresh(WHOLE, number));
    }

    /// Where the list is another one by now all of it is read; what was met before is not counted again, so that it is short, and read once more.
    private SyncStep inPlace(SyncStep left, long number) {
        return context.inPlace(left, this::page, LeftPage::key).orElseGet(() -> SyncStep.fresh("playlists", number));
    }

    private Page<RemotePlaylist> page(String cursor) {
        return context.server().playlists(cursor, SyncContext.PAGE);
    }

    private SyncStep walk(SyncStep from, long number) {
        return context.walk(from, "playlists", this::page, LeftPage::key,
                (connection, items, asked) -> PlaylistWriter.write(connection, context.account(), number, items, asked), counts);
    }

    /// The number of the last complete list. Before lists had numbers of their own they had those of passes.
    private long before() {
        Optional<SyncStep> last = context.read(sql -> SyncStep.load(sql, context.account(), WHOLE));
        if (last.isPresent()) return last.get().pass();
        long newest = context.read(sql -> sql.select(max(PLAYLIST.SEEN_PASS)).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(context.account())).fetchOptional().map(r -> r.value1()).orElse(0L));
        return context.save(SyncStep.fresh(WHOLE, newest)).pass();
    }

    private List<Wanted> wanted(boolean full, Instant start) {
        return context.read(sql -> sql.select(PLAYLIST.ITEM_ID, PLAYLIST.CHANGE_TAG).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(context.account()), PLAYLIST.GONE_AT.isNull(), PLAYLIST.DELETED_AT.isNull(),
                        PLAYLIST.ITEM_ID.notLike("local-%"),
                        PLAYLIST.ITEMS_SYNCED_AT.isNull().or(PLAYLIST.CHANGE_TAG.isNull())
                                .or(PLAYLIST.CHANGE_TAG.isDistinctFrom(PLAYLIST.ITEMS_TAG))
                                .or(full ? PLAYLIST.ITEMS_SYNCED_AT.lt(start.toEpochMilli()) : org.jooq.impl.DSL.falseCondition()))
                .orderBy(PLAYLIST.ID).fetch(r -> new Wanted(r.value1(), r.value2())));
    }

    /// Not written where an edit from here reached the server since the reading began: the list may be without it.
    private void entries(Wanted playlist) {
        var key = new ItemKey(context.account(), playlist.id());
        Optional<Long> known = context.read(sql -> syncedAt(sql, key));
        List<RemotePlaylistEntry> entries = new ArrayList<>();
        try {
            Optional<String> cursor = Optional.of(Page.FIRST);
            while (cursor.isPresent() && entries.size() < LONGEST) {
                GiveWay.to(context);
                Page<RemotePlaylistEntry> page = context.server().playlistEntries(playlist.id(), cursor.get(), SyncContext.PAGE);
                entries.addAll(page.items());
                cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
            }
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted)) throw e;
            LOG.info("playlist {} cannot be read: {}", playlist.id(), e.getMessage());
            return;
        }
        List<RemotePlaylistEntry> all = LostEntries.kept(context.database(), context.server(), key, entries, () -> GiveWay.to(context));
        boolean changed = context.write(sql -> syncedAt(sql, key).equals(known)
                && PlaylistWriter.entries(sql, context.account(), playlist.id(), all, playlist.tag(), context.time().now()));
        if (changed) context.changes().changed(Library.Change.PLAYLISTS);
    }

    /// When its entries here were last what the server had, by a sync or by an edit that the server took.
    private static Optional<Long> syncedAt(DSLContext sql, ItemKey playlist) {
        return sql.select(PLAYLIST.ITEMS_SYNCED_AT).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(playlist.account()), PLAYLIST.ITEM_ID.eq(playlist.id()))
                .fetchOptional(PLAYLIST.ITEMS_SYNCED_AT);
    }

    /// What the server says it removed goes at once where it does not give it any more; so much that a list would ask about it is left to lists.
    void removed(Set<String> said) {
        if (said.isEmpty()) return;
        List<Row> known = known();
        List<Row> here = known.stream().filter(r -> said.contains(r.item)).toList();
        if (here.isEmpty() || Sweep.much(here.size(), known.size()) || all(here.size(), known.size())) return;
        counts.removed(gone.playlists(here.stream().filter(r -> !given(r.item)).map(Row::id).toList()));
    }

    /// After a complete list: what neither it nor the complete one before it named is gone, where the server does not give it by its id either.
    /// Suspiciously much is held, as all there are is, and the user is asked.
    private void sweep(long number, long before) {
        List<Row> missing = missing(before);
        int known = known().size();
        if (Sweep.much(missing.size(), known)) {
            ask(missing.size(), known, before);
            return;
        }
        List<Long> still = missing.stream().filter(r -> given(r.item)).map(Row::id).toList();
        GoneRows.pieces(still, chunk -> context.write(
                sql -> sql.update(PLAYLIST).set(PLAYLIST.SEEN_PASS, number).where(PLAYLIST.ID.in(chunk)).execute()));
        List<Long> lost = missing.stream().map(Row::id).filter(id -> !still.contains(id)).toList();
        // One that was made since is no answer to the question.
        if (all(lost.size(), known) || lost.size() >= ALL && questions.about(ItemKind.PLAYLIST).contains("")) {
            ask(lost.size(), known, before);
            return;
        }
        questions.withdraw(ItemKind.PLAYLIST, Set.of());
        counts.removed(gone.playlists(lost));
    }

    private static boolean all(int missing, int known) {
        return missing >= ALL && missing == known;
    }

    private void ask(int missing, int known, long before) {
        LOG.warn("account {}: the server no longer lists {} of {} playlists; the user is asked", context.account(), missing, known);
        questions.ask(ItemKind.PLAYLIST, "", missing, known, before);
    }

    private boolean given(String playlist) {
        GiveWay.to(context);
        try {
            context.server().playlistEntries(playlist, Page.FIRST, 1);
            return true;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted) return false;
            throw e;
        }
    }

    /// Those of the server; what was made here and is not sent yet is not counted.
    private List<Row> known() {
        return missing(Long.MAX_VALUE);
    }

    private List<Row> missing(long before) {
        return context.read(sql -> sql.select(PLAYLIST.ID, PLAYLIST.ITEM_ID).from(PLAYLIST)
                .where(PLAYLIST.ACCOUNT_ID.eq(context.account()), PLAYLIST.GONE_AT.isNull(), PLAYLIST.ITEM_ID.notLike("local-%"),
                        PLAYLIST.SEEN_PASS.lt(before))
                .fetch(r -> new Row(r.value1(), r.value2())));
    }
}
