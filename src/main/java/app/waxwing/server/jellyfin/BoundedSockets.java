package app.waxwing.server.jellyfin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;

/// Sockets that give up once more bytes came than allowed since [#again]: OkHttp itself takes a message of any length into memory.
final class BoundedSockets extends SocketFactory {
    private final AtomicLong taken = new AtomicLong();
    private final long limit;

    BoundedSockets(long limit) {
        this.limit = limit;
    }

    /// A message is through; the next may be as long.
    void again() {
        taken.set(0);
    }

    /// The only way in which OkHttp asks.
    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public InputStream getInputStream() throws IOException {
                return new FilterInputStream(super.getInputStream()) {
                    @Override
                    public int read() throws IOException {
                        int b = super.read();
                        if (b >= 0) count(1);
                        return b;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        int n = super.read(into, offset, length);
                        if (n > 0) count(n);
                        return n;
                    }
                };
            }
        };
    }

    private void count(int bytes) throws IOException {
        if (taken.addAndGet(bytes) > limit) throw new IOException("a message longer than " + limit + " bytes");
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw connected();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw connected();
    }

    private static IllegalStateException connected() {
        return new IllegalStateException("only sockets that are not connected yet");
    }
}
