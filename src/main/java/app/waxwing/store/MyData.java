package app.waxwing.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jooq.CSVFormat;
import org.jooq.DSLContext;
import org.jooq.JSONFormat;
import org.jooq.Record;
import org.jooq.Result;

/// «Export my data» (requirement 4.18): what is here about a person, that is about the active accounts, each list as JSON
/// and as CSV. Tokens are in no table; certificates, device ids and paths of the server stay out too. Read piece by piece
/// while Waxwing goes on: what changes meanwhile may be in one list and not yet, or no longer, in another.
public final class MyData {
    private static final int PIECE = 5_000;
    private static final String DEEDS = "deeds";
    private static final JSONFormat JSON = JSONFormat.DEFAULT_FOR_RESULTS.header(false).recordFormat(JSONFormat.RecordFormat.OBJECT);
    private static final CSVFormat CSV = new CSVFormat().newline("\r\n").nullString("");
    private static final String TIME = "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %s / 1000, 'unixepoch')";

    /// One list. Its first columns are the key that pieces go by, and are not written.
    ///
    /// @param start of the key, before all rows
    private record Rows(String query, Object... start) {}

    private static final Map<String, Rows> LISTS = new LinkedHashMap<>();
    /// Tables with rows that come from no list, and why.
    static final Map<String, String> LEFT_OUT = new TreeMap<>();

