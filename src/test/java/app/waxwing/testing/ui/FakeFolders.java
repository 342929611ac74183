package app.waxwing.testing.ui;

import app.waxwing.base.Events;
import app.waxwing.download.MediaFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Music folders that exist in memory only. What a move shows and how it ends is set by the test.
public final class FakeFolders implements MediaFolders {
    public final List<Folder> folders = new ArrayList<>();
    public final List<String> asked = new ArrayList<>();
    public Optional<Move> move = Optional.empty();
    public Optional<MoveEnd> end = Optional.empty();
    /// The future of the move that was asked for last.
    public CompletableFuture<MoveEnd> moved = new CompletableFuture<>();
    private final Events<MediaFolders> changes = new Events<>();

    public FakeFolders() {
        folders.add(new Folder(Path.of("/music"), true, false, Optional.empty(), 412, 12_600_000_000L, 84_000_000_000L));
    }

    public void changed() {
        changes.publish(this);
    }

    @Override
    public CompletableFuture<List<Folder>> list() {
        return CompletableFuture.completedFuture(List.copyOf(folders));
    }

    @Override
    public CompletableFuture<Void> use(Path folder) {
        asked.add("use " + folder);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<MoveEnd> move(Path to) {
        asked.add("move " + to);
        moved = new CompletableFuture<>();
        return moved;
    }

    @Override
    public void cancelMove() {
        asked.add("cancel");
    }

    @Override
    public Optional<Move> moving() {
        return move;
    }

    @Override
    public Optional<MoveEnd> lastMove() {
        return end;
    }

    @Override
    public Events<MediaFolders> changes() {
        return changes;
    }
}
