package app.waxwing.download.ui;

import app.waxwing.base.Subscription;
import app.waxwing.base.Threads;
import app.waxwing.download.Download.Status;
import app.waxwing.download.KeepSet.Left;
import app.waxwing.download.QueueLine;
import app.waxwing.download.ui.DownloadsViewModel.Tab;
import app.waxwing.download.ui.HereViewModel.Space;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.SpaceMeter;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.Tabs;
import app.waxwing.parts.ViewContext;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Downloads page (requirement 2.19): chips by state, the speed of the last minute, limits, what failed and what has to be asked before everything
/// else, tabs for what is under way, what is done and what is here, and the verbs for all of it.
public final class DownloadsView implements Page {
    private final ViewContext ctx;
    private final DownloadsViewModel model;
    private final HereViewModel hereModel;
    private final LimitsViewModel limits;
    private final DownloadVerbs verbs;
    private final CoverLookup covers;
    private final DownloadList active;
    private final DownloadList completed;
    private final DownloadDrawer drawer;
    private final OnThisComputer here;
    private final DownloadChips chips;
    private final SpeedGraph graph;
    private final HBox strip = new HBox(20);
    private final FailureBox failures;
    private final QuestionBox left;
    private final QuestionBox network;
    private final Tabs<Tab> tabs;
    private final SpaceMeter meter = new SpaceMeter();
    private final Label space = new Label();
    private final Label turns = new Label(Texts.of("downloads.turns"));
    private final StackPane middle = new StackPane();
    private final Button pauseAll;
    private final Button resumeAll;
    private final Button nowAnyway;
    private final Button clear;
    private final VBox root;
    private Subscription ends = () -> {};

    public DownloadsView(ViewContext ctx) {
        this.ctx = ctx;
        model = new DownloadsViewModel(ctx.downloads(), ctx.keepSet(), ctx.time(), ctx.fx(), Threads.platform("downloads-page", 1),
                ctx.desk().toasts());
        hereModel = new HereViewModel(ctx.downloads(), ctx.keepSet(), ctx.library(), ctx.time(), ctx.fx(), ctx.desk().toasts());
        limits = new LimitsViewModel(ctx.downloads(), ctx.fx());
        verbs = new DownloadVerbs(ctx, model);
        covers = new CoverLookup(ctx, this::render);
        active = new DownloadList(this, model.active(), "downloads.active");
        completed = new DownloadList(this, model.completed(), "downloads.completed");
        drawer = new DownloadDrawer(this);
        here = new OnThisComputer(ctx, hereModel);
        pauseAll = head(Icon.PAUSE, "downloads.pause-all", model::pauseAll);
        resumeAll = head(Icon.PLAY, "downloads.resume-all", model::resumeAll);
        nowAnyway = head(Icon.DOWNLOADS, "downloads.now-all", model::downloadAllNow);
        clear = head(Icon.CLEAR, "downloads.clear", () -> new ClearQuestion(ctx, model).ask());
        Button limit = head(Icon.LIMITS, "limits", () -> new LimitsCard(ctx, limits, hereModel).open());
        limits.limits().subscribe(_ -> limit.setText(limits.words()));
        for (Node each : List.of(nowAnyway, pauseAll, resumeAll, clear, strip)) show(each, false); // of what was not read yet
        tabs = new Tabs<>(List.of(Tab.values()), DownloadsView::words);
        tabs.chosen().bindBidirectional(model.tab());
        chips = new DownloadChips(model);
        graph = new SpeedGraph(model.speed());
        failures = new FailureBox(model);
        left = new QuestionBox(Icon.HISTORY, "question-box", List.of(
                Buttons.quiet(Texts.of("downloads.left.show"), () -> new LeftCard(ctx, hereModel).open())));
        network = new QuestionBox(Icon.ONLINE, "question-box", List.of(
                Buttons.primary(Texts.of("downloads.network.free"), () -> hereModel.networkCosts(false)),
                Buttons.quiet(Texts.of("downloads.network.costs"), () -> hereModel.networkCosts(true))));
        hereModel.left().subscribe(this::left);
        hereModel.network().subscribe(name -> name.ifPresentOrElse(
                n -> network.show(Texts.of("downloads.network.title", n), Texts.of("downloads.network.words")), network::hide));
        hereModel.space().subscribe(now -> now.ifPresent(this::space));
        HBox.setHgrow(chips, Priority.ALWAYS);
        strip.getChildren().addAll(chips, graph);
        strip.setAlignment(Pos.CENTER_LEFT);
        space.getStyleClass().setAll("secondary", "figures");
        space.setMinWidth(Region.USE_PREF_SIZE);
        turns.getStyleClass().setAll("secondary");
        turns.setWrapText(true);
        turns.setMinHeight(Region.USE_PREF_SIZE);
        meter.setMinWidth(90);
        meter.setMaxWidth(140);
        HBox.setHgrow(meter, Priority.ALWAYS);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var line = new HBox(12, tabs, gap, meter, space);
        line.setAlignment(Pos.CENTER_LEFT);
        var box = new StateBox<>(model.state(), middle, both -> lay(), both -> Optional.empty(), model::again);
        HBox.setHgrow(box, Priority.ALWAYS);
        var both = new HBox(16, box, drawer);
        VBox.setVgrow(both, Priority.ALWAYS);
        root = new VBox(new PageHead(Texts.of("nav.downloads"), nowAnyway, pauseAll, resumeAll, clear, limit), strip, network, left,
                failures,
                line, turns, both);
        root.getStyleClass().addAll("page", "table-page", "downloads-page");
        InvalidationListener changed = o -> lay();
        model.active().addListener(changed);
        model.completed().addListener(changed);
        model.tab().addListener(changed);
        model.activity().addListener(o -> figures());
        model.read().subscribe(_ -> render());
        root.widthProperty().subscribe(w -> {
            boolean wide = w.doubleValue() > 720;
            for (Node each : List.of(graph, meter, space)) {
                each.setVisible(wide);
                each.setManaged(wide);
            }
        });
    }

