package app.waxwing.download.ui;

import app.waxwing.download.Download;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.Running;
import app.waxwing.download.QueueLine;
import app.waxwing.download.Wait;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.CoverView;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Mark;
import app.waxwing.kit.RowCell;
import app.waxwing.kit.Texts;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Region;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/// One download, 58 px: cover, title, bar with words, speed, why it is fetched, and what can be done (requirement 2.18). Its state is told by mark, words and
/// buttons, not by colour alone.
final class DownloadRow extends RowCell<QueueLine> {
    static final double HEIGHT = 58;
    private static final double TIP_WIDTH = 380;
    private static final PseudoClass MOVING = PseudoClass.getPseudoClass("moving");
    private static final PseudoClass FAILED = PseudoClass.getPseudoClass("failed");
    private static final PseudoClass TARGET = PseudoClass.getPseudoClass("drop-target");
    private final DownloadsView page;
    private final DownloadList list;
    private final CoverView cover;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Mark mark = new Mark(13, false);
    private final Region track = new Region();
    private final Region fill = new Region();
    private final Label words = new Label();
    private final Label speed = new Label();
    private final Label origin = new Label();
    private final Button first = Buttons.icon(Icon.PAUSE, "", this::first);
    private final Button second = Buttons.icon(Icon.CLOSE, "", this::second);
    private final Bed bed;
    private double progress;
    private boolean moving;
    private String said = "";

    DownloadRow(DownloadsView page, DownloadList list) {
        this.page = page;
        this.list = list;
        cover = new CoverView(page.ctx().desk().covers(), 44, 7);
        getStyleClass().add("download-row");
        title.getStyleClass().setAll("row-title");
        subtitle.getStyleClass().setAll("secondary");
        words.getStyleClass().setAll("download-words", "figures");
        speed.getStyleClass().setAll("download-speed", "figures");
        origin.getStyleClass().setAll("chip");
        track.getStyleClass().add("bar-track");
        fill.getStyleClass().add("bar-fill");
        first.setFocusTraversable(false);
        second.setFocusTraversable(false);
        bed = new Bed();
        words.addEventHandler(MouseEvent.MOUSE_ENTERED, e -> {
            if (words.getTooltip() == null) words.setTooltip(tip());
        });
        setOnContextMenuRequested(e -> {
            if (getItem() == null) return;
            page.menu(getItem()).show(this, e.getScreenX(), e.getScreenY());
            e.consume();
        });
        dragging();
    }

    /// The whole sentence, where the row has room for a few words only. A tooltip is a window of its own, and most are never seen.
    private Tooltip tip() {
        var tip = new Tooltip(said);
        tip.setWrapText(true);
        tip.setMaxWidth(TIP_WIDTH);
        tip.setShowDelay(Duration.millis(400));
        return tip;
    }

    /// Waiting rows are drawn to another place among those that wait.
    private void dragging() {
        setOnDragDetected(e -> {
            if (getItem() == null || !list.drag(getItem())) return;
            var content = new ClipboardContent();
            content.putString(page.model().seen(getItem().id()).map(Download::title).orElse(""));
            startDragAndDrop(TransferMode.MOVE).setContent(content);
            e.consume();
        });
        setOnDragOver(e -> {
            boolean takes = list.takes(Optional.ofNullable(getItem()));
            pseudoClassStateChanged(TARGET, takes);
            if (takes) e.acceptTransferModes(TransferMode.MOVE);
            e.consume();
        });
        setOnDragExited(e -> pseudoClassStateChanged(TARGET, false));
        setOnDragDropped(e -> {
            list.drop(Optional.ofNullable(getItem()));
            e.setDropCompleted(true);
            e.consume();
        });
    }

    @Override
    protected void updateItem(QueueLine item, boolean empty) {
        super.updateItem(item, empty);
        if (empty || item == null) setGraphic(null);
        else content(bed);
        render();
    }

    void render() {
        QueueLine line = getItem();
        if (isEmpty() || line == null) {
            setAccessibleText(null);
            return;
        }
        pseudoClassStateChanged(FAILED, line.status() == Status.FAILED);
        buttons(line);
        // Where its parts stand depends on what it is.
        bed.requestLayout();
        page.model().seen(line.id()).ifPresentOrElse(this::render, this::unknown);
    }

    /// It was not read yet; that takes a moment.
    private void unknown() {
        for (Label label : List.of(title, subtitle, words, speed, origin)) label.setText("");
        cover.show(Optional.empty(), "");
        progress = 0;
        moving = false;
        said = "";
        setAccessibleText(null);
    }

    private void render(Download d) {
        title.setText(d.title());
        subtitle.setText(DownloadWords.subtitle(d));
        cover.show(page.covers().of(d.key()), d.album().isBlank() ? d.title() : d.album());
        origin.setText(Texts.of("downloads.for." + d.origin().word()));
        renderFigures(d);
    }

