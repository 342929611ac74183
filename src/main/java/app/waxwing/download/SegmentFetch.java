package app.waxwing.download;

import app.waxwing.base.ItemKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One answer that goes into a [Segment] while somebody listens to it, on a thread `ahead-N` of its own. What is heard now keeps to no limit.
final class SegmentFetch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentFetch.class);
    private static final int BUFFER = 64 * 1024;
    private final ItemKey key;
    private final Segments segments;
    private final Runaway runaway;
    private final Exchange exchange;
    private final Response response;
    private final long promised;
    private @Nullable Segment segment;

    /// @param promised how many bytes the answer has
    SegmentFetch(ItemKey key, Segments segments, Runaway runaway, Exchange exchange, Response response, long promised) {
        this.key = key;
        this.segments = segments;
        this.runaway = runaway;
        this.exchange = exchange;
        this.response = response;
        this.promised = promised;
    }

    /// Before it runs.
    void fills(Segment into) {
        segment = into;
    }

    Segment segment() {
        return Objects.requireNonNull(segment);
    }

    /// Any thread; returns at once.
    void stop() {
        exchange.stop();
    }

    /// Somebody who listened there does not any more.
    void letGo() {
        segments.ended(segment(), this);
    }

    @Override
    public void run() {
        Segment into = segment();
        try (response) {
            copy(into, response.body().source());
        } catch (IOException e) {
            LOG.debug("{} is not read further ahead: {}", key, e.toString()); // whoever needs more of it asks again
        } finally {
            segments.ended(into, this);
        }
    }

    private void copy(Segment into, BufferedSource source) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long left = promised;
        while (left > 0) {
            int n = source.read(buffer);
            if (n < 0) return;
            left -= n;
            runaway.fetched(key, n);
            if (left < 0) return; // more than was promised: none of this piece is trusted
            if (buffer.hasRemaining() && left > 0 && !source.getBuffer().exhausted()) continue;
            if (!segments.append(into, this, buffer.flip())) {
                exchange.stop(); // nothing of the rest is waited for
                return;
            }
            buffer.clear();
        }
    }
}
