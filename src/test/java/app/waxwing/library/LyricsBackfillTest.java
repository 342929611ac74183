package app.waxwing.library;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.server.RemoteLyrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything runs on the test's thread when it moves the clock.
class LyricsBackfillTest {
    @TempDir
    Path folder;
    private StillDesk desk;

    @BeforeEach
    void open() {
        desk = new StillDesk(folder, 30);
        for (String id : List.of("t1", "t2", "t3", "t9"))
            LibraryDesk.file(desk.database, new ItemKey(desk.account, id), !id.equals("t9"), id, 1);
        desk.server.lyrics.put("t1", new RemoteLyrics(List.of(new RemoteLyrics.Line(Optional.empty(), "la"))));
    }

    @AfterEach
    void close() {
        desk.close();
    }

    private List<String> asked() {
        return desk.server.calls.stream().filter(c -> c.startsWith("lyrics")).toList();
    }

    @Test
    @DisplayName("C.3 14 words of kept tracks come by themselves, one at a time, and serve offline; «none» is asked again after seven days, not before")
    void comes() throws Exception {
        try (var job = desk.library.backfillLyrics(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.busy = true;
            desk.time.pass(LyricsBackfill.FIRST.plusMinutes(5));
            assertThat(asked()).as("gives way to sound and downloads").isEmpty();
            desk.busy = false;
            desk.time.pass(QuietWork.BACK_OFF);
            assertThat(asked()).hasSize(1);
            desk.time.pass(QuietWork.PAUSE.multipliedBy(3));
            assertThat(asked()).containsExactlyInAnyOrder("lyrics t1", "lyrics t2", "lyrics t3");
            desk.time.pass(Duration.ofDays(6));
            assertThat(asked()).hasSize(3);
            desk.time.pass(Duration.ofDays(1).plusHours(1));
            assertThat(asked()).as("the two without words, once more").hasSize(5).filteredOn("lyrics t1"::equals).hasSize(1);
            desk.accounts.online = false;
            assertThat(desk.library.lyrics(new ItemKey(desk.account, "t1")).join()).isPresent();
            assertThat(desk.database.meters().figures().stream().filter(f -> f.name().equals("lyrics"))).as("nobody's asks").singleElement()
                    .matches(f -> f.network() == 0 && f.unasked() == 5 && f.hits() == 1 && f.misses() == 0);
        }
        desk.accounts.online = true;
        desk.time.pass(Duration.ofDays(30));
        assertThat(asked()).as("closed").hasSize(5);
    }

    @Test
    @DisplayName("C.3 14 while a server fails it is asked less and less often, offline not at all; it is no «none»")
    void backsOff() throws Exception {
        desk.server.failsAt = n -> true;
        desk.server.failure = new Failure.Trouble("fake", "it had an error of its own (500)");
        try (var job = desk.library.backfillLyrics(() -> desk.busy)) {
            assertThat(job).isNotNull();
            desk.accounts.online = false;
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).isEmpty();
            desk.accounts.online = true;
            desk.time.pass(Duration.ofHours(5));
            assertThat(asked()).hasSizeBetween(6, 16);
            desk.server.failsAt = n -> false;
            desk.time.pass(Duration.ofHours(2));
            desk.accounts.online = false;
            assertThat(desk.library.lyrics(new ItemKey(desk.account, "t1")).join()).isPresent();
        }
    }
}
