package app.waxwing.library;

import static app.waxwing.store.schema.Tables.SYNC_STATE;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/// Where one part of a sync stands: a row of `sync_state`, written in the transaction of the page it speaks of.
///
/// @param scope what is read: `pass` (the whole), `since` (the last complete one), `tracks/<folder>`, …
/// @param pass the pass it belongs to
/// @param cursor how to go on
/// @param seen distinct items so far in this pass
/// @param total how many the server says there are, -1 unknown
record SyncStep(String scope, long pass, String cursor, long seen, long dropped, long total, boolean complete, @Nullable String watermark) {
    /// The scope of what is told of the last sync that met moved tracks. Not `moved`: by that one [MovedRows] knows what is new.
    static final String MOVED = "moved/told";

    static SyncStep fresh(String scope, long pass) {
        return new SyncStep(scope, pass, "", 0, 0, -1, false, null);
    }

    static Optional<SyncStep> load(DSLContext sql, long account, String scope) {
        return sql.selectFrom(SYNC_STATE).where(SYNC_STATE.ACCOUNT_ID.eq(account), SYNC_STATE.SCOPE.eq(scope))
                .fetchOptional(r -> new SyncStep(scope,
                        r.getPass(), r.getNextCursor(), r.getSeen(), r.getDropped(), r.getTotal() == null ? -1 : r.getTotal(),
                        r.getIsComplete(),
                        r.getWatermark()));
    }

    int save(DSLContext sql, long account, Instant now) {
        Long known = total < 0 ? null : total;
        return sql.insertInto(SYNC_STATE).set(SYNC_STATE.ACCOUNT_ID, account).set(SYNC_STATE.SCOPE, scope).set(SYNC_STATE.PASS, pass)
                .set(SYNC_STATE.NEXT_CURSOR, cursor).set(SYNC_STATE.SEEN, seen).set(SYNC_STATE.DROPPED, dropped)
                .set(SYNC_STATE.TOTAL, known)
                .set(SYNC_STATE.IS_COMPLETE, complete).set(SYNC_STATE.WATERMARK, watermark).set(SYNC_STATE.UPDATED_AT, now.toEpochMilli())
                .onDuplicateKeyUpdate().set(SYNC_STATE.PASS, pass).set(SYNC_STATE.NEXT_CURSOR, cursor).set(SYNC_STATE.SEEN, seen)
                .set(SYNC_STATE.DROPPED, dropped).set(SYNC_STATE.TOTAL, known).set(SYNC_STATE.IS_COMPLETE, complete)
                .set(SYNC_STATE.WATERMARK, watermark).set(SYNC_STATE.UPDATED_AT, now.toEpochMilli()).execute();
    }

    SyncStep after(Tally tally, int droppedNow, OptionalLong totalNow, Optional<String> next) {
        return new SyncStep(scope, pass, next.orElse(""), seen + tally.fresh(), dropped + droppedNow, totalNow.orElse(total),
                next.isEmpty(), watermark);
    }

    /// In the middle of a page.
    SyncStep counted(Tally tally) {
        return new SyncStep(scope, pass, cursor, seen + tally.fresh(), dropped, total, false, watermark);
    }

    /// Items met by other ways than its pages.
    SyncStep met(int more) {
        return new SyncStep(scope, pass, cursor, seen + more, dropped, total, complete, watermark);
    }

    /// From the first page again; what was seen stays counted.
    SyncStep again() {
        return new SyncStep(scope, pass, "", seen, 0, total, false, watermark);
    }

    /// Fewer distinct items than the server says there are: equal sort keys may repeat or vanish between pages.
    boolean shortOfTotal() {
        return total >= 0 && seen + dropped < total;
    }

    SyncStep watermark(String mark, boolean done) {
        return new SyncStep(scope, pass, cursor, seen, dropped, total, done, mark);
    }
}
