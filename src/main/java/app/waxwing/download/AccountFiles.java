package app.waxwing.download;

import app.waxwing.base.Mailbox;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of an account's files: kept music outlives the account, known by its manifest lines, and is known again when the same person signs
/// in on the same server. Thread `files`.
final class AccountFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AccountFiles.class);
    private final Mailbox files;
    private final Roots roots;
    private final FileRows rows;
    private final SoughtRows sought;
    private final Housekeeping house;
    private final Runnable changed;
    private final Set<Long> known = new HashSet<>();

    /// @param changed called when files became known
    AccountFiles(Mailbox files, Roots roots, FileRows rows, SoughtRows sought, Housekeeping house, Runnable changed) {
        this.files = files;
        this.roots = roots;
        this.rows = rows;
        this.sought = sought;
        this.house = house;
        this.changed = changed;
    }

    private record Found(Root root, Manifest.Line line) {}

    /// At the start.
    ///
    /// @param afresh the database is not the one of the last run: files may be here that it does not know
    /// @param then when what is here is known
    void open(boolean afresh, Runnable then) {
        if (!afresh) {
            // Whose files are known is not waited for: at worst they are looked for once more. Whoever's search the last run did not end, a
            // drive was away say, has it now.
            rows.accounts().thenAcceptBoth(sought.unended(), (accounts, unended) -> files.post(() -> {
                known.addAll(accounts);
                if (!unended.isEmpty()) adopt(false, new CompletableFuture<>());
            }));
            then.run();
            return;
        }
        known.addAll(rows.accounts().join());
        LOG.warn("the database is another one than in the last run: looking through the files");
        for (Root root : roots.all()) {
            try {
                if (!roots.missing(root)) reconcile(root);
            } catch (IOException | CompletionException e) {
                LOG.warn("the files of {} cannot be compared with the database", roots.folder(root), e);
            }
        }
        var adopted = new CompletableFuture<Integer>();
        adopted.thenRun(() -> files.post(then));
        adopt(true, adopted);
    }

    /// Rows of an older day whose files are not there any more. What the manifest says was removed stays removed; the rest is missing, and the
    /// queue says so.
    private void reconcile(Root root) throws IOException {
        Map<String, Manifest.Line> lines = roots.manifest(root).read();
        for (FileRow row : rows.under(root).join()) {
            if (house.there(row)) continue;
            if (lines.containsKey(row.path())) rows.delete(row.id()).join();
            else rows.forget(row).join();
        }
    }

    /// Somebody is signed in. Looks for files of his the first time it hears of him.
    void signedIn(long account) {
        files.post(() -> {
            if (known.add(account)) adopt(false, new CompletableFuture<>());
        });
    }

    /// Before an account is removed: what was only cached goes, what is kept goes unless the user wants it to stay.
    CompletableFuture<Void> leave(long account, boolean keepFiles) {
        var done = new CompletableFuture<Void>();
        files.post(() -> {
            known.remove(account);
            try {
                for (FileRow row : rows.of(account).join()) {
                    if (!keepFiles || row.root().isCache()) house.evict(row);
                }
                done.complete(null);
            } catch (CompletionException e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    /// Looks through the manifests for files that no row knows.
    ///
    /// @param afresh rows are of an older day: one whose file is not there gives way
    /// @param done how many became known
    private void adopt(boolean afresh, CompletableFuture<Integer> done) {
        Deque<Found> todo = new ArrayDeque<>();
        List<Long> whose = List.copyOf(known);
        boolean all = true;
        for (Root root : roots.all()) {
            if (roots.missing(root)) {
                all = false;
                continue;
            }
            try {
                Set<String> there = rows.paths(root).join();
                for (Manifest.Line line : roots.manifest(root).read().values()) {
                    if (!there.contains(line.path())) todo.add(new Found(root, line));
                }
            } catch (IOException | CompletionException e) {
                LOG.warn("the manifest of {} cannot be read", roots.folder(root), e);
                all = false;
            }
        }
        if (all) done.thenAccept(adopted -> sought.ended(whose));
        files.post(() -> step(todo, afresh, 0, done));
    }

    /// Nothing stands for the track, or only a row whose file is nowhere.
    private boolean gaveWay(Manifest.Line line, boolean afresh) {
        for (FileRow row : rows.named(line).join()) {
            if (!afresh || (!roots.missing(row.root()) && house.there(row))) return false;
            rows.delete(row.id()).join();
        }
        return true;
    }

    /// One file at a time: its digest is what makes it ours.
    private void step(Deque<Found> todo, boolean afresh, int adopted, CompletableFuture<Integer> done) {
        Found found = todo.poll();
        if (found == null) {
            if (adopted > 0) {
                LOG.info("{} files that were here already are known again", adopted);
                changed.run();
            }
            done.complete(adopted);
            return;
        }
        int now = adopted;
        try {
            if (rows.hasAccount(found.line()).join() && gaveWay(found.line(), afresh) && house.adopt(found.root(), found.line(), afresh)) {
                now++;
            }
        } catch (IOException | CompletionException e) {
            LOG.warn("{} is not adopted", found.line().path(), e);
        }
        int sum = now;
        files.post(() -> step(todo, afresh, sum, done));
    }
}
