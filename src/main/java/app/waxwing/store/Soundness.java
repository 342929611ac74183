package app.waxwing.store;

import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the file is what the last run left. A note beside it, written when it is closed and taken away when it is opened, holds its length and
/// time; where the note is missing or says otherwise the whole file is looked through before anything is done with it.
final class Soundness {
    private static final Logger LOG = LoggerFactory.getLogger(Soundness.class);
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final String DOUBTFUL = "doubtful";
    private final Path file;
    private final Path note;

    Soundness(Path file) {
        this.file = file;
        this.note = file.resolveSibling(file.getFileName() + ".closed");
    }

    /// What is wrong; empty when nothing is, or when there was no database before.
    ///
    /// @param before whether there was one, as far as backups can tell; what lies beside the file may tell too
    Optional<String> trouble(boolean before) throws IOException, SQLException {
        if (!Files.exists(file)) return before || wasHere() ? Optional.of("it is gone") : Optional.empty();
        if (Files.size(file) == 0) return before || Files.exists(note) ? Optional.of("it is empty") : Optional.empty();
        try (var in = Files.newInputStream(file)) {
            if (!Arrays.equals(MAGIC, in.readNBytes(MAGIC.length))) return Optional.of("it does not begin as a database does");
        }
        String last = Files.exists(note) ? Files.readString(note).strip() : "";
        if (last.equals(state())) return Optional.empty();
        LOG.info("the database is not as it was closed; looking through it");
        return wrong(file, !last.isEmpty()); // without a note the program was killed, and a quick look will do
    }

    /// What a run leaves beside it is there.
    private boolean wasHere() {
        return Files.exists(note) || Files.exists(file.resolveSibling(file.getFileName() + "-wal"));
    }

    /// From now on the file changes.
    void opened() throws IOException {
        Files.deleteIfExists(note);
    }

    /// Every connection is closed; or damage was met, which is noted at once, since the program may be killed.
    ///
    /// @param doubtful SQLite met damage: the next start looks at everything
    void closed(boolean doubtful) {
        try {
            Path wal = file.resolveSibling(file.getFileName() + "-wal");
            if (Files.exists(wal) && Files.size(wal) > 0 && !doubtful) return;
            SafeFiles.writeOwnerOnly(note, (doubtful ? DOUBTFUL : state()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            LOG.warn("that the database was closed is not noted; the next start looks through it", e);
        }
    }

    private String state() throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    }

    /// Reads all of a database file.
    ///
    /// @param wholly indexes are compared with their tables too
    static Optional<String> wrong(Path file, boolean wholly) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(wholly ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)")) {
            String word = rows.next() ? rows.getString(1) : "no answer";
            return word.equals("ok") ? Optional.empty() : Optional.of(word);
        } catch (SQLException e) {
            if (SqliteTrouble.unreadable(e)) return Optional.of(String.valueOf(e.getMessage()));
            throw e;
        }
    }
}
