package app.waxwing.audio;

import app.waxwing.audio.sink.Sinks;
import app.waxwing.base.SystemTime;
import java.nio.file.Path;

/// Plays two files through the system's output and tells its events, in a JVM of its own.
final class PlayTwo {
    private PlayTwo() {}

    public static void main(String[] args) {
        var time = new SystemTime();
        try (var rig = new Rig(Sinks.of("system", time), new NoBackend(), Decoders.Choice.AUTO)) {
            rig.engine.subscribe(event -> System.out.println(event));
            rig.engine.open(Rig.track(1, Path.of(args[0])), true);
            rig.engine.prepareNext(Rig.track(2, Path.of(args[1])));
            rig.awaitEvent(AudioEvent.Ended.class, 2);
            System.out.println(rig.engine.describe());
        }
        time.close();
    }
}
