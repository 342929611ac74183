package app.waxwing.kit;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.Collections;
import java.util.stream.IntStream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.text.Font;
import javafx.scene.text.Text;
import javafx.scene.paint.Color;
import javafx.util.Duration;
import org.slf4j.LoggerFactory;

/// Light and dark, by the system or by choice; the fonts; the one stylesheet; and whether the system asks for less motion. FX thread.
public final class Theme {
    /// What the user chose.
    public enum Choice {
        SYSTEM, LIGHT, DARK
    }

    private static final List<String> FONTS = List.of("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
            "InterDisplay-Bold.otf", "WaxwingFigures-Regular.otf");
    private static boolean read;

    private final ObjectProperty<Choice> choice = new SimpleObjectProperty<>(Choice.SYSTEM);
    private final ReadOnlyBooleanWrapper dark = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper lessMotion = new ReadOnlyBooleanWrapper();
    private final Set<Scene> scenes = Collections.newSetFromMap(new WeakHashMap<>());

    public Theme() {
        this(Choice.SYSTEM);
    }

    public Theme(Choice first) {
        choice.set(first);
        read();
        Platform.Preferences system = Platform.getPreferences();
        lessMotion.bind(system.reducedMotionProperty());
        choice.subscribe(_ -> decide());
        system.colorSchemeProperty().subscribe(_ -> decide());
        dark.subscribe(_ -> apply());
    }

    public ObjectProperty<Choice> choiceProperty() {
        return choice;
    }

    public ReadOnlyBooleanProperty darkProperty() {
        return dark.getReadOnlyProperty();
    }

    public boolean isDark() {
        return dark.get();
    }

    /// True when the system asks for less motion.
    public boolean lessMotion() {
        return lessMotion.get();
    }

    /// The wanted length of a motion, or almost nothing when the system asks for less.
    public Duration motion(int millis) {
        return lessMotion.get() ? Duration.ONE : Duration.millis(millis);
    }

    /// From light to dark and back, as a choice.
    public void toggle() {
        choice.set(isDark() ? Choice.LIGHT : Choice.DARK);
    }

    /// Gives a scene our looks, now and after every change.
    public void install(Scene scene) {
        scenes.add(scene);
        dress(scene);
    }

    /// The program's icon in all sizes. Any thread; reads some files.
    public static List<Image> icons() {
        return IntStream.of(16, 24, 32, 48, 64, 128, 256).mapToObj(size -> resource("icons/waxwing-" + size + ".png"))
                .flatMap(Optional::stream).map(url -> new Image(url.toExternalForm())).toList();
    }

    private void decide() {
        dark.set(dark(choice.get()));
    }

    private static boolean dark(Choice choice) {
        return switch (choice) {
            case LIGHT -> false;
            case DARK -> true;
            case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
        };
    }

    /// What a window is filled with before anything is in it. Needs no stylesheet, so it is there at once.
    public static Color background(Choice choice) {
        return Token.BG.color(dark(choice));
    }

    private void apply() {
        // AtlantaFX's rules for what the window has; made by the build (`BaseStyles`).
        Application.setUserAgentStylesheet(stylesheet(isDark() ? "primer-dark.css" : "primer-light.css"));
        scenes.forEach(this::dress);
    }

    private void dress(Scene scene) {
        scene.getStylesheets().setAll(stylesheet(isDark() ? "tokens-dark.css" : "tokens-light.css"), stylesheet("waxwing.css"));
        scene.setFill(Token.BG.color(isDark()));
        scene.getPreferences().setColorScheme(isDark() ? ColorScheme.DARK : ColorScheme.LIGHT);
    }

    private static String stylesheet(String name) {
        return resource(name).orElseThrow(() -> new IllegalStateException(name + " is missing; ./mvnw process-classes makes it"))
                .toExternalForm();
    }

    /// Reads the fonts, of letters and of icons, once for the program. Any thread after JavaFX began; who comes while another reads waits for it.
    public static synchronized void read() {
        if (read) return;
        read = true;
        for (String file : FONTS) {
            Optional<URL> url = resource("fonts/" + file);
            if (url.isEmpty()) {
                LoggerFactory.getLogger(Theme.class).warn("font {} is not among the resources", file);
                continue;
            }
            try (InputStream in = url.get().openStream()) {
                if (Font.loadFont(in, 14) == null) LoggerFactory.getLogger(Theme.class).warn("font {} cannot be read by this system", file);
            } catch (IOException e) {
                LoggerFactory.getLogger(Theme.class).warn("font {} cannot be read", file, e);
            }
        }
        Icons.of(Icon.SEARCH);
    }

    /// Does what the first card would wait for, after [#read]: the first word that is laid out brings the tables of all scripts. Any thread.
    public static void prepare() {
        var word = new Text("Waxwing");
        word.setFont(Font.font("Inter", 14));
        word.getLayoutBounds();
        SoftShadow.shades();
    }

    private static Optional<URL> resource(String name) {
        return Optional.ofNullable(Theme.class.getResource(name));
    }
}
