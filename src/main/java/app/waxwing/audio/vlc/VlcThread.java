package app.waxwing.audio.vlc;

import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread `vlc`. A stop that does not come back within two seconds costs that thread and its player, and a new thread goes on.
final class VlcThread {
    private static final Logger LOG = LoggerFactory.getLogger(VlcThread.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private final Time time;
    private @Nullable Mailbox mailbox;
    private boolean closed;

    VlcThread(Time time) {
        this.time = time;
    }

    synchronized void post(Runnable task) {
        if (closed) return;
        mailbox().post(task);
    }

    /// A call into LibVLC that may hang.
    synchronized void postRisky(String what, Runnable task) {
        if (closed) return;
        Mailbox used = mailbox();
        used.post(() -> {
            Subscription watch = time.after(PATIENCE, () -> abandon(used, what));
            task.run();
            watch.close();
        });
    }

    private Mailbox mailbox() {
        Mailbox open = mailbox;
        if (open == null) {
            open = Mailbox.start("vlc");
            mailbox = open;
        }
        return open;
    }

    private synchronized void abandon(Mailbox hung, String what) {
        if (mailbox != hung) return;
        LOG.warn("LibVLC did not {} within {} s; that player is abandoned", what, PATIENCE.toSeconds());
        mailbox = null;
    }

    void close() {
        Mailbox open;
        synchronized (this) {
            closed = true;
            open = mailbox;
            mailbox = null;
        }
        if (open != null) open.close();
    }
}
