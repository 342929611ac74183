package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.FolderChooser;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Card;
import app.waxwing.parts.ViewContext;
import app.waxwing.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Backups, what is kept for how long, and the person's own data. FX thread.
final class KeepingCard {
    private static final List<Integer> DAYS = List.of(90, 365, 730, 1_825, 0);
    private static final List<Integer> SEARCH_DAYS = List.of(0, 30, 90, 365);
    private static final List<Integer> LOG_DAYS = List.of(7, 30, 90, 365);
    private final ViewContext ctx;
    private final Settings settings;
    private final SettingsLinks links;
    private final SettingsViewModel options;
    private final KeepingViewModel model;

    KeepingCard(ViewContext ctx, Settings settings, SettingsLinks links, SettingsViewModel options, KeepingViewModel model) {
        this.ctx = ctx;
        this.settings = settings;
        this.links = links;
        this.options = options;
        this.model = model;
    }

    Card backups() {
        var where = options.options()
                .map(o -> o.folders().backups().map(Path::toString).orElse(links.paths().data().resolve("backups").toString()));
        var path = Card.words(where.getValue());
        where.subscribe(path::setText);
        return new Card(Icon.SHIELD, Texts.of("keeping.backups")).line(Texts.of("keeping.where"), Texts.of("keeping.where.help"), path)
                .node(new KeepingLines(model, ctx.desk().dialogs(), this::choose, links.restart()));
    }

    Card data() {
        Button export = Buttons.quiet(Texts.of("keeping.export"),
                () -> FolderChooser
                        .ask(ctx.desk().dialogs().layer(), Texts.of("keeping.export.choose"), Path.of(System.getProperty("user.home")))
                        .ifPresent(folder -> model.export(folder, ctx.time().now())));
        Button clear = Buttons.quiet(Texts.of("keeping.history.clear"),
                () -> ctx.desk().dialogs().confirm(Texts.of("keeping.history.title"),
                        Texts.of("keeping.history.words"), Texts.of("keeping.history.yes"), model::clearHistory));
        for (Button button : List.of(export, clear)) button.getStyleClass().add("small");
        export.disableProperty().bind(model.busy());
        return new Card(Icon.PERSON, Texts.of("keeping.data"))
                .line(Texts.of("keeping.history.days"), Texts.of("keeping.history.days.help"),
                        menu(DAYS, options.options().map(o -> o.playback().historyDays()), n -> options.set("playback.history-days", n),
                                "keeping.days.ever"))
                .line(Texts.of("keeping.searches.days"), Texts.of("keeping.searches.days.help"),
                        menu(SEARCH_DAYS, options.options().map(o -> o.retention().searches()), n -> options.set("search.history-days", n),
                                "keeping.searches.off"))
                .line(Texts.of("keeping.logs.days"), "",
                        menu(LOG_DAYS, options.options().map(o -> o.retention().logs()), n -> options.set("logs.days", n),
                                "keeping.days.ever"))
                .line(Texts.of("keeping.history.line"), Texts.of("keeping.history.help"), clear).node(removed())
                .line(Texts.of("keeping.export.line"), Texts.of("keeping.export.help"), export);
    }

    /// The way back to plays that were removed, while there are such.
    private Node removed() {
        var words = Card.words("");
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        Button back = Buttons.quiet(Texts.of("keeping.history.bring"), model::bringBack);
        back.getStyleClass().add("small");
        back.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(20, words, back);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().addAll("settings-line", "removed-plays");
        model.removed().subscribe(now -> {
            line.setVisible(now.isPresent());
            line.setManaged(now.isPresent());
            now.ifPresent(r -> words.setText(Texts.count("keeping.history.removed", r.plays(), model.day(r.at()))));
        });
        return line;
    }

    private void choose(Path folder) {
        Fx.on(ctx.fx(), CompletableFuture.supplyAsync(() -> {
            settings.set("folders.backups", folder.toString());
            return folder;
        }, links.work()), done -> model.readAgain(), ctx.desk().toasts()::failed);
    }

    private static Node menu(List<Integer> days, ObservableValue<Integer> now, IntConsumer change, String none) {
        var menu = new MenuButton();
        menu.getStyleClass().add("pill");
        for (int n : days) {
            var item = new MenuItem(words(n, none));
            item.setOnAction(e -> change.accept(n));
            menu.getItems().add(item);
        }
        now.subscribe(n -> menu.setText(words(n, none)));
        return menu;
    }

    /// @param none the words for 0
    private static String words(int days, String none) {
        if (days == 0) return Texts.of(none);
        return days % 365 == 0 ? Texts.count("keeping.years", days / 365) : Texts.count("keeping.days", days);
    }
}
