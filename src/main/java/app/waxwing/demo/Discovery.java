package app.waxwing.demo;

import app.waxwing.base.Threads;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers «who is JellyfinServer?» on UDP 7359 (AutoDiscoveryHost.cs).
interface Discovery extends AutoCloseable {
    int PORT = 7359;
    Discovery OFF = () -> {};

    @Override
    void close();

    /// @throws IOException when the port is taken
    static Discovery start(Supplier<String> answer) throws IOException {
        var socket = new DatagramSocket(null);
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(PORT));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        Threads.start("demo-discovery", () -> listen(socket, answer));
        return socket::close;
    }

    private static void listen(DatagramSocket socket, Supplier<String> answer) {
        var buffer = new byte[1024];
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (!text.toLowerCase(Locale.ROOT).contains("who is jellyfinserver?")) continue;
                byte[] reply = answer.get().getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) log().warn("discovery failed", e);
            }
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Discovery.class);
    }
}
