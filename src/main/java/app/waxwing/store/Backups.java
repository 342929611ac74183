package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of the database, made while it is used, each named by its time and compressed (requirement 4.16). The newest seven stay, fewer where they
/// are large. They lie in the folder `backups` beside the database, or in a folder of ours below the one the user chose; while that one is not
/// there, the usual one serves. Every method blocks on the disk.
public final class Backups {
    static final String PREFIX = "waxwing-";
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST = 7;
    private static final int LEAST = 2;
    private static final long MOST_BYTES = 1L << 30;
    private final Path database;
    private final Path usual;
    private final Supplier<Optional<Path>> chosen;
    private final Time time;

    /// @param chosen the folder that the user wants backups in; asked each time
    Backups(Path database, Supplier<Optional<Path>> chosen, Time time) {
        this.database = database;
        this.usual = database.resolveSibling("backups");
        this.chosen = chosen;
        this.time = time;
    }

    /// @param at when it was made
    public record Backup(Path file, Instant at, long bytes) {}

    /// Newest first, wherever they lie.
    public List<Backup> list() {
        List<Backup> found = new ArrayList<>(in(usual));
        chosen.get().map(this::ours).filter(f -> !f.equals(usual)).ifPresent(f -> found.addAll(in(f)));
        found.sort(Comparator.comparing(Backup::at).reversed());
        return found;
    }

    private static List<Backup> in(Path folder) {
        List<Backup> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) return found;
        try (var files = Files.newDirectoryStream(folder, PREFIX + "*.{db,db.gz}")) {
            for (Path file : files) {
                Optional<Instant> at = at(file);
                if (at.isPresent()) found.add(new Backup(file, at.get(), Files.size(file)));
            }
        } catch (IOException e) {
            LOG.warn("the backups in {} cannot be listed", folder, e);
        }
        return found;
    }

    /// Two data folders may choose one folder: each has its own below it.
    private Path ours(Path folder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(database.toString().getBytes(StandardCharsets.UTF_8));
            return folder.resolve("waxwing-backups-" + HexFormat.of().formatHex(digest, 0, 4));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /// A day has passed since the newest, or the clock was set back behind it.
    boolean due() {
        Optional<Instant> newest = list().stream().findFirst().map(Backup::at);
        return newest.isEmpty() || Duration.between(newest.get(), time.now()).abs().compareTo(DAY) >= 0;
    }

    /// Takes as long as the whole file takes to be read and written. A database whose pages cannot all be read makes no backup.
    public synchronized Backup make() throws IOException {
        Path folder = writable();
        Instant now = time.now();
        Path file = folder.resolve(PREFIX + STAMP.format(now) + ".db.gz");
        write(file, now);
        LOG.info("kept a copy of the database as {}", file);
        prune();
        return new Backup(file, now, Files.size(file));
    }

    /// A backup under a name of the user's choice, which is none of the seven.
    ///
    /// @param file a folder gets one named by the time
    /// @throws app.waxwing.base.FailureException when there is such a file already
    public synchronized Backup make(Path file, boolean replace) throws IOException {
        Instant now = time.now();
        Path absolute = file.toAbsolutePath().normalize();
        Path to = Files.isDirectory(absolute) ? absolute.resolve(PREFIX + STAMP.format(now) + ".db.gz") : absolute;
        Path folder = to.getParent();
        if (folder == null || !Files.isDirectory(folder)) throw new Failure.Invalid("there is no folder " + folder).asException();
        if (Files.exists(to) && !replace) throw new Failure.Invalid("there is a file " + to + " already").asException();
        write(to, now);
        return new Backup(to, now, Files.size(to));
    }

    private void write(Path file, Instant now) throws IOException {
        SafeFiles.createOwnerOnlyFolder(usual);
        try {
            new BackupFile(database, usual.resolve("making.new")).write(file, now);
        } catch (SQLException e) {
            throw SqliteTrouble.translate(e, String.valueOf(database.getFileName()));
        }
    }

    private Path writable() throws IOException {
        Optional<Path> wanted = chosen.get();
        if (wanted.isPresent() && Files.isDirectory(wanted.get()) && Files.isWritable(wanted.get())) {
            Path folder = ours(wanted.get());
            SafeFiles.createOwnerOnlyFolder(folder);
            return folder;
        }
        wanted.ifPresent(w -> LOG.warn("the folder for backups, {}, is not there or cannot be written: the usual one serves", w));
        SafeFiles.createOwnerOnlyFolder(usual);
        return usual;
    }

    /// The seven newest, fewer when they exceed 1 GiB together, and never fewer than two.
    private void prune() throws IOException {
        long bytes = 0;
        int kept = 0;
        for (Backup backup : list()) {
            bytes += backup.bytes();
            if (kept >= LEAST && (kept >= MOST || bytes > MOST_BYTES)) Files.delete(backup.file());
            else kept++;
        }
    }

    /// Replaces all of them by one of now: after data were deleted that none of them may hold any longer.
    public synchronized Backup renew() throws IOException {
        List<Backup> old = list();
        Backup fresh = make();
        for (Backup backup : old) if (!backup.file().equals(fresh.file())) Files.deleteIfExists(backup.file());
        return fresh;
    }

    /// The backup with this name, or the file of this path.
    public Optional<Path> find(String name) {
        if (name.equals("newest")) return list().stream().findFirst().map(Backup::file);
        Optional<Path> named = list().stream().map(Backup::file).filter(f -> String.valueOf(f.getFileName()).equals(name)).findFirst();
        return named.or(() -> Optional.of(Path.of(name).toAbsolutePath().normalize()).filter(Files::isRegularFile));
    }

    private static Optional<Instant> at(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(STAMP.parse(name.substring(PREFIX.length(), name.indexOf('.')), Instant::from));
        } catch (DateTimeException e) {
            LOG.debug("{} is no backup of ours", file, e);
            return Optional.empty();
        }
    }
}
