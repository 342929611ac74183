package app.waxwing.download;

import static app.waxwing.store.schema.Tables.TRACK;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Reachability.Mode;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Remedy;
import app.waxwing.download.Download.Status;
import app.waxwing.download.DownloadEngine.Sample;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToComeTest {
    private static final Measure FLAC = Measure.of("original", Optional.of("flac"), OptionalLong.of(200_000));

    private static QueueRow row(long id, Status status, long size, long have, Measure measure) {
        return new QueueRow(new QueueLine(id, 1, status, 1, 0, id, false, 0, Remedy.NONE, ""), Optional.empty(), size, have, measure, 0);
    }

    private static QueueRow waits(Measure measure) {
        return row(9, Status.PENDING, -1, 0, measure);
    }

    private static long bytes(QueueRow... rows) {
        var all = new ToCome();
        for (QueueRow row : rows) all.add(row);
        return all.bytes();
    }

    @Test
    @DisplayName("issue 3 what waits and of which nobody knows the size takes by its length what the known music of its kind takes")
    void byWhatIsKnown() {
        var all = new ToCome();
        for (int i = 0; i < 3; i++) all.add(row(i, Status.DOWNLOADING, 20_000_000, 5_000_000, FLAC));
        for (int i = 3; i < 12; i++) all.add(row(i, Status.PENDING, -1, 0, FLAC));
        assertThat(all.bytes()).isEqualTo(3 * 15_000_000 + 9 * 20_000_000);
        assertThat(all.guessed()).isTrue();
        var half = Measure.of("original", Optional.of("flac"), OptionalLong.of(100_000));
        all.add(row(12, Status.PENDING, -1, 0, half));
        assertThat(all.bytes()).as("one half as long takes half as much").isEqualTo(3 * 15_000_000 + 9 * 20_000_000 + 10_000_000);
        all.add(row(13, Status.PENDING, -1, 4_000_000, half));
        assertThat(all.bytes()).as("what is here does not come").isEqualTo(3 * 15_000_000 + 9 * 20_000_000 + 16_000_000);
        var known = new ToCome();
        known.add(row(1, Status.PENDING, 7, 2, FLAC));
        assertThat(known.bytes()).isEqualTo(5);
        assertThat(known.guessed()).isFalse();
    }

    @Test
    @DisplayName("issue 3 what is done, paused or failed tells what such music takes, but does not come; a row taken out counts no more")
    void samplesOnly() {
        QueueRow done = row(1, Status.COMPLETED, 10_000_000, 10_000_000, FLAC);
        assertThat(bytes(done, row(2, Status.PAUSED, -1, 0, FLAC), row(3, Status.FAILED, -1, 0, FLAC))).isZero();
        assertThat(bytes(done, waits(FLAC))).isEqualTo(10_000_000);
        var all = new ToCome();
        all.add(done);
        all.add(waits(FLAC));
        all.remove(waits(FLAC));
        assertThat(all.bytes()).isZero();
        assertThat(all.guessed()).isFalse();
        all.add(waits(FLAC).grown(1_000_000, 3_000_000));
        assertThat(all.bytes()).as("its server named its size").isEqualTo(2_000_000);
        var other = new ToCome(all);
        assertThat(other.bytes()).isEqualTo(2_000_000);
        other.add(waits(FLAC));
        other.sample(FLAC, 50_000_000);
        assertThat(all.bytes()).as("what stands alike is counted by itself").isEqualTo(2_000_000);
        assertThat(all.guessed()).isFalse();
        all.add(waits(FLAC));
        assertThat(all.bytes()).as("by its own samples").isEqualTo(bytes(done, waits(FLAC).grown(1_000_000, 3_000_000), waits(FLAC)));
    }

    @Test
    @DisplayName("issue 3 where nothing of a kind is known: a quality takes its bit rate, an original what its container says, one without a length a song's")
    void constants() {
        OptionalLong minute = OptionalLong.of(60_000);
        assertThat(bytes(waits(Measure.of("opus-128", Optional.of("flac"), minute)))).isEqualTo(128_000 / 8 * 60);
        assertThat(bytes(waits(Measure.of("mp3-320", Optional.empty(), minute)))).isEqualTo(320_000 / 8 * 60);
        assertThat(bytes(waits(Measure.of("original", Optional.of("flac"), minute)))).isEqualTo(6_600_000);
        assertThat(bytes(waits(Measure.of("original", Optional.of("mp3"), minute)))).isEqualTo(1_920_000);
        assertThat(bytes(waits(Measure.of("original", Optional.empty(), OptionalLong.empty())))).isEqualTo(7_680_000);
        assertThat(bytes(waits(Measure.of("original", Optional.of("mp3"), minute)), row(2, Status.COMPLETED, 20_000_000, 20_000_000, FLAC)))
                .as("another kind tells nothing").isEqualTo(1_920_000);
    }

    @Test
    @DisplayName("issue 3 the engine tells of each row how long its music lasts and in which form, and what the newest finished files take")
    void told(@TempDir Path folder) {
        try (var rig = new Rig(folder)) {
            rig.start();
            ItemKey here = rig.offered("here", 300_000);
            ItemKey later = rig.track(1, "later", -1);
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(TRACK).set(TRACK.DURATION_MS, 200_000L).execute()).join();
            rig.enqueue(here);
            rig.await(here, Status.COMPLETED);
            assertThat(rig.engine.samples().join()).containsExactly(new Sample(FLAC, 300_000));
            rig.network.mode(Mode.FORCED_OFFLINE);
            rig.enqueue(later);
            QueueRow row = rig.engine.rows(List.of(Status.PENDING)).join().getFirst();
            assertThat(row.measure()).isEqualTo(FLAC);
            assertThat(row.size()).isEqualTo(-1);
            assertThat(QueueRow.of(rig.row(later).orElseThrow()).measure()).isEqualTo(FLAC);
        }
    }
}