    static {
        byNumber("accounts", "SELECT id AS key, server_name AS server, url, user_name AS user, " + time("signed_in_at", "signedInAt")
                + " FROM account WHERE id > ? AND is_active = 1 ORDER BY id LIMIT ?");
        byNumber("history", "SELECT h.id AS key, a.server_name AS server, a.user_name AS user, h.title, h.artist_name AS artist, "
                + "h.track_item_id AS trackId, " + time("h.played_at", "playedAt") + ", h.played_ms / 1000.0 AS seconds, h.source, "
                + "h.is_counted AS counted FROM play_history h JOIN account a ON a.id = h.account_id WHERE h.id > ? AND h.deleted_at IS NULL AND "
                + ActiveAccounts.own("h.account_id") + " ORDER BY h.id LIMIT ?");
        for (String kind : List.of("track", "album", "artist", "playlist", "genre")) {
            String title = kind.equals("artist") || kind.equals("genre") ? "i.name" : "i.title";
            String artist = kind.equals("track") || kind.equals("album") ? "i.artist_name" : "''";
            byNumber("favourite-" + kind + "s",
                    "SELECT i.id AS key, a.server_name AS server, a.user_name AS user, " + title + " AS title, "
                            + artist + " AS artist, i.item_id AS id FROM " + kind + " i JOIN account a ON a.id = i.account_id "
                            + "JOIN user_data u ON u.account_id = i.account_id AND u.item_id = i.item_id AND u.is_favourite_shown = 1 "
                            + "WHERE i.id > ? AND " + ActiveAccounts.own("i.account_id") + " ORDER BY i.id LIMIT ?");
        }
        byNumber("playlists", "SELECT p.id AS key, a.server_name AS server, a.user_name AS user, p.title, p.item_id AS id, "
                + "p.track_count AS tracks, (SELECT group_concat(listed.track_item_id, ' ') FROM (SELECT track_item_id FROM playlist_item i "
                + "WHERE i.account_id = p.account_id AND i.playlist_item_id = p.item_id ORDER BY i.position) listed) AS trackIds "
                + "FROM playlist p JOIN account a ON a.id = p.account_id WHERE p.id > ? AND p.deleted_at IS NULL AND "
                + ActiveAccounts.own("p.account_id") + " ORDER BY p.id LIMIT ?");
        byNumber("downloads", "SELECT d.id AS key, a.server_name AS server, a.user_name AS user, d.item_id AS id, t.title, "
                + "t.artist_name AS artist, t.album_title AS album, d.quality, d.status, d.file_path AS file, "
                + time("d.queued_at", "queuedAt") + ", " + time("d.completed_at", "completedAt") + " FROM download d "
                + "JOIN account a ON a.id = d.account_id LEFT JOIN track t ON t.account_id = d.account_id AND t.item_id = d.item_id "
                + "WHERE d.id > ? AND d.deleted_at IS NULL AND " + ActiveAccounts.own("d.account_id") + " ORDER BY d.id LIMIT ?");
        byNumber("plays-and-positions",
                "SELECT i.id AS key, a.server_name AS server, a.user_name AS user, i.title, i.artist_name AS artist, "
                        + "i.item_id AS id, u.play_count_shown AS plays, " + time("u.last_played_shown_at", "lastPlayed")
                        + ", u.position_ms / 1000.0 AS position FROM track i CROSS JOIN user_data u ON u.account_id = i.account_id "
                        + "AND u.item_id = i.item_id CROSS JOIN account a ON a.id = i.account_id WHERE i.id > ? "
                        + "AND (u.play_count_shown > 0 OR u.position_ms > 0) AND " + ActiveAccounts.own("i.account_id")
                        + " ORDER BY i.id LIMIT ?");
        LISTS.put("searches",
                new Rows("SELECT s.account_id AS key1, s.folded AS key2, a.server_name AS server, a.user_name AS user, s.typed, "
                        + time("s.searched_at", "searchedAt") + " FROM search_history s CROSS JOIN account a ON a.id = s.account_id "
                        + "WHERE (s.account_id, s.folded) > (?, ?) AND " + ActiveAccounts.own("s.account_id") + " AND "
                        + SearchOwners.SHOWN_OF_S + " ORDER BY s.account_id, s.folded LIMIT ?", 0L, ""));
        LISTS.put("queue",
                new Rows("SELECT q.position AS key, a.server_name AS server, a.user_name AS user, q.track_item_id AS id, t.title, "
                        + "t.artist_name AS artist, q.origin, q.position = p.queue_index AS current, "
                        + "iif(q.position = p.queue_index, p.position_ms / 1000.0, NULL) AS position FROM player_state p "
                        + "CROSS JOIN queue_item q ON q.list = p.list CROSS JOIN account a ON a.id = q.account_id "
                        + "LEFT JOIN track t ON t.account_id = q.account_id AND t.item_id = q.track_item_id "
                        + "WHERE q.position > ? AND " + ActiveAccounts.own("q.account_id") + " ORDER BY q.position LIMIT ?", -1L));
        LISTS.put("kept-collections", new Rows("SELECT k.account_id AS key1, k.kind AS key2, k.source_item_id AS key3, "
                + "a.server_name AS server, a.user_name AS user, k.kind, coalesce(p.title, b.title, r.name) AS title, k.source_item_id AS id, "
                + "k.quality, " + time("k.added_at", "keptSince") + " FROM kept_collection k CROSS JOIN account a ON a.id = k.account_id "
                + "LEFT JOIN playlist p ON k.kind = 'playlist' AND p.account_id = k.account_id AND p.item_id = k.source_item_id "
                + "LEFT JOIN album b ON k.kind = 'album' AND b.account_id = k.account_id AND b.item_id = k.source_item_id "
                + "LEFT JOIN artist r ON k.kind = 'artist' AND r.account_id = k.account_id AND r.item_id = k.source_item_id "
                + "WHERE (k.account_id, k.kind, k.source_item_id) > (?, ?, ?) AND " + ActiveAccounts.own("k.account_id")
                + " ORDER BY k.account_id, k.kind, k.source_item_id LIMIT ?", 0L, "", ""));
        LISTS.put("not-kept-of-collections", new Rows("SELECT k.account_id AS key1, k.kind AS key2, k.source_item_id AS key3, "
                + "k.track_item_id AS key4, a.server_name AS server, a.user_name AS user, k.kind, k.source_item_id AS id, t.title, "
                + "k.track_item_id AS trackId FROM keep_exception k CROSS JOIN account a ON a.id = k.account_id "
                + "LEFT JOIN track t ON t.account_id = k.account_id AND t.item_id = k.track_item_id "
                + "WHERE (k.account_id, k.kind, k.source_item_id, k.track_item_id) > (?, ?, ?, ?) AND " + ActiveAccounts.own("k.account_id")
                + " ORDER BY k.account_id, k.kind, k.source_item_id, k.track_item_id LIMIT ?", 0L, "", "", ""));
        LISTS.put("libraries", new Rows("SELECT f.account_id AS key1, f.item_id AS key2, a.server_name AS server, a.user_name AS user, "
                + "f.title, f.item_id AS id, f.is_synced AS chosen FROM library_folder f CROSS JOIN account a ON a.id = f.account_id "
                + "WHERE (f.account_id, f.item_id) > (?, ?) AND " + ActiveAccounts.own("f.account_id")
                + " ORDER BY f.account_id, f.item_id LIMIT ?", 0L, ""));
        byNumber("waiting-changes", "SELECT w.id AS key, a.server_name AS server, a.user_name AS user, w.kind, w.item_kind AS itemKind, "
                + "w.item_id AS id, w.detail, " + time("w.created_at", "madeAt") + ", w.attempts, w.error, "
                + "(SELECT group_concat(part.track_item_id, ' ') FROM (SELECT track_item_id FROM pending_action_item i WHERE i.action_id = w.id "
                + "ORDER BY i.position) part) AS trackIds FROM pending_action w CROSS JOIN account a ON a.id = w.account_id WHERE w.id > ? AND "
                + ActiveAccounts.own("w.account_id") + " ORDER BY w.id LIMIT ?");
        byNumber(DEEDS, "SELECT id AS key, " + time("at", "at") + ", actor, action, object, outcome FROM audit WHERE id > ? "
                + "ORDER BY id LIMIT ?");
        for (String table : List.of("album_artist", "track_artist", "track_genre", "lyrics", "image"))
            leftOut(table, "what servers say of music");
        for (String table : List.of("search_word", "cache_entry", "cache_figure", "counter", "sync_state", "held_sweep", "account_setting",
                "pending_count", "download_traffic")) {
            leftOut(table, "made by Waxwing for its own work, and made anew by it");
        }
        leftOut("media_file", "the files themselves lie in the music folders, by name in the list of downloads");
        leftOut("reserved_path", "names of files that are to come; the list of downloads holds those that came");
        leftOut("abandoned_file", "files of accounts that are gone, until their drive is there again");
        leftOut("erasure", "whose data were deleted, until nothing holds them");
        leftOut("manifest_due", "what is to be said anew beside the music");
        leftOut("artist_due", "whose tracks are to be counted anew");
        leftOut("keep_reason", "follows from downloads and kept collections");
        leftOut("player_order", "the order of a shuffled queue, which is chance");
        leftOut("media_folder", "of this computer, whoever uses it; the settings name the folders");
        leftOut("network_choice", "of this computer, whoever uses it");
    }

