package app.waxwing.library;

import static app.waxwing.store.schema.Tables.SYNC_STATE;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import app.waxwing.store.schema.tables.records.SyncStateRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/// Where one part of a sync stands: a row of `sync_state`, written in the transaction of the page it speaks of.
///
/// @param scope what is read: `pass` (the whole), `since` (the last complete one), `tracks/<folder>`, `left-out/<folder>` (the watermark
///        when that library was left out), …
/// @param pass the pass it belongs to
/// @param cursor how to go on
/// @param seen distinct items so far in this pass
/// @param total how many the server says there are, -1 unknown
record SyncStep(String scope, long pass, String cursor, long seen, long dropped, long total, boolean complete, @Nullable String watermark) {
    /// The scope of what is told of the last sync that met moved tracks. Not `moved`: by that one [MovedRows] knows what is new.
    static final String MOVED = "moved/told";
    /// The scope of the whole pass.
    static final String PASS = "pass";
    /// The scope of the last complete sync of either kind: what changed since its watermark is asked for by the next.
    static final String SINCE = "since";
    /// The scope of a sync of either kind, complete once it came to its end.
    static final String UNDER_WAY = "under-way";

    /// The cursor of [#UNDER_WAY] when that sync was broken off, and nothing is read now. Not there after a kill.
    static final String BROKEN_OFF = "broken off";

    static SyncStep fresh(String scope, long pass) {
        return new SyncStep(scope, pass, "", 0, 0, -1, false, null);
    }

    /// No sync of the account was begun that has not come to its end: until then tracks that moved stand under both their ids.
    static Condition settled(Field<Long> account) {
        return notExists(selectOne().from(SYNC_STATE).where(SYNC_STATE.ACCOUNT_ID.eq(account),
                SYNC_STATE.SCOPE.in(inline(PASS), inline(UNDER_WAY)), SYNC_STATE.IS_COMPLETE.isFalse()));
    }

    /// Accounts whose last sync was stopped or failed.
    static Set<Long> brokenOff(DSLContext sql) {
        return sql.select(SYNC_STATE.ACCOUNT_ID).from(SYNC_STATE).where(SYNC_STATE.SCOPE.eq(UNDER_WAY), SYNC_STATE.IS_COMPLETE.isFalse(),
                SYNC_STATE.NEXT_CURSOR.eq(BROKEN_OFF)).fetchSet(SYNC_STATE.ACCOUNT_ID);
    }

    SyncStep brokenOff() {
        return new SyncStep(scope, pass, BROKEN_OFF, seen, dropped, total, false, watermark);
    }

    static Optional<SyncStep> load(DSLContext sql, long account, String scope) {
        return sql.selectFrom(SYNC_STATE).where(SYNC_STATE.ACCOUNT_ID.eq(account), SYNC_STATE.SCOPE.eq(scope))
                .fetchOptional(SyncStep::of);
    }

    private static SyncStep of(SyncStateRecord r) {
        return new SyncStep(r.getScope(), r.getPass(), r.getNextCursor(), r.getSeen(), r.getDropped(),
                r.getTotal() == null ? -1 : r.getTotal(), r.getIsComplete(), r.getWatermark());
    }

    /// The steps of all accounts whose scopes begin so, by account.
    static Map<Long, List<SyncStep>> under(DSLContext sql, String scope) {
        return sql.selectFrom(SYNC_STATE).where(SYNC_STATE.SCOPE.startsWith(scope)).orderBy(SYNC_STATE.ACCOUNT_ID, SYNC_STATE.SCOPE)
                .fetchGroups(SYNC_STATE.ACCOUNT_ID, SyncStep::of);
    }

    static int forget(DSLContext sql, long account, String scope) {
        return sql.deleteFrom(SYNC_STATE).where(SYNC_STATE.ACCOUNT_ID.eq(account), SYNC_STATE.SCOPE.eq(scope)).execute();
    }

    /// Puts the watermark of [#SINCE] back, and only that.
    static int since(DSLContext sql, long account, Instant mark) {
        return sql.update(SYNC_STATE).set(SYNC_STATE.WATERMARK, mark.toString())
                .where(SYNC_STATE.ACCOUNT_ID.eq(account), SYNC_STATE.SCOPE.eq(SINCE)).execute();
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

    /// Counted anew, and how to go on from there.
    SyncStep counted(OptionalLong totalNow, Optional<String> next) {
        return new SyncStep(scope, pass, next.orElse(""), seen, dropped, totalNow.orElse(total), next.isEmpty(), watermark);
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
        return shortBy() > 0;
    }

    /// How many distinct items did not come of those that the server says there are.
    long shortBy() {
        return total < 0 ? 0 : Math.max(0, total - seen - dropped);
    }

    SyncStep watermark(@Nullable String mark, boolean done) {
        return new SyncStep(scope, pass, cursor, seen, dropped, total, done, mark);
    }
}
