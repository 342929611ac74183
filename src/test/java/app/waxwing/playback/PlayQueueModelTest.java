package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.library.Track;
import app.waxwing.playback.Player.Repeat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Long seeded sequences of every operation, against two plain lists and a loop.
class PlayQueueModelTest {
    /// The obvious way: the list, the playing order, the current entry.
    private static final class Model {
        List<Long> listed = new ArrayList<>();
        List<Long> playing = new ArrayList<>();
        long current = -1;
        long next = 1;
        Repeat repeat = Repeat.OFF;
        boolean shuffled;

        List<Long> fresh(int count) {
            var numbers = new ArrayList<Long>();
            for (int i = 0; i < count; i++) numbers.add(next++);
            return numbers;
        }

        void remove(List<Long> gone) {
            if (gone.contains(current)) {
                int turn = playing.indexOf(current);
                var order = new ArrayList<>(playing.subList(turn + 1, playing.size()));
                if (repeat == Repeat.ALL) order.addAll(playing.subList(0, turn));
                order.removeAll(gone);
                current = order.isEmpty() ? -1 : order.getFirst();
            }
            listed.removeAll(gone);
            playing.removeAll(gone);
        }

        void move(int from, int to) {
            long moved = listed.get(from);
            int turn = playing.indexOf(listed.get(to));
            listed.remove(from);
            listed.add(to, moved);
            if (shuffled) {
                playing.remove(moved);
                playing.add(turn, moved);
            } else {
                playing = new ArrayList<>(listed);
            }
        }

        long step(int by) {
            if (listed.isEmpty()) return -1;
            if (current < 0) return playing.getFirst();
            int turn = playing.indexOf(current) + by;
            if (turn >= 0 && turn < playing.size()) return playing.get(turn);
            return repeat == Repeat.ALL ? playing.get(Math.floorMod(turn, playing.size())) : -1;
        }

        List<Long> upcoming() {
            if (current < 0) return playing;
            int turn = playing.indexOf(current);
            var order = new ArrayList<>(playing.subList(turn + 1, playing.size()));
            if (repeat == Repeat.ALL) order.addAll(playing.subList(0, turn));
            return order;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void everySequenceGivesWhatTwoPlainListsGive(long seed) {
        var random = new Random(seed);
        var model = new Model();
        PlayQueue queue = PlayQueue.EMPTY;
        for (int step = 0; step < 3000; step++) {
            int size = model.listed.size();
            List<Track> some = Tracks.tracks(1 + random.nextInt(4));
            String did;
            switch (random.nextInt(size > 60 ? 14 : 12)) {
                case 0 -> {
                    did = "add";
                    boolean mix = model.shuffled && size == 0;
                    queue = queue.add(some, step);
                    List<Long> fresh = model.fresh(some.size());
                    model.listed.addAll(fresh);
                    model.playing.addAll(mix ? numbers(queue, queue.upcoming()) : fresh);
                }
                case 1, 2 -> {
                    did = "play next";
                    queue = queue.playNext(some);
                    List<Long> fresh = model.fresh(some.size());
                    model.listed.addAll(model.listed.indexOf(model.current) + 1, fresh);
                    model.playing.addAll(model.playing.indexOf(model.current) + 1, fresh);
                }
                case 3 -> {
                    did = "remove";
                    if (size == 0) continue;
                    List<Integer> gone = List.of(random.nextInt(size), random.nextInt(size));
                    queue = queue.remove(gone);
                    model.remove(gone.stream().distinct().map(model.listed::get).toList());
                }
                case 4, 5 -> {
                    did = "move";
                    if (size == 0) continue;
                    int from = random.nextInt(size);
                    int to = random.nextInt(size);
                    queue = queue.move(from, to);
                    if (from != to) model.move(from, to);
                }
                case 6 -> {
                    did = "shuffle";
                    boolean on = random.nextBoolean();
                    queue = queue.shuffle(on, step);
                    model.shuffled = on;
                    model.playing = new ArrayList<>(model.listed);
                    if (on && size > 0) {
                        model.playing = new ArrayList<>(queue.playingOrder());
                        assertThat(model.playing).containsExactlyInAnyOrderElementsOf(model.listed);
                        if (model.current >= 0) assertThat(model.playing.getFirst()).isEqualTo(model.current);
                    }
                }
                case 7 -> {
                    did = "repeat";
                    model.repeat = Repeat.values()[random.nextInt(3)];
                    queue = queue.repeat(model.repeat);
                }
                case 8, 9 -> {
                    did = "next";
                    long after = model.step(1);
                    assertThat(queue.after() < 0 ? -1 : queue.entries().get(queue.after()).entry()).isEqualTo(after);
                    if (after >= 0) {
                        queue = queue.at(queue.after());
                        model.current = after;
                    }
                }
                case 10 -> {
                    did = "previous";
                    if (size == 0) continue;
                    long before = model.step(-1);
                    queue = queue.at(queue.before());
                    if (before >= 0) model.current = before;
                }
                case 11 -> {
                    did = "jump";
                    if (size == 0) continue;
                    int to = random.nextInt(size);
                    queue = queue.at(to);
                    model.current = model.listed.get(to);
                }
                default -> {
                    did = "clear or replace";
                    if (random.nextBoolean()) {
                        queue = queue.clear();
                        model.listed.clear();
                        model.playing.clear();
                        model.current = -1;
                    } else {
                        List<Track> list = Tracks.tracks(20);
                        queue = queue.replace(list, 5, "", step);
                        model.listed = model.fresh(20);
                        model.playing = new ArrayList<>(model.shuffled ? queue.playingOrder() : model.listed);
                        model.current = model.listed.get(5);
                    }
                }
            }
            String where = "seed " + seed + ", step " + step + ": " + did;
            assertThat(queue.entries().stream().map(PlayerState.Entry::entry).toList()).as(where).isEqualTo(model.listed);
            assertThat(queue.current().map(PlayerState.Entry::entry).orElse(-1L)).as(where).isEqualTo(model.current);
            assertThat(numbers(queue, queue.upcoming())).as(where).isEqualTo(model.upcoming());
            assertThat(queue.isShuffled()).as(where).isEqualTo(model.shuffled);
        }
    }

    private static List<Long> numbers(PlayQueue queue, List<Integer> indices) {
        Long[] out = new Long[indices.size()];
        Arrays.setAll(out, i -> queue.entries().get(indices.get(i)).entry());
        return List.of(out);
    }
}
