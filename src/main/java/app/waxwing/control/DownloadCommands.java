package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.base.ItemKey;
import app.waxwing.base.Quality;
import app.waxwing.base.Subscription;
import app.waxwing.download.Download;
import app.waxwing.download.DownloadEngine;
import app.waxwing.download.DownloadEvent;
import app.waxwing.download.KeepSet;
import app.waxwing.download.MediaFolders;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.Track;
import app.waxwing.server.ItemKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Keeping music on this computer and everything about the download queue.
final class DownloadCommands {
    private static final int EVERYTHING = Integer.MAX_VALUE;
    /// Looks, one a second, for files on their way from the cache to the music folder.
    private static final int MOVE_PATIENCE = 60;
    private final Supplier<Engines> source;
    private final Documents documents;
    private final LibraryCommands library;

    DownloadCommands(Supplier<Engines> source, Documents documents, LibraryCommands library) {
        this.source = source;
        this.documents = documents;
        this.library = library;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        Set<String> all = Set.of("all");
        return List.of(
                new CommandSpec("download", "ID... [--priority N] [--quality original|opus-128|mp3-320|…] [--wait]",
                        "keeps tracks, albums, artists, playlists on this computer", Set.of("wait"), Set.of("priority", "quality"), 1, 9999,
                        false, this::download),
                new CommandSpec("downloads", "[--status S,...] [--limit N] [--offset N | --after ID]", "the queue and what is done",
                        Set.of(),
                        Set.of("status", "limit", "offset", "after"), 0, 0, false, this::list),
                verb("pause", "pauses downloads", all, ids -> engines().downloads().pause(ids)),
                verb("resume", "goes on with paused downloads", all, d -> d.status() == Download.Status.PAUSED,
                        ids -> engines().downloads().resume(ids)),
                verb("cancel", "gives downloads up and removes what is partly here", all, ids -> engines().downloads().cancel(ids)),
                verb("retry", "tries failed downloads again, and those that wait for another try or for a sign-in", all,
                        DownloadCommands::retryHelps, ids -> engines().downloads().retry(ids)),
                new CommandSpec("downloads delete", "ID... | --all",
                        "removes downloads and their files from this computer; a kept playlist, album or artist is let go", all, Set.of(),
                        0, 9999, false, this::delete),
                verb("now", "fetches downloads whatever the hour, the price of the network and the battery", all,
                        ids -> engines().downloads().downloadNow(ids)),
                verb("top", "puts downloads before all others", Set.of(), ids -> engines().downloads().toTop(ids)),
                new CommandSpec("downloads priority", "ID N", "changes the order", Set.of(), Set.of(), 2, 2, false, c -> {
                    int priority = Call.whole("priority", c.word(1), Integer.MIN_VALUE);
                    List<String> id = List.of(c.word(0));
                    for (Download d : named(id)) get(engines().downloads().priority(d.id(), priority));
                    c.out().accept(listed(named(id)));
                }),
                new CommandSpec("downloads folders", "", "the folders of kept music, the one of new downloads first", Set.of(), Set.of(), 0,
                        0,
                        false, c -> {
                            var known = get(engines().downloads().folders().list());
                            c.out().accept(Doc.list(known.stream().map(DownloadCommands::folder).toList(), known.size()));
                        }),
                new CommandSpec("downloads bring", "FOLDER", "moves the kept music of another folder to the one of new downloads", Set.of(),
                        Set.of(), 1, 1, false, this::bring),
                new CommandSpec("downloads verify", "[--repair]", "compares disk and database", Set.of("repair"), Set.of(), 0, 0, false,
                        c -> {
                            var r = get(engines().downloads().verify(c.has("repair")));
                            c.out().accept(Doc.of().put("checked", r.checked()).put("missing", r.missing()).put("damaged", r.damaged())
                                    .put("unknown", r.unknown()).put("repaired", r.repaired()).put("changed", r.changed())
                                    .put("away", r.away())
                                    .put("otherUsers", r.others()).put("untold", r.untold()));
                        }),
                new CommandSpec("downloads left", "[keep|remove ID... | --all]",
                        "what is kept for a playlist, album or artist that no longer holds it; lists it, or keeps or removes it", all,
                        Set.of(), 0,
                        9999, false, this::left),
                new CommandSpec("downloads watch", "", "one JSON document a line for each event", Set.of(), Set.of(), 0, 0, false,
                        this::watch));
    }

    private static Doc folder(MediaFolders.Folder f) {
        return Doc.of().put("folder", f.path().toString()).put("default", f.isDefault()).put("missing", f.missing()).put("files", f.files())
                .put("bytes", f.bytes()).put("free", f.free()).put("leaving", f.leaving());
    }

