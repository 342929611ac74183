package app.waxwing.store;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of the database, made while it is used, each named by its time and compressed (requirement 4.16). Seven stay, fewer where they are large:
/// of several of one day all but the newest go before the copy of another day does. They lie in the folder `backups` beside the database, or in a
/// folder of ours below the one the user chose; while that one is not there, the usual one serves. Those in folders that were chosen earlier count
/// too. What is to be deleted in a folder that is away counts as gone, and is deleted when the folder is there again. Every method blocks on the disk.
public final class Backups {
    static final String PREFIX = "waxwing-";
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration DAY = Duration.ofHours(24);
    private static final String LOOKING = "looking.new";
    private final Path database;
    private final Path usual;
    private final Supplier<Optional<Path>> chosen;
    private final Time time;
    private final BackupFolders folders;
    private volatile Optional<Failure> failure = Optional.empty();

    /// @param chosen the folder that the user wants backups in; asked each time
    Backups(Path database, Supplier<Optional<Path>> chosen, Time time) {
        this.database = database;
        this.usual = database.resolveSibling("backups");
        this.chosen = chosen;
        this.time = time;
        this.folders = new BackupFolders(usual);
    }

    /// @param at when it was made
    public record Backup(Path file, Instant at, long bytes) {}

    /// Backups that are to be deleted and are not yet.
    ///
    /// @param away the folder is not there; else it cannot be written
    public record Left(Path folder, boolean away) {
        /// A sentence for the user.
        public String words() {
            return "Backups in " + folder + " could not be deleted: " + (away
                    ? "the folder is not there. They are deleted when it is back."
                    : "Waxwing may not change that folder. The next start tries again.");
        }
    }

    /// @param left what is to be deleted still
    public record Renewed(Backup fresh, List<Left> left) {
        public Renewed {
            left = List.copyOf(left);
        }
    }

    /// Newest first, wherever they lie; first deletes what was to be deleted in a folder that is back.
    public List<Backup> list() {
        tidy();
        Map<Path, Optional<Instant>> known = known();
        List<Backup> found = new ArrayList<>();
        for (Path folder : places(known)) {
            List<Backup> there = in(folder, known);
            found.addAll(there);
            if (!there.isEmpty() && !folder.equals(usual) && !known.containsKey(folder)) note(folder);
        }
        found.sort(Comparator.comparing(Backup::at).reversed());
        return found;
    }

    /// Every folder that may hold some: the usual one, those that were ever used, and the one that is chosen now.
    private Set<Path> places(Map<Path, Optional<Instant>> known) {
        Set<Path> all = new LinkedHashSet<>(List.of(usual));
        all.addAll(known.keySet());
        chosen.get().map(this::ours).ifPresent(all::add);
        return all;
    }

    /// Folders that were used and cannot be read now, such as one on a drive that is not connected. One that somebody deleted is none of them, nor
    /// is one whose backups are to be deleted.
    public List<Path> away() {
        return known().entrySet().stream().filter(f -> f.getValue().isEmpty()).map(Map.Entry::getKey)
                .filter(f -> !Files.isReadable(f) && (Files.exists(f) || !emptied(f))).toList();
    }

    private static List<Backup> in(Path folder, Map<Path, Optional<Instant>> known) {
        Optional<Instant> until = known.getOrDefault(folder, Optional.empty());
        return in(folder).stream().filter(b -> until.isEmpty() || b.at().isAfter(until.get())).toList();
    }

    private Map<Path, Optional<Instant>> known() {
        try {
            return folders.known();
        } catch (IOException e) {
            LOG.warn("which folders hold backups cannot be read", e);
            return Map.of();
        }
    }

    private void note(Path folder) {
        try {
            folders.note(folder);
        } catch (IOException e) {
            LOG.warn("that backups are in {} cannot be written down", folder, e);
        }
    }

