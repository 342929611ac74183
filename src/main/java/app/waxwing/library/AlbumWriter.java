package app.waxwing.library;

import static app.waxwing.library.Batch.boxed;
import static app.waxwing.library.Batch.either;
import static app.waxwing.library.Batch.fraction;
import static app.waxwing.library.Batch.whole;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteAlbum;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a page of albums, as [TrackWriter] does tracks.
final class AlbumWriter {
    private final Connection connection;
    private final long account;
    private final long pass;
    private final String folder;

    /// The album as the server's word and what was known make it (requirement 3.21).
    private record Row(String title, String sortTitle, String artistName, @Nullable Long year, @Nullable String imageTag,
            @Nullable Double gain,
            @Nullable Long addedAt, List<ArtistRef> artists) {
        static Row merge(RemoteAlbum told, @Nullable Row known) {
            List<ArtistRef> artists = known != null && told.artists().isEmpty() ? known.artists : TrackRow.inert(told.artists());
            String title = TrackRow.title(told.title(), known == null ? null : known.title);
            return new Row(title, known == null
                    ? TrackRow.sort(told.sortTitle(), title)
                    : TrackRow.sort(told.sortTitle(), title, known.title, known.sortTitle),
                    known != null && told.artists().isEmpty() ? known.artistName : TrackRow.names(artists),
                    either(boxed(told.year()), known == null ? null : known.year),
                    TrackRow.image(told.imageTag(), known == null ? null : known.imageTag),
                    either(boxed(told.gainDb()), known == null ? null : known.gain),
                    either(told.added().map(Instant::toEpochMilli).orElse(null), known == null ? null : known.addedAt), artists);
        }
    }

    private record Known(long id, long pass, boolean gone, String folder, Row row) {}

    /// @param folder the library that the page was read from
    AlbumWriter(Connection connection, long account, long pass, String folder) {
        this.folder = folder;
        this.connection = connection;
        this.account = account;
        this.pass = pass;
    }

    Tally write(List<RemoteAlbum> page, Instant asked) throws SQLException {
        Map<String, RemoteAlbum> albums = new LinkedHashMap<>();
        for (RemoteAlbum album : page) if (!album.id().isBlank()) albums.put(album.id(), album);
        if (albums.isEmpty()) return Tally.NONE;
        Map<String, Known> known = known(new ArrayList<>(albums.keySet()));
        long next = Batch.number(connection, "SELECT coalesce(max(id), 0) FROM album");
        List<String> changed = new ArrayList<>();
        int added = 0;
        int updated = 0;
        int fresh = 0;
        try (var insert = new Batch(connection,
                "INSERT INTO album (id, account_id, item_id, seen_pass, folder_item_id, title, sort_title, artist_item_id, artist_name, year, "
                        + "image_tag, gain_db, added_at, sort_artist) VALUES (" + Batch.marks(14) + ")");
                var update = new Batch(connection,
                        "UPDATE album SET seen_pass = ?, folder_item_id = ?, gone_at = NULL, title = ?, sort_title = ?, artist_item_id = ?, "
                                + "artist_name = ?, year = ?, image_tag = ?, gain_db = ?, added_at = ?, sort_artist = ? WHERE id = ?");
                var seen = new Batch(connection, "UPDATE album SET seen_pass = ?, folder_item_id = ?, gone_at = NULL WHERE id = ?");
                var putWords = new Batch(connection, "INSERT INTO album_fts (rowid, title, artist) VALUES (?, ?, ?)");
                var dropWords = new Batch(connection, "DELETE FROM album_fts WHERE rowid = ?");
                var middles = new MiddleWords(connection);
                var putArtist = new Batch(connection,
                        "INSERT INTO album_artist (account_id, album_item_id, position, artist_item_id, artist_name) VALUES (?, ?, ?, ?, ?)");
                var dropArtists = new Batch(connection, "DELETE FROM album_artist WHERE account_id = ? AND album_item_id = ?");
                var userData = new UserDataWriter(connection, account, asked)) {
            for (RemoteAlbum album : albums.values()) {
                Known before = known.get(album.id());
                Row row = Row.merge(album, before == null ? null : before.row);
                boolean same = before != null && before.row.equals(row);
                long id = before == null ? ++next : before.id;
                if (before == null) {
                    bind(insert.number(id).number(account).text(album.id()).number(pass).text(folder), row).run();
                    added++;
                } else if (!same) {
                    bind(update.number(pass).text(folder), row).number(id).run();
                    dropWords.number(id).run();
                    dropArtists.number(account).text(album.id()).run();
                    updated++;
                } else if (before.pass != pass || before.gone || !before.folder.equals(folder)) {
                    seen.number(pass).text(folder).number(id).run();
                    if (before.gone) updated++;
                }
                if (!same) {
                    String title = Spellings.indexed(row.title);
                    String artists = Spellings.indexed(row.artistName);
                    putWords.number(id).text(title).text(artists).run();
                    middles.add(SearchKind.ALBUM, title);
                    middles.add(SearchKind.ALBUM, artists);
                    int position = 0;
                    for (ArtistRef artist : row.artists) {
                        putArtist.number(account).text(album.id()).number(position++).text(artist.id()).text(artist.name()).run();
                    }
                }
                if (before == null) changed.add(album.id());
                if (before == null || before.pass != pass) fresh++;
                if (album.favourite().isPresent()) userData.favourite(ItemKind.ALBUM, album.id(), album.favourite().get());
            }
        }
        AlbumFigures.refresh(connection, account, changed);
        return new Tally(added, updated, fresh);
    }

    private static Batch bind(Batch batch, Row row) throws SQLException {
        return batch.text(row.title).text(row.sortTitle).text(row.artists.isEmpty() ? null : row.artists.getFirst().id())
                .text(row.artistName)
                .number(row.year).text(row.imageTag).real(row.gain).number(row.addedAt).text(SearchText.sort(row.artistName));
    }

    private Map<String, Known> known(List<String> ids) throws SQLException {
        Map<String, List<ArtistRef>> artists = new HashMap<>();
        try (var batch = new Batch(connection,
                "SELECT album_item_id, artist_item_id, artist_name FROM album_artist WHERE account_id = ? AND album_item_id IN ("
                        + Batch.marks(ids.size()) + ") ORDER BY album_item_id, position")) {
            batch.number(account);
            for (String id : ids) batch.text(id);
            batch.read(r -> artists.computeIfAbsent(r.getString(1), k -> new ArrayList<>())
                    .add(new ArtistRef(r.getString(2), r.getString(3))));
        }
        Map<String, Known> known = new HashMap<>();
        try (var batch = new Batch(connection,
                "SELECT item_id, id, seen_pass, gone_at, folder_item_id, title, sort_title, artist_name, year, image_tag, gain_db, added_at "
                        + "FROM album WHERE account_id = ? AND item_id IN (" + Batch.marks(ids.size()) + ")")) {
            batch.number(account);
            for (String id : ids) batch.text(id);
            batch.read(r -> known.put(r.getString(1), new Known(r.getLong(2), r.getLong(3), whole(r, 4) != null, r.getString(5),
                    new Row(r.getString(6), r.getString(7), r.getString(8), whole(r, 9), r.getString(10), fraction(r, 11), whole(r, 12),
                            artists.getOrDefault(r.getString(1), List.of())))));
        }
        return known;
    }
}
