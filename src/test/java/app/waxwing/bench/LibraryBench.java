package app.waxwing.bench;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Sync, search and first rows over synthetic libraries, in a Java as packaged. Prints; asserts nothing about time.
class LibraryBench {
    private static final int FITS = 100_000;
    @TempDir
    Path folder;

    @Test
    @DisplayName("1.3 20,000 tracks")
    void twenty() throws Exception {
        run(20_000);
    }

    @Test
    @DisplayName("1.3, 4.23 100,000 tracks and a million plays")
    void hundred() throws Exception {
        run(100_000);
    }

    /// 1,000,000 take half an hour: `-Dwaxwing.bench.tracks=1000000`.
    @Test
    @EnabledIfSystemProperty(named = "waxwing.bench.tracks", matches = "\\d+")
    @DisplayName("as many tracks as -Dwaxwing.bench.tracks says")
    void asked() throws Exception {
        run(Integer.getInteger("waxwing.bench.tracks"));
    }

    /// The server is in the same process, and with it what it knows of each track.
    private void run(int tracks) throws Exception {
        List<String> more = tracks > FITS ? List.of("-Xmx4g") : List.of();
        PackagedJava.run(LibraryChild.class, more, String.valueOf(tracks), folder.toString());
    }
}
