package app.waxwing.settings.ui;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// One line for each account: server, user, whether it answers, what its music takes here; use it, remove it (which asks about the files). FX thread.
final class AccountLines extends VBox {
    private final SettingsViewModel model;
    private final KeepingViewModel keeping;
    private final SyncLinesViewModel syncs;
    private final StorageViewModel storage;
    private final Map<Long, Label> sizes = new HashMap<>();
    private final Dialogs dialogs;

    AccountLines(SettingsViewModel model, KeepingViewModel keeping, SyncLinesViewModel syncs, StorageViewModel storage,
            Dialogs dialogs) {
        this.syncs = syncs;
        this.storage = storage;
        this.model = model;
        this.keeping = keeping;
        this.dialogs = dialogs;
        getStyleClass().add("account-lines");
        model.accounts().subscribe(this::show);
        storage.stored().subscribe(_ -> sizes());
    }

    private void sizes() {
        sizes.forEach((account, words) -> words.setText(StorageViewModel.words(storage.stored().get(), account)));
    }

    private void show(List<Account> accounts) {
        sizes.clear();
        List<Node> lines = new ArrayList<>(accounts.stream().map(this::line).toList());
        if (lines.isEmpty()) {
            var none = new Label(Texts.of("settings.accounts.none"));
            none.getStyleClass().setAll("secondary");
            lines.add(none);
        }
        getChildren().setAll(lines);
        sizes();
    }

    private Node line(Account account) {
        var lines = new VBox(head(account), storage(account));
        if (account.active()) lines.getChildren().add(new SyncLine(syncs.line(account.id())));
        return lines;
    }

    /// What its music takes here: kept, and cached.
    private Label storage(Account account) {
        var words = new Label();
        words.getStyleClass().setAll("secondary", "account-storage");
        words.setWrapText(true);
        sizes.put(account.id(), words);
        return words;
    }

    private HBox head(Account account) {
        var name = new Label(account.serverName());
        name.getStyleClass().setAll("settings-words");
        var under = new Label(Texts.of("settings.account.as", account.userName(), account.url()));
        under.getStyleClass().setAll("secondary");
        var texts = new VBox(1, name, under);
        texts.setMinWidth(120);
        HBox.setHgrow(texts, Priority.ALWAYS);
        boolean reachable = model.reachable(account);
        var state = new Label(
                Texts.of(!account.active() ? "settings.account.unused" : reachable ? "settings.account.on" : "settings.account.off"),
                Icons.of(reachable && account.active() ? Icon.ONLINE : Icon.OFFLINE, 13));
        state.getStyleClass().setAll("chip");
        state.pseudoClassStateChanged(PseudoClass.getPseudoClass("away"), !reachable);
        state.setMinWidth(Region.USE_PREF_SIZE);
        var line = new HBox(12, Icons.of(Icon.SERVER, 20), texts, state);
        if (!account.active()) {
            var use = Buttons.quiet(Texts.of("settings.account.use"), () -> model.use(account));
            use.getStyleClass().add("small");
            use.setMinWidth(Region.USE_PREF_SIZE);
            line.getChildren().add(use);
        }
        line.getChildren().add(Buttons.icon(Icon.SIGN_OUT, Texts.of("settings.account.remove", account.serverName()), () -> ask(account)));
        line.setAlignment(Pos.CENTER_LEFT);
        line.getStyleClass().addAll("settings-line", "account-line");
        return line;
    }

    private void ask(Account account) {
        var title = new Label(Texts.of("settings.remove.title", account.serverName()));
        title.getStyleClass().setAll("section-title");
        title.setWrapText(true);
        var words = new Label(Texts.of("settings.remove.words"));
        words.getStyleClass().setAll("dialog-words");
        words.setWrapText(true);
        var keep = Buttons.primary(Texts.of("settings.remove.keep"), () -> answer(account, true));
        var erase = Buttons.quiet(Texts.of("settings.remove.erase"), () -> {
            dialogs.close();
            keeping.erase(account.id(), account.userName() + " · " + account.serverName());
        });
        var delete = Buttons.quiet(Texts.of("settings.remove.delete"), () -> answer(account, false));
        var buttons = new FlowPane(10, 8, Buttons.quiet(Texts.of("dialog.cancel"), dialogs::close), erase, delete, keep);
        buttons.setAlignment(Pos.CENTER_RIGHT);
        buttons.getStyleClass().add("dialog-actions");
        var card = new VBox(12, title, words, buttons);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title.getText());
        card.setMaxSize(560, Region.USE_PREF_SIZE);
        dialogs.show(card, Pos.CENTER, keep, () -> {});
    }

    private void answer(Account account, boolean keepFiles) {
        dialogs.close();
        model.remove(account, keepFiles);
    }
}
