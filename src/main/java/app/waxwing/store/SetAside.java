package app.waxwing.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// The databases that lie beside the one in use: damaged ones, and what a restore replaced ([Recovery]). Nothing reads them by itself, so that they
/// go when their time is over, or when an account goes whose rows they hold. Every method blocks on the disk.
final class SetAside {
    static final String DAMAGED = ".damaged-";
    static final String REPLACED = ".replaced-";
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
    private static final int STAMP_LENGTH = "yyyyMMdd-HHmmss".length();
    private final Path database;
    private final Backups backups;

    SetAside(Path database, Backups backups) {
        this.database = database;
        this.backups = backups;
    }

    private record One(Path file, Instant at, boolean damaged) {}

    private record User(String server, String user) {}

    /// Newest first.
    private List<One> all() throws IOException {
        List<One> found = new ArrayList<>();
        for (String word : List.of(DAMAGED, REPLACED)) {
            String before = database.getFileName() + word;
            try (var files = Files.newDirectoryStream(Recovery.folder(database), before + "*")) {
                for (Path file : files) {
                    String name = String.valueOf(file.getFileName()).substring(before.length());
                    if (name.endsWith("-wal") || name.endsWith("-shm")) continue;
                    at(name).ifPresent(at -> found.add(new One(file, at, word.equals(DAMAGED))));
                }
            }
        }
        found.sort(Comparator.comparing(One::at).reversed());
        return found;
    }

    private static Optional<Instant> at(String name) {
        if (name.length() < STAMP_LENGTH) return Optional.empty();
        try {
            return Optional.of(Recovery.STAMP.parse(name.substring(0, STAMP_LENGTH), Instant::from));
        } catch (DateTimeException e) {
            LOG.debug("«{}» is no time of ours", name, e);
            return Optional.empty();
        }
    }

    /// Lets go what was set aside before then; the newest damaged one stays while no backup is good, since it is the best there is.
    ///
    /// @return how many went
    int drop(Instant before) throws IOException {
        List<One> all = all();
        Optional<One> newestDamaged = all.stream().filter(One::damaged).findFirst();
        int gone = 0;
        for (One one : all) {
            if (!one.at().isBefore(before)) continue;
            if (newestDamaged.filter(one::equals).isPresent() && !backups.oneIsGood()) continue;
            delete(one.file());
            gone++;
        }
        return gone;
    }

    /// Deletes those that hold rows of this user; a damaged one always, since nobody can say what it holds.
    ///
    /// @return those that held, or may have held, other accounts too
    List<Path> erase(String serverId, String userId) throws IOException {
        List<Path> withOthers = new ArrayList<>();
        var wanted = new User(serverId, userId);
        for (One one : all()) {
            Optional<List<User>> users = users(one.file());
            if (!one.damaged() && users.isPresent() && !users.get().contains(wanted)) continue;
            delete(one.file());
            if (users.isEmpty() || users.get().stream().anyMatch(u -> !u.equals(wanted))) withOthers.add(one.file());
        }
        return withOthers;
    }

    /// Whose rows are in it; empty where that cannot be read.
    private static Optional<List<User>> users(Path file) {
        var config = new SQLiteConfig();
        config.setReadOnly(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        List<User> users = new ArrayList<>();
        try (Connection connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT server_id, user_id FROM account")) {
            while (rows.next()) users.add(new User(String.valueOf(rows.getString(1)), String.valueOf(rows.getString(2))));
            return Optional.of(users);
        } catch (SQLException e) {
            LOG.info("whose rows are in {} cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void delete(Path file) throws IOException {
        for (String suffix : new String[]{"-shm", "-wal", ""}) Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
        LOG.info("{} went", file);
    }
}
