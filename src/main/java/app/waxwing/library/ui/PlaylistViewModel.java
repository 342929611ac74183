package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.library.Library;
import app.waxwing.library.Playlist;
import app.waxwing.library.PlaylistRows;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Within;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// One playlist and the rows of its entries, of which the first are here before the rest. «Playable now» leaves nothing out of it. FX thread.
final class PlaylistViewModel {
    /// @param playlist empty when the library has it no more
    record Content(Optional<Playlist> playlist, PlaylistRows rows) {}

    private final Library library;
    private final ItemKey key;
    private final RowsViewModel<Content> rows;
    private CompletableFuture<Optional<Playlist>> asked = new CompletableFuture<>();

    /// @param memory keeps its order and its place while the window lives
    PlaylistViewModel(Library library, Executor fx, Map<String, Object> memory, ItemKey key) {
        this.library = library;
        this.key = key;
        rows = new RowsViewModel<>(fx, memory, name(), Query.ALL.within(new Within.InPlaylist(key)), () -> false, this::ask, true);
    }

    /// The beginning is asked for beside the whole, and belongs to the same playlist.
    private CompletableFuture<Content> ask(Query query) {
        if (query.limit() == 0) asked = library.playlist(key);
        return asked.thenCombine(library.playlistRows(query), Content::new);
    }

    String name() {
        return "playlist:" + key;
    }

    RowsViewModel<Content> rows() {
        return rows;
    }

    Optional<Playlist> playlist() {
        return rows.rows().value().flatMap(Content::playlist);
    }
}
