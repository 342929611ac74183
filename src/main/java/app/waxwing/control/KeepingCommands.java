package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.account.Account;
import app.waxwing.library.UserState;
import app.waxwing.outbox.Outbox;
import app.waxwing.settings.Safekeeping;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Backups, restores, exports, and what can be taken back: deleted plays and playlists, changes that a restore held.
final class KeepingCommands {
    private final Supplier<Engines> source;
    private final Documents documents;

    KeepingCommands(Supplier<Engines> source, Documents documents) {
        this.source = source;
        this.documents = documents;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(
                new CommandSpec("backup", "[FILE] [--replace]", "copies the library into a file, or among its daily backups",
                        Set.of("replace"), Set.of(), 0, 1, false, this::backUp),
                command("backups", "", "the backups there are, newest first", 0, 0, this::list),
                new CommandSpec("restore", "FILE [--follow]",
                        "puts a backup in the library's place and ends the running instance; FILE may be «newest»; with --follow one line a step",
                        Set.of("follow"), Set.of(), 1, 1, false, this::restore),
                new CommandSpec("data export", "FILE [--replace]", "everything Waxwing knows of you, as JSON and CSV in a zip",
                        Set.of("replace"), Set.of(), 1, 1, false, c -> {
                            Path file = Path.of(c.word(0)).toAbsolutePath().normalize();
                            long rows = keeping().exportData(file, c.has("replace"));
                            c.out().accept(Doc.of().put("file", file.toString()).put("rows", rows));
                        }),
                command("data delete", "ACCOUNT",
                        "signs out and deletes all that is here of an account, in the backups too; not what «backup FILE» wrote elsewhere",
                        1, 1,
                        c -> {
                            long account = account(c.word(0));
                            Safekeeping.Erased erased = keeping().erase(account);
                            Doc done = Doc.of().put("id", String.valueOf(account)).put("deleted", true);
                            if (!erased.left().isEmpty()) done.put("left", erased.left());
                            if (!erased.setAside().isEmpty()) {
                                done.put("setAside", erased.setAside()).put("detail",
                                        "A set-aside database that held, or may have held, other accounts "
                                                + "too went with it: "
                                                + String.join(", ", erased.setAside()) + ".");
                            }
                            c.out().accept(done);
                        }),
                command("history clear", "", "removes all plays; «history undo» brings them back", 0, 0,
                        c -> c.out().accept(Doc.of().put("removed", get(engines().player().forgetHistory())))),
                command("history undo", "", "brings back the plays that were removed last", 0, 0,
                        c -> c.out().accept(Doc.of().put("restored", get(engines().player().recallHistory())))),
                command("playlist undelete", "[PLAYLIST]", "brings a deleted playlist back; alone, lists those that can be", 0, 1,
                        this::undelete),
                command("offline pending", "[send|drop [ID...]]",
                        "actions that wait for the server; sends or drops those that a restore holds, or drops single ones", 0, 9999,
                        this::pending));
    }

    private static CommandSpec command(String name, String arguments, String help, int least, int most, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), least, most, false, action);
    }

    private Safekeeping keeping() {
        return engines().keeping();
    }

    private void backUp(Call call) {
        Safekeeping.Copy copy = call.words().isEmpty()
                ? keeping().backUp()
                : keeping().backUp(Path.of(call.word(0)).toAbsolutePath(), call.has("replace"));
        call.out().accept(copy(copy));
    }

    private static Doc copy(Safekeeping.Copy copy) {
        return Doc.of().put("name", String.valueOf(copy.file().getFileName())).put("createdAt", copy.at()).put("size", copy.bytes())
                .put("path", copy.file().toString());
    }

    private void list(Call call) {
        List<Doc> items = keeping().backups().stream().map(KeepingCommands::copy).toList();
        call.out().accept(Doc.list(items, items.size()));
    }

    private void restore(Call call) {
        Path file = keeping().find(call.word(0)).orElseThrow(() -> CommandException.notFound("backup «" + call.word(0) + "»"));
        Instant at = keeping().prepare(file, call.has("follow") ? p -> call.out().accept(step(p)) : p -> {});
        keeping().restorePrepared();
        call.out().accept(Doc.of().put("restored", true).put("createdAt", at).put("path", file.toString())
                .put("detail", "Counts from the next start."));
        engines().host().quit();
    }

    private static Doc step(Safekeeping.Progress progress) {
        Doc step = Doc.of().put("phase", progress.phase().name().toLowerCase(Locale.ROOT));
        return progress.part() < 0 ? step : step.put("progress", Math.round(progress.part() * 100) / 100.0);
    }

    /// One that is here, or is gone while what other files hold of it is not.
    private long account(String word) {
        return engines().accounts().all().stream().map(Account::id).filter(id -> String.valueOf(id).equals(word)).findFirst()
                .or(() -> Stream.of(word).filter(w -> w.matches("\\d{1,18}")).map(Long::valueOf).filter(keeping()::unfinished).findFirst())
                .orElseThrow(() -> CommandException.notFound("account «" + word + "»"));
    }

    private void undelete(Call call) {
        List<UserState.Deleted> all = get(engines().userState().deletedPlaylists());
        if (call.words().isEmpty()) {
            call.out().accept(Doc.list(all.stream().map(d -> Doc.of().put("id", d.key().id()).put("kind", "playlist")
                    .put("title", d.title()).put("deletedAt", d.at())).toList(), all.size()));
            return;
        }
        UserState.Deleted found = all.stream().filter(d -> named(d, call.word(0))).findFirst()
                .orElseThrow(() -> CommandException.notFound("deleted playlist «" + call.word(0) + "»"));
        call.out().accept(Doc.of().put("id", get(engines().userState().undeletePlaylist(found.key())).id()).put("title", found.title())
                .put("restored", true));
    }

    /// By its id, by the local one that it was made with, or by either behind its server's.
    private boolean named(UserState.Deleted playlist, String word) {
        String server = engines().accounts().find(playlist.key().account()).map(Account::serverId).orElse("");
        return Stream.concat(Stream.of(playlist.key().id()), playlist.alias().stream())
                .anyMatch(id -> word.equals(id) || word.equals(server + ":" + id));
    }

    private void pending(Call call) {
        List<Outbox.Pending> all = get(engines().outbox().pending());
        if (call.words().isEmpty()) {
            call.out().accept(Doc.list(all.stream().map(documents::pending).toList(), all.size()));
            return;
        }
        switch (call.word(0)) {
            case "send" -> call.out().accept(Doc.of().put("sent", get(engines().outbox().sendHeld())));
            case "drop" -> call.out().accept(Doc.of().put("dropped", drop(call, all)));
            default -> throw CommandException.usage("Usage: waxwing offline pending [send|drop [ID...]]");
        }
    }

    private int drop(Call call, List<Outbox.Pending> all) {
        List<String> ids = call.words().subList(1, call.words().size());
        if (ids.isEmpty()) return get(engines().outbox().dropHeld());
        List<Long> found = ids.stream().map(id -> all.stream().map(Outbox.Pending::id).filter(n -> String.valueOf(n).equals(id)).findFirst()
                .orElseThrow(() -> CommandException.notFound("waiting action «" + id + "»"))).toList();
        for (long id : found) get(engines().outbox().drop(id));
        return found.size();
    }
}
