package app.waxwing.shell;

import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import java.util.Optional;
import javafx.animation.FadeTransition;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Shows the navigator's page.
final class PageHost extends StackPane {
    private final Theme theme;

    PageHost(Theme theme) {
        this.theme = theme;
        getStyleClass().add("page-host");
        setMinSize(0, 0);
    }

    void show(Optional<Page> page) {
        if (page.isEmpty()) {
            getChildren().clear();
            return;
        }
        Region root = page.get().root();
        getChildren().setAll(root);
        if (theme.lessMotion()) return;
        var fade = new FadeTransition(theme.motion(120), root);
        fade.setFromValue(0.35);
        fade.setToValue(1);
        fade.play();
    }

    /// In place of a page that could not be made.
    static Page broken() {
        var words = new EmptyState(Icon.FAILED, Texts.of("page.failed"), Texts.of("page.failed.help"));
        return () -> words;
    }
}
