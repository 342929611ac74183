package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SystemTime;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.settings.Settings;
import app.waxwing.testing.ui.FakeFolders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MusicFolderTest {
    @TempDir
    Path folder;
    private final SystemTime time = new SystemTime();
    private final FakeFolders folders = new FakeFolders();
    private Path usual;
    private Settings settings;
    private MusicFolder music;

    @BeforeEach
    void open() {
        usual = folder.resolve("usual");
        settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
        music = new MusicFolder(usual, settings);
        music.of(folders);
        settings.changes().subscribe(music::follow);
    }

    @AfterEach
    void close() {
        time.close();
    }

    private Path to() {
        return folder.resolve("drive");
    }

    /// The command runs on another thread until the move ends.
    private CompletableFuture<Void> moving(MoveEnd end) throws Exception {
        CompletableFuture<Void> command = CompletableFuture.runAsync(() -> music.move(to().toString()));
        for (int i = 0; i < 6000 && folders.moving().isEmpty(); i++) TimeUnit.MILLISECONDS.sleep(10);
        assertThat(command).isNotDone();
        folders.end(end);
        return command.handle((v, e) -> {
            if (e != null) throw FailureException.of(e).asException();
            return v;
        });
    }

    @Test
    @DisplayName("0.3 setting another folder moves the music and waits for it; only a move that counts changes the setting, at once and durably")
    void moves() throws Exception {
        moving(new MoveEnd.Done(usual, to(), 3, 9, List.of())).get(60, TimeUnit.SECONDS);
        assertThat(music.current()).as("the engine says when").isEqualTo(usual);
        music.remember(to());
        assertThat(music.current()).isEqualTo(to());
        assertThat(Files.readString(folder.resolve("settings.json"))).contains(to().toString());
        music.move(to().toString());
        assertThat(folders.asked.stream().filter(a -> a.startsWith("move"))).as("there already").hasSize(1);
        assertThat(folders.asked).as("what the setting says is what counts").contains("use " + to());
    }

    @Test
    @DisplayName("0.3 a move that fails leaves the setting as it was, and says why")
    void fails() throws Exception {
        assertThatThrownBy(
                () -> moving(new MoveEnd.Failed(usual, to(), new Failure.DiskFull(to().toString(), 5))).get(60, TimeUnit.SECONDS))
                .satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.DiskFull.class));
        assertThat(music.current()).isEqualTo(usual);
        assertThat(Files.exists(folder.resolve("settings.json"))).isFalse();
    }

    @Test
    @DisplayName("0.3 a path changed in the settings by any other way is only where new music goes")
    void follows() {
        settings.set(MusicFolder.KEY, to().toString());
        assertThat(folders.asked).containsExactly("use " + to());
        settings.set(MusicFolder.KEY, "");
        assertThat(folders.asked).containsExactly("use " + to(), "use " + usual);
        music.use(folder.resolve("third").toString());
        assertThat(folders.asked).last().isEqualTo("use " + folder.resolve("third"));
    }

    @Test
    @DisplayName("0.22 what is no whole path is refused")
    void refused() {
        for (String bad : List.of("music", "./x", "a\0b")) {
            assertThatThrownBy(() -> music.move(bad)).isInstanceOf(FailureException.class).hasMessageContaining("whole path");
        }
        assertThat(folders.asked).isEmpty();
    }
}
