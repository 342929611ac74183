package app.waxwing.library;

import static app.waxwing.library.Batch.whole;

import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteArtist;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a page of artists, as [TrackWriter] does tracks.
final class ArtistWriter {
    private final Connection connection;
    private final long account;
    private final long pass;

    /// The artist as the server's word and what was known make it (requirement 3.21).
    private record Row(String name, String sortName, @Nullable String imageTag) {
        static Row merge(RemoteArtist told, @Nullable Row known) {
            String name = TrackRow.title(told.name(), known == null ? null : known.name);
            return new Row(name, known == null
                    ? TrackRow.sort(told.sortName(), name)
                    : TrackRow.sort(told.sortName(), name, known.name, known.sortName),
                    TrackRow.image(told.imageTag(), known == null ? null : known.imageTag));
        }
    }

    private record Known(long id, long pass, boolean gone, Row row) {}

    ArtistWriter(Connection connection, long account, long pass) {
        this.connection = connection;
        this.account = account;
        this.pass = pass;
    }

    Tally write(List<RemoteArtist> page, Instant asked) throws SQLException {
        Map<String, RemoteArtist> artists = new LinkedHashMap<>();
        for (RemoteArtist artist : page) if (!artist.id().isBlank()) artists.put(artist.id(), artist);
        if (artists.isEmpty()) return Tally.NONE;
        Map<String, Known> known = known(new ArrayList<>(artists.keySet()));
        long next = Batch.number(connection, "SELECT coalesce(max(id), 0) FROM artist");
        int added = 0;
        int updated = 0;
        int fresh = 0;
        try (var insert = new Batch(connection,
                "INSERT INTO artist (id, account_id, item_id, seen_pass, name, sort_name, image_tag) VALUES (?, ?, ?, ?, ?, ?, ?)");
                var update = new Batch(connection,
                        "UPDATE artist SET seen_pass = ?, gone_at = NULL, name = ?, sort_name = ?, image_tag = ? WHERE id = ?");
                var putWords = new Batch(connection, "INSERT INTO artist_fts (rowid, name) VALUES (?, ?)");
                var dropWords = new Batch(connection, "DELETE FROM artist_fts WHERE rowid = ?");
                var middles = new MiddleWords(connection);
                var userData = new UserDataWriter(connection, account, asked)) {
            for (RemoteArtist artist : artists.values()) {
                Known before = known.get(artist.id());
                Row row = Row.merge(artist, before == null ? null : before.row);
                boolean same = before != null && before.row.equals(row);
                long id = before == null ? ++next : before.id;
                if (before == null) {
                    insert.number(id).number(account).text(artist.id()).number(pass).text(row.name).text(row.sortName).text(row.imageTag)
                            .run();
                    added++;
                } else if (!same || before.pass != pass || before.gone) {
                    update.number(pass).text(row.name).text(row.sortName).text(row.imageTag).number(id).run();
                    if (!same || before.gone) updated++;
                }
                if (!same) {
                    if (before != null) dropWords.number(id).run();
                    String words = Spellings.indexed(row.name);
                    putWords.number(id).text(words).run();
                    middles.add(SearchKind.ARTIST, words);
                }
                if (before == null || before.pass != pass) fresh++;
                if (artist.favourite().isPresent()) userData.favourite(ItemKind.ARTIST, artist.id(), artist.favourite().get());
            }
        }
        return new Tally(added, updated, fresh);
    }

    private Map<String, Known> known(List<String> ids) throws SQLException {
        Map<String, Known> known = new HashMap<>();
        try (var batch = new Batch(connection,
                "SELECT item_id, id, seen_pass, gone_at, name, sort_name, image_tag FROM artist WHERE account_id = ? AND item_id IN ("
                        + Batch.marks(ids.size()) + ")")) {
            batch.number(account);
            for (String id : ids) batch.text(id);
            batch.read(r -> known.put(r.getString(1), new Known(r.getLong(2), r.getLong(3), whole(r, 4) != null,
                    new Row(r.getString(5), r.getString(6), r.getString(7)))));
        }
        return known;
    }
}
