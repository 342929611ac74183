package app.waxwing.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.SystemTime;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.settings.Settings;
import app.waxwing.testing.ui.FakeAccounts;
import app.waxwing.testing.ui.FakeKeeping;
import app.waxwing.testing.ui.FakeServices;
import app.waxwing.testing.ui.PageStage;
import app.waxwing.testing.ui.Screens;
import app.waxwing.library.LibrarySync;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
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
                Screens.run(() -> ((ScrollPane) stage.page.root()).setVvalue(0.55));
                Screens.run(() -> lines.ask(Path.of("/home/ida/Music/Waxwing")));
                Screens.run(() -> lines.ask(Path.of("/media/ida/Big/Waxwing")));
                stage.snapshot("settings-move-ask" + look);
                Screens.run(() -> button(stage, "Move everything (" + app.waxwing.kit.Formats.bytes(12_400_000_000L) + ")").fire());
                assertThat(folders.asked).containsExactly("move /media/ida/Big/Waxwing");
                stage.snapshot("settings-moving" + look);
                Screens.run(() -> button(stage, "Stop and put it back").fire());
                Screens.until("the move is over", () -> !button(stage, "Another folder …").isDisabled());
                assertThat(folders.asked).contains("cancel");
            }
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
                Screens.until("it is looked through", () -> keeping.asked.equals(List.of("restore waxwing-2026-11-26.db.gz")));
                assertThat(closed).isZero();
                Screens.run(() -> button(stage, "Open again").fire());
                assertThat(closed).isEqualTo(1);
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
                Screens.run(() -> button(stage, "Sign out of " + services.accounts.all().getFirst().serverName()).fire());
                Screens.run(() -> button(stage, "Delete everything, in the backups too").fire());
                Screens.until("gone", () -> keeping.asked.contains("erase " + services.accounts.all().getFirst().id()));
            }
        }
    }

    @Test
    @DisplayName("4.17, 4.20 the Diagnostics page shows what was found and done, looks through the database when asked, and its report holds no secret")
    void diagnostics() {
        for (boolean dark : new boolean[]{false, true}) {
            var services = FakeServices.sample();
            keeping.checks
                    .add(new app.waxwing.settings.Diagnosis.Check("planted", true, "https://x/?api_key=0123456789abcdef0123456789abcdef"));
            var links = new SettingsLinks(AppPaths.under(Path.of("/music")), () -> {}, Optional.empty(), keeping, keeping, services.outbox,
                    services.sync, Runnable::run, () -> {}, "0.1.0");
            try (var stage = new PageStage(services, dark, ctx -> new DiagnosticsView(ctx, links, Path.of("/home/ida")))) {
                Screens.until("found", () -> stage.scene().getRoot().lookupAll(".diagnostics-line").size() > 10);
                Screens.run(() -> button(stage, "Check the database").fire());
                Screens.until("sound", () -> stage.scene().getRoot().lookupAll(".secondary").stream().anyMatch(
                        n -> "Every page of the database is sound.".equals(((javafx.scene.control.Label) n).getText())));
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
