package app.waxwing.testing.ui;

import app.waxwing.base.Events;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.KeepSet;
import app.waxwing.download.LimitChoice;
import app.waxwing.download.Limits;
import app.waxwing.download.Measure;
import app.waxwing.download.QueueChange;
import app.waxwing.download.QueueRow;
import app.waxwing.download.Wait;
import app.waxwing.library.Album;
import app.waxwing.library.Availability;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A download queue that fetches nothing: rows as in the pictures, verbs that change their status.
public final class FakeDownloads implements DownloadEngine, KeepSet {
    private final Events<DownloadEvent> events = new Events<>();
    private final Events<QueueChange> changes = new Events<>();
    private final List<Download> rows = new ArrayList<>();
    private final SampleMusic music;
    public final List<String> asked = new ArrayList<>();
    /// What checks of the files end with, one after the other; none = all is well.
    public final List<CompletableFuture<VerifyReport>> reports = new ArrayList<>();
    public volatile Optional<Checking> checking = Optional.empty();
    public final FakeFolders folders = new FakeFolders();
    /// What its source no longer holds; none unless a test puts some here.
    public final List<Left> left = new ArrayList<>();
    /// What keeps files beside the sample's own; none unless a test puts some here.
    public final List<Source> moreSources = new ArrayList<>();
    public Optional<app.waxwing.base.Failure> failure = Optional.empty();
    public Optional<String> unknownNetwork = Optional.empty();
    /// What was said of the network of now.
    public Optional<Priced> network = Optional.empty();
    /// What kept playlists hold, by track; none unless a test puts some here.
    public final Map<ItemKey, List<String>> playlists = new HashMap<>();
    /// What was to be kept, as `kind id quality`.
    public final List<String> kept = new ArrayList<>();
    /// What pages were asked for.
    public final List<Filter> filters = new ArrayList<>();
    /// How often rows were read.
    public int reads;
    private final LimitChoice choice = LimitChoice.of(Limits.USUAL);

    public FakeDownloads(SampleMusic music) {
        this.music = music;
        if (music.albums.isEmpty()) return;
        running("Night Train to Lund", 7, 0.62, Origin.USER);
        running("冬の灯", 0, 0.18, Origin.QUEUE);
        running("Violet Hours", 0, 0.88, Origin.ALBUM);
        row(track("Low Orbit", 1), Status.PENDING, Optional.of(Reason.METERED), Origin.USER, 0, Optional.empty());
        row(track("Saltwater Hymns", 2), Status.PENDING, Optional.of(Reason.SLOT), Origin.PLAYLIST, 0, Optional.empty());
        row(track("Granite", 3), Status.PAUSED, Optional.empty(), Origin.USER, 0.41, Optional.empty());
        row(track("Signals", 1), Status.PENDING, Optional.of(Reason.RETRY), Origin.PLAYLIST, 0, Optional.empty());
        row(track("Understory", 2), Status.FAILED, Optional.empty(), Origin.USER, 0.2, Optional.of("The server no longer has this track."));
        row(track("Understory", 3), Status.FAILED, Optional.empty(), Origin.USER, 0,
                Optional.of("It was changed on the server while it came."));
        for (int i = 0; i < 6; i++) {
            row(track("Field Notes", i), Status.COMPLETED, Optional.empty(), Origin.USER, 1, Optional.empty());
        }
    }

    private Track track(String album, int n) {
        return music.tracksOf(music.album(album).key()).get(n);
    }

    private void running(String album, int n, double part, Origin origin) {
        row(track(album, n), Status.DOWNLOADING, Optional.empty(), origin, part, Optional.empty());
    }

    private void row(Track t, Status status, Optional<Reason> reason, Origin origin, double part, Optional<String> error) {
        long size = t.size().orElse(30_000_000);
        boolean named = !unnamed || status != Status.PENDING;
        boolean done = status == Status.COMPLETED;
        rows.add(new Download(rows.size() + 1L, t.key(), t.title(), t.artist(), t.album(), status,
                reason.map(r -> new Wait(r, "another download to end", Optional.empty())),
                origin == Origin.USER || origin == Origin.PLAYLIST ? 1 : 2, 0,
                rows.size(), false, origin, (long) (size * part),
                named ? OptionalLong.of(size) : OptionalLong.empty(),
                part, done ? Optional.of(Path.of("/music").resolve(t.title() + ".flac")) : Optional.empty(),
                Optional.of("audio/flac"), "original", reason.filter(r -> r == Reason.RETRY).isPresent() ? 2 : 0, error,
                error.isEmpty() ? Download.Remedy.NONE : error.get().contains("no longer") ? Download.Remedy.LET_GO : Download.Remedy.RETRY,
                SampleMusic.NOW,
                Optional.of(SampleMusic.NOW), done ? Optional.of(SampleMusic.NOW) : Optional.empty(), Optional.empty(),
                new Measure("lossless", t.duration().map(java.time.Duration::toMillis).orElse(200_000L))));
    }

