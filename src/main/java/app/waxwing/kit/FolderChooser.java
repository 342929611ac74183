package app.waxwing.kit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javafx.scene.Node;
import javafx.stage.DirectoryChooser;

/// The system's window for choosing a folder. FX thread.
public final class FolderChooser {
    private FolderChooser() {}

    /// @param over a node of the window that asks
    /// @param start where it opens, if that is there
    /// @return empty when the user changed his mind
    public static Optional<Path> ask(Node over, String title, Path start) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(title);
        if (Files.isDirectory(start)) chooser.setInitialDirectory(start.toFile());
        File chosen = chooser.showDialog(over.getScene() == null ? null : over.getScene().getWindow());
        return Optional.ofNullable(chosen).map(File::toPath);
    }
}
