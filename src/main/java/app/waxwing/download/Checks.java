package app.waxwing.download;

import app.waxwing.base.Failure;
import app.waxwing.base.Mailbox;
import app.waxwing.download.DownloadEngine.Checking;
import app.waxwing.download.DownloadEngine.VerifyReport;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/// Comparisons of disk and table, and how far the newest one under way is. Any thread; the files are looked at on thread `files`.
final class Checks {
    private final Mailbox files;
    private final FileRows rows;
    private final DownloadStore store;
    private final Roots roots;
    private final Finishing finishing;
    private final Housekeeping house;
    private final MissedRows missed;
    private final Telling telling;
    private final BooleanSupplier moves;
    private final CompletableFuture<Void> opened;
    private volatile Optional<Verifier> now = Optional.empty();

    /// @param moves whether the music is moving to another folder
    /// @param opened completes when the folders are known
    Checks(Mailbox files, FileRows rows, DownloadStore store, Roots roots, Finishing finishing, Housekeeping house, MissedRows missed,
            Telling telling, BooleanSupplier moves, CompletableFuture<Void> opened) {
        this.files = files;
        this.rows = rows;
        this.store = store;
        this.roots = roots;
        this.finishing = finishing;
        this.house = house;
        this.missed = missed;
        this.telling = telling;
        this.moves = moves;
        this.opened = opened;
    }

    /// @param lost queues downloads again whose files are not there or not right
    /// @param retry those of which that was told already
    CompletableFuture<VerifyReport> verify(boolean repair, Function<Collection<Long>, CompletableFuture<Void>> lost,
            Function<Collection<Long>, CompletableFuture<Void>> retry) {
        if (moves.getAsBoolean())
            return CompletableFuture.failedFuture(
                    new Failure.Trouble("", "The music is moving to another folder; check it when that is done").asException());
        CompletableFuture<Verifier> verifier = opened.thenCompose(o -> rows.others()).thenCompose(others -> rows.all()
                .thenCombine(store.parts(), (found, parts) -> {
                    var made = new Verifier(roots, finishing, rows, house, repair, found, parts, missed, others,
                            root -> telling.untold(root, repair));
                    now = Optional.of(made);
                    return made;
                }));
        return new Verifying(files, missed, lost, retry, repair).with(verifier).whenComplete((report, trouble) -> {
            if (!verifier.isCompletedExceptionally() && now.equals(Optional.of(verifier.join()))) now = Optional.empty();
        });
    }

    Optional<Checking> now() {
        return now.map(v -> new Checking(v.at(), v.all(), v.repairs()));
    }
}
