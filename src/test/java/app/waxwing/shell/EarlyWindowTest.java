package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Theme;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A key that comes while the engines still open.
class EarlyWindowTest {
    private final List<Runnable> ends = new ArrayList<>();
    private Optional<Stage> stage = Optional.empty();

    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @AfterEach
    void end() {
        Screens.run(() -> ends.forEach(Runnable::run));
    }

    private EarlyWindow show(WindowMemory memory) {
        return Screens.fx(() -> {
            var early = new EarlyWindow(memory.load(), List::of);
            var on = new Stage();
            early.show(on);
            stage = Optional.of(on);
            ends.add(on::close);
            return early;
        });
    }

    private MainWindow fill(EarlyWindow early, FakeServices fake, WindowMemory memory) {
        return Screens.fx(() -> {
            var window = new MainWindow(fake.services(), new WindowScreensTest.BlankPages(), early, memory);
            window.open(stage.orElseThrow());
            ends.add(window::close);
            return window;
        });
    }

    private void press(KeyCode code, boolean ctrl) {
        Screens.run(() -> {
            Node owner = Optional.ofNullable(stage.orElseThrow().getScene().getFocusOwner())
                    .orElse(stage.orElseThrow().getScene().getRoot());
            owner.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, ctrl, false, false));
        });
    }

    private <T> T find(String selector, Class<T> type) {
        return Screens.fx(() -> type.cast(stage.orElseThrow().getScene().lookup(selector)));
    }

    private static WindowMemory memory(boolean dark) {
        WindowMemory memory = WindowMemory.forgetful();
        WindowMemory.Look f = WindowMemory.Look.FIRST;
        memory.save(new WindowMemory.Look(1440, 900, f.place(), false, false, true, 320, "queue",
                dark ? Theme.Choice.DARK : Theme.Choice.LIGHT, false));
        return memory;
    }

    @Test
    @DisplayName("The words that say what is waited for are still once the window shows something else, as a failure")
    void nothingBreathesUnseen() {
        show(memory(false));
        press(KeyCode.K, true);
        Label words = find(".quick-none", Label.class);
        Screens.until("they breathe", () -> words.getOpacity() < 0.95);
        Screens.run(() -> stage.orElseThrow().setScene(new Scene(new StackPane())));
        assertThat(Screens.fx(words::getOpacity)).isEqualTo(1);
        Screens.settle();
        assertThat(Screens.fx(words::getOpacity)).isEqualTo(1);
    }

    @Test
    @DisplayName("the window may be made no smaller than what it holds needs, but on a screen that is smaller still it fits")
    void least() {
        Screens.run(() -> {
            for (boolean small : List.of(false, true)) {
                var on = new Stage();
                new EarlyWindow(memory(false).load(), () -> List.of(new Rectangle2D(0, 0, small ? 800 : 1920, small ? 500 : 1080)))
                        .show(on);
                ends.add(on::close);
                assertThat(on.getMinWidth()).isEqualTo(small ? 800 : 900);
                assertThat(on.getMinHeight()).isEqualTo(small ? 500 : 600);
                assertThat(on.getScene().getWidth()).isEqualTo(small ? 800 : 1440);
            }
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 while an older library is brought up to date the window says so, how far it is, and that it may be closed")
    void upgrading(String look, boolean dark) {
        WindowMemory memory = memory(dark);
        EarlyWindow early = show(memory);
        Screens.run(() -> early.upgrading(1, 3));
        assertThat(find(".upgrade-words", Label.class).getText()).contains("A copy of it is kept first (step 1 of 3)");
        Screens.run(() -> early.upgrading(2, 3));
        assertThat(find(".upgrade-words", Label.class).getText()).contains("(step 2 of 3)").contains("nothing is lost");
        Screens.snapshot(stage.orElseThrow().getScene(), "early-upgrade-" + look);
        fill(early, FakeServices.sample(), memory);
        assertThat(Screens.fx(() -> Optional.ofNullable(stage.orElseThrow().getScene().lookup(".upgrade-words")))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 quick search opens before the library does: its height stays, the letters stay in the field, and what they find comes "
            + "when the library is open")
    void searchedBeforeTheLibraryIsOpen(String look, boolean dark) {
        WindowMemory memory = memory(dark);
        EarlyWindow early = show(memory);
        press(KeyCode.K, true);
        TextField field = find(".quick-field", TextField.class);
        assertThat(Screens.fx(field::isFocused)).isTrue();
        assertThat(find(".quick-none", Label.class).getText()).isEqualTo("Your library is opening …");
        assertThat(find(".quick-list", ListView.class)).as("a list that nothing is in yet").isNull();
        Screens.snapshot(stage.orElseThrow().getScene(), "early-search-" + look);
        double height = find(".quick-search", QuickSearchView.class).getHeight();
        Screens.run(() -> field.setText("sleeper"));
        press(KeyCode.ENTER, false);
        assertThat(Screens.fx(early.dialogs()::isOpen)).as("Enter on nothing does nothing").isTrue();

        MainWindow window = fill(early, FakeServices.sample(), memory);
        assertThat(Screens.fx(field.textProperty()::get)).isEqualTo("sleeper");
        assertThat(Screens.fx(field::isFocused)).isTrue();
        ListView<?> list = find(".quick-list", ListView.class);
        Screens.until("hits are shown", () -> list.getItems().stream().anyMatch(QuickSearchViewModel.Row.OfTrack.class::isInstance));
        Screens.snapshot(stage.orElseThrow().getScene(), "early-search-found-" + look);
        Screens.run(field::clear);
        Screens.until("commands are shown", () -> list.getItems().size() > 10);
        Screens.settle();
        assertThat(find(".quick-search", QuickSearchView.class).getHeight()).isCloseTo(height, org.assertj.core.api.Assertions.within(2.0));
        press(KeyCode.ESCAPE, false);
        assertThat(Screens.fx(window.desk().dialogs()::isOpen)).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 short lists of quick search are as high as their rows: nothing is cut, and there is no scroll bar")
    void asHighAsItsRows(String look, boolean dark) {
        WindowMemory memory = memory(dark);
        EarlyWindow early = show(memory);
        fill(early, FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "attic")), memory);
        press(KeyCode.K, true);
        TextField field = find(".quick-field", TextField.class);
        ListView<?> list = find(".quick-list", ListView.class);
        for (String text : List.of("shuf", "night", "sleeper")) {
            Screens.run(() -> field.setText(text));
            Screens.until("rows of " + text, () -> !list.getItems().isEmpty() && list.getItems().size() < 9);
            Screens.settle();
            Screens.snapshot(stage.orElseThrow().getScene(), "quick-" + text + "-" + look);
            Screens.run(() -> {
                double bottom = list.localToScene(list.getBoundsInLocal()).getMaxY();
                var cells = list.lookupAll(".list-cell").stream().map(n -> (javafx.scene.control.ListCell<?>) n)
                        .filter(c -> !c.isEmpty() && c.isVisible()).toList();
                assertThat(cells).as(text).hasSize(list.getItems().size());
                assertThat(cells).allSatisfy(c -> assertThat(c.localToScene(c.getBoundsInLocal()).getMaxY()).isLessThanOrEqualTo(bottom));
                assertThat(list.lookupAll(".scroll-bar")).allSatisfy(b -> assertThat(b.isVisible()).as(text).isFalse());
            });
        }
    }

    @Test
    @DisplayName("Issue 4 the window gets its first style in two steps, unseen; a key between them is answered, and then it is as if it had come at once")
    void dressed() {
        WindowMemory memory = memory(false);
        EarlyWindow early = show(memory);
        var steps = new ArrayDeque<Runnable>();
        MainWindow window = Screens.fx(() -> {
            var made = new MainWindow(FakeServices.sample().services(), new WindowScreensTest.BlankPages(), early, memory);
            ends.add(made::close);
            made.dress(steps::add, () -> made.open(stage.orElseThrow()));
            return made;
        });
        Parent frame = find(".window", Parent.class);
        assertThat(Screens.fx(frame::isVisible)).isFalse();
        Screens.run(steps.remove());
        assertThat(Screens.fx(frame::isVisible)).isFalse();
        press(KeyCode.K, true);
        assertThat(Screens.fx(find(".quick-field", TextField.class)::isFocused)).isTrue();
        Screens.run(steps.remove());
        assertThat(steps).isEmpty();
        assertThat(Screens.fx(frame::isVisible)).isTrue();
        assertThat(Screens.fx(window.desk().dialogs()::isOpen)).isTrue();
        List<Class<?>> parts = parts(frame);
        fill(show(memory), FakeServices.sample(), memory);
        assertThat(parts).isEqualTo(parts(find(".window", Parent.class))).hasSizeGreaterThan(5);
    }

    private static List<Class<?>> parts(Parent frame) {
        return Screens.fx(() -> frame.getChildrenUnmodifiable().stream().<Class<?>>map(Object::getClass).toList());
    }

    @Test
    @DisplayName("Issue 4 letters that come together with the key are in the field, before any frame was drawn")
    void lettersWithTheKey() {
        show(memory(true));
        String typed = Screens.fx(() -> {
            Node root = stage.orElseThrow().getScene().getRoot();
            root.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.K, false, true, false, false));
            Node owner = stage.orElseThrow().getScene().getFocusOwner();
            for (String letter : List.of("n", "i"))
                owner.fireEvent(new KeyEvent(KeyEvent.KEY_TYPED, letter, "", KeyCode.UNDEFINED, false, false, false, false));
            return ((TextField) owner).getText();
        });
        assertThat(typed).isEqualTo("ni");
    }

    @Test
    @DisplayName("Issue 4 the first window gives way to the welcome page; other shortcuts wait for the engines")
    void nobodyIsSignedIn() {
        WindowMemory memory = memory(true);
        EarlyWindow early = show(memory);
        press(KeyCode.E, true);
        press(KeyCode.SPACE, false);
        assertThat(Screens.fx(early.dialogs()::isOpen)).isFalse();
        press(KeyCode.F, true);
        assertThat(Screens.fx(early.dialogs()::isOpen)).isTrue();
        fill(early, FakeServices.signedOut(), memory);
        assertThat(Screens.fx(early.dialogs()::isOpen)).isFalse();
        assertThat(find(".welcome", Parent.class).isVisible()).isTrue();
        Screens.snapshot(stage.orElseThrow().getScene(), "early-welcome");
    }

    @Test
    @DisplayName("Issue 4 the window is filled in steps, each after the frame that answers a key which was pressed before it")
    void filledAfterTheAnswer() {
        EarlyWindow early = show(memory(true));
        var seen = new ArrayList<Boolean>();
        Screens.run(() -> {
            early.afterAnswer(() -> seen.add(early.dialogs().isOpen()));
            assertThat(seen).as("what waits in the line of the FX thread, such as a key, comes first").isEmpty();
        });
        Screens.until("the first step is done", () -> seen.equals(List.of(false)));
        var laid = new ArrayList<Boolean>();
        Screens.run(() -> {
            Scene scene = stage.orElseThrow().getScene();
            scene.getRoot().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.K, false, true, false, false));
            scene.addPostLayoutPulseListener(() -> laid.add(true));
            early.afterAnswer(() -> seen.add(!laid.isEmpty()));
        });
        Screens.until("the second step is done", () -> seen.size() == 2);
        assertThat(seen).as("not before quick search was laid out").containsExactly(false, true);
    }
}
