package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.settings.Settings;
import app.waxwing.testing.ManualTime;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitSettingsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Limits: the settings are the one truth, whether the window, the command line or the engine changes them; each change is told once")
    void oneTruth() {
        try (var settings = Settings.open(folder.resolve("settings.json"), new ManualTime(), Runnable::run);
                var limits = new LimitSettings(settings)) {
            var told = new ArrayList<Limits>();
            limits.changes().subscribe(told::add);
            settings.set("downloads.at-once", "6");
            settings.set("appearance.theme", "dark");
            assertThat(told).containsExactly(Limits.USUAL.atOnce(6));
            Limits night = limits.limits().hours(Hours.parse("01:00-07:00"));
            limits.choose(night);
            limits.choose(night);
            assertThat(told).containsExactly(Limits.USUAL.atOnce(6), night);
            assertThat(limits.limits()).isEqualTo(night);
            assertThat(settings.get("downloads.hours")).isEqualTo("01:00-07:00");
        }
    }
}
