package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.AudioEngine;
import app.waxwing.audio.AudioEvent;
import app.waxwing.audio.AudioStatus;
import app.waxwing.audio.AudioTrack;
import app.waxwing.audio.PcmFormat;
import app.waxwing.audio.SourceInfo;
import app.waxwing.base.ByteSource;
import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Located;
import app.waxwing.outbox.Outbox;
import app.waxwing.playback.Player.Repeat;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.playback.PlayerState.Source;
import app.waxwing.store.Database;
import app.waxwing.testing.EmptyDatabase;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the player understands the audio engine and the locator, step by step, both played by the test.
class CourseTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final Mailbox mailbox = Mailbox.manual("player");
    private final Engine audio = new Engine();
    private final Map<String, CompletableFuture<Located>> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private Database database;
    private PlayReports reports;
    private PlaybackOptions options = PlaybackOptions.DEFAULT;
    private Course course;

    @BeforeEach
    void begin() {
        database = EmptyDatabase.open(folder.resolve("waxwing.db"), time);
        reports = new PlayReports(new PlayReports.Servers() {
            @Override
            public boolean online(long account) {
                return false;
            }

            @Override
            public void started(PlayReports.Report report) {}

            @Override
            public void progress(PlayReports.Report report) {}

            @Override
            public void stopped(PlayReports.Report report) {}
        }, (Outbox) Proxy.newProxyInstance(Outbox.class.getClassLoader(), new Class<?>[]{Outbox.class},
                (proxy, method, args) -> CompletableFuture.completedFuture(null)));
        var log = new PlayLog(new PlayHistory(database), reports, new Counting(), time, new Random(1));
        course = new Course(audio, this::locate, new SourceMeter(database.meters().of("music")), mailbox, log, () -> options, () -> {});
    }

    @AfterEach
    void end() {
        reports.close();
        database.close();
        time.close();
    }

    private CompletableFuture<Located> locate(ItemKey key) {
        asked.add(key.id());
        return answers.computeIfAbsent(key.id(), id -> CompletableFuture.completedFuture(file(id)));
    }

    private static Located file(String id) {
        return new Located.LocalFile(Path.of(id), true);
    }

    private void queue(String... ids) {
        course.begin(PlayQueue.EMPTY.replace(List.of(ids).stream().map(id -> Tracks.track(id, Optional.of(MINUTE))).toList(), 0, "", 1));
        mailbox.runAll();
    }

    private void sounds(long generation) {
        audio.tell(new AudioEvent.Opened(generation, new SourceInfo(new PcmFormat(44_100, 2), 16, false, "flac", "flac", 44_100 * 60),
                "Test"));
        audio.at(generation, Duration.ZERO);
        audio.tell(new AudioEvent.Sounding(generation));
    }

    private String current() {
        return course.queue().current().map(e -> e.track().key().id()).orElse("-");
    }

    @Test
    void theNextTrackIsPreparedAndPreparedAnewWhenTheQueueChanges() {
        queue("a", "b", "c");
        sounds(1);
        assertThat(audio.takeDone()).containsExactly("open 1 a", "prepare 2 b");
        course.use(course.queue().playNext(Tracks.named("x")), Duration.ZERO);
        mailbox.runAll();
        assertThat(audio.takeDone()).containsExactly("drop next", "prepare 3 x");
        course.use(course.queue().repeat(Repeat.ONE), Duration.ZERO);
        mailbox.runAll();
        assertThat(audio.takeDone()).containsExactly("drop next", "prepare 4 a");
        course.use(course.queue().repeat(Repeat.OFF).at(0).remove(List.of(1, 2, 3)), Duration.ZERO);
        mailbox.runAll();
        assertThat(audio.takeDone()).containsExactly("drop next");
        options = new PlaybackOptions(false, PlaybackOptions.Loudness.OFF, 0);
        course.use(course.queue().add(Tracks.named("y"), 1), Duration.ZERO);
        mailbox.runAll();
        assertThat(audio.takeDone()).as("without gapless nothing is prepared").isEmpty();
    }

    @Test
    void whatComesLateOfAnAttemptThatWasReplacedIsDropped() {
        var slow = new CompletableFuture<Located>();
        answers.put("a", slow);
        queue("a", "b");
        course.start(1, Duration.ZERO, true);
        mailbox.runAll();
        var source = new Bytes(100, 100);
        slow.complete(new Located.Remote(source));
        mailbox.runAll();
        assertThat(source.closed).as("nobody will read it").isTrue();
        audio.tell(new AudioEvent.Failed(1, new Failure.Offline("x"), Duration.ZERO));
        audio.tell(new AudioEvent.Ended(1));
        assertThat(current()).isEqualTo("b");
        assertThat(course.failure()).isEmpty();
        assertThat(audio.takeDone()).containsExactly("pause", "open 2 b");
    }

    @Test
    void aTrackThatTookOverWhileItWasBeingDroppedGivesWayToTheOneThatBelongsThere() {
        queue("a", "b", "c");
        sounds(1);
        course.use(course.queue().remove(List.of(1)), Duration.ZERO);
        mailbox.runAll();
        audio.takeDone();
        audio.tell(new AudioEvent.TrackChanged(2, 1));
        assertThat(current()).isEqualTo("c");
    }

    @Test
    void aPreparedTrackThatFailsIsPassedOverAndTheReasonIsSaidAtTheJoint() {
        answers.put("b", CompletableFuture.completedFuture(new Located.Nowhere(new Failure.Offline("Home"))));
        queue("a", "b", "c", "d");
        sounds(1);
        assertThat(audio.takeDone()).containsExactly("open 1 a", "prepare 3 c");
        assertThat(course.failure()).as("a plays well").isEmpty();
        audio.tell(new AudioEvent.TrackChanged(3, 1));
        assertThat(current()).isEqualTo("c");
        assertThat(course.failure()).contains(new Failure.Offline("Home"));
        assertThat(course.phase()).isEqualTo(Phase.PLAYING);
        audio.tell(new AudioEvent.TrackChanged(4, 3));
        assertThat(current()).isEqualTo("d");
        assertThat(course.failure()).isEmpty();
    }

    @Test
    void aTrackThatBreaksInTheMiddleGoesOnWithThePreparedOne() {
        queue("a", "b");
        sounds(1);
        audio.takeDone();
        audio.tell(new AudioEvent.Failed(1, new Failure.Unplayable("a", "it is cut short"), Duration.ofSeconds(20)));
        assertThat(current()).isEqualTo("a");
        audio.tell(new AudioEvent.TrackChanged(2, 1));
        assertThat(current()).isEqualTo("b");
        assertThat(course.failure()).contains(new Failure.Unplayable("a", "it is cut short"));
        assertThat(audio.takeDone()).as("the engine joined them itself").isEmpty();
    }

    @Test
    void theNextTrackWhoseBytesAreStillSoughtIsOpenedWhenTheyCome() {
        var slow = new CompletableFuture<Located>();
        answers.put("b", slow);
        queue("a", "b");
        sounds(1);
        audio.tell(new AudioEvent.Ended(1));
        assertThat(current()).isEqualTo("b");
        assertThat(course.phase()).isEqualTo(Phase.LOADING);
        slow.complete(file("b"));
        mailbox.runAll();
        assertThat(audio.takeDone()).containsExactly("open 1 a", "open 2 b");
        assertThat(asked).containsExactly("a", "b");
    }

    @Test
    void aStreamIsPreparedForOnlyNearItsEndAndIsCalledCachedOnceItIsWhole() {
        var stream = new Bytes(1000, 200);
        answers.put("a", CompletableFuture.completedFuture(new Located.Growing(stream)));
        queue("a", "b");
        sounds(1);
        assertThat(audio.takeDone()).containsExactly("open 1 a");
        assertThat(course.attempt().orElseThrow().source()).contains(Source.STREAM);
        assertThat(course.attempt().orElseThrow().buffered()).isEqualTo(0.2);
        audio.at(1, Duration.ofSeconds(41));
        course.tick();
        mailbox.runAll();
        assertThat(audio.takeDone()).as("20 s before the end").containsExactly("prepare 2 b");
        stream.here = 1000;
        assertThat(course.attempt().orElseThrow().source()).contains(Source.CACHED);
    }

    @Test
    @DisplayName("a stream that breaks while it is heard is opened once more where it stood, as the same play; when that fails too it is said")
    void aStreamThatBreaksGoesOnWhereItStood() {
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> sql.execute(
                "INSERT INTO account (id, server_id, user_id, kind, server_name, user_name, url, device_id, signed_in_at)"
                        + " VALUES (1, 's', 'u', 'jellyfin', 'S', 'U', 'http://localhost', 'd', 0)"))
                .join();
        answers.put("a", CompletableFuture.completedFuture(new Located.Growing(new Bytes(1000, 200))));
        queue("a", "b");
        sounds(1);
        var other = new Failure.Trouble("", "the server has another version of this track now; open it again");
        audio.takeDone();
        audio.at(1, Duration.ofSeconds(20));
        course.tick();
        audio.tell(new AudioEvent.Failed(1, other, Duration.ofSeconds(20)));
        assertThat(audio.takeDone()).containsExactly("pause", "open 2 a");
        assertThat(asked).as("located anew").containsExactly("a", "a");
        assertThat(course.position()).isEqualTo(Duration.ofSeconds(20));
        assertThat(course.failure()).isEmpty();
        sounds(2);
        audio.at(2, Duration.ofSeconds(35));
        course.tick();
        assertThat(current()).isEqualTo("a");

        audio.tell(new AudioEvent.Failed(2, other, Duration.ofSeconds(35)));
        assertThat(audio.takeDone()).as("it got further").containsExactly("pause", "open 3 a");
        sounds(3);
        audio.tell(new AudioEvent.Failed(3, other, Duration.ofSeconds(35)));
        assertThat(current()).as("it did not").isEqualTo("b");
        assertThat(course.failure()).contains(other);
        database.write(app.waxwing.store.Durability.SOON, app.waxwing.store.Lane.USER, sql -> 0).join();
        assertThat(new PlayHistory(database).recent(5).join()).singleElement()
                .satisfies(p -> assertThat(p.heard()).as("one play").isEqualTo(Duration.ofSeconds(35)));
    }

    @Test
    void whatCannotBeDecodedIsNotOpenedAgain() {
        answers.put("a", CompletableFuture.completedFuture(new Located.Remote(new Bytes(1000, 200))));
        queue("a", "b");
        sounds(1);
        audio.tell(new AudioEvent.Failed(1, new Failure.Unplayable("a", "it is damaged"), Duration.ofSeconds(20)));
        assertThat(current()).isEqualTo("b");
    }

    @Test
    void missingBytesShowAsLoading() {
        queue("a");
        sounds(1);
        assertThat(course.phase()).isEqualTo(Phase.PLAYING);
        audio.tell(new AudioEvent.Waiting(1));
        assertThat(course.phase()).isEqualTo(Phase.LOADING);
        audio.tell(new AudioEvent.Flowing(1));
        assertThat(course.phase()).isEqualTo(Phase.PLAYING);
    }

    @Test
    void anOutputThatIsLostPausesWithASentenceAndOneThatNeverWasDoesNot() {
        var lost = new Failure.MissingPart("The sound output", "connect it again");
        queue("a");
        audio.tell(new AudioEvent.SinkChanged(1, lost, "silence"));
        assertThat(course.isPlaying()).as("nothing sounded yet").isTrue();
        sounds(1);
        assertThat(course.failure()).contains(lost);
        audio.tell(new AudioEvent.SinkChanged(1, lost, "silence"));
        assertThat(course.phase()).isEqualTo(Phase.PAUSED);
        assertThat(course.failure()).contains(lost);
        course.play();
        assertThat(course.isPlaying()).isTrue();
    }

    @Test
    void aSeekShowsItsTargetUntilItArrives() {
        queue("a");
        sounds(1);
        audio.at(1, Duration.ofSeconds(5));
        course.seek(Duration.ofSeconds(30));
        assertThat(course.position()).isEqualTo(Duration.ofSeconds(30));
        audio.at(1, Duration.ofSeconds(30));
        audio.tell(new AudioEvent.Seeked(1, Duration.ofSeconds(30)));
        audio.at(1, Duration.ofSeconds(31));
        assertThat(course.position()).isEqualTo(Duration.ofSeconds(31));
    }

    @Test
    void theAnswerToAnEarlierSeekDoesNotMoveThePosition() {
        queue("a");
        sounds(1);
        course.seek(Duration.ofSeconds(30));
        course.seek(Duration.ofSeconds(10));
        audio.at(1, Duration.ofSeconds(30));
        audio.tell(new AudioEvent.Seeked(1, Duration.ofSeconds(30)));
        assertThat(course.position()).isEqualTo(Duration.ofSeconds(10));
        audio.at(1, Duration.ofSeconds(10));
        audio.tell(new AudioEvent.Seeked(1, Duration.ofSeconds(10)));
        audio.at(1, Duration.ofSeconds(11));
        assertThat(course.position()).isEqualTo(Duration.ofSeconds(11));
        course.seek(Duration.ofSeconds(50));
        audio.tell(new AudioEvent.Seeked(1, Duration.ofSeconds(47)));
        course.tick();
        assertThat(course.position()).as("a decoder that cannot seek exactly").isEqualTo(Duration.ofSeconds(11));
    }

    @Test
    void pausingWhileTheBytesAreSoughtOpensPaused() {
        var slow = new CompletableFuture<Located>();
        answers.put("a", slow);
        queue("a");
        course.pause();
        course.seek(Duration.ofSeconds(7));
        slow.complete(file("a"));
        mailbox.runAll();
        assertThat(audio.takeDone()).containsExactly("open 1 a paused at 7");
        assertThat(course.phase()).isEqualTo(Phase.PAUSED);
        course.play();
        assertThat(audio.takeDone()).containsExactly("play");
    }

    @Test
    void afterTheEndPlayBeginsAtTheFirst() {
        queue("a", "b");
        course.start(1, Duration.ZERO, true);
        mailbox.runAll();
        sounds(2);
        audio.tell(new AudioEvent.Ended(2));
        assertThat(course.phase()).isEqualTo(Phase.IDLE);
        assertThat(current()).isEqualTo("b");
        course.play();
        assertThat(current()).isEqualTo("a");
    }

    @Test
    void ofADraggedSliderOnlyTheLastValueIsCarriedOut() {
        var done = new ArrayList<PlayerCommand>();
        var inbox = new CommandInbox(mailbox, done::add);
        for (int i = 0; i < 50; i++) inbox.submit(new PlayerCommand.Seek(Duration.ofSeconds(i)));
        inbox.submit(new PlayerCommand.Next());
        for (int i = 0; i < 50; i++) inbox.submit(new PlayerCommand.SetVolume(i));
        inbox.submit(new PlayerCommand.Seek(Duration.ofSeconds(3)));
        mailbox.runAll();
        assertThat(done).as("held back until open").isEmpty();
        inbox.open();
        mailbox.runAll();
        assertThat(done).containsExactly(new PlayerCommand.Seek(Duration.ofSeconds(49)), new PlayerCommand.Next(),
                new PlayerCommand.SetVolume(49), new PlayerCommand.Seek(Duration.ofSeconds(3)));
    }

    /// Writes down what it is told; the test says what happens.
    private final class Engine implements AudioEngine {
        private final Events<AudioEvent> events = new Events<>();
        private final List<String> done = new ArrayList<>();
        private AudioStatus status = AudioStatus.IDLE;

        void tell(AudioEvent event) {
            events.publish(event);
            mailbox.runAll();
        }

        void at(long generation, Duration position) {
            status = new AudioStatus(AudioStatus.State.PLAYING, generation, position, Optional.empty(), "Test");
        }

        List<String> takeDone() {
            var taken = List.copyOf(done);
            done.clear();
            return taken;
        }

        @Override
        public void open(AudioTrack track, boolean playing) {
            done.add("open " + track.generation() + " " + track.name().replace("Title ", "")
                    + (playing ? "" : " paused at " + track.start().toSeconds()));
        }

        @Override
        public void prepareNext(AudioTrack track) {
            done.add("prepare " + track.generation() + " " + track.name().replace("Title ", ""));
        }

        @Override
        public void dropNext() {
            done.add("drop next");
        }

        @Override
        public void play() {
            done.add("play");
        }

        @Override
        public void pause() {
            done.add("pause");
        }

        @Override
        public void seek(long generation, Duration position) {
            done.add("seek " + generation + " " + position.toSeconds());
        }

        @Override
        public void stop() {
            done.add("stop");
        }

        @Override
        public void setVolume(double level) {
            done.add("volume " + level);
        }

        @Override
        public void setGain(long generation, double gain) {
            done.add("gain " + generation);
        }

        @Override
        public AudioStatus status() {
            return status;
        }

        @Override
        public Subscription subscribe(Consumer<? super AudioEvent> listener) {
            return events.subscribe(listener);
        }

        @Override
        public List<String> describe() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /// So many bytes, of which so many are here.
    private static final class Bytes implements ByteSource {
        private final long length;
        private long here;
        private boolean closed;

        Bytes(long length, long here) {
            this.length = length;
            this.here = here;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            return -1;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public long available() {
            return here;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
