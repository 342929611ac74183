package app.waxwing.download;

import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.FollowRows.Kept;
import app.waxwing.download.FollowRows.Person;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says beside the music why each file is kept and what is followed, soon after that changed: with it both outlive the account and the database.
/// What is due stands in a table until it is said, so that a crash only delays it; what belongs into a folder that is away waits for it. All
/// lines that are due go out together, with one force a folder. Thread `files`, where it may block.
final class Telling {
    /// So long after the first change those that follow are waited for.
    static final Duration WAIT = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Telling.class);
    private static final int BATCH = 500;
    private final Mailbox files;
    private final Roots roots;
    private final KeepMemory memory;
    private final Time time;
    private final AtomicBoolean planned = new AtomicBoolean();
    private volatile Subscription timer = () -> {};
    private final Set<Long> leaving = new HashSet<>();
    private volatile boolean closing;

    Telling(Mailbox files, Roots roots, KeepMemory memory, Time time) {
        this.files = files;
        this.roots = roots;
        this.memory = memory;
        this.time = time;
    }

    /// Something may have changed. Any thread; returns at once.
    void soon() {
        if (closing || !planned.compareAndSet(false, true)) return;
        timer = time.after(WAIT, () -> files.post(() -> {
            planned.set(false);
            tell();
        }));
    }

    /// The end is near: what is due is said now, as far as the time of closing goes.
    void close() {
        closing = true;
        timer.close();
        files.post(this::tell);
    }

    /// The account goes: what it keeps is said a last time, before its unfinished downloads are given up where its files stay.
    void leave(long account) {
        tell();
        leaving.add(account);
    }

    /// The account is here.
    void join(long account) {
        leaving.remove(account);
    }

    /// Everything that is due.
    void tell() {
        try {
            long after = 0;
            Optional<Map<Root, Map<String, Manifest.Line>>> said = Optional.empty();
            while (true) {
                ReasonRows.Due due = memory.reasons().due(after, BATCH).join();
                if (due.nothing()) return;
                // So many are those of an older version or of a move, of which most say nothing new.
                if (said.isEmpty() && due.last() - after >= BATCH) said = Optional.of(new HashMap<>());
                List<Long> told = new ArrayList<>(due.idle());
                for (Root root : due.lines().keySet()) {
                    if (lines(root, due.lines().getOrDefault(root, List.of()), said))
                        told.addAll(due.marks().getOrDefault(root, List.of()));
                }
                if (keeps(due.keepers().keySet())) told.addAll(due.keepers().values());
                memory.reasons().told(told).join();
                after = due.last();
            }
        } catch (CompletionException | FailureException e) {
            if (closing) LOG.info("what keeps files is said in their folders after the next start: {}", e.toString());
            else LOG.warn("what keeps files is not said in their folders yet", e);
        }
    }

    /// Files of a media folder of which its manifest does not say what it should; they are what a lost database could not be rebuilt of.
    ///
    /// @param repair it is said now
    /// @return from what the manifest says, by path, how many there are, or how many were mended
    ToIntFunction<Map<String, Manifest.Line>> untold(Root root, boolean repair) {
        if (root.isCache()) return said -> 0;
        List<Manifest.Line> lines = memory.reasons().lines(root).join();
        return said -> {
            List<Manifest.Line> untold = others(lines, said);
            if (untold.isEmpty() || roots.missing(root)) return 0;
            if (!repair) return untold.size();
            memory.reasons().again(untold).join();
            tell();
            try {
                return untold.size() - others(untold, roots.manifest(root).read()).size();
            } catch (IOException e) {
                LOG.warn("whether it is said what keeps files in {} is not known", roots.folder(root), e);
                return 0;
            }
        };
    }

    /// Those that are said otherwise or not at all.
    private static List<Manifest.Line> others(List<Manifest.Line> lines, Map<String, Manifest.Line> said) {
        return lines.stream().filter(line -> !same(line, said.get(line.path()))).toList();
    }

    /// @return false while the folder is away or cannot be written
    private boolean lines(Root root, List<Manifest.Line> lines, Optional<Map<Root, Map<String, Manifest.Line>>> said) {
        try {
            if (roots.missing(root)) return false;
            Manifest manifest = roots.manifest(root);
            List<Manifest.Line> news = lines;
            if (said.isPresent()) {
                Map<String, Manifest.Line> old = said.get().get(root);
                if (old == null) {
                    old = manifest.read();
                    said.get().put(root, old);
                }
                Map<String, Manifest.Line> known = old;
                news = others(lines, known);
            }
            if (!news.isEmpty()) manifest.add(news);
            return true;
        } catch (IOException e) {
            LOG.warn("what keeps files cannot be said in {} now", roots.folder(root), e);
            return false;
        }
    }

    private static boolean same(Manifest.Line now, Manifest.@org.jspecify.annotations.Nullable Line old) {
        return old != null && old.isSameFile(now) && Set.copyOf(old.reasons()).equals(Set.copyOf(now.reasons()));
    }

    /// What accounts keep, of which that is known.
    ///
    /// @return false where it is not said
    private boolean keeps(Set<Long> accounts) {
        if (accounts.isEmpty()) return true;
        Set<Long> whose = new HashSet<>(accounts);
        whose.retainAll(memory.sought().recalled().join());
        whose.removeAll(leaving);
        Map<Person, List<Kept>> now = memory.follow().kept(whose).join();
        try {
            Root root = roots.standard();
            if (roots.missing(root)) return false;
            if (!now.isEmpty()) memory.kept().write(root, now, time.now().toEpochMilli());
            return whose.size() == accounts.size();
        } catch (IOException e) {
            LOG.warn("what is kept and followed cannot be said in the music folder now", e);
            return false;
        }
    }
}
