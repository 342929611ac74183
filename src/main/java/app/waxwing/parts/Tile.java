package app.waxwing.parts;

import java.util.Optional;
import javafx.scene.layout.Region;

/// What stands at one place of a [TileGrid]: made once for the place, and shown again with another record. FX thread.
public interface Tile<T> {
    Region region();

    /// @param record empty while it is on its way
    void show(Optional<T> record);

    /// The keyboard stands on it.
    void current(boolean on);

    void open();

    void play();

    /// Its menu, as the keyboard asks for it; nothing where it has none.
    default void menu() {}
}
