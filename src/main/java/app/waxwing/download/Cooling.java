package app.waxwing.download;

import app.waxwing.base.Mailbox;
import app.waxwing.base.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of deleted downloads that stay on the disk while the deletion can be taken back (4.19). Nothing finds them any more, but a wish for such
/// a track takes its file back instead of fetching it again. When the time is over they go; when the program ends before that, at the next start.
/// Thread `downloads`.
final class Cooling {
    private static final Logger LOG = LoggerFactory.getLogger(Cooling.class);
    private final Mailbox box;
    private final FileRows rows;
    private final Time time;
    private final Duration undo;
    private final Consumer<Entry> clean;
    private final Map<Long, Instant> cooling = new HashMap<>();
    private final Set<Long> held = ConcurrentHashMap.newKeySet();

    /// @param undo how long a deletion can be taken back; zero = not at all
    /// @param clean removes the file of a removed row
    Cooling(Mailbox box, Housekeeping house, FileRows rows, Time time, Duration undo, Consumer<Entry> clean) {
        this.box = box;
        this.rows = rows;
        this.time = time;
        this.undo = undo;
        this.clean = clean;
        house.spare(() -> Set.copyOf(held));
    }

    /// These are about to be deleted: from now on nobody removes their files before it is known whether they cool.
    void expect(Collection<Long> ids) {
        if (!undo.isZero()) held.addAll(ids);
    }

    /// The deletion is stored: of those that do not cool nothing is held back.
    void stored(Collection<Long> ids) {
        for (long id : ids) if (!cooling.containsKey(id)) held.remove(id);
    }

    /// @param written when its file was last written
    /// @return false when that goes at once
    boolean cools(Entry removed, Instant written) {
        if (!held.contains(removed.id())) return false;
        cooling.put(removed.id(), written);
        time.after(undo, () -> box.post(() -> over(removed)));
        return true;
    }

    /// Removed rows whose files can be taken back now, with the time when each was last written.
    Map<Long, Instant> files() {
        return Map.copyOf(cooling);
    }

    /// A wish that was submitted before took the file back, or nobody did.
    private void over(Entry removed) {
        cooling.remove(removed.id());
        rows.namesFile(removed.id()).whenComplete((names, trouble) -> box.post(() -> {
            held.remove(removed.id());
            if (trouble != null) LOG.warn("the file of deleted download {} goes at the next start", removed.id(), trouble);
            else if (names) clean.accept(removed);
        }));
    }
}
