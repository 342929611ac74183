package app.waxwing.playback;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.audio.sink.NullSink;
import app.waxwing.base.Failure;
import app.waxwing.base.SystemTime;
import app.waxwing.library.Located;
import app.waxwing.library.Track;
import app.waxwing.store.CacheFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceMeterTest {
    @TempDir
    Path folder;

    private static CacheFigures music(Studio studio) {
        return studio.database.meters().figures().stream().filter(f -> f.name().equals("music")).findFirst().orElseThrow();
    }

    private static String counts(CacheFigures f) {
        return f.hits() + " hits, " + f.misses() + " misses, " + f.network() + " network, " + f.errors() + " errors";
    }

    @Test
    @DisplayName("0.23, C.5 what is heard counts once, by where it was found, with the bytes that were read of it; these are kept over a restart until a reset")
    void counted() throws Exception {
        CacheFigures last;
        try (var studio = new Studio(folder, new NullSink(new SystemTime()))) {
            Track here = studio.noise("here", 44_100);
            Path far = Studio.wav(folder.resolve("far.wav"), 22_050, 3);
            Track streamed = studio.known("far", 22_050, studio.remote(far));
            Track away = studio.known("away", 22_050, new Located.Nowhere(new Failure.Offline("Home")));
            Track odd = studio.known("odd", 22_050, new Located.Nowhere(new Failure.Trouble("The server", "answers nonsense")));
            studio.player.play(List.of(here, streamed), 0, "");
            studio.awaitEnd();
            last = music(studio);
            assertThat(counts(last)).isEqualTo("1 hits, 1 misses, 1 network, 0 errors");
            assertThat(last.fromDisk()).isGreaterThanOrEqualTo(44_100 * 4).isLessThan(2 * Files.size(folder.resolve("here.wav")));
            assertThat(last.fromNetwork()).isGreaterThanOrEqualTo(22_050 * 4).isLessThan(2 * Files.size(far));

            studio.player.play(List.of(away), 0, "");
            studio.player.settled().join();
            studio.await("it is known to be away", () -> music(studio).misses() == 2);
            studio.player.play(List.of(odd), 0, "");
            studio.await("it is known to be out of order", () -> music(studio).errors() == 1);
            last = music(studio);
            assertThat(counts(last)).isEqualTo("1 hits, 3 misses, 1 network, 1 errors");
        }
        try (var studio = new Studio(folder, new NullSink(new SystemTime()))) {
            CacheFigures again = music(studio);
            assertThat(counts(again) + again.fromDisk() + again.fromNetwork())
                    .isEqualTo(counts(last) + last.fromDisk() + last.fromNetwork());
            studio.database.meters().reset().join();
            CacheFigures reset = music(studio);
            assertThat(counts(reset)).isEqualTo("0 hits, 0 misses, 0 network, 0 errors");
            assertThat(reset.fromDisk() + reset.fromNetwork()).isZero();
        }
    }
}