    private static Button head(Icon icon, String words, Runnable act) {
        Button button = Buttons.quiet(icon, Texts.of(words), act);
        button.getStyleClass().add("head-button");
        return button;
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

    void first(QueueLine d) {
        verbs.first(d);
    }

    void second(QueueLine d) {
        verbs.second(d);
    }

    void takeAway(List<QueueLine> downloads) {
        verbs.takeAway(downloads);
    }

    /// What can be done with it, while it is in the list.
    List<Verb> verbs(long id) {
        return model.row(id).map(row -> verbs.of(row.line())).orElse(List.of());
    }

    ContextMenu menu(QueueLine d) {
        return verbs.menu(d, this::details);
    }

    void details(QueueLine d) {
        drawer.open(d);
    }

    /// The drawer, once open, shows what is chosen.
    void follow(QueueLine d) {
        if (drawer.isOpen()) drawer.open(d);
    }

    /// @return whether it was open
    boolean closeDetails() {
        boolean open = drawer.isOpen();
        drawer.close();
        return open;
    }

    private void left(List<Left> tracks) {
        if (tracks.isEmpty()) {
            left.hide();
            return;
        }
        List<String> sources = tracks.stream().map(Left::sourceTitle).filter(t -> !t.isBlank()).distinct().toList();
        left.show(Texts.count("downloads.left", tracks.size()), sources.size() == 1
                ? Texts.of("downloads.left.one-source", sources.getFirst())
                : Texts.of("downloads.left.sources"));
    }

    private void space(Space now) {
        meter.show(now.kept(), now.cached(), now.free());
        space.setText(DownloadWords.space(now));
    }

    private void render() {
        active.render();
        completed.render();
    }

    private void lay() {
        boolean any = model.unfinishedCount() > 0;
        Node shown = switch (model.tab().get()) {
            case ACTIVE -> model.active().isEmpty() ? nothingActive() : active.view();
            case COMPLETED -> model.completed().isEmpty() ? nothingCompleted() : completed.view();
            case HERE -> here.root();
        };
        if (middle.getChildren().size() != 1 || middle.getChildren().getFirst() != shown) middle.getChildren().setAll(shown);
        tabs.words(Tab.ACTIVE, words(Tab.ACTIVE) + (any ? " " + Formats.count(model.unfinishedCount()) : ""));
        tabs.words(Tab.COMPLETED,
                words(Tab.COMPLETED) + (model.completed().isEmpty() ? "" : " " + Formats.count(model.completed().size())));
        boolean onActive = model.tab().get() == Tab.ACTIVE;
        boolean onCompleted = model.tab().get() == Tab.COMPLETED;
        pauseAll.setDisable(model.count(Status.DOWNLOADING) + model.count(Status.PENDING) == 0);
        resumeAll.setDisable(model.count(Status.PAUSED) == 0);
        clear.setDisable(model.completed().isEmpty());
        show(pauseAll, !onCompleted && any);
        show(resumeAll, !onCompleted && any);
        show(strip, any || !model.completed().isEmpty() || model.speed().peak() > 0);
        show(nowAnyway, onActive && model.anyHeld());
        show(clear, onCompleted);
        if (model.tab().get() == Tab.HERE) drawer.close();
        drawer.refresh();
        failures.refresh();
        render();
        figures();
    }

    private static void show(Node node, boolean on) {
        node.setVisible(on);
        node.setManaged(on);
    }

    private void figures() {
        active.renderFigures();
        completed.renderFigures();
        drawer.refreshFigures();
        graph.refresh(model.activity().get().bytesPerSecond());
        show(turns, model.tab().get() == Tab.ACTIVE && model.turns());
        chips.refresh();
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
        hereModel.shown();
        limits.shown();
        here.shown();
        Subscription following = model::hidden;
        // Another user's rows, when another account becomes the active one.
        ends = following.and(hereModel::hidden).and(limits::hidden)
                .and(ctx.accounts().changes().subscribe(all -> ctx.fx().execute(model::again)));
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
        return active.view();
    }
}
