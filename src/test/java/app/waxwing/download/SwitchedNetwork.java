package app.waxwing.download;

import app.waxwing.account.Reachability;
import app.waxwing.base.Events;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which servers can be reached, as a test says.
final class SwitchedNetwork implements Reachability {
    /// Accounts whose server is away.
    final Set<Long> away = ConcurrentHashMap.newKeySet();
    /// Accounts at whose address another server answers.
    final Set<Long> strangers = ConcurrentHashMap.newKeySet();
    private final Events<Reachability> changes = new Events<>();
    private volatile Mode mode = Mode.AUTO;

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public void mode(Mode now) {
        mode = now;
        changes.publish(this);
    }

    @Override
    public boolean online(long account) {
        return mode != Mode.FORCED_OFFLINE && !away.contains(account);
    }

    @Override
    public boolean offline() {
        return mode == Mode.FORCED_OFFLINE;
    }

    @Override
    public void answered(long account) {}

    @Override
    public void failed(long account) {}

    @Override
    public Set<Long> strangers() {
        return Set.copyOf(strangers);
    }

    @Override
    public void probeNow() {}

    @Override
    public Events<Reachability> changes() {
        return changes;
    }
}
