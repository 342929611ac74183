package app.waxwing.download;

import app.waxwing.base.Mailbox;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets unfinished downloads follow the music to another folder: nothing begins, what runs in the old folder stops at a durable point, its parts are
/// copied, and everything goes on where it was. Nothing begins either while a pause of all is being stored. Its questions are asked on thread
/// `downloads`, its work is done on thread `mover`.
final class Standstill {
    private static final Logger LOG = LoggerFactory.getLogger(Standstill.class);
    private final Mailbox box;
    private final Roots roots;
    private final Disk disk;
    private final DownloadStore store;
    private final FileCopy copies;
    private Optional<Wait> wait = Optional.empty();
    private int pauses;
    private Scheduler scheduler;
    private Board board;
    private Transfers transfers;

    private record Wait(Root root, CompletableFuture<Void> quiet) {}

    @SuppressWarnings("NullAway") // the scheduler is told of this one first, then this one of the scheduler
    Standstill(Mailbox box, Roots roots, Disk disk, DownloadStore store, FileCopy copies) {
        this.box = box;
        this.roots = roots;
        this.disk = disk;
        this.store = store;
        this.copies = copies;
    }

    Standstill of(Scheduler whose, Board its, Transfers running) {
        scheduler = whose;
        board = its;
        transfers = running;
        return this;
    }

    /// Nothing may begin now. Thread `downloads`.
    boolean holds() {
        return wait.isPresent() || pauses > 0;
    }

    /// Nothing may begin until [#end]. Thread `downloads`.
    void begin() {
        pauses++;
    }

    /// Thread `downloads`.
    void end() {
        pauses--;
    }

    /// A transfer has ended, or an attempt was given up before it began. Thread `downloads`.
    void look() {
        wait.filter(w -> quiet(w.root())).ifPresent(w -> {
            // What has stopped since names the old folder: from here on commands take it as it is stored.
            board.forgetWaiting(transfers::has);
            w.quiet().complete(null);
        });
    }

    /// Blocks until every unfinished download of the old folder is in the new one.
    void relocate(Root from, Root to, BooleanSupplier stop) throws IOException {
        var quiet = new CompletableFuture<Void>();
        box.post(() -> {
            wait = Optional.of(new Wait(from, quiet));
            board.forgetWaiting(transfers::has);
            for (Transfers.Running r : transfers.all()) if (r.entry().root().equals(from)) transfers.stop(r.entry().id());
            look();
        });
        try {
            quiet.join();
            store.counts().join(); // through the writer: whatever ended was submitted before
            for (Entry entry : store.unfinished(from).join()) relocate(entry, to, stop);
        } finally {
            box.post(() -> {
                wait = Optional.empty();
                scheduler.distrustMemory();
            });
        }
    }

    private boolean quiet(Root root) {
        return transfers.all().stream().noneMatch(r -> r.entry().root().equals(root))
                && board.running().stream().noneMatch(e -> e.root().equals(root));
    }

    private void relocate(Entry entry, Root to, BooleanSupplier stop) throws IOException {
        Optional<String> part = entry.part().bytes() == 0 ? Optional.empty() : bring(entry, to, stop);
        boolean there = store.relocate(entry, to, part).join();
        if (!there && part.isPresent()) disk.delete(roots.resolve(to, part.get()));
        if (there && entry.partPath().isPresent()) disk.delete(roots.resolve(entry.root(), entry.partPath().get()));
    }

    /// The durable bytes of a part; empty when they cannot be brought, and then the download begins again.
    private Optional<String> bring(Entry entry, Root to, BooleanSupplier stop) throws FileCopy.Stopped {
        if (entry.filePath().isEmpty() || entry.partPath().isEmpty()) return Optional.empty();
        String path = Names.part(entry.filePath().get(), roots.tag(to), entry.id());
        try {
            Path from = roots.resolve(entry.root(), entry.partPath().get());
            Path part = roots.resolve(to, path);
            long bytes = entry.part().bytes();
            if (disk.size(from) < bytes) return Optional.empty();
            roots.folders().open(roots.folder(to), part).close();
            copies.bytes(from, part, bytes, stop, n -> {});
            if (!Finishing.digest(part, bytes).equals(Finishing.digest(from, bytes))) throw new IOException("the copy is not equal");
            return Optional.of(path);
        } catch (FileCopy.Stopped e) {
            throw e;
        } catch (IOException e) {
            LOG.warn("download {} begins again: its part cannot be brought to the new folder", entry.id(), e);
            return Optional.empty();
        }
    }
}
