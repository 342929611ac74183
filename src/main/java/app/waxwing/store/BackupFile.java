package app.waxwing.store;

import app.waxwing.base.SafeFiles;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/// One backup as a file: a whole database at one moment, less what Waxwing makes anew by itself, compressed. Tokens are in no table.
final class BackupFile {
    /// When the backup was made, in milliseconds: a renamed file knows it too.
    static final String MADE_AT = "backup-at";
    /// Set where the search index was left out; whoever writes it looks for this.
    static final String NO_SEARCH_INDEX = "search-index-missing";
    /// Files of the cache that these rows know stay or come again; they say nothing of the library.
    private static final List<String> CACHES = List.of("image", "cache_entry", "cache_figure");
    private static final List<String> SEARCH_INDEX = List.of("track_fts", "album_fts", "artist_fts", "playlist_fts", "lyrics_fts");
    private final Path database;
    private final Path making;

    /// @param making where the copy is before it is compressed
    BackupFile(Path database, Path making) {
        this.database = database;
        this.making = making;
    }

    /// @param erased the last that is to be done for deleted accounts is done with this backup: it says nothing of them
    void write(Path file, Instant at, boolean erased) throws SQLException, IOException {
        Path compressed = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(making);
            try (Connection connection = Connections.source(database).getConnection();
                    var statement = connection.prepareStatement("VACUUM INTO ?")) {
                statement.setString(1, making.toString());
                statement.execute();
            }
            strip(at, erased);
            compress(compressed);
            Files.move(compressed, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            Path folder = file.getParent();
            if (folder != null) SafeFiles.forceFolder(folder);
        } finally {
            Files.deleteIfExists(making);
            Files.deleteIfExists(compressed);
        }
    }

    private void compress(Path to) throws IOException {
        SafeFiles.createOwnerOnly(to);
        try (var channel = FileChannel.open(to, StandardOpenOption.WRITE)) {
            var out = new Quick(Channels.newOutputStream(channel));
            Files.copy(making, out);
            out.finish();
            channel.force(true);
        } catch (IOException e) { // before what was written goes, and makes room
            var full = DiskTrouble.full(e, Recovery.folder(to));
            if (full.isPresent()) throw full.get();
            throw e;
        }
    }

    /// The database has any schema so far: this runs before migrations too.
    private void strip(Instant at, boolean erased) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.MEMORY);
        config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + making);
        try (Connection connection = source.getConnection()) {
            for (String table : CACHES) if (has(connection, table)) Connections.run(connection, "DELETE FROM " + table);
            if (erased && has(connection, "erasure")) Connections.run(connection, "DELETE FROM erasure");
            boolean indexed = false;
            if (has(connection, "search_word")) {
                // First the index: to delete word by word from one that is empty already costs little.
                Connections.run(connection, "INSERT INTO word_fts (word_fts) VALUES ('delete-all')");
                Connections.run(connection, "DELETE FROM search_word");
            }
            for (String table : SEARCH_INDEX) {
                if (!has(connection, table)) continue;
                Connections.run(connection, "INSERT INTO " + table + " (" + table + ") VALUES ('delete-all')");
                indexed = true;
            }
            if (has(connection, "counter")) {
                note(connection, MADE_AT, at.toEpochMilli());
                if (indexed) note(connection, NO_SEARCH_INDEX, 1);
            }
            Connections.run(connection, "VACUUM");
        }
    }

    private static void note(Connection connection, String name, long value) throws SQLException {
        try (var put = connection.prepareStatement("INSERT OR REPLACE INTO counter (name, value) VALUES (?, ?)")) {
            put.setString(1, name);
            put.setLong(2, value);
            put.executeUpdate();
        }
    }

    static boolean has(Connection connection, String table) throws SQLException {
        try (var find = connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
            find.setString(1, table);
            try (var rows = find.executeQuery()) {
                return rows.next();
            }
        }
    }

    /// A number that a database file holds under this name.
    static Optional<Long> noted(Path file, String name) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection()) {
            if (!has(connection, "counter")) return Optional.empty();
            try (var find = connection.prepareStatement("SELECT value FROM counter WHERE name = ?")) {
                find.setString(1, name);
                try (var rows = find.executeQuery()) {
                    return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
                }
            }
        }
    }

    static void forget(Path file, String name) throws SQLException {
        try (Connection connection = Connections.source(file).getConnection();
                var delete = connection.prepareStatement("DELETE FROM counter WHERE name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }

    /// As a database, whether it is compressed or not.
    static InputStream open(Path file) throws IOException {
        return open(Files.newInputStream(file));
    }

    /// As [#open(Path)], from what was opened already; closing it closes that too.
    static InputStream open(InputStream file) throws IOException {
        InputStream in = new BufferedInputStream(file, 1 << 16);
        in.mark(2);
        boolean compressed = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return compressed ? new GZIPInputStream(in, 1 << 16) : in;
    }

    /// A backup is made while somebody listens to music: little work counts more than the last tenth of its size.
    private static final class Quick extends GZIPOutputStream {
        Quick(OutputStream out) throws IOException {
            super(out, 1 << 16);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
