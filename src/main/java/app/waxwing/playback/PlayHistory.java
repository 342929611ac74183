package app.waxwing.playback;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.PLAY_HISTORY;

import app.waxwing.base.ItemKey;
import app.waxwing.store.ActiveAccounts;
import app.waxwing.store.Audit;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The table of what was heard. A play is written when it counts, or at its end when it was more than a skip, and brought up to date at its end.
/// Lists, clearing and taking back are of the active accounts; what counted lately is asked over all.
final class PlayHistory {
    private static final Logger LOG = LoggerFactory.getLogger(PlayHistory.class);
    private static final int PIECE = 2_000;
    private final Database database;

    PlayHistory(Database database) {
        this.database = database;
    }

    /// @param began when it began to sound; with the key it names the row
    record Row(ItemKey key, String title, String artist, Instant began, Duration heard, PlayerState.Source source, boolean counted) {}

    /// Nothing is written for an account that has been removed meanwhile.
    void insert(Row row) {
        write(sql -> sql.insertInto(PLAY_HISTORY, PLAY_HISTORY.ACCOUNT_ID, PLAY_HISTORY.TRACK_ITEM_ID, PLAY_HISTORY.TITLE,
                PLAY_HISTORY.ARTIST_NAME, PLAY_HISTORY.PLAYED_AT, PLAY_HISTORY.PLAYED_MS, PLAY_HISTORY.SOURCE, PLAY_HISTORY.IS_COUNTED)
                .select(DSL.select(ACCOUNT.ID, DSL.val(row.key().id()), DSL.val(row.title()), DSL.val(row.artist()),
                        DSL.val(row.began().toEpochMilli()), DSL.val(row.heard().toMillis()),
                        DSL.val(row.source().name().toLowerCase(Locale.ROOT)), DSL.val(row.counted(), PLAY_HISTORY.IS_COUNTED))
                        .from(ACCOUNT).where(ACCOUNT.ID.eq(row.key().account())))
                .execute());
    }

    /// Sets how much was heard in the end.
    void update(Row row) {
        write(sql -> sql.update(PLAY_HISTORY)
                .set(PLAY_HISTORY.PLAYED_MS, row.heard().toMillis())
                .where(PLAY_HISTORY.ACCOUNT_ID.eq(row.key().account()), PLAY_HISTORY.TRACK_ITEM_ID.eq(row.key().id()),
                        PLAY_HISTORY.PLAYED_AT.eq(row.began().toEpochMilli()))
                .execute());
    }

    CompletableFuture<List<Player.Played>> recent(int limit) {
        return database.read(sql -> sql.selectFrom(PLAY_HISTORY)
                .where(PLAY_HISTORY.DELETED_AT.isNull(), ActiveAccounts.own(PLAY_HISTORY.ACCOUNT_ID))
                .orderBy(PLAY_HISTORY.PLAYED_AT.desc(), PLAY_HISTORY.ID.desc()).limit(limit)
                .fetch(r -> new Player.Played(new ItemKey(r.getAccountId(), r.getTrackItemId()), r.getTitle(), r.getArtistName(),
                        Instant.ofEpochMilli(r.getPlayedAt()), Duration.ofMillis(r.getPlayedMs()), r.getIsCounted())));
    }

    /// Both counted in indexes alone: there may be a million, and none has the accounts of what is not removed.
    CompletableFuture<Long> size() {
        return database.read(sql -> (long) sql.fetchCount(PLAY_HISTORY, PLAY_HISTORY.ACCOUNT_ID.in(ActiveAccounts.ids()))
                - sql.fetchCount(PLAY_HISTORY, PLAY_HISTORY.DELETED_AT.isNotNull(), ActiveAccounts.own(PLAY_HISTORY.ACCOUNT_ID)));
    }

