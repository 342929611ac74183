package app.waxwing.app;

import app.waxwing.base.Events;
import app.waxwing.base.Subscription;
import app.waxwing.download.LimitChoice;
import app.waxwing.download.Limits;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;

/// The settings as the one truth of what limits downloads.
final class LimitSettings implements LimitChoice, AutoCloseable {
    private final Settings settings;
    private final Events<Limits> changes = new Events<>();
    private final Subscription heard;
    private Limits told;

    LimitSettings(Settings settings) {
        this.settings = settings;
        told = settings.options().downloads();
        heard = settings.changes().subscribe(options -> tell(options.downloads()));
    }

    @Override
    public Limits limits() {
        return settings.options().downloads();
    }

    @Override
    public void choose(Limits limits) {
        settings.set(Options.texts(limits));
    }

    @Override
    public Events<Limits> changes() {
        return changes;
    }

    @Override
    public void close() {
        heard.close();
    }

    private synchronized void tell(Limits now) {
        if (now.equals(told)) return;
        told = now;
        changes.publish(now);
    }
}
