package app.waxwing.audio.sink;

import app.waxwing.audio.Sink;
import app.waxwing.base.Failure;
import app.waxwing.base.Time;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/// Makes the outputs that `--audio-out` names.
public final class Sinks {
    private Sinks() {}

    /// The sinks for `system`, `null` or `wav:FILE`, preferred first: `system` falls back to `null`, the others stand alone.
    ///
    /// @throws app.waxwing.base.FailureException with [Failure.Invalid] for anything else (wrong usage, exit code 2)
    public static List<Sink> of(String option, Time time) {
        if (option.equals("system")) return List.of(new SystemSink(time), new NullSink(time));
        if (option.equals("null")) return List.of(new NullSink(time));
        if (option.startsWith("wav:") && option.length() > 4) {
            try {
                return List.of(new WavSink(Path.of(option.substring(4)).toAbsolutePath()));
            } catch (InvalidPathException e) {
                throw new Failure.Invalid("«" + option.substring(4) + "» is no file name").asException();
            }
        }
        throw new Failure.Invalid("--audio-out takes system, null or wav:FILE, not «" + option + "»").asException();
    }
}
