package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What is to be fetched ahead and what no more: looks only. Every method returns at once.
record AheadRows(Rows rows) {
    /// @param missing tracks that are neither here nor in the queue
    /// @param stale rows fetched ahead that are not whole and not wanted any more
    record Plan(List<ItemKey> missing, List<Long> stale) {}

    CompletableFuture<Plan> plan(Collection<ItemKey> wanted) {
        return missing(wanted).thenCompose(missing -> rows.read(sql -> new Plan(missing, sql.selectFrom(DOWNLOAD)
                .where(DOWNLOAD.ORIGIN.eq(Origin.QUEUE.word()), DownloadRows.PRESENT,
                        DOWNLOAD.STATUS.in("pending", "paused", "downloading", "failed"))
                .fetch().stream().filter(r -> !wanted.contains(new ItemKey(r.getAccountId(), r.getItemId()))).map(r -> r.getId())
                .toList())));
    }

    CompletableFuture<List<ItemKey>> missing(Collection<ItemKey> wanted) {
        return rows.read(sql -> {
            List<ItemKey> missing = new ArrayList<>();
            for (ItemKey key : wanted) {
                boolean here = sql.fetchExists(MEDIA_FILE, MEDIA_FILE.ACCOUNT_ID.eq(key.account()).and(MEDIA_FILE.ITEM_ID.eq(key.id())));
                boolean queued = sql.fetchExists(DOWNLOAD, DOWNLOAD.ACCOUNT_ID.eq(key.account()).and(DOWNLOAD.ITEM_ID.eq(key.id()))
                        .and(DownloadRows.PRESENT));
                if (!here && !queued) missing.add(key);
            }
            return missing;
        });
    }
}
