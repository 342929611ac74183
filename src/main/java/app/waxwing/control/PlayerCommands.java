package app.waxwing.control;

import static app.waxwing.control.Waits.get;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Subscription;
import app.waxwing.library.Track;
import app.waxwing.playback.Player;
import app.waxwing.playback.PlayerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The player, its queue and its history.
final class PlayerCommands {
    private final Supplier<Engines> source;
    private final Documents documents;
    private final LibraryCommands library;

    PlayerCommands(Supplier<Engines> source, Documents documents, LibraryCommands library) {
        this.source = source;
        this.documents = documents;
        this.library = library;
    }

    private Engines engines() {
        return source.get();
    }

    List<CommandSpec> specs() {
        return List.of(player("play", "[ID...]", "plays items, or goes on", 0, 9999, this::play),
                player("pause", "", "pauses", 0, 0, c -> act(c, player()::pause)),
                player("toggle", "", "pauses or goes on", 0, 0, c -> act(c, player()::toggle)),
                player("stop", "", "stops", 0, 0, c -> act(c, player()::stop)),
                player("next", "", "the next track", 0, 0, c -> act(c, player()::next)),
                player("previous", "", "the start of the track, or the one before", 0, 0, c -> act(c, player()::previous)),
                player("seek", "SECONDS|+N|-N", "moves within the track", 1, 1, this::seek),
                player("volume", "0..100", "how loud", 1, 1, c -> {
                    int percent = Call.whole("volume", c.word(0), 0);
                    if (percent > 100) throw CommandException.usage("volume goes from 0 to 100.");
                    act(c, () -> player().volume(percent));
                }), player("shuffle", "on|off", "plays in a drawn order", 1, 1, c -> {
                    boolean on = Words.onOff(c.word(0));
                    act(c, () -> player().shuffle(on));
                }), player("repeat", "off|one|all", "plays again", 1, 1, c -> {
                    Player.Repeat repeat = switch (c.word(0)) {
                        case "off" -> Player.Repeat.OFF;
                        case "one" -> Player.Repeat.ONE;
                        case "all" -> Player.Repeat.ALL;
                        default -> throw CommandException.usage("repeat is off, one or all.");
                    };
                    act(c, () -> player().repeat(repeat));
                }), command("queue", "", "what plays and comes next", 0, 0, c -> c.out().accept(documents.queue(state()))),
                command("queue add", "ID...", "puts items at the end", 1, 9999, c -> {
                    List<Track> tracks = library.tracks(c.words());
                    queue(c, () -> player().add(tracks));
                }), command("queue play-next", "ID...", "puts items after the current track", 1, 9999, c -> {
                    List<Track> tracks = library.tracks(c.words());
                    queue(c, () -> player().playNext(tracks));
                }), command("queue remove", "INDEX...", "takes entries out", 1, 9999, c -> {
                    List<Integer> indices = new ArrayList<>();
                    int length = state().queue().size();
                    for (String word : c.words()) indices.add(index(word, length));
                    queue(c, () -> player().remove(indices));
                }), command("queue move", "FROM TO", "moves an entry", 2, 2, c -> {
                    int length = state().queue().size();
                    int from = index(c.word(0), length), to = index(c.word(1), length);
                    queue(c, () -> player().move(from, to));
                }), command("queue clear", "", "empties the queue", 0, 0, c -> queue(c, player()::clear)),
                command("queue undo", "", "takes the last change back", 0, 0, c -> {
                    if (!get(player().undo())) throw CommandException.nothing("There is nothing to take back.");
                    c.out().accept(documents.queue(player().state()));
                }), command("queue redo", "", "does it again", 0, 0, c -> {
                    if (!get(player().redo())) throw CommandException.nothing("There is nothing to do again.");
                    c.out().accept(documents.queue(player().state()));
                }),
                new CommandSpec("status", "[--follow]", "what plays, from where, at which position", Set.of("follow"), Set.of(), 0, 0,
                        false,
                        this::status),
                new CommandSpec("history", "[--limit N]", "plays, newest first", Set.of(), Set.of("limit"), 0, 0, false, c -> {
                    List<Player.Played> plays = get(player().history(c.number("limit", 50, 1)));
                    Map<ItemKey, Track> known = get(engines().library().tracks(plays.stream().map(Player.Played::key).distinct().toList()))
                            .stream().collect(Collectors.toMap(Track::key, t -> t));
                    c.out().accept(Doc.list(plays.stream().map(p -> documents.played(p, Optional.ofNullable(known.get(p.key())))).toList(),
                            get(player().historySize())));
                }));
    }

    private Player player() {
        return engines().player();
    }

    private static CommandSpec player(String name, String arguments, String help, int least, int most, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), least, most, true, action);
    }

    private static CommandSpec command(String name, String arguments, String help, int least, int most, CommandSpec.Action action) {
        return new CommandSpec(name, arguments, help, Set.of(), Set.of(), least, most, false, action);
    }

    /// The player's state once the saved queue is back and every command before this one is carried out.
    private PlayerState state() {
        get(player().settled());
        return player().state();
    }

    private void play(Call call) {
        if (call.words().isEmpty()) {
            if (state().queue().isEmpty()) throw CommandException.nothing("The queue is empty; name what to play.");
            act(call, player()::play);
            return;
        }
        List<Track> tracks = library.tracks(call.words());
        String title = call.words().size() == 1 ? LibraryCommands.title(library.item(call.word(0))) : "";
        act(call, () -> player().play(tracks, 0, title));
    }

    private void seek(Call call) {
        String word = call.word(0);
        if (state().current().isEmpty()) throw CommandException.nothing("Nothing plays.");
        boolean relative = word.startsWith("+") || word.startsWith("-");
        double seconds = Words.seconds(word) + (relative ? player().position().toMillis() / 1000.0 : 0);
        act(call, () -> player().seek(Duration.ofMillis(Math.max(0, Math.round(seconds * 1000)))));
    }

    private static int index(String word, int length) {
        int index = Call.whole("An index", word, 0);
        if (length == 0) throw CommandException.nothing("The queue is empty.");
        if (index >= length) throw CommandException.notFound("entry " + index + " in the queue; the last one is " + (length - 1));
        return index;
    }

    /// Gives the command, waits until it is carried out, answers with the status.
    private void act(Call call, Runnable command) {
        command.run();
        get(player().settled());
        call.out().accept(documents.status());
    }

    private void queue(Call call, Runnable command) {
        int length = state().queue().size();
        command.run();
        PlayerState after = state();
        if (length == 0 && after.queue().isEmpty()) throw CommandException.nothing("The queue is empty.");
        call.out().accept(documents.queue(after));
    }

    private void status(Call call) {
        get(player().settled());
        call.out().accept(documents.status());
        if (!call.has("follow")) return;
        var changes = new LinkedBlockingQueue<PlayerState>();
        try (Subscription subscription = player().changes().subscribe(changes::add)) {
            while (!call.cancelled().getAsBoolean()) {
                PlayerState change = changes.poll(1, TimeUnit.SECONDS);
                if (change == null && player().state().phase() != PlayerState.Phase.PLAYING) continue;
                changes.clear();
                call.out().accept(documents.status());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
