package app.waxwing.account;

import java.time.Duration;
import java.util.Optional;

/// What is known of one server, and what to do next: pure and total. Times are monotonic nanoseconds.
///
/// While the program is in use a server is heard at least every [#OFTEN] seconds, be it by an answer to some request or by a ping; ten minutes after
/// the last sign of use the pauses grow to [#SELDOM].
///
/// @param known what the last evidence says
/// @param asking a ping is on its way
/// @param lively until when pings come often
/// @param pause between the last ping and the next, once not lively
record ReachState(Known known, boolean asking, long lively, Duration pause) {
    static final Duration OFTEN = Duration.ofSeconds(4);
    static final Duration SELDOM = Duration.ofSeconds(60);
    static final Duration LIVELY = Duration.ofMinutes(10);

    enum Known {
        /// Nobody has looked yet; taken as there, so that the first screens ask.
        UNKNOWN,
        THERE,
        AWAY
    }

    /// What can happen.
    enum Event {
        /// A request got an answer.
        ANSWERED,
        /// A request failed, or nothing came for three seconds.
        FAILED,
        /// The ping got through, at one address at least.
        PING_ANSWERED,
        /// No address answered the ping.
        PING_FAILED,
        /// Another server than the account's answers at its address.
        STRANGER,
        /// The pause is over.
        DUE,
        /// The user asked for it, the network changed, the computer woke up.
        NUDGED,
        /// The user does something in the program.
        USED
    }

    /// @param state what holds from now on
    /// @param ping start one now
    /// @param next look again after this pause, instead of any earlier plan; empty leaves the plan as it is
    record Step(ReachState state, boolean ping, Optional<Duration> next) {}

    static ReachState start(long now) {
        return new ReachState(Known.UNKNOWN, false, now + LIVELY.toNanos(), OFTEN);
    }

    boolean away() {
        return known == Known.AWAY;
    }

    ReachState idle() {
        return new ReachState(known, false, lively, pause);
    }

    Step on(Event event, long now) {
        return switch (event) {
            case ANSWERED -> heard(asking, now);
            case PING_ANSWERED -> heard(false, now);
            // One request says little: the server may be busy with it. Away is only what answers no ping either; and while it is known to be away,
            // the plan goes on undisturbed.
            case FAILED -> asking || away() ? stay() : ask(lively);
            case PING_FAILED -> gone(false, now);
            case STRANGER -> gone(asking, now);
            case DUE -> asking ? stay() : ask(lively);
            case NUDGED -> asking
                    ? new Step(new ReachState(known, true, now + LIVELY.toNanos(), OFTEN), false, Optional.empty())
                    : ask(now + LIVELY.toNanos());
            // While pings come often anyway the plan goes on undisturbed.
            case USED -> asking || now - lively < 0
                    ? new Step(new ReachState(known, asking, now + LIVELY.toNanos(), OFTEN), false, Optional.empty())
                    : ask(now + LIVELY.toNanos());
        };
    }

    private Step heard(boolean stillAsking, long now) {
        var next = new ReachState(Known.THERE, stillAsking, lively, away() ? OFTEN : longer(now));
        return new Step(next, false, Optional.of(next.pause));
    }

    private Step gone(boolean stillAsking, long now) {
        var next = new ReachState(Known.AWAY, stillAsking, lively, longer(now));
        return new Step(next, false, Optional.of(next.pause));
    }

    private Step ask(long until) {
        return new Step(new ReachState(known, true, until, until > lively ? OFTEN : pause), true, Optional.empty());
    }

    private Step stay() {
        return new Step(this, false, Optional.empty());
    }

    private Duration longer(long now) {
        if (now - lively < 0) return OFTEN;
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(SELDOM) > 0 ? SELDOM : twice;
    }
}
