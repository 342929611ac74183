package app.waxwing.audio;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.WavSink;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real files through the embedded decoder, the mixer and the `wav` sink.
@DisplayName("Playing into a wav file")
class WavPlayTest {
    @TempDir
    Path folder;

    @Test
    void a16BitFileComesOutBitForBit() {
        Path wav = Rig.sine(folder.resolve("in.wav"), 44_100, 66_150, 0);
        Rig.Wave in = Rig.Wave.read(wav);
        for (Path file : new Path[]{wav, Rig.fixture("part1.flac"), Rig.fixture("part1-alac.m4a")}) {
            Path out = folder.resolve("out.wav");
            try (var rig = new Rig(new WavSink(out))) {
                rig.engine.open(Rig.track(1, file), true);
                rig.awaitEvent(AudioEvent.Ended.class, 1);
                assertThat(rig.events.stream().map(e -> e.getClass().getSimpleName())).as(file.toString())
                        .containsExactly("Opened", "Sounding", "Ended");
            }
            Rig.Wave heard = Rig.Wave.read(out);
            assertThat(heard.rate()).isEqualTo(44_100);
            assertThat(heard.bits()).isEqualTo(16);
            assertThat(heard.frames()).as(file.toString()).isEqualTo(66_150);

            if (file.equals(wav)) assertThat(heard.samples()).isEqualTo(in.samples());
        }
    }
}
