package app.waxwing.download;

import app.waxwing.base.Failure;

/// What can happen to a download: a command, or the word of one attempt.
sealed interface DownloadInput {
    /// A slot, the network, the disk and the account allow it to run.
    record Start() implements DownloadInput {}

    record Pause() implements DownloadInput {}

    record Resume() implements DownloadInput {}

    /// The user asks for another round after a failure.
    record Retry() implements DownloadInput {}

    /// Somebody who may wake a paused or failed one wants it (again).
    record Wanted() implements DownloadInput {}

    /// Nobody wants it any more.
    record Remove() implements DownloadInput {}

    /// Nothing of it is left on disk.
    record Cleaned() implements DownloadInput {}

    /// What it waited for is there.
    record Released() implements DownloadInput {}

    /// The finished file is not on disk any more, or not what it was.
    record Lost() implements DownloadInput {}

    /// The same, found when the file was to be used: the user is asked before it is fetched again.
    record Missed(Failure why) implements DownloadInput {}

    /// Messages of one attempt.
    sealed interface OfAttempt extends DownloadInput {
        int attempt();
    }

    /// At least 1 MiB more than ever before is durable.
    record Progressed(int attempt) implements OfAttempt {}

    /// The whole file is verified, forced and has its final name.
    record Arrived(int attempt) implements OfAttempt {}

    /// Trouble that may pass: costs one try.
    record Broke(int attempt, Failure why) implements OfAttempt {}

    /// It cannot go on before something changes; costs no try.
    record Held(int attempt, Download.Reason reason) implements OfAttempt {}

    /// Final: trying again would not help.
    record Refused(int attempt, Failure why) implements OfAttempt {}

    /// Stopped for one that matters more, or because a limit was lowered; keeps its place.
    record Preempted(int attempt) implements OfAttempt {}
}
