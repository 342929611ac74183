package app.waxwing.settings.ui;

import app.waxwing.account.Account;
import app.waxwing.account.Reachability;
import app.waxwing.base.FailureWords;
import app.waxwing.base.Quality;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import app.waxwing.parts.Card;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.QualityWords;
import app.waxwing.parts.ViewContext;
import app.waxwing.playback.PlaybackOptions.Loudness;
import app.waxwing.settings.Options;
import app.waxwing.settings.Settings;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The Settings page: appearance, servers, playing, downloads, cache, network, and what helps to help. Every change counts at once.
public final class SettingsView implements Page {
    private static final List<Long> COVER_LIMITS = List.of(100_000_000L, 250_000_000L, 500_000_000L, 1_000_000_000L, 2_000_000_000L);
    private static final List<Long> LIMITS = List.of(0L, 1L << 30, 2L << 30, 5L << 30, 10L << 30, 20L << 30, 50L << 30, 100L << 30);
    private final ViewContext ctx;
    private final SettingsLinks links;
    private final SettingsViewModel model;
    private final FoldersViewModel folders;
    private final CheckViewModel check;
    private final KeepingViewModel keeping;
    private final SyncLinesViewModel syncs;
    private final StorageViewModel storage;
    private final ScrollPane root;
    private final Map<Route.SettingsSection, Node> sections = new EnumMap<>(Route.SettingsSection.class);
    private final SectionScroll scroll;
    private final Label cacheUsed = Card.words("");
    private final Label cacheTrouble = new Label();

    public SettingsView(ViewContext ctx, Settings settings, SettingsLinks links) {
        this.ctx = ctx;
        this.links = links;
        model = new SettingsViewModel(settings, ctx.accounts(), ctx.fx(), ctx.desk().toasts());
        folders = new FoldersViewModel(ctx.downloads().folders(), ctx.time(), ctx.fx(), ctx.desk().toasts());
        check = new CheckViewModel(ctx.downloads(), ctx.time(), ctx.fx(), ctx.desk().toasts());
        keeping = new KeepingViewModel(links.keeping(), links.outbox(), ctx.player(), ctx.fx(), links.work(), ctx.desk().toasts(),
                ZoneId.systemDefault());
        syncs = new SyncLinesViewModel(links.sync(), ctx.fx(), ctx.desk().toasts(), ZoneId.systemDefault());
        storage = new StorageViewModel(ctx.downloads(), ctx.time(), ctx.fx());
        var keepingCard = new KeepingCard(ctx, settings, links, model, keeping);
        List<Card> cards = List.of(servers(), network(), appearance(), playing(), downloads(), cache(), keepingCard.backups(),
                keepingCard.data(), about());
        for (var section : Route.SettingsSection.values()) sections.put(section, cards.get(section.ordinal()));
        var content = new VBox(16, new PageHead(Texts.of("nav.settings")));
        content.getChildren().addAll(cards);
        content.getStyleClass().addAll("page-content", "settings-page");
        content.setMaxWidth(820);
        root = new ScrollPane(content);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        root.getStyleClass().addAll("page", "page-scroll");
        scroll = new SectionScroll(root, content);
        for (String trouble : settings.troubles()) ctx.desk().toasts().failed(trouble);
    }

    private Card servers() {
        var add = Buttons.quiet(Icon.ADD, Texts.of("settings.accounts.add"), links.signIns()::addServer);
        add.getStyleClass().add("small");
        return new Card(Icon.SERVER, Texts.of("settings.accounts"))
                .node(new AccountLines(model, keeping, syncs, storage, ctx.desk().dialogs(), links.signIns()::again))
                .node(new HBox(add));
    }

    private Card network() {
        return new Card(Icon.ONLINE, Texts.of("settings.network")).line(Texts.of("settings.mode"), Texts.of("settings.mode.help"),
                Card.choice(
                        List.of(Reachability.Mode.AUTO, Reachability.Mode.FORCED_OFFLINE, Reachability.Mode.FORCED_ONLINE),
                        m -> switch (m) {
                            case AUTO -> Texts.of("settings.mode.auto");
                            case FORCED_OFFLINE -> Texts.of("settings.mode.offline");
                            case FORCED_ONLINE -> Texts.of("settings.mode.online");
                        }, model.mode(), model::mode));
    }

