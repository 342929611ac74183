package app.waxwing.shell;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.SystemTime;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.settings.Settings;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.Screens;
import app.waxwing.library.LibrarySync;
import app.waxwing.server.ItemKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The whole window without pages, in every state, written to target/screens.
class WindowScreensTest {
    private final List<Runnable> ends = new ArrayList<>();
    private Function<FakeServices, PageFactory> pages = _ -> new BlankPages();
    @TempDir
    Path folder;

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
            var window = new MainWindow(fake.services(), pages.apply(fake), memory);
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

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("B.11 a server that does not take the sign-in any more asks for it above every page and at the rail's foot; one click leads to the "
            + "password of that account, and the page that was open is there again after it")
    void signInAgain(String look, boolean dark) {
        Opened o = open(FakeServices::sample, dark, 1440, 900, _ -> {});
        var account = o.fake().account();
        Screens.run(() -> o.window().navigator().go(new Route.Albums()));
        Node banner = o.scene().lookup(".sign-in-banner");
        assertThat(banner.isManaged()).as("all is well").isFalse();
        o.fake().accounts.signedOut(account.id(), true);
        Screens.until("the window asks", banner::isVisible);
        Screens.snapshot(o.scene(), "signed-out-" + look);
        assertThat(banner.getAccessibleText()).contains(account.serverName() + " asks you to sign in again", "Nothing is lost",
                account.userName());
        assertThat(o.scene().lookup(".rail-foot").getAccessibleText()).startsWith(account.serverName() + " asks you to sign in again.");
        ButtonBase foot = (ButtonBase) o.scene().lookup(".foot-sign-in");
        assertThat(foot.isVisible()).isTrue();
        Screens.run(foot::fire);
        Screens.until("the password is asked for", () -> o.scene().getFocusOwner() instanceof PasswordField);
        Screens.snapshot(o.scene(), "signed-out-again-" + look);
        assertThat(
                o.scene().getRoot().lookupAll(".text-field").stream().filter(n -> n instanceof TextField && !(n instanceof PasswordField))
                        .map(n -> ((TextField) n).getText()))
                .contains(account.userName());
        assertThat(o.fake().accounts.probed).containsExactly(account.url().toString());
        Screens.run(() -> {
            var password = (PasswordField) o.scene().getFocusOwner();
            password.setText("right");
            password.fireEvent(new ActionEvent());
        });
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && !banner.isVisible() && !foot.isVisible());
        assertThat(o.fake().accounts.all()).as("the same account").containsExactly(account);
        assertThat(o.window().navigator().routeProperty().get()).contains(new Route.Albums());

