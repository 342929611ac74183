package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.FolderChooser;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Asked;
import app.waxwing.parts.Card;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Question;
import app.waxwing.parts.ViewContext;
import app.waxwing.settings.Metrics;
import app.waxwing.settings.MetricsFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The Metrics page (requirement C.5): what the caches did, all together and one by one, and how the database is. FX thread.
public final class MetricsView implements Page {
    private static final List<String> COLUMNS = List.of("hits", "misses", "rate", "mean", "p95", "items", "bytes", "evictions", "errors",
            "network", "unasked");
    private final ViewContext ctx;
    private final SettingsLinks links;
    private final Question<Metrics.View> question;
    private final FlowPane totals = new FlowPane(10, 10);
    private final GridPane caches = new GridPane();
    private final Label limits = words("");
    private final GridPane levels = new GridPane();
    private final GridPane database = new GridPane();
    private final VBox slow = new VBox(6);
    private final ScrollPane root;

    public MetricsView(ViewContext ctx, SettingsLinks links) {
        this.ctx = ctx;
        this.links = links;
        question = new Question<>(ctx.fx(), () -> CompletableFuture.supplyAsync(metrics()::look, links.work()));
        Button again = Buttons.quiet(Icon.RETRY, Texts.of("metrics.again"), question::ask);
        Button reset = Buttons.quiet(Icon.UNDO, Texts.of("metrics.reset"), this::reset);
        Button save = Buttons.primary(Icon.DOWNLOADS, Texts.of("metrics.save"), this::save);
        var head = new PageHead(Texts.of("metrics.title"), again, reset, save);
        head.under(Texts.of("metrics.under"));
        for (GridPane grid : List.of(caches, levels, database)) {
            grid.getStyleClass().add("metrics-table");
            grid.setHgap(14);
            grid.setVgap(6);
        }
        var content = new VBox(16, head, new VBox(8, totals, words(Texts.of("metrics.aims"))),
                new Card(Icon.LIMITS, Texts.of("metrics.caches")).node(caches).node(limits),
                new Card(Icon.SERVER, Texts.of("metrics.levels")).node(levels),
                new Card(Icon.DISK, Texts.of("metrics.database")).node(database).node(slow));
        content.getStyleClass().addAll("page-content", "settings-page");
        content.setMaxWidth(1080);
        root = new ScrollPane(content);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        root.getStyleClass().addAll("page", "page-scroll");
        limits.setId("metrics-limits");
        question.state().subscribe(this::show);
    }

    private Metrics metrics() {
        return links.diagnosis().metrics();
    }

    private void show(Asked<Metrics.View> asked) {
        switch (asked) {
            case Asked.Waiting<Metrics.View> w -> {
                // What is on screen stays until the answer comes.
            }
            case Asked.Failed<Metrics.View>(var why) -> totals.getChildren().setAll(words(app.waxwing.base.FailureWords.sentence(why)));
            case Asked.Here<Metrics.View>(var view) -> {
                boolean none = view.hits() + view.misses() == 0;
                totals.getChildren().setAll(figure("rate", none ? "–" : percent(view.hitRate())),
                        figure("mean", none ? "–" : time(view.mean())),
                        figure("items", Formats.count(view.items())), figure("bytes", Formats.bytes(view.bytes())),
                        figure("errors", none ? "–" : percent(view.errorRate())), figure("saved", none ? "–" : percent(view.callsSaved())));
                table(view.caches());
                limits(view.caches());
                levels(view.levels());
                store(view.store());
            }
        }
    }

    private static Node figure(String key, String value) {
        var number = new Label(value);
        number.setId("metrics-total-" + key);
        number.getStyleClass().setAll("metrics-figure", "figures");
        var under = words(Texts.of("metrics.total." + key));
        under.setWrapText(false);
        under.setMinWidth(Region.USE_PREF_SIZE);
        var box = new VBox(2, number, under);
        box.getStyleClass().add("metrics-total");
        box.setMinWidth(Region.USE_PREF_SIZE);
        return box;
    }

    private void table(List<Metrics.Cache> all) {
        caches.getChildren().clear();
        caches.getColumnConstraints().clear();
        if (all.isEmpty()) {
            caches.add(words(Texts.of("metrics.none")), 0, 0);
            return;
        }
        var first = new ColumnConstraints();
        first.setHgrow(Priority.ALWAYS);
        first.setMinWidth(110);
        caches.getColumnConstraints().add(first);
        for (int c = 0; c < COLUMNS.size(); c++) {
            var column = new ColumnConstraints();
            column.setHalignment(HPos.RIGHT);
            caches.getColumnConstraints().add(column);
            var name = words(Texts.of("metrics.column." + COLUMNS.get(c)));
            name.setWrapText(false);
            name.setMinWidth(Region.USE_PREF_SIZE);
            caches.add(name, c + 1, 0);
        }
        for (int r = 0; r < all.size(); r++) {
            Metrics.Cache cache = all.get(r);
            var name = new Label(name(cache));
            name.getStyleClass().setAll("settings-words");
            name.setMinWidth(Region.USE_PREF_SIZE);
            caches.add(name, 0, r + 1);
            List<String> cells = cells(cache);
            for (int c = 0; c < cells.size(); c++) {
                var cell = new Label(cells.get(c));
                cell.getStyleClass().setAll("figures", "metrics-cell");
                cell.setId("metrics-" + cache.name() + "-" + COLUMNS.get(c));
                cell.setMinWidth(Region.USE_PREF_SIZE);
                cell.setAccessibleText(name.getText() + ", " + Texts.of("metrics.column." + COLUMNS.get(c)) + ": " + cell.getText());
                caches.add(cell, c + 1, r + 1);
            }
        }
    }

