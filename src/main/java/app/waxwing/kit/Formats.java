package app.waxwing.kit;

import app.waxwing.base.FailureWords;
import java.time.Duration;
import java.util.Locale;

/// Figures as people read them. Show them with class `figures`, whose digits are equally wide.
public final class Formats {
    private Formats() {}

    /// A position or a track's length: «4:28», «1:02:03».
    public static String time(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        long h = seconds / 3600;
        long m = seconds / 60 % 60;
        long s = seconds % 60;
        return h > 0 ? String.format(Locale.ROOT, "%d:%02d:%02d", h, m, s) : String.format(Locale.ROOT, "%d:%02d", m, s);
    }

    /// A collection's length: «48 min», «3 h 12 min», «40 s».
    public static String total(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) return seconds + " s";
        long minutes = (seconds + 30) / 60;
        if (minutes < 60) return minutes + " min";
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }

    /// «2,914».
    public static String count(long n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    /// «60 MB»; decimal units.
    public static String bytes(long bytes) {
        return FailureWords.bytes(Math.max(0, bytes));
    }

    /// «2.1 MB/s».
    public static String speed(long bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /// «62 %»; never 100 before the whole is there.
    public static String percent(double part) {
        return (part >= 1 ? 100 : Math.min(99, (int) (Math.max(0, part) * 100))) + " %";
    }
}
