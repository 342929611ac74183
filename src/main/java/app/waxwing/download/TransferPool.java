package app.waxwing.download;

import app.waxwing.base.Threads;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/// Attempts as transfers, each on a thread `transfer-N` of its own.
final class TransferPool implements Attempt.Starter {
    private final Transfer.Tools tools;
    private final Hashing hashing = new Hashing(Runtime.getRuntime().availableProcessors());
    private final ExecutorService threads = Threads.platform("transfer", Slots.MOST_THREADS);

    TransferPool(Transfer.Tools tools) {
        this.tools = tools;
    }

    @Override
    public Attempt begin(Entry entry, PartFile part, Consumer<TransferEnd> ended) {
        var transfer = new Transfer(entry, part, tools, hashing, ended);
        threads.execute(() -> hashing.during(transfer));
        return transfer;
    }

    @Override
    public void close() {
        threads.shutdown();
        hashing.close();
    }
}
