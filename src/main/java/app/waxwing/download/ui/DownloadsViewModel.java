package app.waxwing.download.ui;

import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEngine.Activity;
import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.download.DownloadEngine.Sample;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.KeepSet;
import app.waxwing.download.QueueLine;
import app.waxwing.download.QueueRow;
import app.waxwing.kit.Fx;
import app.waxwing.parts.Asked;
import app.waxwing.parts.Conflated;
import app.waxwing.parts.Question;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import app.waxwing.kit.Notices;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// State and commands of the Downloads page (requirements 2.15 and 2.16): the rows of both tabs kept current by the engine's events, the figures sampled from
/// its activity. Belongs to the thread of its executor; works between [#shown] and [#hidden] only.
public final class DownloadsViewModel {
    /// The tabs.
    public enum Tab {
        ACTIVE, COMPLETED, HERE
    }

    static final List<Status> UNFINISHED = List.of(Status.FAILED, Status.DOWNLOADING, Status.PENDING, Status.PAUSED);
    private static final List<Status> ALL = List.of(Status.values());
    private static final Duration SAMPLE = Duration.ofMillis(200);
    private static final Activity IDLE = new Activity(List.of(), 0, 0, 0, 0, 0);

    private final DownloadEngine engine;
    private final Time time;
    private final Executor fx;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<Activity> activity = new ReadOnlyObjectWrapper<>(IDLE);
    private final ReadOnlyLongWrapper completedCount = new ReadOnlyLongWrapper();
    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.ACTIVE);
    private final ObjectProperty<Optional<Status>> filter = new SimpleObjectProperty<>(Optional.empty());
    private final ObservableList<QueueLine> active = FXCollections.observableArrayList();
    private final ObservableList<QueueLine> completed = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper laying = new ReadOnlyBooleanWrapper();
    private final SpeedHistory speed = new SpeedHistory(300);
    private final SeenRows seen;
    private final ReadOnlyObjectWrapper<Object> read = new ReadOnlyObjectWrapper<>(new Object());
    private final ConcurrentLinkedQueue<DownloadEvent> news = new ConcurrentLinkedQueue<>();
    private final Executor work;
    private final DownloadBook book = new DownloadBook();
    private final Conflated digest;
    private final Rereading rereading;
    private final Question<Both> question;
    private final Deletions deletions;
    private DownloadBook.Pages pages = DownloadBook.Pages.NONE;
    private Map<Long, Running> running = Map.of();
    private List<Sample> samples = List.of();
    private Subscription ends = () -> {};

    /// All that both tabs hold.
    ///
    /// @param asked when, as the book counts
    public record Both(long asked, List<QueueRow> rows) {}

    /// @param work one task after the other, off the FX thread: there thousands of rows are put in order
    public DownloadsViewModel(DownloadEngine engine, KeepSet keep, Time time, Executor fx, Executor work, Notices notices) {
        this.work = work;
        this.engine = engine;
        this.time = time;
        this.fx = fx;
        this.notices = notices;
        deletions = new Deletions(engine, keep, fx, notices, this::again);
        digest = new Conflated(time, work, SAMPLE, this::digest);
        rereading = new Rereading(engine, time, work, book, this::told, this::show, () -> fx.execute(this::again));
        seen = new SeenRows(engine, time, fx, () -> read.set(new Object()));
        question = new Question<>(fx, () -> CompletableFuture.supplyAsync(this::asked, work)
                .thenCompose(at -> engine.rows(ALL).thenApply(rows -> new Both(at, rows))));
        question.state().addListener((o, was, is) -> {
            if (is instanceof Asked.Here<Both>(Both both)) work.execute(() -> take(both));
        });
        filter.addListener((o, was, is) -> lay());
    }

    // What the page shows

    public ReadOnlyObjectProperty<Asked<Both>> state() {
        return question.state();
    }

    /// Newest figures; changes 5 times a second while something runs.
    public ReadOnlyObjectProperty<Activity> activity() {
        return activity.getReadOnlyProperty();
    }

    public ReadOnlyLongProperty completedCount() {
        return completedCount.getReadOnlyProperty();
    }

    public ObjectProperty<Tab> tab() {
        return tab;
    }

    /// The chip that is pressed: only rows of this status on the Active tab.
    public ObjectProperty<Optional<Status>> filter() {
        return filter;
    }

    /// Failed first, then what runs, waits and is paused; inside a group in the order of the engine.
    public ObservableList<QueueLine> active() {
        return active;
    }

    /// Newest first.
    public ObservableList<QueueLine> completed() {
        return completed;
    }

    /// While both lists change: rows that are taken out may come in again elsewhere.
    ReadOnlyBooleanProperty laying() {
        return laying.getReadOnlyProperty();
    }

    public SpeedHistory speed() {
        return speed;
    }

    public Optional<Running> running(long id) {
        return Optional.ofNullable(running.get(id));
    }

    public Optional<QueueRow> row(long id) {
        return pages.byId().find(id);
    }

    /// All there is to show of a row that is seen, as it was read last; what is not known yet comes soon, and [#read] tells.
    public Optional<Download> seen(long id) {
        return row(id).flatMap(seen::of);
    }

    /// Another object whenever rows that are seen were read.
    ReadOnlyObjectProperty<Object> read() {
        return read.getReadOnlyProperty();
    }

    /// One download as it is now, for what is done with it.
    void with(QueueLine line, Consumer<Download> act) {
        Fx.on(fx, engine.find(List.of(line.id())), found -> found.forEach(act), why -> notices.failed(FailureWords.sentence(why)));
    }

    /// Place among those that wait for their turn, from 1; 0 for any other.
    public int placeInLine(long id) {
        return row(id).map(row -> pages.line().place(row.line())).orElse(0);
    }

    /// Several servers take turns, so that rows do not come in the order in which they stand.
    public boolean turns() {
        return pages.line().turns();
    }

    public int count(Status status) {
        return pages.counts().getOrDefault(status, 0);
    }

    public int unfinishedCount() {
        return pages.unfinished().size();
    }

    /// What is still to come, guessed where nobody knows it. With thousands of rows this is asked five times a second.
    public Remaining remaining() {
        return Remaining.of(pages.toCome(), samples, running.values(), this::row, speed.steady());
    }

    /// Why things failed: each sentence with how many times, the most frequent first.
    public List<Map.Entry<String, Integer>> failures() {
        return failed().sentences();
    }

    // What the page does

    /// The page came into view: read everything once, then follow.
    public void shown() {
        hidden();
        Subscription events = engine.events().subscribe(event -> {
            if (event.kind() == DownloadEvent.Kind.PROGRESS) return;
            news.add(event);
            digest.wish();
        });
        ends = events.and(rereading.follow()).and(time.every(SAMPLE, () -> fx.execute(this::sample)));
        again();
        sample();
    }

    public void hidden() {
        ends.close();
        ends = () -> {};
    }

    public void again() {
        question.ask();
        Fx.on(fx, engine.samples(), found -> samples = found, why -> samples = List.of());
    }

    public void pause(QueueLine d) {
        engine.pause(List.of(d.id()));
    }

    public void resume(QueueLine d) {
        engine.resume(List.of(d.id()));
    }

    public void cancel(QueueLine d) {
        engine.cancel(List.of(d.id()));
    }

    /// Deletes files, and says what became of them and how to take that back (4.19).
    public CompletableFuture<Void> delete(List<Download> downloads) {
        return deletions.delete(downloads);
    }

    public CompletableFuture<Void> deleteLines(List<QueueLine> lines) {
        return engine.find(ids(lines)).thenCompose(deletions::delete);
    }

    public void retry(QueueLine d) {
        engine.retry(List.of(d.id()));
    }

    public void pauseAll() {
        engine.pauseAll();
    }

    public void resumeAll() {
        engine.resumeAll();
    }

    /// For each failed one what may help: another try, or letting go of what the server no longer has.
    public void fixAll() {
        failed().fix(engine);
    }

    /// What [#fixAll] will do, before it does it.
    public String fixWords() {
        return failed().words();
    }

    private FailedOnes failed() {
        return FailedOnes.of(pages.unfinished());
    }

    /// Hours, the network's price and the battery hold these no more.
    public void downloadNow(List<QueueLine> downloads) {
        engine.downloadNow(ids(downloads));
    }

    public void downloadAllNow() {
        engine.downloadAllNow();
    }

    /// Some wait for what the user may overrule.
    public boolean anyHeld() {
        return pages.held();
    }

    boolean held(QueueLine d) {
        return row(d.id()).filter(QueueRow::held).isPresent();
    }

    public void toTop(List<QueueLine> downloads) {
        engine.toTop(ids(downloads));
    }

    /// Puts waiting downloads right before another one; behind all others where there is none.
    public void move(List<QueueLine> downloads, Optional<QueueLine> before) {
        List<Long> ids = ids(downloads.stream().filter(QueueLine::movable).toList());
        if (ids.isEmpty() || before.filter(b -> ids.contains(b.id()) || !b.movable()).isPresent()) return;
        engine.move(ids, before.map(b -> OptionalLong.of(b.id())).orElse(OptionalLong.empty()));
    }

    /// One step up or down among those that can be moved.
    public void step(QueueLine d, int by) {
        List<QueueLine> line = active.stream().filter(QueueLine::movable).toList();
        int at = line.indexOf(d);
        if (at < 0 || at + by < 0 || at + by >= line.size()) return;
        int to = by < 0 ? at + by : at + by + 1;
        // Behind the last that waits comes one that is paused, whose place in the queue may be anywhere.
        boolean last = to == line.size() || by > 0 && line.get(to).status() != line.get(to - 1).status();
        move(List.of(d), last ? Optional.empty() : Optional.of(line.get(to)));
    }

    private static List<Long> ids(List<QueueLine> downloads) {
        return downloads.stream().map(QueueLine::id).toList();
    }

    /// Requirement 2.19: empties the list; the files stay unless the user wants them gone too.
    public void clearCompleted(boolean deleteFiles) {
        List<QueueLine> all = pages.finished();
        CompletableFuture<Void> first = deleteFiles && !all.isEmpty() ? deleteLines(all) : CompletableFuture.completedFuture(null);
        first.thenCompose(x -> engine.clearCompleted()).whenComplete((x, trouble) -> fx.execute(this::again));
    }

    // How it is done

    /// What was told before is older than what is read now.
    private long asked() {
        told();
        return book.asked();
    }

    private void take(Both both) {
        book.take(both);
        told();
        show();
    }

    /// What the engine told since the last time; by itself five times a second at most.
    void digestNow() {
        work.execute(this::digest);
    }

    private void digest() {
        if (told()) show();
    }

    private boolean told() {
        boolean changed = false;
        for (DownloadEvent event; (event = news.poll()) != null; changed = true) book.told(event);
        return changed;
    }

    private void show() {
        DownloadBook.Pages now = book.pages();
        fx.execute(() -> {
            pages = now;
            lay();
        });
    }

    private void lay() {
        laying.set(true);
        RowChanges.lay(active, filter.get().map(s -> pages.unfinished().stream().filter(d -> s == d.status()).toList())
                .orElse(pages.unfinished()));
        RowChanges.lay(completed, pages.finished());
        completedCount.set(pages.finished().size());
        laying.set(false);
    }

    private void sample() {
        Activity now = engine.activity();
        Map<Long, Running> byId = new HashMap<>();
        now.running().forEach(r -> byId.put(r.id(), r));
        running = byId;
        if (now.bytesPerSecond() > 0 || speed.peak() > 0) speed.add(now.bytesPerSecond());
        activity.set(now);
    }

    /// Ids of what is being fetched, for marks elsewhere on the page.
    public Map<ItemKey, Running> runningByItem() {
        Map<ItemKey, Running> byItem = new HashMap<>();
        running.values().forEach(r -> byItem.put(r.key(), r));
        return byItem;
    }
}
