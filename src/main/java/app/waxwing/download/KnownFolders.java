package app.waxwing.download;

import app.waxwing.base.Events;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Mailbox;
import app.waxwing.base.Subscription;
import app.waxwing.base.Time;
import app.waxwing.library.MediaFiles.Root;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The media folders that are known, and which of them is chosen. What the settings say counts when the user changed it; what a move made of it
/// counts when the settings had no time to follow.
final class KnownFolders implements MediaFolders {
    private static final Logger LOG = LoggerFactory.getLogger(KnownFolders.class);
    private final Roots roots;
    private final Disk disk;
    private final FolderRows rows;
    private final Moving moving;
    private final Path configured;
    private final Consumer<Path> chosen;
    private final Mailbox files;
    private final Mailbox mover = Mailbox.start("mover");
    private final boolean windows = System.getProperty("os.name", "").toLowerCase(java.util.Locale.ROOT).startsWith("windows");
    private final Events<MediaFolders> changes = new Events<>();
    private volatile Optional<MoveEnd> last = Optional.empty();
    private volatile boolean busy;
    private volatile boolean begun;
    /// Folders whose move waits for a drive: it goes on when both are there.
    private final Set<Root> waiting = ConcurrentHashMap.newKeySet();
    private final Time time;
    private final Duration recheck;
    private Subscription watch = () -> {};
    private Watcher watcher = back -> {};

    /// @param configured where the settings say that kept music goes
    /// @param chosen remembers another choice there, durably
    /// @param recheck how often drives are looked at
    KnownFolders(Roots roots, Disk disk, FolderRows rows, Moving moving, Path configured, Consumer<Path> chosen, Mailbox files,
            Time time, Duration recheck) {
        this.time = time;
        this.recheck = recheck;
        this.roots = roots;
        this.disk = disk;
        this.rows = rows;
        this.moving = moving;
        this.configured = configured.toAbsolutePath().normalize();
        this.chosen = chosen;
        this.files = files;
    }

    /// Told on thread `files` each time that drives were looked at.
    interface Watcher {
        /// @param back whether one is back that was away
        void looked(boolean back);
    }

    /// Before the start.
    void watched(Watcher by) {
        watcher = by;
    }

    /// Blocks on the disk, on thread `files`: brings the table in line with the settings and with what the disks say.
    void open() {
        roots.openCache();
        List<FolderRows.Row> known = rows.first().join();
        List<FolderRows.Row> now = settled(known) ? known : rows.all().join();
        roots.know(now);
        look(now);
    }

    /// Whether the table said already what the settings say; now it does.
    private boolean settled(List<FolderRows.Row> known) {
        FolderRows.Row standard = standard(known);
        if (standard.path().isEmpty()) rows.place(standard.id(), configured, first(configured, standard)).join();
        else if (!standard.path().get().equals(configured)) another(known, standard);
        else if (standard.marker().isEmpty()) rows.place(standard.id(), configured, roots.opened(configured)).join();
        else return true;
        return false;
    }

    /// The folder of a first start; one that was known before folders had rows is not made anew when it is not there.
    private long first(Path folder, FolderRows.Row row) {
        return row.marker().isPresent() ? row.marker().getAsLong() : roots.opened(folder);
    }

    /// The settings name another folder than the last run used.
    private void another(List<FolderRows.Row> known, FolderRows.Row standard) {
        Optional<FolderRows.Row> named = known.stream().filter(r -> r.path().equals(Optional.of(configured))).findFirst();
        if (named.isPresent()) {
            if (named.get().transit().filter(t -> t.to().equals(standard.root())).isPresent()) {
                standard.path().ifPresent(chosen); // a move was killed between its commit and the settings
            } else {
                rows.makeDefault(named.get().id()).join();
            }
            return;
        }
        var marker = Roots.marker(configured);
        Optional<FolderRows.Row> carried = known.stream().filter(r -> marker.isPresent() && r.marker().equals(marker)).findFirst();
        if (carried.isPresent()) {
            LOG.info("the music folder {} is now at {}", carried.get().path().orElse(configured), configured);
            rows.place(carried.get().id(), configured, marker.getAsLong()).join();
            rows.makeDefault(carried.get().id()).join();
        } else {
            LOG.info("new downloads go to {}; what is elsewhere stays there", configured);
            rows.makeDefault(rows.add(configured, roots.opened(configured)).join()).join();
        }
    }

    /// Thread `files`, once in a while: has a drive gone or come back?
    void look() {
        look(rows.all().join());
    }

