package app.waxwing.shell;

import app.waxwing.parts.Place;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableMap;

/// How lists are sorted and where they stood outlives the window: what pages remember of it is kept in the settings. Lists of one item (a genre's tracks)
/// begin anew. FX thread.
final class SavedLists {
    private enum Kept {
        ORDERS(".order", "window.orders", Options.Window::orders, "[a-z-]+=[A-Z_]*(:down)?", word -> word),
        PLACES(Place.KEY, "window.places", Options.Window::places, "[a-z-]+=\\d{1,9}", Integer::valueOf);

        final String key;
        final String setting;
        final Function<Options.Window, String> saved;
        final Pattern entry;
        final Function<String, Object> read;

        Kept(String key, String setting, Function<Options.Window, String> saved, String entry, Function<String, Object> read) {
            this.key = key;
            this.setting = setting;
            this.saved = saved;
            this.entry = Pattern.compile(entry);
            this.read = read;
        }

        String words(Map<String, Object> memory) {
            return new TreeMap<>(memory).entrySet().stream().filter(e -> e.getKey().endsWith(key))
                    .map(e -> e.getKey().substring(0, e.getKey().length() - key.length()) + "=" + e.getValue())
                    .filter(line -> entry.matcher(line).matches()).collect(Collectors.joining(";"));
        }
    }

    private SavedLists() {}

    /// Fills the pages' memory and keeps what changes in it.
    static void in(ObservableMap<String, Object> memory, Settings settings) {
        for (Kept kept : Kept.values()) {
            for (String line : kept.saved.apply(settings.options().window()).split(";")) {
                int equals = line.indexOf('=');
                if (equals > 0) memory.put(line.substring(0, equals) + kept.key, kept.read.apply(line.substring(equals + 1)));
            }
        }
        memory.addListener((MapChangeListener<String, Object>) change -> {
            for (Kept kept : Kept.values()) {
                if (change.getKey().endsWith(kept.key)) settings.set(Map.of(kept.setting, kept.words(memory)));
            }
        });
    }
}
