package app.waxwing.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class QualityTest {
    @ParameterizedTest(name = "{0} at {1} for {2}: {3}")
    @CsvSource(nullValues = "-", value = {"mp3, 96000, MP3_320, true", "mp3, 96000, OPUS_128, true", "mp3, 128000, OPUS_128, true",
            "mp3, 320000, OPUS_128, false", "mp3, 320000, MP3_320, true", "mp3, 321500, MP3_320, true", "mp3, 140800, OPUS_128, true",
            "mp3, 140801, OPUS_128, false", "opus, 96000, OPUS_96, true", "opus, 160000, OPUS_96, false", "ogg, 112000, MP3_128, true",
            "OGG, 112000, MP3_128, true", "m4a, 256000, MP3_320, true", "'mov,mp4,m4a', 128000, MP3_192, true",
            "m4a, 900000, MP3_320, false",
            "flac, 900000, MP3_320, false", "flac, 90000, MP3_320, false", "wav, 64000, MP3_320, false", "mp3, -, OPUS_128, false",
            "mp3, 0, OPUS_128, false", "-, 96000, OPUS_128, false", "ape, 96000, OPUS_128, false", "flac, 900000, ORIGINAL, true",
            "-, -, ORIGINAL, true"})
    @DisplayName("a lossy source below the target is taken as it is; everything else is transcoded")
    void asItIs(String container, Integer bitrate, Quality wish, boolean asItIs) {
        assertThat(wish.takesAsItIs(Optional.ofNullable(container), bitrate == null ? OptionalInt.empty() : OptionalInt.of(bitrate)))
                .isEqualTo(asItIs);
    }

    @ParameterizedTest
    @EnumSource
    void wordsAreReadAsWritten(Quality quality) {
        assertThat(Quality.of(quality.word())).contains(quality);
        assertThat(quality.word()).matches("original|(opus|mp3)-\\d{2,3}");
    }

    @Test
    void othersAreNone() {
        for (String word : new String[]{"", "opus", "opus-129", "OPUS-128", "opus_128", "flac", "aac-128"})
            assertThat(Quality.of(word)).isEmpty();
    }

    @Test
    void sizesAreEstimated() {
        assertThat(Quality.OPUS_128.estimate(OptionalLong.of(240_000))).hasValue(3_840_000);
        assertThat(Quality.ORIGINAL.estimate(OptionalLong.of(240_000))).isEmpty();
        assertThat(Quality.MP3_320.estimate(OptionalLong.empty())).isEmpty();
    }
}
