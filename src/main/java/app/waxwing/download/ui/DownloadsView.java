package app.waxwing.download.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.Tabs;
import app.waxwing.parts.ViewContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.collections.ObservableList;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.SelectionMode;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Downloads page (requirement 2.19): chips by state, the speed of the last minute, what failed first with one click to mend it, tabs for what is under
/// way, what is done and what is here, and the verbs for all of it.
public final class DownloadsView implements Page {
    private final ViewContext ctx;
    private final DownloadsViewModel model;
    private final CoverLookup covers;
    private final List<DownloadRow> rows = new ArrayList<>();
    private final ListView<Download> active;
    private final ListView<Download> completed;
    private final OnThisComputer here;
    private final DownloadChips chips;
    private final SpeedGraph graph;
    private final FailureBox failures;
    private final Tabs<Tab> tabs;
    private final StackPane middle = new StackPane();
    private final Button pauseAll;
    private final Button resumeAll;
    private final Button clear;
    private final VBox root;
    private Subscription ends = () -> {};

    public DownloadsView(ViewContext ctx) {
        this.ctx = ctx;
        model = new DownloadsViewModel(ctx.downloads(), ctx.time(), ctx.fx());
        covers = new CoverLookup(ctx, () -> rows.forEach(DownloadRow::render));
        active = list(model.active(), "downloads.active");
        completed = list(model.completed(), "downloads.completed");
        here = new OnThisComputer(ctx);
        pauseAll = Buttons.quiet(Icon.PAUSE, Texts.of("downloads.pause-all"), model::pauseAll);
        resumeAll = Buttons.quiet(Icon.PLAY, Texts.of("downloads.resume-all"), model::resumeAll);
        clear = Buttons.quiet(Icon.CLEAR, Texts.of("downloads.clear"), () -> new ClearQuestion(ctx, model).ask());
        for (Button b : List.of(pauseAll, resumeAll, clear)) b.getStyleClass().add("head-button");
        clear.setVisible(false);
        clear.setManaged(false);
        pauseAll.setDisable(true);
        resumeAll.setDisable(true);
        tabs = new Tabs<>(List.of(Tab.values()), DownloadsView::words);
        tabs.chosen().bindBidirectional(model.tab());
        chips = new DownloadChips(model);
        graph = new SpeedGraph(model.speed());
        failures = new FailureBox(model);
        HBox.setHgrow(chips, Priority.ALWAYS);
        var strip = new HBox(20, chips, graph);
        strip.setAlignment(Pos.CENTER_LEFT);
        var box = new StateBox<>(model.state(), middle, both -> lay(), both -> Optional.empty(), model::again);
        VBox.setVgrow(box, Priority.ALWAYS);
        root = new VBox(new PageHead(Texts.of("nav.downloads"), pauseAll, resumeAll, clear), strip, failures, tabs, box);
        root.getStyleClass().addAll("page", "table-page", "downloads-page");
        InvalidationListener changed = o -> lay();
        model.active().addListener(changed);
        model.completed().addListener(changed);
        model.tab().addListener(changed);
        model.activity().addListener(o -> figures());
        root.widthProperty().subscribe(w -> {
            graph.setVisible(w.doubleValue() > 720);
            graph.setManaged(w.doubleValue() > 720);
        });
    }

    ViewContext ctx() {
        return ctx;
    }

    DownloadsViewModel model() {
        return model;
    }

    CoverLookup covers() {
        return covers;
    }

    /// The obvious thing to do with a row.
    void first(Download d) {
        switch (d.status()) {
            case DOWNLOADING, PENDING -> model.pause(d);
            case PAUSED -> model.resume(d);
            case FAILED -> model.retry(d);
            case COMPLETED -> ctx.actions().with(ctx.library().track(d.key()),
                    track -> track.flatMap(t -> t.albumId())
                            .ifPresent(id -> ctx.go(new Route.AlbumRoute(new ItemKey(d.key().account(), id)))));
        }
    }

    /// Takes a row away: the wish, and for a finished one the file after a question.
    void second(Download d) {
        if (d.status() != Status.COMPLETED) {
            model.cancel(d);
            return;
        }
        ctx.desk().dialogs().confirm(Texts.of("downloads.delete.title", d.title()), Texts.of("downloads.delete.words"),
                Texts.of("downloads.delete.yes"),
                () -> model.delete(d));
    }

