package app.waxwing.library;

import static app.waxwing.library.Batch.fraction;
import static app.waxwing.library.Batch.whole;

import app.waxwing.server.ArtistRef;
import app.waxwing.server.ItemKind;
import app.waxwing.server.RemoteTrack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes a page of tracks: compares with what is known and touches only what differs, together with search index, artists, genres, user data
/// and the figures of the albums concerned. Repeated ids are harmless.
final class TrackWriter {
    private static final String COLUMNS = "title, sort_title, album_item_id, album_title, artist_name, album_artist, disc, number, year, "
            + "duration_ms, container, size, bitrate, path, musicbrainz_id, image_tag, gain_db, album_gain_db, has_lyrics, change_tag, "
            + "added_at, problem, genre";
    private final Connection connection;
    private final long account;
    private final long pass;
    private final String folder;

    private record Known(long id, long pass, boolean gone, String folder, TrackRow row) {}

    /// @param folder the library that the page was read from
    TrackWriter(Connection connection, long account, long pass, String folder) {
        this.folder = folder;
        this.connection = connection;
        this.account = account;
        this.pass = pass;
    }

    Tally write(List<RemoteTrack> page, Instant asked) throws SQLException {
        Map<String, RemoteTrack> tracks = new LinkedHashMap<>();
        for (RemoteTrack track : page) if (!track.id().isBlank()) tracks.put(track.id(), track);
        if (tracks.isEmpty()) return Tally.NONE;
        Map<String, Known> known = known(new ArrayList<>(tracks.keySet()));
        long next = Batch.number(connection, "SELECT coalesce(max(id), 0) FROM track");
        Set<String> albums = new LinkedHashSet<>();
        int added = 0;
        int updated = 0;
        int fresh = 0;
        try (var insert = new Batch(connection,
                "INSERT INTO track (id, account_id, item_id, seen_pass, folder_item_id, " + COLUMNS + ", sort_artist, sort_album) VALUES ("
                        + Batch.marks(30) + ")");
                var update = new Batch(connection,
                        "UPDATE track SET seen_pass = ?, folder_item_id = ?, gone_at = NULL, title = ?, sort_title = ?, album_item_id = ?, "
                                + "album_title = ?, artist_name = ?, album_artist = ?, disc = ?, number = ?, year = ?, duration_ms = ?, container = ?, "
                                + "size = ?, bitrate = ?, path = ?, musicbrainz_id = ?, image_tag = ?, gain_db = ?, album_gain_db = ?, has_lyrics = ?, "
                                + "change_tag = ?, added_at = ?, problem = ?, genre = ?, sort_artist = ?, sort_album = ? WHERE id = ?");
                var seen = new Batch(connection, "UPDATE track SET seen_pass = ?, folder_item_id = ?, gone_at = NULL WHERE id = ?");
                var details = new Details(connection, account);
                var words = LyricsStore.noneOf(connection);
                var userData = new UserDataWriter(connection, account, asked)) {
            for (RemoteTrack track : tracks.values()) {
                Known before = known.get(track.id());
                TrackRow row = TrackRow.merge(track, before == null ? null : before.row);
                if (before == null) {
                    bind(insert.number(++next).number(account).text(track.id()).number(pass).text(folder), row).run();
                    details.words(next, row, false);
                    details.artists(track.id(), row.artists(), false);
                    details.genres(track.id(), row.genres(), false);
                    added++;
                } else if (!before.row.equals(row)) {
                    bind(update.number(pass).text(folder), row).number(before.id).run();
                    if (row.hasLyrics() && !before.row.hasLyrics()) words.number(account).text(track.id()).run();
                    if (!row.sameWords(before.row)) details.words(before.id, row, true);
                    if (!row.artists().equals(before.row.artists())) details.artists(track.id(), row.artists(), true);
                    if (!row.genres().equals(before.row.genres())) details.genres(track.id(), row.genres(), true);
                    if (before.row.album() != null) albums.add(before.row.album());
                    updated++;
                } else if (before.pass != pass || before.gone || !before.folder.equals(folder)) {
                    seen.number(pass).text(folder).number(before.id).run();
                    if (before.gone) updated++;
                }
                if (before == null || before.pass != pass) fresh++;
                if (row.album() != null && (before == null || before.gone || !before.row.equals(row))) albums.add(row.album());
                if (track.userData().isPresent()) userData.put(ItemKind.TRACK, track.userData().get());
            }
        }
        AlbumFigures.refresh(connection, account, albums);
        AlbumFigures.back(connection, account, albums);
        return new Tally(added, updated, fresh);
    }

    private static Batch bind(Batch batch, TrackRow row) throws SQLException {
        return batch.text(row.title()).text(row.sortTitle()).text(row.album()).text(row.albumTitle()).text(row.artistName())
                .text(row.albumArtist()).number(row.disc()).number(row.number()).number(row.year()).number(row.durationMs())
                .text(row.container()).number(row.size()).number(row.bitrate()).text(row.path()).text(row.musicBrainzId())
                .text(row.imageTag())
                .real(row.gain()).real(row.albumGain()).flag(row.hasLyrics()).text(row.changeTag()).number(row.addedAt())
                .text(row.problem())
                .text(String.join(", ", row.genres())).text(SearchText.sort(row.artistName())).text(SearchText.sort(row.albumTitle()));
    }

