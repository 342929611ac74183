package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.account.Reachability;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.library.LibraryItem;
import app.waxwing.library.MediaFiles;
import app.waxwing.library.Query;
import app.waxwing.library.Track;
import java.util.List;
import java.util.Optional;
import app.waxwing.download.MediaFolders.MoveEnd;
import java.util.Set;
import java.util.function.Supplier;

/// Offline mode, settings, self-check, and the instance itself.
final class SystemCommands {
    private final Supplier<Engines> source;
    private final Documents documents;
    private final LibraryCommands library;

    SystemCommands(Supplier<Engines> source, Documents documents, LibraryCommands library) {
        this.source = source;
        this.documents = documents;
        this.library = library;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(command("offline on", "", "go on without network", 0, c -> mode(c, Reachability.Mode.FORCED_OFFLINE)),
                command("offline off", "", "use the network even if it seems away", 0, c -> mode(c, Reachability.Mode.FORCED_ONLINE)),
                command("offline auto", "", "decide by what answers", 0, c -> mode(c, Reachability.Mode.AUTO)),
                command("offline has", "ID", "whether an item plays without network", 1, this::has),
                new CommandSpec("offline list", "[--limit N] [--offset N]", "tracks that play without network", Set.of(),
                        Set.of("limit", "offset"), 0, 0, false, c -> {
                            var page = get(engines().library()
                                    .tracks(Query.ALL.playableOnly(true).slice(c.number("offset", 0, 0), c.number("limit", 0, 0))));
                            c.out().accept(Doc.list(documents.tracks(page.items()), page.total()));
                        }),
                new CommandSpec("offline search", "TEXT [--limit N]", "search in what plays without network", Set.of(), Set.of("limit"), 1,
                        99,
                        false,
                        c -> c.out().accept(library.found(String.join(" ", c.words()), Optional.empty(), c.number("limit", 50, 1), true))),
                command("settings", "", "all settings", 0, c -> {
                    Doc doc = Doc.of();
                    engines().settings().all().forEach(doc::put);
                    c.out().accept(doc);
                }), command("settings get", "KEY", "one setting", 1,
                        c -> c.out().accept(Doc.of().put("key", c.word(0)).put("value", engines().settings().get(c.word(0))))),
                new CommandSpec("settings set", "KEY VALUE [--no-move]",
                        "changes a setting; another folders.media moves the kept music there, with --no-move it stays where it is",
                        Set.of("no-move"), Set.of(), 2, 2, false, this::set),
                new CommandSpec("doctor", "[--audit]",
                        "self-check of folders, database, sound, servers; with --audit what was done here of late", Set.of("audit"),
                        Set.of(), 0, 0, false, this::doctor),
                new CommandSpec("quit", "", "stops the running instance cleanly", Set.of(), Set.of(), 0, 0, true, c -> {
                    c.out().accept(Doc.of().put("stopped", true));
                    engines().host().quit();
                }), new CommandSpec("raise", "", "brings the window to the front", Set.of(), Set.of(), 0, 0, true,
                        c -> c.out().accept(Doc.of().put("raised", engines().host().raise()))),
                new CommandSpec("hand-over", "[--command]", "lets another process go on with this data folder", Set.of("command"), Set.of(),
                        0, 0,
                        true, c -> c.out().accept(Doc.of().put("handedOver",
                                (!c.has("command") || engines().host().mode().equals("command")) && engines().host().handOver()))));
    }

    private static CommandSpec command(String name, String arguments, String help, int words, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), words, words, false, action);
    }

    private void mode(Call call, Reachability.Mode mode) {
        engines().reachability().mode(mode);
        call.out().accept(Doc.of().put("mode", switch (mode) {
            case AUTO -> "auto";
            case FORCED_OFFLINE -> "on";
            case FORCED_ONLINE -> "off";
        }).put("offline", engines().reachability().offline()));
    }

    private void has(Call call) {
        LibraryItem item = library.item(call.word(0));
        Doc doc = Doc.of().put("id", item.key().id());
        if (item instanceof LibraryItem.OfTrack track) {
            Optional<MediaFiles.Found> file = engines().files().find(track.key());
            call.out().accept(doc.put("available", file.isPresent()).put("path", file.map(f -> f.file().toString())));
            return;
        }
        List<Track> tracks = get(engines().library().tracksOf(item.key()));
        long local = tracks.stream().filter(t -> engines().files().find(t.key()).isPresent()).count();
        call.out()
                .accept(doc.put("available", local == tracks.size() && !tracks.isEmpty()).put("local", local).put("total", tracks.size()));
    }

    private void set(Call call) {
        String key = call.word(0);
        boolean folder = key.equals("folders.media");
        Optional<MoveEnd> before = folder ? engines().downloads().folders().lastMove() : Optional.empty();
        try {
            if (folder && call.has("no-move")) engines().settings().useMusicFolder(call.word(1));
            else engines().settings().set(key, call.word(1));
        } catch (FailureException e) {
            // A value that makes no sense is wrong usage, as it is with every other command.
            if (e.failure() instanceof Failure.Invalid) throw CommandException.usage(FailureWords.sentence(e.failure()));
            throw e;
        }
        Doc doc = Doc.of().put("key", key).put("value", engines().settings().get(key));
        if (folder && !call.has("no-move")) {
            // Only of a move that this command made: where the folder was the one in use already there is nothing to tell.
            engines().downloads().folders().lastMove().filter(end -> !Optional.of(end).equals(before)).ifPresent(end -> told(end, doc));
        }
        call.out().accept(doc);
    }

    private static void told(MoveEnd end, Doc doc) {
        switch (end) {
            case MoveEnd.Done d -> doc.put("files", d.files()).put("bytes", d.bytes()).put("left", d.left());
            case MoveEnd.Uncleared u -> doc.put("left", List.of(u.from().toString())).put("why", FailureWords.sentence(u.why()));
            case MoveEnd.Cancelled c -> doc.put("cancelled", true);
            case MoveEnd.Failed f -> doc.put("why", FailureWords.sentence(f.why()));
        }
    }

    private void doctor(Call call) {
        List<Engines.Diagnosis.Check> checks = engines().diagnosis().run();
        boolean ok = checks.stream().allMatch(Engines.Diagnosis.Check::ok);
        Doc doc = Doc.of().put("ok", ok).put("checks",
                checks.stream().map(c -> Doc.of().put("name", c.name()).put("ok", c.ok()).put("detail", c.detail())).toList());
        if (call.has("audit")) {
            doc.put("audit", engines().keeping().deeds(200).stream().map(d -> Doc.of().put("at", d.at()).put("actor", d.actor())
                    .put("action", d.action()).put("object", d.object()).put("outcome", d.outcome())).toList());
        }
        call.out().accept(doc);
    }
}
