package app.waxwing.library;

import java.util.Optional;

/// What the first bytes of a picture say, read without decoding anything: a small file can claim a picture that would fill the memory.
///
/// @param jpeg else PNG; other formats are not taken from strangers
record ImageHeader(boolean jpeg, int width, int height) {
    /// Most bytes of one picture.
    static final int MOST_BYTES = 20_000_000;
    /// Most pixels of one picture.
    static final long MOST_PIXELS = 50_000_000;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

    long pixels() {
        return (long) width * height;
    }

    /// Why the picture is not taken, in words; empty when it is fine.
    static Optional<String> problem(byte[] bytes) {
        if (bytes.length > MOST_BYTES) return Optional.of("larger than 20 MB");
        Optional<ImageHeader> header = of(bytes);
        if (header.isEmpty()) return Optional.of("neither JPEG nor PNG");
        if (header.get().pixels() > MOST_PIXELS) return Optional.of("more than 50 megapixels");
        return Optional.empty();
    }

    /// By signature only, whatever a server called it. Empty when it is neither JPEG nor PNG or names no size.
    static Optional<ImageHeader> of(byte[] bytes) {
        if (bytes.length >= PNG.length + 8 && starts(bytes)) return sized(false, number(bytes, 16, 4), number(bytes, 20, 4));
        if (bytes.length > 3 && u(bytes, 0) == 0xff && u(bytes, 1) == 0xd8 && u(bytes, 2) == 0xff) return jpeg(bytes);
        return Optional.empty();
    }

    /// Walks from marker to marker to the first frame header.
    private static Optional<ImageHeader> jpeg(byte[] bytes) {
        int at = 2;
        while (at + 9 < bytes.length) {
            if (u(bytes, at) != 0xff) return Optional.empty();
            int marker = u(bytes, at + 1);
            if (marker == 0xff) {
                at++;
            } else if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd7) {
                at += 2;
            } else if (marker == 0xd8 || marker == 0xd9 || marker == 0xda || marker == 0) {
                return Optional.empty();
            } else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc) {
                return sized(true, number(bytes, at + 7, 2), number(bytes, at + 5, 2));
            } else {
                int length = (int) number(bytes, at + 2, 2);
                if (length < 2) return Optional.empty();
                at += 2 + length;
            }
        }
        return Optional.empty();
    }

    private static Optional<ImageHeader> sized(boolean jpeg, long width, long height) {
        if (width <= 0 || height <= 0 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) return Optional.empty();
        return Optional.of(new ImageHeader(jpeg, (int) width, (int) height));
    }

    private static boolean starts(byte[] bytes) {
        for (int i = 0; i < PNG.length; i++) if (bytes[i] != PNG[i]) return false;
        return true;
    }

    private static long number(byte[] bytes, int at, int count) {
        long n = 0;
        for (int i = 0; i < count; i++) n = n << 8 | u(bytes, at + i);
        return n;
    }

    private static int u(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }
}
