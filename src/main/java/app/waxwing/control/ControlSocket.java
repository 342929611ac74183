package app.waxwing.control;

import app.waxwing.base.AppPaths;
import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.SafeFiles;
import app.waxwing.base.Threads;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The socket of the instance that owns the data folder. Only its owner may open it: it lives in an owner-only folder and the first message must hold
/// the secret of `instance.json`. Each client gets a thread of its own.
public final class ControlSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlSocket.class);
    private final Instance instance;
    private final Commands commands;
    private final AppPaths paths;
    private final ServerSocketChannel server;
    private final ExecutorService clients = Threads.platform("control", 16);
    private final AtomicInteger busy = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean ending;

    private ControlSocket(Instance instance, Commands commands, AppPaths paths, ServerSocketChannel server) {
        this.instance = instance;
        this.commands = commands;
        this.paths = paths;
        this.server = server;
    }

    /// Binds; the caller holds the folder's lock, so a socket file that is there is a leftover of a crash.
    ///
    /// @param options of this run, for later commands that contradict them
    public static ControlSocket open(AppPaths paths, Path socket, List<String> options, Commands commands) {
        try {
            Path folder = socket.getParent();
            if (folder == null) throw new IOException("no folder for the socket");
            SafeFiles.createOwnerOnlyFolder(folder);
            Files.deleteIfExists(socket);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(socket));
            Instance instance = Instance.create(socket, options);
            instance.write(paths);
            var control = new ControlSocket(instance, commands, paths, server);
            Threads.start("control-accept", control::accept);
            return control;
        } catch (IOException e) {
            throw new FailureException(new Failure.Trouble("The control socket cannot be opened", String.valueOf(e.getMessage())), e);
        }
    }

    /// Commands of other processes that are being carried out now.
    public int busy() {
        return busy.get();
    }

    /// Commands that follow something end now, the others finish what they do.
    public void end() {
        ending = true;
    }

    @Override
    public void close() {
        end();
        if (!closed.compareAndSet(false, true)) return;
        try {
            server.close();
            Files.deleteIfExists(instance.socket());
            Files.deleteIfExists(paths.instance());
            Path folder = instance.socket().getParent();
            if (folder != null) Files.deleteIfExists(folder);
        } catch (IOException e) {
            LOG.warn("closing the control socket", e);
        }
        clients.shutdown();
    }

    private void accept() {
        while (!closed.get()) {
            try {
                SocketChannel client = server.accept();
                busy.incrementAndGet();
                clients.execute(() -> serve(client));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("accepting a command", e);
            }
        }
    }

    private void serve(SocketChannel client) {
        var gone = new AtomicBoolean();
        try (client;
                var reader = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8));
                OutputStream out = Channels.newOutputStream(client)) {
            String line = reader.readLine();
            Wire.Hello hello = line == null ? null : Wire.readHello(line).orElse(null);
            if (hello == null || !same(hello.secret(), instance.secret())) {
                LOG.warn("a command without the secret was turned away");
                return;
            }
            Commands.Outcome outcome = contradiction(hello.options());
            if (outcome == null) {
                Threads.start("control-watch", () -> watch(reader, gone));
                outcome = commands.run(new Request(hello.arguments(), hello.password()), doc -> send(out, Wire.document(doc), gone),
                        () -> ending || gone.get());
            }
            send(out, Wire.end(outcome), gone);
        } catch (IOException e) {
            LOG.debug("a command's caller went away", e);
        } finally {
            busy.decrementAndGet();
        }
    }

    /// Options of the caller that this run does not have.
    private Commands.@org.jspecify.annotations.Nullable Outcome contradiction(List<String> options) {
        for (String option : options) {
            if (!instance.options().contains(option)) {
                return Commands.Outcome.of(CommandException.usage("Waxwing already runs without --" + option.replace('=', ' ')
                        + "; quit it first («waxwing quit») or leave the option out."));
            }
        }
        return null;
    }

    private static void watch(BufferedReader reader, AtomicBoolean gone) {
        try {
            if (reader.read() < 0) gone.set(true);
        } catch (IOException e) {
            gone.set(true);
        }
    }

    private static void send(OutputStream out, String line, AtomicBoolean gone) {
        try {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            gone.set(true);
        }
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
