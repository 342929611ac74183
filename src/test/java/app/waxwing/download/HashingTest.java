package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.download.Download.Status;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HashingTest {
    private static final int MIB = 1 << 20;
    @TempDir
    Path folder;
    private final SlowDisk disk = new SlowDisk();
    private final Hashing hashing = new Hashing(2);
    private Disk.Bytes file;

    @BeforeEach
    void open() throws IOException {
        file = disk.open(folder.resolve("part"));
    }

    @AfterEach
    void close() throws IOException {
        disk.reads.release(1_000_000);
        hashing.close();
        file.close();
    }

    @Test
    @DisplayName("2.6 whatever was there before, however the rest comes in pieces and however slow the disk is: the digest of all bytes")
    void anyOrder() throws IOException {
        var random = new Random(20261128);
        disk.pace(new Random(28));
        for (int round = 0; round < 60; round++) {
            byte[] all = new byte[random.nextInt(1, 14 * MIB)];
            random.nextBytes(all);
            int there = round % 3 == 0 ? 0 : random.nextInt(all.length);
            file.truncate(0);
            file.write(ByteBuffer.wrap(all, 0, there), 0);
            try (Hashing.Sum sum = hashing.sum()) {
                sum.of(file);
                for (int at = there; at < all.length;) {
                    int n = Math.min(all.length - at, random.nextInt(1, 300_000));
                    sum.add(ByteBuffer.wrap(all, at, n), at);
                    file.write(ByteBuffer.wrap(all, at, n), at);
                    at += n;
                }
                assertThat(sum.hex(all.length)).as("round %d: %d of %d there", round, there, all.length).isEqualTo(sha256(all));
            }
        }
    }

    @Test
    @DisplayName("B.4 another version while the old one is still being read back: nothing of the old one counts")
    void anotherVersion() throws IOException {
        byte[] old = TransferTest.music(4 * MIB, 1);
        byte[] now = TransferTest.music(3 * MIB, 2);
        file.write(ByteBuffer.wrap(old), 0);
        try (Hashing.Sum sum = hashing.sum()) {
            sum.of(file);
            sum.add(ByteBuffer.wrap(old, 0, 1000), old.length);
            sum.restart();
            file.truncate(0);
            sum.add(ByteBuffer.wrap(now), 0);
            file.write(ByteBuffer.wrap(now), 0);
            disk.reads.release(1000);
            assertThat(sum.hex(now.length)).isEqualTo(sha256(now));
        }
    }

    @Test
    @DisplayName("What cannot be read back is the disk's trouble, and said with the next bytes or at the end")
    void unreadable() throws IOException {
        byte[] all = TransferTest.music(3 * MIB, 3);
        file.write(ByteBuffer.wrap(all), 0);
        disk.broken = true;
        disk.reads.release(1000);
        try (Hashing.Sum sum = hashing.sum()) {
            sum.of(file);
            sum.add(ByteBuffer.wrap(all, 0, 1000), all.length);
            assertThatThrownBy(() -> sum.hex(all.length + 1000)).isInstanceOf(DiskException.class).hasMessageContaining("unreadable");
        }
        try (Hashing.Sum sum = hashing.sum()) {
            sum.of(file);
            assertThatThrownBy(() -> sum.hex(1000)).isInstanceOf(DiskException.class);
        }
    }

    @Test
    @DisplayName("2.4 the server is asked for the rest before what is here is read back, and the rest comes meanwhile")
    void askedAtOnce() throws IOException {
        var version = Version.of(TransferTest.music(9 * MIB, 4), Instant.parse("2024-05-01T10:00:00Z"));
        try (var rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, disk).start()) {
            var key = rig.track(1, "t", version.bytes().length);
            rig.server.file(Rig.path("t"), version);
            rig.server.script(Rig.path("t"), r -> FaultServer.serve(version, r).cut(5 * MIB, false));
            rig.enqueue(key);
            Rig.await(() -> rig.row(key).filter(d -> d.status() == Status.DOWNLOADING && d.bytesDownloaded() > 8L * MIB).isPresent(),
                    () -> rig.row(key).toString());
            assertThat(rig.server.requests(Rig.path("t"))).hasSize(2);
            Rig.await(disk::waiting, () -> "it is not being read back all the time");
            disk.reads.release(1000);
            assertThat(rig.bytes(rig.await(key, Status.COMPLETED))).isEqualTo(version.bytes());
            assertThat(rig.row(key).orElseThrow().sha256()).contains(sha256(version.bytes()));
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Finishing.sha256().digest(bytes));
    }

    /// Of which each read of an open file needs a permit.
    private static final class SlowDisk extends WrappedDisk {
        final Semaphore reads = new Semaphore(0);
        volatile boolean broken;

        boolean waiting() {
            return reads.hasQueuedThreads();
        }

        /// From now on reads go on, now fast, now slowly, until the test is over.
        void pace(Random random) {
            Thread.ofPlatform().daemon().start(() -> {
                while (reads.availablePermits() < 100_000) {
                    if (reads.availablePermits() < 4) reads.release(1 + random.nextInt(8));
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                }
            });
        }

        @Override
        public Bytes open(Path file) throws IOException {
            return new WrappedBytes(real.open(file)) {
                @Override
                public int read(ByteBuffer into, long position) throws IOException {
                    try {
                        reads.acquire();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                        throw new IOException("the test took too long", e);
                    }
                    if (broken) throw new IOException("unreadable");
                    return super.read(into, position);
                }
            };
        }
    }
}