    /// Of rows that come from now on nobody knows the size before they run.
    public boolean unnamed;

    /// More waiting rows, as an artist with everything brings them.
    public void many(int count) {
        for (int i = 0; i < count; i++) {
            row(music.tracks.get(i % music.tracks.size()), Status.PENDING, Optional.of(Reason.SLOT), Origin.USER, 0, Optional.empty());
        }
    }

    /// These are of another account, and that of another server.
    public void ofAnother(Predicate<Download> which) {
        rows.replaceAll(d -> !which.test(d)
                ? d
                : new Download(d.id(), new ItemKey(2, d.key().id()), d.title(), d.artist(), d.album(), d.status(), d.waits(), d.rank(),
                        d.priority(),
                        d.place(), d.anyway(), d.origin(), d.bytesDownloaded(), d.size(), d.progress(), d.path(), d.mimeType(), d.quality(),
                        d.retryCount(), d.error(), d.remedy(), d.queuedAt(), d.startedAt(), d.completedAt(), d.sha256(), d.measure()));
        changes.publish(QueueChange.ALL);
    }

    private CompletableFuture<Void> change(Predicate<Download> which, DownloadEvent.Kind kind, UnaryOperator<Download> how) {
        asked.add(kind.word());
        rows.replaceAll(d -> {
            if (!which.test(d)) return d;
            Download next = how.apply(d);
            events.publish(new DownloadEvent(kind, Instant.EPOCH, next));
            return next;
        });
        return CompletableFuture.completedFuture(null);
    }

    private static UnaryOperator<Download> to(Status status) {
        return d -> new Download(d.id(), d.key(), d.title(), d.artist(), d.album(), status,
                status == Status.PENDING
                        ? Optional.of(new Wait(Reason.SLOT, "another download to end", Optional.empty()))
                        : Optional.empty(),
                d.rank(), d.priority(), d.place(), d.anyway(), d.origin(),
                d.bytesDownloaded(), d.size(), d.progress(), d.path(), d.mimeType(), d.quality(), d.retryCount(), Optional.empty(),
                Download.Remedy.NONE, d.queuedAt(),
                d.startedAt(), d.completedAt(), d.sha256(), d.measure());
    }

    /// Every one that waits does so for this.
    public void hold(Wait wait) {
        rows.replaceAll(d -> d.status() != Status.PENDING
                ? d
                : new Download(d.id(), d.key(), d.title(), d.artist(), d.album(), d.status(),
                        Optional.of(wait), d.rank(), d.priority(), d.place(), d.anyway(), d.origin(), d.bytesDownloaded(), d.size(),
                        d.progress(),
                        d.path(), d.mimeType(), d.quality(), d.retryCount(), d.error(), d.remedy(), d.queuedAt(), d.startedAt(),
                        d.completedAt(),
                        d.sha256(), d.measure()));
        changes.publish(QueueChange.ALL);
    }

    /// An event of any download, such as from behind.
    public void tell(DownloadEvent.Kind kind) {
        events.publish(new DownloadEvent(kind, Instant.EPOCH, rows.getFirst()));
    }

    public void tell(DownloadEvent event) {
        events.publish(event);
    }

    public void tell(QueueChange change) {
        changes.publish(change);
    }

