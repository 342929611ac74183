package app.waxwing.library.ui;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Page;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Album;
import app.waxwing.library.Library.Change;
import app.waxwing.library.ui.HomeViewModel.Home;
import app.waxwing.parts.Following;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Question;
import app.waxwing.parts.Shelf;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TileFacts;
import app.waxwing.parts.ViewContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Home: a greeting, what is on this computer, and rows of albums to carry on with.
final class HomeView implements Page {
    private final ViewContext ctx;
    private final PageHead head;
    private final Shelf carryOn;
    private final Shelf started;
    private final Shelf added;
    private final Shelf most;
    private final Shelf kept;
    private final Shelf alike;
    private Optional<ItemKey> likeWhat = Optional.empty();
    private final Question<Home> question;
    private final StateBox<Home> root;
    private final Following following;
    private javafx.util.Subscription watching = () -> {};

    HomeView(ViewContext ctx) {
        this.ctx = ctx;
        question = new HomeViewModel(ctx.library(), ctx.fx(), ctx::playableOnly).question();
        head = new PageHead("");
        carryOn = new Shelf(ctx, Texts.of("home.carry-on"), Optional.of(new Route.Recent()));
        started = new Shelf(ctx, Texts.of("home.started"), Optional.empty());
        added = new Shelf(ctx, Texts.of("home.added"), Optional.of(new Route.Albums()));
        most = new Shelf(ctx, Texts.of("home.most"), Optional.of(new Route.Tracks()));
        kept = new Shelf(ctx, Texts.of("home.kept"), Optional.of(new Route.Downloads()));
        alike = new Shelf(ctx, Texts.of("similar.title"), Optional.empty());
        alike.show(List.of());
        var content = new VBox(22, head, carryOn, started, alike, added, most, kept);
        content.getStyleClass().add("page-content");
        root = new StateBox<>(question.state(), Scrolling.page(ctx, "home", content), this::show,
                home -> home.empty() ? Optional.of(empty()) : Optional.empty(),
                question::ask);
        root.getStyleClass().add("page");
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY, Change.USER_STATE), question::ask);
    }

    private void show(Home home) {
        int hour = ctx.time().now().atZone(ZoneId.systemDefault()).getHour();
        head.title(Texts.of(HomeViewModel.greeting(hour)));
        here(home);
        carryOn.show(home.carryOn().stream().map(TileFacts::of).toList());
        started.show(home.started().stream().map(TileFacts::of).toList());
        added.show(home.added().stream().map(TileFacts::of).toList());
        most.show(home.most().stream().map(TileFacts::of).toList());
        kept.show(home.kept().stream().map(TileFacts::of).toList());
        recommend(home.carryOn().stream().findFirst());
    }

    private void here(Home home) {
        var t = home.totals();
        String here = Texts.count("home.here", t.tracks(), Formats.count(t.playable()));
        boolean offline = ctx.desk().offline().get();
        head.under(t.playable() == t.tracks()
                ? Texts.count("home.here.all", t.tracks())
                : offline ? here + " " + Texts.of("home.rest.offline") : here);
    }

    /// Recommendations go with the album heard last; asked for again only when that is another one.
    private void recommend(Optional<Album> last) {
        if (last.isEmpty() || last.map(Album::key).equals(likeWhat)) return;
        likeWhat = last.map(Album::key);
        ItemKey item = last.get().key();
        Fx.on(ctx.fx(), Alike.albums(ctx.library(), item, HomeViewModel.A_ROW), found -> {
            if (!likeWhat.equals(Optional.of(item))) return;
            alike.title(Texts.of("similar.home", last.get().title()));
            alike.show(found.stream().filter(a -> !ctx.playableOnly() || a.localTracks() > 0).map(TileFacts::of).toList());
        }, failure -> likeWhat = Optional.empty());
    }

    private Node empty() {
        if (ctx.accounts().all().isEmpty()) {
            return new EmptyState(Icon.SERVER, Texts.of("home.no-server"), Texts.of("home.no-server.help"),
                    Buttons.primary(Texts.of("home.add-server"), () -> ctx.go(new Route.SettingsRoute())));
        }
        return Empties.library(ctx);
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        following.start();
        watching = ctx.desk().offline().subscribe((was, is) -> {
            // The answer to come may be the same as before, and is not shown again then.
            question.value().ifPresent(this::here);
            following.start();
        });
    }

    @Override
    public void hidden() {
        following.stop();
        watching.unsubscribe();
    }

    @Override
    public void close() {
        hidden();
    }
}
