package app.waxwing.download;

import app.waxwing.account.Accounts.Leftover;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import app.waxwing.download.FileRows.FileRow;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of an account's files: kept music outlives the account, known by its manifest lines, and is known again when the same person signs
/// in on the same server, with what it was kept for; what was followed is followed again ([KeptFiles]). Thread `files`.
final class AccountFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AccountFiles.class);
    private final Mailbox files;
    private final Roots roots;
    private final FileRows rows;
    private final SoughtRows sought;
    private final Housekeeping house;
    private final KeepMemory memory;
    private final Telling telling;
    private final AbandonedFiles abandoned;
    private final Time time;
    private final Runnable changed;
    private final Runnable recalled;
    private final Set<Long> known = new HashSet<>();

    /// @param changed called when files became known
    /// @param recalled called when collections are followed again while the queue is at work
    AccountFiles(Mailbox files, Roots roots, FileRows rows, KeepMemory memory, Rows all, Housekeeping house,
            Telling telling,
            Time time, Runnable changed, Runnable recalled) {
        this.files = files;
        this.roots = roots;
        this.rows = rows;
        this.memory = memory;
        abandoned = new AbandonedFiles(files, roots, new AbandonedRows(all), rows, house, memory.kept());
        sought = memory.sought();
        this.house = house;
        this.telling = telling;
        this.time = time;
        this.changed = changed;
        this.recalled = recalled;
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
                abandoned.open();
                abandoned.look(() -> {
                    if (!unended.isEmpty()) adopt(false, new CompletableFuture<>());
                });
            }));
            then.run();
            return;
        }
        known.addAll(rows.accounts().join());
        abandoned.open();
        LOG.warn("the database is another one than in the last run: looking through the files");
        Set<Copy> doubtful = toldTwice();
        for (Root root : roots.all()) {
            try {
                if (!roots.missing(root)) reconcile(root, doubtful);
            } catch (IOException | CompletionException e) {
                LOG.warn("the files of {} cannot be compared with the database", roots.folder(root), e);
            }
        }
        var adopted = new CompletableFuture<Integer>();
        adopted.thenRun(() -> files.post(then));
        adopt(true, adopted);
    }

    private record Copy(Optional<FollowRows.Person> whose, String item, String quality) {
        static Copy of(Manifest.Line line) {
            return new Copy(Optional.of(new FollowRows.Person(line.serverId(), line.userId())), line.itemId(), line.quality());
        }
    }

    /// Of what lines tell in more than one place: it was fetched anew beside a file that was damaged, say.
    private Set<Copy> toldTwice() {
        Set<Copy> once = new HashSet<>();
        Set<Copy> twice = new HashSet<>();
        for (Root root : roots.all()) {
            try {
                if (roots.missing(root)) continue;
                for (Manifest.Line line : roots.manifest(root).read().values()) if (!once.add(Copy.of(line))) twice.add(Copy.of(line));
            } catch (IOException e) {
                LOG.warn("the manifest of {} cannot be read", roots.folder(root), e);
            }
        }
        return twice;
    }

    /// Rows of an older day whose files are not there any more, or not as they say. What the manifest says was removed stays removed; a file that
    /// was fetched anew since, in its place or beside it, is known again by its line, for which its row gives way; the rest is missing, and the
    /// queue says so.
    private void reconcile(Root root, Set<Copy> doubtful) throws IOException {
        Map<String, Manifest.Line> lines = roots.manifest(root).read();
        Map<ItemKey, Manifest.Line> since = new HashMap<>();
        Map<Long, Optional<FollowRows.Person>> people = new HashMap<>();
        for (FileRow row : rows.under(root).join()) {
            Manifest.Line line = lines.get(row.path());
            var whose = people.computeIfAbsent(row.key().account(), a -> memory.follow().person(a).join());
            boolean doubt = (line != null && !line.sha256().equals(row.sha256()))
                    || doubtful.contains(new Copy(whose, row.key().id(), row.quality()));
            boolean there = house.there(row);
            boolean same;
            try {
                same = there && house.asRecorded(row, doubt);
            } catch (IOException e) {
                LOG.warn("{} cannot be read; its row stays as it is", row.path(), e);
                continue;
            }
            if (same) {
                if (!root.isCache() && line != null && line.itemId().equals(row.key().id())) since.put(row.key(), line);
            } else if (there || line != null) {
                rows.delete(row.id()).join();
            } else {
                rows.forget(row).join();
            }
        }
        // Lines of a folder that never told what is followed are those of the day when each file came, and older than the rows.
        Set<FollowRows.Person> told = memory.kept().newest().keySet();
        since.values().removeIf(line -> !told.contains(new FollowRows.Person(line.serverId(), line.userId())));
        if (!since.isEmpty()) memory.reasons().since(since, house.now()).join();
    }

    /// Somebody is signed in. Looks for files of his the first time it hears of him.
    void signedIn(long account) {
        files.post(() -> {
            if (!known.add(account)) return;
            telling.join(account);
            abandoned.takeBack();
            adopt(false, new CompletableFuture<>());
        });
    }

    /// Drives were looked at. What had to wait for one that is back is done: first what is to be deleted goes, of removed tracks and of gone accounts,
    /// then files of whoever signed in meanwhile are looked for. Thread `files`.
    ///
    /// @param back whether one is back
    void looked(boolean back) {
        house.looked(back);
        abandoned.look(() -> {
            if (!back) return;
            sought.unended().thenAccept(unended -> files.post(() -> {
                if (known.containsAll(unended) && !unended.isEmpty()) adopt(false, new CompletableFuture<>());
            }));
        });
    }

    /// Before an account is removed: what was only cached goes, what is kept goes unless the user wants it to stay; then what it was kept for is said
    /// beside it before the rest is given up.
    ///
    /// @param giveUp ends what is not finished
    /// @return what could not be deleted now
    CompletableFuture<List<Leftover>> leave(long account, boolean keepFiles, Supplier<CompletableFuture<Void>> giveUp) {
        return CompletableFuture.runAsync(() -> {
            if (keepFiles) telling.leave(account);
        }, files).thenCompose(v -> giveUp.get()).thenCompose(v -> leave(account, keepFiles));
    }

    private CompletableFuture<List<Leftover>> leave(long account, boolean keepFiles) {
        var done = new CompletableFuture<List<Leftover>>();
        files.post(() -> {
            known.remove(account);
            try {
                for (FileRow row : rows.of(account).join()) if (row.root().isCache()) house.evict(row);
                List<Leftover> left = abandoned.leave(account, keepFiles, time.now());
                if (!keepFiles) {
                    memory.follow().releaseAll(account).join();
                    telling.leave(account);
                    memory.follow().person(account).join().ifPresent(abandoned::forget);
                }
                done.complete(left);
            } catch (RuntimeException | Error e) {
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
            } catch (IOException | RuntimeException | Error e) {
                LOG.warn("the manifest of {} cannot be read", roots.folder(root), e);
                all = false;
            }
        }
        boolean everywhere = all;
        done.thenAccept(adopted -> {
            recall(whose, afresh, everywhere);
            if (everywhere) sought.ended(whose);
        });
        files.post(() -> step(todo, afresh, 0, done));
    }

    /// When the files are known, and not before: what is followed is fetched where no file is known.
    ///
    /// @param afresh what the tables know is of an older day: what came to be kept since is kept too
    /// @param everywhere all folders were looked through
    private void recall(List<Long> whose, boolean afresh, boolean everywhere) {
        try {
            Set<Long> before = sought.recalled().join();
            Map<FollowRows.Person, KeptFiles.Told> told = memory.kept().newest();
            int came = 0;
            for (long account : whose) {
                if (before.contains(account) && !afresh) continue;
                Optional<List<FollowRows.Kept>> mine = memory.follow().person(account).join().map(told::get).map(KeptFiles.Told::kept);
                if (mine.isEmpty() && before.contains(account)) continue;
                came += memory.follow().recall(account, mine, mine.isPresent() || everywhere, house.now()).join();
            }
            if (came == 0) return;
            LOG.info("{} playlists, albums and artists are followed again", came);
            if (!afresh) recalled.run();
        } catch (CompletionException e) {
            LOG.warn("what was kept is not taken over yet", e);
        }
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
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("{} is not adopted", found.line().path(), e);
        }
        int sum = now;
        files.post(() -> step(todo, afresh, sum, done));
    }
}
