package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.base.Subscription;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Navigation;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.library.Library;
import app.waxwing.library.Playlist;
import app.waxwing.library.Query;
import app.waxwing.parts.SpaceMeter;
import app.waxwing.shell.Navigator.Section;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.event.EventHandler;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.shape.Circle;

/// The rail: pages, playlists, and at its foot the truth about connection, changes and space. Folds to icons.
final class RailView extends VBox {
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass FOLDED = PseudoClass.getPseudoClass("folded");
    private final Navigation navigation;
    private final ConnectionViewModel connection;
    private final BooleanProperty folded = new SimpleBooleanProperty();
    private final Map<Section, Button> items = new EnumMap<>(Section.class);
    private final Label count = new Label();
    private final ListView<Playlist> playlists = new ListView<>();
    private final Label brand = new Label(Texts.of("app.name"));
    private final Label caption = new Label(Texts.of("rail.playlists"));
    private final VBox foot;
    private final Subscription sampling;
    private Optional<Route> current = Optional.empty();

    RailView(Navigation navigation, ConnectionViewModel connection, Predicate<Route> has, Consumer<Account> signIn) {
        this.navigation = navigation;
        this.connection = connection;
        getStyleClass().add("rail");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText(Texts.of("nav.label"));
        getChildren().add(brand());
        for (Section section : Section.values()) {
            if (section == Section.SEARCH || !has.test(section.route)) continue;
            if (section == Section.DOWNLOADS) getChildren().add(line());
            getChildren().add(item(section));
        }
        caption.getStyleClass().addAll("caption", "rail-caption");
        playlists.getStyleClass().add("rail-playlists");
        playlists.setFixedCellSize(32);
        playlists.setAccessibleText(Texts.of("nav.playlists"));
        playlists.setCellFactory(_ -> new RailPlaylistCell(p -> navigation.go(new Route.PlaylistRoute(p.key())), () -> current));
        playlists.setOnKeyPressed(e -> {
            Playlist chosen = playlists.getSelectionModel().getSelectedItem();
            if (e.getCode() == javafx.scene.input.KeyCode.ENTER && chosen != null) navigation.go(new Route.PlaylistRoute(chosen.key()));
        });
        playlists.setMinHeight(0);
        VBox.setVgrow(playlists, Priority.ALWAYS);
        foot = foot(signIn);
        getChildren().addAll(caption, playlists, foot);
        folded.subscribe(_ -> fold());
        connection.downloadsProperty().subscribe(n -> count.setText(n.intValue() == 0 ? "" : String.valueOf(n)));
        sampling = Fx.sample(Duration.ofSeconds(2), Fx.showing(this), connection::sample);
    }

    BooleanProperty foldedProperty() {
        return folded;
    }

    double wantedWidth() {
        return folded.get() ? 64 : 224;
    }

    /// Reads the playlists anew.
    void load(Library library) {
        Fx.onFx(library.playlists(Query.ALL.slice(0, 500)), listing -> show(listing.items()), _ -> show(List.of()));
    }

    private void show(List<Playlist> lists) {
        if (!lists.equals(playlists.getItems())) playlists.getItems().setAll(lists);
        boolean any = !lists.isEmpty() && !folded.get();
        caption.setVisible(any);
        playlists.setVisible(any);
    }

    void mark(Optional<Route> now) {
        current = now;
        Optional<Section> section = now.map(Navigator::section);
        items.forEach((each, button) -> button.pseudoClassStateChanged(CURRENT, section.filter(s -> s == each).isPresent()));
        playlists.refresh();
    }

    private HBox brand() {
        var logo = new ImageView(new Image(app.waxwing.kit.Theme.class.getResource("icons/waxwing-64.png").toExternalForm()));
        logo.setFitWidth(28);
        logo.setFitHeight(28);
        logo.setSmooth(true);
        brand.getStyleClass().add("brand-name");
        var box = new HBox(10, logo, brand);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("brand");
        return box;
    }

    private static Region line() {
        var line = new Region();
        line.getStyleClass().add("rail-line");
        return line;
    }

    private Button item(Section section) {
        Icon icon = switch (section) {
            case HOME -> Icon.HOME;
            case ALBUMS -> Icon.ALBUMS;
            case ARTISTS -> Icon.ARTISTS;
            case TRACKS -> Icon.TRACKS;
            case GENRES -> Icon.GENRES;
            case PLAYLISTS -> Icon.PLAYLISTS;
            case FAVOURITES -> Icon.FAVOURITE;
            case DOWNLOADS -> Icon.DOWNLOADS;
            case SETTINGS -> Icon.SETTINGS;
            case SEARCH -> Icon.SEARCH;
        };
        var button = new Button(section.words(), Icons.of(icon, 17));
        button.getStyleClass().setAll("button", "nav-item");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAlignment(Pos.CENTER_LEFT);
        button.setOnAction(_ -> navigation.go(section.route));
        button.setAccessibleText(section.words());
        if (section == Section.DOWNLOADS) {
            count.getStyleClass().addAll("figures", "nav-count");
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            var words = new Label(section.words());
            words.getStyleClass().add("nav-words");
            var row = new HBox(12, Icons.of(icon, 17), words, space, count);
            row.setAlignment(Pos.CENTER_LEFT);
            row.prefWidthProperty().bind(button.widthProperty().subtract(22));
            button.setText(null);
            button.setGraphic(row);
            space.managedProperty().bind(folded.not());
            words.managedProperty().bind(folded.not());
            words.visibleProperty().bind(folded.not());
            count.managedProperty().bind(folded.not());
            count.visibleProperty().bind(folded.not());
            connection.downloadsProperty().subscribe(n -> button.setAccessibleText(
                    n.intValue() == 0 ? section.words() : Texts.of("nav.downloads.busy", section.words(), n)));
        }
        items.put(section, button);
        return button;
    }

