package app.waxwing.settings.ui;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Icons;
import app.waxwing.kit.Texts;
import app.waxwing.settings.ui.SettingsViewModel.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
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
    private final Map<Long, Row> rows = new HashMap<>();
    private final Dialogs dialogs;
    private final Consumer<Account> signIn;

    /// @param signIn the way to sign in to an account again
    AccountLines(SettingsViewModel model, KeepingViewModel keeping, SyncLinesViewModel syncs, StorageViewModel storage,
            Dialogs dialogs, Consumer<Account> signIn) {
        this.signIn = signIn;
        this.syncs = syncs;
        this.storage = storage;
        this.model = model;
        this.keeping = keeping;
        this.dialogs = dialogs;
        getStyleClass().add("account-lines");
        model.lines().subscribe(this::show);
        storage.stored().subscribe(_ -> sizes());
    }

    private void sizes() {
        rows.forEach((account, row) -> row.storage.setText(StorageViewModel.words(storage.stored().get(), account)));
    }

    /// What is there already stays and only turns: it may have the keyboard.
    private void show(List<Line> accounts) {
        rows.keySet().retainAll(accounts.stream().map(of -> of.account().id()).toList());
        List<Node> lines = new ArrayList<>();
        for (Line of : accounts) {
            var row = rows.computeIfAbsent(of.account().id(), _ -> new Row(of));
            row.show(of);
            lines.add(row);
        }
        if (lines.isEmpty()) {
            var none = new Label(Texts.of("settings.accounts.none"));
            none.getStyleClass().setAll("secondary");
            lines.add(none);
        }
        getChildren().retainAll(lines);
        for (int i = 0; i < lines.size(); i++) {
            if (i < getChildren().size() && getChildren().get(i) == lines.get(i)) continue;
            getChildren().remove(lines.get(i));
            getChildren().add(i, lines.get(i));
        }
        sizes();
    }

    /// One account.
    private final class Row extends VBox {
        private Head head;
        /// What its music takes here: kept, and cached.
        private final Label storage = new Label();
        private Optional<SyncLine> sync = Optional.empty();

        Row(Line of) {
            head = new Head(of.account());
            storage.getStyleClass().setAll("secondary", "account-storage");
            storage.setWrapText(true);
            getChildren().addAll(head, storage);
        }

        void show(Line of) {
            if (!head.account.equals(of.account())) {
                head = new Head(of.account());
                getChildren().set(0, head);
            }
            head.show(of);
            if (of.account().active() && sync.isEmpty()) sync = Optional.of(new SyncLine(syncs.line(of.account().id())));
            sync.ifPresent(line -> {
                if (!of.account().active()) getChildren().remove(line);
                else if (!getChildren().contains(line)) getChildren().add(line);
            });
        }
    }

    /// Who it is, how it is, and what can be done.
    private final class Head extends HBox {
        private final Account account;
        private final Label state = new Label();
        private final Button again;

        Head(Account account) {
            super(12);
            this.account = account;
            var name = new Label(account.serverName());
            name.getStyleClass().setAll("settings-words");
            var under = new Label(Texts.of("settings.account.as", account.userName(), account.url()));
            under.getStyleClass().setAll("secondary");
            var texts = new VBox(1, name, under);
            texts.setMinWidth(120);
            HBox.setHgrow(texts, Priority.ALWAYS);
            state.getStyleClass().setAll("chip");
            state.setMinWidth(Region.USE_PREF_SIZE);
            again = Buttons.primary(Texts.of("signed-out.go"), () -> signIn.accept(account));
            again.getStyleClass().addAll("small", "sign-in-again");
            again.setMinWidth(Region.USE_PREF_SIZE);
            getChildren().addAll(Icons.of(Icon.SERVER, 20), texts, state);
            if (!account.active()) {
                var use = Buttons.quiet(Texts.of("settings.account.use"), () -> model.use(account));
                use.getStyleClass().add("small");
                use.setMinWidth(Region.USE_PREF_SIZE);
                getChildren().add(use);
            }
            getChildren().add(Buttons.icon(Icon.SIGN_OUT, Texts.of("settings.account.remove", account.serverName()), () -> ask(account)));
            setAlignment(Pos.CENTER_LEFT);
            getStyleClass().addAll("settings-line", "account-line");
        }

        void show(Line of) {
            boolean good = of.reachable() && !of.signedOut();
            state.setText(Texts.of(words(of)));
            state.setGraphic(Icons.of(of.signedOut() ? Icon.KEY : good && account.active() ? Icon.ONLINE : Icon.OFFLINE, 13));
            state.pseudoClassStateChanged(PseudoClass.getPseudoClass("away"), !good);
            if (!of.signedOut()) getChildren().remove(again);
            else if (!getChildren().contains(again)) getChildren().add(getChildren().indexOf(state) + 1, again);
        }
    }

    private static String words(Line of) {
        if (of.signedOut()) return "settings.account.signed-out";
        return !of.account().active() ? "settings.account.unused" : of.reachable() ? "settings.account.on" : "settings.account.off";
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
