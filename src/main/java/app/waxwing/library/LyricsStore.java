package app.waxwing.library;

import static app.waxwing.store.schema.Tables.LYRICS;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.TRACK;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Time;
import app.waxwing.server.MediaServer;
import app.waxwing.server.RemoteLyrics;
import app.waxwing.store.CacheMeter;
import app.waxwing.store.CacheMeters;
import app.waxwing.store.Database;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Words of tracks: from the store, else from the server when it can be reached. Found words stay for good, «none» is believed for seven days
/// (requirement 4.7, C.3 14). One request a track at a time, however many ask (4.9). That a server is away or fails is no «none»: it is said, and
/// nothing of it is kept.
final class LyricsStore {
    private static final Logger LOG = LoggerFactory.getLogger(LyricsStore.class);
    private static final Duration NONE_FOR = Duration.ofDays(7);
    private final Map<ItemKey, CompletableFuture<Optional<Lyrics>>> asking = new ConcurrentHashMap<>();
    private final Database database;
    private final Accounts accounts;
    private final Executor io;
    private final Time time;
    private final CacheMeter meter;

    LyricsStore(Database database, Accounts accounts, Executor io, Time time) {
        this.database = database;
        this.accounts = accounts;
        this.io = io;
        this.time = time;
        meter = database.meters().of("lyrics", this::held);
    }

    private CacheMeters.Held held() {
        return database.readNow(sql -> sql.select(DSL.count(LYRICS.BODY), DSL.sum(DSL.octetLength(LYRICS.BODY))).from(LYRICS)
                .fetchSingle(r -> new CacheMeters.Held(r.value1(), r.value2() == null ? 0 : r.value2().longValue())));
    }

    /// What the store knows: words, a «none» that still counts, or nothing.
    private record Known(Optional<Lyrics> lyrics, boolean fresh) {}

    /// Fails with [FailureException] where nothing that counts is here and the server is away or gives no answer.
    CompletableFuture<Optional<Lyrics>> lyrics(ItemKey track) {
        long start = meter.start();
        return database.read(sql -> known(sql, track)).thenCompose(known -> {
            if (known.fresh()) {
                meter.hit(start);
                return CompletableFuture.completedFuture(known.lyrics());
            }
            if (accounts.reachability().online(track.account()))
                return ask(track, meter::network).whenComplete((lyrics, e) -> meter.asked(start));
            meter.miss(start);
            return CompletableFuture.failedFuture(away(track).asException());
        });
    }

    private Failure away(ItemKey track) {
        String server = accounts.find(track.account()).map(Account::serverName).orElse("");
        return accounts.reachability().why(track.account(), server);
    }

