package app.waxwing.app;

import app.waxwing.account.Account;
import app.waxwing.base.AppPaths;
import app.waxwing.base.FailureException;
import app.waxwing.base.FailureWords;
import app.waxwing.cli.Arguments;
import app.waxwing.control.Commands;
import app.waxwing.control.ControlSocket;
import app.waxwing.control.Engines;
import app.waxwing.control.Instance;
import app.waxwing.settings.Settings;
import app.waxwing.store.Upgrade;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engines at work with their control socket, in whatever mode the process runs. The caller holds the data folder's lock.
final class Running implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Running.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private final Arguments arguments;
    private final Wiring wiring;
    private final AppPaths paths;
    private final Commands commands;
    private volatile Optional<ControlSocket> socket = Optional.empty();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch prepared = new CountDownLatch(1);
    private volatile boolean handedOver;
    private volatile Optional<Runnable> window = Optional.empty();
    private volatile Consumer<Running> onEnd = r -> {};

    private Running(Arguments arguments, AppPaths paths, String mode, Consumer<Settings> early, Upgrade upgrade) {
        this.arguments = arguments;
        this.paths = paths;
        wiring = Wiring.open(paths, arguments.offline(), arguments.audioOut(), host(mode), early, upgrade);
        commands = new Commands(this::preparedEngines);
        Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "shutdown"));
    }

    /// Opens database, accounts, player and downloads; blocks for a second or so.
    ///
    /// @param early gets the settings long before the rest is open
    /// @param upgrade is told how far it is where an older library is brought up to date, which may take a minute
    static Running start(Arguments arguments, AppPaths paths, String mode, Consumer<Settings> early, Upgrade upgrade) {
        return new Running(arguments, paths, mode, early, upgrade);
    }

    /// Opens the control socket: from now on other processes are answered; until then they wait.
    void listen() {
        Path path = Instance.socketFor(paths.data(), System.getenv(), Path.of(System.getProperty("java.io.tmpdir")));
        socket = Optional.of(ControlSocket.open(paths, path, arguments.runOptions(), commands));
        if (closing.get()) socket.ifPresent(ControlSocket::close);
    }

    Wiring wiring() {
        return wiring;
    }

    Commands commands() {
        return commands;
    }

    /// Somebody wants this instance to end.
    boolean ended() {
        return ended.getCount() == 0;
    }

    /// It ends because another process goes on with the data folder.
    boolean handedOver() {
        return handedOver;
    }

    /// Commands that come before the demonstration is ready wait for it: its account is still at the address of the run before.
    private Engines preparedEngines() {
        try {
            prepared.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        wiring.engines().accounts().reachability().used();
        return wiring.engines();
    }

    /// Commands of other processes are being carried out.
    boolean busy() {
        return socket.map(ControlSocket::busy).orElse(0) > 0;
    }

    /// Makes the demonstration library ready where this run or an earlier one chose it. Blocks until it is signed in, and synced when it is new.
    void ready() {
        try {
            if (!arguments.demo() && !wiring.demonstration().chosenBefore()) return;
            Account account = wiring.demonstration().signIn();
            wiring.demonstration().syncIfEmpty(account);
        } catch (FailureException e) {
            LOG.warn("the demonstration library is not ready: {}", FailureWords.sentence(e.failure()));
        } finally {
            prepared.countDown();
        }
    }

    /// Waits for `quit`, a hand-over or a signal.
    void awaitEnd() {
        try {
            ended.await();
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets the commands of other processes finish, for ten seconds at most; those that follow something end at once.
    void finish() {
        socket.ifPresent(ControlSocket::end);
        long from = wiring.engines().time().nanos();
        while (busy() && wiring.engines().time().nanos() - from < PATIENCE.toNanos()) Pause.briefly();
        if (busy()) LOG.warn("a command of another process did not end in time");
    }

    /// A window is there: how it comes to the front, and what closes it.
    void window(Runnable raise, Consumer<Running> close) {
        window = Optional.of(raise);
        onEnd = close;
    }

    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) return;
        prepared.countDown();
        try {
            socket.ifPresent(ControlSocket::close);
            wiring.close();
        } finally {
            closed.countDown();
        }
    }

    private void interrupted() {
        if (closing.get() && ended.getCount() == 0) return;
        ended.countDown();
        close();
        try {
            closed.await(5, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Engines.Host host(String mode) {
        return new Engines.Host() {
            @Override
            public void quit() {
                ended.countDown();
                onEnd.accept(Running.this);
            }

            @Override
            public boolean raise() {
                window.ifPresent(Runnable::run);
                return window.isPresent();
            }

            @Override
            public boolean handOver() {
                if (mode.equals("window")) return false;
                handedOver = true;
                ended.countDown();
                return true;
            }

            @Override
            public String mode() {
                return mode;
            }
        };
    }
}
