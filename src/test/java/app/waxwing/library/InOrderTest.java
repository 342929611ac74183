package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InOrderTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Every order of every list, both ways, is just the one that SQLite would sort it into, whole or a slice")
    void asSorted() {
        try (var desk = new LibraryDesk(folder)) {
            for (String name : new String[]{"one", "two"}) {
                var server = new FakeMediaServer(name).fill(700);
                desk.sync(desk.account(server, name).id(), false);
            }
            var random = new Random(5);
            // Ties, names that differ in their case alone, and nothing at all.
            desk.database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> {
                for (long row : TrackTable.rows(sql, Query.ALL, random)) {
                    sql.update(TRACK).set(TRACK.YEAR, random.nextInt(4) == 0 ? null : 1990L + random.nextInt(5))
                            .set(TRACK.ARTIST_NAME, random.nextBoolean() ? "abba" : random.nextBoolean() ? "ABBA" : "Öde")
                            .set(TRACK.GENRE, random.nextBoolean() ? "" : "Rock").set(TRACK.SIZE, random.nextBoolean() ? null : 5L)
                            .where(TRACK.ID.eq(row)).execute();
                }
                return 0;
            }).join();
            desk.file(new ItemKey(1, "t5"), true, "t5.flac", 5);
            for (Query.Sort sort : Query.Sort.values()) {
                if (sort == Query.Sort.RANDOM || InFront.ORDERS.contains(sort)) continue;
                for (boolean down : new boolean[]{false, true}) {
                    Query query = Query.ALL.sort(sort, down);
                    long[] sorted = desk.database
                            .readNow(sql -> Tables.longs(sql.select(TRACK.ID).from(TRACK).where(Tables.listedTrack(Query.ALL))
                                    .orderBy(Behind.whole(TrackTable.order(query), TRACK.ACCOUNT_ID, TRACK.GONE_AT, TRACK.ID))));
                    long[] rows = desk.database.readNow(sql -> TrackTable.rows(sql, query, random));
                    long[] slice = desk.database.readNow(sql -> TrackTable.rows(sql, query.slice(90, 11), random));
                    assertThat(sorted).hasSize(1400);
                    assertThat(rows).as("%s", query).isEqualTo(sorted);
                    assertThat(slice).as("%s", query).isEqualTo(java.util.Arrays.copyOfRange(sorted, 90, 101));
                }
            }
        }
    }
}
