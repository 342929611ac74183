package app.waxwing.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/// Plain sockets that take up to 128 KiB from the system at once. OkHttp reads 8 KiB at a time, which for a large file costs more in calls to the
/// system than everything else together. OkHttp's pool does not ask who made a socket: what else speaks HTTP/1.1 alone over it shares these.
final class WideSockets extends SocketFactory {
    static final SocketFactory INSTANCE = new WideSockets();
    /// As much as Java's own sockets read in one call.
    private static final int WIDTH = 128 * 1024;

    private WideSockets() {}

    @Override
    public Socket createSocket() {
        return new WideSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connect(new WideSocket(), host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        Socket socket = new WideSocket();
        socket.bind(new InetSocketAddress(localHost, localPort));
        return connect(socket, host, port);
    }

    private static Socket connect(Socket socket, InetAddress host, int port) throws IOException {
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    private static final class WideSocket extends Socket {
        private final AtomicReference<@Nullable InputStream> wide = new AtomicReference<>();

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream there = wide.get();
            if (there != null) return there;
            wide.compareAndSet(null, new Wide(super.getInputStream()));
            return Objects.requireNonNull(wide.get());
        }
    }

    /// Like a `BufferedInputStream`, without its question after each read whether more is there. One thread reads at a time.
    private static final class Wide extends FilterInputStream {
        private final byte[] buffer = new byte[WIDTH];
        private int from;
        private int to;

        Wide(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            if (from == to && !fill()) return -1;
            return buffer[from++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) return 0;
            if (from == to && !fill()) return -1;
            int count = Math.min(length, to - from);
            System.arraycopy(buffer, from, into, offset, count);
            from += count;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            // TLS empties a stream at its end by skipping what is available, until nothing is: nothing skipped would go on for ever.
            if (from == to) return count <= 0 ? 0 : in.skip(count);
            int skipped = (int) Math.clamp(count, 0, to - from);
            from += skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return to - from + super.available();
        }

        private boolean fill() throws IOException {
            from = 0;
            to = Math.max(0, in.read(buffer, 0, WIDTH));
            return to > 0;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
