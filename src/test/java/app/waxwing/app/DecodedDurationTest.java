package app.waxwing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.audio.ffmpeg.FfmpegBackend;
import app.waxwing.base.FailureException;
import app.waxwing.download.DurationProbe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The measure of transcodes over files that real encoders made.
@DisplayName("B.7 how long a file really sounds")
class DecodedDurationTest {
    /// The album of the demonstration that has transcodes: each of its tracks lasts as long.
    private static final Duration TRACK = Duration.ofNanos(20_869_569_200L);
    private static final Duration MP3 = Duration.ofNanos(39_923_083_900L);
    /// An encoder's own frames at both ends.
    private static final Duration ROUNDING = Duration.ofMillis(120);
    private final DurationProbe probe = new DecodedDuration(new FfmpegBackend());
    @TempDir
    Path folder;

    private static byte[] demo(String path) {
        try (InputStream in = Objects.requireNonNull(DecodedDurationTest.class.getResourceAsStream("/app/waxwing/demo/library/" + path))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Duration decoded(byte[] bytes, String name) {
        try {
            return probe.decoded(Files.write(folder.resolve(name), bytes), () -> false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Empty where the decoder itself says that the end is missing.
    private Optional<Duration> heard(byte[] bytes, String name) {
        try {
            return Optional.of(decoded(bytes, name));
        } catch (FailureException e) {
            return Optional.empty();
        }
    }

    @Test
    @DisplayName("whole ones last as long as their track, by every encoder of the demonstration")
    void whole() {
        for (String path : new String[]{"night-train/01.flac", "night-train/transcoded/01.mp3", "night-train/transcoded/01.opus",
                "night-train/transcoded/05.opus"}) {
            assertThat(decoded(demo(path), path.replace('/', '-'))).as(path).isBetween(TRACK.minus(ROUNDING), TRACK.plus(ROUNDING));
        }
        assertThat(decoded(demo("field-notes/01.mp3"), "vbr.mp3")).isBetween(MP3.minus(ROUNDING), MP3.plus(ROUNDING));
    }

    @Test
    @DisplayName("cut anywhere they last as long as what is there, or are refused; nothing cut by more than the tolerance passes for whole")
    void cut() {
        for (String path : new String[]{"night-train/transcoded/01.mp3", "night-train/transcoded/02.opus", "night-train/01.flac"}) {
            byte[] all = demo(path);
            for (int at : new int[]{1, 100, 4096, all.length / 10, all.length / 3, all.length / 2 + 1, all.length * 9 / 10}) {
                Optional<Duration> sounds = heard(Arrays.copyOf(all, at), at + path.replace('/', '-'));
                Duration most = TRACK.multipliedBy(at).dividedBy(all.length).plusSeconds(2);
                sounds.ifPresent(d -> assertThat(d).as("%s cut at %d", path, at).isLessThan(TRACK.minusSeconds(1)).isLessThan(most));
            }
        }
    }

    @Test
    @DisplayName("a header that claims more, or less, is not believed: what is decoded counts")
    void wrongHeader() {
        byte[] mp3 = demo("field-notes/01.mp3");
        int xing = find(mp3, "Xing");
        for (int frames : new int[]{100, 100_000}) {
            byte[] lying = mp3.clone();
            ByteBuffer.wrap(lying).putInt(xing + 8, frames);
            heard(lying, frames + "lying.mp3").ifPresent(d -> assertThat(d).as("%d frames", frames).isLessThan(MP3.plusSeconds(1)));
        }
        byte[] half = Arrays.copyOf(mp3, mp3.length / 2);
        heard(half, "half.mp3").ifPresent(d -> assertThat(d).isLessThan(MP3.minusSeconds(10)));

        byte[] wav = wav(44_100 * 2);
        ByteBuffer.wrap(wav).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(40, 44_100 * 20 * 2);
        heard(wav, "lying.wav").ifPresent(d -> assertThat(d).isLessThanOrEqualTo(Duration.ofMillis(2100)));
    }

    @Test
    @DisplayName("MP3 of varying bit rate without a header lasts as long as its frames")
    void withoutHeader() {
        byte[] mp3 = demo("field-notes/01.mp3");
        int xing = find(mp3, "Xing");
        int first = xing - 36; // MPEG 1, two channels: four bytes of header, 32 of side information
        int next = first + 4;
        while (!((mp3[next] & 0xff) == 0xff && mp3[next + 1] == mp3[first + 1] && find(mp3, "Xing") < next)) next++;
        assertThat(decoded(Arrays.copyOfRange(mp3, next, mp3.length), "bare.mp3")).isBetween(MP3.minus(ROUNDING), MP3.plus(ROUNDING));
        assertThat(decoded(Arrays.copyOfRange(mp3, next, mp3.length / 2), "bare-half.mp3")).isLessThan(MP3.minusSeconds(10));
    }

    @Test
    @DisplayName("silence lasts as long as any sound")
    void silence() {
        var frames = new ByteArrayOutputStream();
        int count = 400;
        for (int i = 0; i < count; i++) {
            boolean large = i % 3 == 0; // 128 or 64 kbit/s, 44.1 kHz, without sound
            frames.writeBytes(Arrays.copyOf(new byte[]{(byte) 0xff, (byte) 0xfb, (byte) (large ? 0x90 : 0x50), 0}, large ? 417 : 208));
        }
        Duration expected = Duration.ofNanos(count * 1152L * 1_000_000_000L / 44_100);
        assertThat(decoded(frames.toByteArray(), "silence.mp3")).isBetween(expected.minus(ROUNDING), expected.plus(ROUNDING));
        assertThat(decoded(wav(44_100 * 3), "silence.wav")).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("what is no music is refused, and who is told to stop stops")
    void otherwise() throws IOException {
        assertThatThrownBy(() -> decoded("<html>no music</html>".getBytes(StandardCharsets.UTF_8), "page.mp3"))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> decoded(new byte[0], "nothing.opus")).isInstanceOf(FailureException.class);
        var asked = new AtomicInteger();
        Path file = Files.write(folder.resolve("stopped.flac"), demo("night-train/01.flac"));
        assertThat(probe.decoded(file, () -> asked.incrementAndGet() > 2)).isLessThan(Duration.ofSeconds(5));
    }

    private static int find(byte[] in, String word) {
        return new String(in, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    /// One channel, 16 bit, 44.1 kHz, all zero.
    private static byte[] wav(int samples) {
        ByteBuffer b = ByteBuffer.allocate(44 + samples * 2).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        b.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples * 2).put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII));
        b.putInt(16).putShort((short) 1).putShort((short) 1).putInt(44_100).putInt(88_200).putShort((short) 2).putShort((short) 16);
        return b.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples * 2).array();
    }
}
