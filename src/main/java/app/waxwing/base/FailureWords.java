package app.waxwing.base;

import java.time.Duration;

/// The one place that turns a [Failure] into a plain sentence and, where there is one, what to do about it.
public final class FailureWords {
    private FailureWords() {}

    /// One sentence for the user, ending with a full stop.
    public static String sentence(Failure failure) {
        return switch (failure) {
            case Failure.Offline f -> named(f.server(), "The server")
                    + (f.another() ? " cannot be reached: another server answers at its address." : " cannot be reached.");
            case Failure.Unauthorised f -> named(f.server(), "The server") + " asks you to sign in again.";
            case Failure.WrongPassword f -> "User name or password are not right for " + named(f.server(), "this server") + ".";
            case Failure.NotPermitted f -> "The server does not allow this account " + named(f.what(), "to do that") + ".";
            case Failure.NotFound f -> "There is no " + named(f.what(), "such item") + ".";
            case Failure.ServerBusy f -> named(f.server(), "The server") + " is busy"
                    + f.retryAfter().map(d -> " and asks to wait " + words(d)).orElse("") + ".";
            case Failure.Untrusted f -> "The certificate of " + f.server() + " is not known to this computer (SHA-256 "
                    + f.fingerprint() + ").";
            case Failure.NotEncrypted f -> f.server() + " is reached without encryption: others on the network could read the password.";
            case Failure.DiskFull f -> "The disk" + (f.volume().isBlank() ? "" : " that holds " + f.volume())
                    + (f.needed() > 0 ? " has not enough room; " + bytes(f.needed()) + " are needed." : " is full.");
            case Failure.StoreMissing f -> "The music folder " + f.folder() + " is not there; connect its drive or choose another folder.";
            case Failure.NotWritable f ->
                "Waxwing may not write to the folder " + f.folder() + "; give it that right or choose another folder.";
            case Failure.InUse f -> "Another program holds the file of " + named(f.file(), "this track") + " open.";
            case Failure.Corrupt f -> named(f.what(), "Something") + " is damaged.";
            case Failure.Unplayable f -> named(f.what(), "This track") + " cannot be played: " + f.why() + ".";
            case Failure.TooLarge f -> named(f.what(), "The server's answer") + " is too large (limit " + f.limit() + ").";
            case Failure.MissingPart f -> f.part() + " is missing on this computer; " + f.remedy() + ".";
            case Failure.Invalid f -> ended(f.why());
            case Failure.Trouble f -> f.what().isBlank() ? ended(f.why()) : ended(f.what() + ": " + f.why());
        };
    }

    /// 1,234,567 bytes as «1.2 MB»; decimal units, as disks are sold.
    public static String bytes(long bytes) {
        if (bytes < 1000) return bytes + " B";
        String[] units = {"kB", "MB", "GB", "TB", "PB"};
        double value = bytes;
        int unit = -1;
        while (value >= 999.5 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return (value < 9.95 ? String.format(java.util.Locale.ROOT, "%.1f", value) : String.valueOf(Math.round(value))) + " " + units[unit];
    }

    private static String words(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 90 ? Counts.of(seconds, "second") : Counts.of((seconds + 30) / 60, "minute");
    }

    private static String named(String name, String otherwise) {
        return name.isBlank() ? otherwise : name;
    }

    private static String ended(String sentence) {
        String s = sentence.strip();
        if (s.isEmpty()) return "Something went wrong.";
        s = Character.toUpperCase(s.charAt(0)) + s.substring(1);
        return s.endsWith(".") || s.endsWith("!") || s.endsWith("?") ? s : s + ".";
    }
}
