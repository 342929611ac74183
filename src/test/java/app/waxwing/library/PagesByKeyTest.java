package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import app.waxwing.testing.TestScale;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.conf.StatementType;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

class PagesByKeyTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("3.19, 4.11 pages by key, put together, are the whole list: every order, both ways, with nulls, equals and two accounts")
    void pagesAreTheList() {
        try (var desk = new LibraryDesk(folder)) {
            for (String user : List.of("ida", "bo")) desk.sync(desk.account(new FakeMediaServer(user).fill(160), user).id(), false);
            desk.database.write(Durability.SOON, Lane.USER, sql -> {
                sql.update(TRACK).set(TRACK.YEAR, (Long) null).where(TRACK.ID.mod(5L).eq(0L)).execute();
                sql.update(TRACK).set(TRACK.DURATION_MS, (Long) null).where(TRACK.ID.mod(7L).eq(0L)).execute();
                sql.update(TRACK).set(TRACK.DISC, (Long) null).set(TRACK.ADDED_AT, (Long) null).where(TRACK.ID.mod(3L).eq(0L)).execute();
                return sql.update(TRACK).set(TRACK.SORT_TITLE, "same").where(TRACK.ID.mod(4L).eq(0L)).execute();
            }).join();
            for (int i = 0; i < 30; i++) desk.file(new ItemKey(1, "t" + i * 5), true, "f" + i, 1);
            for (Query base : List.of(Query.ALL, Query.ALL.playableOnly(true),
                    Query.ALL.within(new Query.Within.ByArtist(new ItemKey(1, "ar1"))))) {
                for (boolean down : new boolean[]{false, true}) {
                    for (Sort sort : Sort.values()) {
                        if (sort == Sort.RANDOM) continue;
                        Query query = base.sort(sort, down);
                        check(query, q -> desk.library.tracks(q).join(), Track::key);
                        check(query, q -> desk.library.albums(q).join(), Album::key);
                        check(query, q -> desk.library.artists(q).join(), Artist::key);
                    }
                }
            }
            check(Query.ALL, q -> desk.library.playlists(q).join(), Playlist::key);
            check(Query.ALL, q -> desk.library.genres(q).join(), Genre::key);
            assertThat(desk.library.tracks(Query.ALL.after(new ItemKey(1, "nobody"))).join().items()).isEmpty();
        }
    }

    private static <T> void check(Query query, Function<Query, Listing<T>> ask, Function<T, ItemKey> key) {
        List<ItemKey> whole = ask.apply(query).items().stream().map(key).toList();
        List<ItemKey> paged = new ArrayList<>();
        Query next = query.slice(0, 61);
        while (paged.size() <= whole.size()) {
            List<ItemKey> page = ask.apply(next).items().stream().map(key).toList();
            paged.addAll(page);
            if (page.size() < 61) break;
            next = next.after(page.getLast());
        }
        assertThat(paged).as("%s", query).isEqualTo(whole);
    }

    @Test
    @DisplayName("1.3 a page in the middle of a long list is a stretch of its index: no sorting, and no more work for SQLite than the first page")
    void everyPageCostsTheSame() throws Exception {
        int tracks = TestScale.of(6_000, 100_000);
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(tracks), "ida").id();
            desk.sync(account, false);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("waxwing.db"))) {
                List<String> seen = new ArrayList<>();
                var sql = DSL.using(new DefaultConfiguration().set(SQLDialect.SQLITE).set(connection)
                        .set(new Settings().withRenderSchema(false).withStatementType(StatementType.STATIC_STATEMENT))
                        .set(new ExecuteListener() {
                            @Override
                            public void renderEnd(ExecuteContext ctx) {
                                seen.add(ctx.sql());
                            }
                        }));
                var random = new Random(1);
                for (Sort sort : List.of(Sort.TITLE, Sort.ARTIST, Sort.ALBUM, Sort.YEAR, Sort.ADDED, Sort.DURATION)) {
                    for (boolean down : new boolean[]{false, true}) {
                        Query query = Query.ALL.sort(sort, down);
                        long[] all = TrackTable.rows(sql, query, random);
                        List<Long> work = new ArrayList<>();
                        for (int at : List.of(0, all.length / 2, all.length - 100)) {
                            ItemKey key = TrackTable.byRow(sql, new long[]{all[at]}).getFirst().key();
                            seen.clear();
                            work.add(steps(connection, () -> TrackTable.rows(sql, query.slice(0, 50).after(key), random)));
                            for (String statement : seen) {
                                try (var rows = connection.createStatement().executeQuery("EXPLAIN QUERY PLAN " + statement)) {
                                    while (rows.next()) {
                                        assertThat(rows.getString(4)).as(statement).isNotEqualTo("USE TEMP B-TREE FOR ORDER BY")
                                                .doesNotStartWith("SCAN track");
                                    }
                                }
                            }
                        }
                        assertThat(work.get(1)).as("%s %s, middle against start: %s", sort, down, work)
                                .isLessThan(5 * work.getFirst() + 500);
                        assertThat(work.get(2)).as("%s %s, end against start: %s", sort, down, work).isLessThan(5 * work.getFirst() + 500);
                        assertThat(steps(connection, () -> TrackTable.rows(sql, query.slice(0, 50), random)))
                                .as("%s %s, the first slice", sort, down).isLessThan(5 * work.getFirst() + 500);
                        System.out.printf("%s %s: steps of SQLite for a page at the start, in the middle, near the end: %s%n", sort,
                                down ? "down" : "up", work);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("issue 4: the first rows of a long list are no more work than they are many, in every order, also in those that no index has")
    void theFirstRows() throws Exception {
        int tracks = TestScale.of(6_000, 100_000);
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(tracks), "ida").id();
            desk.sync(account, false);
            for (int i = 0; i < 30; i++) desk.file(new ItemKey(account, "t" + i * 5), true, "f" + i, 1);
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("waxwing.db"))) {
                var sql = DSL.using(connection, SQLDialect.SQLITE, new Settings().withRenderSchema(false));
                var random = new Random(1);
                for (Sort sort : Sort.values()) {
                    if (sort == Sort.RANDOM) continue;
                    for (boolean down : new boolean[]{false, true}) {
                        Query query = Query.ALL.sort(sort, down);
                        long whole = steps(connection, () -> TrackTable.rows(sql, query, random));
                        long first = steps(connection, () -> TrackTable.rows(sql, query.slice(0, 50), random));
                        assertThat(first).as("%s %s: %d steps for all", sort, down, whole).isLessThan(whole / 5);
                    }
                }
            }
        }
    }

    /// Steps of SQLite's own machine, in tens: the same on every computer.
    private static long steps(Connection connection, Runnable task) throws Exception {
        var count = new long[1];
        ProgressHandler.setHandler(connection, 10, new ProgressHandler() {
            @Override
            protected int progress() {
                count[0]++;
                return 0;
            }
        });
        task.run();
        ProgressHandler.clearHandler(connection);
        return count[0];
    }
}
