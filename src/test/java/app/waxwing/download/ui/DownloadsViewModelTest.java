package app.waxwing.download.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.Measure;
import app.waxwing.download.QueueLine;
import app.waxwing.download.Wait;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Asked;
import app.waxwing.testing.ui.FakeNotices;
import app.waxwing.testing.ui.FakeServices;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadsViewModelTest {
    /// Time that stands still; what waits runs when told.
    private static final class Still implements Time {
        final List<Runnable> once = new ArrayList<>();
        final List<Runnable> again = new ArrayList<>();

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Subscription after(Duration delay, Runnable task) {
            once.add(task);
            return () -> once.remove(task);
        }

        @Override
        public Subscription every(Duration period, Runnable task) {
            again.add(task);
            return () -> again.remove(task);
        }

        void pass() {
            List<Runnable> due = List.copyOf(once);
            once.clear();
            due.forEach(Runnable::run);
            List.copyOf(again).forEach(Runnable::run);
        }
    }

    private final FakeServices services = FakeServices.sample();
    private final Still time = new Still();
    private final FakeNotices notices = new FakeNotices();
    private final DownloadsViewModel model = new DownloadsViewModel(services.downloads, services.downloads, time, Runnable::run,
            Runnable::run,
            notices);

    @Test
    @DisplayName("2.15 an observable list and counters; failed first, then what runs, waits, is paused")
    void lists_and_counts() {
        model.shown();
        assertThat(model.active()).extracting(QueueLine::status).containsExactly(Status.FAILED, Status.FAILED, Status.DOWNLOADING,
                Status.DOWNLOADING, Status.DOWNLOADING,
                Status.PENDING, Status.PENDING, Status.PENDING, Status.PAUSED);
        assertThat(model.completed()).hasSize(6);
        assertThat(model.count(Status.PENDING)).isEqualTo(3);
        assertThat(model.activity().get().bytesPerSecond()).isEqualTo(9_800_000);
        assertThat(model.remaining().bytes()).isPositive();
        assertThat(model.remaining().time()).isPresent();
    }

    @Test
    @DisplayName("issue 3 of what waits nobody knows the size: what is left counts it, by the files that are here, and says that it is guessed")
    void remaining_counts_all() {
        model.shown();
        time.pass();
        Remaining known = model.remaining();
        assertThat(known.guessed()).isFalse();
        assertThat(DownloadWords.remaining(known)).startsWith("≈ ").doesNotContain("· ≈");
        services.downloads.unnamed = true;
        services.downloads.many(9);
        long bytes = services.downloads.list(new DownloadEngine.Filter(List.of()), 0, 0).join().items().stream()
                .filter(d -> d.size().isEmpty()).mapToLong(d -> d.measure().millis() * 500).sum();
        services.downloads.samples = List.of(new DownloadEngine.Sample(new Measure("lossless", 1_000_000_000_000L), 500_000_000_000_000L));
        model.again();
        time.pass();
        Remaining left = model.remaining();
        assertThat(left.guessed()).isTrue();
        assertThat((double) (left.bytes() - known.bytes())).as("500 bytes a millisecond").isCloseTo(bytes, Percentage.withPercentage(1));
        assertThat(left.time().orElseThrow()).isGreaterThan(known.time().orElseThrow());
        assertThat(DownloadWords.remaining(left)).startsWith("≈ ").contains(" left · ≈ ");
        assertThat(DownloadWords.remaining(new Remaining(5_000_000, true, Optional.empty()))).isEqualTo("≈ 5.0 MB to come");
    }

    @Test
    @DisplayName("2.16 events move rows: paused, retried, cancelled, without reading the list again")
    void events_are_followed() {
        model.shown();
        QueueLine first = model.active().get(2);
        model.pause(first);
        assertThat(model.active().get(2)).isEqualTo(first);
        time.pass();
        assertThat(model.active()).filteredOn(d -> d.id() == first.id()).extracting(QueueLine::status).containsExactly(Status.PAUSED);
        model.cancel(first);
        model.fixAll();
        time.pass();
        assertThat(model.active()).noneMatch(d -> d.id() == first.id()).noneMatch(d -> d.status() == Status.FAILED);
    }

    @Test
    @DisplayName("issue 3 a row of which the engine knows nothing is asked for once; those beside it are shown, and those that come")
    void unknown_row() {
        model.shown();
        time.pass();
        QueueLine gone = model.active().getLast();
        Download stale = services.downloads.find(List.of(gone.id())).join().getFirst();
        model.cancel(gone);
        services.downloads.tell(new DownloadEvent(DownloadEvent.Kind.STARTED, Instant.EPOCH, stale));
        time.pass();
        assertThat(model.row(gone.id())).isPresent();
        long other = model.active().getFirst().id();
        // As cells do: each asks for its row whenever others were read.
        model.read().addListener((o, was, is) -> List.of(gone.id(), other).forEach(model::seen));
        List.of(gone.id(), other).forEach(model::seen);
        time.pass();
        int reads = services.downloads.reads;
        for (int i = 0; i < 5; i++) time.pass();
        assertThat(services.downloads.reads).isEqualTo(reads);
        assertThat(model.seen(gone.id())).isEmpty();
        assertThat(model.seen(other)).isPresent();
        services.downloads.enqueue(List.of(stale.key()), Download.Origin.USER, 0, "original");
        long again = services.downloads.byItem(stale.key()).join().getLast().id();
        time.pass();
        reads = services.downloads.reads;
        List.of(gone.id(), again).forEach(model::seen);
        time.pass();
        assertThat(services.downloads.reads).isEqualTo(reads + 1);
        assertThat(model.seen(again)).isPresent();
    }

    @Test
    @DisplayName("«Fix all» tries again what may go better and takes off what the server no longer has, and says so before")
    void fixing() {
        model.shown();
        assertThat(model.fixWords()).isEqualTo("Tries one again. Takes one off the list that the server no longer has.");
        QueueLine gone = model.active().stream().filter(d -> d.remedy() == Remedy.LET_GO).findFirst().orElseThrow();
        QueueLine changed = model.active().stream().filter(d -> d.remedy() == Remedy.RETRY).findFirst().orElseThrow();
        model.fixAll();
        time.pass();
        assertThat(model.row(gone.id())).isEmpty();
        assertThat(model.row(changed.id())).hasValueSatisfying(d -> assertThat(d.line().status()).isEqualTo(Status.PENDING));
        assertThat(model.fixWords()).isEmpty();
    }

    @Test
    @DisplayName("waiting rows move among those that wait; one step stops at both ends; what runs is no place to move to")
    void moving() {
        model.shown();
        List<QueueLine> line = model.active().stream().filter(QueueLine::movable).toList();
        QueueLine runs = model.active().stream().filter(d -> d.status() == Status.DOWNLOADING).findFirst().orElseThrow();
        model.step(line.getFirst(), -1);
        model.step(line.getLast(), 1);
        model.move(List.of(runs), Optional.of(line.getFirst()));
        model.move(List.of(line.getLast()), Optional.of(runs));
        assertThat(services.downloads.asked).isEmpty();
        model.step(line.getFirst(), 1);
        model.step(line.getLast(), -1);
        assertThat(services.downloads.asked).containsExactly(
                "move " + List.of(line.get(0).id()) + " before " + line.get(2).id(),
                "move " + List.of(line.getLast().id()) + " before " + line.get(line.size() - 2).id());
    }

    @Test
    @DisplayName("«Download now anyway» is offered for what hours, the network's price or the battery hold")
    void anyway() {
        model.shown();
        assertThat(model.anyHeld()).isTrue();
        QueueLine held = model.active().stream().filter(model::held).findFirst().orElseThrow();
        assertThat(model.row(held.id()).orElseThrow().reason()).hasValue(Download.Reason.METERED);
        model.downloadNow(List.of(held));
        assertThat(services.downloads.asked).containsExactly("now [" + held.id() + "]");
    }

    @Test
    @DisplayName("what changes without an event is read once for many changes, and not at all while the page is hidden")
    void read_again() {
        model.shown();
        List<QueueLine> line = model.active().stream().filter(d -> d.status() == Status.PENDING).toList();
        int before = services.downloads.reads;
        model.toTop(List.of(line.get(1)));
        model.toTop(List.of(line.get(2)));
        assertThat(services.downloads.reads).isEqualTo(before);
        time.pass();
        assertThat(services.downloads.reads).isEqualTo(before + 1);
        assertThat(model.active()).extracting(QueueLine::id).containsSubsequence(line.get(2).id(), line.get(1).id(), line.get(0).id());
        model.toTop(List.of(line.get(1)));
        model.hidden();
        model.toTop(List.of(line.get(0)));
        time.pass();
        assertThat(services.downloads.reads).isEqualTo(before + 1);
        model.shown();
        assertThat(model.active()).extracting(QueueLine::id).containsSubsequence(line.get(0).id(), line.get(1).id(), line.get(2).id());
    }

    @Test
    @DisplayName("what rows on screen say is read by id, once for many, and again when a row is not what it was; other rows are not read")
    void seenRows() {
        services.downloads.many(1000);
        model.shown();
        int before = services.downloads.reads;
        QueueLine waits = model.active().stream().filter(d -> d.status() == Status.PENDING).findFirst().orElseThrow();
        QueueLine runs = model.active().stream().filter(d -> d.status() == Status.DOWNLOADING).findFirst().orElseThrow();
        assertThat(model.seen(waits.id())).isEmpty();
        assertThat(model.seen(runs.id())).isEmpty();
        time.pass();
        assertThat(services.downloads.reads).isEqualTo(before + 1);
        assertThat(model.seen(waits.id()).orElseThrow().title()).isNotBlank();
        time.pass();
        assertThat(services.downloads.reads).as("as it was read").isEqualTo(before + 1);
        model.pause(waits);
        time.pass();
        assertThat(model.seen(waits.id()).orElseThrow().status()).as("until it is read again").isEqualTo(Status.PENDING);
        time.pass();
        assertThat(model.seen(waits.id()).orElseThrow().status()).isEqualTo(Status.PAUSED);
        assertThat(services.downloads.reads).isEqualTo(before + 2);
    }

    @Test
    @DisplayName("the list of what is done is read anew when another surface clears it")
    void clearedElsewhere() {
        model.shown();
        assertThat(model.completed()).hasSize(6);
        services.downloads.clearedElsewhere();
        time.pass();
        assertThat(model.completed()).isEmpty();
        assertThat(model.completedCount().get()).isZero();
        assertThat(model.active()).hasSize(9);
    }

    @Test
    void nothing_is_sampled_while_the_page_is_hidden() {
        model.shown();
        assertThat(time.again).hasSize(1);
        model.hidden();
        assertThat(time.again).isEmpty();
    }

    @Test
    void a_chip_narrows_the_list_and_the_place_in_line_counts_only_those_that_wait_for_their_turn() {
        model.shown();
        model.filter().set(Optional.of(Status.PENDING));
        assertThat(model.active()).hasSize(3);
        assertThat(model.active().stream().map(d -> model.placeInLine(d.id())).sorted().toList()).containsExactly(0, 0, 1);
    }

    @Test
    @DisplayName("4.19 what was to be deleted and stays is said with the playlist that keeps it, and «Undo» is for what goes")
    void kept() {
        model.shown();
        List<Download> done = services.downloads.find(model.completed().stream().map(QueueLine::id).toList()).join();
        services.downloads.playlists.put(done.get(0).key(), List.of("Road"));
        model.delete(done.subList(0, 1)).join();
        model.delete(done.subList(0, 2)).join();
        services.downloads.playlists.put(done.get(2).key(), List.of("Road"));
        model.delete(List.of(done.get(0), done.get(2))).join();
        services.downloads.playlists.put(done.get(2).key(), List.of("Home", "Road"));
        model.delete(List.of(done.get(0), done.get(2))).join();
        services.downloads.playlists.put(done.get(2).key(), List.of(""));
        model.delete(List.of(done.get(2))).join();
        model.delete(List.of(done.get(3), done.get(4))).join();
        assertThat(notices.said).containsExactly("«" + done.get(0).title() + "» stays, for the playlist «Road» keeps it",
                "«" + done.get(1).title() + "» is going from this computer. «" + done.get(0).title()
                        + "» stays, for the playlist «Road» keeps it",
                "2 tracks stay, for the playlist «Road» keeps them",
                "2 tracks stay, for playlists that are kept hold them",
                "«" + done.get(2).title() + "» stays, for playlists that are kept hold it",
                "2 tracks are going from this computer");
        assertThat(notices.offered).hasSize(2);
    }

    @Test
    @DisplayName("2.19 Clear completed leaves the files unless they are to go too")
    void clearing() {
        model.shown();
        model.clearCompleted(false);
        assertThat(model.completed()).isEmpty();
        assertThat(services.downloads.asked).hasSize(1);
    }

    @Test
    void a_list_that_cannot_be_read_is_a_state_not_an_exception() {
        services.downloads.failure = Optional.of(new Failure.Corrupt("The list"));
        model.shown();
        assertThat(model.state().get()).isEqualTo(new Asked.Failed<>(new Failure.Corrupt("The list")));
        services.downloads.failure = Optional.empty();
        model.again();
        assertThat(model.active()).hasSize(9);
    }

    @Test
    @DisplayName("2.18 each state has words of its own")
    void words() {
        model.shown();
        model.active().forEach(d -> assertThat(model.seen(d.id())).isEmpty());
        time.pass();
        var lines = model.active().stream().map(d -> model.seen(d.id()).orElseThrow())
                .map(d -> DownloadWords.line(d, model.running(d.id()), model.placeInLine(d.id()))).toList();
        assertThat(lines).doesNotHaveDuplicates().noneMatch(String::isBlank);
        assertThat(lines).contains("The server no longer has this track.", "waits for an unmetered network", "waiting, 1st in line",
                "tries again soon (2 of 3)");
    }

    private String waiting(Download.Reason reason, Failure why) {
        model.shown();
        services.downloads.hold(new Wait(reason, Optional.of(why), why.toString(), Optional.empty()));
        time.pass();
        return model.active().stream().filter(d -> d.status() == Status.PENDING).map(QueueLine::id).findFirst().map(id -> {
            model.seen(id);
            time.pass();
            return DownloadWords.line(model.seen(id).orElseThrow(), Optional.empty(), 0);
        }).orElseThrow();
    }

    @Test
    @DisplayName("issue 3 what waits for a drive, for a right, for another program or for space says which of them it is")
    void words_by_cause() {
        assertThat(waiting(Download.Reason.DISK, new Failure.StoreMissing("/media/usb"))).isEqualTo("waits for its drive");
        assertThat(waiting(Download.Reason.DISK, new Failure.NotWritable("/media/usb"))).isEqualTo("waits for a folder it may write to");
        assertThat(waiting(Download.Reason.DISK, new Failure.InUse("Granite"))).isEqualTo("waits for another program");
        assertThat(waiting(Download.Reason.DISK, new Failure.DiskFull("/media/usb", 5))).isEqualTo("waits for space on the disk");
        assertThat(waiting(Download.Reason.DISK, new Failure.Trouble("The folder", "I/O error"))).isEqualTo("waits for its disk");
        assertThat(waiting(Download.Reason.SERVER, new Failure.NotPermitted("to download"))).isEqualTo("waits for permission");
        assertThat(waiting(Download.Reason.SERVER, new Failure.ServerBusy("Home", Optional.empty())))
                .isEqualTo("waits, as the server asked");
    }

    @Test
    @DisplayName("issue 3 the details of what waits for its next try say what went wrong, and when that is")
    void next_try() {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        Instant soon = now.plusSeconds(42);
        model.shown();
        services.downloads.hold(new Wait(Download.Reason.RETRY, Optional.of(new Failure.Trouble("The connection broke", "reset")),
                "The connection broke: reset. Waxwing tries again by itself.", Optional.of(soon)));
        time.pass();
        long id = model.active().stream().filter(d -> d.status() == Status.PENDING).findFirst().orElseThrow().id();
        var facts = DownloadDrawer.factsOf(services.downloads.details(id).join().orElseThrow(), Optional.empty(), now);
        assertThat(facts).contains(
                new DownloadDrawer.Fact("What went wrong", "The connection broke: reset. Waxwing tries again by itself."),
                new DownloadDrawer.Fact("Next try",
                        DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).format(soon.atZone(ZoneId.systemDefault()))));
        assertThat(facts).extracting(DownloadDrawer.Fact::name).doesNotContain("What it needs");
    }

    @Test
    @DisplayName("issue 3 the details name the source, the path, the validator, the tries, other versions, and the speed while it runs")
    void facts() {
        model.shown();
        time.pass();
        long id = model.active().get(2).id();
        DownloadEngine.Details d = services.downloads.details(id).join().orElseThrow();
        var running = model.running(id);
        var facts = DownloadDrawer.factsOf(d, running, Instant.EPOCH);
        assertThat(facts).contains(new DownloadDrawer.Fact("Source", d.address().orElseThrow().toString()),
                new DownloadDrawer.Fact("Place", d.place().orElseThrow().toString()),
                new DownloadDrawer.Fact("Version known by", "Wed, 01 May 2024 10:00:00 GMT"),
                new DownloadDrawer.Fact("Tries", "2 times"),
                new DownloadDrawer.Fact("Speed", "2.1 MB/s"));
        assertThat(facts).extracting(DownloadDrawer.Fact::name).doesNotContain("Started again");
        var tagged = new DownloadEngine.Details(d.download(), Optional.empty(), Optional.of("\"v1\""), d.lastModified(), 0, 2,
                Optional.empty());
        var others = DownloadDrawer.factsOf(tagged, Optional.empty(), Instant.EPOCH);
        assertThat(others).contains(new DownloadDrawer.Fact("Version known by", "ETag \"v1\""));
        assertThat(others).extracting(DownloadDrawer.Fact::name).contains("Started again")
                .doesNotContain("Source", "Place", "Tries", "Speed");
        var nothing = new DownloadEngine.Details(d.download(), Optional.empty(), Optional.empty(), Optional.empty(), 1, 0,
                Optional.empty());
        assertThat(DownloadDrawer.factsOf(nothing, running, Instant.EPOCH)).anySatisfy(fact -> {
            assertThat(fact.name()).isEqualTo("Version known by");
            assertThat(fact.value()).isEqualTo(Texts.of("downloads.details.validator.none"));
        });
    }

    @ParameterizedTest
    @CsvSource({"1,1st", "2,2nd", "3,3rd", "4,4th", "11,11th", "12,12th", "13,13th", "22,22nd", "111,111th", "1001,'1,001st'"})
    void places_in_line(int n, String words) {
        assertThat(DownloadWords.ordinal(n)).isEqualTo(words);
    }

    @Test
    void the_graph_keeps_the_newest_samples() {
        var history = new SpeedHistory(3);
        for (long n = 1; n <= 5; n++) history.add(n);
        assertThat(history.all()).containsExactly(3, 4, 5);
        assertThat(history.peak()).isEqualTo(5);
        assertThat(history.steady()).isEqualTo(4);
    }
}
