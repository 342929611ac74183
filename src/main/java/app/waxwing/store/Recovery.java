package app.waxwing.store;

import app.waxwing.base.SafeFiles;
import app.waxwing.base.Time;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was done about a damaged database: it was set aside, never deleted, and the newest backup that is sound took its place (B.33). What the
/// backup does not know of the files here, the manifests beside the music do.
///
/// @param aside where the damaged file is now; empty when there was none
/// @param backup of when the database is now; empty when it is a new one
public record Recovery(Optional<Path> aside, Optional<Instant> backup) {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", java.util.Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /// What the user is told.
    public String sentence() {
        String kept = aside.map(a -> "; the damaged file is kept as " + a.getFileName()).orElse("");
        return backup.map(at -> "The library database was damaged and was put back as it was on " + SHOWN.format(at)
                + "; the music on this computer is looked through" + kept + ".")
                .orElseGet(
                        () -> "The library database was damaged and there was no good backup, so that a new one was begun: sign in again, "
                                + "and the music on this computer is known again" + kept + ".");
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

    static Recovery of(Path file, String wrong, Backups backups, Time time) throws IOException, SQLException {
        SafeFiles.writeOwnerOnly(note(file), wrong.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Optional<Path> aside = setAside(file, time);
        LOG.error("the database {} is damaged ({}); it is now {}", file, wrong, aside.map(Path::toString).orElse("nowhere"));
        Path trying = file.resolveSibling(file.getFileName() + ".restoring");
        for (Backups.Backup backup : backups.newestFirst()) {
            Files.copy(backup.file(), trying, StandardCopyOption.REPLACE_EXISTING);
            Optional<String> trouble = Soundness.wrong(trying, true);
            if (trouble.isPresent()) {
                LOG.warn("the backup {} is damaged too: {}", backup.file(), trouble.get());
                continue;
            }
            lookBeforeSending(trying);
            try (var channel = FileChannel.open(trying, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(trying, file, StandardCopyOption.ATOMIC_MOVE);
            SafeFiles.forceFolder(folder(file));
            LOG.warn("the database is the backup {} now", backup.file().getFileName());
            return new Recovery(aside, Optional.of(backup.at()));
        }
        Files.deleteIfExists(trying);
        LOG.warn("there is no good backup of the database: a new one begins");
        return new Recovery(aside, Optional.empty());
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static Optional<Path> setAside(Path file, Time time) throws IOException {
        if (!Files.exists(file)) return Optional.empty();
        String name = file.getFileName() + ".damaged-" + STAMP.format(time.now());
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
