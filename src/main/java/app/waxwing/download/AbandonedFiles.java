package app.waxwing.download;

import app.waxwing.account.Accounts.Leftover;
import app.waxwing.account.Accounts.Leftover.Why;
import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.download.AbandonedRows.Abandoned;
import app.waxwing.download.FollowRows.Person;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what accounts left that are gone: at once where the disk is got to, else when the drive is back, also after a restart. Only files that are
/// what their row says, which no other row names. Whoever signs in again before that keeps them. Thread `files`, one file a step.
final class AbandonedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(AbandonedFiles.class);
    private final Mailbox files;
    private final Roots roots;
    private final AbandonedRows rows;
    private final FileRows named;
    private final Housekeeping house;
    /// Folders in which something waits.
    private final Set<Root> waiting = new HashSet<>();
    /// Those of them in which it was tried since they are there.
    private final Set<Root> tried = new HashSet<>();
    private final KeptFiles kept;
    /// Of whom nothing is to be said in a folder once what waits in it is gone.
    private final Map<Root, Set<Person>> gone = new HashMap<>();

    AbandonedFiles(Mailbox files, Roots roots, AbandonedRows rows, FileRows named, Housekeeping house, KeptFiles kept) {
        this.files = files;
        this.roots = roots;
        this.rows = rows;
        this.named = named;
        this.house = house;
        this.kept = kept;
    }

    /// At the start.
    void open() {
        try {
            for (Root root : roots.all()) if (!root.isCache() && rows.waiting(root).join() > 0) waiting.add(root);
            takeBack();
        } catch (CompletionException e) {
            LOG.warn("what gone accounts left is not looked for until the next start", e);
        }
    }

    /// The account is about to go. Deletes what can be deleted now.
    ///
    /// @param keepFiles only what was removed already
    /// @return what stays for now, by folder
    List<Leftover> leave(long account, boolean keepFiles, Instant now) {
        List<Leftover> left = new ArrayList<>();
        if (rows.leave(account, keepFiles, now).join() == 0) return left;
        for (Root root : roots.all()) {
            if (root.isCache() || rows.waiting(root).join() == 0) continue;
            String folder = roots.folder(root).toString();
            long changed = 0;
            if (!roots.missing(root)) {
                long id = 0;
                for (Optional<Abandoned> next; (next = rows.next(root, id).join()).isPresent(); id = next.get().id()) {
                    if (delete(next.get()) == Deleted.NOT_OURS) changed++;
                }
            }
            long still = rows.waiting(root).join();
            if (changed > 0) left.add(new Leftover(folder, changed, Why.CHANGED));
            if (still == 0) continue;
            boolean away = roots.missing(root);
            left.add(new Leftover(folder, still, away ? Why.AWAY : Why.UNWRITABLE));
            waiting.add(root);
            if (!away) tried.add(root);
        }
        return left;
    }

    /// What was put down beside the music of a person whose account goes with its files goes as well: at once where nothing of him waits, else with
    /// the last that waits.
    void forget(Person person) {
        boolean everywhere = roots.all().stream().noneMatch(roots::missing);
        for (Root root : roots.all()) {
            if (roots.missing(root) || !root.isCache() && rows.people(root).join().contains(person)) continue;
            forget(root, person, everywhere);
        }
    }

    /// @param everywhere else it stays written that he keeps nothing: a folder that is away may say that he does
    private void forget(Root root, Person person, boolean everywhere) {
        try {
            roots.manifest(root).forget(person);
            if (everywhere && !root.isCache()) kept.forget(root, person);
        } catch (IOException e) {
            LOG.warn("what was put down of a gone account in {} stays", roots.folder(root), e);
        }
    }

    /// Somebody is signed in.
    void takeBack() {
        if (waiting.isEmpty()) return;
        gone.clear(); // one of them may be back
        int back = rows.takeBack().join();
        if (back > 0) LOG.info("{} files that were to be deleted stay: their owner is back", back);
    }

    /// Drives were looked at: what waits for one that is there now is deleted.
    ///
    /// @param then when that is done
    void look(Runnable then) {
        Deque<Root> todo = new ArrayDeque<>();
        for (Root root : waiting) {
            if (roots.missing(root)) tried.remove(root);
            else if (tried.add(root)) todo.add(root);
        }
        next(todo, 0, then);
    }

    private void next(Deque<Root> todo, long after, Runnable then) {
        Root root = todo.peek();
        if (root == null) {
            then.run();
            return;
        }
        long id = 0;
        try {
            if (after == 0) gone.computeIfAbsent(root, r -> new HashSet<>()).addAll(rows.people(root).join());
            Optional<Abandoned> file = roots.missing(root) ? Optional.empty() : rows.next(root, after).join();
            if (file.isPresent()) {
                delete(file.get());
                id = file.get().id();
            } else {
                todo.poll();
                if (rows.waiting(root).join() == 0) {
                    waiting.remove(root);
                    boolean everywhere = roots.all().stream().noneMatch(roots::missing);
                    Optional.ofNullable(gone.remove(root)).orElse(Set.of()).forEach(person -> forget(root, person, everywhere));
                    LOG.info("what gone accounts left in {} is deleted", roots.folder(root));
                }
            }
        } catch (FailureException | CompletionException e) {
            LOG.warn("what gone accounts left is not deleted yet", e);
            todo.poll();
        }
        long last = id;
        files.post(() -> next(todo, last, then));
    }

    private enum Deleted {
        GONE, NOT_OURS, STAYS
    }

    private Deleted delete(Abandoned file) {
        Root root = file.root();
        try {
            Path path = roots.resolve(root, file.path());
            Deleted deleted = Deleted.GONE;
            if (house.exists(root, file.path()) && !named.names(root, file.path()).join()) {
                if (ours(file, path)) house.discard(root, file.path());
                else deleted = Deleted.NOT_OURS;
            }
            // A drive that went a moment ago took the file with it, and not away.
            if (roots.missing(root)) return Deleted.STAYS;
            if (deleted == Deleted.NOT_OURS) LOG.warn("{} stays: it is not what Waxwing wrote", path);
            rows.gone(file.id()).join();
            return deleted;
        } catch (IOException | FailureException | CompletionException e) {
            LOG.warn("{} of an account that is gone is not deleted yet: {}", file.path(), e.toString());
            return Deleted.STAYS;
        }
    }

    /// With the date that we gave it, or by its digest; a part by our mark, where no row names it.
    private boolean ours(Abandoned file, Path path) throws IOException {
        if (file.sha256().isEmpty()) {
            return house.parts().ours(file.root(), file.path()) && !house.parts().unnamed(file.root(), List.of(file.path())).isEmpty();
        }
        if (Files.size(path) != file.size()) return false;
        Instant modified = Files.getLastModifiedTime(path).toInstant().truncatedTo(ChronoUnit.MILLIS);
        return file.modified().filter(modified::equals).isPresent() || Finishing.digest(path).equals(file.sha256().get());
    }
}
