package app.waxwing.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.Quality;
import app.waxwing.base.SystemTime;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.MediaFolders;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.settings.Settings;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeKeeping;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import app.waxwing.library.LibrarySync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsScreensTest {
    @TempDir
    Path folder;
    private final FakeKeeping keeping = new FakeKeeping();
    private int closed;
    private long used = 6_000_000_000L;
    private Optional<Failure> cacheTrouble = Optional.empty();

    private PageStage stage(FakeServices services, Settings settings, boolean dark) {
        var links = new SettingsLinks(AppPaths.under(Path.of("/music")), () -> {},
                Optional.of(new SettingsLinks.MusicCache(() -> CompletableFuture.completedFuture(used), () -> {
                    long freed = used;
                    used = 0;
                    return CompletableFuture.completedFuture(freed);
                }, () -> cacheTrouble)),
                keeping, keeping, services.outbox, services.sync, Runnable::run, () -> closed++, "0.1.0");
        return new PageStage(services, dark, ctx -> new SettingsView(ctx, settings, links));
    }

    private void draw(String name, Supplier<FakeServices> services, boolean dark) {
        try (var time = new SystemTime();
                var stage = stage(services.get(), Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
            stage.snapshot("settings-" + name + (dark ? "-dark" : "-light"));
            Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(1));
            stage.snapshot("settings-foot-" + name + (dark ? "-dark" : "-light"));
        }
    }

    @Test
    void the_page_is_drawn_in_both_looks_and_signed_out() {
        draw("normal", FakeServices::sample, false);
        draw("normal", FakeServices::sample, true);
        draw("empty", FakeServices::signedOut, false);
    }

    @Test
    @DisplayName("B.11 an account whose server does not take its sign-in any more is not «Connected», and signs in again from its line; the line turns "
            + "by itself, and where the server is away it is that which is said")
    void signedOut() {
        for (boolean dark : new boolean[]{false, true}) {
            FakeServices services = FakeServices.sample();
            long account = services.account().id();
            var asked = new ArrayList<Account>();
            var links = new SettingsLinks(AppPaths.under(Path.of("/music")), new SettingsLinks.SignIns() {
                @Override
                public void addServer() {
                    throw new AssertionError("the server is here");
                }

                @Override
                public void again(Account of) {
                    asked.add(of);
                }
            }, Optional.empty(), keeping, keeping, services.outbox, services.sync, Runnable::run, () -> closed++, "0.1.0");
            try (var time = new SystemTime();
                    var stage = new PageStage(services, dark,
                            ctx -> new SettingsView(ctx, Settings.open(folder.resolve("out.json"), time, Runnable::run), links))) {
                assertThat(Screens.fx(() -> accountLines(stage))).contains("Connected");
                services.accounts.signedOut(account, true);
                Screens.until("it is asked for", () -> accountLines(stage).contains("Asks you to sign in again"));
                assertThat(Screens.fx(() -> accountLines(stage))).doesNotContain("Connected");
                stage.snapshot("settings-signed-out" + (dark ? "-dark" : "-light"));
                var sync = (ButtonBase) Screens.fx(() -> stage.scene().getRoot().lookup(".sync-line .button"));
                var remove = Screens.fx(() -> button(stage, Texts.of("settings.account.remove", services.account().serverName())));
                Screens.run(() -> button(stage, "Sign in again").fire());
                Screens.run(sync::requestFocus);
                assertThat(asked).extracting(Account::id).containsExactly(account);
                services.accounts.away(true);
                Screens.until("it is away",
                        () -> accountLines(stage).contains("Not reachable") && !accountLines(stage).contains("Asks you"));
                services.accounts.away(false);
                Screens.until("it is back", () -> accountLines(stage).contains("Asks you to sign in again"));
                assertThat(Screens.fx(() -> stage.scene().getFocusOwner())).as("the button stays, with the keyboard").isSameAs(sync);
                Screens.run(remove::requestFocus);
                services.accounts.signedOut(account, false);
                Screens.until("it is signed in", () -> accountLines(stage).contains("Connected"));
                assertThat(Screens.fx(() -> stage.scene().getFocusOwner())).isSameAs(remove);
                assertThat(Screens.fx(() -> stage.scene().getRoot().lookup(".sign-in-again"))).isNull();
                services.accounts.remove(account, true).join();
                Screens.until("its line goes with it", () -> stage.scene().getRoot().lookup(".sync-line") == null);
            }
        }
    }

    private static String accountLines(PageStage stage) {
        return String.join(" ", stage.scene().getRoot().lookup(".account-lines").lookupAll("*").stream().filter(Label.class::isInstance)
                .map(n -> ((Label) n).getText()).toList());
    }

    @Test
    @DisplayName("3.15 an account's library: last update, unknown kinds, pages while it runs with a Stop, and which libraries are here")
    void syncing() {
        for (boolean dark : new boolean[]{false, true}) {
            FakeServices services = FakeServices.sample();
            long account = services.account().id();
            services.sync.folders.add(new LibrarySync.Folder("music", "Music", true, 17_990));
            services.sync.folders.add(new LibrarySync.Folder("talks", "Talks and readings", false, 240));
            services.sync.last.put(account,
                    new LibrarySync.Last(Optional.of(Instant.parse("2026-11-28T09:41:00Z")), 3, 0, Optional.empty()));
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                Screens.until("the last update is told", () -> words(stage).contains("28 Nov 2026"));
                assertThat(Screens.fx(() -> words(stage))).contains("3 items of unknown kinds are left out");
                stage.snapshot("settings-sync-last" + (dark ? "-dark" : "-light"));
                services.sync.progress.publish(new LibrarySync.Progress(account, "tracks", 4_500, 18_230, false));
                Screens.until("the page is told", () -> words(stage).contains("Tracks: 4,500 of 18,230, page 10 of 37"));
                stage.snapshot("settings-sync-running" + (dark ? "-dark" : "-light"));
                Screens.run(() -> button(stage, "Stop").fire());
                Screens.run(() -> button(stage, "Talks and readings: left out").fire());
                Screens.until("the library is chosen", () -> services.sync.answers.contains("on " + account + " talks"));
                assertThat(services.sync.answers).startsWith("stop " + account);
                services.sync.progress.publish(new LibrarySync.Progress(account, "", 0, 0, true));
                Screens.until("it is over", () -> words(stage).contains("Up to date since"));
            }
        }
    }

    @Test
    @DisplayName("issue 3 the quality of downloads is chosen in the settings, in plain words; where no account may have music converted, only the original is")
    void quality() {
        Account a = FakeAccounts.HOME;
        for (boolean may : new boolean[]{true, false}) {
            var services = FakeServices.sample(new Account(a.id(), a.serverId(), a.userId(), a.kind(), a.serverName(), a.serverVersion(),
                    a.userName(), a.url(), true, true, true, may));
            try (var time = new SystemTime()) {
                var settings = Settings.open(folder.resolve("quality-" + may + ".json"), time, Runnable::run);
                try (var stage = stage(services, settings, may)) {
                    var menu = Screens.fx(() -> (MenuButton) stage.scene().getRoot().lookupAll(".menu-button").stream()
                            .filter(n -> "Original · as the server has it".equals(((MenuButton) n).getText())).findFirst().orElseThrow());
                    assertThat(Screens.fx(() -> menu.getItems().stream().filter(i -> !i.isDisable()).count()))
                            .isEqualTo(may ? Quality.values().length : 1);
                    if (may) {
                        Screens.run(() -> menu.getItems().stream().filter(i -> i.getText().startsWith("Opus 128")).findFirst().orElseThrow()
                                .fire());
                        assertThat(settings.get("downloads.quality")).isEqualTo("opus-128");
                        assertThat(Screens.fx(menu::getText)).isEqualTo("Opus 128 kbit/s · about 58 MB an hour");
                    }
                    Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.4));
                    stage.snapshot("settings-quality" + (may ? "-dark" : "-light"));
                    if (may) {
                        Screens.run(menu::show);
                        Screens.snapshot(Screens.fx(() -> menu.getItems().getFirst().getParentPopup().getScene()),
                                "settings-quality-menu-dark");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("Issue 3 per-account storage: below each account what it keeps and what is cached for it, as it changes")
    void whatEachAccountTakes() {
        for (boolean dark : new boolean[]{false, true}) {
            FakeServices services = FakeServices.sample(FakeAccounts.HOME, FakeAccounts.account(2, "garden-shed"),
                    FakeAccounts.account(3, "attic"));
            services.downloads.stored = List.of(new DownloadEngine.Stored(1, 6_000_000_000L, 180, 900_000_000L, 31),
                    new DownloadEngine.Stored(2, 21_000_000L, 1, 0, 0));
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                assertThat(Screens.fx(() -> storage(stage))).containsExactly("180 tracks kept, 6.0 GB · 31 cached for now, 900 MB",
                        "1 track kept, 21 MB · nothing cached", "No music on this computer");
                stage.snapshot("settings-storage" + (dark ? "-dark" : "-light"));
                services.downloads.stored = List.of(new DownloadEngine.Stored(3, 0, 0, 5_000_000L, 1));
                services.downloads.tell(DownloadEvent.Kind.EVICTED);
                Screens.until("it is asked again", () -> storage(stage).equals(List.of("No music on this computer",
                        "No music on this computer", "Nothing kept · 1 cached for now, 5.0 MB")));
            }
        }
    }

    private static List<String> storage(PageStage stage) {
        return stage.page.root().lookupAll(".account-storage").stream().map(n -> ((javafx.scene.control.Label) n).getText()).toList();
    }

    private static String words(PageStage stage) {
        return stage.page.root().lookupAll(".sync-line .secondary").stream().map(n -> ((javafx.scene.control.Label) n).getText())
                .collect(java.util.stream.Collectors.joining(" | "));
    }

    @Test
    void a_switch_changes_the_option_at_once_and_follows_a_change_made_elsewhere() {
        try (var time = new SystemTime()) {
            Settings settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
            try (var stage = stage(FakeServices.sample(), settings, false)) {
                Screens.run(() -> button(stage, "Join tracks without a gap").fire());
                assertThat(settings.options().playback().gapless()).isFalse();
                Screens.run(() -> button(stage, "More: Downloads at the same time").fire());
                assertThat(settings.options().downloads().atOnce()).isEqualTo(4);
                settings.set("playback.gapless", "true");
                Screens.until("the switch is on again",
                        () -> ((javafx.scene.control.ToggleButton) button(stage, "Join tracks without a gap")).isSelected());
            }
        }
    }

    @Test
    void signing_out_asks_what_becomes_of_the_files() {
        try (var time = new SystemTime()) {
            var services = FakeServices.sample();
            try (var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), true)) {
                int before = services.accounts.all().size();
                Screens.run(() -> stage.scene().getRoot().lookupAll(".icon-button").stream().map(ButtonBase.class::cast)
                        .filter(b -> b.getAccessibleText().startsWith("Sign out of")).findFirst().orElseThrow().fire());
                stage.snapshot("settings-remove-dark");
                assertThat(services.accounts.all()).hasSize(before);
                Screens.run(() -> button(stage, "Sign out, keep the files").fire());
                Screens.until("it is gone", () -> services.accounts.all().size() == before - 1);
            }
        }
    }

    @Test
    void another_music_folder_asks_what_moves_and_shows_how_far_it_is() {
        for (boolean dark : new boolean[]{false, true}) {
            String look = dark ? "-dark" : "-light";
            var services = FakeServices.sample();
            var folders = services.downloads.folders;
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                var lines = (FolderLines) stage.find(".folder-lines");
                Screens.until("folders are listed", () -> lines.lookupAll(".folder-line").size() == 2);
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.4));
                Screens.run(() -> lines.ask(Path.of("/home/ida/Music/Waxwing")));
                Screens.run(() -> lines.ask(Path.of("/media/ida/Big/Waxwing")));
                stage.snapshot("settings-move-ask" + look);
                Screens.run(() -> button(stage, "Move everything (" + app.waxwing.kit.Formats.bytes(12_400_000_000L) + ")").fire());
                assertThat(folders.asked).containsExactly("move /media/ida/Big/Waxwing");
                stage.snapshot("settings-moving" + look);
                Screens.run(() -> button(stage, "Stop and put it back").requestFocus());
                double at = Screens.fx(() -> ((ScrollPane) stage.page.root()).getVvalue());
                var was = folders.moving.orElseThrow();
                folders.moving = Optional.of(new MediaFolders.Move(was.from(), was.to(), MediaFolders.Phase.TAKING_BACK, 1, 2, 0, 0));
                Screens.until("it is taken back", () -> button(stage, "Stop and put it back").isDisabled());
                folders.moving = Optional.of(was);
                Screens.until("it goes on", () -> !button(stage, "Stop and put it back").isDisabled());
                Screens.run(() -> button(stage, "Stop and put it back").fire());
                Screens.until("the move is over", () -> !button(stage, "Another folder …").isDisabled());
                assertThat(Screens.<Object>fx(() -> stage.scene().getFocusOwner())).as("the keyboard stays where it was")
                        .isEqualTo(button(stage, "Another folder …"));
                assertThat(Screens.<Double>fx(() -> ((ScrollPane) stage.page.root()).getVvalue())).isCloseTo(at, within(0.05));
                assertThat(folders.asked).contains("cancel");
            }
        }
    }

    @Test
    @DisplayName("0.3 the question about a move says what is in the folder now, not when the page was opened")
    void countedNow() {
        var services = FakeServices.sample();
        var folders = services.downloads.folders;
        try (var time = new SystemTime();
                var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), false)) {
            var lines = (FolderLines) stage.find(".folder-lines");
            Screens.until("folders are listed", () -> lines.lookupAll(".folder-line").size() == 2);
            var old = folders.folders.getFirst();
            folders.folders.set(0, new MediaFolders.Folder(old.path(), true, false, Optional.empty(), 400, 15_000_000_000L, old.free(), 0));
            Screens.run(() -> lines.ask(Path.of("/media/ida/Big/Waxwing")));
            Screens.until("it is asked", () -> stage.scene().getRoot().lookupAll(".button").stream().map(ButtonBase.class::cast)
                    .anyMatch(b -> ("Move everything (" + app.waxwing.kit.Formats.bytes(15_000_000_000L) + ")").equals(b.getText())));
        }
    }

    @Test
    @DisplayName("0.3 what lies in another folder can be brought to that of new downloads; files that wait for their drive to be deleted are told")
    void bringsHome() {
        for (boolean dark : new boolean[]{false, true}) {
            String look = dark ? "-dark" : "-light";
            var services = FakeServices.sample();
            var folders = services.downloads.folders;
            folders.folders.add(new MediaFolders.Folder(Path.of("/media/ida/Old disk/Waxwing"), false, false, Optional.empty(), 212,
                    7_100_000_000L, 3_000_000_000L, 0));
            var away = folders.folders.get(1);
            folders.folders.set(1, new MediaFolders.Folder(away.path(), false, true, Optional.empty(), away.files(), away.bytes(), 0, 20));
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                var lines = (FolderLines) stage.find(".folder-lines");
                Screens.until("folders are listed", () -> lines.lookupAll(".folder-line").size() == 3);
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.43));
                stage.snapshot("settings-folders" + look);
                Screens.run(() -> button(stage, "Move its music …").fire());
                stage.snapshot("settings-bring" + look);
                Screens.run(() -> button(stage, "Move all of it").fire());
                assertThat(folders.asked).containsExactly("bring /media/ida/Old disk/Waxwing");
                Screens.run(() -> folders.end(new MediaFolders.MoveEnd.Uncleared(away.path(), Path.of("/music"),
                        new Failure.StoreMissing(away.path().toString()))));
                stage.snapshot("settings-uncleared" + look);
            }
        }
    }

    @Test
    @DisplayName("2.13 files that the list of their folder does not tell of can be mended in the window, which says what that list is for")
    void checkedTheLists() {
        List<String> none = List.of();
        var found = CheckViewModel.found(new DownloadEngine.VerifyReport(9, none, none, none, none, none, none, 0, 3));
        assertThat(found.words()).isEqualTo("All 9 files are as they were written. 3 files are not in the lists of their folders, by which"
                + " Waxwing knows them again should its database be lost.");
        assertThat(found.mendable()).isTrue();
        assertThat(CheckViewModel.mended(new DownloadEngine.VerifyReport(9, none, none, none, none, none, none, 0, 1)).words())
                .isEqualTo("1 file is in the list of its folder again.");
    }

    @Test
    @DisplayName("0.13 what a check of the files found of another user's is said as a number, and can be mended too")
    void checkedForOthers() {
        List<String> none = List.of();
        var found = CheckViewModel.found(new DownloadEngine.VerifyReport(9, none, none, none, none, none, none, 2));
        assertThat(found.words()).isEqualTo("9 files were checked. 2 files of other users of this computer are not in order.");
        assertThat(found.lines()).isEmpty();
        assertThat(found.mendable()).isTrue();
        var mended = CheckViewModel.mended(new DownloadEngine.VerifyReport(9, none, none, none, none, none, none, 1));
        assertThat(mended.words()).isEqualTo("1 file of another user of this computer was looked after.");
        assertThat(
                CheckViewModel.mended(new DownloadEngine.VerifyReport(9, none, none, none, List.of("a", "b"), List.of("a", "b"), none, 0))
                        .words())
                .isEqualTo("2 files are mended. 2 changed files stay beside the new ones: delete them if you do not need them.");
        assertThat(CheckViewModel.mended(new DownloadEngine.VerifyReport(9, none, none, none, none, none, none, 0)).words())
                .isEqualTo("There was nothing to mend.");
    }

    @Test
    @DisplayName("0.3 Settings check the files, say in plain words what they found, and mend it")
    void checksFiles() {
        for (boolean dark : new boolean[]{false, true}) {
            String look = dark ? "-dark" : "-light";
            var services = FakeServices.sample();
            var check = new CompletableFuture<DownloadEngine.VerifyReport>();
            var mend = new CompletableFuture<DownloadEngine.VerifyReport>();
            services.downloads.reports.addAll(List.of(check, mend));
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.5));
                Screens.run(() -> button(stage, "Check files").fire());
                services.downloads.checking = Optional.of(new DownloadEngine.Checking(120, 340, false));
                Screens.until("how far it is", () -> said(stage, "Checked 120 of 340 files"));
                stage.snapshot("settings-checking" + look);
                services.downloads.checking = Optional.of(new DownloadEngine.Checking(340, 340, false));
                Screens.until("the rest", () -> said(stage, "Looking for other files in the folders …"));
                services.downloads.checking = Optional.empty();
                check.complete(new DownloadEngine.VerifyReport(340, List.of("Ida/Harbour/01 Tide.flac"), List.of("Ida/Harbour/02 Fog.flac"),
                        List.of("Ida/Harbour/Tide, loud.flac", "notes.txt"), List.of(), List.of(),
                        List.of("/media/ida/Travel drive/Waxwing"), 0));
                Screens.until("what it found", () -> said(stage, "340 files were checked. 1 is not there. 1 is not what was written."
                        + " 2 other files lie there; what Waxwing did not write stays as it is."
                        + " /media/ida/Travel drive/Waxwing is not there now: nothing in it was checked."));
                stage.snapshot("settings-checked" + look);
                Screens.run(() -> button(stage, "Mend").fire());
                mend.complete(new DownloadEngine.VerifyReport(340, List.of(), List.of("Ida/Harbour/02 Fog.flac"), List.of("notes.txt"),
                        List.of("Ida/Harbour/Tide, loud.flac: known again as Ida/Harbour/01 Tide.flac",
                                "Ida/Harbour/02 Fog.flac: fetched again; the changed file stays as Ida/Harbour/02 Fog.flac:"
                                        + " delete it if you do not need it"),
                        List.of("Ida/Harbour/02 Fog.flac"), List.of(), 0));
                Screens.until("what was mended", () -> said(stage,
                        "2 files are mended. 1 changed file stays beside the new one: delete it if you do not need it."
                                + " 1 other file lies there; what Waxwing did not write stays as it is."));
                stage.snapshot("settings-mended" + look);
                assertThat(services.downloads.asked).containsExactly("verify", "repair");
            }
        }
    }

    private static boolean said(PageStage stage, String words) {
        return labels(stage).contains(words);
    }

    @Test
    @DisplayName("2.14 what cannot be deleted with an account is said")
    void leftOvers() {
        var services = FakeServices.sample();
        services.accounts.left = List.of(new Accounts.Leftover("/media/ida/Travel drive/Waxwing", 20, Accounts.Leftover.Why.AWAY));
        try (var time = new SystemTime();
                var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), false)) {
            var view = (SettingsView) stage.page;
            Screens.run(() -> view.model().remove(services.accounts.all().getFirst(), false));
            Screens.until("it is said",
                    () -> said(stage, "20 files in /media/ida/Travel drive/Waxwing could not be deleted: the drive is not"
                            + " there. They are deleted when the drive is back."));
            stage.snapshot("settings-left-over");
        }
    }

    @Test
    @DisplayName("4.16, C.3 4 a restore asks, shows how far it is, and closes the program once the backup was found sound; held changes are sent or dropped")
    void backups_and_what_they_hold() {
        for (boolean dark : new boolean[]{false, true}) {
            String look = dark ? "-dark" : "-light";
            var services = FakeServices.sample();
            if (dark) services.outbox.old(3, Instant.parse("2026-08-20T09:15:00Z"));
            else services.outbox.hold(3, Instant.parse("2026-11-27T09:15:00Z"));
            keeping.asked.clear();
            closed = 0;
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                var lines = stage.find(".keeping-lines");
                Screens.until("backups are listed", () -> lines.lookupAll(".folder-line").size() == 3);
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.86));
                stage.snapshot("settings-backups" + look);
                assertThat(labels(stage)).anyMatch(text -> text.startsWith(
                        dark ? "3 changes wait, the first since 20 August 2026" : "3 changes come from the backup of 27 November 2026"));
                Screens.run(() -> button(stage, "Send").fire());
                assertThat(services.outbox.asked).containsExactly("send held");
                Screens.run(() -> button(stage, "Drop").fire());
                assertThat(services.outbox.asked).contains("drop held");
                Screens.run(() -> stage.scene().getRoot().lookupAll(".button").stream().map(ButtonBase.class::cast)
                        .filter(b -> String.valueOf(b.getAccessibleText()).startsWith("Restore the backup of 26 November")).findFirst()
                        .orElseThrow()
                        .fire());
                stage.snapshot("settings-restore" + look);
                assertThat(keeping.asked).isEmpty();
                Screens.run(() -> button(stage, "Restore").fire());
                Screens.until("it is looked through", () -> keeping.asked.equals(List.of("prepare waxwing-2026-11-26.db.gz")));
                assertThat(closed).isZero();
                Screens.run(() -> button(stage, "Open again").fire());
                Screens.until("it closes", () -> closed == 1);
                assertThat(keeping.asked).containsExactly("prepare waxwing-2026-11-26.db.gz", "restore");
            }
        }
    }

    @Test
    @DisplayName("4.16 only «Open again» restores: Cancel, Escape and a click beside the card leave everything as it is")
    void restore_thought_better_of() {
        for (String way : List.of("Cancel", "Escape", "beside")) {
            keeping.asked.clear();
            closed = 0;
            try (var time = new SystemTime();
                    var stage = stage(FakeServices.sample(), Settings.open(folder.resolve("settings.json"), time, Runnable::run), false)) {
                var lines = stage.find(".keeping-lines");
                Screens.until("backups are listed", () -> lines.lookupAll(".folder-line").size() == 3);
                Screens.run(() -> button(stage, "Restore …").fire());
                Screens.run(() -> button(stage, "Restore").fire());
                Screens.until("it is ready", () -> labels(stage).contains("The backup is ready"));
                if (way.equals("Cancel")) stage.snapshot("settings-restore-ready");
                var scrim = stage.find(".scrim");
                Screens.run(() -> {
                    switch (way) {
                        case "Cancel" -> button(stage, "Cancel").fire();
                        case "Escape" -> scrim.fireEvent(new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ESCAPE, false, false, false,
                                false));
                        default ->
                            scrim.fireEvent(new MouseEvent(MouseEvent.MOUSE_PRESSED, 1, 1, 1, 1, MouseButton.PRIMARY, 1, false, false,
                                    false, false, true, false, false, true, false, true, null));
                    }
                });
                Screens.until(way, () -> keeping.asked.contains("drop"));
                assertThat(keeping.asked).as(way).hasSize(2).doesNotContain("restore");
                assertThat(closed).isZero();
            }
        }
    }

    @Test
    @DisplayName("2.11, 0.24 the cache of music: what it takes now, why not everything that comes next is fetched ahead, and emptied when asked twice")
    void music_cache() {
        cacheTrouble = Optional.of(new Failure.Trouble("The cache",
                "2 tracks are not fetched ahead, because what plays now and comes next fills it; it can be made larger in the settings"));
        for (boolean dark : new boolean[]{false, true}) {
            used = 6_000_000_000L;
            var services = FakeServices.sample();
            services.downloads.senses = new DownloadEngine.Senses(!dark, true);
            try (var time = new SystemTime();
                    var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), dark)) {
                Screens.until("what it takes is shown", () -> labels(stage).contains("6.0 GB used"));
                assertThat(labels(stage)).anyMatch(text -> text.startsWith("The cache: 2 tracks are not fetched ahead"));
                assertThat(labels(stage)).as("on a system that cannot tell, that is said")
                        .anyMatch(text -> text
                                .startsWith(dark ? "Waxwing cannot tell on this system what a network costs" : "Nothing is fetched"));
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.62));
                stage.snapshot("settings-cache" + (dark ? "-dark" : "-light"));
                Screens.run(() -> button(stage, "Clear the cache …").fire());
                Screens.run(() -> button(stage, "Clear the cache").fire());
                Screens.until("it is empty", () -> labels(stage).contains("0 B used"));
            }
        }
    }

    @Test
    @DisplayName("3.20 the room for covers is a setting of its own, beside the room for the cache of music")
    void room_for_covers() {
        try (var time = new SystemTime()) {
            Settings settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
            try (var stage = stage(FakeServices.sample(), settings, false)) {
                assertThat(labels(stage)).contains("Room for the cache", "Room for covers");
                Screens.run(() -> stage.scene().getRoot().lookupAll(".menu-button").stream().filter(MenuButton.class::isInstance)
                        .map(MenuButton.class::cast).filter(m -> m.getText().equals("500 MB")).findFirst().orElseThrow().getItems()
                        .getFirst().fire());
                assertThat(settings.options().cache().coverLimit()).isEqualTo(100_000_000L);
                assertThat(settings.options().cache().limit()).as("nothing else").isEqualTo(10L << 30);
            }
        }
    }

    private static List<String> labels(PageStage stage) {
        return stage.scene().getRoot().lookupAll("*").stream().filter(javafx.scene.control.Label.class::isInstance)
                .map(n -> String.valueOf(((javafx.scene.control.Label) n).getText())).toList();
    }

    @Test
    @DisplayName("4.18, 4.19 the history is cleared only when asked twice, and can be taken back; an account's data can be deleted from the backups too")
    void ones_own_data() {
        try (var time = new SystemTime()) {
            Settings settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run);
            var services = FakeServices.sample();
            try (var stage = stage(services, settings, false)) {
                assertThat(settings.options().playback().historyDays()).isEqualTo(730);
                Screens.run(() -> button(stage, "Clear the history …").fire());
                assertThat(labels(stage)).contains("Clear the history?");
                assertThat(services.player.plays).as("asked, and nothing is gone yet").isEqualTo(12);
                Screens.run(() -> button(stage, "Cancel").fire());
                assertThat(services.player.plays).as("thought better of").isEqualTo(12);
                Screens.run(() -> button(stage, "Clear the history …").fire());
                Screens.run(() -> button(stage, "Clear the history").fire());
                Screens.until("cleared", () -> services.player.plays == 0 && labels(stage).contains("12 plays removed"));
                Screens.run(() -> button(stage, "Undo").fire());
                Screens.until("taken back", () -> services.player.plays == 12 && labels(stage).contains("12 plays are back"));
                Screens.run(() -> button(stage, "Clear the history …").fire());
                Screens.run(() -> button(stage, "Clear the history").fire());
                var removed = stage.find(".removed-plays");
                Screens.until("the way back stays when the toast has gone", () -> removed.isVisible()
                        && labels(stage).stream().anyMatch(text -> text.startsWith("12 plays were removed on 28 November 2026")));
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(1));
                stage.snapshot("settings-removed-plays");
                Screens.run(() -> button(stage, "Bring back").fire());
                Screens.until("back", () -> services.player.plays == 12 && !removed.isVisible());
                Screens.run(() -> button(stage, "Sign out of " + services.accounts.all().getFirst().serverName()).fire());
                keeping.setAside = List.of("waxwing.db.damaged-20261101-080000");
                Screens.run(() -> button(stage, "Delete everything, in the backups too").fire());
                Screens.until("gone", () -> keeping.asked.contains("erase " + services.accounts.all().getFirst().id()));
                Screens.until("what went with it is said", () -> labels(stage).stream().anyMatch(text -> text.endsWith(
                        "A set-aside database that held, or may have held, other accounts too went with it: waxwing.db.damaged-20261101-080000")));
            }
        }
    }

    @Test
    @DisplayName("4.16 held changes that are sent or dropped elsewhere, or come to be held, while Settings show: the offer goes and comes with them")
    void heldElsewhere() {
        var services = FakeServices.sample();
        services.outbox.hold(3, Instant.parse("2026-11-27T09:15:00Z"));
        try (var time = new SystemTime();
                var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), false)) {
            var held = stage.find(".held-changes");
            Screens.until("they are offered", held::isVisible);
            services.outbox.hold(0, Instant.parse("2026-11-27T09:15:00Z"));
            Screens.until("nothing is to be sent or dropped", () -> !held.isVisible());
            services.outbox.hold(2, Instant.parse("2026-11-28T09:15:00Z"));
            Screens.until("they are offered again", () -> held.isVisible()
                    && labels(stage).stream().anyMatch(text -> text.startsWith("2 changes come from the backup")));
        }
    }

    @Test
    @DisplayName("Issue 4 a section that was asked for is at the top, or the page at its foot, also when what is above it is read later; until somebody scrolls")
    void sections() {
        var services = FakeServices.sample();
        try (var time = new SystemTime();
                var stage = stage(services, Settings.open(folder.resolve("settings.json"), time, Runnable::run), false)) {
            for (var section : Route.SettingsSection.values()) {
                Screens.run(() -> stage.page.reveal(section));
                String head = Texts.of("settings.section." + section.name().toLowerCase(Locale.ROOT));
                Screens.until(head + " is in view", () -> inView(stage, head));
            }
            Screens.run(() -> stage.page.reveal(Route.SettingsSection.BACKUPS));
            var content = (javafx.scene.layout.Region) ((ScrollPane) stage.page.root()).getContent();
            double before = content.getHeight();
            stage.snapshot("settings-section-backups");
            for (String server : List.of("attic", "shed", "garage")) {
                services.accounts.signIn(services.accounts.probe(server).join(), "ida", "right").join();
            }
            Screens.until("what is above grew", () -> content.getHeight() > before + 150);
            Screens.settle();
            assertThat(Screens.fx(() -> inView(stage, "Backups"))).isTrue();
        }
    }

    /// The head of the section is in the upper half of the page, or the page is at its foot and the head in it.
    private static boolean inView(PageStage stage, String head) {
        var pane = (ScrollPane) stage.page.root();
        var label = stage.page.root().lookupAll(".section-title").stream().filter(n -> n instanceof javafx.scene.control.Label l
                && l.getText().equals(head)).findFirst().orElseThrow();
        double y = pane.sceneToLocal(label.localToScene(0, 0)).getY();
        return y >= 0 && y < (pane.getVvalue() > 0.999 ? pane.getHeight() - 20 : 120);
    }

    @Test
    @DisplayName("4.17, 4.20 the Diagnostics page shows what was found and done, looks through the database when it opens and when asked, and its report holds no secret")
    void diagnostics() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            keeping.checks
                    .add(new app.waxwing.settings.Diagnosis.Check("planted", true, "https://x/?api_key=0123456789abcdef0123456789abcdef"));
            var links = new SettingsLinks(AppPaths.under(Path.of("/music")), () -> {}, Optional.empty(), keeping, keeping, services.outbox,
                    services.sync, Runnable::run, () -> {}, "0.1.0");
            try (var stage = new PageStage(services, dark, ctx -> new DiagnosticsView(ctx, links, Path.of("/home/ida")))) {
                Screens.until("found", () -> stage.scene().getRoot().lookupAll(".diagnostics-line").size() > 10);
                Screens.until("looked through unasked", () -> labels(stage).contains("Every page of the database is sound."));
                assertThat(((DiagnosticsView) stage.page).report()).contains("ok   database check: Every page of the database is sound.");
                keeping.wrong = List.of("page 7 is never used");
                Screens.run(() -> button(stage, "Check the database").fire());
                Screens.until("damaged since",
                        () -> labels(stage).stream().anyMatch(text -> text.startsWith("The database is damaged: page 7")));
                assertThat(((DiagnosticsView) stage.page).report()).contains("LOOK database check: The database is damaged: page 7");
                keeping.wrong = List.of();
                Screens.run(() -> button(stage, "Check the database").fire());
                Screens.until("sound again", () -> labels(stage).contains("Every page of the database is sound."));
                stage.snapshot("diagnostics" + (dark ? "-dark" : "-light"));
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(1));
                stage.snapshot("diagnostics-foot" + (dark ? "-dark" : "-light"));
                String report = ((DiagnosticsView) stage.page).report();
                assertThat(report).contains("LibVLC 3.0.21", "~/.local", "Schema 10", "migration").doesNotContain("ida")
                        .doesNotContain("0123456789");
            }
        }
    }

    private static ButtonBase button(PageStage stage, String name) {
        return stage.scene().getRoot().lookupAll("*").stream()
                .filter(n -> n instanceof ButtonBase b && (name.equals(b.getAccessibleText()) || name.equals(b.getText())))
                .map(ButtonBase.class::cast)
                .findFirst().orElseThrow(() -> new AssertionError("no button «" + name + "»"));
    }
}
