package app.waxwing.download.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.Quality;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine.Details;
import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.download.QueueLine;
import app.waxwing.download.QueueRow;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.parts.QualityWords;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// What lies behind one download: where it comes from and goes to, by what its version is known again, its tries and its speed; and what can be done
/// about it. At the right of the list; follows the chosen row. FX thread.
final class DownloadDrawer extends VBox {
    private static final double WIDTH = 300;
    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.ENGLISH);

    /// A line of the drawer.
    record Fact(String name, String value) {}

    private final DownloadsView page;
    private final Label title = new Label();
    private final Label artist = new Label();
    private final VBox facts = new VBox();
    private final ScrollPane scroll = new ScrollPane();
    private final FlowPane verbs = new FlowPane(8, 8);
    private Optional<Details> shown = Optional.empty();
    private Optional<QueueRow> row = Optional.empty();

    DownloadDrawer(DownloadsView page) {
        this.page = page;
        getStyleClass().add("download-drawer");
        title.getStyleClass().setAll("section-title");
        title.setWrapText(true);
        artist.getStyleClass().setAll("secondary");
        artist.setWrapText(true);
        facts.getStyleClass().add("facts");
        var close = Buttons.icon(Icon.CLOSE, Texts.of("downloads.details.close"), this::close);
        var words = new VBox(2, title, artist);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(0);
        var head = new HBox(8, words, close);
        head.setAlignment(Pos.TOP_LEFT);
        var box = new VBox(14, head, verbs, facts);
        box.getStyleClass().add("download-drawer-box");
        scroll.setContent(box);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
        setMinWidth(WIDTH);
        setPrefWidth(WIDTH);
        setMaxWidth(WIDTH);
        close();
    }

    boolean isOpen() {
        return isVisible();
    }

    void close() {
        setVisible(false);
        setManaged(false);
        shown = Optional.empty();
    }

    /// Opens for this one, or follows to it.
    void open(QueueLine d) {
        row = page.model().row(d.id());
        Fx.onFx(page.ctx().downloads().details(d.id()), found -> found.ifPresentOrElse(this::show, this::close), this::failed);
    }

    /// After something happened to downloads: the same one anew, if it was to this one; nothing more when it is gone.
    void refresh() {
        shown.ifPresent(d -> page.model().row(d.download().id()).ifPresentOrElse(now -> {
            if (!row.equals(Optional.of(now))) open(now.line());
        }, this::close));
    }

    /// While its bytes come.
    void refreshFigures() {
        shown.ifPresent(d -> page.model().running(d.download().id()).ifPresent(running -> facts(d, Optional.of(running))));
    }

    private void failed(Failure why) {
        close();
        page.ctx().desk().toasts().failed(why);
    }

    private void show(Details d) {
        // Another one is read from its title on.
        if (shown.filter(before -> before.download().id() == d.download().id()).isEmpty()) scroll.setVvalue(0);
        shown = Optional.of(d);
        title.setText(d.download().title());
        artist.setText(DownloadWords.subtitle(d.download()));
        facts(d, page.model().running(d.download().id()));
        verbs.getChildren().setAll(page.verbs(d.download().id()).stream().map(v -> {
            var button = Buttons.quiet(v.icon(), v.words(), v.act());
            button.getStyleClass().add("small");
            return button;
        }).toList());
        d.place().ifPresent(place -> {
            var copy = Buttons.quiet(Icon.COPY, Texts.of("downloads.details.copy"), () -> copy(place));
            copy.getStyleClass().add("small");
            verbs.getChildren().add(copy);
        });
        setVisible(true);
        setManaged(true);
    }

    private void facts(Details d, Optional<Running> running) {
        facts.getChildren().setAll(factsOf(d, running, page.ctx().time().now()).stream().map(DownloadDrawer::line).toList());
    }

    private void copy(Path place) {
        var content = new ClipboardContent();
        content.putString(place.toString());
        Clipboard.getSystemClipboard().setContent(content);
        page.ctx().desk().toasts().say(Texts.of("downloads.details.copied"));
    }

    static List<Fact> factsOf(Details d, Optional<Running> running, Instant now) {
        Download it = d.download();
        List<Fact> list = new ArrayList<>();
        add(list, "state", Texts.of("downloads.is." + it.status().word()));
        it.waits().ifPresent(w -> {
            boolean failed = w.reason() == Download.Reason.RETRY;
            add(list, failed ? "error" : "needs", w.needs());
            w.until().ifPresent(at -> add(list, failed ? "next-try" : "until", DownloadWords.moment(at, now)));
        });
        it.error().ifPresent(e -> add(list, "error", e));
        running.ifPresent(r -> add(list, "speed", Formats.speed(r.bytesPerSecond())));
        long have = running.map(Running::bytes).orElse(it.bytesDownloaded());
        add(list, "bytes", it.size().isPresent()
                ? Texts.of("downloads.of", Formats.bytes(have), Formats.bytes(it.size().getAsLong()))
                : Formats.bytes(have));
        add(list, "why", Texts.of("downloads.for." + it.origin().word()));
        d.address().ifPresent(a -> add(list, "source", a.toString()));
        add(list, "quality", Quality.of(it.quality()).map(QualityWords::name).orElse(it.quality()));
        it.mimeType().ifPresent(m -> add(list, "type", m));
        add(list, "validator", d.etag().map(e -> "ETag " + e).or(() -> d.lastModified())
                .orElseGet(() -> have > 0 ? Texts.of("downloads.details.validator.none") : ""));
        add(list, "tries", d.attempts() == 0 ? "" : Texts.count("downloads.details.attempts", d.attempts()));
        if (d.versions() > 0) add(list, "versions", Texts.count("downloads.details.versions", d.versions()));
        d.place().ifPresent(p -> add(list, "path", p.toString()));
        it.sha256().ifPresent(s -> add(list, "sha256", s));
        add(list, "queued", WHEN.format(it.queuedAt().atZone(ZoneId.systemDefault())));
        it.completedAt().ifPresent(at -> add(list, "completed", WHEN.format(at.atZone(ZoneId.systemDefault()))));
        return list;
    }

    private static void add(List<Fact> list, String key, String value) {
        if (!value.isBlank()) list.add(new Fact(Texts.of("downloads.details." + key), value));
    }

    private static VBox line(Fact fact) {
        var name = new Label(fact.name());
        name.getStyleClass().add("fact-name");
        var value = new Label(fact.value());
        value.setWrapText(true);
        value.getStyleClass().addAll("fact-value", "figures");
        return new VBox(1, name, value);
    }
}
