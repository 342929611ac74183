package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What database and disk say right after a kill, read from a copy of the database so that the next start finds it as the kill left it.
///
/// @param rows the item of each row of the queue, by the row's id
/// @param completed the path of each row that is completed, by item
/// @param files path and length of each finished file that the library knows, by item
/// @param known every path, final or partial, that a row of the queue names
/// @param onDisk every file below the media folder but our own folder
record AfterKill(Map<Long, String> rows, Map<String, String> completed, Map<String, Length> files, Set<String> known, List<String> onDisk) {
    record Length(String path, long bytes) {}

    static final AfterKill NOTHING = new AfterKill(Map.of(), Map.of(), Map.of(), Set.of(), List.of());

    static AfterKill read(Path data, Path copies) throws IOException, SQLException {
        AppPaths paths = AppPaths.under(data);
        Path copy = copies.resolve("after-kill.db");
        for (String end : List.of("", "-wal", "-shm")) Files.deleteIfExists(Path.of(copy + end));
        for (String end : List.of("", "-wal")) {
            Path from = Path.of(paths.database() + end);
            if (Files.exists(from)) Files.copy(from, Path.of(copy + end), StandardCopyOption.REPLACE_EXISTING);
        }
        Map<Long, String> rows = new HashMap<>();
        Map<String, String> completed = new HashMap<>();
        Map<String, Length> files = new HashMap<>();
        Set<String> known = new HashSet<>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + copy); Statement sql = connection.createStatement()) {
            try (var row = sql.executeQuery("select id, item_id, status, file_path, part_path from download where deleted_at is null")) {
                while (row.next()) {
                    rows.put(row.getLong(1), row.getString(2));
                    if ("completed".equals(row.getString(3))) completed.put(row.getString(2), String.valueOf(row.getString(4)));
                    known.add(String.valueOf(row.getString(4)));
                    known.add(String.valueOf(row.getString(5)));
                }
            }
            try (var row = sql.executeQuery("select item_id, path, size from media_file")) {
                while (row.next()) files.put(row.getString(1), new Length(row.getString(2), row.getLong(3)));
            }
        }
        return new AfterKill(rows, completed, files, known, Rig.files(paths.media()));
    }

    /// No row went, none took another's place, and what was completed before is so still; each completed row has its line in the library and its
    /// file, and no file lies about that no row names.
    ///
    /// @param music what each item's file must be as long as
    void keeps(AfterKill before, Path data, Map<String, Integer> music, String when) throws IOException {
        assertThat(rows).as("%s: rows of the queue", when).containsAllEntriesOf(before.rows);
        assertThat(completed).as("%s: what was completed", when).containsAllEntriesOf(before.completed);
        assertThat(files.keySet()).as("%s: files in the library, and rows that are completed", when).isEqualTo(completed.keySet());
        for (var done : completed.entrySet()) {
            String item = done.getKey();
            long bytes = music.getOrDefault(item, -1);
            assertThat(files).as("%s: %s", when, item).containsEntry(item, new Length(done.getValue(), bytes));
            assertThat(Files.size(AppPaths.under(data).media().resolve(done.getValue()))).as("%s: %s", when, item).isEqualTo(bytes);
        }
        assertThat(known).as("%s: what lies on the disk, and what rows name", when).containsAll(onDisk);
    }
}
