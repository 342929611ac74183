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
import java.util.Optional;
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
public record Recovery(boolean asked, Optional<Path> aside, Optional<Instant> backup, int held) {
    static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String HOLD = "hold ";

    /// What the user is told.
    public String sentence() {
        String file = aside.map(a -> "; the " + (asked ? "other" : "damaged") + " file is kept as " + a.getFileName()).orElse("");
        String waits = held == 0
                ? ""
                : " " + (held == 1 ? "One change that waited" : held + " changes that waited")
                        + " then may have been sent since: send or drop them in Settings, Backups.";
        String was = aside.isPresent() ? "was damaged" : "was not there";
        if (backup.isEmpty()) {
            return "The library database " + was + " and there was no good backup, so that a new one was begun: sign in again, "
                    + "and the music on this computer is known again" + file + ".";
        }
        return (asked
                ? "The library database was put back as it was on "
                : "The library database " + was + " and was put back as it was on ")
                + SHOWN.format(backup.get()) + "; the music on this computer is looked through" + file + "." + waits;
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

    static Recovery of(Path file, String wrong, Backups backups, Time time) throws IOException, SQLException {
        note(file, wrong);
        Optional<Path> aside = setAside(file, SetAside.DAMAGED, time);
        if (aside.isPresent()) LOG.error("the database {} is damaged ({}); it is now {}", file, wrong, aside.get());
        else LOG.error("the database {}: {}", file, wrong);
        // SQLite would take a log that outlived its database for that of the one that comes in its place.
        if (aside.isEmpty()) for (String suffix : new String[]{"-wal", "-shm"}) Files.deleteIfExists(Path.of(file + suffix));
        Path trying = file.resolveSibling(file.getFileName() + ".restoring");
        for (Backups.Backup backup : backups.list()) {
            try (var in = BackupFile.open(backup.file())) {
                Files.copy(in, trying, StandardCopyOption.REPLACE_EXISTING);
            } catch (ZipException | EOFException e) { // damaged or cut off; other trouble of the disk is no reason to pass it over
                LOG.warn("the backup {} cannot be read: {}", backup.file(), e.toString());
                continue;
            }
            Optional<String> trouble = Soundness.wrong(trying, true);
            if (trouble.isPresent()) {
                LOG.warn("the backup {} is damaged too: {}", backup.file(), trouble.get());
                continue;
            }
            putInPlace(trying, file, backup.at());
            LOG.warn("the database is the backup {} now", backup.file().getFileName());
            return new Recovery(false, aside, Optional.of(backup.at()), 0);
        }
        Files.deleteIfExists(trying);
        LOG.warn("there is no good backup of the database: a new one begins");
        return new Recovery(false, aside, Optional.empty(), 0);
    }

    /// A sound database of that time becomes the one that counts; there is none at the place now.
    static void putInPlace(Path sound, Path file, Instant at) throws IOException, SQLException {
        lookBeforeSending(sound);
        BackupFile.forget(sound, BackupFile.MADE_AT);
        try (var channel = FileChannel.open(sound, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        note(file, HOLD + at.toEpochMilli());
        Files.move(sound, file, StandardCopyOption.ATOMIC_MOVE);
        SafeFiles.forceFolder(folder(file));
    }

    /// Once the schema is this build's: what waits to be sent is held. Done again when the program was killed before it was done.
    ///
    /// @return how many changes are held by this
    static int hold(Path file, Time time, boolean asked) throws IOException, SQLException {
        if (!Files.exists(note(file))) return 0;
        String words = Files.readString(note(file)).strip();
        if (!words.startsWith(HOLD)) return 0;
        long at = Long.parseLong(words.substring(HOLD.length()));
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
        return new Recovery(asked, aside, backup, count);
    }

    static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    static Optional<Path> setAside(Path file, String word, Time time) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        String name = file.getFileName() + word + STAMP.format(time.now());
        Path aside = file.resolveSibling(name);
        for (int n = 2; Files.exists(aside); n++) aside = file.resolveSibling(name + "-" + n);
        for (String suffix : new String[]{"", "-wal", "-shm"}) {
            Path from = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(from)) Files.move(from, aside.resolveSibling(aside.getFileName() + suffix));
        }
        return Optional.of(aside);
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
