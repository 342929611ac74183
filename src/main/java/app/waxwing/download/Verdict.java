package app.waxwing.download;

import app.waxwing.base.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/// What an answer's head means for a transfer.
sealed interface Verdict {
    /// The same version goes on where we stopped; the body ends before `end`, which may be less than the total.
    record Append(long end) implements Verdict {}

    /// A whole body from its first byte; what is in the part file is of no use any more.
    record Whole(OptionalLong length, Ending ending, Validators validators, Optional<String> mime) implements Verdict {}

    /// Nothing is left to fetch (416 with our own length as the total).
    record Complete() implements Verdict {}

    /// The answer is of no use; ask once more for the whole, without Range.
    record Afresh(String why) implements Verdict {}

    /// 408: ask again at once, once.
    record AtOnce() implements Verdict {}

    /// A page for people, whoever shows it: a network that wants a sign-in, or the server in place of music ([NotMusic]).
    record Page(OptionalLong length, Validators validators) implements Verdict {}

    /// The attempt is over.
    sealed interface Over extends Verdict {
        TransferEnd end();
    }

    record Broken(Failure why) implements Over {
        @Override
        public TransferEnd end() {
            return new TransferEnd.Broke(why);
        }
    }

    /// @param pause how long the server asked for; empty = until an event or the next look
    record Hold(Download.Reason reason, Failure why, Optional<Duration> pause) implements Over {
        @Override
        public TransferEnd end() {
            return new TransferEnd.Held(reason, why, pause);
        }
    }

    record Refuse(Failure why) implements Over {
        @Override
        public TransferEnd end() {
            return new TransferEnd.Refused(why);
        }
    }

    /// How the end of a body is known.
    enum Ending {
        /// Content-Length, a chunked end, HTTP/2's END_STREAM.
        MARKED,
        /// The connection closes: a cut looks the same.
        CLOSE
    }
}