    private Card appearance() {
        return new Card(Icon.THEME, Texts.of("settings.appearance")).line(Texts.of("settings.theme"), Texts.of("settings.theme.help"),
                Card.choice(List.of(Theme.Choice.values()), c -> Texts.of("settings.theme." + c.name().toLowerCase(Locale.ROOT)),
                        ctx.desk().theme().choiceProperty(), c -> {
                            ctx.desk().theme().choiceProperty().set(c);
                            model.set("appearance.theme", c);
                        }));
    }

    private Card playing() {
        return new Card(Icon.SOUND, Texts.of("settings.playing"))
                .line(Texts.of("settings.gapless"), Texts.of("settings.gapless.help"),
                        toggle("settings.gapless", "playback.gapless", o -> o.playback().gapless()))
                .line(Texts.of("settings.loudness"), Texts.of("settings.loudness.help"), Card.choice(List.of(Loudness.values()),
                        l -> Texts.of("settings.loudness." + l.name().toLowerCase(Locale.ROOT)), option(o -> o.playback().loudness()),
                        l -> model.set("playback.loudness", l)))
                .line(Texts.of("settings.output"), Texts.of("settings.output.help"), bound(option(o -> output(o.sound().output()))));
    }

    private static String output(String output) {
        return switch (output) {
            case "system" -> Texts.of("settings.output.system");
            case "null" -> Texts.of("settings.output.null");
            default -> output;
        };
    }

    private Card downloads() {
        return new Card(Icon.DOWNLOADS, Texts.of("settings.downloads"))
                .line(Texts.of("settings.at-once"), Texts.of("settings.at-once.help"),
                        Card.stepper(Texts.of("settings.at-once"), 1, 8, option(o -> o.downloads().atOnce()),
                                n -> model.set("downloads.at-once", n)))
                .line(Texts.of("settings.quality"), Texts.of("settings.quality.help"), quality())
                .line(Texts.of("settings.folder"), Texts.of("settings.folder.help"), new Region())
                .node(new FolderLines(folders, ctx.desk().dialogs()))
                .line(Texts.of("settings.check.title"), Texts.of("settings.check.help"), new Region())
                .node(new CheckLines(check));
    }

    private Card cache() {
        var card = new Card(Icon.DISK, Texts.of("settings.cache"))
                .line(Texts.of("settings.precache"), Texts.of("settings.precache.help"),
                        toggle("settings.precache", "cache.queue-precache", o -> o.cache().queuePrecache()))
                .line(Texts.of("settings.precache.count"), "",
                        Card.stepper(Texts.of("settings.precache.count"), 1, 50, option(o -> o.cache().queuePrecacheCount()),
                                n -> model.set("cache.queue-precache-count", n)))
                .line(Texts.of("settings.affinity"), Texts.of("settings.affinity.help"),
                        toggle("settings.affinity", "cache.album-affinity", o -> o.cache().albumAffinity()))
                .line(Texts.of("settings.unmetered"),
                        Texts.of(ctx.downloads().senses().costs() ? "settings.unmetered.help" : "settings.unmetered.unknown"),
                        toggle("settings.unmetered", "cache.unmetered-only", o -> o.cache().unmeteredOnly()))
                .line(Texts.of("settings.limit"), Texts.of("settings.limit.help"),
                        limit("cache.limit", LIMITS, o -> o.cache().limit()))
                .line(Texts.of("settings.covers"), Texts.of("settings.covers.help"),
                        limit("covers.limit", COVER_LIMITS, o -> o.cache().coverLimit()));
        links.cache().ifPresent(cache -> {
            var button = Buttons.quiet(Texts.of("settings.clear"),
                    () -> ctx.desk().dialogs().confirm(Texts.of("settings.clear.title"), Texts.of("settings.clear.words"),
                            Texts.of("settings.clear.yes"), () -> ctx.actions().with(cache.clear().get(), bytes -> {
                                ctx.desk().toasts().say(Texts.of("settings.cleared", Formats.bytes(bytes)));
                                cacheUse();
                            })));
            button.getStyleClass().add("small");
            var line = new HBox(12, cacheUsed, button);
            line.getStyleClass().add("cache-line");
            line.setAlignment(Pos.CENTER_RIGHT);
            card.line(Texts.of("settings.clear.line"), Texts.of("settings.clear.help"), line);
            cacheTrouble.getStyleClass().setAll("secondary", "cache-trouble");
            cacheTrouble.setWrapText(true);
            card.node(cacheTrouble);
        });
        return card;
    }

