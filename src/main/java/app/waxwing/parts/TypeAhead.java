package app.waxwing.parts;

import app.waxwing.base.Time;
import java.time.Duration;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;

/// Letters typed in a list without a field for them: what was typed in one go, a pause ends it. While it goes on, Space and Backspace belong to it.
/// FX thread.
public final class TypeAhead {
    private static final Duration PAUSE = Duration.ofMillis(1200);
    private final Time time;
    private final Consumer<String> typed;
    private String text = "";
    private long last;

    private TypeAhead(Time time, Consumer<String> typed) {
        this.time = time;
        this.typed = typed;
    }

    /// @param typed told all that was typed so far
    public static TypeAhead in(Node list, Time time, Consumer<String> typed) {
        var ahead = new TypeAhead(time, typed);
        list.getProperties().put(TypeAhead.class, ahead);
        list.addEventHandler(KeyEvent.KEY_TYPED, ahead::typed);
        list.addEventFilter(KeyEvent.KEY_PRESSED, ahead::pressed);
        return ahead;
    }

    /// Whether somebody is typing in the list that has the keyboard.
    public static boolean busy(Node owner) {
        for (Node node = owner; node != null; node = node.getParent())
            if (node.hasProperties() && node.getProperties().get(TypeAhead.class) instanceof TypeAhead ahead) return ahead.goingOn();
        return false;
    }

    private boolean goingOn() {
        return !text.isEmpty() && time.nanos() - last < PAUSE.toNanos();
    }

    private void typed(KeyEvent e) {
        if (e.isShortcutDown() || e.isControlDown() || e.isAltDown() || e.isMetaDown()) return;
        String more = e.getCharacter();
        if (more.isEmpty() || more.chars().anyMatch(Character::isISOControl) || more.isBlank() && !goingOn()) return;
        text = goingOn() ? text + more : more;
        told();
        e.consume();
    }

    private void pressed(KeyEvent e) {
        if (!goingOn()) return;
        if (e.getCode() == KeyCode.BACK_SPACE) {
            text = text.substring(0, text.offsetByCodePoints(text.length(), -1));
            told();
            e.consume();
        } else if (e.getCode() == KeyCode.SPACE) {
            e.consume();
        } else if (e.getCode().isNavigationKey() || e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.ESCAPE) {
            text = "";
        }
    }

    private void told() {
        last = time.nanos();
        if (!text.isBlank()) typed.accept(text);
    }
}
