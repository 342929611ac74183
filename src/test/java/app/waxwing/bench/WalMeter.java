package app.waxwing.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Counts what comes into a write-ahead log, read as SQLite's «WAL-Index Format» describes the file: frames, and those of them that end a transaction. To be
/// looked at more often than the log begins anew.
final class WalMeter {
    private static final int HEADER = 32;
    private static final int FRAME = 24;
    private final Path file;
    private long at = HEADER;
    private long salts;
    private long bytes;
    private long commits;

    WalMeter(Path database) throws IOException {
        file = database.resolveSibling(database.getFileName() + "-wal");
        look();
        bytes = 0;
        commits = 0;
    }

    /// Of pages and their frames, since this was made.
    long bytes() {
        return bytes;
    }

    long commits() {
        return commits;
    }

    void look() throws IOException {
        if (!Files.exists(file)) return;
        try (FileChannel log = FileChannel.open(file)) {
            ByteBuffer head = read(log, 0, HEADER);
            if (head.remaining() < HEADER) return;
            int page = head.getInt(8);
            if (head.getLong(16) != salts) {
                salts = head.getLong(16);
                at = HEADER;
            }
            for (; at + FRAME + page <= log.size(); at += FRAME + page) {
                ByteBuffer frame = read(log, at, FRAME);
                // What is left of the log as it was before has other salts.
                if (frame.remaining() < FRAME || frame.getLong(8) != salts) return;
                bytes += FRAME + page;
                if (frame.getInt(4) != 0) commits++;
            }
        }
    }

    private static ByteBuffer read(FileChannel log, long from, int count) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(count);
        int got = 1;
        while (read.hasRemaining() && got > 0) got = log.read(read, from + read.position());
        return read.flip();
    }
}