    private void look(List<FolderRows.Row> known) {
        boolean changed = false;
        boolean back = false;
        // Moves begin on this thread: one that is not under way now is none until the end of this look.
        boolean calm = begun && !busy;
        for (FolderRows.Row row : known) {
            if (row.path().isEmpty()) continue;
            Optional<Boolean> looked = missing(row);
            if (looked.isEmpty()) continue;
            boolean missing = looked.get();
            if (calm && !busy) row.transit().ifPresent(t -> goOn(row.root(), t, missing || roots.missing(t.to())));
            if (missing == row.missing()) continue;
            LOG.info("{} {}", row.path().get(), missing ? "is not there; its music waits for it" : "is back");
            rows.missing(row.id(), missing).join();
            changed = true;
            back |= !missing;
        }
        if (changed) changes.publish(this);
        if (begun) watcher.looked(back);
    }

    /// Empty for a folder that a move gave up since its row was read.
    private Optional<Boolean> missing(FolderRows.Row row) {
        try {
            return Optional.of(roots.missing(row.root()));
        } catch (FailureException e) {
            LOG.debug("folder {} is known no more", row.id(), e);
            return Optional.empty();
        }
    }

    /// What a move left to do is done once the drives of both folders are there.
    private void goOn(Root from, FolderRows.Transit transit, boolean missing) {
        if (missing) waiting.add(from);
        else if (waiting.remove(from)) resume(from, transit);
    }

    /// Folders that are not there and hold nothing are known no more. Thread `files`.
    void tidy() {
        for (FolderRows.Row row : rows.all().join()) {
            if (!row.isDefault() && row.transit().isEmpty() && roots.missing(row.root())) rows.forget(row.root(), roots.standard()).join();
        }
        roots.know(rows.all().join());
        changes.publish(this);
    }

    /// From now on drives are watched, and a move that the last run could not finish goes on.
    void begin() {
        begun = true;
        watch = time.every(recheck, () -> files.post(this::look));
        resume();
    }

    private void resume() {
        for (FolderRows.Row row : rows.all().join()) {
            row.transit().ifPresent(t -> resume(row.root(), t));
        }
    }

    private void resume(Root from, FolderRows.Transit transit) {
        busy = true;
        mover.post(() -> carryOn(from, transit.to(), transit.phase(), new CompletableFuture<>()));
    }

    @Override
    public CompletableFuture<List<Folder>> list() {
        var answer = new CompletableFuture<List<Folder>>();
        files.post(() -> answer(answer, () -> {
            Map<Long, FolderRows.Tally> tallies = rows.tallies().join();
            return rows.all().join().stream().filter(r -> r.path().isPresent()).flatMap(r -> folder(r, tallies).stream())
                    .sorted(Comparator.comparing((Folder f) -> !f.isDefault()).thenComparing(Folder::path)).toList();
        }));
        return answer;
    }

    private Optional<Folder> folder(FolderRows.Row row, Map<Long, FolderRows.Tally> tallies) {
        Optional<Boolean> looked = missing(row);
        if (looked.isEmpty()) return Optional.empty();
        boolean missing = looked.get();
        FolderRows.Tally tally = tallies.getOrDefault(row.id(), new FolderRows.Tally(0, 0));
        Path path = row.path().orElseThrow();
        long free = 0;
        try {
            if (!missing) free = disk.usable(path);
        } catch (IOException e) {
            LOG.debug("space of {}", path, e);
        }
        return Optional.of(new Folder(path, row.isDefault(), missing, missing ? Optional.empty() : roots.trouble(row.root()), tally.files(),
                tally.bytes(), free, rows.leaving(row.root()).join()));
    }

    @Override
    public CompletableFuture<Void> use(Path folder) {
        var done = new CompletableFuture<Void>();
        Path wanted = folder.toAbsolutePath().normalize();
        files.post(() -> answer(done, () -> {
            if (roots.folder(roots.standard()).equals(wanted)) return null;
            if (busy) throw new Failure.Invalid("The music is being moved just now; wait for the end, or cancel it").asException();
            rows.makeDefault(known(wanted).folder()).join();
            roots.know(rows.all().join());
            chosen.accept(wanted);
            look();
            changes.publish(this);
            return null;
        }));
        return done;
    }

    @Override
    public CompletableFuture<MoveEnd> move(Path to) {
        Path wanted = to.toAbsolutePath().normalize();
        return moved(() -> {
            Root from = roots.standard();
            if (roots.folder(from).equals(wanted)) throw new Failure.Invalid("The music is in " + wanted + " already").asException();
            if (roots.missing(from)) throw new Failure.StoreMissing(roots.folder(from).toString()).asException();
            return new Way(from, known(wanted));
        });
    }

