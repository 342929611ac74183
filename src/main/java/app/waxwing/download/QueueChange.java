package app.waxwing.download;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Downloads read otherwise than a moment ago, and no [DownloadEvent] says so: one went back to the queue, another stands elsewhere in it, what holds
/// them is another thing. It names what is to be read again and not what is new, so that several may be taken as one.
///
/// @param ids of those downloads
/// @param all not these alone, but every one that is not finished
/// @param finished every one that is finished too: some of them are in the list no more
public record QueueChange(Set<Long> ids, boolean all, boolean finished) {
    public static final QueueChange NONE = new QueueChange(Set.of(), false, false);
    public static final QueueChange ALL = new QueueChange(Set.of(), true, false);
    public static final QueueChange FINISHED = new QueueChange(Set.of(), true, true);
    /// With more than these it is as well to read the whole queue.
    private static final int MOST = 200;

    public QueueChange {
        ids = Set.copyOf(ids);
        if (finished && !all) throw new IllegalArgumentException("what is finished is read with all others");
    }

    static QueueChange of(Collection<Long> ids) {
        return NONE.and(new QueueChange(Set.copyOf(ids), false, false));
    }

    public boolean none() {
        return ids.isEmpty() && !all;
    }

    /// Both as one.
    public QueueChange and(QueueChange other) {
        if (all || other.all) return finished || other.finished ? FINISHED : ALL;
        var both = new HashSet<>(ids);
        both.addAll(other.ids);
        return both.size() > MOST ? ALL : new QueueChange(both, false, false);
    }
}
