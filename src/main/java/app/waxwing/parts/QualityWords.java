package app.waxwing.parts;

import app.waxwing.base.Quality;
import app.waxwing.kit.Formats;
import app.waxwing.kit.Texts;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// Qualities as people choose them: what it is, and what an hour of music takes. Pure.
public final class QualityWords {
    private static final OptionalLong HOUR = OptionalLong.of(Duration.ofHours(1).toMillis());

    private QualityWords() {}

    /// «Opus 128 kbit/s · about 58 MB an hour».
    public static String of(Quality quality) {
        OptionalLong hour = quality.estimate(HOUR);
        return hour.isPresent() ? Texts.of("quality.made", name(quality), Formats.bytes(hour.getAsLong())) : Texts.of("quality.original");
    }

    /// «Opus 128 kbit/s».
    public static String name(Quality quality) {
        return quality.transcoded()
                ? Texts.of("quality.name." + quality.codec().toLowerCase(Locale.ROOT), quality.kilobits())
                : Texts.of("quality.name.original");
    }
}
