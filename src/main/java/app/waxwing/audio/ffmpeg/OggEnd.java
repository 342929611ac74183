package app.waxwing.audio.ffmpeg;

import app.waxwing.base.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Whether an Ogg file ends in the middle of a page (RFC 3533, section 6). Ogg names its length nowhere, so a file that was cut off is a shorter file
/// but for that; and a missing end-of-stream mark proves nothing, since recordings of radio streams often have none.
final class OggEnd {
    private static final int HEADER = 27;
    private static final int LARGEST_PAGE = HEADER + 255 + 255 * 255;

    private OggEnd() {}

    static boolean isCutOff(ByteSource source) throws IOException {
        long length = source.length();
        if (length < 0 || source.available() < length) return false;
        var tail = ByteBuffer.allocate((int) Math.min(length, LARGEST_PAGE));
        long from = length - tail.capacity();
        while (tail.hasRemaining()) {
            if (source.read(from + tail.position(), tail) < 0) return false;
        }
        for (int at = tail.capacity() - 5; at >= 0; at--) {
            if (tail.getInt(at) == 0x4f676753 && tail.get(at + 4) == 0) return endOfPage(tail, at) > tail.capacity();
        }
        return false;
    }

    /// Where the page that begins at `page` says it ends, which is beyond the tail also where its header is not whole.
    private static int endOfPage(ByteBuffer tail, int page) {
        if (page + HEADER > tail.capacity()) return Integer.MAX_VALUE;
        int segments = tail.get(page + HEADER - 1) & 0xff;
        int end = page + HEADER + segments;
        if (end > tail.capacity()) return Integer.MAX_VALUE;
        for (int i = page + HEADER; i < page + HEADER + segments; i++) end += tail.get(i) & 0xff;
        return end;
    }
}
