package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Account;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which servers the library shows, chosen in the top bar.
class ServerPickerTest {
    private final List<Runnable> ends = new ArrayList<>();

    private record Opened(FakeServices fake, Scene scene, MenuButton picker) {
        /// As a click does it.
        void choose(String name) {
            Screens.run(() -> {
                picker.show();
                MenuItem item = picker.getItems().stream().filter(i -> String.valueOf(i.getText()).startsWith(name)).findFirst()
                        .orElseThrow();
                if (item instanceof CheckMenuItem tick) tick.setSelected(!tick.isSelected());
                item.fire();
                picker.hide();
            });
        }

        List<String> ticked() {
            return Screens.fx(() -> picker.getItems().stream().filter(i -> i instanceof CheckMenuItem c && c.isSelected())
                    .map(i -> i.getText().replaceAll(" .*", "")).toList());
        }

        List<String> shown() {
            return fake.accounts.shown().stream().map(Account::serverName).toList();
        }

        /// The command of the quick search, where it is offered; FX thread.
        Optional<Runnable> offered() {
            if (!(scene.lookup(".quick-list") instanceof ListView<?> list)) return Optional.empty();
            return list.getItems().stream().filter(QuickSearchViewModel.Row.OfCommand.class::isInstance)
                    .map(QuickSearchViewModel.Row.OfCommand.class::cast).filter(c -> c.words().equals(Texts.of("top.server.show-all")))
                    .map(QuickSearchViewModel.Row.OfCommand::run).findFirst();
        }

        boolean offers(String key) {
            return Screens.fx(() -> picker.getItems().stream().anyMatch(i -> Texts.of(key).equals(i.getText())));
        }

        void says(String words) {
            Screens.until("the picker says " + words, () -> words.equals(picker.getText()));
        }
    }

    @BeforeAll
    static void toolkit() {
        Screens.start();
    }

    @AfterEach
    void end() {
        Screens.run(() -> ends.forEach(Runnable::run));
    }

    private Opened open(boolean dark, Account... accounts) {
        return Screens.fx(() -> {
            FakeServices fake = FakeServices.sample(accounts);
            WindowMemory memory = WindowMemory.forgetful();
            WindowMemory.Look f = WindowMemory.Look.FIRST;
            memory.save(new WindowMemory.Look(1440, 900, f.place(), false, false, true, 320, "queue",
                    dark ? Theme.Choice.DARK : Theme.Choice.LIGHT, false));
            var window = new MainWindow(fake.services(), new WindowScreensTest.BlankPages(), memory);
            var stage = new Stage();
            window.open(stage);
            ends.add(() -> {
                window.close();
                stage.close();
            });
            var picker = (MenuButton) stage.getScene().getRoot().lookupAll(".menu-button").stream()
                    .filter(n -> String.valueOf(n.getAccessibleText()).startsWith(Texts.of("top.server"))).findFirst().orElseThrow();
            return new Opened(fake, stage.getScene(), picker);
        });
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 a click in the picker leaves a server out of the library, another shows it again; the last one stays")
    void ticks(String look, boolean dark) {
        Opened o = open(dark, FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"), FakeAccounts.account(3, "attic"));
        o.says(Texts.of("top.server.all", 3));
        assertThat(o.ticked()).containsExactly("home-server", "garden-shed", "attic");
        assertThat(o.offers("top.server.show-all")).isFalse();
        o.choose("garden-shed");
        o.says(Texts.of("top.server.some", 2, 3));
        assertThat(o.shown()).containsExactly("home-server", "attic");
        assertThat(o.ticked()).containsExactly("home-server", "attic");
        Screens.run(o.picker()::show);
        Screens.snapshot(o.scene(), "servers-hidden-" + look);
        Screens.snapshot(Screens.fx(() -> o.picker().getItems().getFirst().getParentPopup().getScene()),
                "servers-hidden-" + look + "-menu");
        Screens.run(o.picker()::hide);
        o.choose("attic");
        o.says("home-server");
        o.choose("home-server");
        Screens.until("it is said why not", () -> o.scene().getRoot().lookupAll(".label").stream()
                .anyMatch(n -> n instanceof Label l && Texts.of("top.server.one").equals(l.getText())));
        assertThat(o.shown()).as("something is always shown").containsExactly("home-server");
        assertThat(o.ticked()).containsExactly("home-server");
        o.choose("garden-shed");
        o.says(Texts.of("top.server.some", 2, 3));
        o.choose(Texts.of("top.server.show-all"));
        o.says(Texts.of("top.server.all", 3));
        assertThat(o.shown()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Ctrl+K offers to show all servers, while one is left out")
    void byKeyboard(boolean hidden) {
        Opened o = open(false, FakeAccounts.HOME, FakeAccounts.account(2, "attic"));
        if (hidden) {
            o.choose("attic");
            o.says("home-server");
        }
        Screens.run(() -> o.scene().getRoot().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.K, false, true, false, false)));
        Screens.until("quick search is open", () -> o.scene().getFocusOwner() instanceof TextField);
        Screens.run(() -> ((TextField) o.scene().getFocusOwner()).setText("show all servers"));
        Screens.until("it is offered, or nothing is found", () -> o.offered().isPresent() == hidden
                && (hidden || o.scene().lookup(".quick-none") instanceof Label none && none.isVisible()));
        if (!hidden) return;
        Screens.run(() -> o.offered().orElseThrow().run());
        o.says(Texts.of("top.server.all", 2));
        assertThat(o.shown()).hasSize(2);
    }

    @Test
    @DisplayName("With one server the picker's tick stays as it is")
    void oneServer() {
        Opened o = open(false, FakeAccounts.HOME);
        o.choose("home-server");
        assertThat(o.shown()).containsExactly("home-server");
        assertThat(o.ticked()).containsExactly("home-server");
        o.says("home-server");
    }
}
