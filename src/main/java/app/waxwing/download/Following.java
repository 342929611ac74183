package app.waxwing.download;

import app.waxwing.download.Download.Origin;
import app.waxwing.download.KeepRows.Edge;
import app.waxwing.download.KeepRows.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kept collections follow their server: what they hold now and did not when they were last looked at is wished for. One look at a time; who asks
/// meanwhile gets the next one. Any thread.
final class Following {
    private static final Logger LOG = LoggerFactory.getLogger(Following.class);
    private final FollowRows rows;
    private final Function<Wish, CompletableFuture<KeepRows.Enqueued>> enqueue;
    private @Nullable CompletableFuture<Integer> running;
    private @Nullable CompletableFuture<Integer> next;

    Following(FollowRows rows, Function<Wish, CompletableFuture<KeepRows.Enqueued>> enqueue) {
        this.rows = rows;
        this.enqueue = enqueue;
    }

    /// Looks without anybody waiting for it.
    void again() {
        follow().exceptionally(e -> {
            LOG.warn("kept collections are not followed now", e);
            return 0;
        });
    }

    /// @return how many tracks came to be wanted
    CompletableFuture<Integer> follow() {
        CompletableFuture<Integer> mine;
        synchronized (this) {
            if (running != null) {
                if (next == null) next = new CompletableFuture<>();
                return next.copy();
            }
            mine = new CompletableFuture<>();
            running = mine;
        }
        look(mine);
        return mine.copy();
    }

    private void look(CompletableFuture<Integer> mine) {
        CompletableFuture.completedFuture(rows).thenCompose(FollowRows::due).thenCompose(this::wish).whenComplete((count, trouble) -> {
            CompletableFuture<Integer> then;
            synchronized (this) {
                then = next;
                running = then;
                next = null;
            }
            if (trouble == null) mine.complete(count);
            else mine.completeExceptionally(trouble);
            if (then != null) look(then);
        });
    }

    /// One collection that cannot be followed now, such as one of an account that may not transcode any more, does not stop the others.
    private CompletableFuture<Integer> wish(List<FollowRows.Due> all) {
        List<CompletableFuture<Integer>> wishes = new ArrayList<>();
        for (FollowRows.Due due : all) {
            Origin origin = due.kind().equals("playlist") ? Origin.PLAYLIST : Origin.USER;
            var edge = new Edge(due.kind(), Optional.of(due.source()), true);
            wishes.add(enqueue.apply(new Wish(due.tracks(), origin, due.priority(), due.quality(), false, Optional.of(edge)))
                    .handle((e, trouble) -> {
                        if (trouble != null) LOG.warn("{} {} is not followed now: {}", due.kind(), due.source(), trouble.getMessage());
                        else LOG.info("{} {}: {} tracks came", due.kind(), due.source(), e.all().size());
                        return trouble == null ? e.all().size() : 0;
                    }));
        }
        return CompletableFuture.allOf(wishes.toArray(CompletableFuture[]::new))
                .thenApply(v -> wishes.stream().mapToInt(CompletableFuture::join).sum());
    }
}
