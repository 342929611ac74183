package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.NullSink;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Located;
import app.waxwing.library.Track;
import app.waxwing.playback.Player.Repeat;
import app.waxwing.playback.PlayerState.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The queue and where it stood, over restarts and kills (requirements 4.5, C.3 row 5).
class PlayerRestartTest {
    @TempDir
    Path folder;

    private Studio studio(List<Track> tracks) {
        return new Studio(folder, List.of(new NullSink(new SystemTime())), tracks);
    }

    @Test
    @DisplayName("4.5, C.3 no. 5 the player's state: track, position, queue, order and volume are there after a restart, and nothing sounds by itself")
    void queueOrderVolumeAndPositionSurviveARestartAndNothingSoundsByItself() {
        List<Track> tracks;
        PlayerState before;
        Duration paused;
        try (var studio = studio(List.of())) {
            tracks = new ArrayList<>(List.of(studio.noise("a", 441_000), studio.noise("b", 441_000), studio.noise("c", 441_000)));
            studio.player.play(tracks, 1, "Noise");
            studio.player.shuffle(true);
            studio.player.repeat(Repeat.ALL);
            studio.player.volume(40);
            studio.player.add(List.of(tracks.getFirst()));
            studio.awaitPhase(Phase.PLAYING);
            studio.player.seek(Duration.ofSeconds(4));
            studio.player.pause();
            studio.player.settled().join();
            before = studio.player.state();
            paused = studio.player.position();
            assertThat(paused).as("a little may have sounded before the pause").isGreaterThanOrEqualTo(Duration.ofSeconds(4));
        }
        try (var studio = studio(tracks)) {
            PlayerState after = studio.player.state();
            assertThat(after.phase()).isEqualTo(Phase.PAUSED);
            assertThat(after.queue()).isEqualTo(before.queue());
            assertThat(after.index()).isEqualTo(1);
            assertThat(after.upcoming()).isEqualTo(before.upcoming());
            assertThat(after.volume()).isEqualTo(40);
            assertThat(after.shuffle()).isTrue();
            assertThat(after.repeat()).isEqualTo(Repeat.ALL);
            assertThat(after.sourceTitle()).isEqualTo("Noise");
            assertThat(studio.player.position()).isBetween(paused.minusMillis(300), paused.plusMillis(300));
            assertThat(studio.located).as("no file and no server was asked").isEmpty();
            studio.places.put(tracks.get(1).key(), new Located.LocalFile(folder.resolve("b.wav"), true));
            studio.player.play();
            studio.awaitPhase(Phase.PLAYING);
            assertThat(studio.player.position()).isGreaterThanOrEqualTo(paused.minusMillis(300));
        }
    }

    @Test
    @DisplayName("4.5 a kill loses nothing of the queue")
    void aKillLosesNothingOfTheQueue() {
        List<Track> tracks = Tracks.tracks(50);
        var studio = studio(tracks);
        studio.player.add(tracks);
        studio.player.shuffle(true);
        studio.player.move(3, 40);
        studio.player.remove(List.of(7, 9));
        studio.player.seek(Duration.ofSeconds(12));
        studio.player.settled().join();
        PlayerState before = studio.player.state();
        studio.await("written", () -> studio.database.waiting() == 0 && rows(studio) == 48);
        studio.kill();
        try (var again = studio(tracks)) {
            assertThat(again.player.state().queue()).isEqualTo(before.queue());
            assertThat(again.player.state().upcoming()).isEqualTo(before.upcoming());
        }
    }

    @Test
    void aKillWhileALongListIsBeingWrittenLeavesTheOldOneOrTheNewOne() {
        List<Track> tracks = Tracks.tracks(9_000);
        for (int round = 0; round < 4; round++) {
            var studio = studio(tracks);
            int before = studio.player.state().queue().size();
            studio.player.add(tracks.subList(0, 4_500 + round));
            studio.player.settled().join();
            int after = studio.player.state().queue().size();
            int rows = new int[]{500, 2_500, 4_300, 4_500}[round];
            studio.await("some of it written", () -> allRows(studio) >= rows);
            studio.kill();
            try (var again = studio(tracks)) {
                assertThat(again.player.state().queue().size()).as("round " + round).isIn(before, after);
                again.player.clear();
                again.player.settled().join();
            }
        }
    }

    private static int allRows(Studio studio) {
        return studio.database.read(sql -> sql.fetchCount(app.waxwing.store.schema.Tables.QUEUE_ITEM)).join();
    }

    @Test
    @DisplayName("a track that moved on its server has its new id in the queue at once and after a restart; what plays goes on")
    void moved() {
        List<Track> tracks = Tracks.tracks(11);
        Track now = tracks.getLast();
        PlayerState before;
        try (var studio = studio(tracks)) {
            studio.player.add(tracks.subList(0, 10));
            studio.await("queued", () -> studio.player.state().queue().size() == 10);
            studio.player.moved(java.util.Map.of(tracks.get(3).key(), now.key(), new app.waxwing.base.ItemKey(1, "elsewhere"), now.key()));
            studio.await("renamed", () -> studio.player.state().queue().get(3).track().key().equals(now.key()));
            before = studio.player.state();
            studio.player.settled().join();
        }
        assertThat(before.queue()).hasSize(10).doesNotContain(new PlayerState.Entry(before.queue().get(3).entry(), tracks.get(3), true));
        try (var again = studio(List.of(tracks.get(0), tracks.get(1), tracks.get(2), now))) {
            assertThat(again.player.state().queue()).extracting(e -> e.track().key()).containsExactly(tracks.get(0).key(),
                    tracks.get(1).key(),
                    tracks.get(2).key(), now.key());
        }
    }

