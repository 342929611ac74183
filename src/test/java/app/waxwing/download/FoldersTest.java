package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path root;
    private final SystemDisk disk = new SystemDisk();
    private final Folders folders = new Folders(disk);

    @Test
    @DisplayName("B.26 a folder that was made for a file is not removed as empty before the file lies in it")
    void madeAndRemoved() throws Exception {
        Path file = root.resolve("Artist").resolve("Album").resolve("01 Title.flac.part");
        Path album = Finishing.parent(file);
        var removing = new FutureTask<>(() -> {
            folders.prune(root, album);
            return true;
        });
        var remover = new Thread(removing, "remover");
        folders.with(root, file, () -> {
            remover.start();
            Rig.await(() -> removing.isDone() || remover.getState() == Thread.State.WAITING, () -> "nobody removes");
            disk.open(file).close();
            return file;
        });
        removing.get();
        assertThat(file).exists();
    }

    @Test
    @DisplayName("4.19 what is left empty goes up to the root, and the root stays; where something lies nothing goes")
    void emptyFoldersGo() throws Exception {
        Path mine = root.resolve("Artist").resolve("Album").resolve("01 Title.flac");
        Path others = root.resolve("Artist").resolve("notes.txt");
        folders.open(root, mine).close();
        Files.writeString(others, "kept");
        folders.prune(root, Finishing.parent(mine));
        assertThat(mine).exists();
        Files.delete(mine);
        folders.prune(root, Finishing.parent(mine));
        assertThat(Finishing.parent(mine)).doesNotExist();
        assertThat(others).exists();
        Files.delete(others);
        folders.prune(root, Finishing.parent(mine));
        assertThat(root).isEmptyDirectory();
    }
}
