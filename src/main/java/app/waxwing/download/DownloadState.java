package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import java.util.Optional;

/// Where a download stands. Every state knows its attempt: a message that carries another attempt's number comes from a transfer that is over.
sealed interface DownloadState {
    /// Number of the newest attempt; 0 before the first.
    int attempt();

    /// Waits for its turn, or for what `reason` names.
    ///
    /// @param tries failed tries since the last progress
    record Queued(int attempt, int tries, Optional<Download.Reason> reason) implements DownloadState {}

    record Running(int attempt, int tries) implements DownloadState {}

    record Paused(int attempt, int tries) implements DownloadState {}

    /// The file has its final name and its row.
    record Completed(int attempt) implements DownloadState {}

    /// @param code [Failure#code], by which a way on is offered
    /// @param words the sentence for the user
    record Failed(int attempt, int tries, String code, String words) implements DownloadState {
        Failed(int attempt, int tries, Failure why) {
            this(attempt, tries, why.code(), FailureWords.sentence(why));
        }
    }

    /// Not wanted any more; what it left on disk is being removed. Nothing leads back: a new wish is a new row.
    record Removing(int attempt) implements DownloadState {}

    /// Nothing is left but the row, for the record.
    record Gone(int attempt) implements DownloadState {}
}
