package app.waxwing.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's side of one WebSocket (RFC 6455) for text messages: sending from any thread, receiving on the connection's own.
final class WebSocketWire {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketWire.class);
    private static final int CONTINUED = 0;
    private static final int TEXT = 1;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LIMIT = 1 << 20;

    private final InputStream in;
    private final OutputStream out;

    WebSocketWire(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    void send(String text) throws IOException {
        frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /// The next text, or null when the socket ended.
    @Nullable
    String receive() throws IOException {
        var text = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            int second = in.read();
            if (first < 0 || second < 0) return null;
            long length = second & 0x7f;
            if (length == 126) length = bigEndian(2);
            else if (length == 127) length = bigEndian(8);
            if (length < 0 || text.size() + length > LIMIT) return null;
            byte[] mask = (second & 0x80) != 0 ? in.readNBytes(4) : new byte[4];
            byte[] data = in.readNBytes((int) length);
            for (int i = 0; i < data.length; i++) data[i] ^= mask[i % 4];
            switch (first & 0x0f) {
                case TEXT, CONTINUED -> {
                    text.write(data);
                    if ((first & 0x80) != 0) return text.toString(StandardCharsets.UTF_8);
                }
                case PING -> frame(PONG, data);
                case CLOSE -> {
                    frame(CLOSE, data.length >= 2 ? new byte[]{data[0], data[1]} : new byte[0]);
                    return null;
                }
                default -> {
                }
            }
        }
    }

    /// Says good-bye and ends the connection. Any thread.
    void close() {
        try {
            frame(CLOSE, new byte[]{3, (byte) 0xe9});
            in.close();
        } catch (IOException e) {
            LOG.debug("socket was gone: {}", e.getMessage());
        }
    }

    private long bigEndian(int bytes) throws IOException {
        long value = 0;
        for (byte b : in.readNBytes(bytes)) value = value << 8 | b & 0xff;
        return value;
    }

    private synchronized void frame(int opcode, byte[] data) throws IOException {
        out.write(0x80 | opcode);
        if (data.length < 126) out.write(data.length);
        else if (data.length < 1 << 16) out.write(new byte[]{126, (byte) (data.length >> 8), (byte) data.length});
        else {
            out.write(127);
            for (int shift = 56; shift >= 0; shift -= 8) out.write((int) ((long) data.length >> shift));
        }
        out.write(data);
        out.flush();
    }
}
