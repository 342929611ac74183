package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.account.Account;
import app.waxwing.account.Accounts;
import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.download.DownloadEngine;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Servers.
final class AccountCommands {
    private final Supplier<Engines> source;
    private final Documents documents;

    AccountCommands(Supplier<Engines> source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(
                new CommandSpec("server add",
                        "URL --user NAME [--kind auto|jellyfin|soundwave] [--password-stdin] [--trust FINGERPRINT] [--allow-unencrypted]",
                        "signs in to a server", Set.of("password-stdin", "allow-unencrypted"), Set.of("user", "kind", "trust"), 1, 1, false,
                        this::add),
                new CommandSpec("server list", "", "accounts, whether they can be reached and shown, and what their music takes here",
                        Set.of(), Set.of(), 0, 0, false,
                        this::list),
                new CommandSpec("server remove", "ID [--keep-files]", "signs out and forgets an account", Set.of("keep-files"), Set.of(), 1,
                        1,
                        false, c -> {
                            Account account = account(c.word(0));
                            var left = get(engines().accounts().remove(account.id(), c.has("keep-files")));
                            Doc doc = Doc.of().put("id", String.valueOf(account.id())).put("removed", true);
                            if (!left.isEmpty()) doc.put("left", left.stream().map(Accounts.Leftover::words).toList());
                            c.out().accept(doc);
                        }),
                new CommandSpec("server use", "ID", "shows this account of its server", Set.of(), Set.of(), 1, 1, false,
                        c -> c.out().accept(documents.account(get(engines().accounts().use(account(c.word(0)).id()))))),
                new CommandSpec("server show", "NAME...|all", "shows the music of these servers in the library, and of no others", Set.of(),
                        Set.of(), 1, Integer.MAX_VALUE, false, this::show));
    }

    private void add(Call call) {
        String user = call.option("user").orElseThrow(() -> CommandException.usage("Name the user with --user NAME."));
        String kind = call.option("kind").orElse("auto");
        if (!Set.of("auto", "jellyfin", "soundwave").contains(kind)) throw CommandException.usage("--kind is auto, jellyfin or soundwave.");
        if (kind.equals("soundwave")) {
            throw new CommandException(Exit.FAILED, "unsupported", "This version signs in to Jellyfin servers only.");
        }
        onlineByChoice();
        String password = call.secret()
                .orElseThrow(() -> CommandException.usage("Give the password with --password-stdin or at the prompt."));
        Accounts accounts = engines().accounts();
        Accounts.ServerAddress address = get(call.option("trust").map(f -> accounts.probeTrusting(call.word(0), f))
                .orElseGet(() -> accounts.probe(call.word(0))));
        if (!address.encrypted() && !address.loopback()) {
            if (!call.has("allow-unencrypted")) {
                throw new CommandException(Exit.FAILED, "not-encrypted", new Failure.NotEncrypted(address.url().toString()).asException()
                        .getMessage() + " Add --allow-unencrypted to sign in all the same.");
            }
            address = address.acceptPlain();
        }
        call.out().accept(documents.account(get(accounts.signIn(address, user, password))));
    }

    /// Which servers the library shows; playing, keeping and fetching go on whatever is shown.
    private void show(Call call) {
        Accounts accounts = engines().accounts();
        if (accounts.active().isEmpty()) {
            throw new CommandException(Exit.SIGNED_OUT, "signed-out", "There is no account yet; add one with «waxwing server add».");
        }
        var servers = new HashSet<String>();
        for (String name : call.words()) {
            List<String> meant = accounts.active().stream().filter(a -> name.equals("all") || named(a, name)).map(Account::serverId)
                    .toList();
            if (meant.isEmpty()) throw CommandException.notFound("server «" + name + "»");
            servers.addAll(meant);
        }
        get(accounts.show(servers));
        list(call);
    }

    private void list(Call call) {
        List<Account> all = engines().accounts().all();
        List<DownloadEngine.Stored> stored = get(engines().downloads().stored());
        call.out().accept(Doc.list(all.stream().map(a -> documents.account(a, stored)).toList(), all.size()));
    }

    private static boolean named(Account account, String name) {
        return account.serverName().equalsIgnoreCase(name) || account.serverId().equals(name) || String.valueOf(account.id()).equals(name);
    }

    /// A person who switched the network off is told that, not that a server cannot be reached.
    private void onlineByChoice() {
        onlineByChoice(engines());
    }

    static void onlineByChoice(Engines engines) {
        if (engines.reachability().mode() == Reachability.Mode.FORCED_OFFLINE) {
            throw new CommandException(Exit.OFFLINE, "offline", "Offline mode is on: no server is asked.");
        }
    }

    private Account account(String id) {
        return engines().accounts().all().stream().filter(a -> String.valueOf(a.id()).equals(id)).findFirst()
                .or(() -> engines().accounts().all().stream().filter(a -> a.serverId().equals(id)).findFirst())
                .orElseThrow(() -> CommandException.notFound("account «" + id + "»"));
    }
}
