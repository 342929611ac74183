package app.waxwing.control;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.Measure;
import app.waxwing.download.DownloadEvent.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LatestEventsTest {
    private final LatestEvents events = new LatestEvents();

    private void add(Kind kind, long id, long bytes) {
        events.add(new DownloadEvent(kind, Instant.EPOCH,
                new Download(id, new ItemKey(1, "i" + id), "T", "A", "B", Download.Status.DOWNLOADING, Optional.empty(), 1, 0, id, false,
                        Download.Origin.USER, bytes, OptionalLong.of(100), bytes / 100.0, Optional.empty(), Optional.empty(), "original", 0,
                        Optional.empty(), Download.Remedy.NONE, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(),
                        Measure.USUAL)));
    }

    private List<String> read() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (var e = events.poll(0); e.isPresent(); e = events.poll(0)) {
            all.add(e.get().kind().word() + " " + e.get().download().id() + " " + e.get().download().bytesDownloaded());
        }
        return all;
    }

    @Test
    @DisplayName("2.5 2.16 a slow reader gets the latest progress, never a backlog, and every other event in its order")
    void conflates() throws InterruptedException {
        add(Kind.STARTED, 1, 0);
        add(Kind.STARTED, 2, 0);
        for (int i = 1; i <= 90; i++) {
            add(Kind.PROGRESS, 1, i);
            add(Kind.PROGRESS, 2, i / 2);
        }
        assertThat(read()).containsExactly("started 1 0", "started 2 0", "progress 1 90", "progress 2 45");
        add(Kind.PROGRESS, 1, 91);
        add(Kind.PAUSED, 1, 91);
        add(Kind.RESUMED, 1, 91);
        add(Kind.PROGRESS, 1, 92);
        add(Kind.COMPLETED, 1, 100);
        assertThat(read()).containsExactly("paused 1 91", "resumed 1 91", "completed 1 100");
    }
}
