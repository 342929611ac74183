package app.waxwing.shell;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Desk;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// Back and forward, the way into search, the «Playable now» filter, the servers, offline switch and look.
final class TopBarView extends HBox {
    private final ConnectionViewModel connection;
    private final Runnable addServer;
    private final MenuButton servers = new MenuButton();

    TopBarView(Desk desk, Navigator navigator, ConnectionViewModel connection, Node fold, Runnable search, Runnable addServer) {
        this.connection = connection;
        this.addServer = addServer;
        getStyleClass().add("top-bar");
        setAlignment(Pos.CENTER_LEFT);
        Button back = Buttons.icon(Icon.BACK, Texts.of("top.back"), navigator::back);
        back.disableProperty().bind(navigator.canGoBackProperty().not());
        Button forward = Buttons.icon(Icon.FORWARD, Texts.of("top.forward"), navigator::forward);
        forward.disableProperty().bind(navigator.canGoForwardProperty().not());
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        getChildren().addAll(fold, back, forward, field(search), space, playable(desk), servers(), offline(), look(desk));
    }

    /// Looks like the field that opens when it is pressed.
    private static Button field(Runnable search) {
        var words = new Label(Texts.of("top.search"));
        words.getStyleClass().add("search-words");
        words.setMinWidth(0);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var key = new Label(Texts.of("top.search.key"));
        key.getStyleClass().add("kbd");
        key.setMinWidth(Region.USE_PREF_SIZE);
        var row = new HBox(10, Icons.of(Icon.SEARCH, 14), words, space, key);
        row.setAlignment(Pos.CENTER_LEFT);
        row.setMouseTransparent(true);
        var button = new Button(null, row);
        button.getStyleClass().setAll("button", "search-field");
        button.setAccessibleText(Texts.of("top.search"));
        button.setOnAction(_ -> search.run());
        button.setPrefWidth(420);
        button.setMinWidth(140);
        row.prefWidthProperty().bind(button.widthProperty().subtract(24));
        return button;
    }

    private static ToggleButton playable(Desk desk) {
        var pill = new ToggleButton(Texts.of("top.playable"), Icons.of(Icon.PLAYABLE, 12));
        pill.getStyleClass().setAll("toggle-button", "pill");
        pill.setAccessibleText(Texts.of("top.playable.tip"));
        pill.setTooltip(new Tooltip(Texts.of("top.playable.tip")));
        pill.selectedProperty().bindBidirectional(desk.playableOnly());
        pill.setMinWidth(Region.USE_PREF_SIZE);
        return pill;
    }

    private MenuButton servers() {
        servers.getStyleClass().setAll("menu-button", "pill");
        servers.setGraphic(Icons.of(Icon.SERVER, 13));
        servers.setMaxWidth(190);
        servers.setMinWidth(Region.USE_PREF_SIZE);
        servers.setAccessibleRole(AccessibleRole.MENU_BUTTON);
        connection.accountsProperty().subscribe(_ -> fill());
        connection.offlineProperty().subscribe(_ -> fill());
        servers.setOnShowing(_ -> fill());
        return servers;
    }

    private void fill() {
        servers.setText(connection.pickerWords());
        servers.setAccessibleText(Texts.of("top.server") + ": " + connection.pickerWords());
        servers.getStyleClass().removeAll("on");
        if (connection.hides()) servers.getStyleClass().add("on");
        servers.getItems().clear();
        for (Account account : connection.accountsProperty().get()) {
            String name = account.serverName() + " – " + account.userName();
            var item = new CheckMenuItem(connection.reachable(account) ? name : Texts.of("top.server.away", name));
            item.setSelected(account.active() && account.shown());
            item.setOnAction(_ -> tick(account, item));
            servers.getItems().add(item);
        }
        if (connection.hides()) servers.getItems().add(entry(Icon.SERVER, "top.server.show-all", connection::showAll));
        if (!servers.getItems().isEmpty()) {
            servers.getItems().addAll(new SeparatorMenuItem(), entry(Icon.SYNC, "top.server.sync", connection::update));
        }
        servers.getItems().add(entry(Icon.ADD, "top.server.add", addServer));
    }

    /// Of several servers each is shown or not; another user of a server takes the place of the one who is used now.
    private void tick(Account account, CheckMenuItem item) {
        boolean wanted = item.isSelected();
        item.setSelected(!account.active() || account.shown()); // filled anew as soon as it is otherwise
        if (account.active() && connection.several()) connection.show(account, wanted);
        else connection.use(account);
    }

    private static MenuItem entry(Icon icon, String key, Runnable action) {
        var item = new MenuItem(Texts.of(key), Icons.of(icon, 14));
        item.setOnAction(_ -> action.run());
        return item;
    }

    private Button offline() {
        FontIcon icon = Icons.of(Icon.ONLINE);
        Button button = Buttons.icon(Icon.ONLINE, "", connection::switchOffline);
        button.setGraphic(icon);
        Runnable show = () -> {
            boolean forced = connection.forcedProperty().get();
            Icons.set(icon, connection.offlineProperty().get() ? Icon.OFFLINE : Icon.ONLINE);
            button.pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("on"), forced);
            Buttons.name(button, Texts.of(forced ? "top.offline.on" : "top.offline.off"));
        };
        connection.forcedProperty().subscribe(_ -> show.run());
        connection.offlineProperty().subscribe(_ -> show.run());
        return button;
    }

    private static Button look(Desk desk) {
        Button button = Buttons.icon(Icon.THEME, "", desk.theme()::toggle);
        desk.theme().darkProperty().subscribe(dark -> Buttons.name(button, Texts.of(dark ? "top.theme.light" : "top.theme.dark")));
        return button;
    }
}
