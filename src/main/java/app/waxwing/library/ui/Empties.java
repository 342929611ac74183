package app.waxwing.library.ui;

import app.waxwing.account.Account;
import app.waxwing.kit.Buttons;
import app.waxwing.kit.EmptyState;
import app.waxwing.kit.Fx;
import app.waxwing.kit.Icon;
import app.waxwing.kit.Route;
import app.waxwing.kit.Texts;
import app.waxwing.parts.ViewContext;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;

/// What the pages of the library show instead of nothing: why there is nothing, and one thing to do about it.
final class Empties {
    private Empties() {}

    /// Nothing in the library at all.
    static Node library(ViewContext ctx) {
        if (hides(ctx)) return otherServers(ctx);
        return new EmptyState(Icon.SYNC, Texts.of("empty.library"), Texts.of("empty.library.help"),
                Buttons.quiet(Texts.of("empty.servers"), () -> ctx.go(new Route.SettingsRoute())));
    }

    /// Nothing of a kind; or, with the filter on, nothing of it that plays now.
    ///
    /// @param kind words `empty.<kind>` and `empty.<kind>.help`
    static Node of(ViewContext ctx, Icon icon, String kind) {
        if (ctx.playableOnly()) return playable(ctx);
        if (hides(ctx)) return otherServers(ctx);
        return new EmptyState(icon, Texts.of("empty." + kind), Texts.of("empty." + kind + ".help"));
    }

    private static Node playable(ViewContext ctx) {
        Node all = Buttons.primary(Texts.of("empty.playable.all"), () -> ctx.desk().playableOnly().set(false));
        return new EmptyState(Icon.PLAYABLE, Texts.of("empty.playable"), Texts.of("empty.playable.help"), withServers(ctx, all));
    }

    /// The library shows some servers and leaves others out.
    static boolean hides(ViewContext ctx) {
        return ctx.accounts().shown().size() < ctx.accounts().active().size();
    }

    /// Nothing on the servers that are shown; there may be on those that are not.
    static Node otherServers(ViewContext ctx) {
        return new EmptyState(Icon.SERVER, Texts.of("empty.hidden", names(ctx.accounts().shown().stream())),
                Texts.of("empty.hidden.help", names(ctx.accounts().active().stream().filter(a -> !a.shown()))), showAll(ctx, true));
    }

    /// A search asks for servers that the library does not show.
    static Node searchedInVain(ViewContext ctx, String text, List<Account> hidden) {
        String names = names(hidden.stream());
        Set<String> shown = Stream.concat(ctx.accounts().shown().stream(), hidden.stream()).map(Account::serverId)
                .collect(Collectors.toSet());
        return new EmptyState(Icon.SEARCH, Texts.of("search.none", text), Texts.of("search.none.server", names),
                Buttons.primary(Texts.of("search.none.server.show", names), () -> show(ctx, shown)));
    }

    /// What an empty page offers, and with it the servers that are left out.
    static Node[] withServers(ViewContext ctx, Node... actions) {
        return hides(ctx) ? Stream.concat(Stream.of(actions), Stream.of(showAll(ctx, actions.length == 0))).toArray(Node[]::new) : actions;
    }

    private static Button showAll(ViewContext ctx, boolean first) {
        Set<String> all = ctx.accounts().active().stream().map(Account::serverId).collect(Collectors.toSet());
        Runnable show = () -> show(ctx, all);
        return first ? Buttons.primary(Texts.of("top.server.show-all"), show) : Buttons.quiet(Texts.of("top.server.show-all"), show);
    }

    private static void show(ViewContext ctx, Set<String> servers) {
        Fx.on(ctx.fx(), ctx.accounts().show(servers), _ -> {}, ctx.actions()::say);
    }

    private static String names(Stream<Account> accounts) {
        return accounts.map(Account::serverName).collect(Collectors.joining(", "));
    }
}
