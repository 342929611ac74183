package app.waxwing.download.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// Requirement 2.19: clearing the list asks what becomes of the files; keeping them is the main answer. FX thread.
final class ClearQuestion {
    private final ViewContext ctx;
    private final DownloadsViewModel model;

    ClearQuestion(ViewContext ctx, DownloadsViewModel model) {
        this.ctx = ctx;
        this.model = model;
    }

    void ask() {
        var dialogs = ctx.desk().dialogs();
        var title = new Label(Texts.of("downloads.clear.title"));
        title.getStyleClass().setAll("section-title");
        var words = new Label(Texts.of("downloads.clear.words"));
        words.getStyleClass().setAll("dialog-words");
        words.setWrapText(true);
        var keep = Buttons.primary(Texts.of("downloads.clear.keep"), () -> answer(false));
        var delete = Buttons.quiet(Texts.of("downloads.clear.delete"), () -> answer(true));
        var cancel = Buttons.quiet(Texts.of("dialog.cancel"), dialogs::close);
        var buttons = new FlowPane(10, 8, cancel, delete, keep);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-actions");
        var card = new VBox(12, title, words, buttons);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title.getText());
        card.setMaxSize(500, Region.USE_PREF_SIZE);
        dialogs.show(card, Pos.CENTER, keep, () -> {});
    }

    private void answer(boolean deleteFiles) {
        ctx.desk().dialogs().close();
        model.clearCompleted(deleteFiles);
    }
}
