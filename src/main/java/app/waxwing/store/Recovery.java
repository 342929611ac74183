package app.waxwing.store;

import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was done at the start because the database was damaged or gone, or because the user asked for a restore: the file was set aside, never
/// deleted, and a backup that is sound took its place (B.33, requirement 4.16). What the backup does not know of the files here, the manifests beside
/// the music do.
/// Changes that waited in the backup may have been sent since: they are held until the user sends or drops them.
///
/// @param asked the user wanted it
/// @param aside where the other file is now; empty when there was none: a database that nobody wanted replaced was gone
/// @param backup of when the database is now; empty when it is a new one
/// @param held changes that are held
/// @param away folders that may hold more backups and could not be read
public record Recovery(boolean asked, Optional<Path> aside, Optional<Instant> backup, int held, List<Path> away) {
    static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    /// Lines of the note: what waits is to be held, of when the backup is; where the other file goes; that the user wanted it.
    private static final String HOLD = "hold ";
    private static final String ASIDE = "aside ";
    private static final String ASKED = "asked";

    public Recovery {
        away = List.copyOf(away);
    }

    /// What the user is told.
    public String sentence() {
        String file = aside.map(a -> "; the " + (asked ? "other" : "damaged") + " file is kept as " + a.getFileName()).orElse("");
        String waits = held == 0
                ? ""
                : " " + (held == 1 ? "One change that waited" : held + " changes that waited")
                        + " then may have been sent since: send or drop them in Settings, Backups.";
        String was = aside.isPresent() ? "was damaged" : "was not there";
        if (backup.isEmpty()) {
            return "The library database " + was + " and there was no good backup" + (away.isEmpty() ? "" : " within reach")
                    + ", so that a new one was begun: sign in again, and the music on this computer is known again" + file + "." + more();
        }
        return (asked
                ? "The library database was put back as it was on "
                : "The library database " + was + " and was put back as it was on ")
                + SHOWN.format(backup.get()) + "; the music on this computer is looked through" + file + "." + more() + waits;
    }

    private String more() {
        if (away.isEmpty()) return "";
        return " More backups may be in " + away.stream().map(Path::toString).collect(Collectors.joining(" and in "))
                + ", which cannot be read now: connect the drive, then choose one in Settings, Backups, and restore it.";
    }

    static boolean unreconciled(Path file) {
        return Files.exists(note(file));
    }

    static void reconciled(Path file) {
        try {
            Files.deleteIfExists(note(file));
        } catch (IOException e) {
            LOG.warn("the files are looked through at the next start too", e);
        }
    }

