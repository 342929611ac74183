package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.RESERVED_PATH;

import app.waxwing.base.Quality;
import app.waxwing.library.Batch;
import app.waxwing.library.MediaFiles.Root;
import java.util.Optional;
import org.jooq.DSLContext;

/// Gives names to files, once each, so that no two meet on any file system: decided by a unique key in the store, not by looking at the disk
/// (B.24, B.25). Inside transactions only.
final class Names {
    private Names() {}

    /// The entry with both its paths; what it has already stays.
    ///
    /// @param tag marks part files as ours
    static Entry placed(DSLContext sql, Entry entry, String tag) {
        String file = entry.filePath().orElseGet(() -> {
            var l = entry.label();
            String wanted = SafeNames.path(l.albumArtist(), l.album(), l.disc(), l.number(), l.title(),
                    entry.target().transcoded() ? entry.target().codec() : SafeNames.extension(l.serverPath(), l.container()));
            return reserve(sql, entry.id(), entry.root(), wanted, 1);
        });
        String part = entry.partPath().orElse(part(file, tag, entry.id()));
        return entry.placed(entry.root(), Optional.of(part), Optional.of(file));
    }

    static String part(String file, String tag, long id) {
        return file + ".w" + tag + "-" + id + ".part";
    }

    /// The name of the original for a download that was to be a transcode.
    static String original(DSLContext sql, Entry entry, String tag) {
        free(sql, entry.id());
        return placed(sql, entry.as(Quality.ORIGINAL.word(), Optional.empty()), tag).filePath().orElseThrow();
    }

    /// The next free ` (n)` of a name whose place on the disk is taken by a file that is not ours.
    static String another(DSLContext sql, long id, Root root, String path) {
        String given = reserve(sql, id, root, plain(path), number(path) + 1);
        sql.update(DOWNLOAD).set(DOWNLOAD.FILE_PATH, given).where(DOWNLOAD.ID.eq(id)).execute();
        return given;
    }

    /// Whether the names differ only in that the first one has a lower number, or none.
    static boolean better(String one, String other) {
        return plain(one).equals(plain(other)) && number(one) < number(other);
    }

    /// Without its ` (n)`.
    private static String plain(String path) {
        return number(path) == 1 ? path : path.substring(0, path.lastIndexOf(" (")) + path.substring(path.lastIndexOf(").") + 1);
    }

    /// The n of a name's ` (n)`; 1 where it has none.
    private static int number(String path) {
        int open = path.lastIndexOf(" (");
        int close = path.lastIndexOf(").");
        boolean numbered = open > 0 && close > open && path.substring(open + 2, close).matches("\\d{1,4}");
        return numbered ? Math.max(1, Integer.parseInt(path.substring(open + 2, close))) : 1;
    }

    /// The name stays taken while the file that bears it is being removed.
    static void hold(DSLContext sql, Entry entry) {
        entry.filePath().ifPresent(path -> reserve(sql, entry.id(), entry.root(), SafeNames.key(path)));
    }

    /// The download needs no name held any more.
    static void free(DSLContext sql, long id) {
        Batch.run(sql, "DELETE FROM reserved_path WHERE download_id = ?", id);
    }

    private static boolean reserve(DSLContext sql, long id, Root root, String key) {
        return Batch.run(sql, "INSERT INTO reserved_path (root, path_key, download_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                root.kind(),
                key, id) == 1;
    }

    private static String reserve(DSLContext sql, long id, Root root, String wanted, int from) {
        for (int n = from;; n++) {
            String path = SafeNames.numbered(wanted, n);
            String key = SafeNames.key(path);
            boolean taken = Batch.number(sql, "SELECT count(*) FROM media_file WHERE root = ? AND path_key = ?", root.kind(), key) > 0;
            if (!taken && reserve(sql, id, root, key)) return path;
            if (!taken && sql.fetchExists(RESERVED_PATH, RESERVED_PATH.ROOT.eq(root.kind()).and(RESERVED_PATH.PATH_KEY.eq(key))
                    .and(RESERVED_PATH.DOWNLOAD_ID.eq(id)))) {
                return path;
            }
        }
    }
}
