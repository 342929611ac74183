package app.waxwing.kit;

import javafx.scene.Node;
import javafx.scene.layout.Region;

/// One page in the middle of the window. FX thread only.
public interface Page {
    /// Fills the space between rail and side panel; scrolls by itself.
    Region root();

    /// It is on screen now: subscribe, load, sample.
    default void shown() {}

    /// It left the screen but may come back by «back»: stop sampling.
    default void hidden() {}

    /// It will not be shown again: end every subscription.
    default void close() {}

    /// Ctrl+F: focus the page's own filter; false when it has none.
    default boolean find() {
        return false;
    }

    /// Scrolls to a section of the Settings page, and stays with it while what stands above it is still filled; after [#shown]. Nothing on others.
    default void reveal(Route.SettingsSection section) {}

    /// What gets the keyboard when the page opens.
    default Node first() {
        return root();
    }
}
