package app.waxwing.testing;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A place on the way of one answer of a [FaultServer], where it stops until the test lets it go. Thread-safe.
public final class Stop {
    /// Asked, and not a byte is sent.
    public static final int BEFORE_HEAD = -1;
    private final int at;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);

    /// @param at so many bytes of the body have gone out, or [#BEFORE_HEAD]
    Stop(int at) {
        this.at = at;
    }

    /// All before the place is sent, nothing behind it.
    public boolean isReached() {
        return reached.getCount() == 0;
    }

    public void go() {
        go.countDown();
    }

    /// The answer is over: all of it has gone out, or the client went away.
    public boolean isLeft() {
        return left.getCount() == 0;
    }

    /// How much of what would go out next comes before the place.
    int upTo(int from, int count) {
        return from < at ? Math.min(count, at - from) : count;
    }

    void come(int sent) throws IOException {
        if (sent != at || isReached()) return;
        reached.countDown();
        try {
            if (!go.await(120, TimeUnit.SECONDS)) throw new IOException("nobody let it go on");
        } catch (InterruptedException e) {
            throw new IOException("closing", e);
        }
    }

    void leave() {
        left.countDown();
    }
}