    private ListView<Download> list(ObservableList<Download> items, String name) {
        var list = new ListView<>(items);
        list.getStyleClass().add("download-list");
        list.setFixedCellSize(DownloadRow.HEIGHT);
        list.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        list.setAccessibleText(Texts.of(name));
        list.setCellFactory(view -> {
            var row = new DownloadRow(this);
            rows.add(row);
            return row;
        });
        list.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            List<Download> chosen = List.copyOf(list.getSelectionModel().getSelectedItems());
            if (chosen.isEmpty()) return;
            if (e.getCode() == KeyCode.DELETE) chosen.forEach(chosen.size() == 1 ? this::second : this::quietly);
            else if (e.getCode() == KeyCode.ENTER || e.getCode() == KeyCode.SPACE) chosen.forEach(this::first);
            else return;
            e.consume();
        });
        return list;
    }

    private void quietly(Download d) {
        if (d.status() != Status.COMPLETED) model.cancel(d);
    }

    private void lay() {
        boolean any = model.unfinishedCount() > 0;
        Node shown = switch (model.tab().get()) {
            case ACTIVE -> model.active().isEmpty() ? nothingActive() : active;
            case COMPLETED -> model.completed().isEmpty() ? nothingCompleted() : completed;
            case HERE -> here.root();
        };
        if (middle.getChildren().size() != 1 || middle.getChildren().getFirst() != shown) middle.getChildren().setAll(shown);
        tabs.words(Tab.ACTIVE, words(Tab.ACTIVE) + (any ? " " + Formats.count(model.unfinishedCount()) : ""));
        tabs.words(Tab.COMPLETED,
                words(Tab.COMPLETED) + (model.completed().isEmpty() ? "" : " " + Formats.count(model.completed().size())));
        pauseAll.setDisable(model.count(Status.DOWNLOADING) + model.count(Status.PENDING) == 0);
        resumeAll.setDisable(model.count(Status.PAUSED) == 0);
        boolean onCompleted = model.tab().get() == Tab.COMPLETED;
        clear.setVisible(onCompleted);
        clear.setManaged(onCompleted);
        clear.setDisable(model.completed().isEmpty());
        pauseAll.setVisible(!onCompleted);
        pauseAll.setManaged(!onCompleted);
        resumeAll.setVisible(!onCompleted);
        resumeAll.setManaged(!onCompleted);
        failures.refresh();
        rows.forEach(DownloadRow::render);
        figures();
    }

    private void figures() {
        rows.forEach(DownloadRow::renderFigures);
        graph.refresh(model.activity().get().bytesPerSecond());
        var seconds = model.remainingSeconds();
        chips.refresh(seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty());
    }

    private Node nothingActive() {
        if (model.filter().get().isPresent()) {
            return new EmptyState(Icon.FILTER, Texts.of("downloads.none.filter"), Texts.of("downloads.none.filter.help"),
                    Buttons.quiet(Texts.of("downloads.none.filter.all"), () -> model.filter().set(Optional.empty())));
        }
        return new EmptyState(Icon.DOWNLOADS, Texts.of("downloads.none"), Texts.of("downloads.none.help"),
                Buttons.primary(Icon.ALBUMS, Texts.of("downloads.none.albums"), () -> ctx.go(new Route.Albums())));
    }

    private Node nothingCompleted() {
        return new EmptyState(Icon.CHECK, Texts.of("downloads.none.completed"), Texts.of("downloads.none.completed.help"),
                Buttons.quiet(Texts.of("downloads.tab.here"), () -> model.tab().set(Tab.HERE)));
    }

    private static String words(Tab tab) {
        return Texts.of("downloads.tab." + tab.name().toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        hidden();
        model.shown();
        here.shown();
        ends = model::hidden;
    }

    @Override
    public void hidden() {
        ends.close();
        here.hidden();
        ends = () -> {};
    }

    @Override
    public void close() {
        hidden();
    }

    @Override
    public Node first() {
        return active;
    }
}
