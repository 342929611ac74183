package app.waxwing.playback;

import static app.waxwing.playback.Tracks.named;
import static app.waxwing.playback.Tracks.tracks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.playback.Player.Repeat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlayQueueTest {
    private static final PlayQueue ABCDE = PlayQueue.EMPTY.replace(named("a", "b", "c", "d", "e"), 2, "Letters", 1);

    private static String ids(PlayQueue queue) {
        return String.join("", queue.entries().stream().map(e -> e.track().key().id()).toList());
    }

    private static String current(PlayQueue queue) {
        return queue.current().map(e -> e.track().key().id()).orElse("-");
    }

    private static String upcoming(PlayQueue queue) {
        return String.join("", queue.upcoming().stream().map(i -> queue.entries().get(i).track().key().id()).toList());
    }

    @ParameterizedTest(name = "at {0}, repeat {1}: next {2}, by itself {3}, previous {4}, upcoming {5}")
    @CsvSource({"0,OFF,1,1,0,bcde", "2,OFF,3,3,1,de", "4,OFF,-1,-1,3,''", "0,ONE,1,0,0,bcde", "4,ONE,-1,4,3,''", "0,ALL,1,1,4,bcde",
            "2,ALL,3,3,1,deab", "4,ALL,0,0,3,abcd"})
    void neighboursFollowTheRepeatMode(int at, Repeat repeat, int after, int following, int before, String upcoming) {
        PlayQueue queue = ABCDE.at(at).repeat(repeat);
        assertThat(queue.after()).isEqualTo(after);
        assertThat(queue.following()).isEqualTo(following);
        assertThat(queue.before()).isEqualTo(before);
        assertThat(upcoming(queue)).isEqualTo(upcoming);
    }

    @ParameterizedTest(name = "move {0} to {1}: {2}, c at {3}")
    @CsvSource({"0,4,bcdea,1", "4,0,eabcd,3", "2,0,cabde,0", "2,4,abdec,4", "1,3,acdbe,1", "3,1,adbce,3", "2,2,abcde,2", "9,1,abcde,2",
            "1,9,abcde,2", "-1,2,abcde,2"})
    void movingKeepsTheCurrentEntry(int from, int to, String listed, int index) {
        PlayQueue moved = ABCDE.move(from, to);
        assertThat(ids(moved)).isEqualTo(listed);
        assertThat(moved.index()).isEqualTo(index);
        assertThat(current(moved)).isEqualTo("c");
    }

    @Test
    void removingOthersKeepsTheCurrentEntry() {
        assertThat(ids(ABCDE.remove(List.of(0, 4, 17, -3)))).isEqualTo("bcd");
        assertThat(current(ABCDE.remove(List.of(0, 4)))).isEqualTo("c");
    }

    @Test
    void whenTheCurrentEntryGoesTheFollowingOneTakesItsPlace() {
        assertThat(current(ABCDE.remove(List.of(2)))).isEqualTo("d");
        assertThat(current(ABCDE.remove(List.of(2, 3)))).isEqualTo("e");
        assertThat(current(ABCDE.remove(List.of(2, 3, 4)))).isEqualTo("-");
        assertThat(current(ABCDE.repeat(Repeat.ALL).remove(List.of(2, 3, 4)))).isEqualTo("a");
        assertThat(current(ABCDE.remove(List.of(0, 1, 2, 3, 4)))).isEqualTo("-");
    }

    @Test
    void playNextComesRightAfterTheCurrentAndAddAtTheEnd() {
        PlayQueue queue = ABCDE.playNext(named("x", "y")).add(named("z"), 1);
        assertThat(ids(queue)).isEqualTo("abcxydez");
        assertThat(upcoming(queue)).isEqualTo("xydez");
        assertThat(queue.entries().stream().filter(PlayerState.Entry::byUser).map(e -> e.track().key().id()).toList())
                .containsExactly("x", "y", "z");
        assertThat(ids(ABCDE.playNext(named("x")).playNext(named("y")))).isEqualTo("abcyxde");
    }

    @Test
    void playNextRespectsShuffle() {
        PlayQueue queue = ABCDE.shuffle(true, 7);
        String before = upcoming(queue);
        queue = queue.playNext(named("x", "y")).add(named("z"), 1);
        assertThat(upcoming(queue)).isEqualTo("xy" + before + "z");
        assertThat(ids(queue.shuffle(false, 0))).isEqualTo("abcxydez");
    }

    @Test
    void shuffleKeepsTheCurrentAndPlaysEveryOtherOnceAndUnshuffleRestoresTheList() {
        for (long seed = 0; seed < 50; seed++) {
            PlayQueue queue = ABCDE.shuffle(true, seed);
            assertThat(current(queue)).isEqualTo("c");
            assertThat(upcoming(queue).chars().sorted().mapToObj(Character::toString).toList()).as("seed " + seed)
                    .containsExactly("a", "b", "d", "e");
            assertThat(ids(queue)).isEqualTo("abcde");
            assertThat(upcoming(queue.shuffle(false, 0))).isEqualTo("de");
            assertThat(upcoming(ABCDE.shuffle(true, seed))).as("the same seed, the same order").isEqualTo(upcoming(queue));
        }
    }

    @Test
    void everyOrderOfAShuffleIsPossible() {
        var seen = new HashSet<String>();
        for (long seed = 0; seed < 2000; seed++) seen.add(upcoming(ABCDE.shuffle(true, seed)));
        assertThat(seen).hasSize(24);
    }

    @Test
    void aShuffledQueueStaysShuffledForTheNextListAndForAnEmptyOneThatIsFilled() {
        PlayQueue shuffled = PlayQueue.EMPTY.shuffle(true, 1);
        PlayQueue replaced = shuffled.replace(tracks(100), 40, "", 5);
        assertThat(replaced.index()).isEqualTo(40);
        assertThat(replaced.upcoming()).hasSize(99).isNotEqualTo(IntStream.range(41, 100).boxed().toList());
        assertThat(shuffled.add(tracks(100), 5).upcoming()).hasSize(100).isNotEqualTo(IntStream.range(0, 100).boxed().toList());
        assertThat(shuffled.replace(tracks(100), -1, "", 5).index()).as("begins anywhere").isPositive();
        assertThat(PlayQueue.EMPTY.replace(tracks(100), -1, "", 5).index()).isZero();
    }

    @Test
    void whenShuffledAMovedEntryTakesTheTurnOfTheOneThatWasThere() {
        PlayQueue queue = PlayQueue.EMPTY.replace(tracks(8), 0, "", 1).shuffle(true, 3);
        List<Integer> turns = queue.upcoming();
        int from = turns.get(5);
        int to = turns.get(1);
        long number = queue.entries().get(from).entry();
        PlayQueue moved = queue.move(from, to);
        assertThat(moved.entries().get(to).entry()).isEqualTo(number);
        assertThat(moved.entries().get(moved.upcoming().get(1)).entry()).isEqualTo(number);
    }

    @Test
    void aQueueSurvivesBeingSaved() {
        PlayQueue queue = ABCDE.shuffle(true, 9).playNext(named("x")).repeat(Repeat.ALL);
        PlayQueue restored = PlayQueue.restored(new ArrayList<>(queue.entries()), OptionalLong.of(queue.current().orElseThrow().entry()),
                true,
                queue.playingOrder(), Repeat.ALL, queue.title(), 0);
        assertThat(ids(restored)).isEqualTo(ids(queue));
        assertThat(upcoming(restored)).isEqualTo(upcoming(queue));
        assertThat(current(restored)).isEqualTo("c");
        assertThat(restored.title()).isEqualTo("Letters");
    }

    @Test
    void aSavedOrderThatDoesNotFitIsMadeAnew() {
        List<PlayerState.Entry> some = ABCDE.entries().subList(0, 3);
        PlayQueue restored = PlayQueue.restored(some, OptionalLong.of(99), true, List.of(1L, 77L), Repeat.OFF, "", 4);
        assertThat(restored.index()).isEqualTo(-1);
        assertThat(restored.upcoming()).containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void entriesOfOneTrackHaveTheirOwnNumbersAndNumbersAreNeverGivenTwice() {
        PlayQueue queue = ABCDE.add(named("a", "a"), 1).remove(List.of(6)).add(named("a"), 1);
        assertThat(queue.entries().stream().map(PlayerState.Entry::entry).distinct().count()).isEqualTo(7);
        PlayQueue undone = ABCDE.insteadOf(queue);
        assertThat(undone.add(named("q"), 1).entries().getLast().entry()).isGreaterThan(queue.entries().getLast().entry());
    }

    @Test
    void impossibleIndicesAreRefused() {
        assertThatThrownBy(() -> ABCDE.at(5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ABCDE.at(-2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHistoryIsBoundedAndUndoneStepsComeBack() {
        var history = new QueueHistory();
        PlayQueue queue = ABCDE;
        for (int i = 0; i < 70; i++) {
            history.changed(new QueueHistory.Step(queue, java.time.Duration.ofSeconds(i)));
            queue = queue.add(named("n" + i), 1);
        }
        PlayQueue last = queue;
        int undone = 0;
        for (var step = history.undo(now(queue)); step.isPresent(); step = history.undo(now(queue)), undone++) queue = step.get().queue();
        assertThat(undone).isEqualTo(QueueHistory.STEPS);
        assertThat(queue.size()).isEqualTo(last.size() - QueueHistory.STEPS);
        for (var step = history.redo(now(queue)); step.isPresent(); step = history.redo(now(queue))) queue = step.get().queue();
        assertThat(ids(queue)).isEqualTo(ids(last));
        history.changed(now(queue));
        assertThat(history.redo(now(queue))).as("a new change ends what could be redone").isEmpty();
    }

    private static QueueHistory.Step now(PlayQueue queue) {
        return new QueueHistory.Step(queue, java.time.Duration.ZERO);
    }
}
