package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.NullSink;
import app.waxwing.audio.sink.WavSink;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Located;
import app.waxwing.library.Track;
import app.waxwing.playback.Player.Repeat;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.playback.PlayerState.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The player with real sound: the embedded decoder, the mixer, a wav or a silent sink.
class PlayerSoundTest {
    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("out.wav");
    }

    private Studio toFile() {
        return new Studio(folder, new WavSink(out()));
    }

    private Studio silent() {
        return new Studio(folder, new NullSink(new SystemTime()));
    }

    @Test
    @DisplayName("Three tracks in a row are their samples joined, nothing more and nothing less; nobody asked a server (2.14)")
    void threeTracksAreJoinedSampleForSample() {
        try (var studio = toFile()) {
            Track a = studio.noise("a", 30_011);
            Track b = studio.noise("b", 22_007);
            Track c = studio.noise("c", 44_100);
            studio.player.play(List.of(a, b, c), 0, "Noise");
            studio.awaitEnd();
            studio.audio.stop();
            studio.audio.close();
            assertThat(Studio.sound(out())).isEqualTo(studio.sound(a, b, c));
            assertThat(studio.states.stream().flatMap(s -> s.source().stream()).distinct()).containsExactly(Source.LOCAL);
            assertThat(studio.player.state().failure()).isEmpty();
            assertThat(studio.states.stream().map(PlayerState::index).distinct()).containsSubsequence(0, 1, 2);
        }
    }

    @Test
    void aFileThatCannotBePlayedIsSaidAndPassedOver() throws IOException {
        try (var studio = toFile()) {
            Track a = studio.noise("a", 30_000);
            Path text = Files.writeString(folder.resolve("text.mp3"), "this is no music at all\n".repeat(200));
            Track broken = studio.known("broken", 44_100, new Located.LocalFile(text, true));
            Track c = studio.noise("c", 20_000);
            studio.player.play(List.of(a, broken, c), 0, "");
            studio.awaitEnd();
            studio.audio.close();
            assertThat(Studio.sound(out())).isEqualTo(studio.sound(a, c));
            var failure = studio.states.stream().filter(s -> s.index() == 2).flatMap(s -> s.failure().stream()).findFirst();
            assertThat(failure).as("said while the one after it plays").isPresent();
            assertThat(FailureWords.sentence(failure.orElseThrow())).contains("Title broken");
        }
    }

    @Test
    void startingOnAFileThatCannotBePlayedGoesOnToTheNext() throws IOException {
        try (var studio = toFile()) {
            Track empty = studio.known("empty", 1000, new Located.LocalFile(Files.createFile(folder.resolve("empty.flac")), true));
            Track b = studio.noise("b", 20_000);
            studio.player.play(List.of(empty, b), 0, "");
            studio.awaitEnd();
            studio.audio.close();
            assertThat(Studio.sound(out())).isEqualTo(studio.sound(b));
            assertThat(studio.player.state().failure()).as("still to be read").isPresent();
        }
    }

    @Test
    void aWholeRoundWithoutSuccessEndsWhereItBeganWithTheFirstReason() {
        try (var studio = silent()) {
            List<Track> gone = Tracks.tracks(300);
            gone.forEach(t -> studio.library.put(t.key(), t));
            studio.player.repeat(Repeat.ALL);
            studio.player.play(gone, 7, "");
            studio.player.settled().join();
            studio.await("gave up", () -> studio.player.state().phase() == Phase.IDLE && studio.located.size() >= 300);
            assertThat(studio.player.state().index()).isEqualTo(7);
            assertThat(studio.player.state().failure()).contains(new Failure.Offline("Home"));
            assertThat(studio.located).as("each once").hasSize(300);
        }
    }

    @Test
    void pauseSeekNextAndPrevious() {
        try (var studio = silent()) {
            Track a = studio.noise("a", 44_100 * 30);
            Track b = studio.noise("b", 44_100 * 30);
            studio.player.play(List.of(a, b), 0, "");
            studio.awaitPhase(Phase.PLAYING);
            studio.await("sound", () -> studio.player.position().toMillis() > 50);
            studio.player.pause();
            studio.awaitPhase(Phase.PAUSED);
            studio.player.seek(Duration.ofSeconds(20));
            studio.player.settled().join();
            assertThat(studio.player.position()).isEqualTo(Duration.ofSeconds(20));
            studio.await("seek arrived", () -> studio.audio.status().position().toSeconds() == 20);
            studio.player.previous();
            studio.player.settled().join();
            assertThat(studio.player.position()).as("more than 3 s: the start").isEqualTo(Duration.ZERO);
            assertThat(studio.player.state().index()).isZero();
            studio.player.toggle();
            studio.awaitPhase(Phase.PLAYING);
            studio.player.next();
            studio.await("next plays", () -> studio.player.state().index() == 1 && studio.player.state().phase() == Phase.PLAYING);
            studio.player.previous();
            studio.await("previous plays", () -> studio.player.state().index() == 0 && studio.player.state().phase() == Phase.PLAYING);
            assertThat(studio.player.buffered()).isEqualTo(Duration.ofSeconds(30));
            studio.player.stop();
            studio.awaitPhase(Phase.IDLE);
            assertThat(studio.player.state().index()).isZero();
            assertThat(studio.player.position()).isZero();
        }
    }

    @Test
    void aSeekGoesOnFromThere() {
        try (var studio = toFile()) {
            Track a = studio.noise("a", 100_000);
            studio.player.play(List.of(a), 0, "");
            studio.player.pause();
            studio.player.seek(Duration.ofSeconds(2));
            studio.player.play();
            studio.awaitEnd();
            studio.audio.close();
            byte[] heard = Studio.sound(out());
            byte[] whole = studio.sound(a);
            assertThat(heard).endsWith(java.util.Arrays.copyOfRange(whole, 88_200 * 4, whole.length));
        }
    }

    @Test
    void repeatingOneJoinsTheTrackToItselfAndTheQueueCanChangeMeanwhile() {
        try (var studio = silent()) {
            Track a = studio.noise("a", 44_100 * 20);
            Track b = studio.noise("b", 44_100 * 20);
            Track c = studio.noise("c", 44_100 * 20);
            studio.player.play(List.of(a, b), 0, "");
            studio.awaitPhase(Phase.PLAYING);
            studio.await("b is next", () -> studio.located.contains(b.key()));
            studio.player.playNext(List.of(c));
            studio.await("c is next", () -> studio.located.contains(c.key()));
            studio.player.repeat(Repeat.ONE);
            studio.player.settled().join();
            studio.player.seek(Duration.ofMillis(19_900));
            studio.await("again from the start", () -> studio.player.position().toSeconds() < 10
                    && studio.states.stream().filter(s -> s.phase() == Phase.PLAYING).count() > 3);
            assertThat(studio.player.state().index()).isZero();
            studio.player.repeat(Repeat.OFF);
            studio.player.settled().join();
            studio.player.seek(Duration.ofMillis(19_900));
            studio.await("c follows", () -> studio.player.state().current().equals(Optional.of(c)));
        }
    }

    @Test
    void removingWhatPlaysGoesOnWithTheNextAndUndoBringsItBack() {
        try (var studio = silent()) {
            Track a = studio.noise("a", 44_100 * 20);
            Track b = studio.noise("b", 44_100 * 20);
            studio.player.play(List.of(a, b), 0, "");
            studio.awaitPhase(Phase.PLAYING);
            studio.player.remove(List.of(0));
            studio.await("b plays", () -> studio.player.state().current().equals(Optional.of(b))
                    && studio.player.state().phase() == Phase.PLAYING);
            assertThat(studio.player.undo().join()).isTrue();
            assertThat(studio.player.state().queue()).hasSize(2);
            assertThat(studio.player.state().current()).as("what plays plays on").contains(b);
            assertThat(studio.player.redo().join()).isTrue();
            assertThat(studio.player.state().queue()).hasSize(1);
            assertThat(studio.player.redo().join()).isFalse();
            studio.player.clear();
            studio.awaitPhase(Phase.IDLE);
            assertThat(studio.player.undo().join()).isTrue();
            assertThat(studio.player.state().current()).contains(b);
            assertThat(studio.player.state().phase()).as("undoing a clear does not start to sound").isNotEqualTo(Phase.PLAYING);
        }
    }

    @Test
    void theLoudnessGainIsAppliedAndOffIsNeutral() {
        try (var studio = toFile()) {
            Path file = Studio.wav(folder.resolve("g.wav"), 10_000, 5);
            Track quiet = Tracks.track("g", Optional.of(Duration.ofMillis(227)), Optional.empty(), java.util.OptionalDouble.of(-6.0206),
                    java.util.OptionalDouble.empty());
            studio.places.put(quiet.key(), new Located.LocalFile(file, false));
            studio.player.play(List.of(quiet), 0, "");
            studio.awaitEnd();
            studio.options = new PlaybackOptions(true, PlaybackOptions.Loudness.OFF, 0);
            studio.player.optionsChanged();
            studio.player.play(List.of(quiet), 0, "");
            studio.awaitEnd();
            studio.audio.close();
            byte[] heard = Studio.sound(out());
            byte[] original = Studio.sound(file);
            assertThat(heard).hasSize(original.length * 2);
            assertThat(heard).endsWith(original);
            short loud = java.nio.ByteBuffer.wrap(original).order(java.nio.ByteOrder.LITTLE_ENDIAN).getShort(4000);
            short low = java.nio.ByteBuffer.wrap(heard).order(java.nio.ByteOrder.LITTLE_ENDIAN).getShort(4000);
            assertThat((double) low).isCloseTo(loud / 2.0, org.assertj.core.data.Offset.offset(2.0));
        }
    }
}
