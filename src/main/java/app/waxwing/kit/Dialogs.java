package app.waxwing.kit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// Cards over the window: the page dims, the keyboard stays in the card, Escape or a click beside it closes, the focus goes back where it was.
/// FX thread.
public final class Dialogs {
    private record Open(StackPane scrim, Optional<Node> before, Runnable closed) {}

    private final StackPane host = new StackPane();
    private final Deque<Open> open = new ArrayDeque<>();

    public Dialogs() {
        host.getStyleClass().add("dialogs");
        host.setPickOnBounds(false);
    }

    /// Lies over everything else in the window.
    public Pane layer() {
        return host;
    }

    public boolean isOpen() {
        return !open.isEmpty();
    }

    /// Asks before something that cannot be taken back.
    ///
    /// @param action the words on the button that does it
    public void confirm(String title, String words, String action, Runnable yes) {
        confirm(title, words, action, yes, () -> {});
    }

    /// @param no runs when the card goes in any other way
    public void confirm(String title, String words, String action, Runnable yes, Runnable no) {
        var card = card(title, words);
        var agreed = new AtomicBoolean();
        Button cancel = Buttons.quiet(Texts.of("dialog.cancel"), this::close);
        cancel.setCancelButton(true);
        Button go = Buttons.primary(action, () -> {
            agreed.set(true);
            close();
            yes.run();
        });
        card.getChildren().add(actions(cancel, go));
        show(card, Pos.CENTER, go, () -> {
            if (!agreed.get()) no.run();
        });
    }

    /// Asks for one line of text, not blank.
    public void ask(String title, String words, String preset, String action, Consumer<String> answer) {
        var card = card(title, words);
        var field = new TextField(preset);
        field.setAccessibleText(title);
        Button cancel = Buttons.quiet(Texts.of("dialog.cancel"), this::close);
        Button go = Buttons.primary(action, () -> {
            String text = field.getText().strip();
            if (text.isEmpty()) return;
            close();
            answer.accept(text);
        });
        go.disableProperty().bind(field.textProperty().map(String::isBlank));
        field.setOnAction(_ -> go.fire());
        card.getChildren().addAll(field, actions(cancel, go));
        show(card, Pos.CENTER, field, () -> {});
        field.selectAll();
    }

    /// Shows any card.
    ///
    /// @param first gets the keyboard
    /// @param closed runs when it is gone, however it went
    public void show(Region card, Pos where, Node first, Runnable closed) {
        Optional<Node> before = Optional.ofNullable(host.getScene()).flatMap(s -> Optional.ofNullable(s.getFocusOwner()));
        var scrim = new StackPane(card);
        scrim.getStyleClass().add("scrim");
        StackPane.setAlignment(card, where);
        scrim.addEventFilter(MouseEvent.MOUSE_PRESSED, e -> {
            if (e.getTarget() == scrim) {
                e.consume();
                close();
            }
        });
        scrim.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE) {
                e.consume();
                close();
            }
        });
        open.push(new Open(scrim, before, closed));
        host.getChildren().add(scrim);
        first.requestFocus();
    }

    /// Closes the topmost card, if there is one.
    public void close() {
        if (open.isEmpty()) return;
        Open top = open.pop();
        host.getChildren().remove(top.scrim());
        top.before().filter(n -> n.getScene() == host.getScene()).ifPresent(Node::requestFocus);
        top.closed().run();
    }

    /// True when the node is in the topmost card, or no card is open: where keyboard shortcuts may act.
    public boolean reaches(Node node) {
        if (open.isEmpty()) return true;
        for (Node n = node; n != null; n = n.getParent()) if (n == open.peek().scrim()) return true;
        return false;
    }

    private static VBox card(String title, String words) {
        var head = new Label(title);
        head.getStyleClass().add("section-title");
        head.setWrapText(true);
        var text = new Label(words);
        text.getStyleClass().add("dialog-words");
        text.setWrapText(true);
        var card = new VBox(12, head, text);
        card.getStyleClass().add("dialog-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(title);
        card.setMaxSize(440, Region.USE_PREF_SIZE);
        return card;
    }

    private static HBox actions(Node... buttons) {
        var row = new HBox(10, buttons);
        row.setAlignment(Pos.CENTER_RIGHT);
        row.getStyleClass().add("dialog-actions");
        return row;
    }
}
