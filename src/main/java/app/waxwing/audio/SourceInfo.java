package app.waxwing.audio;

import java.time.Duration;
import java.util.Optional;

/// What a decoder knows of a track once it is open.
///
/// @param format rate and channels as the decoder yields them: the source's own
/// @param bits bits a sample of the source; 16 for lossy ones, which have no such number: that is how they are meant to be heard and compared
/// @param lossy whether the codec is (MP3, AAC, Vorbis, Opus, …)
/// @param codec short name: `flac`, `mp3`, `aac`, `vorbis`, `opus`, `pcm_s16le`, …
/// @param container short name of the file format, empty where unknown
/// @param frames exact length where the file states one or the decoder can tell, else -1
public record SourceInfo(PcmFormat format, int bits, boolean lossy, String codec, String container, long frames) {
    public SourceInfo {
        if (bits < 1 || bits > 64) throw new IllegalArgumentException("bits " + bits);
        if (frames < -1) throw new IllegalArgumentException("frames " + frames);
    }

    public Optional<Duration> duration() {
        return frames < 0 ? Optional.empty() : Optional.of(format.time(frames));
    }

    /// Bits that an output needs to carry all of it: 16 or 24.
    public int outputBits() {
        return lossy || bits <= 16 ? 16 : 24;
    }
}
