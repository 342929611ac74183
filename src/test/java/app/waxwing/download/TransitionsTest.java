package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.DownloadState.Completed;
import app.waxwing.download.DownloadState.Failed;
import app.waxwing.download.DownloadState.Gone;
import app.waxwing.download.DownloadState.Paused;
import app.waxwing.download.DownloadState.Queued;
import app.waxwing.download.DownloadState.Removing;
import app.waxwing.download.DownloadState.Running;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransitionsTest {
    private static final Failure WHY = new Failure.Trouble("", "broken");
    private static final Queued QUEUED = new Queued(2, 1, Optional.empty());
    private static final Running RUNNING = new Running(2, 1);
    private static final Paused PAUSED = new Paused(2, 1);
    private static final Failed FAILED = new Failed(2, 4, WHY);
    private static final Completed COMPLETED = new Completed(2);
    private static final Removing REMOVING = new Removing(2);

    static List<Arguments> table() {
        return List.of(Arguments.of(QUEUED, new DownloadInput.Start(), new Running(3, 1)),
                Arguments.of(QUEUED, new DownloadInput.Pause(), PAUSED),
                Arguments.of(QUEUED, new DownloadInput.Remove(), REMOVING),
                Arguments.of(new Queued(2, 1, Optional.of(Reason.DISK)), new DownloadInput.Released(), QUEUED),
                Arguments.of(new Queued(2, 3, Optional.of(Reason.RETRY)), new DownloadInput.Wanted(), new Queued(2, 0, Optional.empty())),
                Arguments.of(RUNNING, new DownloadInput.Broke(2, WHY), new Queued(2, 2, Optional.of(Reason.RETRY))),
                Arguments.of(new Running(2, 3), new DownloadInput.Broke(2, WHY), FAILED),
                Arguments.of(RUNNING, new DownloadInput.Held(2, Reason.SIGNED_OUT), new Queued(2, 1, Optional.of(Reason.SIGNED_OUT))),
                Arguments.of(RUNNING, new DownloadInput.Refused(2, WHY), new Failed(2, 2, WHY)),
                Arguments.of(RUNNING, new DownloadInput.Preempted(2), new Queued(2, 1, Optional.of(Reason.SLOT))),
                Arguments.of(RUNNING, new DownloadInput.Progressed(2), new Running(2, 0)),
                Arguments.of(RUNNING, new DownloadInput.Arrived(2), COMPLETED),
                Arguments.of(RUNNING, new DownloadInput.Arrived(1), RUNNING),
                Arguments.of(RUNNING, new DownloadInput.Broke(1, WHY), RUNNING),
                Arguments.of(PAUSED, new DownloadInput.Arrived(2), COMPLETED),
                Arguments.of(PAUSED, new DownloadInput.Broke(2, WHY), PAUSED),
                Arguments.of(PAUSED, new DownloadInput.Resume(), new Queued(2, 0, Optional.empty())),
                Arguments.of(FAILED, new DownloadInput.Retry(), new Queued(2, 0, Optional.empty())),
                Arguments.of(COMPLETED, new DownloadInput.Lost(), new Queued(2, 0, Optional.empty())),
                Arguments.of(COMPLETED, new DownloadInput.Missed(WHY), new Failed(2, 0, WHY)),
                Arguments.of(QUEUED, new DownloadInput.Missed(WHY), QUEUED),
                Arguments.of(COMPLETED, new DownloadInput.Pause(), COMPLETED),
                Arguments.of(COMPLETED, new DownloadInput.Remove(), REMOVING),
                Arguments.of(REMOVING, new DownloadInput.Arrived(2), REMOVING),
                Arguments.of(REMOVING, new DownloadInput.Resume(), REMOVING),
                Arguments.of(REMOVING, new DownloadInput.Cleaned(), new Gone(2)));
    }

    @ParameterizedTest
    @MethodSource("table")
    @DisplayName("B.37 B.38 2.3 what each input does to each state")
    void row(DownloadState before, DownloadInput input, DownloadState after) {
        assertThat(Transitions.next(before, input)).isEqualTo(after);
    }

    @Test
    @DisplayName("2,000 seeded sequences: no pair throws, old attempts change nothing, only an arrival completes, tries end at four")
    void sequences() {
        for (long seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            DownloadState state = new Queued(0, 0, Optional.empty());
            for (int step = 0; step < 60; step++) {
                DownloadInput input = input(random, state.attempt());
                DownloadState next = Transitions.next(state, input);
                String where = "seed " + seed + " step " + step + ": " + state + " " + input + " " + next;
                assertThat(next.attempt()).as(where)
                        .isEqualTo(state.attempt() + (next instanceof Running && !(state instanceof Running) ? 1 : 0));
                if (input instanceof DownloadInput.OfAttempt word && word.attempt() != state.attempt())
                    assertThat(next).as(where).isEqualTo(state);
                if (next instanceof Completed && !(state instanceof Completed))
                    assertThat(input).as(where).isInstanceOf(DownloadInput.Arrived.class);
                if (next instanceof Running && !(state instanceof Running)) assertThat(state).as(where).isInstanceOf(Queued.class);
                if (state instanceof Removing) assertThat(next).as(where).isInstanceOfAny(Removing.class, Gone.class);
                if (state instanceof Gone) assertThat(next).as(where).isEqualTo(state);
                if (next instanceof Running r) assertThat(r.tries()).as(where).isLessThan(Transitions.MOST_TRIES);
                if (next instanceof Queued q) assertThat(q.tries()).as(where).isLessThan(Transitions.MOST_TRIES);
                state = next;
            }
        }
    }

    private static DownloadInput input(Random random, int attempt) {
        int of = random.nextInt(4) == 0 ? Math.max(0, attempt - 1) : attempt;
        return switch (random.nextInt(21)) {
            case 0, 1, 2, 3, 4 -> new DownloadInput.Start();
            case 5 -> new DownloadInput.Pause();
            case 6 -> new DownloadInput.Resume();
            case 7 -> new DownloadInput.Retry();
            case 8 -> new DownloadInput.Wanted();
            case 9 -> random.nextInt(5) == 0 ? new DownloadInput.Remove() : new DownloadInput.Resume();
            case 10 -> new DownloadInput.Cleaned();
            case 11 -> new DownloadInput.Released();
            case 12 -> new DownloadInput.Lost();
            case 13 -> new DownloadInput.Progressed(of);
            case 14 -> new DownloadInput.Arrived(of);
            case 15, 16 -> new DownloadInput.Broke(of, WHY);
            case 17 -> new DownloadInput.Held(of, Reason.NETWORK);
            case 18 -> new DownloadInput.Refused(of, WHY);
            case 19 -> new DownloadInput.Missed(WHY);
            default -> new DownloadInput.Preempted(of);
        };
    }
}
