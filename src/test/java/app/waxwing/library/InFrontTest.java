package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

/// Lists in order of the columns that show a heart and where a track is.
class InFrontTest {
    private static final List<Availability> PLACES = List.of(Availability.REMOTE, Availability.AWAY, Availability.CACHED,
            Availability.LOCAL);
    @TempDir
    Path folder;

    /// Tracks with equal titles among them; some with a heart, some kept, some fetched ahead, some on a drive that is away, some here twice.
    ///
    /// @param here which of them are
    private LibraryDesk desk(int tracks, String here) {
        var desk = new LibraryDesk(folder);
        for (String user : List.of("ida", "bo")) desk.sync(desk.account(new FakeMediaServer(user).fill(tracks), user).id(), false);
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            sql.insertInto(MEDIA_FOLDER).set(MEDIA_FOLDER.ID, 2L).set(MEDIA_FOLDER.PATH, "/away").set(MEDIA_FOLDER.MARKER, 8L)
                    .set(MEDIA_FOLDER.IS_MISSING, true).execute();
            String into = "INSERT INTO media_file (account_id, item_id, quality, root, folder_id, path, path_key, size, modified_at, sha256,"
                    + " is_pinned, completed_at) SELECT account_id, item_id, ";
            sql.execute(
                    into + "'original', CASE WHEN id % 4 > 0 THEN 'media' ELSE 'cache' END, CASE WHEN id % 4 > 0 THEN 1 + (id % 7 = 0) END,"
                            + " 'a' || id, 'a' || id, 5, 0, '00', id % 4 > 0, 0 FROM track WHERE " + here);
            sql.execute(into + "'mp3-320', 'cache', NULL, 'b' || id, 'b' || id, 5, 0, '00', 0, 0 FROM track WHERE id % 11 = 0");
            sql.execute("INSERT INTO user_data (account_id, item_id, kind, is_favourite) SELECT account_id, item_id, 'track', 1 FROM track"
                    + " WHERE id % 3 = 0 ON CONFLICT DO UPDATE SET is_favourite = 1");
            return sql.update(TRACK).set(TRACK.SORT_TITLE, "same").where(TRACK.ID.mod(5L).eq(0L)).execute();
        }).join();
        return desk;
    }

    private static void check(LibraryDesk desk, Query base, int many) {
        List<Track> all = desk.library.tracks(base.sort(Sort.TITLE, false)).join().items();
        for (boolean down : new boolean[]{false, true}) {
            for (Sort sort : List.of(Sort.FAVOURITE, Sort.HERE)) {
                Comparator<Track> order = sort == Sort.FAVOURITE
                        ? Comparator.comparing(Track::favourite)
                        : Comparator.comparing(t -> PLACES.indexOf(t.availability()));
                // The sort is stable: what is equal stays in order of the title.
                long[] wanted = all.stream().sorted(down ? order.reversed() : order).mapToLong(Track::row).toArray();
                Query query = base.sort(sort, down);
                assertThat(rows(desk, query, many)).as("%s", query).isEqualTo(wanted);
                for (int from : new int[]{0, 7, wanted.length / 2}) {
                    assertThat(rows(desk, query.slice(from, 40), many)).as("%s from %d", query, from)
                            .isEqualTo(LongStream.of(wanted).skip(from).limit(40).toArray());
                }
            }
        }
    }

    private static long[] rows(LibraryDesk desk, Query query, int many) {
        return desk.database.readNow(sql -> InFront.rows(sql, query, query.sort().orElseThrow(), many));
    }

    @Test
    @DisplayName("issue 4 tables are in order of a heart and of where a track is, too: whole, in slices, both ways, of all, of an album, of what plays now")
    void few() {
        try (var desk = desk(200, "id % 3 = 0")) {
            assertThat(desk.library.tracks(Query.ALL).join().items()).extracting(Track::availability)
                    .contains(PLACES.toArray(Availability[]::new));
            Query all = Query.ALL.sort(Sort.HERE, true);
            assertThat(desk.library.trackRows(all).join()).as("what the window asks").isEqualTo(rows(desk, all, 2_000));
            for (Query base : List.of(Query.ALL, Query.ALL.playableOnly(true), Query.ALL.favouritesOnly(true),
                    Query.ALL.within(new Query.Within.ByArtist(new ItemKey(1, "ar1")))))
                check(desk, base, 2_000);
        }
    }

    @Test
    @DisplayName("issue 4 the same where so many files are here that the first of them are met among all tracks")
    void many() {
        try (var desk = desk(200, "id % 10 > 0")) {
            check(desk, Query.ALL, 20);
            check(desk, Query.ALL.playableOnly(true), 20);
        }
    }
}
