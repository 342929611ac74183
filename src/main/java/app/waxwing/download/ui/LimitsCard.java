package app.waxwing.download.ui;

import app.waxwing.download.DownloadEngine.Priced;
import app.waxwing.download.Hours;
import app.waxwing.download.Limits;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.Dialogs;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Texts;
import app.waxwing.parts.Card;
import app.waxwing.parts.ViewContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The limits menu: how much at once, how fast, when. Every choice counts at once. FX thread.
final class LimitsCard {
    private final ViewContext ctx;
    private final LimitsViewModel model;
    private final HereViewModel here;

    /// What the user may say of a network.
    private enum Price {
        FREE, COSTS
    }

    LimitsCard(ViewContext ctx, LimitsViewModel model, HereViewModel here) {
        this.ctx = ctx;
        this.model = model;
        this.here = here;
    }

    void open() {
        Dialogs dialogs = ctx.desk().dialogs();
        var lines = new Card(Icon.LIMITS, Texts.of("limits"))
                .line(Texts.of("limits.at-once"), Texts.of("limits.at-once.help"),
                        Card.stepper(Texts.of("limits.at-once"), 1, Limits.MOST_AT_ONCE, value(Limits::atOnce), model::atOnce))
                .line(Texts.of("limits.speed"), Texts.of("limits.speed.help"), speed(value(Limits::bandwidth), model::bandwidth))
                .line(Texts.of("limits.streaming"), Texts.of("limits.streaming.help"),
                        speed(value(Limits::bandwidthWhileStreaming), model::bandwidthWhileStreaming))
                .line(Texts.of("limits.hours"), Texts.of("limits.hours.help"), hours())
                .line(Texts.of("limits.unmetered"), Texts.of(model.senses().costs() ? "limits.unmetered.help" : "limits.unmetered.unknown"),
                        Card.toggle(Texts.of("limits.unmetered"), value(Limits::unmeteredOnly), model::unmeteredOnly));
        network(lines);
        battery(lines);
        lines.getStyleClass().setAll("limits-lines");
        var done = Buttons.primary(Texts.of("limits.done"), dialogs::close);
        var actions = new HBox(done);
        actions.setAlignment(Pos.CENTER_RIGHT);
        actions.getStyleClass().add("dialog-actions");
        var card = new VBox(8, lines, actions);
        card.getStyleClass().addAll("dialog-card", "limits-card");
        card.setAccessibleRole(AccessibleRole.DIALOG);
        card.setAccessibleText(Texts.of("limits"));
        card.setMaxSize(560, Region.USE_PREF_SIZE);
        dialogs.show(card, Pos.CENTER, done, () -> {});
    }

    /// Where the system does not tell, the switch would do nothing: it is off and cannot be pressed, whatever is set for other computers.
    private void battery(Card lines) {
        boolean known = model.senses().battery();
        Node toggle = Card.toggle(Texts.of("limits.battery"), value(l -> known && l.pauseOnBattery()), model::pauseOnBattery);
        toggle.setDisable(!known);
        lines.line(Texts.of("limits.battery"), Texts.of(known ? "limits.battery.help" : "limits.battery.unknown"), toggle);
    }

    /// What was said of the present network, with the other answer at a click; no line where the system knows what it costs.
    private void network(Card lines) {
        here.lookAtNetwork();
        here.priced().get().ifPresent(now -> lines.line(Texts.of("limits.network"),
                Texts.of(now.answered() ? "limits.network.help" : "limits.network.asked", now.name()),
                Card.choice(List.of(Price.values()), p -> Texts.of(p == Price.FREE ? "limits.network.free" : "limits.network.costs"),
                        here.priced().map(p -> p.filter(Priced::costs).isPresent() ? Price.COSTS : Price.FREE),
                        p -> here.price(p == Price.COSTS))));
    }

    private <T> ObservableValue<T> value(Function<Limits, T> part) {
        return model.limits().map(part);
    }

    private Node speed(ObservableValue<Long> now, Consumer<Long> change) {
        return menu(now, LimitsViewModel.SPEEDS, LimitsViewModel::words, change,
                () -> ask("limits.speed.other.title", "limits.speed.other.words", text -> {
                    var bytes = LimitsViewModel.speed(text);
                    if (bytes.isEmpty()) ctx.desk().toasts().failed(Texts.of("limits.speed.wrong", text));
                    else change.accept(bytes.getAsLong());
                }));
    }

    private Node hours() {
        return menu(value(Limits::hours), LimitsViewModel.HOURS, LimitsViewModel::words, model::hours,
                () -> ask("limits.hours.other.title", "limits.hours.other.words", text -> {
                    Optional<Hours> hours = Hours.parse(text);
                    if (hours.isEmpty()) ctx.desk().toasts().failed(Texts.of("limits.hours.wrong", text));
                    else model.hours(hours);
                }));
    }

    private void ask(String title, String words, Consumer<String> answer) {
        ctx.desk().dialogs().ask(Texts.of(title), Texts.of(words), "", Texts.of("limits.other.yes"), answer);
    }

    private static <T> Node menu(ObservableValue<T> now, List<T> offered, Function<T, String> words, Consumer<T> change, Runnable other) {
        var menu = new MenuButton();
        menu.getStyleClass().add("pill");
        for (T one : offered) {
            var item = new MenuItem(words.apply(one));
            item.setOnAction(e -> change.accept(one));
            menu.getItems().add(item);
        }
        var more = new MenuItem(Texts.of("limits.other"));
        more.setOnAction(e -> other.run());
        menu.getItems().addAll(new SeparatorMenuItem(), more);
        now.subscribe(value -> menu.setText(words.apply(value)));
        return menu;
    }
}