    private VBox foot(Consumer<Account> signIn) {
        var dot = new Circle(4);
        dot.getStyleClass().add("dot");
        connection.lightProperty().subscribe(light -> {
            for (ConnectionViewModel.Light each : ConnectionViewModel.Light.values()) {
                dot.pseudoClassStateChanged(PseudoClass.getPseudoClass(each.name().toLowerCase(java.util.Locale.ROOT)), each == light);
            }
        });
        var state = new Label();
        state.getStyleClass().add("strong");
        state.setMinWidth(Region.USE_PREF_SIZE);
        state.textProperty().bind(connection.stateProperty());
        var why = new Label();
        why.textProperty().bind(connection.whyProperty());
        var stop = Buttons.icon(Icon.STOP, Texts.of("foot.syncing.stop"), connection::stopUpdate);
        stop.getStyleClass().add("foot-stop");
        connection.lightProperty().map(l -> l == ConnectionViewModel.Light.BUSY).subscribe(on -> {
            stop.setVisible(on);
            stop.setManaged(on);
        });
        // Names of servers need a line of their own, or they are cut.
        var away = new Label();
        away.textProperty().bind(connection.whyProperty().map(words -> words.replaceFirst("^· ", "")));
        away.setWrapText(true);
        away.setMinHeight(Region.USE_PREF_SIZE);
        var partly = Bindings.equal(connection.lightProperty(), ConnectionViewModel.Light.PARTLY);
        away.managedProperty().bind(folded.not().and(partly));
        away.visibleProperty().bind(folded.not().and(partly));
        why.managedProperty().bind(folded.not().and(partly.not()));
        why.visibleProperty().bind(folded.not().and(partly.not()));
        var again = Buttons.icon(Icon.KEY, Texts.of("signed-out.go"), () -> connection.signedOutProperty().get().ifPresent(signIn));
        again.getStyleClass().addAll("foot-stop", "foot-sign-in");
        connection.signedOutProperty().subscribe(account -> {
            account.ifPresent(a -> Buttons.name(again, Texts.of("signed-out.head", a.serverName())));
            again.setVisible(account.isPresent());
            again.setManaged(account.isPresent());
        });
        why.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(why, Priority.ALWAYS);
        var first = new HBox(5, dot, state, why, stop, again);
        HBox.setMargin(state, new javafx.geometry.Insets(0, 0, 0, 2));
        first.setAlignment(Pos.CENTER_LEFT);
        var changes = new Label();
        changes.textProperty().bind(connection.changesProperty());
        var meter = new SpaceMeter();
        connection.spaceProperty().subscribe(s -> meter.show(s.kept(), s.cached(), s.free()));
        var space = new Label();
        space.getStyleClass().add("figures");
        space.textProperty().bind(connection.spaceWordsProperty());
        var box = new VBox(first, away, changes, meter, space);
        box.getStyleClass().add("rail-foot");
        box.setMinHeight(Region.USE_PREF_SIZE);
        box.setAccessibleRole(AccessibleRole.TEXT);
        Runnable speak = () -> box
                .setAccessibleText(String.join(". ", again.isVisible() ? again.getAccessibleText() : state.getText() + " " + why.getText(),
                        changes.getText(),
                        space.getText().replace("\n", " \u00b7 ")));
        // Each by itself: the state is told before its reason.
        connection.stateProperty().subscribe(_ -> speak.run());
        connection.whyProperty().subscribe(_ -> speak.run());
        connection.changesProperty().subscribe(_ -> speak.run());
        connection.spaceWordsProperty().subscribe(_ -> speak.run());
        changes.managedProperty().bind(folded.not());
        changes.visibleProperty().bind(folded.not());
        for (Region each : List.of(state, space, meter)) {
            each.managedProperty().bind(folded.not());
            each.visibleProperty().bind(folded.not());
        }
        box.addEventHandler(MouseEvent.MOUSE_ENTERED, new EventHandler<>() {
            @Override
            public void handle(MouseEvent e) {
                var tip = new Tooltip();
                tip.textProperty().bind(box.accessibleTextProperty());
                Tooltip.install(box, tip);
                box.removeEventHandler(MouseEvent.MOUSE_ENTERED, this);
            }
        });
        return box;
    }

    private void fold() {
        boolean on = folded.get();
        pseudoClassStateChanged(FOLDED, on);
        brand.setVisible(!on);
        brand.setManaged(!on);
        caption.setVisible(!on && !playlists.getItems().isEmpty());
        playlists.setVisible(!on && !playlists.getItems().isEmpty());
        items.forEach((section, button) -> {
            button.setContentDisplay(on ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
            button.setAlignment(on ? Pos.CENTER : Pos.CENTER_LEFT);
            button.setTooltip(on ? new Tooltip(section.words()) : null);
            if (button.getGraphic() instanceof HBox row) row.setAlignment(on ? Pos.CENTER : Pos.CENTER_LEFT);
        });
    }

    /// The quiet button that folds and unfolds.
    Button foldButton() {
        Button button = Buttons.icon(Icon.SIDEBAR, Texts.of("rail.fold"), () -> folded.set(!folded.get()));
        folded.subscribe(on -> Buttons.name(button, Texts.of(on ? "rail.unfold" : "rail.fold")));
        return button;
    }

    void close() {
        sampling.close();
    }
}
