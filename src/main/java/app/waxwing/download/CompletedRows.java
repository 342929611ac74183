package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;

import app.waxwing.download.DownloadStore.Change;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// The rows of a file that has its final name: who it belongs to is decided here, since its wish may have gone, or come anew, a moment before.
/// Inside one transaction.
final class CompletedRows {
    private CompletedRows() {}

    /// What became of a file that arrived.
    ///
    /// @param counts false = its row was removed a moment before and nobody else wants the track: the file is to be removed
    /// @param heir a row that waited for the same file, before and after: it has it now
    /// @param gaveWay files of the track in other qualities that are to be removed now
    /// @param stored the row as it is now: its track may have moved on the server while it came
    record Outcome(boolean counts, Optional<Change> heir, int gaveWay, Entry stored) {}

    static Outcome write(DSLContext sql, Entry arrived, TransferEnd.Arrived file, Instant now) {
        Entry known = DownloadRows.item(sql, arrived.id())
                .filter(item -> !item.equals(arrived.key().id())).flatMap(item -> DownloadRows.find(sql, arrived.id()))
                .map(arrived::sameAs).orElse(arrived);
        Optional<Entry> row = DownloadRows.some(sql, List.of(known.id()), DownloadRows.PRESENT).stream().findFirst();
        boolean present = row.isPresent();
        // A wish may have come that its owner has not heard of.
        Entry after = row.map(r -> known.wanted(r.origin(), r.rank(), r.priority())).orElse(known);
        List<Entry> wanted = present ? List.of() : waiting(sql, after);
        boolean counts = present || !wanted.isEmpty();
        if (counts) {
            FileRows.put(sql, after, file, KeepRows.kept(sql, after.key()), now);
            ReasonRows.settled(sql, after.key(), file.reasons());
        }
        Names.free(sql, after.id());
        Map<Field<?>, @Nullable Object> columns = DownloadRows.decided(after);
        columns.putAll(DownloadRows.part(after.part()));
        columns.put(DOWNLOAD.PROGRESS, 1.0);
        columns.put(DOWNLOAD.QUALITY, after.quality());
        columns.put(DOWNLOAD.IS_CLEARED, false);
        DownloadRows.set(sql, columns, "id = ?", after.id());
        if (present) return new Outcome(true, Optional.empty(), QualityRows.leave(sql, after.key(), after.quality(), now), after);
        if (counts) return new Outcome(true, handedOn(sql, after, wanted, now), 0, after);
        Names.hold(sql, after);
        return new Outcome(false, Optional.empty(), 0, after);
    }

    /// One that has its file, such as that of a track that moved on its server, waits for none.
    private static List<Entry> waiting(DSLContext sql, Entry after) {
        return DownloadStore.byItem(sql, after.key()).stream().filter(e -> !(e.state() instanceof DownloadState.Completed)).toList();
    }

    /// A new wish came a moment before: one for this quality has its file; for one for another quality this file stays until that is whole.
    private static Optional<Change> handedOn(DSLContext sql, Entry after, List<Entry> wanted, Instant now) {
        QualityRows.disown(sql, List.of(after.id()), now);
        Optional<Entry> heir = wanted.stream().filter(e -> e.quality().equals(after.quality()))
                .filter(e -> !(e.state() instanceof DownloadState.Running) && !(e.state() instanceof DownloadState.Completed)).findFirst();
        return heir.map(before -> {
            KeepRows.complete(sql, before.key().account(), List.of(before.key().id()), Map.of(before.key().id(), before.quality()), now);
            return new Change(before, DownloadRows.find(sql, before.id()).orElseThrow());
        });
    }
}
