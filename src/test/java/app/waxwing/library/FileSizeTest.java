package app.waxwing.library;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Query.Sort;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FakeMediaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizeTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("issue 3 a track tells how large its file here is, whatever its server said, and lists of what is here are in order of just that")
    void sizes() {
        try (var desk = new LibraryDesk(folder)) {
            long account = desk.account(new FakeMediaServer("one").fill(120), "ida").id();
            desk.sync(account, false);
            desk.database.write(Durability.SOON, Lane.USER, sql -> sql.update(TRACK).setNull(TRACK.SIZE).execute()).join();
            var random = new Random(3);
            for (int i = 0; i < 40; i++) desk.file(new ItemKey(account, "t" + i * 3), i % 3 > 0, "f" + i, 1 + random.nextInt(12));
            Track none = desk.library.track(new ItemKey(account, "t1")).join().orElseThrow();
            assertThat(none.size()).isEmpty();
            assertThat(none.fileSize()).isEmpty();
            for (Query base : List.of(Query.ALL.playableOnly(true), Query.ALL,
                    Query.ALL.within(new Query.Within.InAlbum(new ItemKey(account, none.albumId().orElseThrow()))))) {
                for (boolean down : new boolean[]{false, true}) {
                    List<Track> tracks = desk.library.tracks(base.sort(Sort.FILE_SIZE, down)).join().items();
                    assertThat(tracks).hasSameElementsAs(desk.library.tracks(base).join().items());
                    List<Long> shown = tracks.stream().map(Track::fileSize).map(s -> s.orElse(0)).toList();
                    assertThat(shown).as("%s", base).isSortedAccordingTo(down ? (a, b) -> Long.compare(b, a) : Long::compare);
                }
            }
            assertThat(desk.library.tracks(Query.ALL.playableOnly(true).sort(Sort.FILE_SIZE, true)).join().items()).hasSize(40)
                    .extracting(Track::fileSize).allMatch(OptionalLong::isPresent);
            long[] rows = desk.library.trackRows(Query.ALL.playableOnly(true).sort(Sort.FILE_SIZE, true).slice(5, 9)).join();
            assertThat(rows).isEqualTo(LongStream.of(desk.library.trackRows(Query.ALL.playableOnly(true).sort(Sort.FILE_SIZE, true)).join())
                    .skip(5).limit(9).toArray());
            assertThat(Optional.of(rows.length)).contains(9);
        }
    }
}
