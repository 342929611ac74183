package app.waxwing.parts;

import app.waxwing.kit.Fx;
import app.waxwing.library.Letters;
import app.waxwing.library.Query;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// A long list that jumps by letter: typing in it goes to the first row that begins so, the strip at its right edge to a letter. Both ask the
/// library, so that lists of any length answer without being read; for a list in order of something else there is neither, yet a long one keeps the
/// strip's room, so that nothing moves with another order. FX thread.
public final class Lettered extends StackPane {
    /// From so many rows on there is a strip; a shorter list is seen at a glance.
    private static final int LONG = 30;
    private static final Duration SHOWN = Duration.ofMillis(900);

    /// The list in the middle.
    ///
    /// @param region all of it, headings too
    /// @param keys what has the keyboard
    /// @param first index of the first row on screen; in a grid of the last tile in it, since a letter may begin anywhere in a row
    /// @param go shows a row at the top and chooses it
    public record List(Region region, Region keys, Supplier<Optional<Integer>> first, IntConsumer go) {}

    private final ViewContext ctx;
    private final ItemKind kind;
    private final List list;
    private final LetterStrip strip;
    private final Label bubble = new Label();
    /// The rows are laid out after the list moved.
    private final Runnable follow = Fx.delayed(Duration.ofMillis(80), this::follow);
    private final Runnable fade = Fx.delayed(SHOWN, () -> bubble.setVisible(false));
    private Query query = Query.ALL;
    private boolean following;
    private int length;
    private int asked;

    public Lettered(ViewContext ctx, ItemKind kind, List list) {
        this.ctx = ctx;
        this.kind = kind;
        this.list = list;
        strip = new LetterStrip(this::jump, list.keys()::requestFocus);
        bubble.getStyleClass().add("letter-bubble");
        bubble.setAccessibleRole(AccessibleRole.TEXT);
        bubble.setMouseTransparent(true);
        bubble.setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        bubble.setVisible(false);
        HBox.setHgrow(list.region(), Priority.ALWAYS);
        StackPane.setAlignment(bubble, Pos.CENTER);
        getChildren().addAll(new HBox(list.region(), strip), bubble);
        TypeAhead.in(list.keys(), ctx.time(), this::typed);
        strip.setVisible(false);
        strip.setManaged(false);
    }

    public static Lettered of(ViewContext ctx, TrackTable table) {
        var lettered = new Lettered(ctx, ItemKind.TRACK, new List(table, table.list(), table::firstVisible, table::go));
        table.onScroll(lettered::scrolled);
        return lettered;
    }

    public static Lettered of(ViewContext ctx, ItemKind kind, TileGrid<?> grid) {
        var lettered = new Lettered(ctx, kind, new List(grid, grid.list(),
                () -> grid.firstVisible().map(first -> first + grid.columns() - 1), grid::go));
        grid.onScroll(lettered::scrolled);
        return lettered;
    }

    /// The list shows the answer to this question now.
    public void show(Query newQuery, int rows) {
        query = newQuery;
        length = rows;
        int mine = ++asked;
        strip.setManaged(rows >= LONG);
        ctx.actions().with(ctx.library().letters(kind, query), letters -> {
            if (mine != asked) return;
            strip.setVisible(rows >= LONG && !letters.starts().isEmpty());
            strip.show(letters);
            scrolled();
        });
    }

    /// The list was scrolled: another letter may be the first.
    public void scrolled() {
        if (following) return;
        following = true;
        follow.run();
    }

    private void follow() {
        following = false;
        if (strip.isVisible() && !strip.isPressed() && !strip.isFocused()) strip.current(list.first().get().flatMap(strip.letters()::at));
    }

    private void jump(Letters.Start start) {
        say(start.letter());
        list.go().accept(start.index());
    }

    private void typed(String text) {
        if (length == 0) return;
        int mine = asked;
        ctx.actions().with(ctx.library().place(kind, query, text), place -> {
            if (mine != asked || place.isEmpty()) return;
            say(text);
            int index = Math.clamp(place.get(), 0, length - 1);
            list.go().accept(index);
            strip.current(strip.letters().at(index));
        });
    }

    private void say(String text) {
        bubble.setText(text);
        bubble.setVisible(true);
        fade.run();
    }
}
