import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.css.Stylesheet;

/// Puts the binary form of the stylesheet beside it: JavaFX takes that where it is there, and reading the text costs a tenth of the time between the
/// empty window and the first picture. Run by the build after the classes: `java BinaryStyles.java <stylesheet.css>…`. Skipped while it is newer.
public final class BinaryStyles {
    private BinaryStyles() {}

    public static void main(String[] args) throws IOException {
        for (String arg : args) {
            Path text = Path.of(arg);
            Path binary = text.resolveSibling(text.getFileName().toString().replaceFirst("\\.css$", ".bss"));
            if (Files.exists(binary) && Files.getLastModifiedTime(binary).compareTo(Files.getLastModifiedTime(text)) > 0) continue;
            Stylesheet.convertToBinary(text.toFile(), binary.toFile());
        }
    }
}
