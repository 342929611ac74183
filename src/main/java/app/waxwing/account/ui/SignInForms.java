package app.waxwing.account.ui;

import app.waxwing.account.Accounts.ServerAddress;
import app.waxwing.account.ui.WelcomeViewModel.Step;
import app.waxwing.base.InertText;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The cards of signing in: consent to plain http, an unknown certificate, name and password, the Quick Connect code.
final class SignInForms {
    private final WelcomeViewModel model;
    private Node first = new Region();

    SignInForms(WelcomeViewModel model) {
        this.model = model;
    }

    /// What gets the keyboard on the card made last.
    Node first() {
        return first;
    }

    Region plain(Step.Plain step) {
        Button back = back();
        Button go = Buttons.quiet(Texts.of("plain.go"), () -> model.acceptPlain(step));
        // The safe way out is what Enter takes.
        first = back;
        return card(Icon.UNLOCKED, Texts.of("plain.title"), words(Texts.of("plain.words", origin(step.address()))), actions(go, back));
    }

    Region certificate(Step.Certificate step) {
        var caption = new Label(Texts.of("cert.fingerprint"));
        caption.getStyleClass().add("caption");
        var print = new Label(lines(step.fingerprint()));
        print.getStyleClass().add("fingerprint");
        print.setAccessibleText(Texts.of("cert.fingerprint") + " " + step.fingerprint());
        Button copy = Buttons.icon(Icon.COPY, Texts.of("cert.copy"), () -> {
            var content = new ClipboardContent();
            content.putString(step.fingerprint());
            Clipboard.getSystemClipboard().setContent(content);
        });
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var line = new HBox(8, print, space, copy);
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().add("fingerprint-box");
        Button back = back();
        Button trust = Buttons.quiet(Texts.of("cert.trust"), () -> model.trust(step));
        first = back;
        return card(Icon.SHIELD, Texts.of("cert.title"), words(Texts.of("cert.words")), originLine(step.server(), "", Icon.SERVER),
                new VBox(6, caption, line), status(), actions(trust, back));
    }

    Region signIn(Step.SignIn step) {
        ServerAddress address = step.address();
        var user = new TextField(step.user());
        user.setPromptText(Texts.of("signin.user"));
        user.setAccessibleText(Texts.of("signin.user"));
        var hidden = new PasswordField();
        hidden.setPromptText(Texts.of("signin.password"));
        hidden.setAccessibleText(Texts.of("signin.password"));
        var shown = new TextField();
        shown.setPromptText(Texts.of("signin.password"));
        shown.setAccessibleText(Texts.of("signin.password"));
        shown.textProperty().bindBidirectional(hidden.textProperty());
        ToggleButton show = Buttons.toggle(Icon.KEY, Texts.of("signin.show"));
        shown.visibleProperty().bind(show.selectedProperty());
        hidden.visibleProperty().bind(show.selectedProperty().not());
        show.selectedProperty().subscribe(on -> Buttons.name(show, Texts.of(on ? "signin.hide" : "signin.show")));
        var password = new StackPane(hidden, shown, show);
        StackPane.setAlignment(show, Pos.CENTER_RIGHT);
        Runnable send = () -> model.signIn(address, user.getText(), hidden.getText());
        user.setOnAction(_ -> hidden.requestFocus());
        hidden.setOnAction(_ -> send.run());
        shown.setOnAction(_ -> send.run());
        Button go = Buttons.primary(Texts.of("signin.go"), send);
        go.disableProperty().bind(Bindings.createBooleanBinding(() -> user.getText().isBlank() || !model.busyProperty().get().isEmpty(),
                user.textProperty(), model.busyProperty()));
        var card = card(Icon.PERSON, Texts.of("signin.title", InertText.of(address.info().name())),
                originLine(origin(address), security(address), lock(address)),
                new VBox(10, user, password), status(), actions(go, back()));
        if (address.quickConnect()) {
            Button quick = Buttons.quiet(Texts.of("signin.quick"), () -> model.quickConnect(address));
            quick.setMaxWidth(Double.MAX_VALUE);
            quick.disableProperty().bind(model.busyProperty().isNotEmpty());
            var help = new Label(Texts.of("signin.quick.help"));
            help.getStyleClass().add("secondary");
            help.setWrapText(true);
            var box = new VBox(8, quick, help);
            box.setAlignment(Pos.CENTER);
            card.getChildren().add(box);
        }
        first = step.user().isEmpty() ? user : hidden;
        return card;
    }

