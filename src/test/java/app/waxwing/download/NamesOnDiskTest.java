package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesOnDiskTest {
    private static final String[] PIECES = {"..", "/", "\\", "CON", "con.flac", "a:b", "\0", "\u202e", "\u05d0\u05d1", "é", "e\u0301", "É",
            "😀", "\ud800", "名前", " ", ".", "~", "%2e", "C:", "\n", "aux.", "x".repeat(300), "Ä", "ä", "ß", "SS", "\u212b", "Å"};
    @TempDir
    Path folder;

    private static byte[] music(String id) {
        return ("fLaC\0" + id).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("2.12 B.24 B.25 B.26 hundreds of seeded titles in one album: inside the folder, unique for every file system, found again by their rows")
    void onDisk() throws Exception {
        long seed = 26;
        var random = new Random(seed);
        try (var rig = new Rig(folder, new FaultServer(), Rig.PATIENT, new SystemDisk()).start()) {
            List<ItemKey> keys = new ArrayList<>();
            for (int i = 0; i < TestScale.of(150, 3000); i++) {
                var title = new StringBuilder();
                for (int n = 1 + random.nextInt(3); n > 0; n--) title.append(PIECES[random.nextInt(PIECES.length)]);
                String id = "n" + i;
                keys.add(rig.track(1, id, title.toString(), music(id).length));
                rig.server.file(Rig.path(id), Version.of(music(id), Instant.parse("2024-05-01T10:00:00Z")));
            }
            rig.engine.enqueue(keys, Origin.USER, 0, "original").join();
            Rig.await(() -> rig.engine.activity().completed() == keys.size(), () -> rig.engine.activity().toString());
            Path root = rig.paths.media().toRealPath();
            Set<String> seen = new HashSet<>();
            Set<String> named = new TreeSet<>();
            for (ItemKey key : keys) {
                Download row = rig.await(key, Status.COMPLETED);
                Path file = row.path().orElseThrow();
                assertThat(rig.bytes(row)).as("seed %d, %s", seed, file).isEqualTo(music(key.id()));
                assertThat(file.toRealPath(LinkOption.NOFOLLOW_LINKS)).startsWith(root);
                String name = rig.paths.media().relativize(file).toString();
                named.add(name);
                // As the most forgiving file system would take them for one: composed, without case.
                String folded = Normalizer.normalize(Normalizer.normalize(name, Normalizer.Form.NFD).toUpperCase(Locale.ROOT),
                        Normalizer.Form.NFC);
                assertThat(seen.add(folded)).as("seed %d: %s meets another", seed, name).isTrue();
                assertThat(file.getFileName().toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
            }
            assertThat(rig.files()).containsExactlyInAnyOrderElementsOf(named);
            rig.restart();
            assertThat(rig.engine.verify(false).join().missing()).isEmpty();
        }
    }
}
