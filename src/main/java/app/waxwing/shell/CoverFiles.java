package app.waxwing.shell;

import app.waxwing.kit.CoverImages;
import app.waxwing.library.Cover;
import app.waxwing.library.Covers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The library's covers as the window's pictures ask for them; what the window has in memory is counted there too.
record CoverFiles(Covers covers) implements CoverImages.Source {
    @Override
    public CompletableFuture<Optional<Path>> file(Object cover, int edge) {
        return covers.file((Cover) cover, edge);
    }

    @Override
    public long start() {
        return covers.start();
    }

    @Override
    public void remembered(long start) {
        covers.remembered(start);
    }
}
