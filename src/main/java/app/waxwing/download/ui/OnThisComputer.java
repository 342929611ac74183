package app.waxwing.download.ui;

import app.waxwing.account.Account;
import app.waxwing.download.KeepSet.Source;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library.Change;
import app.waxwing.library.Query;
import app.waxwing.library.Query.Sort;
import app.waxwing.parts.Card;
import app.waxwing.parts.Following;
import app.waxwing.parts.Lettered;
import app.waxwing.parts.LongTracks;
import app.waxwing.parts.Question;
import app.waxwing.parts.StateBox;
import app.waxwing.parts.TrackColumn;
import app.waxwing.parts.TrackTable;
import app.waxwing.parts.ViewContext;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ListView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The third tab: what keeps files here with the bytes of each, and every track that plays without the network. FX thread.
final class OnThisComputer {
    private enum View {
        SOURCES, TRACKS
    }

    /// Under which the window remembers the order.
    private static final String QUERY = "here.query";
    private final ViewContext ctx;
    private final HereViewModel model;
    private final ObjectProperty<View> view = new SimpleObjectProperty<>(View.SOURCES);
    private final StateBox<List<Source>> sources;
    private final StateBox<long[]> tracks;
    private final VBox root;
    private final TrackTable table;
    private final LongTracks list;
    private final Following following;
    /// Sources of more than one server: each says of which it is.
    private boolean several;
    private Query query = Query.ALL.ofEveryServer().playableOnly(true);

    OnThisComputer(ViewContext ctx, HereViewModel model) {
        this.ctx = ctx;
        this.model = model;
        var kept = new ListView<Source>();
        kept.getStyleClass().add("source-list");
        kept.setFixedCellSize(SourceRow.HEIGHT);
        kept.setAccessibleText(Texts.of("downloads.here.sources"));
        kept.setCellFactory(v -> new SourceRow(this::letGo, this::server));
        kept.setOnMouseClicked(e -> {
            if (e.getClickCount() == 2) chosen(kept).ifPresent(this::go);
        });
        kept.setOnKeyPressed(e -> {
            if (e.getCode() == KeyCode.ENTER) chosen(kept).ifPresent(this::go);
            if (e.getCode() == KeyCode.DELETE) chosen(kept).ifPresent(this::letGo);
        });
        sources = new StateBox<>(model.sources(), kept, found -> {
            several = found.stream().map(Source::account).distinct().count() > 1;
            kept.getItems().setAll(found);
        },
                found -> found.isEmpty() ? Optional.of(nothing()) : Optional.empty(), model::ask);
        if (ctx.memory().get(QUERY) instanceof Query before) query = before;
        var rows = new Question<>(ctx.fx(), () -> ctx.library().trackRows(query));
        var columns = EnumSet.of(TrackColumn.NUMBER, TrackColumn.TITLE, TrackColumn.ARTIST, TrackColumn.ALBUM, TrackColumn.SIZE,
                TrackColumn.MARK, TrackColumn.TIME, TrackColumn.MORE);
        table = new TrackTable(ctx, "here", columns, columns);
        table.files();
        list = new LongTracks(ctx, "here", table);
        table.sorted(query.sort().map(s -> s == Sort.FILE_SIZE ? Sort.SIZE : s), query.descending());
        table.onSort((Sort sort, Boolean descending) -> {
            query = query.sort(sort == Sort.SIZE ? Sort.FILE_SIZE : sort, descending);
            ctx.memory().put(QUERY, query);
            table.sorted(Optional.of(sort), descending);
            list.anew();
            rows.askAnew();
        });
        var letters = Lettered.of(ctx, table);
        tracks = new StateBox<>(rows.state(), letters, found -> {
            letters.show(query, found.length);
            list.show(found, Optional.empty(), Texts.of("downloads.tab.here"));
        }, found -> found.length == 0 ? Optional.of(nothing()) : Optional.empty(), rows::ask);
        following = new Following(ctx, Set.of(Change.CONTENT, Change.AVAILABILITY), rows::ask);
        var choice = Card.choice(List.of(View.values()), v -> Texts.of("downloads.here." + v.name().toLowerCase(java.util.Locale.ROOT)),
                view, view::set);
        var head = new HBox(choice);
        head.setAlignment(Pos.CENTER_LEFT);
        var middle = new StackPane();
        VBox.setVgrow(middle, Priority.ALWAYS);
        view.subscribe(v -> middle.getChildren().setAll(v == View.SOURCES ? sources : tracks));
        root = new VBox(12, head, middle);
    }

    private static Optional<Source> chosen(ListView<Source> list) {
        return Optional.ofNullable(list.getSelectionModel().getSelectedItem());
    }

    private void go(Source source) {
        source.key().ifPresent(key -> ctx.go(switch (source.kind()) {
            case ALBUM -> new Route.AlbumRoute(key);
            case ARTIST -> new Route.ArtistRoute(key);
            case PLAYLIST -> new Route.PlaylistRoute(key);
            case TRACK, GENRE -> new Route.Tracks();
        }));
    }

    private String server(Source source) {
        return several ? ctx.accounts().find(source.account()).map(Account::serverName).orElse("") : "";
    }

    private void letGo(Source source) {
        if (source.key().isEmpty()) return;
        ctx.desk().dialogs().confirm(Texts.of("downloads.source.release.title", source.title()),
                Texts.of("downloads.source.release.words"), Texts.of("downloads.source.release.yes"), () -> model.release(source));
    }

    private static Node nothing() {
        return new EmptyState(Icon.DISK, Texts.of("downloads.none.here"), Texts.of("downloads.none.here.help"));
    }

    Region root() {
        return root;
    }

    void shown() {
        list.shown();
        following.start();
    }

    void hidden() {
        list.hidden();
        following.stop();
    }
}
