package app.waxwing.playback;

import app.waxwing.base.Threads;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Commands on their way to the thread `player`, in order; those that replace the one before do. Held back until [#open].
final class CommandInbox {
    private final Deque<PlayerCommand> waiting = new ArrayDeque<>();
    private final Executor player;
    private final Consumer<PlayerCommand> carryOut;
    private boolean open;
    private boolean posted;

    CommandInbox(Executor player, Consumer<PlayerCommand> carryOut) {
        this.player = player;
        this.carryOut = carryOut;
    }

    /// Any thread.
    synchronized void submit(PlayerCommand command) {
        PlayerCommand last = waiting.peekLast();
        if (last != null && command.replaces(last)) waiting.removeLast();
        waiting.addLast(command);
        post();
    }

    synchronized void open() {
        open = true;
        post();
    }

    private void post() {
        if (!open || posted || waiting.isEmpty()) return;
        posted = true;
        player.execute(this::drain);
    }

    private void drain() {
        for (PlayerCommand command; (command = take()) != null;) {
            PlayerCommand next = command;
            Threads.logged(() -> carryOut.accept(next)).run();
        }
    }

    private synchronized @Nullable PlayerCommand take() {
        PlayerCommand command = waiting.pollFirst();
        if (command == null) posted = false;
        return command;
    }
}
