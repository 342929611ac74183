package app.waxwing.base;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/// In which form a track is kept: as the server has it, or made smaller by the server. This is the whole list.
/// AAC is not in it: servers send it as a bare stream of frames, which tells neither its length nor where to seek.
public enum Quality {
    ORIGINAL("", 0), OPUS_64("opus", 64), OPUS_96("opus", 96), OPUS_128("opus", 128), OPUS_192("opus", 192), MP3_128("mp3", 128),
    MP3_192("mp3", 192), MP3_256("mp3", 256), MP3_320("mp3", 320);

    /// Containers in which music is stored with loss. `m4a` may also hold Apple Lossless, but never at bit rates that a transcode has.
    private static final Set<String> LOSSY = Set.of("mp3", "aac", "m4a", "m4b", "mp4", "mov", "ogg", "oga", "opus", "webm", "weba", "wma",
            "asf");
    /// Of a source that is hardly larger than the transcode would be the loss would be all that one gets.
    private static final double HARDLY_MORE = 1.1;
    private static final Map<String, Quality> BY_WORD = Arrays.stream(values())
            .collect(Collectors.toUnmodifiableMap(Quality::word, q -> q));
    private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');
    private final String codec;
    private final int kilobits;

    Quality(String codec, int kilobits) {
        this.codec = codec;
        this.kilobits = kilobits;
    }

    public static Optional<Quality> of(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }

    /// `original, opus-64, …`, for sentences.
    public static String words() {
        return Arrays.stream(values()).map(Quality::word).collect(Collectors.joining(", "));
    }

    /// As commands, settings and rows name it: `original`, `opus-128`.
    public String word() {
        return word;
    }

    /// Made by the server: without length, without ranges, never the same bytes twice.
    public boolean transcoded() {
        return this != ORIGINAL;
    }

    /// `opus` or `mp3`, which is also what its files end in; empty for the original.
    public String codec() {
        return codec;
    }

    /// Kilobits a second aimed at; 0 for the original.
    public int kilobits() {
        return kilobits;
    }

    /// Whether the server's own file serves instead: it is lossy and no larger than what was asked for, so that a transcode would only lose.
    ///
    /// @param container of the source, as the server names it; several by commas
    /// @param bitrate of the source, bits a second; where it is not known a transcode is made
    public boolean takesAsItIs(Optional<String> container, OptionalInt bitrate) {
        if (!transcoded()) return true;
        boolean lossy = container.stream().flatMap(c -> Arrays.stream(c.split(","))).map(c -> c.strip().toLowerCase(Locale.ROOT))
                .anyMatch(LOSSY::contains);
        return lossy && bitrate.isPresent() && bitrate.getAsInt() > 0 && bitrate.getAsInt() <= kilobits * 1000 * HARDLY_MORE;
    }

    /// About how many bytes it takes; empty where nobody can say.
    ///
    /// @param millis of the track
    public OptionalLong estimate(OptionalLong millis) {
        return transcoded() && millis.isPresent() ? OptionalLong.of(millis.getAsLong() * kilobits / 8) : OptionalLong.empty();
    }
}