    private CompletableFuture<Void> drop(Predicate<Download> which, DownloadEvent.Kind kind) {
        asked.add(kind.word());
        List<Download> gone = rows.stream().filter(which).toList();
        rows.removeAll(gone);
        gone.forEach(d -> events.publish(new DownloadEvent(kind, Instant.EPOCH, d)));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> start() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<List<Long>> enqueue(Collection<ItemKey> tracks, Origin origin, int priority, String quality) {
        asked.add("enqueue");
        for (ItemKey key : tracks) {
            music.tracks.stream().filter(t -> t.key().equals(key)).findFirst().ifPresent(t -> {
                row(t, Status.PENDING, Optional.of(Reason.SLOT), origin, 0, Optional.empty());
                events.publish(new DownloadEvent(DownloadEvent.Kind.QUEUED, Instant.EPOCH, rows.getLast()));
            });
        }
        return CompletableFuture.completedFuture(tracks.stream()
                .flatMap(key -> rows.reversed().stream().filter(d -> d.key().equals(key)).map(Download::id).limit(1)).toList());
    }

    @Override
    public CompletableFuture<Void> pause(Collection<Long> ids) {
        return change(d -> ids.contains(d.id()), DownloadEvent.Kind.PAUSED, to(Status.PAUSED));
    }

    @Override
    public CompletableFuture<Void> resume(Collection<Long> ids) {
        return change(d -> ids.contains(d.id()), DownloadEvent.Kind.RESUMED, to(Status.PENDING));
    }

    @Override
    public CompletableFuture<Void> cancel(Collection<Long> ids) {
        return drop(d -> ids.contains(d.id()), DownloadEvent.Kind.CANCELLED);
    }

    @Override
    public CompletableFuture<Void> retry(Collection<Long> ids) {
        return change(d -> ids.contains(d.id()), DownloadEvent.Kind.QUEUED, to(Status.PENDING));
    }

    @Override
    public CompletableFuture<Void> delete(Collection<Long> ids) {
        return drop(d -> ids.contains(d.id()) && !playlists.containsKey(d.key()), DownloadEvent.Kind.DELETED);
    }

    @Override
    public CompletableFuture<Void> pauseAll() {
        return change(d -> d.status() == Status.PENDING || d.status() == Status.DOWNLOADING, DownloadEvent.Kind.PAUSED, to(Status.PAUSED));
    }

    @Override
    public CompletableFuture<Void> resumeAll() {
        return change(d -> d.status() == Status.PAUSED, DownloadEvent.Kind.RESUMED, to(Status.PENDING));
    }

    @Override
    public CompletableFuture<Void> clearCompleted() {
        return drop(d -> d.status() == Status.COMPLETED, DownloadEvent.Kind.DELETED);
    }

    /// The same from the command line, of which there is no event for each.
    public void clearedElsewhere() {
        rows.removeIf(d -> d.status() == Status.COMPLETED);
        changes.publish(QueueChange.FINISHED);
    }

    @Override
    public CompletableFuture<Void> priority(long id, int priority) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> move(List<Long> ids, OptionalLong before) {
        asked.add("move " + ids + (before.isPresent() ? " before " + before.getAsLong() : ""));
        List<Download> moving = ids.stream().flatMap(id -> rows.stream().filter(d -> d.id() == id)).toList();
        rows.removeAll(moving);
        int at = before.isPresent() ? rows.indexOf(rows.stream().filter(d -> d.id() == before.getAsLong()).findFirst().orElse(null)) : -1;
        rows.addAll(at < 0 ? rows.size() : at, moving);
        return placed();
    }

    /// Each stands where the list has it, of which there is no event.
    private CompletableFuture<Void> placed() {
        rows.replaceAll(d -> new Download(d.id(), d.key(), d.title(), d.artist(), d.album(), d.status(), d.waits(), d.rank(), d.priority(),
                rows.indexOf(d), d.anyway(), d.origin(), d.bytesDownloaded(), d.size(), d.progress(), d.path(), d.mimeType(), d.quality(),
                d.retryCount(), d.error(), d.remedy(), d.queuedAt(), d.startedAt(), d.completedAt(), d.sha256(), d.measure()));
        changes.publish(QueueChange.ALL);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> toTop(List<Long> ids) {
        asked.add("top " + ids);
        List<Download> moving = ids.stream().flatMap(id -> rows.stream().filter(d -> d.id() == id)).toList();
        rows.removeAll(moving);
        rows.addAll(0, moving);
        return placed();
    }

    @Override
    public CompletableFuture<Void> downloadNow(Collection<Long> ids) {
        asked.add("now " + ids);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> downloadAllNow() {
        asked.add("all now");
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Limits limits() {
        return choice.limits();
    }

    @Override
    public void limits(Limits limits) {
        choice.choose(limits);
    }

    @Override
    public Events<Limits> limitChanges() {
        return choice.changes();
    }

    @Override
    public Optional<Priced> network() {
        return unknownNetwork.map(n -> new Priced(n, true, false)).or(() -> network);
    }

    @Override
    public CompletableFuture<Void> networkCosts(String network, boolean costs) {
        asked.add(network + (costs ? " costs" : " is free"));
        unknownNetwork = Optional.empty();
        this.network = Optional.of(new Priced(network, costs, true));
        return CompletableFuture.completedFuture(null);
    }

    /// What the system says of itself.
    public Senses senses = new Senses(true, true);

    @Override
    public Senses senses() {
        return senses;
    }

    /// What accounts' files take.
    public List<Stored> stored = List.of(new Stored(1, 6_000_000_000L, 180, 900_000_000L, 31));

    @Override
    public CompletableFuture<List<Stored>> stored() {
        return CompletableFuture.completedFuture(stored);
    }

    /// Why nothing can be kept now.
    public Optional<app.waxwing.base.Failure> away = Optional.empty();

    @Override
    public CompletableFuture<Long> free() {
        return away.<CompletableFuture<Long>>map(why -> CompletableFuture.failedFuture(why.asException()))
                .orElseGet(() -> CompletableFuture.completedFuture(61_000_000_000L));
    }

    @Override
    public CompletableFuture<DownloadPage> list(Filter filter, int offset, int limit) {
        reads++;
        if (failure.isPresent()) return CompletableFuture.failedFuture(failure.get().asException());
        filters.add(filter);
        List<Download> all = rows.stream().filter(d -> filter.statuses().isEmpty() || filter.statuses().contains(d.status()))
                .filter(d -> filter.tracks().isEmpty() || filter.tracks().get().contains(d.key())).toList();
        int to = limit == 0 ? all.size() : Math.min(all.size(), offset + limit);
        return CompletableFuture.completedFuture(new DownloadPage(offset >= all.size() ? List.of() : all.subList(offset, to), all.size()));
    }

    @Override
    public CompletableFuture<List<QueueRow>> rows(Collection<Status> statuses) {
        reads++;
        if (failure.isPresent()) return CompletableFuture.failedFuture(failure.get().asException());
        return CompletableFuture.completedFuture(rows.stream().filter(d -> statuses.contains(d.status())).map(QueueRow::of).toList());
    }

    /// Finished files of no list.
    public List<Sample> samples = List.of();

    @Override
    public CompletableFuture<List<Sample>> samples() {
        return CompletableFuture.completedFuture(samples);
    }

    @Override
    public CompletableFuture<Optional<Details>> details(long id) {
        return CompletableFuture.completedFuture(rows.stream().filter(d -> d.id() == id).findFirst()
                .map(d -> new Details(d, Optional.of(URI.create("https://music.example.org/Items/" + d.key().id() + "/Download")),
                        Optional.empty(), Optional.of("Wed, 01 May 2024 10:00:00 GMT"), 2, 0,
                        Optional.of(Path.of("/music/" + d.artist() + "/" + d.album() + "/" + d.title() + ".flac")))));
    }

    @Override
    public CompletableFuture<List<Download>> byItem(ItemKey track) {
        return CompletableFuture.completedFuture(rows.stream().filter(d -> d.key().equals(track)).toList());
    }

    private int count(Status status) {
        return (int) rows.stream().filter(d -> d.status() == status).count();
    }

    @Override
    public Activity activity() {
        long[] speeds = {2_100_000, 4_400_000, 3_300_000};
        var running = new ArrayList<Running>();
        for (Download d : rows) {
            if (d.status() == Status.DOWNLOADING) {
                running.add(new Running(d.id(), d.key(), d.bytesDownloaded(), d.size().orElse(-1), speeds[running.size() % 3]));
            }
        }
        return new Activity(running, count(Status.PENDING), count(Status.PAUSED), count(Status.FAILED), count(Status.COMPLETED),
                running.stream().mapToLong(Running::bytesPerSecond).sum());
    }

    @Override
    public Events<DownloadEvent> events() {
        return events;
    }

    @Override
    public Events<DownloadEvent> fetches() {
        return events;
    }

    @Override
    public Events<QueueChange> changes() {
        return changes;
    }

    @Override
    public CompletableFuture<List<Download>> find(Collection<Long> ids) {
        reads++;
        return CompletableFuture.completedFuture(rows.stream().filter(d -> ids.contains(d.id())).toList());
    }

    @Override
    public CompletableFuture<VerifyReport> verify(boolean repair) {
        asked.add(repair ? "repair" : "verify");
        return reports.isEmpty()
                ? CompletableFuture
                        .completedFuture(
                                new VerifyReport(count(Status.COMPLETED), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
                                        0))
                : reports.removeFirst();
    }

    @Override
    public Optional<Checking> checking() {
        return checking;
    }

    @Override
    public void close() {}

    @Override
    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority, String quality) {
        kept.add(kind.word() + " " + key.id() + " " + quality);
        List<ItemKey> keys = members(key).stream().filter(t -> t.availability() != Availability.LOCAL).map(Track::key).toList();
        return enqueue(keys, Origin.USER, priority, quality).thenApply(_ -> keys.size());
    }

    @Override
    public CompletableFuture<Integer> release(ItemKind kind, ItemKey key) {
        asked.add("release");
        return CompletableFuture.completedFuture(members(key).size());
    }

    @Override
    public CompletableFuture<List<Source>> sources() {
        if (failure.isPresent()) return CompletableFuture.failedFuture(failure.get().asException());
        List<Source> sources = new ArrayList<>();
        for (Album album : music.albums) {
            if (album.availability() != Availability.LOCAL) continue;
            sources.add(new Source(album.key().account(), ItemKind.ALBUM, Optional.of(album.key()), album.title(), album.artist(),
                    album.trackCount(), album.trackCount(), 31_000_000L * album.trackCount()));
        }
        if (!sources.isEmpty()) sources.add(new Source(1, ItemKind.TRACK, Optional.empty(), "", "", 14, 12, 402_000_000));
        sources.addAll(moreSources);
        return CompletableFuture.completedFuture(sources);
    }

    @Override
    public CompletableFuture<Map<ItemKey, List<String>>> playlists(Collection<ItemKey> tracks) {
        return CompletableFuture.completedFuture(Map.copyOf(playlists));
    }

    @Override
    public CompletableFuture<Map<ItemKey, List<Holder>>> holders(Collection<ItemKey> tracks) {
        return CompletableFuture.completedFuture(Map.of());
    }

    @Override
    public CompletableFuture<Boolean> kept(ItemKind kind, ItemKey key) {
        return CompletableFuture.completedFuture(false);
    }

    @Override
    public CompletableFuture<Integer> releaseAll() {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletableFuture<KeepState> state(ItemKind kind, ItemKey key) {
        List<Track> tracks = members(key);
        int completed = (int) tracks.stream().filter(t -> t.availability() == Availability.LOCAL).count();
        Predicate<Download> mine = d -> tracks.stream().anyMatch(t -> t.key().equals(d.key()));
        int running = (int) rows.stream().filter(mine).filter(d -> d.status() == Status.DOWNLOADING).count();
        int waiting = (int) rows.stream().filter(mine).filter(d -> d.status() == Status.PENDING).count();
        int paused = (int) rows.stream().filter(mine).filter(d -> d.status() == Status.PAUSED).count();
        int failed = (int) rows.stream().filter(mine).filter(d -> d.status() == Status.FAILED).count();
        int wanted = completed + running + waiting + paused + failed;
        return CompletableFuture.completedFuture(new KeepState(tracks.size(), wanted, completed, running, paused, failed,
                wanted == 0 ? 0 : (completed + 0.5 * running) / wanted));
    }

    private List<Track> members(ItemKey key) {
        return music.members.getOrDefault(key, music.tracks.stream().filter(t -> t.key().equals(key)).toList());
    }

    @Override
    public CompletableFuture<Integer> keep(ItemKind kind, ItemKey key, int priority) {
        return keep(kind, key, priority, "original");
    }

    @Override
    public CompletableFuture<Integer> follow() {
        return CompletableFuture.completedFuture(0);
    }

    @Override
    public CompletableFuture<List<Left>> noLongerIn() {
        return CompletableFuture.completedFuture(List.copyOf(left));
    }

    @Override
    public CompletableFuture<Integer> keepLeft(Collection<ItemKey> tracks) {
        return answered("keep left", tracks);
    }

    @Override
    public CompletableFuture<Integer> removeLeft(Collection<ItemKey> tracks) {
        return answered("remove left", tracks);
    }

    private CompletableFuture<Integer> answered(String verb, Collection<ItemKey> tracks) {
        asked.add(verb);
        int before = left.size();
        left.removeIf(l -> tracks.contains(l.track()));
        return CompletableFuture.completedFuture(before - left.size());
    }

    @Override
    public FakeFolders folders() {
        return folders;
    }
}
