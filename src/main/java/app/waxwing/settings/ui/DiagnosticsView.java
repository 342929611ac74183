package app.waxwing.settings.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Page;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Asked;
import app.waxwing.parts.Card;
import app.waxwing.parts.PageHead;
import app.waxwing.parts.Question;
import app.waxwing.parts.ViewContext;
import app.waxwing.settings.Diagnosis.Check;
import app.waxwing.settings.Report;
import app.waxwing.settings.Safekeeping.Deed;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The Diagnostics page: folders, database, sound, servers and versions as they are now, the database looked through when the page opens and again on
/// demand (seconds for 100,000 tracks), what was done here of late, and all of it as a text for somebody who helps. FX thread.
public final class DiagnosticsView implements Page {
    private static final int DEEDS = 60;
    private final ViewContext ctx;
    private final SettingsLinks links;
    private final Path home;
    private final Question<Found> question;
    private final VBox checks = new VBox(2);
    private final VBox deeds = new VBox(2);
    private final Label integrity = new Label();
    private final Button check;
    private final ScrollPane root;
    private Optional<Check> checked = Optional.empty();

    private record Found(List<Check> checks, List<Deed> deeds) {}

    /// @param home the user's home folder, whose name leaves no report
    public DiagnosticsView(ViewContext ctx, SettingsLinks links, Path home) {
        this.ctx = ctx;
        this.links = links;
        this.home = home;
        question = new Question<>(ctx.fx(), () -> CompletableFuture
                .supplyAsync(() -> new Found(links.diagnosis().look(), links.keeping().deeds(DEEDS)), links.work()));
        Button copy = Buttons.primary(Icon.COPY, Texts.of("diagnostics.copy"), this::copy);
        check = Buttons.quiet(Icon.CHECK, Texts.of("diagnostics.check"), this::checkDatabase);
        check.getStyleClass().add("small");
        integrity.getStyleClass().setAll("secondary");
        integrity.setWrapText(true);
        HBox.setHgrow(integrity, Priority.ALWAYS);
        var database = new HBox(14, check, integrity);
        database.setAlignment(Pos.CENTER_LEFT);
        var head = new PageHead(Texts.of("diagnostics.title"), copy);
        head.under(Texts.of("diagnostics.under"));
        checks.getStyleClass().add("diagnostics-checks");
        deeds.getStyleClass().add("diagnostics-deeds");
        var content = new VBox(16, head, new Card(Icon.DETAILS, Texts.of("diagnostics.now")).node(checks).node(database),
                new Card(Icon.HISTORY, Texts.of("diagnostics.done")).node(deeds));
        content.getStyleClass().addAll("page-content", "settings-page");
        content.setMaxWidth(820);
        root = new ScrollPane(content);
        root.setFitToWidth(true);
        root.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        root.getStyleClass().addAll("page", "page-scroll");
        question.state().subscribe(this::show);
    }

    private void show(Asked<Found> asked) {
        switch (asked) {
            case Asked.Waiting<Found> w -> checks.getChildren().setAll(words(Texts.of("diagnostics.looking")));
            case Asked.Failed<Found>(var why) -> checks.getChildren().setAll(words(app.waxwing.base.FailureWords.sentence(why)));
            case Asked.Here<Found>(var found) -> {
                checks.getChildren().setAll(
                        found.checks.stream().map(c -> line(c.ok() ? Icon.CHECK : Icon.WARNING, capital(c.name()), c.detail())).toList());
                List<Node> lines = new ArrayList<>();
                for (Deed d : found.deeds) lines.add(line(Icon.HISTORY, day(d) + " · " + action(d), (d.object() + outcome(d)).strip()));
                if (lines.isEmpty()) lines.add(words(Texts.of("diagnostics.done.none")));
                deeds.getChildren().setAll(lines);
            }
        }
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ENGLISH) + name.substring(1);
    }

    private static String day(Deed deed) {
        return DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH).withZone(ZoneId.systemDefault()).format(deed.at());
    }

    private static String action(Deed deed) {
        String key = "deed." + deed.action();
        return Texts.has(key) ? Texts.of(key) : deed.action();
    }

    private static String outcome(Deed deed) {
        return deed.outcome().equals("done") ? "" : " (" + deed.outcome() + ")";
    }

    private static Label words(String text) {
        var label = new Label(text);
        label.getStyleClass().setAll("secondary");
        label.setWrapText(true);
        return label;
    }

    private static Node line(Icon icon, String name, String detail) {
        var title = new Label(name);
        title.getStyleClass().setAll("settings-words");
        var texts = new VBox(1, title);
        if (!detail.isEmpty()) texts.getChildren().add(words(detail));
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        var row = new HBox(12, Icons.of(icon, 16), texts);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("diagnostics-line");
        row.setMinHeight(Region.USE_PREF_SIZE);
        return row;
    }

    private void checkDatabase() {
        check.setDisable(true);
        integrity.setText(Texts.of("diagnostics.checking"));
        app.waxwing.kit.Fx.on(ctx.fx(), links.diagnosis().integrity(), wrong -> {
            checked(wrong.isEmpty(),
                    wrong.isEmpty() ? Texts.of("diagnostics.sound") : Texts.of("diagnostics.damaged", String.join("; ", wrong)));
        }, failure -> checked(false, app.waxwing.base.FailureWords.sentence(failure)));
    }

    private void checked(boolean sound, String words) {
        check.setDisable(false);
        integrity.setText(words);
        checked = Optional.of(new Check("database check", sound, words));
    }

    /// The text as it goes to the clipboard.
    String report() {
        return question.value().map(f -> Report.of(Stream.concat(f.checks.stream(), checked.stream()).toList(), f.deeds, home)).orElse("");
    }

    private void copy() {
        var content = new ClipboardContent();
        content.putString(report());
        Clipboard.getSystemClipboard().setContent(content);
        ctx.desk().toasts().say(Texts.of("settings.diagnostics.copied"));
    }

    @Override
    public Region root() {
        return root;
    }

    @Override
    public void shown() {
        question.ask();
        if (!check.isDisabled()) checkDatabase();
    }
}
