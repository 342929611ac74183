package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Account;
import app.waxwing.base.AppPaths;
import app.waxwing.base.ItemKey;
import app.waxwing.control.Engines;
import app.waxwing.demo.DemoLibrary;
import app.waxwing.demo.DemoServer;
import app.waxwing.download.Download;
import app.waxwing.parts.ViewContext;
import app.waxwing.settings.ui.SettingsLinks;
import app.waxwing.settings.ui.SettingsView;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.ButtonBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The dialog of the Settings page over the whole program.
class SignOutTest {
    @TempDir
    Path folder;
    private DemoServer server;
    private ProgramDesk desk;
    private Optional<ViewContext> context = Optional.empty();

    @BeforeEach
    void start() throws IOException {
        server = DemoServer.start(DemoLibrary.bundled(), 0);
        desk = new ProgramDesk(folder.resolve("data"));
        desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
    }

    @AfterEach
    void stop() {
        context.ifPresent(ViewContext::close);
        desk.close();
        server.close();
    }

    private Engines engines() {
        return desk.wiring().engines();
    }

    private Path whole(ItemKey key) {
        ProgramDesk.until(key + " is here", () -> engines().downloads().byItem(key).join().stream()
                .anyMatch(d -> d.status() == Download.Status.COMPLETED));
        return engines().downloads().byItem(key).join().getFirst().path().orElseThrow();
    }

    /// Rows of the account in a table.
    private int rows(String table, long account) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + AppPaths.under(folder.resolve("data")).database());
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM " + table + " WHERE "
                        + (table.equals("account") ? "id" : "account_id") + " = " + account)) {
            return rows.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private List<Integer> rows(long account) {
        return Stream.of("account", "download", "media_file", "keep_reason").map(table -> rows(table, account)).toList();
    }

    private PageStage settings() {
        Engines e = engines();
        var links = new SettingsLinks(e.paths(), () -> {}, Optional.empty(), e.diagnosis(), e.keeping(), e.outbox(), e.sync(),
                Runnable::run, () -> {}, "0.1.0");
        return new PageStage(FakeServices.sample(), false, fake -> {
            var real = new ViewContext(fake.desk(), fake.time(), e.library(), e.userState(), e.player(), e.downloads(), e.keepSet(),
                    e.accounts());
            context = Optional.of(real);
            return new SettingsView(real, desk.wiring().settings(), links);
        });
    }

    private static Optional<ButtonBase> button(PageStage stage, String name) {
        return stage.scene().getRoot().lookupAll("*").stream().filter(n -> n instanceof ButtonBase b
                && (name.equals(b.getAccessibleText()) || name.equals(b.getText()))).map(ButtonBase.class::cast).findFirst();
    }

    private static void press(PageStage stage, String name) {
        Screens.run(() -> button(stage, name).orElseThrow(() -> new AssertionError("no button «" + name + "»")).fire());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Sign out, keep the files", "Sign out, delete the files"})
    @DisplayName("0.12 what becomes of the files is asked when an account is removed: «Cancel» changes nothing; kept files stay as they are, or "
            + "go; cached ones and all rows go; who signs in again finds the files that stayed")
    void asked(String answer) throws Exception {
        Account account = engines().accounts().active().getFirst();
        List<String> tracks = desk.ids("tracks", "--limit", "3");
        desk.run("download", tracks.get(0), tracks.get(1));
        var cachedKey = new ItemKey(account.id(), tracks.get(2));
        engines().downloads().enqueue(List.of(cachedKey), Download.Origin.QUEUE, 0, "original").join();
        Path first = whole(new ItemKey(account.id(), tracks.get(0)));
        Path second = whole(new ItemKey(account.id(), tracks.get(1)));
        Path cached = whole(cachedKey);
        byte[] bytes = Files.readAllBytes(first);
        List<Integer> before = rows(account.id());
        assertThat(before).containsExactly(1, 3, 3, 2);
        String remove = "Sign out of " + account.serverName();
        boolean stays = answer.contains("keep");
        try (PageStage stage = settings()) {
            press(stage, remove);
            stage.snapshot("sign-out-asks");
            press(stage, "Cancel");
            Screens.until("the question is gone", () -> button(stage, answer).isEmpty());
            assertThat(engines().accounts().all()).extracting(Account::id).containsExactly(account.id());
            assertThat(rows(account.id())).isEqualTo(before);
            assertThat(List.of(first, second, cached)).allMatch(Files::exists);

            press(stage, remove);
            press(stage, answer);
            Screens.until("the account is gone", () -> engines().accounts().all().isEmpty());
            ProgramDesk.until("its rows are gone", () -> rows(account.id()).equals(List.of(0, 0, 0, 0)));
            Screens.until("the page says so", () -> button(stage, remove).isEmpty());
        }
        assertThat(cached).doesNotExist();
        assertThat(List.of(first, second)).allMatch(file -> Files.exists(file) == stays);
        if (stays) assertThat(first).hasBinaryContent(bytes);
        try (Stream<Path> all = Files.walk(folder.resolve("data/media"))) {
            assertThat(all.filter(p -> Files.isRegularFile(p) && !p.toString().contains(".waxwing"))).hasSize(stays ? 2 : 0);
        }

        desk.signIn(server.url(), DemoServer.USER, DemoServer.PASSWORD);
        desk.run("sync");
        if (stays) {
            ProgramDesk.until("it is known again", () -> desk.run("offline", "has", tracks.get(0)).path("available").asBoolean());
            assertThat(desk.run("offline", "has", tracks.get(0)).path("path").asString()).isEqualTo(first.toString());
        } else {
            assertThat(desk.run("offline", "has", tracks.get(0)).path("available").asBoolean()).isFalse();
        }
    }
}
