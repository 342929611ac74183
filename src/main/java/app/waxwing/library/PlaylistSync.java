package app.waxwing.library;

import static app.waxwing.store.schema.Tables.PLAYLIST;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.server.Page;
import app.waxwing.server.RemotePlaylistEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Playlists and their entries. The list is short and read whole each time; entries only where the playlist's change tag is another, or all in a
/// full pass.
final class PlaylistSync {
    private static final Logger LOG = LoggerFactory.getLogger(PlaylistSync.class);
    /// Longest playlist that is read.
    private static final int LONGEST = 200_000;
    private final SyncContext context;
    private final SyncContext.Counts counts;

    private record Wanted(String id, @Nullable String tag) {}

    PlaylistSync(SyncContext context, SyncContext.Counts counts) {
        this.context = context;
        this.counts = counts;
    }

    void run(long pass, boolean full) {
        long account = context.account();
        Instant start = context.time().now();
        SyncStep list = full ? context.load("playlists", pass) : SyncStep.fresh("playlists-changed", pass);
        boolean resumed = !list.cursor().isEmpty() || list.complete();
        List<String> met = new ArrayList<>();
        context.walk(list, "playlists", cursor -> context.server().playlists(cursor, SyncContext.PAGE), (connection, items, asked) -> {
            items.forEach(p -> met.add(p.id()));
            return PlaylistWriter.write(connection, account, pass, items, asked);
        }, counts);
        for (Wanted playlist : wanted(full, start)) {
            context.check();
            entries(playlist);
        }
        if (!resumed) gone(met);
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

    private void entries(Wanted playlist) {
        List<RemotePlaylistEntry> entries = new ArrayList<>();
        try {
            Optional<String> cursor = Optional.of(Page.FIRST);
            while (cursor.isPresent() && entries.size() < LONGEST) {
                Page<RemotePlaylistEntry> page = context.server().playlistEntries(playlist.id(), cursor.get(), SyncContext.PAGE);
                entries.addAll(page.items());
                cursor = page.next().equals(cursor) ? Optional.empty() : page.next();
            }
        } catch (FailureException e) {
            if (!(e.failure() instanceof Failure.NotFound || e.failure() instanceof Failure.NotPermitted)) throw e;
            LOG.info("playlist {} cannot be read: {}", playlist.id(), e.getMessage());
            return;
        }
        boolean changed = context
                .write(sql -> PlaylistWriter.entries(sql, context.account(), playlist.id(), entries, playlist.tag(), context.time().now()));
        if (changed) context.changes().changed(Library.Change.PLAYLISTS);
    }

    /// The whole list was read in one go: what it does not name is gone. Made here and not yet sent stays.
    private void gone(List<String> met) {
        var known = context.read(sql -> sql.select(PLAYLIST.ITEM_ID).from(PLAYLIST).where(PLAYLIST.ACCOUNT_ID.eq(context.account()),
                PLAYLIST.GONE_AT.isNull(), PLAYLIST.ITEM_ID.notLike("local-%")).fetch(PLAYLIST.ITEM_ID));
        var here = new java.util.HashSet<>(met);
        List<String> missing = known.stream().filter(id -> !here.contains(id)).toList();
        if (missing.isEmpty() || met.isEmpty() && missing.size() > Sweep.SILENTLY) return;
        long now = context.time().now().toEpochMilli();
        counts.removed(context.write(sql -> {
            int gone = 0;
            for (String id : missing) {
                gone += sql.update(PLAYLIST).set(PLAYLIST.GONE_AT, now)
                        .where(PLAYLIST.ACCOUNT_ID.eq(context.account()), PLAYLIST.ITEM_ID.eq(id)).execute();
            }
            return gone;
        }));
    }
}
