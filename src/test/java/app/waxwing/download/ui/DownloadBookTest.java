package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.testing.ui.FakeServices;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DownloadBookTest {
    private final FakeServices services = FakeServices.sample();
    private final DownloadBook book = new DownloadBook();
    private final Download waits = only(Status.PENDING);
    private final Download paused = as(Status.PAUSED);

    private Download only(Status status) {
        return services.downloads.list(new DownloadEngine.Filter(List.of(status)), 0, 0).join().items().getFirst();
    }

    /// The same row in another state.
    private Download as(Status status) {
        services.downloads.pause(List.of(waits.id())).join();
        return services.downloads.find(List.of(waits.id())).join().stream().filter(d -> d.status() == status).findFirst().orElseThrow();
    }

    private void tell(DownloadEvent.Kind kind, Download d) {
        book.told(new DownloadEvent(kind, Instant.EPOCH, d));
    }

    private void takeAll(long asked, Download... rows) {
        book.take(new DownloadsViewModel.Both(asked, List.of(rows), List.of()));
    }

    private List<Download> rows() {
        return book.pages().unfinished();
    }

    @Test
    @DisplayName("what is told after a reading began is newer than what it brings, and what was told before is older")
    void told() {
        takeAll(book.asked(), waits);
        long asked = book.asked();
        tell(DownloadEvent.Kind.PAUSED, paused);
        assertThat(book.take(List.of(waits), asked)).isFalse();
        takeAll(asked, waits);
        assertThat(rows()).containsExactly(paused);
        assertThat(book.take(List.of(waits), book.asked())).isTrue();
        assertThat(rows()).containsExactly(waits);
    }

    @Test
    @DisplayName("what went while a reading was under way does not come back with it, and what came does not go")
    void wentAndCame() {
        takeAll(book.asked(), waits);
        long asked = book.asked();
        tell(DownloadEvent.Kind.CANCELLED, waits);
        Download other = only(Status.FAILED);
        tell(DownloadEvent.Kind.QUEUED, other);
        assertThat(book.take(List.of(waits), asked)).isFalse();
        takeAll(asked, waits);
        assertThat(rows()).containsExactly(other);
    }

    @Test
    @DisplayName("of two readings the one that began later counts, whichever is back first")
    void overtaken() {
        long all = book.asked();
        long some = book.asked();
        book.take(List.of(paused), some);
        takeAll(all, waits);
        assertThat(rows()).containsExactly(paused);
        some = book.asked();
        takeAll(book.asked(), waits);
        assertThat(book.take(List.of(paused), some)).isFalse();
        assertThat(rows()).containsExactly(waits);
    }

    @Test
    @DisplayName("a row that is read and is as it was stays the same object")
    void same() {
        takeAll(book.asked(), waits);
        services.downloads.resume(List.of(waits.id())).join();
        services.downloads.pause(List.of(waits.id())).join();
        tell(DownloadEvent.Kind.PAUSED, paused);
        Download equal = services.downloads.find(List.of(waits.id())).join().getFirst();
        assertThat(equal).isEqualTo(paused).isNotSameAs(paused);
        assertThat(book.take(List.of(equal), book.asked())).isFalse();
        assertThat(rows().getFirst()).isSameAs(paused);
    }
}
