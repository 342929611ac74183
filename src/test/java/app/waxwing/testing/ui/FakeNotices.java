package app.waxwing.testing.ui;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureWords;
import app.waxwing.kit.Notices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Notes what was said, and the actions that were offered.
public final class FakeNotices implements Notices {
    public final List<String> said = new ArrayList<>();
    public final List<Runnable> offered = new ArrayList<>();
    /// For how long, where that was said.
    public final List<Duration> times = new ArrayList<>();

    @Override
    public void say(String words) {
        said.add(words);
    }

    @Override
    public void say(String words, String action, Runnable run) {
        said.add(words);
        offered.add(run);
    }

    @Override
    public void say(String words, String action, Duration time, Runnable run) {
        say(words, action, run);
        times.add(time);
    }

    @Override
    public void failed(String words) {
        said.add(words);
    }

    @Override
    public void failed(Failure failure) {
        said.add(FailureWords.sentence(failure));
    }
}
