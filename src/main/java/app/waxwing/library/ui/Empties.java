package app.waxwing.library.ui;

import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import javafx.scene.Node;

/// What the pages of the library show instead of nothing: why there is nothing, and one thing to do about it.
final class Empties {
    private Empties() {}

    /// Nothing in the library at all.
    static Node library(ViewContext ctx) {
        return new EmptyState(Icon.SYNC, Texts.of("empty.library"), Texts.of("empty.library.help"),
                Buttons.quiet(Texts.of("empty.servers"), () -> ctx.go(new Route.SettingsRoute())));
    }

    /// Nothing of a kind; or, with the filter on, nothing of it that plays now.
    ///
    /// @param kind words `empty.<kind>` and `empty.<kind>.help`
    static Node of(ViewContext ctx, Icon icon, String kind) {
        if (ctx.playableOnly()) return playable(ctx);
        return new EmptyState(icon, Texts.of("empty." + kind), Texts.of("empty." + kind + ".help"));
    }

    private static Node playable(ViewContext ctx) {
        return new EmptyState(Icon.PLAYABLE, Texts.of("empty.playable"), Texts.of("empty.playable.help"),
                Buttons.primary(Texts.of("empty.playable.all"), () -> ctx.desk().playableOnly().set(false)));
    }
}
