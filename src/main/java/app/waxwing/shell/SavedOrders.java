package app.waxwing.shell;

import app.waxwing.settings.Settings;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableMap;

/// How lists are sorted outlives the window: what pages remember of it is kept in the settings. Lists of one item (a genre's tracks) begin anew. FX thread.
final class SavedOrders {
    private static final String KEY = ".order";

    private SavedOrders() {}

    /// Fills the pages' memory and keeps what changes in it.
    static void in(ObservableMap<String, Object> memory, Settings settings) {
        for (String entry : settings.options().window().orders().split(";")) {
            int equals = entry.indexOf('=');
            if (equals > 0) memory.put(entry.substring(0, equals) + KEY, entry.substring(equals + 1));
        }
        memory.addListener((MapChangeListener<String, Object>) change -> {
            if (change.getKey().endsWith(KEY)) settings.set(Map.of("window.orders", words(memory)));
        });
    }

    private static String words(Map<String, Object> memory) {
        return new TreeMap<>(memory).entrySet().stream().filter(e -> e.getKey().endsWith(KEY))
                .map(e -> e.getKey().substring(0, e.getKey().length() - KEY.length()) + "=" + e.getValue())
                .filter(entry -> entry.matches("[a-z-]+=[A-Z_]*(:down)?")).collect(Collectors.joining(";"));
    }
}
