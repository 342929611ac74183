package app.waxwing.kit;

import org.kordamp.ikonli.javafx.FontIcon;

/// Makes icons. They take the colour `-wax-icon` of where they stand, so a button's style colours its icon.
public final class Icons {
    private Icons() {}

    /// 16 px.
    public static FontIcon of(Icon icon) {
        return of(icon, 16);
    }

    public static FontIcon of(Icon icon, int size) {
        var node = new FontIcon(icon.ikon);
        node.setIconSize(size);
        // The base theme has a size of its own that wins over one set by code; the stylesheet names ours.
        node.getStyleClass().add("icon-" + size);
        node.setMouseTransparent(true);
        return node;
    }

    /// Turns one icon into another in place.
    public static void set(FontIcon node, Icon icon) {
        if (node.getIconCode() != icon.ikon) node.setIconCode(icon.ikon);
    }
}
