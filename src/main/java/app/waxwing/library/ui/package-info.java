/// The pages of the library: Home, albums, artists, tracks, genres, playlists, favourites, search. Entry type: [app.waxwing.library.ui.LibraryPages].
@NullMarked
package app.waxwing.library.ui;

import org.jspecify.annotations.NullMarked;
