package app.waxwing.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/// Sends one file for every request, and lets each wait for its first byte, as a server far away does.
final class LateServer implements AutoCloseable {
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final Path file;
    private final long nanos;

    LateServer(Path file, int millis) throws IOException {
        this.file = file;
        nanos = millis * 1_000_000L;
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread.ofPlatform().daemon().start(this::accept);
    }

    String url() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed: the benchmark is over.
        }
    }

    private void serve(SocketChannel client) {
        try (client; var from = FileChannel.open(file)) {
            var reader = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.ISO_8859_1));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty()) continue;
                LockSupport.parkNanos(nanos);
                long size = from.size();
                client.write(ByteBuffer.wrap(("HTTP/1.1 200 OK\r\nContent-Length: " + size
                        + "\r\nContent-Type: application/octet-stream\r\nETag: \"one\"\r\nAccept-Ranges: bytes\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1)));
                for (long at = 0; at < size;) at += from.transferTo(at, size - at, client);
            }
        } catch (IOException e) {
            // The client went away.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
