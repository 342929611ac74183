package app.waxwing.shell;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;

/// Where the window opens: as it was left, as far as the screens of today have room for it. One that was unplugged takes its windows along, and a
/// small laptop has less room than a first start would like. Pure.
final class WindowPlace {
    /// Pixels that the system draws around the content, about: a title above, an edge at the sides.
    private static final double TITLE = 40;
    private static final double EDGES = 16;
    /// So much of the title has to be on a screen that it can be taken hold of.
    private static final double HOLD = 120;

    private WindowPlace() {}

    /// @param screens what of each is free of panels and docks; the main one first
    static WindowMemory.Look fitted(WindowMemory.Look look, List<Rectangle2D> screens) {
        if (screens.isEmpty()) return look;
        Optional<Rectangle2D> last = look.place().flatMap(p -> screens.stream().filter(s -> isHeld(look, p, s))
                .max(Comparator.comparingDouble(s -> shown(look, p, s))));
        Rectangle2D on = last.orElse(screens.getFirst());
        // What stood inside of the screen may do so again, be it as large as that: its system draws no edges, or the user does not mind.
        boolean wide = look.place().filter(p -> p.x() >= on.getMinX() && p.x() + look.width() <= on.getMaxX()).isPresent();
        boolean high = look.place().filter(p -> p.y() >= on.getMinY() && p.y() + look.height() <= on.getMaxY()).isPresent();
        double width = wide ? look.width() : Math.min(look.width(), on.getWidth() - EDGES);
        double height = high ? look.height() : Math.min(look.height(), on.getHeight() - TITLE);
        // A window that reaches over an edge of the screen was put there by the user; only one that had to shrink is moved.
        Optional<WindowMemory.Place> place = last.flatMap(s -> look.place()).map(p -> new WindowMemory.Place(
                width < look.width() ? Math.clamp(p.x(), on.getMinX(), on.getMaxX() - width - EDGES) : p.x(),
                height < look.height() ? Math.clamp(p.y(), on.getMinY(), on.getMaxY() - height - TITLE) : p.y()));
        return new WindowMemory.Look(width, height, place, look.maximised(), look.railFolded(), look.panelOpen(), look.panelWidth(),
                look.panelTab(), look.theme(), look.playableOnly());
    }

    private static boolean isHeld(WindowMemory.Look look, WindowMemory.Place at, Rectangle2D screen) {
        return shown(look, at, screen) >= HOLD && at.y() >= screen.getMinY() - TITLE / 2 && at.y() <= screen.getMaxY() - TITLE;
    }

    /// How much of its title is on the screen, in pixels.
    private static double shown(WindowMemory.Look look, WindowMemory.Place at, Rectangle2D screen) {
        return Math.min(at.x() + look.width(), screen.getMaxX()) - Math.max(at.x(), screen.getMinX());
    }
}
