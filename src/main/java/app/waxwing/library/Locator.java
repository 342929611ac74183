package app.waxwing.library;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// The local file first, with no question to any server; then a file that grows while it is heard; then the bare stream.
public final class Locator implements MediaLocator {
    private final FileTable files;
    private final GrowingFiles growing;
    private final RemoteFiles remote;
    private final Accounts accounts;
    private final Executor io;

    public Locator(FileTable files, GrowingFiles growing, RemoteFiles remote, Accounts accounts, Executor io) {
        this.files = files;
        this.growing = growing;
        this.remote = remote;
        this.accounts = accounts;
        this.io = io;
    }

    @Override
    public CompletableFuture<Located> locate(ItemKey track) {
        return files.look(track).thenCompose(look -> switch (look) {
            case FileTable.Look.Here(MediaFiles.Found found) -> {
                files.used(track);
                yield CompletableFuture.<Located>completedFuture(new Located.LocalFile(found.file(), found.row().pinned()));
            }
            case FileTable.Look.Away(java.nio.file.Path folder) ->
                elsewhere(track, Optional.of(new Failure.StoreMissing(folder.toString())));
            case FileTable.Look.None none -> elsewhere(track, Optional.empty());
        }).exceptionally(e -> new Located.Nowhere(FailureException.of(e)));
    }

    /// @param otherwise the better reason when the server is away too
    private CompletableFuture<Located> elsewhere(ItemKey track, Optional<Failure> otherwise) {
        if (!accounts.reachability().online(track.account())) {
            String server = accounts.find(track.account()).map(Account::serverName).orElse("");
            return CompletableFuture
                    .completedFuture(new Located.Nowhere(otherwise.orElseGet(() -> accounts.reachability().why(track.account(), server))));
        }
        return CompletableFuture
                .supplyAsync(() -> growing.open(track)
                        .<Located>map(g -> new Located.Growing(g.source(() -> remote.open(track))))
                        .orElseGet(() -> switch (remote.open(track)) {
                            case RemoteAnswer.Source(app.waxwing.base.ByteSource source) -> new Located.Remote(source);
                            case RemoteAnswer.Refused(Failure why) -> new Located.Nowhere(why);
                        }), io);
    }
}
