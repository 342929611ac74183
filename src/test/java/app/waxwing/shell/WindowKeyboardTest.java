package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Theme;
import app.waxwing.library.Track;
import app.waxwing.playback.PlayerState.Phase;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The window by keyboard alone, and by voice.
class WindowKeyboardTest {
    private final FakeServices fake = FakeServices.sample();
    private final WindowMemory memory = WindowMemory.forgetful();
    private Optional<MainWindow> window = Optional.empty();
    private Optional<Stage> stage = Optional.empty();

    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @BeforeEach
    void open() {
        Screens.run(() -> {
            var made = new MainWindow(fake.services(), new WindowScreensTest.BlankPages(), memory);
            var on = new Stage();
            made.open(on);
            window = Optional.of(made);
            stage = Optional.of(on);
        });
    }

    @AfterEach
    void close() {
        Screens.run(() -> {
            window.orElseThrow().close();
            stage.orElseThrow().close();
        });
    }

    private void press(KeyCode code, boolean shift, boolean ctrl, boolean alt) {
        Screens.run(() -> {
            Node owner = Optional.ofNullable(stage.orElseThrow().getScene().getFocusOwner()).orElse(window.orElseThrow().root());
            owner.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, ctrl, alt, false));
            owner.fireEvent(new KeyEvent(KeyEvent.KEY_RELEASED, "", "", code, shift, ctrl, alt, false));
        });
    }

    private Optional<String> playing() {
        return fake.player.state().current().map(Track::title);
    }

    @Test
    void thePlayerObeysTheKeyboard() {
        press(KeyCode.SPACE, false, false, false);
        assertThat(fake.player.state().phase()).isEqualTo(Phase.PAUSED);
        press(KeyCode.SPACE, false, false, false);
        assertThat(fake.player.state().phase()).isEqualTo(Phase.PLAYING);
        press(KeyCode.N, false, true, false);
        assertThat(playing()).contains("雪明かり");
        press(KeyCode.P, false, true, false);
        assertThat(playing()).contains("Platform Four");
        press(KeyCode.UP, false, true, false);
        assertThat(fake.player.state().volume()).isEqualTo(71);
        press(KeyCode.S, false, true, false);
        assertThat(fake.player.state().shuffle()).isTrue();
    }

    @Test
    void pagesAndHistoryGoByKeys() {
        Navigator navigator = window.orElseThrow().navigator();
        press(KeyCode.DIGIT2, false, true, false);
        assertThat(Screens.fx(() -> Navigator.section(navigator.routeProperty().get().orElseThrow()))).isEqualTo(Navigator.Section.ALBUMS);
        press(KeyCode.LEFT, false, false, true);
        assertThat(Screens.fx(() -> Navigator.section(navigator.routeProperty().get().orElseThrow()))).isEqualTo(Navigator.Section.HOME);
        press(KeyCode.O, true, true, false);
        assertThat(fake.accounts.reachability().offline()).isTrue();
        assertThat(window.orElseThrow().desk().offline().get()).isTrue();
    }

    @Test
    @DisplayName("Escape closes quick search and the keyboard goes back; Space in its field is a space")
    void quickSearchHoldsTheKeyboard() {
        press(KeyCode.K, false, true, false);
        assertThat(Screens.fx(() -> window.orElseThrow().desk().dialogs().isOpen())).isTrue();
        press(KeyCode.SPACE, false, false, false);
        assertThat(fake.player.state().phase()).isEqualTo(Phase.PLAYING);
        press(KeyCode.ESCAPE, false, false, false);
        assertThat(Screens.fx(() -> window.orElseThrow().desk().dialogs().isOpen())).isFalse();
    }

    @Test
    @DisplayName("issue 3 Shift+F10 and the menu key open the menu of the chosen row, as Linux and macOS send keys only")
    void menus() {
        Screens.settle();
        var list = Screens.fx(() -> (ListView<?>) window.orElseThrow().root().lookup(".queue-list"));
        for (boolean shift : new boolean[]{true, false}) {
            Screens.run(() -> {
                list.requestFocus();
                list.getSelectionModel().clearAndSelect(list.getItems().size() - 1);
            });
            press(shift ? KeyCode.F10 : KeyCode.CONTEXT_MENU, shift, false, false);
            Screens.run(() -> {
                List<Window> menus = Window.getWindows().stream().filter(w -> w instanceof ContextMenu m && m.isShowing()).toList();
                assertThat(menus).hasSize(1);
                menus.getFirst().hide();
            });
        }
    }

    @Test
    @DisplayName("DESIGN 2: whatever key is pressed is a sign of use")
    void aKeyIsASignOfUse() {
        assertThat(fake.accounts.uses).isZero();
        press(KeyCode.DOWN, false, false, false);
        assertThat(fake.accounts.uses).isEqualTo(1);
    }

    @Test
    void everyControlThatTakesTheKeyboardHasASpokenName() {
        Screens.settle();
        List<String> nameless = Screens.fx(() -> {
            var list = new ArrayList<String>();
            walk(window.orElseThrow().root(), list);
            return list;
        });
        assertThat(nameless).isEmpty();
    }

    private static void walk(Node node, List<String> nameless) {
        boolean named = node.getAccessibleText() != null && !node.getAccessibleText().isBlank()
                || node instanceof Labeled labeled && labeled.getText() != null && !labeled.getText().isBlank();
        boolean container = node instanceof ScrollPane || node instanceof VirtualFlow<?>;
        if (node.isFocusTraversable() && node.isVisible() && node instanceof Control && !container && !named) {
            nameless.add(node.getClass().getSimpleName() + " " + node.getStyleClass());
        }
        if (node instanceof Parent parent) parent.getChildrenUnmodifiable().forEach(child -> walk(child, nameless));
    }

    @Test
    void theWindowRemembersItsPanelAndLook() {
        press(KeyCode.E, false, true, false);
        Screens.run(() -> window.orElseThrow().desk().theme().choiceProperty().set(Theme.Choice.LIGHT));
        Screens.until("it is saved", () -> !memory.load().panelOpen() && memory.load().theme() == Theme.Choice.LIGHT);
    }
}