    @Override
    public CompletableFuture<MoveEnd> bring(Path from) {
        Path wanted = from.toAbsolutePath().normalize();
        return moved(() -> {
            Root standard = roots.standard();
            Root source = rows.all().join().stream().filter(r -> r.path().equals(Optional.of(wanted))).findFirst().map(FolderRows.Row::root)
                    .orElseThrow(() -> new Failure.NotFound("music folder " + wanted).asException());
            if (source.equals(standard)) throw new Failure.Invalid("New downloads go to " + wanted + " already").asException();
            for (Root root : List.of(source, standard)) {
                if (roots.missing(root)) throw new Failure.StoreMissing(roots.folder(root).toString()).asException();
            }
            return new Way(source, standard);
        });
    }

    private record Way(Root from, Root to) {}

    /// One move at a time. The way is found on thread `files`.
    private CompletableFuture<MoveEnd> moved(Supplier<Way> found) {
        var ended = new CompletableFuture<MoveEnd>();
        files.post(() -> {
            try {
                if (busy) throw new Failure.Invalid("The music is being moved already").asException();
                Way way = found.get();
                resume(); // what an earlier move left to do comes first
                rows.begin(way.from(), way.to()).join();
                busy = true;
                mover.post(() -> carryOn(way.from(), way.to(), Phase.COPYING, ended));
            } catch (RuntimeException | Error e) {
                ended.completeExceptionally(new FailureException(FailureException.of(e), e));
            }
        });
        return ended;
    }

    private void carryOn(Root from, Root to, Phase phase, CompletableFuture<MoveEnd> ended) {
        Optional<MoveEnd> end;
        try {
            LOG.info("moving the music of {} to {}: {}", roots.folder(from), roots.folder(to), phase);
            files.post(() -> changes.publish(this));
            end = moving.run(from, to, phase);
        } catch (RuntimeException | Error e) { // such as a folder that an earlier move, which was ended before this one, has left for good
            LOG.error("a move", e);
            busy = false;
            ended.completeExceptionally(new FailureException(FailureException.of(e), e));
            return;
        }
        busy = false;
        end.ifPresent(e -> last = end);
        if (end.filter(KnownFolders::driveWent).isPresent()) waiting.add(from);
        files.post(() -> {
            look();
            changes.publish(this);
        });
        end.ifPresentOrElse(ended::complete,
                () -> ended.completeExceptionally(new Failure.Trouble("The move", "it goes on at the next start").asException()));
    }

    private static boolean driveWent(MoveEnd end) {
        return switch (end) {
            case MoveEnd.Failed f -> f.why() instanceof Failure.StoreMissing;
            case MoveEnd.Uncleared u -> u.why() instanceof Failure.StoreMissing;
            case MoveEnd.Done d -> false;
            case MoveEnd.Cancelled c -> false;
        };
    }

    /// The root of a folder that may serve, made and recorded when it is new.
    private Root known(Path folder) {
        List<FolderRows.Row> all = rows.all().join();
        for (FolderRows.Row row : all) {
            if (row.path().equals(Optional.of(folder))) {
                if (roots.missing(row.root())) throw new Failure.StoreMissing(folder.toString()).asException();
                return row.root();
            }
        }
        FolderChoice.complaint(folder, roots.all().stream().map(roots::folder).toList(), windows)
                .ifPresent(c -> {
                    throw new Failure.Invalid(c).asException();
                });
        long marker = roots.opened(folder);
        if (all.stream().anyMatch(r -> r.marker().equals(java.util.OptionalLong.of(marker)))) {
            throw new Failure.Invalid(folder + " is one of the music folders already, under another name").asException();
        }
        long id = rows.add(folder, marker).join();
        roots.know(rows.all().join());
        return new Root(id);
    }

    /// A move is under way. It begins on thread `files`: what asks there hears of every move before its first copy.
    boolean busy() {
        return busy;
    }

    /// How often drives are looked at.
    Duration recheck() {
        return recheck;
    }

    @Override
    public void cancelMove() {
        moving.cancel();
    }

    @Override
    public Optional<Move> moving() {
        return moving.shown();
    }

    @Override
    public Optional<MoveEnd> lastMove() {
        return last;
    }

    @Override
    public Events<MediaFolders> changes() {
        return changes;
    }

    /// Something about the files in the folders is other than it was. Thread `files`.
    void changed() {
        changes.publish(this);
    }

    void close() {
        watch.close();
        moving.close();
        mover.close(Duration.ofMillis(700));
    }

    private static FolderRows.Row standard(List<FolderRows.Row> rows) {
        return rows.stream().filter(FolderRows.Row::isDefault).findFirst()
                .orElseThrow(() -> new Failure.Corrupt("The list of music folders").asException());
    }

    private static <T extends @org.jspecify.annotations.Nullable Object> void answer(CompletableFuture<T> future,
            Supplier<T> work) {
        try {
            future.complete(work.get());
        } catch (RuntimeException | Error e) {
            future.completeExceptionally(new FailureException(FailureException.of(e), e));
        }
    }
}
