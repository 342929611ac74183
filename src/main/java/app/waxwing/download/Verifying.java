package app.waxwing.download;

import app.waxwing.base.Mailbox;
import app.waxwing.download.DownloadEngine.VerifyReport;
import app.waxwing.download.FileRows.FileRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// A comparison of disk and table under way: one file at a time on thread `files`, so that ticks and removals go on in between.
final class Verifying {
    private final Mailbox files;
    private final MissedRows missed;
    private final Function<Collection<Long>, CompletableFuture<Void>> lost;
    private final Function<Collection<Long>, CompletableFuture<Void>> retry;
    private final boolean repair;
    private final CompletableFuture<VerifyReport> done = new CompletableFuture<>();

    /// @param lost queues downloads again whose files are not there or not right
    /// @param retry those of which that was told already
    Verifying(Mailbox files, MissedRows missed, Function<Collection<Long>, CompletableFuture<Void>> lost,
            Function<Collection<Long>, CompletableFuture<Void>> retry, boolean repair) {
        this.files = files;
        this.missed = missed;
        this.lost = lost;
        this.retry = retry;
        this.repair = repair;
    }

    CompletableFuture<VerifyReport> with(CompletableFuture<Verifier> verifier) {
        verifier.whenComplete((v, trouble) -> {
            if (trouble != null) done.completeExceptionally(trouble);
            else files.post(() -> step(v));
        });
        return done;
    }

    private void step(Verifier verifier) {
        try {
            if (verifier.step()) {
                files.post(() -> step(verifier));
                return;
            }
            VerifyReport report = verifier.report();
            if (repair) {
                Set<Long> again = new HashSet<>();
                for (FileRow row : verifier.lost()) {
                    if (missed.gone(row).join()) row.download().ifPresent(again::add);
                }
                lost.apply(again).thenCompose(v -> retry.apply(verifier.failed())).whenComplete((v, trouble) -> done.complete(report));
            } else {
                done.complete(report);
            }
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }
}
