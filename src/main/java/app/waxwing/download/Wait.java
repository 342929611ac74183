package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.download.Download.Reason;
import java.time.Instant;
import java.util.Optional;

/// Why a download waits.
///
/// @param why what went wrong before, or what holds it: of one reason there may be several causes
/// @param needs one sentence: what it needs to go on
/// @param until when it goes on by itself, where that is known
public record Wait(Reason reason, Optional<Failure> why, String needs, Optional<Instant> until) {
    public Wait(Reason reason, String needs, Optional<Instant> until) {
        this(reason, Optional.empty(), needs, until);
    }
}
