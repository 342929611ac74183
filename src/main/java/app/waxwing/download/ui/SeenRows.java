package app.waxwing.download.ui;

import app.waxwing.base.Time;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.QueueRow;
import app.waxwing.parts.Conflated;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is told of the rows on screen, whose list knows little of each: read by id when a cell asks, a few readings a second, and again when the row is
/// not what it was. Of some hundred rows only, those seen last. Belongs to the thread of its executor.
final class SeenRows {
    private static final Logger LOG = LoggerFactory.getLogger(SeenRows.class);
    private static final int KEPT = 400;
    private static final Duration PERIOD = Duration.ofMillis(30);
    private final DownloadEngine engine;
    private final Executor fx;
    private final Runnable found;
    private final Conflated ask;
    private final LinkedHashMap<Long, Seen> seen = new LinkedHashMap<>(KEPT, 0.75f, true);
    private final Map<Long, QueueRow> wanted = new LinkedHashMap<>();
    private final Set<Long> asked = new HashSet<>();

    /// @param download empty = the engine knows of none, and is not asked again for this row
    /// @param of the row that the list had when this was asked for
    private record Seen(Optional<Download> download, QueueRow of) {}

    /// @param found others are known now
    SeenRows(DownloadEngine engine, Time time, Executor fx, Runnable found) {
        this.engine = engine;
        this.fx = fx;
        this.found = found;
        ask = new Conflated(time, fx, PERIOD, this::ask);
    }

    /// As it was read last; what is not known yet, or not as the list has it now, comes soon.
    Optional<Download> of(QueueRow row) {
        long id = row.line().id();
        Seen known = seen.get(id);
        if ((known == null || known.of != row) && !asked.contains(id)) {
            wanted.put(id, row);
            ask.wish();
        }
        return Optional.ofNullable(known).flatMap(Seen::download);
    }

    private void ask() {
        Map<Long, QueueRow> of = Map.copyOf(wanted);
        wanted.clear();
        if (of.isEmpty()) return;
        asked.addAll(of.keySet());
        engine.find(of.keySet()).whenComplete((rows, trouble) -> fx.execute(() -> {
            asked.removeAll(of.keySet());
            if (trouble != null) {
                LOG.error("rows on screen cannot be read; they are when something changes", trouble);
                return;
            }
            take(rows, of);
            if (!rows.isEmpty()) found.run();
        }));
    }

    private void take(List<Download> rows, Map<Long, QueueRow> of) {
        of.forEach((id, row) -> seen.put(id, new Seen(Optional.empty(), row)));
        for (Download d : rows) {
            QueueRow row = of.get(d.id());
            if (row != null) seen.put(d.id(), new Seen(Optional.of(d), row));
        }
        while (seen.size() > KEPT) seen.pollFirstEntry();
    }
}
