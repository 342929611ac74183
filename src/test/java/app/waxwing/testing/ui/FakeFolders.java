package app.waxwing.testing.ui;

import app.waxwing.base.Events;
import app.waxwing.download.MediaFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// Two folders, one of them on a drive that is away; a move goes as far as the test says.
public final class FakeFolders implements MediaFolders {
    private final Events<MediaFolders> changes = new Events<>();
    public final List<String> asked = new ArrayList<>();
    public final List<Folder> folders = new ArrayList<>(List.of(
            new Folder(Path.of("/home/ida/Music/Waxwing"), true, false, Optional.empty(), 340, 12_400_000_000L, 61_000_000_000L, 0),
            new Folder(Path.of("/media/ida/Travel drive/Waxwing"), false, true, Optional.empty(), 1204, 38_000_000_000L, 0, 0)));
    public volatile Optional<Move> moving = Optional.empty();
    private CompletableFuture<MoveEnd> end = new CompletableFuture<>();

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
        end = new CompletableFuture<>();
        moving = Optional.of(new Move(folders.getFirst().path(), to, Phase.COPYING, 120, 340, 3_100_000_000L, 12_400_000_000L));
        return end;
    }

    @Override
    public CompletableFuture<MoveEnd> bring(Path from) {
        asked.add("bring " + from);
        end = new CompletableFuture<>();
        moving = Optional.of(new Move(from, folders.getFirst().path(), Phase.COPYING, 120, 340, 3_100_000_000L, 12_400_000_000L));
        return end;
    }

    /// The move ends so.
    public void end(MoveEnd how) {
        moving = Optional.empty();
        end.complete(how);
    }

    @Override
    public void cancelMove() {
        asked.add("cancel");
        Optional<Move> was = moving;
        moving = Optional.empty();
        was.ifPresent(m -> end.complete(new MoveEnd.Cancelled(m.from(), m.to())));
    }

    @Override
    public Optional<Move> moving() {
        return moving;
    }

    @Override
    public Optional<MoveEnd> lastMove() {
        return Optional.ofNullable(end.getNow(null));
    }

    /// As when a drive goes or comes.
    public void tell() {
        changes.publish(this);
    }

    @Override
    public Events<MediaFolders> changes() {
        return changes;
    }
}