    private MyData() {}

    private static void byNumber(String name, String query) {
        LISTS.put(name, new Rows(query, 0L));
    }

    private static void leftOut(String table, String why) {
        LEFT_OUT.put(table, why);
    }

    /// All queries, for those who look whether a table was forgotten.
    static List<String> queries() {
        return LISTS.values().stream().map(Rows::query).toList();
    }

    private static String time(String column, String name) {
        return TIME.formatted(column) + " AS " + name;
    }

    /// Writes the zip; the stream stays open.
    ///
    /// @param settings the options as JSON
    /// @return how many rows
    public static long write(Database database, String settings, OutputStream out) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        long rows = 0;
        try {
            for (var list : LISTS.entrySet()) {
                rows += list(database, zip, list.getKey(), list.getValue(), true);
                list(database, zip, list.getKey(), list.getValue(), false);
            }
        } catch (java.io.UncheckedIOException e) {
            throw new IOException(e.getCause());
        }
        zip.putNextEntry(new ZipEntry("settings.json"));
        zip.write(settings.getBytes(StandardCharsets.UTF_8));
        zip.putNextEntry(new ZipEntry("left-out.txt"));
        for (var table : LEFT_OUT.entrySet()) zip.write((table.getKey() + ": " + table.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
        zip.finish();
        return rows;
    }

    private static long list(Database database, ZipOutputStream zip, String name, Rows list, boolean json) throws IOException {
        zip.putNextEntry(new ZipEntry(name + (json ? ".json" : ".csv")));
        Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        text.write(json ? "[" : "");
        int keys = list.start.length;
        long rows = 0;
        Object[] after = list.start;
        boolean first = true;
        while (true) {
            Object[] from = after;
            Result<Record> piece = database.readNow(sql -> fetch(sql, list.query, from));
            boolean last = piece.size() < PIECE;
            if (!piece.isEmpty()) after = Arrays.copyOf(piece.getLast().intoArray(), keys);
            if (name.equals(DEEDS)) onlyOwn(database, piece);
            Result<Record> told = piece.into(Arrays.copyOfRange(piece.fields(), keys, piece.fields().length));
            if (!json) text.write(told.formatCSV(CSV.header(first)));
            else if (!told.isEmpty()) text.write((rows > 0 ? ",\n" : "\n") + inner(told.formatJSON(JSON)));
            rows += told.size();
            first = false;
            if (last) break;
        }
        text.write(json ? "\n]\n" : "");
        text.flush();
        zip.closeEntry();
        return rows;
    }

    private static Result<Record> fetch(DSLContext sql, String query, Object[] after) {
        Object[] values = Arrays.copyOf(after, after.length + 1);
        values[after.length] = PIECE;
        return sql.fetch(query, values);
    }

    /// Whose deed a row tells of stands in words in it.
    private static void onlyOwn(Database database, Result<Record> deeds) {
        AuditOwners owners = database.readNow(AuditOwners::read);
        deeds.removeIf(d -> !owners.shows(new Audit.Entry(Instant.EPOCH, Audit.Actor.USER, d.get("action", String.class),
                d.get("object", String.class), d.get("outcome", String.class))));
    }

    private static String inner(String array) {
        return array.strip().substring(1, array.strip().length() - 1).strip();
    }
}
