package app.waxwing.app;

import app.waxwing.base.Subscription;
import app.waxwing.kit.Theme;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import app.waxwing.shell.WindowMemory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// How the window was left, in the settings. The theme can be set there too while the window is open: whoever changed it last counts, so it is
/// written only when the window's is another than the last one known.
final class SavedLook implements WindowMemory {
    private final Settings settings;
    private Theme.Choice known;

    SavedLook(Settings settings) {
        this.settings = settings;
        known = theme(settings.options());
    }

    private static Theme.Choice theme(Options options) {
        return Theme.Choice.valueOf(options.appearance().theme().name());
    }

    /// Tells of a theme that was set elsewhere.
    ///
    /// @param window the thread of the window, which also saves
    Subscription follow(Executor window, Consumer<Theme.Choice> theme) {
        return settings.changes().subscribe(options -> window.execute(() -> {
            Theme.Choice now = theme(options);
            if (now == known) return;
            known = now;
            theme.accept(now);
        }));
    }

    @Override
    public Look load() {
        Options.Window w = settings.options().window();
        return new Look(w.width(), w.height(), place(w.place()), w.maximised(), w.railFolded(), w.panelOpen(), w.panelWidth(), w.panelTab(),
                theme(settings.options()), w.playableOnly());
    }

    @Override
    public void save(Look look) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("window.width", String.valueOf(Math.clamp(Math.round(look.width()), 400, 20_000)));
        all.put("window.height", String.valueOf(Math.clamp(Math.round(look.height()), 300, 20_000)));
        all.put("window.place", look.place().map(p -> Math.round(p.x()) + "," + Math.round(p.y())).orElse(""));
        all.put("window.maximised", String.valueOf(look.maximised()));
        all.put("window.rail-folded", String.valueOf(look.railFolded()));
        all.put("window.panel-open", String.valueOf(look.panelOpen()));
        all.put("window.panel-width", String.valueOf(Math.clamp(Math.round(look.panelWidth()), 200, 2000)));
        all.put("window.panel-tab", look.panelTab());
        all.put("window.playable-only", String.valueOf(look.playableOnly()));
        if (look.theme() != known) {
            known = look.theme();
            all.put("appearance.theme", look.theme().name().toLowerCase(Locale.ROOT));
        }
        settings.set(all);
    }

    private static Optional<Place> place(String text) {
        int comma = text.indexOf(',');
        return comma < 0
                ? Optional.empty()
                : Optional.of(new Place(Integer.parseInt(text.substring(0, comma)), Integer.parseInt(text.substring(comma + 1))));
    }
}
