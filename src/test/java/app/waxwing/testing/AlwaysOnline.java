package app.waxwing.testing;

import app.waxwing.account.Reachability;
import app.waxwing.base.Events;

/// Every server can be reached, whatever is heard of it.
public final class AlwaysOnline implements Reachability {
    private final Events<Reachability> events = new Events<>();

    @Override
    public Mode mode() {
        return Mode.AUTO;
    }

    @Override
    public void mode(Mode mode) {}

    @Override
    public boolean online(long account) {
        return true;
    }

    @Override
    public boolean offline() {
        return false;
    }

    @Override
    public void answered(long account) {}

    @Override
    public void failed(long account) {}

    @Override
    public void probeNow() {}

    @Override
    public Events<Reachability> changes() {
        return events;
    }
}