    private void bring(Call call) {
        Doc doc = Doc.of().put("from", call.word(0));
        Path from;
        try {
            from = Path.of(call.word(0));
        } catch (InvalidPathException e) {
            throw CommandException.usage("«" + call.word(0) + "» is no path.");
        }
        switch (get(engines().downloads().folders().bring(from))) {
            case MoveEnd.Done d -> doc.put("to", d.to().toString()).put("files", d.files()).put("bytes", d.bytes()).put("left", d.left());
            case MoveEnd.Uncleared u -> doc.put("to", u.to().toString()).put("left", List.of(u.from().toString())).put("why",
                    FailureWords.sentence(u.why()));
            case MoveEnd.Cancelled c ->
                throw new Failure.Trouble("The move", "it was cancelled; the music is in " + c.from() + " as before").asException();
            case MoveEnd.Failed f -> throw f.why().asException();
        }
        call.out().accept(doc);
    }

    private interface Verb {
        CompletableFuture<Void> apply(List<Long> ids);
    }

    /// Those that failed, and those that wait for what asking again may bring sooner: their next try, a sign-in, a permission.
    private static boolean retryHelps(Download d) {
        return d.status() == Download.Status.FAILED || d.reason().filter(r -> r == Download.Reason.RETRY
                || r == Download.Reason.SIGNED_OUT || r == Download.Reason.SERVER).isPresent();
    }

    private CommandSpec verb(String name, String help, Set<String> flags, Verb verb) {
        return verb(name, help, flags, d -> true, verb);
    }

    /// @param meant by --all
    private CommandSpec verb(String name, String help, Set<String> flags, Predicate<Download> meant, Verb verb) {
        return new CommandSpec("downloads " + name, flags.isEmpty() ? "ID..." : "ID... | --all", help, flags, Set.of(), 0, 9999, false,
                c -> {
                    if (c.has("all") && !c.words().isEmpty()) throw CommandException.usage("Name downloads or give --all, not both.");
                    List<Download> downloads = c.has("all") ? everything().stream().filter(meant).toList() : named(c.words());
                    get(verb.apply(downloads.stream().map(Download::id).toList()));
                    Set<Long> ids = new LinkedHashSet<>(downloads.stream().map(Download::id).toList());
                    List<Download> left = get(engines().downloads().find(ids));
                    int removed = ids.size() - left.size();
                    c.out().accept(removed > 0 ? listed(left).put("removed", removed) : listed(left));
                });
    }

    private void delete(Call call) {
        if (call.has("all") && !call.words().isEmpty()) throw CommandException.usage("Name downloads or give --all, not both.");
        var letting = new LettingGo(engines(), documents, library, this::named);
        call.out().accept(call.has("all") ? letting.all() : letting.some(call.words()));
    }

    private void download(Call call) {
        Optional<String> quality = call.option("quality");
        if (quality.isPresent() && Quality.of(quality.get()).isEmpty()) {
            throw CommandException.usage("--quality is one of " + Quality.words() + ", not «" + quality.get() + "».");
        }
        int priority = call.option("priority").map(p -> Call.whole("--priority", p, Integer.MIN_VALUE)).orElse(0);
        List<LibraryItem> items = call.words().stream().map(library::item).toList();
        var finished = new LinkedBlockingQueue<DownloadEvent>();
        Subscription subscription = call.has("wait") ? engines().downloads().events().subscribe(finished::add) : () -> {};
        try (subscription) {
            List<ItemKey> keys = new ArrayList<>();
            for (LibraryItem item : items) {
                ItemKind kind = LibraryCommands.kind(item);
                get(quality.isPresent()
                        ? engines().keepSet().keep(kind, item.key(), priority, quality.get())
                        : engines().keepSet().keep(kind, item.key(), priority));
                get(engines().library().tracksOf(item.key())).stream().map(Track::key).forEach(keys::add);
            }
            List<Download> rows = rows(keys);
            int moves = MOVE_PATIENCE;
            int asked = rows.size();
            var wait = new DownloadWait(engines().reachability().mode() == Reachability.Mode.FORCED_OFFLINE);
            while (call.has("wait") && !call.cancelled().getAsBoolean()
                    && (!wait.over(rows, engines().time().nanos()) || rows.stream().anyMatch(this::stillCached) && moves-- > 0)) {
                next(finished);
                rows = rows(keys);
            }
            Optional<CommandException> end = call.has("wait") ? DownloadWait.end(rows) : Optional.empty();
            if (end.isPresent()) throw end.get();
            if (rows.size() < asked) {
                throw new CommandException(Exit.FAILED, "download-failed", "Not everything is here: a download was given up meanwhile.");
            }
            call.out().accept(listed(rows));
        }
    }

    /// A track that was cached is kept at once and moves to the music folder behind the scenes.
    private boolean stillCached(Download d) {
        return d.path().filter(p -> p.startsWith(engines().paths().cachedMedia())).isPresent();
    }

