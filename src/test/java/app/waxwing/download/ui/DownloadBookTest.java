package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.Measure;
import app.waxwing.download.QueueLine;
import app.waxwing.download.QueueRow;
import app.waxwing.testing.ui.FakeServices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
        book.take(new DownloadsViewModel.Both(asked, Stream.of(rows).map(QueueRow::of).toList()));
    }

    private boolean takeSome(Download row, long asked) {
        return book.take(List.of(QueueRow.of(row)), asked);
    }

    private List<QueueLine> rows() {
        return book.pages().unfinished();
    }

    private static QueueLine line(Download d) {
        return QueueRow.of(d).line();
    }

    @Test
    @DisplayName("what is told after a reading began is newer than what it brings, and what was told before is older")
    void told() {
        takeAll(book.asked(), waits);
        long asked = book.asked();
        tell(DownloadEvent.Kind.PAUSED, paused);
        assertThat(takeSome(waits, asked)).isFalse();
        takeAll(asked, waits);
        assertThat(rows()).containsExactly(line(paused));
        assertThat(takeSome(waits, book.asked())).isTrue();
        assertThat(rows()).containsExactly(line(waits));
    }

    @Test
    @DisplayName("what went while a reading was under way does not come back with it, and what came does not go")
    void wentAndCame() {
        takeAll(book.asked(), waits);
        long asked = book.asked();
        tell(DownloadEvent.Kind.CANCELLED, waits);
        Download other = only(Status.FAILED);
        tell(DownloadEvent.Kind.QUEUED, other);
        assertThat(takeSome(waits, asked)).isFalse();
        takeAll(asked, waits);
        assertThat(rows()).containsExactly(line(other));
    }

    @Test
    @DisplayName("of two readings the one that began later counts, whichever is back first")
    void overtaken() {
        long all = book.asked();
        long some = book.asked();
        takeSome(paused, some);
        takeAll(all, waits);
        assertThat(rows()).containsExactly(line(paused));
        some = book.asked();
        takeAll(book.asked(), waits);
        assertThat(takeSome(paused, some)).isFalse();
        assertThat(rows()).containsExactly(line(waits));
    }

    @Test
    @DisplayName("a row that is read and is as it was stays the same object")
    void same() {
        takeAll(book.asked(), waits);
        services.downloads.resume(List.of(waits.id())).join();
        services.downloads.pause(List.of(waits.id())).join();
        tell(DownloadEvent.Kind.PAUSED, paused);
        QueueLine told = rows().getFirst();
        Download equal = services.downloads.find(List.of(waits.id())).join().getFirst();
        assertThat(line(equal)).isEqualTo(told).isNotSameAs(told);
        assertThat(takeSome(equal, book.asked())).isFalse();
        assertThat(rows().getFirst()).isSameAs(told);
        takeAll(book.asked(), equal);
        assertThat(rows().getFirst()).as("read with all others").isSameAs(told);
    }

    @Test
    @DisplayName("a row that has another reason to wait is another row, but stays the same line, so that no list changes for it")
    void anotherReason() {
        takeAll(book.asked(), waits);
        QueueLine before = rows().getFirst();
        QueueRow row = QueueRow.of(waits);
        assertThat(book.take(List.of(new QueueRow(row.line(), Optional.of(Download.Reason.BATTERY), row.size(), row.have(), row.measure(),
                row.look() + 1)),
                book.asked())).isTrue();
        assertThat(rows().getFirst()).isSameAs(before);
        assertThat(book.pages().held()).isTrue();
    }

    @Test
    @DisplayName("each row is found by its id, and its place in line is that of the list (seeded)")
    void found() {
        var random = new Random(7);
        List<QueueRow> all = new ArrayList<>();
        for (long id = 1; id <= 500; id++) {
            var line = new QueueLine(3 * id, 1, Status.values()[random.nextInt(Status.values().length)], 1 + random.nextInt(3),
                    random.nextInt(2), random.nextInt(400), false, random.nextInt(100), Download.Remedy.NONE, "");
            all.add(new QueueRow(line, Optional.empty(), -1, 0, Measure.USUAL, 0));
        }
        Collections.shuffle(all, random);
        book.take(new DownloadsViewModel.Both(book.asked(), all));
        DownloadBook.Pages pages = book.pages();
        int place = 0;
        for (QueueLine line : pages.unfinished()) {
            int expected = line.status() == Status.PENDING ? ++place : 0;
            assertThat(pages.line().place(line)).isEqualTo(expected);
        }
        assertThat(pages.line().turns()).as("one server").isFalse();
        assertThat(place).isEqualTo(pages.counts().get(Status.PENDING)).isPositive();
        for (QueueRow row : all) {
            assertThat(pages.byId().find(row.line().id())).containsSame(row);
            assertThat(pages.byId().find(row.line().id() + 1)).isEmpty();
        }
        assertThat(pages.finished()).isSortedAccordingTo(DownloadBook.NEWEST).allMatch(d -> pages.line().place(d) == 0);
    }
}