    private static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + ".restored");
    }

    private static void note(Path file, String words) throws IOException {
        SafeFiles.writeOwnerOnly(note(file), words.getBytes(StandardCharsets.UTF_8));
    }

    /// The newest sound backup is unpacked beside the file and looked through before anything is changed, for that takes minutes. Killed in it, the
    /// next start finds the damaged file still; killed after it, the note tells where that went.
    static Recovery of(Path file, String wrong, Backups backups, Time time) throws IOException, SQLException {
        Path trying = file.resolveSibling(file.getFileName() + ".restoring");
        List<Path> away = backups.away();
        try {
            Optional<Backups.Backup> good = unpacked(trying, backups);
            Path aside = placeAside(file, SetAside.DAMAGED, time);
            Optional<Path> moved;
            if (good.isPresent()) {
                moved = putInPlace(trying, file, good.get().at(), aside, false);
                LOG.warn("the database is the backup {} now", good.get().file().getFileName());
            } else {
                note(file, wrong + "\n" + ASIDE + aside.getFileName());
                moved = setAside(file, aside);
                LOG.warn("there is no good backup of the database: a new one begins");
            }
            LOG.error("the database {}: {}{}", file, wrong, moved.map(m -> "; it is now " + m).orElse(""));
            return new Recovery(false, moved, good.map(Backups.Backup::at), 0, away);
        } finally {
            discard(trying);
        }
    }

    /// The newest one that is sound, as that file.
    private static Optional<Backups.Backup> unpacked(Path to, Backups backups) throws IOException, SQLException {
        for (Backups.Backup backup : backups.list()) {
            discard(to);
            try (var in = BackupFile.open(backup.file())) {
                Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
            } catch (ZipException | EOFException e) { // damaged or cut off; other trouble of the disk is no reason to pass it over
                LOG.warn("the backup {} cannot be read: {}", backup.file(), e.toString());
                continue;
            }
            Optional<String> trouble = Soundness.wrong(to, true);
            if (trouble.isEmpty()) return Optional.of(backup);
            LOG.warn("the backup {} is damaged too: {}", backup.file(), trouble.get());
        }
        return Optional.empty();
    }

    /// A sound database of that time becomes the one that counts, and what is there now is set aside. Killed within, it can begin again.
    ///
    /// @return where the other one is; empty when there was none
    static Optional<Path> putInPlace(Path sound, Path file, Instant at, Path aside, boolean asked) throws IOException, SQLException {
        lookBeforeSending(sound);
        BackupFile.forget(sound, BackupFile.MADE_AT);
        try (var channel = FileChannel.open(sound, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        note(file, HOLD + at.toEpochMilli() + "\n" + ASIDE + aside.getFileName() + (asked ? "\n" + ASKED : ""));
        Optional<Path> moved = setAside(file, aside);
        Files.move(sound, file, StandardCopyOption.ATOMIC_MOVE);
        SafeFiles.forceFolder(folder(file));
        return moved;
    }

    /// What the last start did and was killed before anybody could be told.
    static Optional<Recovery> untold(Path file, Backups backups) throws IOException {
        if (!Files.exists(note(file))) return Optional.empty();
        List<String> words = Files.readAllLines(note(file));
        if (words.stream().noneMatch(w -> w.startsWith(ASIDE))) return Optional.empty();
        boolean asked = words.contains(ASKED);
        return Optional.of(new Recovery(asked, aside(file), held(words), 0, asked ? List.of() : backups.away()));
    }

    private static Optional<Instant> held(List<String> words) {
        return words.stream().findFirst().filter(w -> w.startsWith(HOLD))
                .map(w -> Instant.ofEpochMilli(Long.parseLong(w.substring(HOLD.length()).strip())));
    }

    /// Where the note says that the other file went, if it is there.
    static Optional<Path> aside(Path file) throws IOException {
        if (!Files.exists(note(file))) return Optional.empty();
        return Files.readAllLines(note(file)).stream().filter(w -> w.startsWith(ASIDE)).findFirst()
                .map(w -> file.resolveSibling(w.substring(ASIDE.length()))).filter(Files::exists);
    }

    /// Once the schema is this build's: what waits to be sent is held. Done again when the program was killed before it was done.
    ///
    /// @return how many changes are held by this
    static int hold(Path file, Time time, boolean asked) throws IOException, SQLException {
        if (!Files.exists(note(file))) return 0;
        List<String> words = Files.readAllLines(note(file));
        Optional<Instant> since = held(words);
        if (since.isEmpty()) {
            if (words.stream().anyMatch(w -> w.startsWith(ASIDE))) note(file, "a new one"); // from now on it is told
            return 0;
        }
        long at = since.get().toEpochMilli();
        int held;
        try (Connection connection = Connections.source(file).getConnection()) {
            if (!BackupFile.has(connection, "audit")) return 0;
            connection.setAutoCommit(false);
            // Held since the moment they were made are those that waited for too long: here they may have been sent since, and the backup's time is told.
            try (var hold = connection.prepareStatement("UPDATE pending_action SET held_from = ? + (created_at = ?)"
                    + " WHERE held_from IS NULL OR held_from = created_at")) {
                hold.setLong(1, at);
                hold.setLong(2, at);
                held = hold.executeUpdate();
            }
            Audit.write(connection, new Audit.Entry(time.now(), asked ? Audit.Actor.USER : Audit.Actor.WAXWING, Audit.RESTORE,
                    "the backup of " + SHOWN.format(Instant.ofEpochMilli(at)), Audit.DONE));
            connection.commit();
        }
        note(file, "held");
        return held;
    }

    Recovery holding(int count) {
        return new Recovery(asked, aside, backup, count, away);
    }

    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /// Where the file goes when it is set aside: to where it was going when that was broken off, else to a name of this moment.
    static Path placeAside(Path file, String word, Time time) throws IOException {
        Optional<Path> begun = aside(file);
        if (begun.isPresent() && (!Files.exists(file) || Files.size(file) == 0)) {
            Files.deleteIfExists(file); // a new one was only begun
            return begun.get();
        }
        String name = file.getFileName() + word + STAMP.format(time.now());
        Path aside = file.resolveSibling(name);
        for (int n = 2; Files.exists(aside); n++) aside = file.resolveSibling(name + "-" + n);
        return aside;
    }

    /// Moves the file, and its log behind it. SQLite would take a log that stays for that of the database that comes in its place: one whose database
    /// is nowhere goes.
    private static Optional<Path> setAside(Path file, Path aside) throws IOException {
        if (Files.exists(file)) Files.move(file, aside);
        boolean there = Files.exists(aside);
        for (String suffix : new String[]{"-wal", "-shm"}) {
            Path from = Path.of(file + suffix);
            if (!Files.exists(from)) continue;
            if (there) Files.move(from, Path.of(aside + suffix), StandardCopyOption.REPLACE_EXISTING);
            else Files.delete(from);
        }
        return there ? Optional.of(aside) : Optional.empty();
    }

    /// The file goes with its log, which another one of its name must not get.
    static void discard(Path file) throws IOException {
        for (String suffix : new String[]{"", "-wal", "-shm"}) Files.deleteIfExists(Path.of(file + suffix));
    }

    /// Changes to playlists that wait in a backup may have been sent since: each is looked for on the server first.
    private static void lookBeforeSending(Path file) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection(); Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "UPDATE pending_action SET sent_at = coalesce(sent_at, created_at), before_count = coalesce(before_count, 0) "
                            + "WHERE kind IN ('playlist-create', 'playlist-add')");
        }
    }
}
