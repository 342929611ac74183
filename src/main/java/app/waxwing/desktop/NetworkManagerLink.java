package app.waxwing.desktop;

import app.waxwing.base.NetworkMonitor.Metering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.Variant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the network costs, and what the user calls it, as NetworkManager says on the system's message bus: its properties `Metered` (NMMetered in
/// its D-Bus reference) and `PrimaryConnection`. Where it is not there, nothing is known. A guess of «no» is no knowledge: NetworkManager makes it for every network it has no reason to doubt.
final class NetworkManagerLink implements AutoCloseable {
    static final String BUS = "org.freedesktop.NetworkManager";
    static final String PATH = "/org/freedesktop/NetworkManager";
    static final String METERED = "Metered";
    static final String PRIMARY = "PrimaryConnection";
    static final String CONNECTION = "org.freedesktop.NetworkManager.Connection.Active";
    private static final Logger LOG = LoggerFactory.getLogger(NetworkManagerLink.class);
    private final String address;
    private final Runnable changed;
    private @Nullable DBusConnection connection;
    private volatile boolean there;

    /// @param connection its name in the user's list of networks; empty when there is none
    record Seen(Metering metering, String connection) {
        static final Seen NOTHING = new Seen(Metering.UNKNOWN, "");
    }

    /// @param address of the system's bus
    /// @param changed called on a thread of the bus when the price or the network changed, or NetworkManager came or went; must only post elsewhere
    NetworkManagerLink(String address, Runnable changed) {
        this.address = address;
        this.changed = changed;
    }

    /// The bus of this system, where it has one that NetworkManager could be on.
    static Optional<String> systemBus(String os, Map<String, String> environment) {
        if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) return Optional.empty();
        String said = environment.getOrDefault("DBUS_SYSTEM_BUS_ADDRESS", "");
        if (!said.isBlank()) return Optional.of(said);
        return Stream.of("/run/dbus/system_bus_socket", "/var/run/dbus/system_bus_socket").filter(p -> Files.exists(Path.of(p))).findFirst()
                .map(p -> "unix:path=" + p);
    }

    /// NetworkManager was there when it was asked last.
    boolean there() {
        return there;
    }

    boolean connected() {
        DBusConnection now = connection;
        return now != null && now.isConnected();
    }

    /// Asks, connecting first where that is needed. Blocks; not on two threads at once.
    synchronized Seen look() {
        try {
            DBusConnection bus = connect();
            there = bus.getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class).NameHasOwner(BUS);
            if (!there) return Seen.NOTHING;
            Properties manager = bus.getRemoteObject(BUS, PATH, Properties.class);
            String primary = get(manager, BUS, PRIMARY).map(NetworkManagerLink::path).orElse("/");
            String name = primary.equals("/")
                    ? ""
                    : get(bus.getRemoteObject(BUS, primary, Properties.class), CONNECTION, "Id")
                            .map(Object::toString).orElse("");
            return new Seen(get(manager, BUS, METERED).map(NetworkManagerLink::metering).orElse(Metering.UNKNOWN), name);
        } catch (DBusException | RuntimeException e) { // what is on the bus answers as it likes, and the library throws as it likes
            LOG.debug("NetworkManager does not answer", e);
            there = false;
            close();
            return Seen.NOTHING;
        }
    }

    private static Optional<Object> get(Properties properties, String of, String name) {
        Object value = properties.Get(of, name);
        return Optional.ofNullable(value instanceof Variant<?> v ? v.getValue() : value);
    }

    private static String path(Object value) {
        return value instanceof DBusPath p ? p.getPath() : value.toString();
    }

    private static Metering metering(Object metered) {
        return switch (metered instanceof Number n ? n.intValue() : 0) {
            case 1, 3 -> Metering.METERED; // yes, and a guess of yes
            case 2 -> Metering.UNMETERED;
            default -> Metering.UNKNOWN;
        };
    }

    private DBusConnection connect() throws DBusException {
        DBusConnection open = connection;
        if (open != null && open.isConnected()) return open;
        DBusConnection fresh = DBusConnectionBuilder.forAddress(address).withShared(false).transportConfig()
                .withTimeout(SecretServiceSecrets.CONNECT_MILLIS).back().build();
        connection = fresh;
        var _ = fresh.addSigHandler(Properties.PropertiesChanged.class, signal -> {
            var properties = signal.getPropertiesChanged().keySet();
            if (signal.getPath().equals(PATH) && (properties.contains(METERED) || properties.contains(PRIMARY))) changed.run();
        });
        var _ = fresh.addSigHandler(DBus.NameOwnerChanged.class, signal -> {
            if (signal.name.equals(BUS)) changed.run(); // it came, or went
        });
        return fresh;
    }

    @Override
    public synchronized void close() {
        DBusConnection old = connection;
        connection = null;
        if (old == null) return;
        try {
            old.close();
        } catch (IOException e) {
            LOG.debug("the system's bus was gone already", e);
        }
    }
}