    @Test
    void tracksThatAreGoneFromTheLibraryAreLeftOutAndTheRestStaysInOrder() {
        List<Track> tracks = Tracks.tracks(10);
        try (var studio = studio(tracks)) {
            studio.player.add(tracks);
            studio.player.settled().join();
        }
        try (var studio = studio(tracks.subList(0, 6))) {
            assertThat(studio.player.state().queue().stream().map(PlayerState.Entry::track).toList()).isEqualTo(tracks.subList(0, 6));
            studio.player.remove(List.of(0));
            studio.player.settled().join();
        }
        try (var studio = studio(tracks)) {
            assertThat(studio.player.state().queue().stream().map(PlayerState.Entry::track).toList()).isEqualTo(tracks.subList(1, 6));
        }
    }

    @Test
    void tracksOfAnAccountThatWasRemovedDoNotKeepTheRestFromBeingSaved() {
        List<Track> tracks = Tracks.tracks(4);
        try (var studio = studio(tracks)) {
            var stranger = new ArrayList<>(tracks);
            Track other = Tracks.track("other");
            stranger.add(1, new Track(9, new app.waxwing.base.ItemKey(77, "other"), other.title(), other.artist(), other.artists(),
                    other.artistId(), other.album(), other.albumId(), other.albumArtist(), other.disc(), other.number(), other.year(),
                    other.genres(), other.duration(), other.container(), other.size(), false, 0, other.lastPlayed(), other.gainDb(),
                    other.albumGainDb(), false, other.cover(), other.availability(), other.problem(), other.fileSize()));
            studio.places.put(tracks.get(2).key(), new Located.LocalFile(Studio.wav(folder.resolve("x.wav"), 441_000, 1), true));
            studio.player.play(stranger, 3, "");
            studio.awaitPhase(Phase.PLAYING);
        }
        try (var studio = studio(tracks)) {
            assertThat(studio.player.state().queue().stream().map(PlayerState.Entry::track).toList()).isEqualTo(tracks);
            assertThat(studio.player.state().current()).contains(tracks.get(2));
        }
    }

    @Test
    void commandsGivenBeforeTheQueueIsBackWaitForIt() {
        List<Track> tracks = Tracks.tracks(3);
        try (var studio = studio(tracks)) {
            studio.player.add(tracks);
            studio.player.settled().join();
        }
        try (var studio = studio(tracks)) {
            studio.player.add(Tracks.named("later"));
            studio.player.settled().join();
            assertThat(studio.player.state().queue()).hasSize(4);
        }
    }

    @Test
    @DisplayName("20,000 tracks: every change is instant for whoever gives it and the list is written only when it changed")
    void twentyThousandTracks() {
        List<Track> tracks = Tracks.tracks(20_000);
        try (var studio = studio(tracks)) {
            var report = new StringBuilder("20,000-track queue:");
            measure(report, studio, "add", () -> studio.player.add(tracks));
            written(report, studio, 20_000);
            measure(report, studio, "shuffle", () -> studio.player.shuffle(true));
            measure(report, studio, "move", () -> studio.player.move(19_000, 5));
            measure(report, studio, "play next", () -> studio.player.playNext(tracks.subList(0, 10)));
            measure(report, studio, "remove", () -> studio.player.remove(List.of(3, 17_000)));
            written(report, studio, 20_008);
            long statements = studio.database.figures().statements();
            measure(report, studio, "next (stopped)", studio.player::next);
            measure(report, studio, "volume", () -> studio.player.volume(50));
            studio.await("written", () -> studio.database.waiting() == 0);
            assertThat(studio.database.figures().statements() - statements).as("one row each, not the list").isLessThan(20);
            measure(report, studio, "unshuffle", () -> studio.player.shuffle(false));
            measure(report, studio, "undo", () -> assertThat(studio.player.undo().join()).isTrue());
            studio.places.put(tracks.get(12_345).key(), new Located.LocalFile(Studio.wav(folder.resolve("x.wav"), 4_410_000, 1), true));
            measure(report, studio, "play all", () -> studio.player.play(tracks, 12_345, "All"));
            System.out.println(report);
        }
        long start = System.nanoTime();
        try (var studio = studio(tracks)) {
            assertThat(studio.player.state().queue()).hasSize(20_000);
            assertThat(studio.player.state().current()).isEqualTo(Optional.of(tracks.get(12_345)));
            System.out.printf("started with it again in %d ms%n", (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static void measure(StringBuilder report, Studio studio, String what, Runnable change) {
        studio.player.settled().join();
        long start = System.nanoTime();
        change.run();
        studio.player.settled().join();
        report.append(String.format(" %s %.1f ms,", what, (System.nanoTime() - start) / 1e6));
    }

    private static void written(StringBuilder report, Studio studio, int rows) {
        long start = System.nanoTime();
        studio.await("written", () -> studio.database.waiting() == 0 && rows(studio) == rows && allRows(studio) == rows);
        report.append(String.format(" (written in %.0f ms),", (System.nanoTime() - start) / 1e6));
    }

    /// Rows of the list that counts.
    private static int rows(Studio studio) {
        return studio.database.read(sql -> ((Number) sql.fetchValue(
                "SELECT count(*) FROM queue_item WHERE list = (SELECT list FROM player_state)")).intValue()).join();
    }
}
