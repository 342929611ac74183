package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.DownloadStore.Change;
import app.waxwing.store.Durability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jooq.DSLContext;

/// Downloads of which the user let a reason go: what nothing else keeps is removed, but for what plays, is next in the queue or belongs to an album
/// that he comes back to. That is a cached file from then on, as if it had been fetched ahead.
record LastReason(Downloads downloads, Rows rows, Time time) {
    private static final DownloadInput REMOVE = new DownloadInput.Remove();

    /// @param cached before and after
    private record Gone(List<Change> removed, List<Change> cached) {}

    /// @return how many were removed
    CompletableFuture<Integer> gone(Collection<Long> ids) {
        Set<Long> once = Set.copyOf(ids);
        return downloads.task((scheduler, done) -> {
            Commands commands = scheduler.commands();
            Map<Long, Entry> known = commands.begun(once, REMOVE, DownloadEvent.Kind.DELETED);
            rows.write(Durability.KEPT, sql -> apply(sql, once, known))
                    .whenComplete((gone, trouble) -> downloads.back(done, trouble, () -> {
                        commands.cachedAgain(gone.cached());
                        commands.stored(once, gone.removed(), REMOVE, DownloadEvent.Kind.DELETED);
                        done.complete(gone.removed().size());
                    }));
        });
    }

    private Gone apply(DSLContext sql, Set<Long> ids, Map<Long, Entry> known) {
        Set<Long> rest = new HashSet<>(ids);
        List<Change> cached = new ArrayList<>();
        for (Entry before : DownloadRows.some(sql, List.copyOf(ids), DownloadRows.PRESENT)) {
            if (KeepRows.kept(sql, before.key()) || !staysWhole(sql, before)) continue;
            Optional<Origin> why = downloads.fetchAhead().wants(before.key(), album(sql, before.key()));
            if (why.isEmpty()) continue;
            // One that is heard while it comes is calmed when nobody hears it any more.
            int rank = before.rank() == 0 ? 0 : Entry.rank(why.get());
            Entry after = before.wanted(why.get(), rank, 0);
            cached.add(new Change(before, after.with(after.turn().done())));
            write(sql, after);
            rest.remove(before.id());
        }
        return new Gone(DownloadStore.apply(sql, rest, known, REMOVE, time.now(), Guard.UNKEPT, DownloadEvent.Kind.DELETED), cached);
    }

    /// Not one that failed, nor one on its way in place of a file in another quality: the cache holds one file of a track.
    private static boolean staysWhole(DSLContext sql, Entry entry) {
        return switch (entry.state()) {
            case DownloadState.Completed s -> true;
            case DownloadState.Queued s -> QualityRows.other(sql, entry).isEmpty();
            case DownloadState.Running s -> QualityRows.other(sql, entry).isEmpty();
            case DownloadState.Paused s -> QualityRows.other(sql, entry).isEmpty();
            case DownloadState.Failed s -> false;
            case DownloadState.Removing s -> false;
            case DownloadState.Gone s -> false;
        };
    }

    private static Optional<ItemKey> album(DSLContext sql, ItemKey track) {
        return sql.select(TRACK.ALBUM_ITEM_ID).from(TRACK).where(TRACK.ACCOUNT_ID.eq(track.account()).and(TRACK.ITEM_ID.eq(track.id())))
                .fetchOptional(TRACK.ALBUM_ITEM_ID).map(album -> new ItemKey(track.account(), album));
    }

    private static void write(DSLContext sql, Entry entry) {
        sql.update(DOWNLOAD).set(DOWNLOAD.ORIGIN, entry.origin().word()).set(DOWNLOAD.CLASS, (long) entry.rank())
                .set(DOWNLOAD.PRIORITY, (long) entry.priority()).set(DOWNLOAD.IS_ANYWAY, false)
                .where(DOWNLOAD.ID.eq(entry.id()).and(DownloadRows.PRESENT)).execute();
    }
}