    private static List<String> cells(Metrics.Cache c) {
        boolean none = c.hits() + c.misses() == 0;
        return List.of(Formats.count(c.hits()), Formats.count(c.misses()), none ? "–" : percent(c.hitRate()), none ? "–" : time(c.mean()),
                none ? "–" : time(c.p95()), c.items() == 0 ? "–" : Formats.count(c.items()),
                c.bytes() == 0 ? "–" : Formats.bytes(c.bytes()), Formats.count(c.evictions()), Formats.count(c.errors()),
                Formats.count(c.network()), Formats.count(c.unasked()));
    }

    /// How much they may hold (requirement 1.5); one that holds nothing of its own has no limit to tell of.
    private void limits(List<Metrics.Cache> all) {
        List<String> most = all.stream().filter(c -> c.limit() > 0)
                .map(c -> Texts.of("metrics.limit", name(c), Formats.bytes(c.limit()))).toList();
        List<String> none = all.stream().filter(c -> c.limit() == 0 && c.items() > 0)
                .map(c -> Texts.of("metrics.limit.none", name(c))).toList();
        limits.setText(Stream.concat(most.stream(), none.stream()).collect(Collectors.joining(" · ")));
        limits.setManaged(!limits.getText().isEmpty());
    }

    private static String name(Metrics.Cache cache) {
        String key = "metrics.cache." + cache.name();
        return Texts.has(key) ? Texts.of(key) : cache.name();
    }

    /// How many answers came from where, and how long they took.
    private void levels(Metrics.Levels all) {
        levels.getChildren().clear();
        level(0, "memory", all.memory());
        level(1, "store", all.store());
        level(2, "server", all.server());
    }

    private void level(int row, String key, Metrics.Level level) {
        var answers = new Label(Texts.count("metrics.level.answers", level.answers()));
        var mean = new Label(level.answers() == 0 ? "–" : Texts.of("metrics.level.mean", time(level.mean())));
        for (Label cell : List.of(answers, mean)) cell.getStyleClass().setAll("figures", "metrics-cell");
        answers.setId("metrics-level-" + key + "-answers");
        mean.setId("metrics-level-" + key + "-mean");
        levels.addRow(row, words(Texts.of("metrics.level." + key)), answers, mean);
    }

    private void store(Metrics.Store s) {
        database.getChildren().clear();
        pair(0, "bytes", Formats.bytes(s.bytes()));
        pair(1, "wal", Formats.bytes(s.walBytes()));
        pair(2, "statements", Formats.count(s.statements()));
        pair(3, "mean", time(s.mean()));
        pair(4, "slow", Formats.count(s.slow()));
        pair(5, "busy", Formats.count(s.busy()));
        pair(6, "waiting", Formats.count(s.waiting()));
        slow.getChildren().setAll(s.newest().stream().limit(5).map(one -> {
            var line = words(time(one.took()) + "  " + one.statement());
            line.setMaxHeight(36);
            return line;
        }).toList());
    }

    private void pair(int row, String key, String value) {
        var figure = new Label(value);
        figure.getStyleClass().setAll("figures", "metrics-cell");
        figure.setId("metrics-database-" + key);
        database.addRow(row, words(Texts.of("metrics.database." + key)), figure);
    }

    private static Label words(String text) {
        var label = new Label(text);
        label.getStyleClass().setAll("secondary");
        label.setWrapText(true);
        return label;
    }

    static String percent(double part) {
        return String.format(Locale.ROOT, "%.1f %%", part * 100);
    }

    /// «0.8 µs», «0.42 ms», «12 ms», «1.3 s».
    static String time(Duration d) {
        double ms = d.toNanos() / 1e6;
        if (ms > 0 && ms < 0.01) return String.format(Locale.ROOT, "%.1f µs", ms * 1000);
        if (ms < 10) return String.format(Locale.ROOT, "%.2f ms", ms);
        return ms < 1000 ? Math.round(ms) + " ms" : String.format(Locale.ROOT, "%.1f s", ms / 1000);
    }

    private void reset() {
        Fx.on(ctx.fx(), CompletableFuture.runAsync(metrics()::reset, links.work()).thenApply(v -> true), done -> question.ask(),
                ctx.desk().toasts()::failed);
    }

    private void save() {
        FolderChooser.ask(ctx.desk().dialogs().layer(), Texts.of("metrics.choose"), Path.of(System.getProperty("user.home")))
                .ifPresent(this::save);
    }

    /// Writes both forms into the folder.
    void save(Path folder) {
        Fx.on(ctx.fx(), CompletableFuture.supplyAsync(() -> MetricsFile.write(folder, metrics().look(), ctx.time().now()), links.work()),
                file -> ctx.desk().toasts().say(Texts.of("metrics.saved", file)), ctx.desk().toasts()::failed);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        question.ask();
    }
}
