package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A download whose attempts all break, and each brings something.
class GettingOnTest {
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder).start();
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /// Every answer ends after so many bytes.
    private ItemKey cut(String id, int size, int each) {
        var version = Rig.version(id, size);
        ItemKey key = rig.track(1, id, size);
        rig.server.always(Rig.path(id), r -> FaultServer.serve(version, r).cut(each, false));
        rig.enqueue(key);
        return key;
    }

    @Test
    @DisplayName("2.3 B.8 tries are made up for by a mebibyte of new durable bytes, in one attempt or in several together, and by what moves at all "
            + "where cuts come close to each other: a download that gets on comes to its end")
    void comesToItsEnd() {
        record Case(String id, int size, int each) {}
        for (Case c : List.of(new Case("much", 12_000_000, 1_500_000), new Case("half", 6_000_000, 700_000),
                new Case("train", 1_000_000, 40_000), new Case("tunnel", 200_000, 12_000))) {
            ItemKey key = cut(c.id(), c.size(), c.each());
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, c.size())).as(c.id()).isTrue();
            assertThat(rig.server.requests(Rig.path(c.id()))).as("%s: what is here is never asked for again", c.id())
                    .hasSize((c.size() + c.each() - 1) / c.each());
        }
    }

    @Test
    @DisplayName("2.3 a download that is given the same bytes again and again fails after four tries, and so does one that gets next to nothing")
    void doesNotGetOn() {
        var version = Rig.version("again", 2_000_000).undated();
        ItemKey again = rig.track(1, "again", 2_000_000);
        rig.server.always(Rig.path("again"), r -> FaultServer.serve(version, r).cut(1_500_000, false));
        rig.enqueue(again);
        rig.await(again, Status.FAILED);
        assertThat(rig.server.requests(Rig.path("again"))).hasSize(4);
        ItemKey drops = cut("drops", 2_000_000, 5000);
        assertThat(rig.await(drops, Status.FAILED).bytesDownloaded()).isEqualTo(20_000);
    }

    @Test
    @DisplayName("2.3 what the tick found and did not tell before the attempt broke counts at its end; an attempt that repeats it does not")
    void foundByTheTick() throws Exception {
        var transfers = new Transfers();
        Entry entry = BoardTest.entry(99, 1, 1, 0, false, 1);
        transfers.add(entry, attempt(entry, 2 << 20), 0);
        var store = new DownloadStore(Rows.of(rig.database), r -> "");
        var told = new java.util.ArrayList<Long>();
        transfers.tick(store, new Runaway(rig.time), new Transfers.Progress() {
            @Override
            public void further(long id, int attempt) {
                told.add(id);
            }

            @Override
            public void traffic(java.util.Map<ItemKey, Long> bytes) {}
        });
        assertThat(told).containsExactly(99L);
        assertThat(transfers.gotOn(transfers.find(99).orElseThrow())).isTrue();
        Entry again = entry.with(transfers.find(99).orElseThrow().part().state());
        transfers.remove(99, new TransferEnd.Stopped());
        transfers.add(again, attempt(again, 2 << 20), 0);
        assertThat(transfers.gotOn(transfers.find(99).orElseThrow())).isFalse();
    }

    /// With so many durable bytes.
    private static Attempt attempt(Entry entry, int bytes) throws java.io.IOException {
        var part = new PartFile(entry.id(), entry.part());
        part.opened(new NoBytes(), 0);
        part.write(java.nio.ByteBuffer.allocate(bytes));
        part.force();
        return new Attempt.Unbegun(entry, part);
    }

    @Test
    @DisplayName("2.3 an attempt for which there is no thread or no memory costs a try, and the download goes on")
    void cannotBegin() {
        var begun = new java.util.concurrent.atomic.AtomicInteger();
        rig.starter = real -> {
            if (begun.incrementAndGet() == 1) throw new OutOfMemoryError("unable to create native thread");
            return real;
        };
        ItemKey key = rig.offered("t", 50_000);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        assertThat(begun).hasValue(2);
    }

    @Test
    @DisplayName("2.3 after a restart of the program tries count from what is durable then")
    void afterARestart() {
        ItemKey key = cut("t", 3_000_000, 30_000);
        Rig.await(() -> rig.server.requests(Rig.path("t")).size() >= 20, () -> rig.row(key).toString());
        rig.restart();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, 3_000_000)).isTrue();
    }
}