    /// What is to be deleted and can be now.
    private void tidy() {
        known().forEach((folder, until) -> until.filter(u -> Files.isDirectory(folder)).ifPresent(u -> {
            try {
                delete(folder, file -> at(file).filter(at -> !at.isAfter(u)).isPresent());
                folders.clear(folder);
                LOG.info("backups in {} that were to be deleted are", folder);
            } catch (IOException e) {
                LOG.warn("backups in {} that are to be deleted stay for now", folder, e);
            }
        }));
    }

    /// What is left of one that was being made when the program ended: only one is made at a time, and none now.
    private static void unfinished(Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.newDirectoryStream(folder, PREFIX + "*.{db.new,db.gz.new}")) {
            for (Path file : files) if (at(file).isPresent()) Files.deleteIfExists(file);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the beginning of a backup in {} stays for now", folder, e);
        }
    }

    /// Backups, and what a crash left of one that was being made.
    private static void delete(Path folder, Predicate<Path> which) throws IOException {
        try (var files = Files.newDirectoryStream(folder, PREFIX + "*.{db,db.gz,db.new,db.gz.new}")) {
            for (Path file : files) if (at(file).isPresent() && which.test(file)) Files.deleteIfExists(file);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /// The file is a backup that is to be deleted, and is no backup any more.
    boolean doomed(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Optional<Instant> until = known().entrySet().stream().filter(f -> f.getKey().equals(absolute.getParent())).findFirst()
                .flatMap(Map.Entry::getValue);
        return String.valueOf(absolute.getFileName()).startsWith(PREFIX)
                && until.isPresent() && at(absolute).filter(at -> !at.isAfter(until.get())).isPresent();
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
    public Backup make() throws IOException {
        return makeSparing(Optional.empty());
    }

    /// As [#make()], and this file does not go for it.
    Backup makeSparing(Optional<Path> spared) throws IOException {
        return make(spared, false);
    }

    private synchronized Backup make(Optional<Path> spared, boolean erased) throws IOException {
        try {
            Backup made = made(spared, erased);
            failure = Optional.empty();
            return made;
        } catch (IOException | RuntimeException e) { // broad: whatever it is, it is told by those who look, and handed on
            failure = Optional.of(e instanceof IOException io
                    ? DiskTrouble.of(io, usual, "The backup", "it cannot be written").failure()
                    : FailureException.of(e));
            throw e;
        }
    }

    Instant now() {
        return time.now();
    }

    /// Why the last one could not be made; empty when it could, or none was tried.
    Optional<Failure> failure() {
        return failure;
    }

    private Backup made(Optional<Path> spared, boolean erased) throws IOException {
        tidy();
        Path folder = writable();
        for (Path each : places(known())) unfinished(each);
        Instant now = time.now();
        Path file = folder.resolve(PREFIX + STAMP.format(now) + ".db.gz");
        for (; Files.exists(file); file = folder.resolve(PREFIX + STAMP.format(now) + ".db.gz")) now = now.plusSeconds(1);
        write(file, now, erased);
        if (!folder.equals(usual)) folders.note(folder);
        LOG.info("kept a copy of the database as {}", file);
        Set<Path> staying = new HashSet<>(Set.of(file));
        for (Backup backup : list()) if (spared.isPresent() && Files.isSameFile(backup.file(), spared.get())) staying.add(backup.file());
        prune(staying);
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
        if (runs(database, to)) throw new Failure.Invalid(to + " is the library that is in use").asException();
        write(to, now, false);
        return new Backup(to, now, Files.size(to));
    }

    /// The file is the database, or lies beside it and belongs to it while it is in use.
    static boolean runs(Path database, Path file) throws IOException {
        for (String suffix : new String[]{"", "-wal", "-shm", ".restoring", ".restore"}) {
            Path own = database.resolveSibling(database.getFileName() + suffix);
            if (Files.exists(own) && Files.exists(file) && Files.isSameFile(own, file)) return true;
        }
        return false;
    }

    /// @param erased what was deleted is gone with the backups before this one
    private void write(Path file, Instant now, boolean erased) throws IOException {
        SafeFiles.createOwnerOnlyFolder(usual);
        try {
            new BackupFile(database, usual.resolve("making.new")).write(file, now, erased);
        } catch (SQLException e) {
            throw DiskTrouble.full(e, usual).map(RuntimeException.class::cast)
                    .orElseGet(() -> SqliteTrouble.translate(e, String.valueOf(database.getFileName())));
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

    private void prune(Set<Path> spared) {
        for (Backup backup : BackupLimits.beyond(list(), spared)) {
            try {
                Files.delete(backup.file());
            } catch (IOException e) { // a folder that was chosen earlier may be one that nobody may write to
                LOG.warn("the backup {} stays, and no other goes in its place", backup.file(), e);
            }
        }
    }

    /// Replaces all of them by one of now, in folders that were chosen earlier too: after data were deleted that none of them may hold any longer.
    /// What cannot be deleted is named, and is none of the backups any more.
    public synchronized Renewed renew() throws IOException {
        Backup fresh = make(Optional.empty(), true);
        looked(); // a crash in a look may have left one
        Instant until = at(fresh.file()).orElseThrow(() -> new IllegalStateException(fresh.file() + " has no time"));
        List<Left> left = new ArrayList<>();
        Set<Path> all = new LinkedHashSet<>(List.of(usual));
        all.addAll(folders.known().keySet()); // fails where that cannot be read: none may be forgotten
        chosen.get().filter(c -> !Files.isDirectory(c) || Files.isDirectory(ours(c))).map(this::ours).ifPresent(all::add);
        for (Path folder : all) {
            boolean there = Files.isDirectory(folder);
            if (!there && emptied(folder)) {
                folders.forget(folder);
                continue;
            }
            try {
                if (!there) throw new NoSuchFileException(folder.toString());
                delete(folder, file -> !file.equals(fresh.file()));
                folders.clear(folder);
            } catch (IOException e) {
                LOG.warn("backups in {} stay for now: {}", folder, e.toString());
                folders.doom(folder, folder.equals(fresh.file().getParent()) ? until.minusSeconds(1) : until);
                left.add(new Left(folder, !there));
            }
        }
        return new Renewed(fresh, left);
    }

    /// The folder is not away: what it was in is there, and is not only the place where a drive would be.
    private static boolean emptied(Path folder) {
        Path parent = folder.getParent();
        if (parent == null || !Files.isDirectory(parent)) return false;
        try (var all = Files.list(parent)) {
            return all.findAny().isPresent();
        } catch (IOException e) {
            LOG.warn("whether {} is away is not known", folder, e);
            return false;
        }
    }

    /// One of them can be unpacked and is sound: unpacks the newest, and the next where that is not, until one is.
    synchronized boolean oneIsGood() throws IOException {
        Path trying = usual.resolve(LOOKING);
        try {
            for (Backup backup : list()) {
                SafeFiles.createOwnerOnlyFolder(usual);
                try (var in = BackupFile.open(backup.file())) {
                    Files.copy(in, trying, StandardCopyOption.REPLACE_EXISTING);
                    if (Soundness.wrong(trying, false).isEmpty()) return true;
                } catch (ZipException | EOFException | SQLException e) {
                    LOG.warn("the backup {} is not good: {}", backup.file(), e.toString());
                }
            }
            return false;
        } finally {
            looked();
        }
    }

    private void looked() throws IOException {
        for (String suffix : new String[]{"", "-wal", "-shm"}) Files.deleteIfExists(usual.resolve(LOOKING + suffix));
    }

    /// The backup with this name, or the file of this path.
    public Optional<Path> find(String name) {
        if (name.equals("newest")) return list().stream().findFirst().map(Backup::file);
        Optional<Path> named = list().stream().map(Backup::file).filter(f -> String.valueOf(f.getFileName()).equals(name)).findFirst();
        return named.or(() -> Optional.of(Path.of(name).toAbsolutePath().normalize()).filter(Files::isRegularFile).filter(f -> !doomed(f)));
    }

    private static Optional<Instant> at(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(STAMP.parse(name.substring(PREFIX.length(), name.indexOf('.')), Instant::from));
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            LOG.debug("{} is no backup of ours", file, e);
            return Optional.empty();
        }
    }
}