    /// Kept tracks whose words were never asked for, or not of late, of servers that can be asked; those that are said to have some first.
    List<ItemKey> wanted(int limit) {
        long before = time.now().minus(NONE_FOR).toEpochMilli();
        List<Long> online = accounts.all().stream().map(Account::id).filter(accounts.reachability()::online).toList();
        return database
                .readNow(sql -> sql.select(MEDIA_FILE.ACCOUNT_ID, MEDIA_FILE.ITEM_ID, TRACK.HAS_LYRICS).from(MEDIA_FILE).crossJoin(TRACK)
                        .leftJoin(LYRICS).on(LYRICS.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), LYRICS.TRACK_ITEM_ID.eq(MEDIA_FILE.ITEM_ID))
                        .where(MEDIA_FILE.IS_PINNED.isTrue(), TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID),
                                TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID),
                                Tables.active(TRACK.ACCOUNT_ID), TRACK.ACCOUNT_ID.in(online), TRACK.GONE_AT.isNull(),
                                LYRICS.FETCHED_AT.isNull().or(LYRICS.BODY.isNull().and(LYRICS.FETCHED_AT.le(before))))
                        .orderBy(TRACK.HAS_LYRICS.desc()).limit(limit).fetch(r -> new ItemKey(r.value1(), r.value2())));
    }

    /// Asks the server without anybody waiting for it; false when that gave no answer to keep. Not counted as an ask of the user's.
    CompletableFuture<Boolean> backfill(ItemKey track) {
        return ask(track, meter::unasked).thenCompose(lyrics -> database.read(sql -> known(sql, track).fresh())).exceptionally(e -> {
            if (e.getCause() instanceof FailureException) return false;
            throw new CompletionException(e);
        });
    }

    private Known known(DSLContext sql, ItemKey track) {
        var row = sql.select(LYRICS.BODY, LYRICS.IS_TIMED, LYRICS.FETCHED_AT).from(LYRICS)
                .where(LYRICS.ACCOUNT_ID.eq(track.account()), LYRICS.TRACK_ITEM_ID.eq(track.id())).fetchOne();
        if (row == null) return new Known(Optional.empty(), false);
        String body = row.value1();
        if (body != null) return new Known(Optional.of(LyricsText.parse(body, row.value2())), true);
        return new Known(Optional.empty(), Instant.ofEpochMilli(row.value3()).plus(NONE_FOR).isAfter(time.now()));
    }

    /// @param counted called when the server is asked
    private CompletableFuture<Optional<Lyrics>> ask(ItemKey track, Runnable counted) {
        var own = new CompletableFuture<Optional<Lyrics>>();
        CompletableFuture<Optional<Lyrics>> already = asking.putIfAbsent(track, own);
        if (already != null) return already.copy();
        var _ = CompletableFuture.supplyAsync(() -> fetch(track, counted), io).whenComplete((answer, e) -> {
            asking.remove(track);
            if (e == null) own.complete(answer);
            else own.completeExceptionally(e);
        });
        return own.copy();
    }

    private Optional<Lyrics> fetch(ItemKey track, Runnable counted) {
        // Somebody else's request may have ended between our look and our turn.
        Known meanwhile = database.readNow(sql -> known(sql, track));
        if (meanwhile.fresh()) return meanwhile.lyrics();
        try {
            Optional<MediaServer.LyricsSource> source = accounts.server(track.account()).lyrics();
            if (source.isEmpty()) return Optional.empty();
            counted.run();
            Optional<Lyrics> lyrics = source.get().lyrics(track.id()).filter(l -> !l.lines().isEmpty()).map(LyricsStore::lyrics);
            keep(track, lyrics);
            return lyrics;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                keep(track, Optional.empty());
                return Optional.empty();
            }
            meter.error();
            LOG.info("no lyrics of {} now: {}", track, e.getMessage());
            throw e;
        }
    }

    /// Forgets the «none» of a track, by account and id: for a server that says that it has words now. What words are here stay.
    static Batch noneOf(Connection connection) throws SQLException {
        return new Batch(connection, "DELETE FROM lyrics WHERE account_id = ? AND track_item_id = ? AND body IS NULL");
    }

    /// What is known of the words of a track that moved on its server: words before a «none», and what stands under the new id before what stands
    /// under the old one. A «none» from before the server said that it has some is none any more. The row of the old id goes afterwards.
    static void follow(DSLContext sql, ItemKey old, ItemKey now) {
        var before = sql.selectFrom(LYRICS).where(LYRICS.ACCOUNT_ID.eq(old.account()), LYRICS.TRACK_ITEM_ID.eq(old.id())).fetchOne();
        if (before == null) return;
        before.delete();
        String body = before.getBody();
        if (body == null && says(sql, now) && !says(sql, old)) return;
        int moved = sql.insertInto(LYRICS).set(LYRICS.ACCOUNT_ID, now.account()).set(LYRICS.TRACK_ITEM_ID, now.id()).set(LYRICS.BODY, body)
                .set(LYRICS.IS_TIMED, before.getIsTimed()).set(LYRICS.FETCHED_AT, before.getFetchedAt())
                .onConflict(LYRICS.ACCOUNT_ID, LYRICS.TRACK_ITEM_ID).doUpdate().set(LYRICS.BODY, body)
                .set(LYRICS.IS_TIMED, before.getIsTimed()).set(LYRICS.FETCHED_AT, before.getFetchedAt())
                .where(LYRICS.BODY.isNull().and(DSL.val(body).isNotNull())).execute();
        if (moved > 0 && body != null) index(sql, now, body);
    }

    /// Whether the server says that it has words of the track.
    private static boolean says(DSLContext sql, ItemKey track) {
        return sql.fetchExists(TRACK, TRACK.ACCOUNT_ID.eq(track.account()), TRACK.ITEM_ID.eq(track.id()), TRACK.HAS_LYRICS.isTrue());
    }

    private void keep(ItemKey track, Optional<Lyrics> lyrics) {
        String body = lyrics.map(LyricsText::write).orElse(null);
        boolean timed = lyrics.map(Lyrics::timed).orElse(false);
        long now = time.now().toEpochMilli();
        database.write(Durability.SOON, Lane.USER, sql -> {
            index(sql, track, body);
            return sql.insertInto(LYRICS).set(LYRICS.ACCOUNT_ID, track.account())
                    .set(LYRICS.TRACK_ITEM_ID, track.id()).set(LYRICS.BODY, body).set(LYRICS.IS_TIMED, timed).set(LYRICS.FETCHED_AT, now)
                    .onDuplicateKeyUpdate().set(LYRICS.BODY, body).set(LYRICS.IS_TIMED, timed).set(LYRICS.FETCHED_AT, now).execute();
        })
                .exceptionally(e -> {
                    LOG.warn("keeping lyrics of {}", track, e);
                    return 0;
                }).join();
    }

    /// Search finds the track by these words from now on.
    private static void index(DSLContext sql, ItemKey track, @Nullable String body) {
        Long row = sql.select(TRACK.ID).from(TRACK).where(TRACK.ACCOUNT_ID.eq(track.account()), TRACK.ITEM_ID.eq(track.id()))
                .fetchOne(TRACK.ID);
        if (row == null) return;
        sql.execute("DELETE FROM lyrics_fts WHERE rowid = ?", row);
        if (body != null)
            sql.execute("INSERT INTO lyrics_fts (rowid, words) VALUES (?, ?)", row, SearchText.words(LyricsText.withoutTimes(body)));
    }

    private static Lyrics lyrics(RemoteLyrics remote) {
        return new Lyrics(remote.lines().stream().map(l -> new Lyrics.Line(l.start(), l.text())).toList(), remote.timed());
    }

    /// Timed words as LRC, others as plain lines.
    static final class LyricsText {
        private static final Pattern TIME = Pattern.compile("\\[\\d{1,3}:\\d{2}\\.\\d{1,3}\\]");

        private LyricsText() {}

        static String withoutTimes(String body) {
            return TIME.matcher(body).replaceAll(" ");
        }

        static String write(Lyrics lyrics) {
            var out = new StringBuilder();
            for (Lyrics.Line line : lyrics.lines()) {
                if (lyrics.timed()) {
                    long ms = Math.max(0, line.start().orElse(Duration.ZERO).toMillis());
                    out.append(String.format(java.util.Locale.ROOT, "[%02d:%02d.%03d]", ms / 60_000, ms / 1000 % 60, ms % 1000));
                }
                out.append(line.text().replace('\n', ' ').replace('\r', ' ')).append('\n');
            }
            return out.toString();
        }

        static Lyrics parse(String body, boolean timed) {
            List<Lyrics.Line> lines = body.lines().map(line -> timed ? timed(line) : new Lyrics.Line(Optional.empty(), line)).toList();
            return new Lyrics(lines, timed);
        }

        private static Lyrics.Line timed(String line) {
            int colon = line.indexOf(':');
            int end = line.indexOf(']');
            long minutes = Long.parseLong(line.substring(1, colon));
            long millis = Long.parseLong(line.substring(colon + 1, end).replace(".", ""));
            return new Lyrics.Line(Optional.of(Duration.ofMillis(minutes * 60_000 + millis)), line.substring(end + 1));
        }
    }
}
