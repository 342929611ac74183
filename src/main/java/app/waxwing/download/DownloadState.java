package app.waxwing.download;

import app.waxwing.base.Failure;
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

    record Failed(int attempt, int tries, Failure why) implements DownloadState {}

    /// Not wanted any more; what it left on disk is being removed. Nothing leads back: a new wish is a new row.
    record Removing(int attempt) implements DownloadState {}

    /// Nothing is left but the row, for the record.
    record Gone(int attempt) implements DownloadState {}
}
