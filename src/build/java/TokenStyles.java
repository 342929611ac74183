import app.waxwing.kit.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the colours of [Token] down as the stylesheets `tokens-dark.css` and `tokens-light.css`, so that [BinaryStyles] finds them: else JavaFX would
/// begin its reader of text for them with the first window. Run by the build after the classes: `java TokenStyles.java <folder>`.
public final class TokenStyles {
    private TokenStyles() {}

    public static void main(String[] args) throws IOException {
        write(Path.of(args[0], "tokens-dark.css"), Token.stylesheet(true));
        write(Path.of(args[0], "tokens-light.css"), Token.stylesheet(false));
    }

    /// Leaves a file alone that says the same: its binary form stays too.
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) Files.writeString(file, text);
    }
}
