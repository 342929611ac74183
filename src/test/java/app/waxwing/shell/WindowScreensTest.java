package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.kit.Desk;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Theme;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.Screens;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole window without pages, in every state, written to target/screens.
class WindowScreensTest {
    private final List<Runnable> ends = new ArrayList<>();

    /// Pages of one title each.
    static final class BlankPages implements PageFactory {
        @Override
        public Page page(Route route, Desk desk) {
            var title = new Label(Navigator.section(route).words());
            title.getStyleClass().add("page-title");
            var root = new VBox(title);
            root.getStyleClass().addAll("page", "page-content");
            return () -> root;
        }

        @Override
        public boolean has(Route route) {
            return true;
        }
    }

    record Opened(MainWindow window, Stage stage, FakeServices fake) {
        Scene scene() {
            return stage.getScene();
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

    private Opened open(Supplier<FakeServices> with, boolean dark, double width, double height, Consumer<FakeServices> before) {
        return Screens.fx(() -> {
            FakeServices fake = with.get();
            before.accept(fake);
            WindowMemory memory = WindowMemory.forgetful();
            WindowMemory.Look f = WindowMemory.Look.FIRST;
            memory.save(new WindowMemory.Look(width, height, f.place(), false, false, true, 320, "queue",
                    dark ? Theme.Choice.DARK : Theme.Choice.LIGHT, false));
            var window = new MainWindow(fake.services(), new BlankPages(), new Theme(), memory);
            var stage = new Stage();
            window.open(stage);
            ends.add(() -> {
                window.close();
                stage.close();
            });
            return new Opened(window, stage, fake);
        });
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void theWindowInEveryState(String look, boolean dark) {
        Opened normal = open(FakeServices::sample, dark, 1440, 900, f -> f.accounts.away(true));
        normal.fake().outbox.waiting(7);
        Screens.snapshot(normal.scene(), "window-" + look + "-normal");
        Region root = (Region) normal.scene().getRoot();
        assertThat(root.getWidth()).isEqualTo(1440);
        Screens.snapshot(open(FakeServices::empty, dark, 1440, 900, _ -> {}).scene(), "window-" + look + "-empty");
        Screens.snapshot(open(FakeServices::longTexts, dark, 1440, 900, _ -> {}).scene(), "window-" + look + "-long");
        Screens.snapshot(open(FakeServices::sample, dark, 900, 600, _ -> {}).scene(), "window-" + look + "-narrow");
        Screens.snapshot(open(FakeServices::signedOut, dark, 1440, 900, _ -> {}).scene(), "welcome-" + look);
    }
}
