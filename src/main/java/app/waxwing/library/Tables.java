package app.waxwing.library;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.ALBUM;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.jooq.impl.DSL.choose;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.sum;
import static org.jooq.impl.DSL.when;

import app.waxwing.server.ItemKind;
import app.waxwing.store.ActiveAccounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.ResultQuery;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;

/// Conditions that all lists share.
final class Tables {
    /// Most ids in one statement; SQLite allows 32,766 values.
    static final int MANY = 500;
    private static final long HERE = 1;
    private static final long KEPT = 1L << 21;
    private static final long AWAY = 1L << 42;
    private static final long EACH = KEPT - 1;
    private static final Field<Long> TALLY = field("tally", Long.class);

    private Tables() {}

    /// Of an account that is used.
    static Condition active(Field<Long> account) {
        return ActiveAccounts.own(account);
    }

    /// Of an account whose server the user has shown. The plus is as in [ActiveAccounts#own].
    static Condition shown(Field<Long> account) {
        return field("+{0}", Long.class, account)
                .in(select(ACCOUNT.ID).from(ACCOUNT).where(ACCOUNT.IS_ACTIVE.isTrue(), ACCOUNT.IS_SHOWN.isTrue()));
    }

    /// Of an account whose rows this list is about: who has opened an album sees it, whatever servers the library shows.
    static Condition of(Field<Long> account, Query query) {
        return query.within().isPresent() || query.everyServer() ? active(account) : shown(account);
    }

