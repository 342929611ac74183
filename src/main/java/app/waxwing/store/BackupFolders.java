package app.waxwing.store;

import app.waxwing.base.SafeFiles;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The folders that backups were ever put into, beside the usual one, and up to when those in a folder are to be deleted that could not be yet.
/// In a file beside the backups and not in the database: what a restore brings back must not bring back what was deleted with it. Thread-safe; every
/// method blocks on the disk.
final class BackupFolders {
    private final Path file;

    /// @param usual the folder for backups beside the database
    BackupFolders(Path usual) {
        file = usual.resolve("folders.properties");
    }

    /// Each with the time up to which what is in it is to be deleted, where that is so.
    synchronized Map<Path, Optional<Instant>> known() throws IOException {
        Map<Path, Optional<Instant>> known = new LinkedHashMap<>();
        if (!Files.exists(file)) return known;
        var text = new Properties();
        try {
            text.load(new StringReader(Files.readString(file)));
            for (String folder : text.stringPropertyNames()) {
                String until = text.getProperty(folder, "");
                known.put(Path.of(folder),
                        until.isEmpty() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(Long.parseLong(until))));
            }
        } catch (IllegalArgumentException e) { // edited by hand
            throw new IOException(file + " cannot be read", e);
        }
        return known;
    }

    /// Backups are, or may be, in this folder.
    synchronized void note(Path folder) throws IOException {
        Map<Path, Optional<Instant>> all = known();
        if (all.putIfAbsent(folder, Optional.empty()) == null) write(all);
    }

    /// What is in the folder from then or before is to be deleted.
    synchronized void doom(Path folder, Instant until) throws IOException {
        Map<Path, Optional<Instant>> all = known();
        all.put(folder, Optional.of(until));
        write(all);
    }

    /// Nothing in the folder is to be deleted any more.
    synchronized void clear(Path folder) throws IOException {
        Map<Path, Optional<Instant>> all = known();
        if (all.containsKey(folder) && !Optional.empty().equals(all.put(folder, Optional.empty()))) write(all);
    }

    /// The folder is none of ours any more.
    synchronized void forget(Path folder) throws IOException {
        Map<Path, Optional<Instant>> all = known();
        if (all.remove(folder) != null) write(all);
    }

    private void write(Map<Path, Optional<Instant>> all) throws IOException {
        var text = new Properties();
        all.forEach((folder, until) -> text.setProperty(folder.toString(), until.map(u -> String.valueOf(u.toEpochMilli())).orElse("")));
        var out = new StringWriter();
        text.store(out, null);
        Path parent = file.getParent();
        if (parent != null) SafeFiles.createOwnerOnlyFolder(parent);
        SafeFiles.writeOwnerOnly(file, out.toString().getBytes(StandardCharsets.UTF_8));
    }
}