    private Map<String, Known> known(List<String> ids) throws SQLException {
        Map<String, List<ArtistRef>> artists = new HashMap<>();
        read("SELECT track_item_id, artist_item_id, artist_name FROM track_artist WHERE account_id = ? AND track_item_id IN ("
                + Batch.marks(ids.size())
                + ") ORDER BY track_item_id, position", ids,
                row -> artists.computeIfAbsent(row.getString(1), k -> new ArrayList<>())
                        .add(new ArtistRef(row.getString(2), row.getString(3))));
        Map<String, List<String>> genres = new HashMap<>();
        read("SELECT track_item_id, name FROM track_genre JOIN genre ON genre.id = genre_id WHERE track_genre.account_id = ? AND track_item_id IN ("
                + Batch.marks(ids.size()) + ") ORDER BY track_item_id, position", ids,
                row -> genres.computeIfAbsent(row.getString(1), k -> new ArrayList<>())
                        .add(row.getString(2)));
        Map<String, Known> known = new HashMap<>();
        read("SELECT item_id, id, seen_pass, gone_at, folder_item_id, " + COLUMNS + " FROM track WHERE account_id = ? AND item_id IN ("
                + Batch.marks(ids.size()) + ")",
                ids, row -> {
                    String id = row.getString(1);
                    known.put(id, new Known(row.getLong(2), row.getLong(3), whole(row, 4) != null, row.getString(5),
                            row(row, artists.getOrDefault(id, List.of()), genres.getOrDefault(id, List.of()))));
                });
        return known;
    }

    private void read(String sql, List<String> ids, Batch.RowReader reader) throws SQLException {
        try (var batch = new Batch(connection, sql)) {
            batch.number(account);
            for (String id : ids) batch.text(id);
            batch.read(reader);
        }
    }

    private static TrackRow row(ResultSet r, List<ArtistRef> artists, List<String> genres) throws SQLException {
        return new TrackRow(r.getString(6), r.getString(7), text(r, 8), r.getString(9), r.getString(10), r.getString(11), whole(r, 12),
                whole(r, 13), whole(r, 14), whole(r, 15), text(r, 16), whole(r, 17), whole(r, 18), text(r, 19), text(r, 20), text(r, 21),
                fraction(r, 22), fraction(r, 23), r.getInt(24) == 1, text(r, 25), whole(r, 26), text(r, 27), artists, genres);
    }

    private static @Nullable String text(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }

    /// Search index, artists and genres of a track.
    private static final class Details implements AutoCloseable {
        private final Map<String, Long> genreIds = new HashMap<>();
        private final long account;
        private final Batch putWords;
        private final Batch dropWords;
        private final MiddleWords middles;
        private final Batch putArtist;
        private final Batch dropArtists;
        private final Batch putGenre;
        private final Batch dropGenres;
        private final Batch findGenre;
        private final Batch makeGenre;

        Details(Connection connection, long account) throws SQLException {
            this.account = account;
            putWords = new Batch(connection,
                    "INSERT INTO track_fts (rowid, title, artist, album, album_artist, genre) VALUES (?, ?, ?, ?, ?, ?)");
            dropWords = new Batch(connection, "DELETE FROM track_fts WHERE rowid = ?");
            middles = new MiddleWords(connection);
            putArtist = new Batch(connection,
                    "INSERT INTO track_artist (account_id, track_item_id, position, artist_item_id, artist_name) VALUES (?, ?, ?, ?, ?)");
            dropArtists = new Batch(connection, "DELETE FROM track_artist WHERE account_id = ? AND track_item_id = ?");
            putGenre = new Batch(connection, "INSERT INTO track_genre (account_id, track_item_id, genre_id, position) VALUES (?, ?, ?, ?)");
            dropGenres = new Batch(connection, "DELETE FROM track_genre WHERE account_id = ? AND track_item_id = ?");
            findGenre = new Batch(connection, "SELECT id FROM genre WHERE account_id = ? AND name = ?");
            makeGenre = new Batch(connection, "INSERT INTO genre (account_id, name) VALUES (?, ?)");
        }

        void words(long id, TrackRow row, boolean replace) throws SQLException {
            if (replace) dropWords.number(id).run();
            putWords.number(id);
            for (String text : List.of(row.title(), row.artistName(), row.albumTitle(),
                    row.albumArtist().equals(row.artistName()) ? "" : row.albumArtist(), String.join(" ", row.genres()))) {
                String words = Spellings.indexed(text);
                putWords.text(words);
                middles.add(SearchKind.TRACK, words);
            }
            putWords.run();
        }

        void artists(String track, List<ArtistRef> artists, boolean replace) throws SQLException {
            if (replace) dropArtists.number(account).text(track).run();
            int position = 0;
            for (ArtistRef artist : artists) {
                putArtist.number(account).text(track).number(position++).text(artist.id()).text(artist.name()).run();
            }
        }

        void genres(String track, List<String> genres, boolean replace) throws SQLException {
            if (replace) dropGenres.number(account).text(track).run();
            int position = 0;
            for (String genre : genres) {
                Long id = genreIds.get(genre);
                if (id == null) genreIds.put(genre, id = genre(genre));
                putGenre.number(account).text(track).number(id).number(position++).run();
            }
        }

        private long genre(String name) throws SQLException {
            long[] id = new long[1];
            findGenre.number(account).text(name).read(row -> id[0] = row.getLong(1));
            if (id[0] == 0) {
                makeGenre.number(account).text(name).run();
                findGenre.number(account).text(name).read(row -> id[0] = row.getLong(1));
            }
            return id[0];
        }

        @Override
        public void close() throws SQLException {
            middles.close();
            for (Batch batch : List.of(putWords, dropWords, putArtist, dropArtists, putGenre, dropGenres, findGenre, makeGenre))
                batch.close();
        }
    }
}
