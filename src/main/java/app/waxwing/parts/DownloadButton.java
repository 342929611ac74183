package app.waxwing.parts;

import app.waxwing.base.ItemKey;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Mark;
import app.waxwing.kit.Texts;
import app.waxwing.server.ItemKind;
import javafx.beans.value.ObservableBooleanValue;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;

/// Keeps an item on this computer, and says how far that is: available, queued, downloading (a ring that fills), paused, completed, failed; in three sizes
/// (requirement 2.17). A click does the obvious next thing, the menu offers the rest. Follows the engine only while it is on screen. FX thread.
public final class DownloadButton extends Button {
    /// `SM` an icon of 32 px, `MD` a pill of 38 px with words, `LG` one of 46 px.
    public enum Size {
        SM, MD, LG
    }

    private final KeepViewModel model;
    private final Size size;
    private final Mark mark;
    private final FontIcon arrow;
    /// Held here: a binding that nobody holds is collected.
    private final ObservableBooleanValue showing;

    public DownloadButton(ViewContext ctx, Size size) {
        this.size = size;
        model = new KeepViewModel(ctx);
        mark = new Mark(size == Size.LG ? 18 : 15, false);
        arrow = Icons.of(Icon.DOWNLOADS, size == Size.LG ? 17 : 15);
        getStyleClass().setAll("button", size == Size.SM ? "round-button" : "quiet", "download-button",
                size.name().toLowerCase(java.util.Locale.ROOT));
        setGraphic(new StackPane(arrow, mark));
        setOnAction(e -> press());
        addEventHandler(ContextMenuEvent.CONTEXT_MENU_REQUESTED, e -> {
            openMenu();
            e.consume();
        });
        model.look().subscribe(this::render);
        showing = Fx.showing(this);
        showing.subscribe(on -> {
            if (on) model.shown();
            else model.hidden();
        });
    }

    public void item(ItemKind kind, ItemKey key) {
        model.item(kind, key);
    }

    public KeepViewModel model() {
        return model;
    }

    private void press() {
        if (model.look().get().state() == KeepLook.State.COMPLETED) openMenu();
        else model.press();
    }

    private void render(KeepLook look) {
        String word = look.state().word();
        for (KeepLook.State s : KeepLook.State.values()) getStyleClass().remove("is-" + s.word());
        getStyleClass().add("is-" + word);
        Mark.Kind kind = switch (look.state()) {
            case AVAILABLE -> look.partly() ? Mark.Kind.KEPT : Mark.Kind.NONE;
            case QUEUED -> Mark.Kind.WAITING;
            case DOWNLOADING -> Mark.Kind.FETCHING;
            case PAUSED -> Mark.Kind.PAUSED;
            case COMPLETED -> Mark.Kind.KEPT;
            case FAILED -> Mark.Kind.FAILED;
        };
        mark.show(kind, look.progress());
        arrow.setVisible(kind == Mark.Kind.NONE);
        String of = look.total() > 1 && (look.partly() || look.state() == KeepLook.State.FAILED)
                ? " · " + Texts.of("keep.of",
                        Formats.count(look.state() == KeepLook.State.FAILED ? look.failed() : look.here()), Formats.count(look.total()))
                : "";
        String label = switch (look.state()) {
            case AVAILABLE -> look.partly() ? Texts.of("keep.completed") + of : Texts.of("keep.available");
            case QUEUED -> Texts.of("keep.queued");
            case DOWNLOADING -> Formats.percent(Math.min(look.progress(), 0.99));
            case PAUSED -> Texts.of("keep.paused") + " · " + Formats.percent(Math.min(look.progress(), 0.99));
            case COMPLETED -> Texts.of("keep.completed");
            case FAILED -> Texts.of("keep.failed") + of;
        };
        setText(size == Size.SM ? "" : label);
        String does = Texts.of(look.partly() && look.state() == KeepLook.State.AVAILABLE ? "keep.does.rest" : "keep.does." + word);
        Buttons.name(this, Texts.of("keep.spoken." + word, label) + ". " + does);
    }

    private void openMenu() {
        var menu = new ContextMenu();
        switch (model.look().get().state()) {
            case AVAILABLE -> {
                item(menu, Icon.DOWNLOADS, "keep.does.available", model::keep);
                qualities(menu);
                if (model.look().get().partly()) item(menu, Icon.DELETE, "menu.release", model::release);
            }
            case QUEUED, DOWNLOADING -> {
                item(menu, Icon.PAUSE, "keep.does.downloading", model::pause);
                item(menu, Icon.CLOSE, "keep.cancel", model::release);
            }
            case PAUSED -> {
                item(menu, Icon.PLAY, "keep.does.paused", model::resume);
                item(menu, Icon.CLOSE, "keep.cancel", model::release);
            }
            case FAILED -> {
                item(menu, Icon.RETRY, "keep.does.failed", model::retry);
                item(menu, Icon.DELETE, "menu.release", model::release);
            }
            case COMPLETED -> {
                qualities(menu);
                item(menu, Icon.DELETE, "menu.release", model::release);
            }
        }
        menu.show(this, Side.BOTTOM, 0, 4);
    }

    private void qualities(ContextMenu menu) {
        if (model.choosesQuality()) menu.getItems().add(new QualityMenu(model::keep).menu());
    }

    private static void item(ContextMenu menu, Icon icon, String words, Runnable action) {
        var item = new MenuItem(Texts.of(words), Icons.of(icon, 14));
        item.setOnAction(e -> action.run());
        menu.getItems().add(item);
    }
}