    /// 1 when kept, 0 when cached, -1 when its drive is away, null when no file is here.
    static Field<Long> fileOf(Field<Long> account, Field<String> item) {
        return field(select(best()).from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account), MEDIA_FILE.ITEM_ID.eq(item)));
    }

    private static Field<Long> best() {
        return max(when(away(), inline(-1L)).otherwise(MEDIA_FILE.IS_PINNED.coerce(Long.class)));
    }

    /// The row of `media_file` lies in a folder whose drive is not there.
    private static Condition away() {
        return MEDIA_FILE.FOLDER_ID.in(select(MEDIA_FOLDER.ID).from(MEDIA_FOLDER).where(MEDIA_FOLDER.IS_MISSING.isTrue()));
    }

    /// The row of `media_file` can be played now.
    static Condition there() {
        return MEDIA_FILE.FOLDER_ID.isNull().or(away().not());
    }

    static Condition plays(Field<Long> account, Field<String> item) {
        return exists(selectOne().from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account), MEDIA_FILE.ITEM_ID.eq(item), there()));
    }

    static Condition hasFile(Field<Long> account, Field<String> item) {
        return exists(selectOne().from(MEDIA_FILE).where(MEDIA_FILE.ACCOUNT_ID.eq(account), MEDIA_FILE.ITEM_ID.eq(item)));
    }

    /// Still on the server, or gone there but here; not in a library that was left out.
    static Condition listedTrack(Query query) {
        return of(TRACK.ACCOUNT_ID, query).and(TRACK.GONE_AT.isNull().or(goneAndHere()));
    }

    /// Of a track that is gone: its file is here, and it lies in no library that was left out.
    static Condition goneAndHere() {
        return TRACK.GONE_AT.gt(FolderChoice.HIDDEN).and(hasFile(TRACK.ACCOUNT_ID, TRACK.ITEM_ID));
    }

    static Condition listedAlbum(Query query) {
        return of(ALBUM.ACCOUNT_ID, query).and(ALBUM.GONE_AT.isNull()
                .or(ALBUM.GONE_AT.gt(FolderChoice.HIDDEN).and(exists(selectOne().from(TRACK)
                        .where(TRACK.ACCOUNT_ID.eq(ALBUM.ACCOUNT_ID), TRACK.ALBUM_ITEM_ID.eq(ALBUM.ITEM_ID),
                                hasFile(TRACK.ACCOUNT_ID, TRACK.ITEM_ID))))));
    }

    /// How many are listed: most are counted in an index alone, the few that are gone are looked up.
    static int count(DSLContext sql, Table<?> table, Query query, Field<Long> account, Field<Long> gone, Condition listed) {
        return sql.fetchCount(select(inline(1)).from(table).where(of(account, query), gone.isNull()))
                + sql.fetchCount(select(inline(1)).from(table).where(listed, gone.isNotNull()));
    }

    /// How many rows of the account its server still has: all, counted in an index alone, less the few that are gone.
    static long known(DSLContext sql, Table<?> table, Field<Long> account, Field<Long> gone, long id) {
        Field<Integer> all = field(select(DSL.count()).from(table).where(account.eq(id)));
        Field<Integer> left = field(select(DSL.count()).from(table).where(account.eq(id), gone.isNotNull()));
        return sql.fetchSingle(select(all.minus(left))).value1();
    }

    /// The track plays without the network, and no library that was left out has it.
    static Condition playableTrack(Field<Long> account, Field<String> item, Field<Long> gone) {
        return plays(account, item).and(gone.isNull().or(gone.gt(FolderChoice.HIDDEN)));
    }

    /// Row numbers of tracks that play without the network; starts at the files, which are fewer than all tracks. For a whole list: of a collection each track
    /// is looked up, since the files are many more.
    static Select<Record1<Long>> playableTracks() {
        return select(TRACK.ID).from(MEDIA_FILE).crossJoin(TRACK)
                .where(TRACK.ACCOUNT_ID.eq(MEDIA_FILE.ACCOUNT_ID), TRACK.ITEM_ID.eq(MEDIA_FILE.ITEM_ID), there(),
                        TRACK.GONE_AT.isNull().or(TRACK.GONE_AT.gt(FolderChoice.HIDDEN)));
    }

    /// Ids (of one account each) of favourites of a kind. The condition is written as the partial index has it.
    static Condition favourite(ItemKind kind, Field<Long> account, Field<String> item) {
        return exists(
                selectOne().from(USER_DATA).where(USER_DATA.ACCOUNT_ID.eq(account), USER_DATA.ITEM_ID.eq(item), shownFavourite(kind)));
    }

    static Condition shownFavourite(ItemKind kind) {
        return condition("user_data.kind = {0}", inline(kind.word())).and(condition("user_data.is_favourite_shown = 1"));
    }

    /// Row numbers without a record object for each.
    static long[] longs(ResultQuery<? extends Record1<Long>> query) {
        LongStream.Builder out = LongStream.builder();
        try (ResultSet rows = query.fetchResultSet()) {
            while (rows.next()) out.add(rows.getLong(1));
        } catch (SQLException e) {
            throw new DataAccessException("reading row numbers", e);
        }
        return out.build().toArray();
    }

    static List<Long> boxed(long[] rows, int from, int to) {
        return Arrays.stream(rows, from, to).boxed().toList();
    }

    /// How many tracks of a collection are here, are kept, and are kept on a drive that is away: all three in one number, so that each track's file is
    /// looked up once.
    ///
    /// @param of which tracks
    /// @param entry what is counted once beside the track: its place in a list that may hold it twice
    static Field<Long> filesOf(Table<?> tracks, Condition of, Field<Long> account, Field<String> item, Field<Long> entry) {
        // By the files that are found: to ask for each track whether it has any takes twice as long where most have none. The plus keeps SQLite from
        // walking all tracks of the account in the order of the groups.
        var each = select(choose(best()).when(inline(-1L), inline(AWAY)).when(inline(0L), inline(HERE)).otherwise(inline(HERE | KEPT))
                .as(TALLY)).from(tracks).crossJoin(MEDIA_FILE)
                .where(of, MEDIA_FILE.ACCOUNT_ID.eq(account), MEDIA_FILE.ITEM_ID.eq(item)).groupBy(field("+{0}", String.class, item), entry)
                .asTable("each");
        return field(select(coalesce(sum(each.field(TALLY)).cast(Long.class), inline(0L))).from(each)).as("files");
    }

    /// Read out of [#filesOf].
    ///
    /// @param tracks that the collection has
    record Files(int tracks, int here, int kept, int away) {
        static Files of(long number, long tracks) {
            int here = (int) (number & EACH);
            return new Files((int) Math.max(here, tracks), here, (int) (number / KEPT & EACH), (int) (number / AWAY & EACH));
        }

        Availability availability(boolean gone) {
            if (here == 0) return away > 0 ? Availability.AWAY : gone ? Availability.GONE : Availability.REMOTE;
            if (here < tracks) return Availability.PARTIAL;
            return kept >= here ? Availability.LOCAL : Availability.CACHED;
        }
    }
}
