package app.waxwing.playback.ui;

import app.waxwing.kit.Texts;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;

/// The panel at the right: queue, words or details, one at a time.
public final class SidePanelView extends BorderPane {
    /// Its tabs.
    public enum Tab {
        QUEUE, LYRICS, DETAILS;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// The tab of a word, the queue for anything unknown.
        public static Tab of(String word) {
            for (Tab tab : values()) if (tab.word().equals(word)) return tab;
            return QUEUE;
        }
    }

    private final ObjectProperty<Tab> tab = new SimpleObjectProperty<>(Tab.QUEUE);

    public SidePanelView(QueueView queue, LyricsView lyrics, DetailsView details) {
        getStyleClass().add("side-panel");
        Map<Tab, Node> views = new EnumMap<>(Map.of(Tab.QUEUE, queue, Tab.LYRICS, lyrics, Tab.DETAILS, details));
        var group = new ToggleGroup();
        var tabs = new HBox(4);
        tabs.getStyleClass().add("side-tabs");
        tabs.setAccessibleRole(AccessibleRole.TAB_PANE);
        for (Tab each : Tab.values()) {
            var button = new ToggleButton(Texts.of("side." + each.word()));
            button.getStyleClass().setAll("toggle-button", "tab-pill");
            button.setAccessibleRole(AccessibleRole.TAB_ITEM);
            button.setToggleGroup(group);
            button.setOnAction(_ -> {
                button.setSelected(true);
                tab.set(each);
            });
            tab.subscribe(now -> button.setSelected(now == each));
            tabs.getChildren().add(button);
        }
        setTop(tabs);
        tab.subscribe(now -> setCenter(views.get(now)));
    }

    public ObjectProperty<Tab> tabProperty() {
        return tab;
    }
}
