package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.base.Threads;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.TlsFaults;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What a transfer and its server agree to speak, and the connection between one transfer and the next.
class ConnectionsTest {
    private static final int SIZE = 60_000;
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        // A server that is slow to answer on a busy machine is no failure here.
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new SystemDisk()).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /// How the server ends a connection behind an answer.
    private enum End {
        NEVER, SAID, UNSAID, RESET
    }

    /// Speaks HTTP/1.1 over TLS, would rather speak HTTP/2 where it is offered, and keeps connections.
    private static final class Keeping implements AutoCloseable {
        final Map<String, byte[]> files = new ConcurrentHashMap<>();
        final List<List<String>> offered = new CopyOnWriteArrayList<>();
        final List<String> spoken = new CopyOnWriteArrayList<>();
        final List<String> asked = new CopyOnWriteArrayList<>();
        final AtomicInteger connections = new AtomicInteger();
        final AtomicInteger ended = new AtomicInteger();
        private final End end;
        private final ServerSocket socket;
        private final ExecutorService threads = Threads.virtual("keeping-server");

        Keeping(TlsFaults tls, End end) throws IOException {
            this.end = end;
            socket = tls.socket();
            threads.execute(this::accept);
        }

        String url() {
            return "https://127.0.0.1:" + socket.getLocalPort();
        }

        private void accept() {
            while (!socket.isClosed()) {
                try {
                    Socket peer = socket.accept();
                    connections.incrementAndGet();
                    threads.execute(() -> serve(peer));
                } catch (IOException e) {
                    if (!socket.isClosed()) throw new java.io.UncheckedIOException(e);
                }
            }
        }

        private void serve(Socket peer) {
            try (SSLSocket secure = (SSLSocket) peer) {
                secure.setHandshakeApplicationProtocolSelector((s, protocols) -> {
                    offered.add(List.copyOf(protocols));
                    return protocols.contains("h2") ? "h2" : "http/1.1";
                });
                secure.startHandshake();
                spoken.add(secure.getApplicationProtocol());
                InputStream in = new BufferedInputStream(secure.getInputStream());
                for (Optional<String> path = path(in); path.isPresent(); path = path(in)) {
                    asked.add(path.get());
                    answer(secure.getOutputStream(), files.getOrDefault(path.get(), new byte[0]));
                    if (end != End.NEVER) break;
                }
                if (end == End.RESET) secure.setSoLinger(true, 0);
            } catch (IOException e) {
                // The client ended it: it closes what it does not use any more.
            } finally {
                ended.incrementAndGet();
            }
        }

        private void answer(OutputStream out, byte[] file) throws IOException {
            String head = "HTTP/1.1 200 OK\r\nContent-Type: audio/flac\r\nAccept-Ranges: bytes\r\nContent-Length: " + file.length
                    + "\r\nLast-Modified: " + FaultServer.date(Instant.parse("2024-05-01T10:00:00Z")) + "\r\n"
                    + (end == End.SAID ? "Connection: close\r\n" : "") + "\r\n";
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(file);
            out.flush();
        }

        /// What the next request asks for; empty when there is none.
        private static Optional<String> path(InputStream in) throws IOException {
            var head = new StringBuilder();
            while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
                int c = in.read();
                if (c < 0) return Optional.empty();
                head.append((char) c);
            }
            return Optional.of(head.substring(head.indexOf(" ") + 1, head.indexOf(" HTTP")));
        }

        @Override
        public void close() throws IOException {
            socket.close();
            threads.shutdownNow();
        }
    }

    private void fetched(Keeping server, String id) {
        byte[] music = TransferTest.music(SIZE, id.hashCode());
        server.files.put(Rig.path(id), music);
        ItemKey key = rig.track(1, id, SIZE);
        rig.enqueue(key);
        Download whole = rig.await(key, Status.COMPLETED);
        assertThat(rig.bytes(whole)).isEqualTo(music);
    }

    private long attempts(String id) {
        return rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED && e.download().key().id().equals(id)).count();
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(End.class)
    @DisplayName("B.19 with a server that would rather speak HTTP/2 downloads speak HTTP/1.1; a connection that it ends between two transfers costs "
            + "no try, and one that it keeps is used again")
    void between(End end) throws Exception {
        var tls = new TlsFaults(folder);
        try (var server = new Keeping(tls, end)) {
            rig.client = tls.trusting();
            rig.address = server.url();
            fetched(server, "a");
            if (end != End.NEVER) Rig.await(() -> server.ended.get() == 1, () -> "the server does not end it");
            fetched(server, "b");
            assertThat(List.of(attempts("a"), attempts("b"))).as("attempts").containsExactly(1L, 1L);
            assertThat(server.asked).containsExactly(Rig.path("a"), Rig.path("b"));
            assertThat(server.connections.get()).isEqualTo(end == End.NEVER ? 1 : 2);
            assertThat(server.offered).allSatisfy(o -> assertThat(o).containsExactly("http/1.1"));
            assertThat(server.spoken).containsOnly("http/1.1");
        } finally {
            rig.client.connectionPool().evictAll();
        }
    }
}
