package app.waxwing.library;

import app.waxwing.base.ItemKey;

/// Any item of the library, for look-ups by id alone.
public sealed interface LibraryItem {
    ItemKey key();

    record OfTrack(Track track) implements LibraryItem {
        @Override
        public ItemKey key() {
            return track.key();
        }
    }

    record OfAlbum(Album album) implements LibraryItem {
        @Override
        public ItemKey key() {
            return album.key();
        }
    }

    record OfArtist(Artist artist) implements LibraryItem {
        @Override
        public ItemKey key() {
            return artist.key();
        }
    }

    record OfPlaylist(Playlist playlist) implements LibraryItem {
        @Override
        public ItemKey key() {
            return playlist.key();
        }
    }

    record OfGenre(Genre genre) implements LibraryItem {
        @Override
        public ItemKey key() {
            return genre.key();
        }
    }
}
