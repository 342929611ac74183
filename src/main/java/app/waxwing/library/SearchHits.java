package app.waxwing.library;

import java.util.List;

/// What a search found, best first, grouped by kind.
public record SearchHits(List<Artist> artists, List<Album> albums, List<Track> tracks, List<Playlist> playlists) {
    public SearchHits {
        artists = List.copyOf(artists);
        albums = List.copyOf(albums);
        tracks = List.copyOf(tracks);
        playlists = List.copyOf(playlists);
    }

    public boolean isEmpty() {
        return artists.isEmpty() && albums.isEmpty() && tracks.isEmpty() && playlists.isEmpty();
    }
}