    /// Only what changes while bytes come.
    void renderFigures() {
        QueueLine line = getItem();
        if (!isEmpty() && line != null) page.model().seen(line.id()).ifPresent(this::renderFigures);
    }

    private void renderFigures(Download d) {
        Optional<Running> running = page.model().running(d.id());
        long size = running.map(Running::size).filter(s -> s > 0).orElse(d.size().orElse(-1));
        long bytes = running.map(Running::bytes).orElse(d.bytesDownloaded());
        boolean moves = running.isPresent() && d.status() == Status.DOWNLOADING;
        double done = d.status() == Status.COMPLETED ? 1 : size > 0 ? Math.clamp((double) bytes / size, 0, 1) : d.progress();
        if (moves != moving || done != progress) bed.requestLayout();
        moving = moves;
        progress = done;
        pseudoClassStateChanged(MOVING, moving);
        String line = DownloadWords.line(d, running, page.model().placeInLine(d.id()));
        words.setText(line);
        said = d.waits().map(Wait::needs).orElse(line);
        if (words.getTooltip() != null) words.getTooltip().setText(said);
        speed.setText(moving ? running.map(r -> Formats.speed(r.bytesPerSecond())).orElse("") : "");
        mark.show(switch (d.status()) {
            case DOWNLOADING -> Mark.Kind.FETCHING;
            case PENDING -> Mark.Kind.WAITING;
            case PAUSED -> Mark.Kind.PAUSED;
            case FAILED -> Mark.Kind.FAILED;
            case COMPLETED -> Mark.Kind.KEPT;
        }, progress);
        setAccessibleText(d.title() + ", " + d.artist() + ", " + Texts.of("downloads.is." + d.status().word()) + ", " + line
                + (moving ? ", " + Formats.percent(Math.min(progress, 0.99)) : ""));
    }

    private void buttons(QueueLine d) {
        Status status = d.status();
        boolean letGo = d.remedy() == Download.Remedy.LET_GO;
        Icon icon = switch (status) {
            case DOWNLOADING, PENDING -> Icon.PAUSE;
            case PAUSED -> Icon.PLAY;
            case FAILED -> letGo ? Icon.CHECK : Icon.RETRY;
            case COMPLETED -> Icon.ALBUMS;
        };
        Icons.set((FontIcon) first.getGraphic(), icon);
        Buttons.name(first, Texts.of(letGo ? "downloads.first.let-go" : "downloads.first." + status.word()));
        Icons.set((FontIcon) second.getGraphic(), status == Status.COMPLETED ? Icon.DELETE : Icon.CLOSE);
        Buttons.name(second, Texts.of("downloads.second." + status.word()));
    }

    private void first() {
        if (!isEmpty()) page.first(getItem());
    }

    private void second() {
        if (!isEmpty()) page.second(getItem());
    }

    private final class Bed extends Region {
        Bed() {
            getStyleClass().add("download-bed");
            getChildren().addAll(cover, title, subtitle, mark, track, fill, words, speed, origin, first, second);
        }

        @Override
        protected void layoutChildren() {
            double w = getWidth();
            boolean done = getItem() != null && getItem().status() == Status.COMPLETED;
            boolean failed = getItem() != null && getItem().status() == Status.FAILED;
            double right = w - 72;
            first.resizeRelocate(right, 12, 34, 34);
            second.resizeRelocate(right + 38, 12, 34, 34);
            boolean roomy = w > 640;
            double chip = roomy ? 92 : 0;
            origin.setVisible(roomy);
            origin.resizeRelocate(right - chip - 6, 16, Math.min(chip, origin.prefWidth(-1)), 26);
            double rate = roomy && !done && !failed ? 76 : 0;
            speed.setVisible(rate > 0 && moving);
            speed.resizeRelocate(right - chip - 14 - rate, 19, rate, 20);
            double bar = Math.clamp(w * 0.26, 110, 240) + (rate == 0 && roomy ? 90 : 0);
            double x = right - chip - 14 - rate - (rate > 0 ? 14 : 0) - bar;
            boolean withBar = !done && !failed;
            track.setVisible(withBar);
            fill.setVisible(withBar && progress > 0);
            track.resizeRelocate(x, 17, bar, 6);
            fill.resizeRelocate(x, 17, Math.max(6, bar * progress), 6);
            double wordsY = withBar ? 28 : 19;
            mark.resizeRelocate(x, wordsY + 3.5, 13, 13);
            // What does not move has no speed: its words may take that room.
            words.resizeRelocate(x + 20, wordsY, bar - 20 + (moving || !withBar ? 0 : right - chip - 14 - x - bar), 20);
            cover.resizeRelocate(0, 7, 44, 44);
            double text = Math.max(0, x - 58 - 14);
            title.resizeRelocate(58, 9, text, 20);
            subtitle.resizeRelocate(58, 30, text, 18);
        }

        @Override
        protected double computePrefWidth(double height) {
            return 100;
        }

        @Override
        protected double computePrefHeight(double width) {
            return HEIGHT;
        }
    }
}