    private void cacheUse() {
        links.cache().ifPresent(cache -> {
            ctx.actions().with(cache.used().get(), bytes -> cacheUsed.setText(Texts.of("settings.cache.used", Formats.bytes(bytes))));
            String trouble = cache.trouble().get().map(FailureWords::sentence).orElse("");
            cacheTrouble.setText(trouble);
            cacheTrouble.setVisible(!trouble.isEmpty());
            cacheTrouble.setManaged(!trouble.isEmpty());
        });
    }

    /// Only of a server that makes such files for the account more than the original can be chosen.
    private Node quality() {
        var menu = new MenuButton();
        menu.getStyleClass().add("pill");
        menu.setMnemonicParsing(false);
        for (Quality quality : Quality.values()) {
            var item = new MenuItem(QualityWords.of(quality));
            item.setMnemonicParsing(false);
            item.setOnAction(e -> model.set("downloads.quality", quality.word()));
            if (quality.transcoded()) item.disableProperty().bind(model.accounts().map(SettingsView::noneConverts));
            menu.getItems().add(item);
        }
        option(Options::quality).subscribe(quality -> menu.setText(QualityWords.of(quality)));
        return menu;
    }

    private static boolean noneConverts(List<Account> accounts) {
        return accounts.stream().noneMatch(a -> a.active() && a.transcodeAllowed());
    }

    private Node limit(String key, List<Long> choices, Function<Options, Long> value) {
        var menu = new MenuButton();
        menu.getStyleClass().add("pill");
        for (long bytes : choices) {
            var item = new MenuItem(limitWords(bytes));
            item.setOnAction(e -> model.set(key, bytes));
            menu.getItems().add(item);
        }
        option(value).subscribe(bytes -> menu.setText(limitWords(bytes)));
        return menu;
    }

    private static String limitWords(long bytes) {
        if (bytes == 0) return Texts.of("settings.limit.none");
        return bytes % (1L << 30) == 0 ? (bytes >> 30) + " GiB" : Formats.bytes(bytes);
    }

    private Card about() {
        var open = Buttons.quiet(Texts.of("settings.diagnostics.open"), () -> ctx.go(new Route.Diagnostics()));
        open.getStyleClass().add("small");
        var figures = Buttons.quiet(Texts.of("settings.metrics.open"), () -> ctx.go(new Route.MetricsRoute()));
        figures.getStyleClass().add("small");
        return new Card(Icon.DETAILS, Texts.of("settings.about"))
                .line(Texts.of("settings.version"), Texts.of("settings.version.help"), Card.words(links.version()))
                .line(Texts.of("settings.data"), Texts.of("settings.data.help"), Card.words(links.paths().data().toString()))
                .line(Texts.of("settings.diagnostics"), Texts.of("settings.diagnostics.help"), open)
                .line(Texts.of("settings.metrics"), Texts.of("settings.metrics.help"), figures);
    }

    private Node toggle(String words, String key, Function<Options, Boolean> value) {
        return Card.toggle(Texts.of(words), option(value), on -> model.set(key, on));
    }

    private static Node bound(ObservableValue<String> text) {
        var label = Card.words(text.getValue());
        text.subscribe(label::setText);
        return label;
    }

    private <T> ObservableValue<T> option(Function<Options, T> value) {
        return model.options().map(value);
    }

    public SettingsViewModel model() {
        return model;
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        model.shown();
        folders.shown();
        check.shown();
        keeping.shown();
        syncs.shown();
        storage.shown();
        cacheUse();
    }

    @Override
    public void reveal(Route.SettingsSection section) {
        scroll.to(Objects.requireNonNull(sections.get(section)));
    }

    @Override
    public void hidden() {
        scroll.done();
        model.hidden();
        folders.hidden();
        check.hidden();
        keeping.hidden();
        syncs.hidden();
        storage.hidden();
    }

    @Override
    public void close() {
        hidden();
    }
}
