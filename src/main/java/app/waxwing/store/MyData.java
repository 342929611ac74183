package app.waxwing.store;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jooq.CSVFormat;
import org.jooq.DSLContext;
import org.jooq.JSONFormat;
import org.jooq.Record;
import org.jooq.Result;

/// «Export my data» (requirement 4.18): what is here about a person, that is about the active accounts, each list as JSON
/// and as CSV. Tokens are in no table; certificates, device ids and paths of the server stay out too. One moment of the database, read
/// piece by piece.
public final class MyData {
    private static final int PIECE = 5_000;
    private static final JSONFormat JSON = JSONFormat.DEFAULT_FOR_RESULTS.header(false).recordFormat(JSONFormat.RecordFormat.OBJECT);
    private static final CSVFormat CSV = new CSVFormat().newline("\r\n").nullString("");
    private static final String TIME = "strftime('%%Y-%%m-%%dT%%H:%%M:%%SZ', %s / 1000, 'unixepoch')";

    /// One list. Its first column is the key that pieces go by, and is not written.
    private static final Map<String, String> LISTS = new LinkedHashMap<>();

    static {
        LISTS.put("accounts", "SELECT id AS key, server_name AS server, url, user_name AS user, " + time("signed_in_at", "signedInAt")
                + " FROM account WHERE id > ? AND is_active = 1 ORDER BY id LIMIT ?");
        LISTS.put("history", "SELECT h.id AS key, a.server_name AS server, a.user_name AS user, h.title, h.artist_name AS artist, "
                + "h.track_item_id AS trackId, " + time("h.played_at", "playedAt") + ", h.played_ms / 1000.0 AS seconds, h.source, "
                + "h.is_counted AS counted FROM play_history h JOIN account a ON a.id = h.account_id WHERE h.id > ? AND h.deleted_at IS NULL AND "
                + ActiveAccounts.own("h.account_id") + " ORDER BY h.id LIMIT ?");
        for (String kind : List.of("track", "album", "artist", "playlist")) {
            String title = kind.equals("artist") ? "i.name" : "i.title";
            String artist = kind.equals("track") || kind.equals("album") ? "i.artist_name" : "''";
            LISTS.put("favourite-" + kind + "s",
                    "SELECT i.id AS key, a.server_name AS server, a.user_name AS user, " + title + " AS title, "
                            + artist + " AS artist, i.item_id AS id FROM " + kind + " i JOIN account a ON a.id = i.account_id "
                            + "JOIN user_data u ON u.account_id = i.account_id AND u.item_id = i.item_id AND u.is_favourite_shown = 1 "
                            + "WHERE i.id > ? AND " + ActiveAccounts.own("i.account_id") + " ORDER BY i.id LIMIT ?");
        }
        LISTS.put("playlists", "SELECT p.id AS key, a.server_name AS server, a.user_name AS user, p.title, p.item_id AS id, "
                + "p.track_count AS tracks, (SELECT group_concat(listed.track_item_id, ' ') FROM (SELECT track_item_id FROM playlist_item i "
                + "WHERE i.account_id = p.account_id AND i.playlist_item_id = p.item_id ORDER BY i.position) listed) AS trackIds "
                + "FROM playlist p JOIN account a ON a.id = p.account_id WHERE p.id > ? AND p.deleted_at IS NULL AND "
                + ActiveAccounts.own("p.account_id") + " ORDER BY p.id LIMIT ?");
        LISTS.put("downloads", "SELECT d.id AS key, a.server_name AS server, a.user_name AS user, d.item_id AS id, t.title, "
                + "t.artist_name AS artist, t.album_title AS album, d.quality, d.status, d.file_path AS file, "
                + time("d.queued_at", "queuedAt") + ", " + time("d.completed_at", "completedAt") + " FROM download d "
                + "JOIN account a ON a.id = d.account_id LEFT JOIN track t ON t.account_id = d.account_id AND t.item_id = d.item_id "
                + "WHERE d.id > ? AND d.deleted_at IS NULL AND " + ActiveAccounts.own("d.account_id") + " ORDER BY d.id LIMIT ?");
    }

    private MyData() {}

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
        zip.finish();
        return rows;
    }

    private static long list(Database database, ZipOutputStream zip, String name, String query, boolean json) throws IOException {
        zip.putNextEntry(new ZipEntry(name + (json ? ".json" : ".csv")));
        Writer text = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
        text.write(json ? "[" : "");
        long rows = 0;
        long after = 0;
        while (true) {
            long from = after;
            Result<Record> piece = database.readNow(sql -> fetch(sql, query, from));
            if (piece.isEmpty() && (json || rows > 0)) break;
            if (!piece.isEmpty()) after = piece.getLast().get(0, Long.class);
            Result<Record> told = piece.into(java.util.Arrays.copyOfRange(piece.fields(), 1, piece.fields().length));
            if (json) text.write((rows > 0 ? ",\n" : "\n") + inner(told.formatJSON(JSON)));
            else text.write(told.formatCSV(CSV.header(rows == 0)));
            rows += piece.size();
            if (piece.size() < PIECE) break;
        }
        text.write(json ? "\n]\n" : "");
        text.flush();
        zip.closeEntry();
        return rows;
    }

    private static Result<Record> fetch(DSLContext sql, String query, long after) {
        return sql.fetch(query, after, PIECE);
    }

    private static String inner(String array) {
        return array.strip().substring(1, array.strip().length() - 1).strip();
    }
}
