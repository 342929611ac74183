package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.account.ui.WelcomeView;
import app.waxwing.account.ui.WelcomeViewModel;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.CoverImages;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.kit.Toasts;
import app.waxwing.library.Library;
import app.waxwing.playback.ui.DetailsView;
import app.waxwing.playback.ui.LyricsView;
import app.waxwing.playback.ui.LyricsViewModel;
import app.waxwing.playback.ui.NowViewModel;
import app.waxwing.playback.ui.PlayerBarView;
import app.waxwing.playback.ui.QueueView;
import app.waxwing.playback.ui.QueueViewModel;
import app.waxwing.playback.ui.SidePanelView;
import app.waxwing.playback.ui.SidePanelView.Tab;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.event.EventType;
import javafx.scene.control.Button;
import javafx.scene.input.InputEvent;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole window over the façades: welcome screen or rail, pages, panel and bar. Make it on the FX thread, put it on a stage with [#open].
public final class MainWindow implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MainWindow.class);
    private final Services services;
    private final PageFactory pages;
    private final WindowMemory memory;
    private final EarlyWindow early;
    private final Theme theme;
    private final StackPane root;
    private final Toasts toasts;
    private final Dialogs dialogs;
    private final BooleanProperty playableOnly = new SimpleBooleanProperty();
    private final ConnectionViewModel connection;
    private final HeldViewModel held;
    private final StrangerViewModel stranger;
    private final NowViewModel now;
    private final QueueViewModel queue;
    private final Navigator navigator;
    private final Desk desk;
    private final RailView rail;
    private final LyricsView lyrics;
    private final SidePanelView panel;
    private final PlayerBarView bar;
    private final WindowFrame frame;
    private final FirstStart firstStart;
    private final Subscription subscriptions;
    private final List<Shown> panelButtons = new ArrayList<>();
    private Optional<WelcomeView> welcome = Optional.empty();
    /// The welcome page that is only there because nobody is signed in.
    private Optional<WelcomeViewModel> mustSignIn = Optional.empty();
    /// The welcome page that is only there because somebody wants to sign in again.
    private Optional<Again> again = Optional.empty();
    private Optional<Stage> stage = Optional.empty();
    /// Accounts in use, as the pages that are open know them.
    private Set<Long> used = Set.of();

    private record Again(Account account, WelcomeViewModel model) {}

    private record Shown(Tab tab, Button button) {}

    /// As large as it is remembered, whatever the screen.
    MainWindow(Services services, PageFactory pages, WindowMemory memory) {
        this(services, pages, new EarlyWindow(memory.load(), List::of), memory);
    }

    /// @param early shows already, or will by [#open]
    public MainWindow(Services services, PageFactory pages, EarlyWindow early, WindowMemory memory) {
        this.services = services;
        this.pages = pages;
        this.memory = memory;
        this.early = early;
        theme = early.theme();
        root = early.root();
        dialogs = early.dialogs();
        WindowMemory.Look look = memory.load();
        playableOnly.set(look.playableOnly());
        toasts = new Toasts(theme);
        connection = new ConnectionViewModel(services, toasts, Fx.executor());
        navigator = new Navigator(this::page);
        desk = new Desk(Fx.executor(), navigator, theme, dialogs, toasts,
                new CoverImages(new CoverFiles(services.covers())),
                playableOnly, connection.offlineProperty());
        now = new NowViewModel(services.player(), services.library(), services.userState(), toasts, Fx.executor());
        queue = new QueueViewModel(services.player(), services.library(), services.userState(), toasts, Fx.executor());
        rail = new RailView(navigator, connection, pages::has, this::signInAgain);
        lyrics = new LyricsView(new LyricsViewModel(now, services.library(), services.reachability(), Fx.executor()), now, theme);
        panel = new SidePanelView(new QueueView(queue, desk), lyrics, new DetailsView(now, desk, services.clock()));
        bar = new PlayerBarView(now, desk, panelButton(Tab.LYRICS, Icon.LYRICS), panelButton(Tab.QUEUE, Icon.QUEUE),
                panelButton(Tab.DETAILS, Icon.DETAILS));
        var host = new PageHost(theme);
        navigator.pageProperty().subscribe(host::show);
        navigator.routeProperty().subscribe(rail::mark);
        var top = new TopBarView(desk, navigator, connection, rail.foldButton(), early::openSearch, this::addServer);
        held = new HeldViewModel(services, toasts, Fx.executor());
        stranger = new StrangerViewModel(services, toasts, Fx.executor(), this::signInAt);
        VBox.setVgrow(host, Priority.ALWAYS);
        frame = new WindowFrame(theme, rail, top, new VBox(new SignInBanner(connection, this::signInAgain), new StrangerBanner(stranger),
                new HeldBanner(held), host), toasts.layer(), panel,
                bar);
        remember(look);
        firstStart = new FirstStart(services, toasts, Fx.executor());
        Runnable lists = Fx.conflated(Fx.executor(), () -> rail.load(services.library()));
        Runnable accounts = Fx.conflated(Fx.executor(), this::accountsChanged);
        subscriptions = services.library().changes().subscribe(change -> {
            if (change != Library.Change.USER_STATE) lists.run();
        }).and(services.accounts().changes().subscribe(_ -> accounts.run()));
        rail.load(services.library());
        navigator.go(new Route.Home());
        accountsChanged();
        if (welcome.isPresent()) dialogs.close();
        early.handOver(this::act, new QuickSearchViewModel.Sources(services.library(), services.player(), navigator, this::commands,
                playableOnly::get, services.accounts(), toasts), desk.covers());
    }

    /// Before [#open], in a window that shows: as [WindowFrame#dress].
    public void dress(Consumer<Runnable> soon, Runnable then) {
        frame.dress(soon, then);
        root.getChildren().addFirst(frame);
    }

    /// Puts the window on a stage; shows that where it does not show yet.
    public void open(Stage on) {
        stage = Optional.of(on);
        if (frame.getParent() == null) root.getChildren().addFirst(frame);
        frame.setVisible(welcome.isEmpty());
        if (!on.isShowing()) early.show(on);
        now.trackProperty().subscribe(
                track -> on.setTitle(track.map(t -> Texts.of("window.title", t.title(), t.artist())).orElse(Texts.of("app.name"))));
        Runnable save = Fx.delayed(Duration.ofSeconds(1), this::save);
        for (var each : List.of(on.widthProperty(), on.heightProperty(), on.xProperty(), on.yProperty(), on.maximizedProperty(),
                frame.panelOpenProperty(), frame.panelWidthProperty(), rail.foldedProperty(), panel.tabProperty(), theme.choiceProperty(),
                playableOnly)) {
            each.addListener((_, _, _) -> save.run());
        }
        on.setOnHidden(_ -> save());
        for (EventType<? extends InputEvent> each : List.of(KeyEvent.KEY_PRESSED, MouseEvent.MOUSE_PRESSED, ScrollEvent.SCROLL)) {
            on.getScene().addEventFilter(each, _ -> services.reachability().used());
        }
        root.applyCss(); // what scrolls is in the scene only from here on, and can take the keyboard
        welcome.ifPresent(w -> w.first().requestFocus());
    }

    /// What the window shows; for tests and for embedding.
    public StackPane root() {
        return root;
    }

    public Navigator navigator() {
        return navigator;
    }

    public Desk desk() {
        return desk;
    }

    /// Shows the welcome screen over everything, to add a server.
    public void addServer() {
        if (welcome.isEmpty()) showWelcome(true);
    }

    /// The same, with the address of the server to add.
    private void signInAt(String address) {
        if (welcome.isEmpty()) showWelcome(true).connect(address);
    }

    /// The same, for an account whose server does not take its sign-in any more: only the password is to be typed. What was open stays.
    public void signInAgain(Account account) {
        if (welcome.isPresent()) return;
        var model = showWelcome(true);
        again = Optional.of(new Again(account, model));
        welcome.ifPresent(view -> view.address(account.url().toString()));
        model.signInAgain(account);
    }

    @Override
    public void close() {
        subscriptions.close();
        navigator.close();
        bar.close();
        lyrics.close();
        rail.close();
        queue.close();
        now.close();
        connection.close();
        held.close();
        stranger.close();
        welcome.ifPresent(WelcomeView::close);
    }

    private Page page(Route route) {
        try {
            return pages.page(route, desk);
        } catch (RuntimeException e) {
            // One page's mistake must not take the window and the music with it.
            LOG.error("page {} could not be made", route, e);
            return PageHost.broken();
        }
    }

    private void accountsChanged() {
        boolean none = services.accounts().active().isEmpty();
        Set<Long> left = new HashSet<>(used);
        used = services.accounts().active().stream().map(Account::id).collect(Collectors.toSet());
        left.removeAll(used);
        if (!left.isEmpty()) navigator.forget(route -> Navigator.item(route).filter(item -> left.contains(item.account())).isPresent());
        if (none && welcome.isEmpty()) showWelcome(false);
        mustSignIn.ifPresent(model -> {
            // Signed in by another way, such as the command line or the demonstration's own. Who has begun something on this page keeps it,
            // and what the page itself is about to finish comes by it.
            if (model.begun()) model.here(none ? "" : services.accounts().active().getLast().serverName());
            else if (!none) leaveWelcome();
        });
        again.filter(a -> services.accounts().signedIn(a.account().id())).ifPresent(a -> a.model().here(a.account().serverName()));
        frame.setDisable(welcome.isPresent());
    }

    private WelcomeViewModel showWelcome(boolean mayLeave) {
        var model = new WelcomeViewModel(services.accounts(), services.demo(), toasts, Fx.executor());
        var view = new WelcomeView(model, theme, mayLeave, () -> {
            leaveWelcome();
            if (services.accounts().active().isEmpty()) showWelcome(false); // the only account went meanwhile
        });
        model.onSignedIn((account, demo) -> {
            leaveWelcome();
            firstStart.signedIn(account, demo);
        });
        welcome = Optional.of(view);
        mustSignIn = mayLeave ? Optional.empty() : Optional.of(model);
        root.getChildren().addAll(root.getChildren().indexOf(dialogs.layer()), List.of(view, toasts.layer()));
        frame.setVisible(false);
        frame.setDisable(true);
        root.applyCss(); // what scrolls is in the scene only from here on, and can take the keyboard
        view.first().requestFocus();
        return model;
    }

    private void leaveWelcome() {
        welcome.ifPresent(view -> {
            view.close();
            root.getChildren().remove(view);
        });
        welcome = Optional.empty();
        mustSignIn = Optional.empty();
        frame.takeToasts();
        frame.setVisible(true);
        frame.setDisable(false);
        if (again.isEmpty()) navigator.restart(new Route.Home());
        again = Optional.empty();
    }

    private Button panelButton(Tab tab, Icon icon) {
        Button button = Buttons.icon(icon, Texts.of("bar." + tab.word()), () -> togglePanel(tab));
        panelButtons.add(new Shown(tab, button));
        return button;
    }

    private void togglePanel(Tab tab) {
        boolean same = frame.panelOpenProperty().get() && panel.tabProperty().get() == tab;
        panel.tabProperty().set(tab);
        frame.panelOpenProperty().set(!same);
    }

    private void markPanel() {
        for (Shown each : panelButtons) {
            each.button().pseudoClassStateChanged(PseudoClass.getPseudoClass("on"),
                    frame.panelOpenProperty().get() && panel.tabProperty().get() == each.tab());
        }
    }

    private void remember(WindowMemory.Look look) {
        frame.panelWidthProperty().set(look.panelWidth());
        frame.panelOpenProperty().set(look.panelOpen());
        rail.foldedProperty().set(look.railFolded());
        panel.tabProperty().set(Tab.of(look.panelTab()));
        frame.panelOpenProperty().subscribe(_ -> markPanel());
        panel.tabProperty().subscribe(_ -> markPanel());
    }

    private void save() {
        stage.ifPresent(on -> {
            WindowMemory.Look last = memory.load();
            boolean big = on.isMaximized();
            memory.save(new WindowMemory.Look(big ? last.width() : on.getScene().getWidth(),
                    big ? last.height() : on.getScene().getHeight(),
                    big ? last.place() : Optional.of(new WindowMemory.Place(on.getX(), on.getY())), big, frame.railFoldedProperty().get(),
                    frame.panelWanted(), frame.panelWidthProperty().get(), panel.tabProperty().get().word(), theme.choiceProperty().get(),
                    playableOnly.get()));
        });
    }

    private void act(Shortcut shortcut) {
        if (welcome.isPresent()) return;
        switch (shortcut) {
            case TOGGLE -> now.toggle();
            case NEXT -> now.next();
            case PREVIOUS -> now.previous();
            case SEEK_FORWARD -> now.seekBy(Duration.ofSeconds(10));
            case SEEK_BACK -> now.seekBy(Duration.ofSeconds(-10));
            case LOUDER -> now.louder(5);
            case QUIETER -> now.louder(-5);
            case MUTE -> now.mute();
            case SHUFFLE -> now.toggleShuffle();
            case REPEAT -> now.cycleRepeat();
            case FAVOURITE -> now.toggleFavourite();
            case UNDO -> queue.undo();
            case REDO -> queue.redo();
            case SEARCH -> early.openSearch();
            case FIND -> {
                if (!navigator.pageProperty().get().map(Page::find).orElse(false)) early.openSearch();
            }
            case BACK -> navigator.back();
            case FORWARD -> navigator.forward();
            case RAIL -> rail.foldedProperty().set(!rail.foldedProperty().get());
            case PANEL -> frame.panelOpenProperty().set(!frame.panelOpenProperty().get());
            case OFFLINE -> connection.switchOffline();
            case UPDATE -> connection.update();
            case PLAYABLE -> playableOnly.set(!playableOnly.get());
            case HELP -> Shortcuts.show(dialogs);
            case PAGE_1, PAGE_2, PAGE_3, PAGE_4, PAGE_5, PAGE_6, PAGE_7, PAGE_8, PAGE_9 -> {
                List<Navigator.Section> there = sections();
                if (shortcut.page() < there.size()) navigator.go(there.get(shortcut.page()).route);
            }
        }
    }

    private List<Navigator.Section> sections() {
        return List.of(Navigator.Section.values()).stream().filter(s -> s != Navigator.Section.SEARCH && pages.has(s.route)).toList();
    }

    private List<Command> commands() {
        var list = new ArrayList<Command>();
        list.add(command("command.toggle", Icon.PLAY, Shortcut.TOGGLE));
        list.add(command("command.next", Icon.NEXT, Shortcut.NEXT));
        list.add(command("command.previous", Icon.PREVIOUS, Shortcut.PREVIOUS));
        list.add(command(now.stateProperty().get().shuffle() ? "command.shuffle.off" : "command.shuffle.on", Icon.SHUFFLE,
                Shortcut.SHUFFLE));
        list.add(command("command.repeat", Icon.REPEAT, Shortcut.REPEAT));
        list.add(command(connection.forcedProperty().get() ? "command.offline.off" : "command.offline.on", Icon.OFFLINE, Shortcut.OFFLINE));
        list.add(command("command.sync", Icon.SYNC, Shortcut.UPDATE));
        list.add(command("command.queue", Icon.QUEUE, Shortcut.PANEL));
        list.add(command("shortcut.help", Icon.COMMAND, Shortcut.HELP));
        list.add(new Command(Texts.of("command.clear"), Icon.DELETE, "", queue::clear));
        list.add(new Command(Texts.of("command.theme"), Icon.THEME, "", theme::toggle));
        list.add(new Command(Texts.of("command.server"), Icon.SERVER, "", this::addServer));
        if (connection.hides()) list.add(new Command(Texts.of("top.server.show-all"), Icon.SERVER, "", connection::showAll));
        for (Navigator.Section section : sections()) {
            list.add(new Command(Texts.of("command.go", section.words()), Icon.PLAY_NEXT, "", () -> navigator.go(section.route)));
        }
        Route settings = Navigator.Section.SETTINGS.route;
        if (!pages.has(settings)) return list;
        list.add(new Command(Texts.of("command.go", Texts.of("metrics.title")), Icon.PLAY_NEXT, "",
                () -> navigator.go(new Route.MetricsRoute())));
        list.add(new Command(Texts.of("command.go", Texts.of("diagnostics.title")), Icon.PLAY_NEXT, "",
                () -> navigator.go(new Route.Diagnostics())));
        for (Route.SettingsSection section : Route.SettingsSection.values()) {
            String words = Texts.of("settings.section." + section.name().toLowerCase(Locale.ROOT));
            list.add(new Command(Texts.of("command.settings", words), Icon.SETTINGS, "", () -> {
                navigator.go(settings);
                navigator.pageProperty().get().ifPresent(page -> page.reveal(section));
            }));
        }
        return list;
    }

    private Command command(String key, Icon icon, Shortcut shortcut) {
        return new Command(Texts.of(key), icon, shortcut.keys(), () -> act(shortcut));
    }
}