        o.fake().accounts.signedOut(account.id(), true);
        Screens.until("asked again", banner::isVisible);
        o.fake().accounts.signedOut(account.id(), false);
        Screens.until("signed in by the command line", () -> !banner.isVisible());
        assertThat(o.scene().lookup(".rail-foot").getAccessibleText()).startsWith("Connected");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("B.43 another server answers at an account's address: the window asks above every page; «Look again» looks, «Sign in there» "
            + "leads to that address, and the question goes by itself when the server is back")
    void anotherServerAnswers(String look, boolean dark) {
        Opened o = open(FakeServices::sample, dark, 1440, 900, f -> f.accounts.stranger(f.account().id(), true));
        long account = o.fake().account().id();
        Screens.snapshot(o.scene(), "stranger-" + look);
        Node banner = o.scene().lookup(".stranger-banner");
        assertThat(banner.isVisible()).isTrue();
        assertThat(banner.getAccessibleText()).contains(o.fake().account().serverName(), o.fake().account().url().toString(),
                "another server answers",
                "Nothing is sent to it", "counts as offline");
        List<ButtonBase> answers = banner.lookupAll(".button").stream().map(ButtonBase.class::cast).toList();
        assertThat(answers).extracting(ButtonBase::getText).containsExactly("Sign in there", "Look again");
        Screens.run(answers.get(1)::fire);
        Screens.until("the engine looks", () -> o.fake().accounts.lookedAt.contains(account));
        assertThat(banner.isVisible()).as("still another one").isTrue();
        Screens.run(answers.get(0)::fire);
        Screens.until("the sign-in asks for that address", () -> o.fake().accounts.probed.contains(o.fake().account().url().toString()));
        Screens.snapshot(o.scene(), "stranger-sign-in-" + look);
        o.fake().accounts.stranger(account, false);
        Screens.until("it is back", () -> !banner.isVisible() && !banner.isManaged());
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void aSyncAsksAboutMuchThatVanished(String look, boolean dark) {
        var missing = Map.of(ItemKind.TRACK, new LibrarySync.Missing(2_310, 18_230), ItemKind.ALBUM, new LibrarySync.Missing(214, 1_412));
        Opened o = open(FakeServices::sample, dark, 1440, 900, f -> f.sync.held.add(
                new LibrarySync.Held(f.account().id(), "music", "Music", missing, Instant.EPOCH)));
        Screens.snapshot(o.scene(), "held-" + look);
        Node banner = o.scene().lookup(".held-banner");
        assertThat(banner.isVisible()).isTrue();
        assertThat(banner.getAccessibleText()).contains("Music", "2,310 of 18,230 tracks and 214 of 1,412 albums");
        List<ButtonBase> answers = banner.lookupAll(".button").stream().map(ButtonBase.class::cast).toList();
        assertThat(answers).extracting(ButtonBase::getText).containsExactly("They are gone", "Keep them");
        Screens.run(answers.get(dark ? 0 : 1)::fire);
        Screens.until("the answer is given", () -> !o.fake().sync.answers.isEmpty() && !banner.isVisible());
        assertThat(o.fake().sync.answers).containsExactly((dark ? "gone " : "keep ") + o.fake().account().id() + " music");
        assertThat(banner.isManaged()).isFalse();
        if (dark) takesItBack(o, "held-undo-" + look);
        o.fake().sync.progress.publish(new LibrarySync.Progress(o.fake().account().id(), "tracks", 4_500, 18_230, false));
        Node stop = o.scene().lookup(".foot-stop");
        Screens.until("it can be stopped", stop::isVisible);
        Screens.snapshot(o.scene(), "syncing-" + look);
        Screens.run(((ButtonBase) stop)::fire);
        assertThat(o.fake().sync.answers).endsWith("stop " + o.fake().account().id());
    }

    private void takesItBack(Opened o, String picture) {
        Screens.until("it says what it did", () -> !o.scene().getRoot().lookupAll(".toast .button").isEmpty());
        Screens.snapshot(o.scene(), picture);
        var undo = (ButtonBase) o.scene().getRoot().lookup(".toast .button");
        assertThat(undo.getText()).isEqualTo("Undo");
        Screens.run(undo::fire);
        Screens.until("4.19 it is taken back", () -> o.fake().sync.answers.contains("undo " + o.fake().account().id() + " music"));
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void theWholeWindowWithItsPages(String look, boolean dark) {
        var time = new SystemTime();
        ends.add(time::close);
        var keeping = new app.waxwing.testing.ui.FakeKeeping();
        Settings settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
        pages = fake -> new FeaturePages(fake.services(), time, settings,
                new SettingsLinks(AppPaths.under(folder), () -> {}, Optional.empty(),
                        keeping, keeping, fake.outbox, fake.sync, Runnable::run, () -> {}, "0.1.0"));
        Opened o = open(FakeServices::sample, dark, 1440, 900, f -> f.accounts.away(true));
        o.fake().outbox.waiting(7);
        Screens.snapshot(o.scene(), "whole-" + look + "-home");
        Screens.run(() -> o.window().navigator().go(new Route.AlbumRoute(o.fake().music.album("Night Train to Lund").key())));
        Screens.snapshot(o.scene(), "whole-" + look + "-album");
        Screens.run(() -> o.window().navigator().go(new Route.Downloads()));
        Screens.snapshot(o.scene(), "whole-" + look + "-downloads");
        Opened small = open(FakeServices::sample, dark, 900, 600, _ -> {});
        Screens.snapshot(small.scene(), "whole-" + look + "-narrow");
    }

    private void withPages(SystemTime time) {
        ends.add(time::close);
        var keeping = new app.waxwing.testing.ui.FakeKeeping();
        Settings settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
        pages = fake -> new FeaturePages(fake.services(), time, settings,
                new SettingsLinks(AppPaths.under(folder), () -> {}, Optional.empty(),
                        keeping, keeping, fake.outbox, fake.sync, Runnable::run, () -> {}, "0.1.0"));
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 Ctrl+K leads to Metrics, to Diagnostics and to each section of Settings, in view, from elsewhere and from Settings themselves")
    void everySectionByCommand(String look, boolean dark) {
        withPages(new SystemTime());
        Opened o = open(FakeServices::sample, dark, 1440, 900, _ -> {});
        command(o, "metr", "Go to Metrics", "quick-metrics-" + look);
        assertThat(route(o)).isEqualTo(new Route.MetricsRoute());
        command(o, "diag", "Go to Diagnostics", "");
        assertThat(route(o)).isEqualTo(new Route.Diagnostics());
        Screens.run(() -> o.window().navigator().go(new Route.Home()));
        for (String section : List.of("Backups", "Servers", "Network", "Appearance", "Playing", "Downloads", "Cache", "Your data", "About",
                "Backups")) {
            command(o, section.toLowerCase(java.util.Locale.ROOT), "Settings: " + section, "");
            assertThat(route(o)).isEqualTo(new Route.SettingsRoute());
            Screens.until(section + " is in view", () -> {
                var head = o.scene().getRoot().lookupAll(".section-title").stream()
                        .filter(n -> n instanceof Label l && l.getText().equals(section)).findFirst().orElseThrow();
                double y = head.localToScene(0, 0).getY();
                return y > 40 && y < 850;
            });
        }
        Screens.snapshot(o.scene(), "settings-by-command-" + look);
    }

    private static Route route(Opened o) {
        return Screens.fx(() -> o.window().navigator().routeProperty().get().orElseThrow());
    }

    /// Types into quick search, and runs the command that it finds.
    private void command(Opened o, String typed, String words, String picture) {
        Screens.run(() -> o.scene().getRoot().fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.K, false, true, false, false)));
        Screens.until("quick search is open", () -> o.scene().getFocusOwner() instanceof TextField);
        Screens.run(() -> ((TextField) o.scene().getFocusOwner()).setText(typed));
        Screens.until(words + " is found", () -> offered(o, words).isPresent());
        if (!picture.isEmpty()) Screens.snapshot(o.scene(), picture);
        Runnable found = Screens.fx(() -> offered(o, words).orElseThrow());
        press(o, KeyCode.ESCAPE, false);
        Screens.until("quick search is closed", () -> !(o.scene().getFocusOwner() instanceof TextField));
        Screens.run(found);
        Screens.settle();
    }

    private static Optional<Runnable> offered(Opened o, String words) {
        if (!(o.scene().lookup(".quick-list") instanceof ListView<?> list)) return Optional.empty();
        return list.getItems().stream().filter(QuickSearchViewModel.Row.OfCommand.class::isInstance)
                .map(QuickSearchViewModel.Row.OfCommand.class::cast).filter(c -> c.words().equals(words))
                .map(QuickSearchViewModel.Row.OfCommand::run).findFirst();
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("Issue 4 with one of two servers away the foot of the rail says how many are reached and which is not, in the colour of a warning")
    void oneOfTwoServersAway(String look, boolean dark) {
        Opened o = open(() -> FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed")), dark, 1440, 900,
                f -> f.accounts.away(2, true));
        Node foot = o.scene().lookup(".rail-foot");
        Screens.until("it is said", () -> foot.getAccessibleText().startsWith("1 of 2 servers · garden-shed is away"));
        var partly = javafx.css.PseudoClass.getPseudoClass("partly");
        assertThat(foot.lookup(".dot").getPseudoClassStates()).contains(partly);
        Screens.snapshot(o.scene(), "server-away-" + look);
        o.fake().accounts.away(2, false);
        Screens.until("both are there", () -> foot.getAccessibleText().startsWith("Connected · 2 servers"));
        assertThat(foot.lookup(".dot").getPseudoClassStates()).doesNotContain(partly);
    }

    @Test
    @DisplayName("0.13 when another user's turn begins, a page of the first one's album gives way to the albums, and is not come back to")
    void anotherUsersTurn() {
        withPages(new SystemTime());
        Opened o = open(() -> FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed")), false, 1440, 900,
                f -> f.accounts.only(1));
        var album = o.fake().music.album("Night Train to Lund").key();
        assertThat(album.account()).isEqualTo(1);
        Screens.run(() -> o.window().navigator().go(new Route.AlbumRoute(album)));
        o.fake().accounts.only(2);
        Screens.until("the albums", () -> o.window().navigator().routeProperty().get().equals(Optional.of(new Route.Albums())));
        Screens.run(() -> o.window().navigator().back());
        assertThat(route(o)).isEqualTo(new Route.Home());
        Screens.run(() -> o.window().navigator().forward());
        assertThat(route(o)).isEqualTo(new Route.Albums());
    }

    @Test
    @DisplayName("A list comes back as it was left: sorted so after a restart too, and where it stood while the window lives")
    void aListRemembersItsPlaceAndOrder() {
        var time = new SystemTime();
        ends.add(time::close);
        var keeping = new app.waxwing.testing.ui.FakeKeeping();
        Path file = folder.resolve("order.json");
        pages = fake -> new FeaturePages(fake.services(), time, Settings.open(file, time, Runnable::run),
                new SettingsLinks(AppPaths.under(folder), () -> {}, Optional.empty(),
                        keeping, keeping, fake.outbox, fake.sync, Runnable::run, () -> {}, "0.1.0"));
        Supplier<FakeServices> many = () -> FakeServices.of(app.waxwing.testing.ui.SampleMusic.of(300));
        Opened before = open(many, false, 1440, 900, _ -> {});
        Screens.run(() -> before.window().navigator().go(new Route.Albums()));
        Screens.settle();
        Screens.run(() -> {
            var pill = (MenuButton) before.scene().lookup(".sort-pill");
            pill.getItems().stream().filter(i -> "Year".equals(i.getText())).findFirst().orElseThrow().fire();
        });
        Screens.settle();
        Screens.run(() -> ((ListView<?>) before.scene().lookup(".cover-list")).scrollTo(20));
        Screens.settle();
        List<String> seen = titles(before);
        Screens.run(() -> before.window().navigator().go(new Route.Tracks()));
        for (int i = 0; i < 12; i++) {
            Route next = i % 2 == 0 ? new Route.Artists() : new Route.Genres();
            Screens.run(() -> before.window().navigator().go(next));
        }
        Screens.run(() -> before.window().navigator().go(new Route.Albums()));
        Screens.until("it stands where it stood", () -> titlesNow(before).equals(seen));
        Screens.until("the order is kept",
                () -> Settings.open(file, time, Runnable::run).options().window().orders().contains("albums=YEAR"));
        Opened after = open(many, false, 1440, 900, _ -> {});
        Screens.run(() -> after.window().navigator().go(new Route.Albums()));
        Screens.until("the order is as before",
                () -> after.scene().lookup(".sort-pill") instanceof MenuButton m && "Year".equals(m.getText()));
        Screens.until("it stands where it stood before the window was closed", () -> titlesNow(after).equals(seen));
    }

    private static List<String> titles(Opened o) {
        return Screens.fx(() -> titlesNow(o));
    }

    private static List<String> titlesNow(Opened o) {
        Node list = o.scene().lookup(".cover-list");
        if (list == null) return List.of();
        double top = list.localToScene(0, 0).getY();
        return o.scene().getRoot().lookupAll(".cover-tile").stream()
                .filter(n -> n.isVisible() && Math.abs(n.localToScene(0, 0).getY() - top) < 20)
                .map(n -> String.valueOf(n.getAccessibleText()))
                .sorted().toList();
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("0.13 two accounts in the picker of servers, each with a tick of its own")
    void theServerPickerWithTwoAccounts(String look, boolean dark) {
        Opened o = open(() -> FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed")), dark, 1440, 900, _ -> {});
        var picker = (MenuButton) Screens.fx(() -> o.scene().getRoot().lookupAll(".menu-button").stream()
                .filter(n -> String.valueOf(n.getAccessibleText()).startsWith(Texts.of("top.server"))).findFirst().orElseThrow());
        Screens.run(picker::show);
        Screens.settle();
        assertThat(Screens.fx(() -> picker.getItems().stream().map(i -> String.valueOf(i.getText())).toList()))
                .anyMatch(text -> text.startsWith("home-server")).anyMatch(text -> text.startsWith("garden-shed"));
        Screens.snapshot(o.scene(), "servers-" + look);
        Scene menu = Screens.fx(() -> picker.getItems().getFirst().getParentPopup().getScene());
        Screens.snapshot(menu, "servers-" + look + "-menu");
        Screens.run(picker::hide);
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void searchWordsDetailsAndKeys(String look, boolean dark) {
        Opened o = open(FakeServices::sample, dark, 1440, 900, _ -> {});
        press(o, KeyCode.K, true);
        Screens.snapshot(o.scene(), "quick-search-" + look + "-commands");
        press(o, KeyCode.ESCAPE, false);
        o.fake().library.searches.addAll(List.of("night train", "artist:vane harbour", "東京"));
        press(o, KeyCode.K, true);
        Screens.snapshot(o.scene(), "quick-search-" + look + "-history");
        Screens.run(() -> ((TextField) o.scene().getFocusOwner()).setText("qwertzuiop"));
        Screens.settle();
        Screens.snapshot(o.scene(), "quick-search-" + look + "-nothing");
        Screens.run(() -> ((TextField) o.scene().getFocusOwner()).setText("n"));
        Screens.until("hits are listed", () -> o.scene().lookup(".quick-list") instanceof ListView<?> list && list.getItems().size() > 8);
        press(o, KeyCode.DOWN, false);
        Screens.snapshot(o.scene(), "quick-search-" + look);
        press(o, KeyCode.ESCAPE, false);
        click(o, "Lyrics");
        Screens.snapshot(o.scene(), "lyrics-" + look);
        click(o, "Details");
        o.fake().library.noWords = Optional.of(new Failure.Offline("home-server"));
        Screens.run(o.fake().player::next);
        click(o, "Lyrics");
        Screens.until("what went wrong is said", () -> o.scene().getRoot().lookupAll(".label").stream()
                .anyMatch(n -> n instanceof Label l && l.getText().equals("home-server cannot be reached.")));
        Screens.snapshot(o.scene(), "lyrics-" + look + "-failed");
        click(o, "Details");
        Screens.snapshot(o.scene(), "details-" + look);
        press(o, KeyCode.F1, false);
        Screens.snapshot(o.scene(), "keys-" + look);
    }

    @Test
    @DisplayName("an account that comes by the command line or the demonstration ends the welcome page; a chosen one stays open")
    void signedInElsewhere() {
        Opened o = open(FakeServices::signedOut, true, 1440, 900, _ -> {});
        Screens.until("the welcome page", () -> o.scene().lookup(".welcome") != null);
        o.fake().accounts.signIn(o.fake().accounts.probe("music.example.org").join(), "ida", "right").join();
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
        assertThat(Screens.fx(() -> o.scene().lookup(".window").isDisabled())).isFalse();
    }

    private static void signInElsewhere(Opened o) {
        o.fake().accounts.signIn(o.fake().accounts.probe("music.example.org").join(), "ida", "right").join();
        Screens.settle();
    }

    private static boolean here(Opened o) {
        return Screens.fx(() -> o.scene().lookup(".welcome-here") instanceof Node line && line.isVisible());
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    @DisplayName("while somebody types an address the page stays, says whose library came, and opens it when asked")
    void signedInElsewhereWhileTyping(String look, boolean dark) {
        Opened o = open(FakeServices::signedOut, dark, 1440, 900, _ -> {});
        var address = (TextField) Screens.fx(() -> o.scene().lookup(".welcome .text-field"));
        Screens.run(address::requestFocus);
        Screens.run(() -> address.setText("nas.l"));
        Screens.settle();
        double before = Screens.fx(() -> address.localToScene(0, 0).getY());
        assertThat(here(o)).isFalse();
        signInElsewhere(o);
        assertThat(here(o)).isTrue();
        assertThat(Screens.fx(() -> address.localToScene(0, 0).getY())).as("nothing moves").isEqualTo(before);
        assertThat(Screens.fx(() -> o.scene().lookup(".welcome-here").getAccessibleText()))
                .isEqualTo("The library of \u00abhome-server\u00bb is now here.");
        assertThat(address.getText()).isEqualTo("nas.l");
        assertThat(Screens.fx(() -> o.scene().getFocusOwner())).as("who types goes on typing").isSameAs(address);
        Screens.snapshot(o.scene(), "welcome-here-" + look);
        Screens.run(address::clear);
        assertThat(here(o)).as("it does not leave under the hands of who types anew").isTrue();
        click(o, "Open it");
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
        assertThat(Screens.fx(() -> o.scene().lookup(".window").isDisabled())).isFalse();
    }

    @Test
    @DisplayName("name and password stay too, and so does a code that waits; signing in then ends the page as ever")
    void signedInElsewhereWhileSigningIn() {
        Opened o = open(FakeServices::signedOut, false, 900, 600, _ -> {});
        var address = (TextField) Screens.fx(() -> o.scene().lookup(".welcome .text-field"));
        Screens.run(() -> {
            address.setText("nas.lan");
            address.fireEvent(new ActionEvent());
        });
        var password = (PasswordField) Screens.fx(() -> o.scene().lookup(".password-field"));
        Screens.run(() -> ((TextField) o.scene().getFocusOwner()).setText("ida"));
        Screens.run(() -> password.setText("rig"));
        signInElsewhere(o);
        assertThat(here(o)).isTrue();
        assertThat(Screens.fx(() -> o.scene().lookup(".password-field"))).isSameAs(password);
        assertThat(password.getText()).isEqualTo("rig");
        Screens.snapshot(o.scene(), "signin-here-narrow");
        click(o, "Use Quick Connect");
        assertThat(here(o)).isTrue();
        Screens.run(() -> o.fake().accounts.quickConnected.complete(FakeAccounts.HOME));
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
    }

    @Test
    @DisplayName("the line goes with its account, and Escape opens what it tells of")
    void theLineGoesWithItsAccount() {
        Opened o = open(FakeServices::signedOut, true, 1440, 900, _ -> {});
        Screens.run(() -> ((TextField) o.scene().lookup(".welcome .text-field")).setText("nas.lan"));
        press(o, KeyCode.ESCAPE, false);
        assertThat(Screens.fx(() -> o.scene().lookup(".welcome"))).as("nobody is signed in").isNotNull();
        signInElsewhere(o);
        o.fake().accounts.remove(1, true).join();
        Screens.settle();
        assertThat(here(o)).isFalse();
        signInElsewhere(o);
        assertThat(here(o)).isTrue();
        press(o, KeyCode.ESCAPE, false);
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
    }

    @Test
    @DisplayName("B.11 the only account is removed by the command line while it is to sign in again: who leaves that page comes to the first one")
    void theOnlyAccountGoes() {
        Opened o = open(FakeServices::sample, true, 1440, 900, _ -> {});
        var account = o.fake().account();
        o.fake().accounts.signedOut(account.id(), true);
        Screens.run(() -> o.window().signInAgain(account));
        Screens.until("the password is asked for", () -> o.scene().getFocusOwner() instanceof PasswordField);
        o.fake().accounts.remove(account.id(), true).join();
        Screens.settle();
        Node first = Screens.fx(() -> o.scene().lookup(".welcome"));
        press(o, KeyCode.ESCAPE, false);
        press(o, KeyCode.ESCAPE, false);
        Screens.until("the welcome page is there", () -> o.scene().lookup(".welcome") != null && o.scene().lookup(".welcome") != first);
        assertThat(Screens.fx(() -> o.scene().lookup(".window").isVisible())).isFalse();
        press(o, KeyCode.ESCAPE, false);
        assertThat(Screens.fx(() -> o.scene().lookup(".welcome"))).as("nobody is signed in").isNotNull();
        click(o, Texts.of("welcome.demo"));
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void signingInStepByStep(String look, boolean dark) {
        Opened o = open(FakeServices::signedOut, dark, 1440, 900, f -> f.accounts.encrypted = false);
        assertThat(Screens.fx(() -> o.scene().getFocusOwner().getAccessibleText())).isEqualTo(Texts.of("welcome.demo"));
        var address = (TextField) Screens.fx(() -> o.scene().lookup(".welcome .text-field"));
        Screens.run(() -> {
            address.setText("music.example.org");
            address.fireEvent(new ActionEvent());
        });
        Screens.snapshot(o.scene(), "signin-" + look + "-plain");
        press(o, KeyCode.ESCAPE, false);
        Screens.run(() -> o.fake().accounts.probeFailure = Optional.of(new Failure.Untrusted("https://music.example.org",
                "3F:A1:08:77:C2:5D:90:1E:44:B7:6A:12:EF:53:8C:D9:20:7B:61:F4:A8:0C:39:95:E2:4D:17:BB:86:FA:70:5E")));
        Screens.run(() -> address.fireEvent(new ActionEvent()));
        Screens.snapshot(o.scene(), "signin-" + look + "-certificate");
        press(o, KeyCode.ESCAPE, false);
        Screens.run(() -> {
            o.fake().accounts.probeFailure = Optional.empty();
            o.fake().accounts.encrypted = true;
            address.fireEvent(new ActionEvent());
        });
        Screens.run(() -> {
            var user = (TextField) o.scene().getFocusOwner();
            user.setText("ida");
            var password = (PasswordField) o.scene().lookup(".password-field");
            password.setText("wrong");
            password.fireEvent(new ActionEvent());
        });
        Screens.snapshot(o.scene(), "signin-" + look + "-wrong");
        click(o, "Use Quick Connect");
        Screens.snapshot(o.scene(), "signin-" + look + "-code");
        Screens.run(() -> o.fake().accounts.quickConnected.complete(FakeAccounts.HOME));
        Screens.until("the window is there", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
    }

    @ParameterizedTest
    @CsvSource({"dark, true", "light, false"})
    void noticesAreSeenOverTheWelcomePageToo(String look, boolean dark) {
        Opened o = open(FakeServices::sample, dark, 1440, 900, _ -> {});
        Node layer = Screens.fx(() -> o.window().desk().toasts().layer());
        Screens.run(() -> {
            o.window().desk().toasts().say("\u00abNight Train to Lund\u00bb is going from this computer", "Undo", () -> {});
            o.window().desk().toasts().failed("The server cannot be reached.");
        });
        Screens.snapshot(o.scene(), "notices-" + look);
        double beside = Screens.fx(() -> layer.localToScene(layer.getBoundsInLocal()).getMinX());
        assertThat(beside).as("over the page, not over the rail").isPositive();
        Screens.run(o.window()::addServer);
        Screens.snapshot(o.scene(), "notices-welcome-" + look);
        for (Node at = layer; at != null; at = at.getParent()) assertThat(at.isVisible()).as("%s", at).isTrue();
        assertThat(Screens.fx(() -> layer.localToScene(layer.getBoundsInLocal()).getWidth())).isEqualTo(1440);
        click(o, Texts.of("welcome.later"));
        Screens.until("the window is there again", () -> o.scene().lookup(".welcome") == null && o.scene().lookup(".window").isVisible());
        Screens.settle();
        assertThat(Screens.fx(() -> layer.localToScene(layer.getBoundsInLocal()).getMinX())).isEqualTo(beside);
    }

    private static void press(Opened o, KeyCode code, boolean ctrl) {
        Screens.run(() -> {
            Node owner = o.scene().getFocusOwner() == null ? o.scene().getRoot() : o.scene().getFocusOwner();
            owner.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, ctrl, false, false));
        });
    }

    private static void click(Opened o, String words) {
        Screens.run(() -> Stream.of(".button", ".toggle-button").flatMap(style -> o.scene().getRoot().lookupAll(style).stream())
                .filter(n -> n instanceof ButtonBase b && words.equals(b.getText())).map(ButtonBase.class::cast).findFirst().orElseThrow()
                .fire());
    }
}