    /// Waits for an event that may end a download, at most a second so that a caller who left is noticed.
    private static void next(LinkedBlockingQueue<DownloadEvent> events) {
        try {
            events.poll(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        events.clear();
    }

    private List<Download> rows(List<ItemKey> keys) {
        List<Download> rows = new ArrayList<>();
        for (ItemKey key : keys) rows.addAll(get(engines().downloads().byItem(key)));
        return rows;
    }

    private void list(Call call) {
        List<Download.Status> statuses = new ArrayList<>();
        for (String word : call.option("status").map(s -> s.split(",")).orElse(new String[0])) {
            statuses.add(status(word.strip()));
        }
        if (call.has("after") && call.has("offset")) throw CommandException.usage("Give only one of --offset and --after.");
        OptionalLong after = call.has("after") ? OptionalLong.of(behind(call.option("after").orElse(""))) : OptionalLong.empty();
        var page = get(engines().downloads().list(new DownloadEngine.Filter(statuses, after), call.number("offset", 0, 0),
                call.number("limit", EVERYTHING, 0)));
        call.out().accept(Doc.list(page.items().stream().map(documents::download).toList(), page.total()));
    }

    /// By local number or by the item's id.
    private long behind(String word) {
        if (isNumber(word)) {
            long id = Long.parseLong(word);
            if (get(engines().downloads().find(List.of(id))).isEmpty()) throw CommandException.notFound("download " + word);
            return id;
        }
        return get(engines().downloads().byItem(library.item(word).key())).stream().findFirst()
                .orElseThrow(() -> CommandException.notFound("download " + word)).id();
    }

    private static boolean isNumber(String word) {
        return word.matches("\\d{1,18}");
    }

    private static Download.Status status(String word) {
        for (Download.Status status : Download.Status.values()) if (status.word().equals(word)) return status;
        throw CommandException.usage("--status is pending, downloading, paused, completed or failed, not «" + word + "».");
    }

    private List<Download> everything() {
        return get(engines().downloads().list(new DownloadEngine.Filter(List.of()), 0, EVERYTHING)).items();
    }

    /// Downloads by local number or by item id (a collection stands for its tracks).
    private List<Download> named(List<String> words) {
        if (words.isEmpty()) throw CommandException.usage("Name at least one download, or --all.");
        List<Long> numbers = words.stream().filter(DownloadCommands::isNumber).map(Long::valueOf).toList();
        Map<Long, Download> byNumber = new HashMap<>();
        if (!numbers.isEmpty()) get(engines().downloads().find(numbers)).forEach(d -> byNumber.put(d.id(), d));
        List<Download> found = new ArrayList<>();
        for (String word : words) {
            if (isNumber(word)) {
                found.add(Optional.ofNullable(byNumber.get(Long.valueOf(word)))
                        .orElseThrow(() -> CommandException.notFound("download " + word)));
                continue;
            }
            LibraryItem item = library.item(word);
            Set<ItemKey> keys = LibraryCommands.kind(item) == ItemKind.TRACK
                    ? Set.of(item.key())
                    : Set.copyOf(get(engines().library().tracksOf(item.key())).stream().map(Track::key).toList());
            List<Download> rows = get(engines().downloads().list(new DownloadEngine.Filter(List.of(), keys), 0, 0)).items();
            if (rows.isEmpty()) throw CommandException.notFound("download of «" + LibraryCommands.title(item) + "»");
            found.addAll(rows);
        }
        return found;
    }

    private Doc listed(List<Download> downloads) {
        return Doc.list(downloads.stream().map(documents::download).toList(), downloads.size());
    }

    /// What its playlist, album or artist no longer holds: shown, or the user's word on it.
    private void left(Call call) {
        List<KeepSet.Left> left = get(engines().keepSet().noLongerIn());
        if (!call.words().isEmpty()) {
            String verb = call.word(0);
            List<String> ids = call.words().subList(1, call.words().size());
            if (!verb.equals("keep") && !verb.equals("remove") || ids.isEmpty() != call.has("all"))
                throw CommandException.usage("Usage: waxwing downloads left [keep|remove ID... | --all]");
            Set<ItemKey> asked = new LinkedHashSet<>();
            for (String id : ids) {
                LibraryItem item = library.item(id);
                List<ItemKey> keys = left.stream().filter(l -> l.track().equals(item.key()) || l.source().equals(item.key()))
                        .map(KeepSet.Left::track).toList();
                if (keys.isEmpty())
                    throw CommandException.notFound("«" + LibraryCommands.title(item) + "» among what was left behind");
                asked.addAll(keys);
            }
            if (call.has("all")) left.forEach(l -> asked.add(l.track()));
            get(verb.equals("keep") ? engines().keepSet().keepLeft(asked) : engines().keepSet().removeLeft(asked));
            left = get(engines().keepSet().noLongerIn());
        } else if (call.has("all")) {
            throw CommandException.usage("Usage: waxwing downloads left [keep|remove ID... | --all]");
        }
        call.out().accept(Doc.list(left.stream().map(documents::left).toList(), left.size()));
    }

    private void watch(Call call) {
        var events = new LatestEvents();
        try (Subscription subscription = engines().downloads().events().subscribe(events::add)) {
            while (!call.cancelled().getAsBoolean()) events.poll(200).ifPresent(e -> call.out().accept(documents.event(e)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
