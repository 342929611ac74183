package app.waxwing.download;

import app.waxwing.download.Download.Reason;
import java.time.Instant;
import java.util.Optional;

/// Why a download waits.
///
/// @param needs one sentence: what it needs to go on
/// @param until when it goes on by itself, where that is known
public record Wait(Reason reason, String needs, Optional<Instant> until) {}
