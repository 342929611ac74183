package app.waxwing.parts;

import app.waxwing.base.Quality;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuItem;

/// «Download as …»: the qualities, of which the one that something is kept in is marked. FX thread.
final class QualityMenu {
    private final Menu menu = new Menu(Texts.of("menu.keep-as"), Icons.of(Icon.DOWNLOADS, 14));

    /// @param keep what a choice does
    QualityMenu(Consumer<Quality> keep) {
        menu.setMnemonicParsing(false);
        for (Quality quality : Quality.values()) {
            var item = new MenuItem(QualityWords.of(quality));
            item.setMnemonicParsing(false);
            item.setOnAction(e -> keep.accept(quality));
            item.setUserData(quality);
            menu.getItems().add(item);
        }
    }

    Menu menu() {
        return menu;
    }

    /// What it is kept in, or will be: to choose that would change nothing.
    void mark(Optional<Quality> kept) {
        for (MenuItem item : menu.getItems()) {
            boolean is = kept.equals(Optional.ofNullable((Quality) item.getUserData()));
            item.setGraphic(is ? Icons.of(Icon.CHECK, 14) : null);
            item.setDisable(is);
        }
    }
}
