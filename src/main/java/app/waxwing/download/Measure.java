package app.waxwing.download;

import app.waxwing.base.Quality;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// By what the bytes of a track are guessed whose size nobody named: servers list thousands of tracks without it.
///
/// @param kind in which form its music is: the word of a quality, or what an original's container says of it
/// @param millis how long it lasts; of one of which that is not known, as long as a usual song
public record Measure(String kind, long millis) {
    private static final String LOSSLESS = "lossless";
    private static final String LOSSY = "lossy";
    private static final String ANY = "any";
    private static final Set<String> WITHOUT_LOSS = Set.of("flac", "alac", "wav", "aif", "aiff", "ape", "wv", "tta", "dsf", "dff");
    private static final long USUAL_MILLIS = 240_000;
    /// CD music in FLAC, 880 kbit/s.
    private static final long LOSSLESS_RATE = 110_000;
    /// 256 kbit/s.
    private static final long LOSSY_RATE = 32_000;
    public static final Measure USUAL = new Measure(ANY, USUAL_MILLIS);

    public Measure {
        if (millis <= 0) throw new IllegalArgumentException("a track of " + millis + " ms");
    }

    /// @param container of the source, as the server names it; several by commas
    static Measure of(String quality, Optional<String> container, OptionalLong millis) {
        boolean transcoded = Quality.of(quality).filter(Quality::transcoded).isPresent();
        return new Measure(transcoded ? quality : container.map(Measure::form).orElse(ANY),
                millis.isPresent() && millis.getAsLong() > 0 ? millis.getAsLong() : USUAL_MILLIS);
    }

    private static String form(String container) {
        for (String form : container.toLowerCase(Locale.ROOT).split(",")) if (WITHOUT_LOSS.contains(form.strip())) return LOSSLESS;
        return LOSSY;
    }

    /// Bytes for a second of music where nothing better is known.
    static long usualRate(String kind) {
        return switch (kind) {
            case LOSSLESS -> LOSSLESS_RATE;
            case LOSSY, ANY -> LOSSY_RATE;
            default -> Quality.of(kind).map(q -> q.kilobits() * 1000L / 8).orElse(LOSSY_RATE);
        };
    }
}
