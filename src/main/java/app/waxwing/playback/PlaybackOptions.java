package app.waxwing.playback;

/// What the user may choose about playing.
///
/// @param gapless the next track is prepared before the end and joined sample for sample; off leaves the pause that opening takes
/// @param loudness which normalisation gain is used
/// @param historyDays how long the history of plays is kept; 0 = for ever
public record PlaybackOptions(boolean gapless, Loudness loudness, int historyDays) {
    public static final PlaybackOptions DEFAULT = new PlaybackOptions(true, Loudness.ALBUM, 0);

    public PlaybackOptions {
        if (historyDays < 0) throw new IllegalArgumentException("history days " + historyDays);
    }

    /// How tracks of different loudness are brought together.
    public enum Loudness {
        /// As they are.
        OFF,
        /// Each track by itself.
        TRACK,
        /// Tracks of one album that follow each other keep their differences; others go by themselves.
        ALBUM
    }
}