    /// Tracks counted after the time, with when that was, as near as the rows tell.
    CompletableFuture<Map<ItemKey, Instant>> countedSince(Instant time) {
        return database.read(sql -> sql.selectFrom(PLAY_HISTORY)
                .where(PLAY_HISTORY.DELETED_AT.isNull(), PLAY_HISTORY.IS_COUNTED.isTrue(),
                        PLAY_HISTORY.PLAYED_AT.plus(PLAY_HISTORY.PLAYED_MS).ge(time.toEpochMilli()),
                        PLAY_HISTORY.PLAYED_AT.ge(time.minus(Duration.ofDays(1)).toEpochMilli()))
                .fetch().stream().collect(Collectors.toMap(r -> new ItemKey(r.getAccountId(), r.getTrackItemId()),
                        r -> Instant.ofEpochMilli(r.getPlayedAt() + r.getPlayedMs()), (a, b) -> a.isAfter(b) ? a : b)));
    }

    /// Marks every play of the active accounts as removed, all with one time; in pieces, since there may be a million.
    CompletableFuture<Integer> forget(Instant now) {
        long at = now.toEpochMilli();
        return database.<List<Long>>write(Durability.KEPT, Lane.USER, sql -> {
            List<Long> accounts = ActiveAccounts.ids(sql);
            accounts.forEach(account -> Audit.write(sql, now, Audit.HISTORY_DELETED, "all plays", account));
            return accounts;
        }).thenCompose(accounts -> pieces(0, sql -> sql.update(PLAY_HISTORY).set(PLAY_HISTORY.DELETED_AT, at)
                .where(PLAY_HISTORY.ID.in(DSL.select(PLAY_HISTORY.ID).from(PLAY_HISTORY)
                        .where(PLAY_HISTORY.DELETED_AT.isNull(), PLAY_HISTORY.PLAYED_AT.le(at),
                                ActiveAccounts.of(PLAY_HISTORY.ACCOUNT_ID, accounts))
                        .limit(PIECE)))
                .execute()));
    }

    /// @param at when the newest of them were marked
    private record Forgotten(List<Long> accounts, Optional<Long> at) {}

    /// Brings back what was removed last of the active accounts' plays.
    CompletableFuture<Integer> recall() {
        return database.read(sql -> {
            List<Long> accounts = ActiveAccounts.ids(sql);
            return new Forgotten(accounts, sql.select(PLAY_HISTORY.DELETED_AT).from(PLAY_HISTORY)
                    .where(PLAY_HISTORY.DELETED_AT.isNotNull(), ActiveAccounts.of(PLAY_HISTORY.ACCOUNT_ID, accounts))
                    .orderBy(PLAY_HISTORY.DELETED_AT.desc()).limit(1).fetchOptional(PLAY_HISTORY.DELETED_AT));
        }).thenCompose(newest -> newest.at().isEmpty()
                ? CompletableFuture.completedFuture(0)
                : pieces(0, sql -> sql.update(PLAY_HISTORY).setNull(PLAY_HISTORY.DELETED_AT)
                        .where(PLAY_HISTORY.ID.in(DSL.select(PLAY_HISTORY.ID).from(PLAY_HISTORY)
                                .where(PLAY_HISTORY.DELETED_AT.eq(newest.at().get()),
                                        ActiveAccounts.of(PLAY_HISTORY.ACCOUNT_ID, newest.accounts()))
                                .limit(PIECE)))
                        .execute()));
    }

    /// What [#recall] would bring back.
    CompletableFuture<Optional<Player.Removed>> removed() {
        return database.read(sql -> sql.select(PLAY_HISTORY.DELETED_AT, DSL.count()).from(PLAY_HISTORY)
                .where(PLAY_HISTORY.DELETED_AT.isNotNull(), ActiveAccounts.own(PLAY_HISTORY.ACCOUNT_ID))
                .groupBy(PLAY_HISTORY.DELETED_AT).orderBy(PLAY_HISTORY.DELETED_AT.desc()).limit(1)
                .fetchOptional(r -> new Player.Removed(r.value2(), Instant.ofEpochMilli(r.value1()))));
    }

    private CompletableFuture<Integer> pieces(int sum, Work<Integer> piece) {
        return database.write(Durability.KEPT, Lane.BULK, piece)
                .thenCompose(n -> n < PIECE ? CompletableFuture.completedFuture(sum + n) : pieces(sum + n, piece));
    }

    private <T extends @Nullable Object> void write(Work<T> work) {
        var _ = database.write(Durability.SOON, Lane.USER, work).exceptionally(e -> {
            LOG.error("the history was not written", e);
            return null;
        });
    }
}
