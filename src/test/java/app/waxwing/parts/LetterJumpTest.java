package app.waxwing.parts;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Page;
import app.waxwing.library.ui.LibraryPages;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.SampleMusic;
import app.waxwing.testing.ui.Screens;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Long lists jump by letter: by typing in them and by the strip beside them, with pointer and keyboard.
class LetterJumpTest {
    private static PageStage stage(boolean dark, Function<ViewContext, Page> make) {
        return new PageStage(FakeServices.of(SampleMusic.of(400)), dark, make);
    }

    private static void type(Node node, String text) {
        Screens.run(() -> fire(node, text));
    }

    private static void fire(Node node, String text) {
        text.codePoints().forEach(c -> Event.fireEvent(node,
                new KeyEvent(KeyEvent.KEY_TYPED, Character.toString(c), "", KeyCode.UNDEFINED, false, false, false, false)));
    }

    private static void press(Node node, KeyCode code) {
        Screens.run(() -> key(node, code));
    }

    private static void key(Node node, KeyCode code) {
        Event.fireEvent(node, new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false));
    }

    private static LetterStrip strip(PageStage stage) {
        var strip = (LetterStrip) stage.find(".letter-strip");
        Screens.until("the letters are known", () -> strip.isVisible() && !strip.letters().starts().isEmpty());
        Screens.settle();
        return strip;
    }

    private static void pointer(LetterStrip strip, String letter, javafx.event.EventType<MouseEvent> type) {
        Screens.run(() -> {
            strip.layout();
            Bounds at = strip.getChildrenUnmodifiable().stream().filter(n -> n instanceof Label l && l.getText().equals(letter)).findFirst()
                    .map(n -> n.localToScene(n.getBoundsInLocal())).orElseThrow();
            Event.fireEvent(strip,
                    new MouseEvent(type, at.getCenterX(), at.getCenterY(), at.getCenterX(), at.getCenterY(), MouseButton.PRIMARY, 1, false,
                            false,
                            false, false, true, false, false, true, false, true, new PickResult(strip, at.getCenterX(), at.getCenterY())));
        });
    }

    private static String marked(LetterStrip strip) {
        return strip.getChildrenUnmodifiable().stream()
                .filter(n -> n.getPseudoClassStates().stream().anyMatch(p -> p.getPseudoClassName().equals("current")))
                .map(n -> ((Label) n).getText()).collect(Collectors.joining(","));
    }

    private static void firstOnScreen(PageStage stage, String cells, String beginning) {
        Screens.until("the first row begins with " + beginning, () -> {
            double top = stage.page.first().localToScene(0, 0).getY();
            Set<Node> rows = stage.scene().getRoot().lookupAll(cells);
            double first = rows.stream().filter(n -> n.isVisible() && n.localToScene(n.getBoundsInLocal()).getMaxY() > top + 8)
                    .mapToDouble(n -> n.localToScene(0, 0).getY()).min().orElse(-1);
            return rows.stream().filter(n -> n.isVisible() && n.localToScene(0, 0).getY() == first)
                    .anyMatch(n -> String.valueOf(n.getAccessibleText()).startsWith(beginning));
        });
    }

    @Test
    @DisplayName("Typing in the table of tracks goes to the first title that begins so and chooses it; Space and Backspace belong to what is typed")
    void typingInTheTable() {
        try (var stage = stage(true, ctx -> new LibraryPages(ctx).tracks())) {
            var list = (ListView<?>) stage.page.first();
            var strip = strip(stage);
            type(list, "pap");
            firstOnScreen(stage, ".track-row", "Pap");
            assertThat(Screens.fx(() -> list.getSelectionModel().getSelectedIndices().size())).isEqualTo(1);
            Screens.until("the strip follows", () -> marked(strip).equals("P"));
            Screens.run(() -> {
                key(list, KeyCode.HOME);
                fire(list, "paper b");
            });
            firstOnScreen(stage, ".track-row", "Paper B");
            stage.snapshot("letters-tracks-dark");
            // In one go, so that no pause of the machine ends it.
            Screens.run(() -> {
                key(list, KeyCode.HOME);
                fire(list, "low t");
                assertThat(TypeAhead.busy(list)).isTrue();
                for (int i = 0; i < 5; i++) key(list, KeyCode.BACK_SPACE);
                fire(list, "perigee");
            });
            firstOnScreen(stage, ".track-row", "Perigee");
            Screens.run(() -> {
                key(list, KeyCode.HOME);
                assertThat(TypeAhead.busy(list)).isFalse();
            });
        }
    }

    @Test
    @DisplayName("A click on the strip beside the covers goes to the letter, a drag along it on, a letter without rows to the next; the bubble says which")
    void pointerOnTheStrip() {
        try (var stage = stage(false, ctx -> new LibraryPages(ctx).albums())) {
            var strip = strip(stage);
            pointer(strip, "P", MouseEvent.MOUSE_PRESSED);
            firstOnScreen(stage, ".cover-tile", "P");
            assertThat(((Label) stage.find(".letter-bubble")).getText()).isEqualTo("P");
            stage.snapshot("letters-albums-light");
            pointer(strip, "A", MouseEvent.MOUSE_DRAGGED);
            String next = Screens.fx(() -> strip.letters().starts().getFirst().letter());
            firstOnScreen(stage, ".cover-tile", next);
            pointer(strip, "A", MouseEvent.MOUSE_RELEASED);
            assertThat(Screens.fx(() -> stage.page.first().isFocused())).as("the list has the keyboard").isTrue();
        }
    }

    @Test
    @DisplayName("The strip is reached by Tab; arrows, Home, End and letters move along it, Enter goes back into the list, and it says where it is")
    void keyboardOnTheStrip() {
        try (var stage = stage(true, ctx -> new LibraryPages(ctx).albums())) {
            var strip = strip(stage);
            assertThat(strip.isFocusTraversable()).isTrue();
            Screens.run(strip::requestFocus);
            press(strip, KeyCode.END);
            String last = Screens.fx(() -> strip.letters().starts().getLast().letter());
            assertThat(Screens.fx(() -> marked(strip))).isEqualTo(last);
            assertThat(Screens.fx(strip::getAccessibleText)).endsWith("at " + last);
            press(strip, KeyCode.HOME);
            press(strip, KeyCode.DOWN);
            assertThat(Screens.fx(() -> marked(strip))).isEqualTo(Screens.fx(() -> strip.letters().starts().get(1).letter()));
            type(strip, "p");
            assertThat(Screens.fx(() -> marked(strip))).isEqualTo("P");
            press(strip, KeyCode.ENTER);
            assertThat(Screens.fx(() -> stage.page.first().isFocused())).isTrue();
        }
    }

    @Test
    @DisplayName("Genres and playlists jump too; a short list has no strip, nor has one in order of something else")
    void otherLists() {
        try (var stage = stage(false, ctx -> new LibraryPages(ctx).genres())) {
            Screens.settle();
            assertThat(stage.find(".letter-strip").isVisible()).as("a strip beside six genres").isFalse();
            type(stage.page.first(), "jaz");
            Screens.until("the keyboard stands on the card", () -> stage.scene().getRoot().lookupAll(".genre-card").stream()
                    .anyMatch(card -> card.getAccessibleText().startsWith("Jazz")
                            && card.getPseudoClassStates().contains(PseudoClass.getPseudoClass("current"))));
            stage.snapshot("letters-genres-light");
        }
        try (var stage = stage(false, ctx -> new LibraryPages(ctx).playlists())) {
            var list = (ListView<?>) stage.page.first();
            Screens.until("playlists are there", () -> !list.getItems().isEmpty());
            String last = stage.services.music.playlists.getLast().title();
            type(list, last.substring(0, 4));
            Screens.until("the bubble says it", () -> ((Label) stage.scene().getRoot().lookup(".letter-bubble")).getText()
                    .equals(last.substring(0, 4)));
        }
        try (var stage = stage(false, ctx -> {
            ctx.memory().put("albums.order", "YEAR:down");
            return new LibraryPages(ctx).albums();
        })) {
            Screens.settle();
            assertThat(stage.find(".letter-strip").isVisible()).isFalse();
        }
    }
}
