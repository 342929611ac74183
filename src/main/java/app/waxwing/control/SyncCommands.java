package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.account.Account;
import app.waxwing.library.LibrarySync;
import app.waxwing.library.LibrarySync.Answered;
import app.waxwing.library.LibrarySync.Folder;
import app.waxwing.library.LibrarySync.Held;
import app.waxwing.library.LibrarySync.Missing;
import app.waxwing.server.ItemKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Sync, and the user's answers to what it asks.
final class SyncCommands {
    private final Supplier<Engines> source;

    SyncCommands(Supplier<Engines> source) {
        this.source = source;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(
                new CommandSpec("sync", "[--full] [--follow]",
                        "brings the library up to date and waits for it; with --follow one line a page", Set.of("full", "follow"), Set.of(),
                        0, 0, false,
                        this::sync),
                new CommandSpec("sync stop", "", "stops the sync that runs after the page in work; the next one goes on from there",
                        Set.of(),
                        Set.of(), 0, 0, true, this::stop),
                new CommandSpec("sync status", "", "when each account was brought up to date, and what of it cannot be used", Set.of(),
                        Set.of(), 0, 0, false, this::status),
                new CommandSpec("sync libraries", "", "the music libraries of each server, and which are here", Set.of(), Set.of(), 0, 0,
                        false, this::libraries),
                new CommandSpec("sync choose", "LIBRARY on|off", "takes a library in or leaves it out; its files stay", Set.of(), Set.of(),
                        2,
                        2, false, this::choose),
                new CommandSpec("sync held", "", "what servers no longer list and Waxwing keeps until you decide", Set.of(), Set.of(), 0, 0,
                        false, c -> c.out().accept(Doc.list(held(), held().size()))),
                new CommandSpec("sync gone", "[LIBRARY]", "held items of a library are gone: they are marked so; «sync undo» takes it back",
                        Set.of(), Set.of(), 0, 1, false, c -> answer(c, true)),
                new CommandSpec("sync keep", "[LIBRARY]", "held items of a library stay as they are", Set.of(), Set.of(), 0, 1, false,
                        c -> answer(c, false)),
                new CommandSpec("sync undo", "[LIBRARY]", "brings back what the last «sync gone» marked, of a library where one is named",
                        Set.of(),
                        Set.of(), 0, 1, false, this::takeBack));
    }

    private void sync(Call call) {
        List<Account> active = engines().accounts().active();
        if (active.isEmpty()) {
            throw new CommandException(Exit.SIGNED_OUT, "signed-out", "There is no account yet; add one with «waxwing server add».");
        }
        AccountCommands.onlineByChoice(engines());
        long tracks = 0, albums = 0, artists = 0, playlists = 0, added = 0, updated = 0, removed = 0, moved = 0;
        boolean stopped = false;
        Duration took = Duration.ZERO;
        for (Account account : active) {
            LibrarySync.Report r = follow(call, account);
            tracks += r.tracks();
            albums += r.albums();
            artists += r.artists();
            playlists += r.playlists();
            added += r.added();
            updated += r.updated();
            removed += r.removed();
            moved += r.moved();
            took = took.plus(r.took());
            stopped = r.stopped();
            if (stopped) break;
        }
        call.out().accept(Doc.of().put("tracks", tracks).put("albums", albums).put("artists", artists).put("playlists", playlists)
                .put("added", added).put("updated", updated).put("removed", removed).put("moved", moved).put("seconds", took)
                .put("held", held()).put("stopped", stopped));
        if (stopped)
            throw new CommandException(Exit.FAILED, "stopped", "The sync was stopped before its end; the next one goes on from there.");
    }

    private void stop(Call call) {
        List<Account> stopped = engines().accounts().active().stream().filter(a -> engines().sync().stop(a.id())).toList();
        if (stopped.isEmpty()) throw CommandException.nothing("No sync runs.");
        call.out().accept(Doc.of().put("stopping", stopped.stream().map(Account::serverName).toList()));
    }

    private LibrarySync.Report follow(Call call, Account account) {
        LibrarySync sync = engines().sync();
        if (!call.has("follow")) return get(sync.sync(account.id(), call.has("full")));
        try (var pages = sync.progress().subscribe(p -> {
            if (p.account() == account.id() && !p.finished()) {
                call.out().accept(Doc.of().put("serverId", account.serverId()).put("what", p.what()).put("done", p.done())
                        .put("total", p.total()).put("page", p.page()).put("pages", p.pages()));
            }
        })) {
            return get(sync.sync(account.id(), call.has("full")));
        }
    }

    private void status(Call call) {
        var last = get(engines().sync().last());
        List<Account> active = engines().accounts().active();
        call.out().accept(Doc.list(active.stream().map(a -> {
            var l = last.getOrDefault(a.id(), LibrarySync.Last.NONE);
            return Doc.of().put("serverId", a.serverId()).put("server", a.serverName()).put("user", a.userName()).put("updated", l.at())
                    .put("unusable", l.unusable()).put("moved", l.moved()).put("movedAt", l.movedAt());
        }).toList(), active.size()));
    }

