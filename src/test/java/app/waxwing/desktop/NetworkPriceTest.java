package app.waxwing.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.NetworkMonitor.Metering;
import app.waxwing.base.SystemTime;
import app.waxwing.testing.Parts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.freedesktop.dbus.DBusPath;
import org.freedesktop.dbus.connections.impl.DBusConnection;
import org.freedesktop.dbus.connections.impl.DBusConnectionBuilder;
import org.freedesktop.dbus.exceptions.DBusException;
import org.freedesktop.dbus.interfaces.DBus;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkPriceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"'wlan0=192.168.1.20', ''", "'wlan0=192.168.43.7', 'wlan0 192.168.43.x'", "'en0=172.20.10.3', 'en0 172.20.10.x'",
            "'wwan0=10.64.1.2', wwan0", "'ppp0=10.64.1.2', ppp0", "'usb0=192.168.42.129', 'usb0 192.168.42.x'", "'rndis0=10.1.2.3', rndis0",
            "'wwan0=10.64.1.2;eth0=192.168.1.4', ''", "'wwan0=10.64.1.2;tun0=10.8.0.2;docker0=172.17.0.1;lo=127.0.0.1', wwan0",
            "'lo=127.0.0.1', ''", "'', ''", "'en0=172.20.10.3;en0=2001:db8::1', 'en0 172.20.10.x'",
            "'wlan0=fe80::1;wwp0s20=10.1.1.1', wwp0s20",
            "'eth0=2001:db8::7', ''"})
    @DisplayName("B.36 mobile and tethered links are known by name and addresses, an ordinary one beside them counts")
    void links(String addresses, String mobile) throws IOException {
        List<Links.Address> all = new ArrayList<>();
        for (String one : addresses.split(";")) {
            if (!one.isEmpty()) all.add(new Links.Address(one.split("=")[0], InetAddress.getByName(one.split("=")[1])));
        }
        assertThat(Links.mobile(all)).isEqualTo(mobile.isEmpty() ? Optional.empty() : Optional.of(mobile));
    }

    @ParameterizedTest
    @CsvSource({"'BAT0 type=Battery status=Discharging;AC type=Mains online=0', true",
            "'BAT0 type=Battery status=Discharging;AC type=Mains online=1', false",
            "'BAT0 type=Battery status=Discharging', true", "'BAT0 type=Battery status=Charging', false",
            "'BAT0 type=Battery status=Full;AC type=Mains online=1', false",
            "'hidpp type=Battery scope=Device status=Discharging', false", "'AC type=Mains online=1', false", "'', false",
            "'BAT0 type=Battery status=Discharging;ucsi type=USB online=1', false", "'BAT0 type=Battery', false",
            "'BAT0 type=Battery status=Discharging;BAT1 type=Battery status=Full', true"})
    @DisplayName("Limits: charger and battery as the kernel of Linux shows them")
    void power(String supplies, boolean battery) throws IOException {
        for (String supply : supplies.split(";")) {
            if (supply.isEmpty()) continue;
            String[] words = supply.split(" ");
            Path one = Files.createDirectories(folder.resolve(words[0]));
            for (int i = 1; i < words.length; i++) Files.writeString(one.resolve(words[i].split("=")[0]), words[i].split("=")[1] + "\n");
        }
        assertThat(new PowerSupplies(folder).onBattery()).isEqualTo(battery);
        assertThat(new PowerSupplies(folder).known()).isTrue();
        assertThat(new PowerSupplies(folder.resolve("nowhere")).onBattery()).isFalse();
        assertThat(new PowerSupplies(folder.resolve("nowhere")).known()).isFalse();
    }

    @Test
    @DisplayName("Limits: a charger that goes is told")
    void charger() throws IOException {
        Path charger = Files.createDirectories(folder.resolve("AC"));
        Path accumulator = Files.createDirectories(folder.resolve("BAT0"));
        Files.writeString(charger.resolve("type"), "Mains");
        Files.writeString(charger.resolve("online"), "1");
        Files.writeString(accumulator.resolve("type"), "Battery");
        Files.writeString(accumulator.resolve("status"), "Charging");
        var time = new app.waxwing.testing.ManualTime();
        var told = new AtomicInteger();
        try (var monitor = new SleepMonitor(time, folder)) {
            monitor.onChange(told::incrementAndGet);
            assertThat(monitor.knowsBattery()).isTrue();
            assertThat(monitor.onBattery()).isFalse();
            Files.writeString(charger.resolve("online"), "0");
            Files.writeString(accumulator.resolve("status"), "Discharging");
            time.pass(Duration.ofSeconds(5));
            await(() -> told.get() == 1);
            assertThat(monitor.onBattery()).isTrue();
        }
    }

    @Test
    @DisplayName("B.36 NetworkManager on a real bus: what it says counts, and a change is told at once; without it nothing is known")
    void networkManager() throws IOException, DBusException {
        Parts.require("dbus", "A message bus is missing: install dbus", () -> installed("dbus-run-session"));
        Process bus = new ProcessBuilder("dbus-run-session", "--", "sh", "-c", "echo \"$DBUS_SESSION_BUS_ADDRESS\"; read wait")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = new BufferedReader(new InputStreamReader(bus.getInputStream(), StandardCharsets.UTF_8));
                var time = new SystemTime()) {
            String address = out.readLine();
            try (var link = new NetworkManagerLink(address, () -> {});
                    DBusConnection service = DBusConnectionBuilder.forAddress(address).withShared(false).build()) {
                assertThat(link.look()).isEqualTo(NetworkManagerLink.Seen.NOTHING);
                assertThat(link.there()).isFalse();
                var manager = new Manager();
                service.exportObject(NetworkManagerLink.PATH, manager);
                service.exportObject(Manager.ACTIVE, new Manager());
                service.requestBusName(NetworkManagerLink.BUS);
                for (var value : Map.of(0, Metering.UNKNOWN, 1, Metering.METERED, 2, Metering.UNMETERED, 3, Metering.METERED, 4,
                        Metering.UNKNOWN).entrySet()) {
                    manager.metered = value.getKey();
                    assertThat(link.look()).isEqualTo(new NetworkManagerLink.Seen(value.getValue(), "Pixel"));
                }
                assertThat(link.there()).isTrue();
                changesAreTold(address, time, service, manager);
            }
            assertThat(new NetworkManagerLink("unix:path=" + folder.resolve("no-bus"), () -> {}).look())
                    .isEqualTo(NetworkManagerLink.Seen.NOTHING);
        } finally {
            bus.destroy();
        }
    }

    private static void changesAreTold(String address, SystemTime time, DBusConnection service, Manager manager) throws DBusException {
        manager.metered = 0; // the first change below is one, whenever the monitor looks first
        try (var monitor = new InterfaceMonitor(time, Optional.of(address))) {
            var told = new AtomicInteger();
            monitor.onChange(told::incrementAndGet);
            for (int metered : new int[]{1, 2, 1}) {
                int before = told.get();
                manager.metered = metered;
                service.sendMessage(new Properties.PropertiesChanged(NetworkManagerLink.PATH, NetworkManagerLink.BUS,
                        Map.of(NetworkManagerLink.METERED, new Variant<>(new UInt32(metered))), List.of()));
                Metering expected = metered == 1 ? Metering.METERED : Metering.UNMETERED;
                await(() -> monitor.network().metering() == expected && monitor.network().name().equals("Pixel")
                        && told.get() > before);
            }
            assertThat(monitor.knowsCosts()).isTrue();
        }
    }

    @Test
    @DisplayName("B.36 a bus that did not answer is asked again at the next look, and NetworkManager is noticed when it comes later")
    void comesLater() throws IOException, DBusException {
        Parts.require("dbus", "A message bus is missing: install dbus", () -> installed("dbus-daemon"));
        Path socket = folder.resolve("bus");
        String address = "unix:path=" + socket;
        var time = new app.waxwing.testing.ManualTime();
        try (var broken = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
                var monitor = new InterfaceMonitor(time, Optional.of(address))) {
            broken.accept().close();
            Files.delete(socket);
            Process bus = new ProcessBuilder("dbus-daemon", "--session", "--nofork", "--address=" + address)
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            try {
                await(() -> Files.exists(socket));
                time.pass(Duration.ofSeconds(3));
                try (DBusConnection service = DBusConnectionBuilder.forAddress(address).withShared(false).build()) {
                    DBus names = service.getRemoteObject("org.freedesktop.DBus", "/org/freedesktop/DBus", DBus.class);
                    await(() -> peers(names) == 2);
                    assertThat(monitor.knowsCosts()).isFalse();
                    var manager = new Manager();
                    manager.metered = 1;
                    service.exportObject(NetworkManagerLink.PATH, manager);
                    service.exportObject(Manager.ACTIVE, new Manager());
                    service.requestBusName(NetworkManagerLink.BUS);
                    await(() -> monitor.knowsCosts() && monitor.network().metering() == Metering.METERED);
                }
            } finally {
                bus.destroy();
            }
        }
    }

    private static long peers(DBus bus) {
        return Stream.of(bus.ListNames()).filter(n -> n.startsWith(":")).count();
    }

    @Test
    @DisplayName("B.36 only Linux has that bus")
    void systemBus() {
        Map<String, String> environment = Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/x");
        assertThat(NetworkManagerLink.systemBus("Linux", environment)).contains("unix:path=/x");
        assertThat(NetworkManagerLink.systemBus("Mac OS X", environment)).isEmpty();
        assertThat(NetworkManagerLink.systemBus("Windows 11", environment)).isEmpty();
    }

    @Test
    @DisplayName("Limits: a system that tells nothing of battery and price is known to tell nothing")
    void nothingIsTold() {
        var time = new app.waxwing.testing.ManualTime();
        try (var power = new SleepMonitor(time, folder.resolve("nowhere")); var network = new InterfaceMonitor(time, Optional.empty())) {
            assertThat(power.knowsBattery()).isFalse();
            assertThat(power.onBattery()).isFalse();
            assertThat(network.knowsCosts()).isFalse();
        }
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("it did not happen");
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean installed(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":"))
            if (Files.isExecutable(Path.of(folder, program))) return true;
        return false;
    }

    /// As much of NetworkManager as is asked here.
    private static final class Manager implements Properties {
        static final String ACTIVE = NetworkManagerLink.PATH + "/ActiveConnection/7";
        volatile int metered;

        @Override
        @SuppressWarnings("unchecked")
        public <A> A Get(String iface, String name) {
            return (A) switch (name) {
                case "Id" -> "Pixel";
                case NetworkManagerLink.PRIMARY -> new DBusPath(ACTIVE);
                default -> new UInt32(metered);
            };
        }

        @Override
        public <A> void Set(String iface, String name, A value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<String, Variant<?>> GetAll(String iface) {
            return Map.of(NetworkManagerLink.METERED, new Variant<>(new UInt32(metered)));
        }

        @Override
        public String getObjectPath() {
            return NetworkManagerLink.PATH;
        }
    }
}
