package app.waxwing.kit;

import app.waxwing.base.Failure;
import java.time.Duration;

/// Short words to the user about what was done or did not work. View models take this; [Toasts] shows it. FX thread.
public interface Notices {
    void say(String words);

    /// With one thing to do about it, such as «Undo».
    void say(String words, String action, Runnable run);

    /// With one thing to do about it that can be done for so long and no longer: then the words go, whether they are looked at or not.
    void say(String words, String action, Duration time, Runnable run);

    void failed(String words);

    void failed(Failure failure);
}
