package app.waxwing.desktop;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.types.Variant;

/// Secrets in the desktop's own keyring (GNOME Keyring, KWallet and others) by the Secret Service API. Each call opens its own connection: there are
/// a handful of them in a program's life. A locked keyring asks the user; one who declines leaves a [FailureException].
///
/// The session is «plain»: the secret crosses the user's own message bus in the clear, as it does for every desktop that uses this mode.
public final class SecretServiceSecrets implements Secrets {
    private static final String DEFAULT = "default";
    /// A bus that is there answers at once; the library would try for ten seconds.
    static final int CONNECT_MILLIS = 2_000;
    private final String address;
    private final String installation;
    private final Duration patience;

    /// @param address of the session bus
    /// @param installation names this data folder, so that two of them do not overwrite each other's sign-ins
    /// @param patience how long a user may take to unlock the keyring
    public SecretServiceSecrets(String address, String installation, Duration patience) {
        this.address = address;
        this.installation = installation;
        this.patience = patience;
    }

    /// Whether a keyring with a default collection answers. Blocks.
    public boolean available() {
        try (var bus = new Bus()) {
            return !bus.service.ReadAlias(DEFAULT).getPath().equals(SecretService.NO_PROMPT);
        } catch (DBusException | DBusExecutionException | IOException e) {
            return false;
        }
    }

    @Override
    public Optional<String> find(String name) {
        return with(bus -> {
            List<DBusPath> items = bus.items(name);
            if (items.isEmpty()) return Optional.empty();
            var item = bus.object(items.getFirst(), SecretService.Item.class);
            return Optional.of(new String(item.GetSecret(bus.session).value, StandardCharsets.UTF_8));
        });
    }

    @Override
    public void put(String name, String secret) {
        with(bus -> {
            DBusPath collection = bus.service.ReadAlias(DEFAULT);
            if (collection.getPath().equals(SecretService.NO_PROMPT)) throw unavailable("it has no default collection");
            bus.unlock(List.of(collection));
            Map<String, Variant<?>> properties = new HashMap<>();
            properties.put("org.freedesktop.Secret.Item.Label", new Variant<>("Waxwing: sign-in"));
            properties.put("org.freedesktop.Secret.Item.Attributes", new Variant<>(attributes(name), "a{ss}"));
            var answer = bus.object(collection, SecretService.Collection.class).CreateItem(properties,
                    new SecretService.Secret(bus.session, new byte[0], secret.getBytes(StandardCharsets.UTF_8), "text/plain; charset=utf8"),
                    true);
            bus.prompted(answer.second);
            return true;
        });
    }

    @Override
    public void remove(String name) {
        with(bus -> {
            for (DBusPath path : bus.items(name)) bus.prompted(bus.object(path, SecretService.Item.class).Delete());
            return true;
        });
    }

    @Override
    public String place() {
        return "the keyring of this desktop (Secret Service)";
    }

    private Map<String, String> attributes(String name) {
        return Map.of("application", "waxwing", "installation", installation, "name", name);
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(Bus bus) throws DBusException;
    }

    private <T> T with(Work<T> work) {
        try (var bus = new Bus()) {
            return work.with(bus);
        } catch (DBusException | DBusExecutionException | IOException e) {
            throw new FailureException(new Failure.Trouble("The keyring", "it does not answer"), e);
        }
    }

    private static FailureException unavailable(String why) {
        return new Failure.Trouble("The keyring", why).asException();
    }

    /// One connection with one session.
    private final class Bus implements AutoCloseable {
        final DBusConnection connection;
        final SecretService.Service service;
        final DBusPath session;

        Bus() throws DBusException, IOException {
            connection = DBusConnectionBuilder.forAddress(address).withShared(false).transportConfig().withTimeout(CONNECT_MILLIS).back()
                    .build();
            try {
                service = connection.getRemoteObject(SecretService.BUS, SecretService.PATH, SecretService.Service.class);
                session = service.OpenSession("plain", new Variant<>("")).second;
            } catch (DBusException | DBusExecutionException e) {
                connection.close();
                throw e;
            }
        }

        <T extends org.freedesktop.dbus.interfaces.DBusInterface> T object(DBusPath path, Class<T> kind) throws DBusException {
            return connection.getRemoteObject(SecretService.BUS, path.getPath(), kind);
        }

        /// The items of this name, unlocked.
        List<DBusPath> items(String name) throws DBusException {
            var found = service.SearchItems(attributes(name));
            var all = new ArrayList<>(found.first);
            if (!found.second.isEmpty()) {
                unlock(found.second);
                all.addAll(found.second);
            }
            return all;
        }

        void unlock(List<DBusPath> locked) throws DBusException {
            prompted(service.Unlock(locked).second);
        }

        /// Lets the keyring ask the user where it must, and waits for the answer.
        void prompted(DBusPath prompt) throws DBusException {
            if (prompt.getPath().equals(SecretService.NO_PROMPT)) return;
            var done = new CompletableFuture<Boolean>();
            var handle = connection.addSigHandler(SecretService.Prompt.Completed.class, signal -> {
                if (signal.getPath().equals(prompt.getPath())) done.complete(!signal.dismissed);
            });
            try {
                object(prompt, SecretService.Prompt.class).Prompt("");
                if (!done.get(patience.toMillis(), TimeUnit.MILLISECONDS)) throw unavailable("it was not unlocked");
            } catch (TimeoutException | ExecutionException e) {
                throw unavailable("it was not unlocked in time");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unavailable("it was not unlocked");
            } finally {
                closed(handle);
            }
        }

        private void closed(AutoCloseable handle) {
            try {
                handle.close();
            } catch (Exception e) { // broad: AutoCloseable allows any; the connection ends in a moment anyway
                connection.disconnect();
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
