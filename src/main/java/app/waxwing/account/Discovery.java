package app.waxwing.account;

import app.waxwing.account.Accounts.FoundServer;
import app.waxwing.base.FailureException;
import app.waxwing.base.Time;
import app.waxwing.server.wire.JsonObject;
import app.waxwing.server.wire.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls for Jellyfin servers on every subnet of this computer and collects who answers. An answer is a stranger's word: it only fills the address
/// field, where the user reads it; what cannot be read is left out. Blocks for the whole time: on an `io-*` thread.
final class Discovery {
    static final int PORT = 7359;
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final String QUESTION = "who is JellyfinServer?";
    private static final int MOST = 50;
    private final int port;
    private final Supplier<Set<InetAddress>> targets;
    private final Time time;

    Discovery(int port, Supplier<Set<InetAddress>> targets, Time time) {
        this.port = port;
        this.targets = targets;
        this.time = time;
    }

    List<FoundServer> collect(int millis) {
        Map<String, FoundServer> found = new LinkedHashMap<>();
        try (var socket = new DatagramSocket()) {
            socket.setBroadcast(true);
            byte[] question = QUESTION.getBytes(StandardCharsets.UTF_8);
            for (InetAddress target : targets.get()) {
                try {
                    socket.send(new DatagramPacket(question, question.length, target, port));
                } catch (IOException e) {
                    LOG.debug("no call to {}: {}", target, e.toString());
                }
            }
            long end = time.nanos() + millis * 1_000_000L;
            byte[] buffer = new byte[8192];
            while (found.size() < MOST) {
                long left = (end - time.nanos()) / 1_000_000L;
                if (left <= 0) break;
                socket.setSoTimeout((int) left);
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                answer(packet.getData(), packet.getLength()).ifPresent(s -> found.putIfAbsent(s.url(), s));
            }
        } catch (SocketTimeoutException e) {
            LOG.debug("{} servers answered", found.size());
        } catch (IOException e) {
            LOG.info("no look around the network: {}", e.toString());
        }
        return List.copyOf(found.values());
    }

    static Optional<FoundServer> answer(byte[] data, int length) {
        try {
            JsonObject said = JsonReader.object(new ByteArrayInputStream(data, 0, length), 8192, "a server nearby");
            return said.words("Address").filter(
                    a -> a.length() <= 300 && a.toLowerCase(Locale.ROOT).startsWith("http") && !AddressGuess.candidates(a).isEmpty())
                    .map(a -> new FoundServer(said.words("Name").filter(n -> n.length() <= 200).orElse(a), a));
        } catch (IOException | FailureException e) {
            return Optional.empty();
        }
    }

    /// The broadcast address of every subnet, the general one, and this computer itself.
    static Set<InetAddress> broadcasts() {
        var all = new LinkedHashSet<InetAddress>();
        try {
            for (NetworkInterface one : new ArrayList<>(NetworkInterface.networkInterfaces().toList())) {
                if (!one.isUp()) continue;
                for (InterfaceAddress address : one.getInterfaceAddresses()) {
                    InetAddress broadcast = address.getBroadcast();
                    if (broadcast instanceof Inet4Address) all.add(broadcast);
                }
            }
            all.add(InetAddress.getByAddress(new byte[]{-1, -1, -1, -1}));
            all.add(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}));
        } catch (SocketException | UnknownHostException e) {
            LOG.info("no list of networks: {}", e.toString());
        }
        return all;
    }
}
