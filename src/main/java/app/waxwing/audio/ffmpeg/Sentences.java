package app.waxwing.audio.ffmpeg;

import app.waxwing.base.ByteSource;
import app.waxwing.base.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Says in words why a file could not be opened, by a look at its first bytes.
final class Sentences {
    private static final int HEAD = 512;

    private Sentences() {}

    static Failure unplayable(ByteSource source, String why) {
        return new Failure.Unplayable(source.name(), why);
    }

    static Failure unknown(ByteSource source) {
        var head = ByteBuffer.allocate(HEAD);
        try {
            while (head.hasRemaining()) {
                int n = source.read(head.position(), head);
                if (n < 0) break;
            }
        } catch (IOException e) {
            return new Failure.Unplayable(source.name(), "its bytes cannot be read (" + e.getMessage() + ")");
        }
        return unplayable(source, why(head.flip()));
    }

    private static String why(ByteBuffer head) {
        if (!head.hasRemaining()) return "the file is empty";
        String text = StandardCharsets.ISO_8859_1.decode(head.duplicate()).toString();
        String start = text.stripLeading().toLowerCase(java.util.Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) return "the file is a web page, not sound";
        if (text.startsWith("ftyp", 4)) return "the file is incomplete, its table of contents is missing";
        if (text.startsWith("RIFF") || text.startsWith("fLaC") || text.startsWith("OggS") || text.startsWith("ID3")) {
            return "the file is damaged or incomplete";
        }
        if (isText(head)) return "the file is text, not sound";
        return "it is in no sound format that Waxwing knows";
    }

    private static boolean isText(ByteBuffer head) {
        for (int i = head.position(); i < head.limit(); i++) {
            int b = head.get(i) & 0xff;
            if (b < 0x20 && b != '\n' && b != '\r' && b != '\t' && b != '\f') return false;
        }
        return true;
    }
}
