package app.waxwing.library;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static app.waxwing.store.schema.Tables.TRACK;
import static app.waxwing.store.schema.Tables.USER_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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
    private LibraryDesk desk(int tracks, int files) {
        var desk = new LibraryDesk(folder);
        for (String user : List.of("ida", "bo")) desk.sync(desk.account(new FakeMediaServer(user).fill(tracks), user).id(), false);
        var random = new Random(11);
        desk.database.write(Durability.SOON, Lane.USER, sql -> {
            sql.insertInto(MEDIA_FOLDER).set(MEDIA_FOLDER.ID, 2L).set(MEDIA_FOLDER.PATH, "/away").set(MEDIA_FOLDER.MARKER, 8L)
                    .set(MEDIA_FOLDER.IS_MISSING, true).execute();
            for (int i = 0; i < files; i++) {
                boolean kept = random.nextInt(3) > 0;
                sql.insertInto(MEDIA_FILE).set(MEDIA_FILE.ACCOUNT_ID, 1L + i % 2).set(MEDIA_FILE.ITEM_ID, "t" + random.nextInt(tracks))
                        .set(MEDIA_FILE.QUALITY, random.nextBoolean() ? "original" : "mp3-320")
                        .set(MEDIA_FILE.ROOT, kept ? "media" : "cache")
                        .set(MEDIA_FILE.FOLDER_ID, kept ? random.nextInt(4) == 0 ? 2L : 1L : null).set(MEDIA_FILE.PATH, "f" + i)
                        .set(MEDIA_FILE.PATH_KEY, "f" + i).set(MEDIA_FILE.SIZE, 5L).set(MEDIA_FILE.MODIFIED_AT, 0L)
                        .set(MEDIA_FILE.SHA256, "00").set(MEDIA_FILE.IS_PINNED, kept).set(MEDIA_FILE.COMPLETED_AT, 0L)
                        .onConflictDoNothing().execute();
            }
            for (int i = 0; i < tracks; i += 3) {
                sql.insertInto(USER_DATA).set(USER_DATA.ACCOUNT_ID, 1L).set(USER_DATA.ITEM_ID, "t" + i).set(USER_DATA.KIND, "track")
                        .set(USER_DATA.IS_FAVOURITE, true).onDuplicateKeyUpdate().set(USER_DATA.IS_FAVOURITE, true).execute();
            }
            return sql.update(TRACK).set(TRACK.SORT_TITLE, "same").where(TRACK.ID.mod(4L).eq(0L)).execute();
        }).join();
        return desk;
    }

    private static void check(LibraryDesk desk, Query base) {
        List<Track> all = desk.library.tracks(base.sort(Sort.TITLE, false)).join().items();
        for (boolean down : new boolean[]{false, true}) {
            for (Sort sort : List.of(Sort.FAVOURITE, Sort.HERE)) {
                Comparator<Track> order = sort == Sort.FAVOURITE
                        ? Comparator.comparing(Track::favourite)
                        : Comparator.comparing(t -> PLACES.indexOf(t.availability()));
                // The sort is stable: what is equal stays in order of the title.
                long[] wanted = all.stream().sorted(down ? order.reversed() : order).mapToLong(Track::row).toArray();
                Query query = base.sort(sort, down);
                assertThat(desk.library.trackRows(query).join()).as("%s", query).isEqualTo(wanted);
                for (int from : new int[]{0, 7, wanted.length / 2}) {
                    assertThat(desk.library.trackRows(query.slice(from, 40)).join()).as("%s from %d", query, from)
                            .isEqualTo(LongStream.of(wanted).skip(from).limit(40).toArray());
                }
            }
        }
    }

    @Test
    @DisplayName("issue 4 tables are in order of a heart and of where a track is, too: whole, in slices, both ways, of all, of an album, of what plays now")
    void few() {
        try (var desk = desk(300, 200)) {
            assertThat(desk.library.tracks(Query.ALL).join().items()).extracting(Track::availability)
                    .contains(PLACES.toArray(Availability[]::new));
            check(desk, Query.ALL);
            check(desk, Query.ALL.playableOnly(true));
            check(desk, Query.ALL.favouritesOnly(true));
            check(desk, Query.ALL.within(new Query.Within.ByArtist(new ItemKey(1, "ar1"))));
        }
    }

    @Test
    @DisplayName("issue 4 the same where so many files are here that the first of them are met among all tracks")
    void many() {
        try (var desk = desk(1_600, 7_000)) {
            check(desk, Query.ALL);
            check(desk, Query.ALL.playableOnly(true));
        }
    }
}