    Region code(Step.Code step) {
        String grouped = step.code().length() == 6 ? step.code().substring(0, 3) + " " + step.code().substring(3) : step.code();
        var code = new Label(grouped);
        code.getStyleClass().add("big-code");
        code.setAccessibleRole(AccessibleRole.TEXT);
        code.setAccessibleText(Texts.of("quickconnect.code", String.join(" ", step.code().split(""))));
        var box = new StackPane(code);
        box.getStyleClass().add("code-box");
        var wait = new ProgressIndicator();
        wait.setPrefSize(18, 18);
        var words = new Label(Texts.of("quickconnect.waiting"));
        words.getStyleClass().add("secondary");
        var waiting = new HBox(10, wait, words);
        waiting.setAlignment(Pos.CENTER);
        waiting.visibleProperty().bind(model.problemProperty().isEmpty());
        waiting.managedProperty().bind(waiting.visibleProperty());
        Button again = Buttons.quiet(Texts.of("quickconnect.new"), () -> model.quickConnect(step.address()));
        Button password = Buttons.quiet(Texts.of("quickconnect.password"), model::back);
        first = password;
        return card(Icon.KEY, Texts.of("quickconnect.title"),
                words(Texts.of("quickconnect.words", InertText.of(step.address().info().name()))), box, waiting,
                status(), actions(password, again));
    }

    /// What is being done, or what went wrong; takes no room when there is nothing to say.
    Region status() {
        var wait = new ProgressIndicator();
        wait.setPrefSize(16, 16);
        wait.setMinSize(16, 16);
        var words = new Label();
        words.setWrapText(true);
        words.textProperty()
                .bind(Bindings.when(model.problemProperty().isNotEmpty()).then(model.problemProperty()).otherwise(model.busyProperty()));
        HBox.setHgrow(words, Priority.ALWAYS);
        var failed = Icons.of(Icon.FAILED, 16);
        var box = new HBox(12, wait, failed, words);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("status");
        wait.visibleProperty().bind(model.problemProperty().isEmpty());
        wait.managedProperty().bind(wait.visibleProperty());
        failed.visibleProperty().bind(model.problemProperty().isNotEmpty());
        failed.managedProperty().bind(failed.visibleProperty());
        model.problemProperty().subscribe(problem -> {
            box.getStyleClass().remove("failure-box");
            if (!problem.isEmpty()) box.getStyleClass().add("failure-box");
        });
        box.managedProperty().bind(model.problemProperty().isNotEmpty().or(model.busyProperty().isNotEmpty()));
        box.visibleProperty().bind(box.managedProperty());
        box.setMinHeight(Region.USE_PREF_SIZE);
        return box;
    }

    Region divider(String text) {
        var left = new Region();
        var right = new Region();
        for (Region each : new Region[]{left, right}) {
            each.getStyleClass().add("rule");
            HBox.setHgrow(each, Priority.ALWAYS);
        }
        var words = new Label(text);
        words.getStyleClass().add("secondary");
        words.setMinWidth(Region.USE_PREF_SIZE);
        var box = new HBox(14, left, words, right);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    private Button back() {
        return Buttons.quiet(Texts.of("welcome.back"), model::back);
    }

    private static Label words(String text) {
        var label = new Label(text);
        label.getStyleClass().add("dialog-words");
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static HBox actions(Button... buttons) {
        var box = new HBox(10, buttons);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static VBox card(Icon icon, String title, Node... parts) {
        var disc = new StackPane(Icons.of(icon, 24));
        disc.getStyleClass().add("empty-disc");
        var head = new Label(title);
        head.getStyleClass().add("page-title");
        head.setWrapText(true);
        head.setMinHeight(Region.USE_PREF_SIZE);
        var box = new VBox(20, disc, head);
        box.getChildren().addAll(parts);
        box.getStyleClass().add("welcome-card");
        box.setPrefWidth(480);
        box.setMaxWidth(480);
        return box;
    }

    private static Region originLine(String origin, String security, Icon icon) {
        var name = new Label(origin);
        name.getStyleClass().addAll("strong", "origin");
        name.setWrapText(true);
        var words = new VBox(2, name);
        if (!security.isEmpty()) {
            var how = new Label(security);
            how.getStyleClass().add("secondary");
            words.getChildren().add(how);
        }
        var box = new HBox(12, Icons.of(icon, 16), words);
        box.setAlignment(Pos.CENTER_LEFT);
        box.getStyleClass().add("origin-box");
        return box;
    }

    private static String origin(ServerAddress address) {
        return address.url().toString();
    }

    private static String security(ServerAddress address) {
        String kind = switch (address.info().kind()) {
            case JELLYFIN -> "Jellyfin";
            case SOUNDWAVE -> "SoundWave";
        };
        String how = address.loopback()
                ? "signin.loopback"
                : !address.encrypted() ? "signin.plain" : address.trustedFingerprint().isPresent() ? "signin.trusted" : "signin.encrypted";
        return Texts.of(how) + " · " + Texts.of("signin.version", kind, InertText.of(address.info().version()));
    }

    private static Icon lock(ServerAddress address) {
        return address.encrypted() || address.loopback() ? Icon.LOCK : Icon.UNLOCKED;
    }

    /// Four groups of eight pairs, so that a person can compare them.
    private static String lines(String fingerprint) {
        String[] pairs = fingerprint.split(":");
        var out = new StringBuilder();
        for (int i = 0; i < pairs.length; i++) out.append(i == 0 ? "" : i % 8 == 0 ? "\n" : " ").append(pairs[i]);
        return out.toString();
    }
}