    private record Choice(Account account, Folder folder) {
        String name() {
            return account.id() + ":" + folder.id();
        }
    }

    private List<Choice> choices() {
        return engines().accounts().active().stream()
                .flatMap(a -> get(engines().sync().folders(a.id())).stream().map(f -> new Choice(a, f))).toList();
    }

    private void libraries(Call call) {
        List<Choice> all = choices();
        call.out().accept(Doc.list(all.stream().map(c -> Doc.of().put("library", c.name()).put("title", c.folder.title())
                .put("serverId", c.account.serverId()).put("server", c.account.serverName()).put("synced", c.folder.synced())
                .put("tracks", c.folder.tracks())).toList(),
                all.size()));
    }

    private void choose(Call call) {
        String word = call.word(0);
        if (!Set.of("on", "off").contains(call.word(1))) throw CommandException.usage("Say on or off, not «" + call.word(1) + "».");
        List<Choice> meant = choices().stream().filter(
                c -> word.equals(c.name()) || word.equals(c.folder.id()) || word.equalsIgnoreCase(c.folder.title())).toList();
        if (meant.isEmpty()) throw CommandException.notFound("library «" + word + "»; «waxwing sync libraries» lists them");
        if (meant.size() > 1) {
            throw CommandException.usage("Name the library, one of: " + String.join(", ", meant.stream().map(Choice::name).toList()) + ".");
        }
        Choice choice = meant.getFirst();
        boolean on = call.word(1).equals("on");
        int tracks = get(engines().sync().choose(choice.account.id(), choice.folder.id(), on));
        call.out().accept(Doc.of().put("library", choice.name()).put("synced", on).put("tracks", tracks));
    }

    private List<Doc> held() {
        return asked().stream().map(this::held).toList();
    }

    /// Of the active accounts: another user of the same server is asked when it is that user's turn.
    private List<Held> asked() {
        return get(engines().sync().held()).stream().filter(held -> account(held).filter(Account::active).isPresent()).toList();
    }

    private Doc held(Held held) {
        Doc doc = Doc.of().put("library", name(held)).put("title", held.title())
                .put("serverId", account(held).map(Account::serverId)).put("server", account(held).map(Account::serverName));
        for (ItemKind kind : List.of(ItemKind.TRACK, ItemKind.ALBUM, ItemKind.ARTIST, ItemKind.PLAYLIST)) {
            Missing missing = held.of(kind);
            doc.put(kind.word() + "s", Doc.of().put("missing", missing.missing()).put("known", missing.known()));
        }
        return doc.put("since", held.since());
    }

    /// The word by which a command names it.
    private static String name(Held held) {
        return held.account() + ":" + held.folder();
    }

    private Optional<Account> account(Held held) {
        return engines().accounts().all().stream().filter(a -> a.id() == held.account()).findFirst();
    }

    private void answer(Call call, boolean gone) {
        List<Held> all = asked();
        if (all.isEmpty()) throw CommandException.nothing("Nothing is held: there is nothing to decide.");
        List<Held> meant = new ArrayList<>(all);
        if (!call.words().isEmpty()) {
            String word = call.word(0);
            meant.removeIf(h -> !word.equals(name(h)) && !word.equals(h.folder()) && !word.equalsIgnoreCase(h.title()));
        }
        if (meant.isEmpty()) throw CommandException.notFound("held library «" + call.word(0) + "»; «waxwing sync held» lists them");
        if (meant.size() > 1) {
            throw CommandException
                    .usage("Name the library, one of: " + String.join(", ", meant.stream().map(SyncCommands::name).toList()) + ".");
        }
        Held held = meant.getFirst();
        int items = get(engines().sync().answer(held.account(), held.folder(), gone));
        call.out().accept(Doc.of().put("library", name(held)).put("answer", gone ? "gone" : "keep").put("items", items));
    }

    private void takeBack(Call call) {
        List<Answered> all = get(engines().sync().answered()).stream()
                .filter(a -> engines().accounts().active().stream().anyMatch(active -> active.id() == a.account())).toList();
        if (all.isEmpty()) throw CommandException.nothing("There is no «sync gone» to take back.");
        Answered newest = all.getFirst();
        if (!call.words().isEmpty()) {
            String word = call.word(0);
            newest = all.stream().filter(a -> word.equals(a.account() + ":" + a.folder()) || word.equals(a.folder())
                    || word.equalsIgnoreCase(a.title())).findFirst()
                    .orElseThrow(() -> CommandException.notFound("library «" + word + "» of which something was marked as gone"));
        }
        int items = get(engines().sync().takeBack(newest.account(), newest.folder()));
        call.out().accept(Doc.of().put("library", newest.account() + ":" + newest.folder()).put("answer", "undo").put("items", items));
    }
}
