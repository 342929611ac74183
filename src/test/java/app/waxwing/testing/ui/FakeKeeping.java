package app.waxwing.testing.ui;

import app.waxwing.settings.Diagnosis;
import app.waxwing.settings.Metrics;
import app.waxwing.settings.Safekeeping;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Backups, deeds and findings that are made up.
public final class FakeKeeping implements Safekeeping, Diagnosis {
    public final List<String> asked = new ArrayList<>();
    public final List<Copy> copies = new ArrayList<>(
            List.of(copy("2026-11-27T09:15:00Z", 18_400_000), copy("2026-11-26T08:50:00Z", 18_200_000),
                    copy("2026-11-25T21:04:00Z", 17_900_000)));
    public final List<Check> checks = new ArrayList<>(List.of(
            new Check("version", true, "Waxwing 0.1.0, Java 25.0.1+8, JavaFX 26.0.2+3, Linux amd64"),
            new Check("data folder", true, "/home/ida/.local/share/waxwing, 61 GB free."),
            new Check("music folder", true, "/home/ida/Music/Waxwing: 412 files, 12.4 GB; 61 GB free."),
            new Check("another music folder", false,
                    "/media/ida/Big is not there now; what it holds (31 files, 900 MB) waits for its drive."),
            new Check("database", true, "/home/ida/.local/share/waxwing/waxwing.db. 3 backups, 54 MB, the newest of 2026-11-27T09:15:00Z."),
            new Check("database figures", true, "Schema 10; 142 MB, log 4.1 MB; 18,230 statements, 2 of them slow."),
            new Check("sign-in tokens", true, "Kept in the system's keyring."),
            new Check("sound", true, "Decoder: LibVLC 3.0.21."), new Check("sound", true, "Output: system."),
            new Check("server Home", true, "jellyfin 10.10.3 at https://music.example, last heard 2026-11-28T07:00:00Z, may be asked.")));
    public List<String> wrong = List.of();
    /// What goes with an account.
    public List<String> setAside = List.of();
    /// What an erasure cannot delete.
    public List<String> left = List.of();
    public Metrics.View figures = new Metrics.View(
            List.of(cache("covers", 9_210, 412, 640, 2_380, 318_000_000), cache("home", 84, 0, 4_200, 0, 0),
                    cache("items", 21_400, 12, 90, 118_204, 142_000_000),
                    cache("lists", 1_310, 0, 7_800, 0, 0), cache("lyrics", 310, 41, 300, 1_904, 3_100_000),
                    cache("search", 702, 0, 1_900, 0, 0),
                    cache("similar", 96, 22, 2_100, 58, 112_000)),
            new Metrics.Store(142_000_000, 4_100_000, 18_230, java.time.Duration.ofNanos(240_000), 2, 3, 1, List.of(new Metrics.Slow(
                    Instant.parse("2026-11-28T06:58:00Z"), java.time.Duration.ofMillis(184),
                    "select track.id from track where track.id in (select rowid from track_fts) order by rank"))));

    private static Metrics.Cache cache(String name, long hits, long misses, long micros, long items, long bytes) {
        return new Metrics.Cache(name, hits, misses, java.time.Duration.ofNanos(micros * 1_000), java.time.Duration.ofNanos(micros * 3_000),
                items, bytes,
                name.equals("covers") ? 31 : 0, misses / 40, misses > 12 ? misses : 0, misses > 12 ? 14 : 0,
                name.equals("similar") ? 10_000_000 : name.equals("covers") ? 500_000_000 : 0,
                new Metrics.Levels(new Metrics.Level(hits / 2, java.time.Duration.ofNanos(2_000)),
                        new Metrics.Level(hits - hits / 2, java.time.Duration.ofNanos(micros * 1_000)),
                        new Metrics.Level(misses, java.time.Duration.ofMillis(misses == 0 ? 0 : 184))));
    }

    @Override
    public Metrics metrics() {
        return new Metrics() {
            @Override
            public View look() {
                return figures;
            }

            @Override
            public void reset() {
                asked.add("reset");
                figures = new View(List.of(), figures.store());
            }
        };
    }

    private static Copy copy(String at, long bytes) {
        return new Copy(Path.of("/home/ida/.local/share/waxwing/backups/waxwing-" + at.substring(0, 10) + ".db.gz"), Instant.parse(at),
                bytes);
    }

    @Override
    public List<Copy> backups() {
        return List.copyOf(copies);
    }

    @Override
    public Copy backUp() {
        asked.add("back up");
        copies.addFirst(copy("2026-11-28T07:00:00Z", 18_500_000));
        return copies.getFirst();
    }

    @Override
    public Copy backUp(Path file, boolean replace) {
        return backUp();
    }

    @Override
    public Optional<Path> find(String name) {
        return Optional.empty();
    }

    @Override
    public Instant prepare(Path backup, Consumer<Progress> progress) {
        progress.accept(new Progress(Phase.UNPACKING, 0.5));
        progress.accept(new Progress(Phase.CHECKING, -1));
        asked.add("prepare " + backup.getFileName());
        return copies.getFirst().at();
    }

    @Override
    public void restorePrepared() {
        asked.add("restore");
    }

    @Override
    public void dropPrepared() {
        asked.add("drop");
    }

    @Override
    public long exportData(Path file, boolean replace) {
        asked.add("export " + file);
        return 5;
    }

    @Override
    public boolean unfinished(long account) {
        return false;
    }

    @Override
    public Erased erase(long account) {
        asked.add("erase " + account);
        return new Erased(left, setAside);
    }

    @Override
    public List<Deed> deeds(int limit) {
        return List.of(new Deed(Instant.parse("2026-11-28T06:58:00Z"), "user", "playlist-deleted", "Long drives (p7)", "done"),
                new Deed(Instant.parse("2026-11-27T20:11:00Z"), "user", "sign-in", "ida at Home", "done"),
                new Deed(Instant.parse("2026-11-27T20:10:00Z"), "user", "sign-in", "ida at Home", "wrong-password"),
                new Deed(Instant.parse("2026-11-26T08:50:00Z"), "waxwing", "migration", "version 5 to 10", "done"));
    }

    @Override
    public List<Check> run() {
        return checks;
    }

    @Override
    public CompletableFuture<List<String>> integrity() {
        asked.add("integrity");
        return CompletableFuture.completedFuture(wrong);
    }
}
