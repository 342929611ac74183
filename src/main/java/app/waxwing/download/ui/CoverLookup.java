package app.waxwing.download.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Cover;
import app.waxwing.library.Track;
import app.waxwing.parts.Conflated;
import app.waxwing.parts.ViewContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Covers of the rows on screen: a download knows its track only, so the library is asked for those that are seen, a few at a time. FX thread.
final class CoverLookup {
    private static final int KEPT = 2000;
    private final ViewContext ctx;
    private final Runnable found;
    private final Map<ItemKey, Optional<Cover>> known = new LinkedHashMap<>();
    private final Set<ItemKey> wanted = new LinkedHashSet<>();
    private final Conflated ask;

    CoverLookup(ViewContext ctx, Runnable found) {
        this.ctx = ctx;
        this.found = found;
        ask = new Conflated(ctx.time(), ctx.fx(), Duration.ofMillis(60), this::ask);
    }

    Optional<Cover> of(ItemKey track) {
        Optional<Cover> cover = known.getOrDefault(track, Optional.empty());
        if (!known.containsKey(track) && wanted.add(track)) ask.wish();
        return cover;
    }

    private void ask() {
        List<ItemKey> keys = List.copyOf(wanted);
        ctx.actions().with(ctx.library().tracks(keys), tracks -> {
            if (known.size() > KEPT) known.clear();
            keys.forEach(k -> known.put(k, Optional.empty()));
            for (Track t : tracks) known.put(t.key(), t.cover());
            keys.forEach(wanted::remove);
            found.run();
        });
    }
}
