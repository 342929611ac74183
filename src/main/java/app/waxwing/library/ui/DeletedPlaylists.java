package app.waxwing.library.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Texts;
import app.waxwing.library.UserState.Deleted;
import app.waxwing.parts.ViewContext;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The way back to playlists that were deleted of late (requirement 4.19): a quiet button, shown while there are such, and the list behind it. FX
/// thread.
final class DeletedPlaylists {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm", Locale.ENGLISH)
            .withZone(ZoneId.systemDefault());
    private final ViewContext ctx;
    private final Button button;
    private List<Deleted> all = List.of();

    DeletedPlaylists(ViewContext ctx) {
        this.ctx = ctx;
        button = Buttons.quiet(Texts.of("playlist.deleted"), this::open);
        button.getStyleClass().add("small");
        show(List.of());
    }

    Node button() {
        return button;
    }

    /// Asks which there are now.
    void look() {
        Fx.on(ctx.fx(), ctx.userState().deletedPlaylists(), this::show, ctx.desk().toasts()::failed);
    }

    private void show(List<Deleted> now) {
        all = now;
        button.setVisible(!now.isEmpty());
        button.setManaged(!now.isEmpty());
    }

    private void open() {
        var title = new Label(Texts.of("playlist.deleted.title"));
        title.getStyleClass().setAll("section-title");
        var words = new Label(Texts.of("playlist.deleted.words"));
        words.getStyleClass().setAll("dialog-words");
        words.setWrapText(true);
        var lines = new VBox(8);
        all.forEach(d -> lines.getChildren().add(line(d)));
        var scroll = new ScrollPane(lines);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMaxHeight(320);
        scroll.getStyleClass().add("page-scroll");
        Button close = Buttons.quiet(Texts.of("playlist.deleted.close"), ctx.desk().dialogs()::close);
        var buttons = new HBox(10, close);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-actions");
        var card = new VBox(12, title, words, scroll, buttons);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title.getText());
        card.setMaxSize(500, Region.USE_PREF_SIZE);
        ctx.desk().dialogs().show(card, Pos.CENTER, close, () -> {});
    }

    private Node line(Deleted playlist) {
        var name = new Label(playlist.title());
        name.getStyleClass().setAll("settings-words");
        var day = new Label(Texts.of("playlist.deleted.on", DAY.format(playlist.at())));
        day.getStyleClass().setAll("secondary", "figures");
        var texts = new VBox(1, name, day);
        texts.setMinWidth(0);
        HBox.setHgrow(texts, Priority.ALWAYS);
        Button back = Buttons.quiet(Texts.of("playlist.deleted.back"), () -> {
            ctx.desk().dialogs().close();
            ctx.actions().with(ctx.userState().undeletePlaylist(playlist.key()), done -> look());
        });
        back.getStyleClass().add("small");
        back.setMinWidth(Region.USE_PREF_SIZE);
        Buttons.name(back, Texts.of("playlist.deleted.back.of", playlist.title()));
        var line = new HBox(12, texts, back);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
