package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.SystemTime;
import app.waxwing.kit.Theme;
import app.waxwing.settings.Settings;
import app.waxwing.shell.WindowMemory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedLookTest {
    private static WindowMemory.Look with(WindowMemory.Look l, Theme.Choice theme) {
        return new WindowMemory.Look(l.width(), l.height(), l.place(), l.maximised(), l.railFolded(), l.panelOpen(), l.panelWidth(),
                l.panelTab(), theme, l.playableOnly());
    }

    @Test
    @DisplayName("Issue 4 a running window follows the theme that is set elsewhere, its own choice is kept, and neither undoes the other")
    void bothWays(@TempDir Path folder) {
        try (var time = new SystemTime(); var settings = Settings.open(folder.resolve("settings.json"), time, Runnable::run)) {
            var look = new SavedLook(settings);
            List<Theme.Choice> told = new ArrayList<>();
            List<Runnable> later = new ArrayList<>();
            try (var _ = look.follow(later::add, told::add)) {
                WindowMemory.Look before = look.load();
                settings.set("appearance.theme", "dark");
                // The window saves its size before it hears of it.
                look.save(with(before, Theme.Choice.SYSTEM));
                assertThat(settings.get("appearance.theme")).isEqualTo("dark");
                later.forEach(Runnable::run);
                later.clear();
                assertThat(told).containsExactly(Theme.Choice.DARK);
                // chosen in the window, and another setting changes before that is saved
                settings.set("playback.gapless", "false");
                later.forEach(Runnable::run);
                later.clear();
                look.save(with(look.load(), Theme.Choice.LIGHT));
                later.forEach(Runnable::run);
                assertThat(settings.get("appearance.theme")).isEqualTo("light");
                assertThat(told).as("not told of its own").containsExactly(Theme.Choice.DARK);
            }
        }
    }
}
