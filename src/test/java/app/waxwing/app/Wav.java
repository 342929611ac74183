package app.waxwing.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Reads what the `wav` output wrote.
final class Wav {
    private Wav() {}

    /// The bytes of the `data` chunk.
    static byte[] samples(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 12; at + 8 <= all.length;) {
            String id = new String(all, at, 4, StandardCharsets.US_ASCII);
            int size = buffer.getInt(at + 4);
            if (id.equals("data")) return Arrays.copyOfRange(all, at + 8, Math.min(all.length, at + 8 + size));
            at += 8 + size + (size & 1);
        }
        throw new AssertionError(file + " has no samples");
    }
}
