package app.waxwing.account.ui;

import app.waxwing.account.Accounts.FoundServer;
import app.waxwing.account.ui.WelcomeViewModel.Step;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import app.waxwing.kit.Theme;
import java.util.List;
import javafx.animation.FadeTransition;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The welcome screen: the demonstration first and focused, so that Enter plays music; beside it the way to one's own server.
public final class WelcomeView extends StackPane {
    private final WelcomeViewModel model;
    private final Theme theme;
    private final boolean mayLeave;
    private final Runnable leave;
    private final StackPane place = new StackPane();
    private final TextField address = new TextField();
    private final Button demo;
    private final VBox servers = new VBox(6);
    private final SignInForms forms;
    private Node first;

    /// @param mayLeave there is an account already: the screen can be left without one more
    public WelcomeView(WelcomeViewModel model, Theme theme, boolean mayLeave, Runnable leave) {
        this.model = model;
        this.theme = theme;
        this.mayLeave = mayLeave;
        this.leave = leave;
        forms = new SignInForms(model);
        getStyleClass().add("welcome");
        demo = Buttons.primary(Icon.PLAY, Texts.of("welcome.demo"), model::playDemonstration);
        demo.getStyleClass().add("big");
        demo.setDefaultButton(false);
        first = demo;
        var scroll = new ScrollPane(new StackPane(place));
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        Region line = hereLine();
        setAlignment(line, Pos.TOP_CENTER);
        getChildren().addAll(scroll, line);
        address.setPromptText(Texts.of("welcome.address.prompt"));
        address.setAccessibleText(Texts.of("welcome.address"));
        address.textProperty().subscribe(model::typed);
        address.setOnAction(_ -> model.connect(address.getText()));
        HBox.setHgrow(address, Priority.ALWAYS);
        model.found().addListener((javafx.collections.ListChangeListener<FoundServer>) _ -> fillServers());
        model.lookingProperty().subscribe(_ -> fillServers());
        model.stepProperty().subscribe(this::show);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() != KeyCode.ESCAPE) return;
            e.consume();
            if (!(model.stepProperty().get() instanceof Step.Start)) model.back();
            else if (mayLeave || !model.hereProperty().get().isEmpty()) leave.run();
        });
        model.discover();
    }

    /// What gets the keyboard.
    public Node first() {
        return first;
    }

    /// Fills the field of the address.
    public void address(String known) {
        address.setText(known);
    }

    public void close() {
        model.close();
    }

    /// What somebody has begun here is theirs to end: a library that came meanwhile is only told of, over the page, so that no field moves.
    private Region hereLine() {
        var words = new Label();
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        Button open = Buttons.quiet(Texts.of("welcome.here.open"), leave);
        open.getStyleClass().add("small");
        open.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(Icons.of(Icon.SERVER, 18), words, open);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("welcome-here");
        line.setMaxHeight(Region.USE_PREF_SIZE);
        line.setAccessibleRole(AccessibleRole.PARENT);
        model.hereProperty().subscribe(server -> {
            words.setText(server.isEmpty() ? "" : Texts.of("welcome.here", server));
            line.setAccessibleText(words.getText());
            open.setAccessibleText(server.isEmpty() ? "" : Texts.of("welcome.here.open.spoken", server));
            line.setVisible(!server.isEmpty());
        });
        return line;
    }

    private void show(Step step) {
        Region card = switch (step) {
            case Step.Start _ -> start();
            case Step.Plain plain -> forms.plain(plain);
            case Step.Certificate certificate -> forms.certificate(certificate);
            case Step.SignIn signIn -> forms.signIn(signIn);
            case Step.Code code -> forms.code(code);
        };
        first = step instanceof Step.Start ? demo : forms.first();
        place.getChildren().setAll(card);
        place.setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        first.requestFocus();
        if (theme.lessMotion()) return;
        var fade = new FadeTransition(theme.motion(150), card);
        fade.setFromValue(0);
        fade.setToValue(1);
        fade.play();
    }

    private Region start() {
        var logo = new ImageView(new Image(Theme.class.getResource("icons/waxwing-256.png").toExternalForm()));
        logo.setFitWidth(84);
        logo.setFitHeight(84);
        logo.setSmooth(true);
        var title = new Label(Texts.of("welcome.title"));
        title.getStyleClass().add("page-title");
        title.setWrapText(true);
        title.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        var words = new Label(Texts.of("welcome.words"));
        words.getStyleClass().add("muted");
        words.setWrapText(true);
        words.setTextAlignment(javafx.scene.text.TextAlignment.CENTER);
        var help = new Label(Texts.of("welcome.demo.help"));
        help.getStyleClass().add("secondary");
        demo.setMaxWidth(Double.MAX_VALUE);
        demo.disableProperty().bind(model.busyProperty().isNotEmpty());
        var head = new VBox(10, logo, title, words);
        head.setAlignment(Pos.CENTER);
        var demoBox = new VBox(8, demo, help);
        demoBox.setAlignment(Pos.CENTER);
        Button connect = Buttons.quiet(Texts.of("welcome.connect"), () -> model.connect(address.getText()));
        connect.disableProperty()
                .bind(Bindings.createBooleanBinding(() -> address.getText().isBlank() || !model.busyProperty().get().isEmpty(),
                        address.textProperty(), model.busyProperty()));
        connect.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(8, address, connect);
        var caption = new Label(Texts.of("welcome.address"));
        caption.getStyleClass().add("caption");
        var hint = new Label(Texts.of("welcome.address.help"));
        hint.getStyleClass().add("secondary");
        hint.setWrapText(true);
        var typed = new VBox(6, caption, line, hint);
        fillServers();
        var box = new VBox(26, head, demoBox, forms.divider(Texts.of("welcome.or")), servers, typed, forms.status());
        box.getStyleClass().add("welcome-card");
        box.setMaxWidth(480);
        box.setPrefWidth(480);
        if (mayLeave) {
            Button later = Buttons.quiet(Texts.of("welcome.later"), leave);
            var row = new HBox(later);
            row.setAlignment(Pos.CENTER);
            box.getChildren().add(row);
        }
        return box;
    }

    private void fillServers() {
        servers.getChildren().clear();
        var caption = new Label(Texts.of("welcome.found").toUpperCase(java.util.Locale.ROOT));
        caption.getStyleClass().add("caption");
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button again = Buttons.icon(Icon.RETRY, Texts.of("welcome.found.again"), model::discover);
        again.disableProperty().bind(model.lookingProperty());
        var head = new HBox(caption, space, again);
        head.setAlignment(Pos.CENTER_LEFT);
        servers.getChildren().add(head);
        List<FoundServer> found = List.copyOf(model.found());
        for (FoundServer server : found) servers.getChildren().add(row(server));
        if (found.isEmpty()) {
            var none = new Label(Texts.of(model.lookingProperty().get() ? "welcome.found.looking" : "welcome.found.none"));
            none.getStyleClass().add("secondary");
            none.setWrapText(true);
            servers.getChildren().add(none);
        }
    }

    private Button row(FoundServer server) {
        var name = new Label(server.name());
        name.getStyleClass().add("row-title");
        var url = new Label(server.url());
        url.getStyleClass().add("row-second");
        var words = new VBox(name, url);
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        var inside = new HBox(12, Icons.of(Icon.SERVER, 18), words, Icons.of(Icon.FORWARD, 13));
        inside.setAlignment(Pos.CENTER_LEFT);
        var button = new Button(null, inside);
        button.getStyleClass().setAll("button", "server-row", "focusable");
        button.setMaxWidth(Double.MAX_VALUE);
        button.setAccessibleText(server.name() + ", " + server.url());
        inside.prefWidthProperty().bind(button.widthProperty().subtract(28));
        button.setOnAction(_ -> {
            address.setText(server.url());
            model.connect(server.url());
        });
        return button;
    }
}
