package app.waxwing.app;

import app.waxwing.kit.Theme;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import app.waxwing.shell.WindowMemory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How the window was left, in the settings.
record SavedLook(Settings settings) implements WindowMemory {
    @Override
    public Look load() {
        Options.Window w = settings.options().window();
        return new Look(w.width(), w.height(), place(w.place()), w.maximised(), w.railFolded(), w.panelOpen(), w.panelWidth(), w.panelTab(),
                Theme.Choice.valueOf(settings.options().appearance().theme().name()), w.playableOnly());
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
        all.put("appearance.theme", look.theme().name().toLowerCase(Locale.ROOT));
        settings.set(all);
    }

    private static Optional<Place> place(String text) {
        int comma = text.indexOf(',');
        return comma < 0
                ? Optional.empty()
                : Optional.of(new Place(Integer.parseInt(text.substring(0, comma)), Integer.parseInt(text.substring(comma + 1))));
    }
}
