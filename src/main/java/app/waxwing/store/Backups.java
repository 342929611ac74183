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
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Copies of the database in the folder `backups` beside it, made while it is used, each named by its time (requirement 4.16). The newest seven
/// stay, fewer where they are large.
final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
    private static final Duration DAY = Duration.ofHours(24);
    private static final int MOST = 7;
    private static final int LEAST = 2;
    private static final long MOST_BYTES = 1L << 30;
    private final Path database;
    private final Path folder;
    private final Time time;

    Backups(Path database, Time time) {
        this.database = database;
        this.folder = database.resolveSibling("backups");
        this.time = time;
    }

    /// @param at when it was made
    record Backup(Path file, Instant at) {}

    List<Backup> newestFirst() {
        List<Backup> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) return found;
        try (var files = Files.newDirectoryStream(folder, "waxwing-*.db")) {
            for (Path file : files) at(file).ifPresent(t -> found.add(new Backup(file, t)));
        } catch (IOException e) {
            LOG.warn("the backups in {} cannot be listed", folder, e);
        }
        found.sort(Comparator.comparing(Backup::at).reversed());
        return found;
    }

    /// A day has passed since the newest, or the clock was set back behind it.
    boolean due() {
        Optional<Instant> newest = newestFirst().stream().findFirst().map(Backup::at);
        return newest.isEmpty() || Duration.between(newest.get(), time.now()).abs().compareTo(DAY) >= 0;
    }

    /// Blocks for as long as the whole file takes to be read and written. A database whose pages cannot all be read makes no backup.
    Path make() throws SQLException, IOException {
        SafeFiles.createOwnerOnlyFolder(folder);
        Path file = folder.resolve("waxwing-" + STAMP.format(time.now()) + ".db");
        Path making = folder.resolve("making.new");
        Files.deleteIfExists(making);
        try (Connection connection = Connections.source(database).getConnection();
                var statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, making.toString());
            statement.execute();
        }
        try (var channel = FileChannel.open(making, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(making, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        SafeFiles.forceFolder(folder);
        LOG.info("kept a copy of the database as {}", file.getFileName());
        prune();
        return file;
    }

    private void prune() throws IOException {
        long bytes = 0;
        int kept = 0;
        for (Backup backup : newestFirst()) {
            bytes += Files.size(backup.file());
            if (kept >= LEAST && (kept >= MOST || bytes > MOST_BYTES)) Files.delete(backup.file());
            else kept++;
        }
    }

    private static Optional<Instant> at(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            return Optional.of(STAMP.parse(name.substring("waxwing-".length(), name.length() - ".db".length()), Instant::from));
        } catch (DateTimeException e) {
            LOG.debug("{} is no backup of ours", file, e);
            return Optional.empty();
        }
    }
}
