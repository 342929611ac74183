package app.waxwing.download;

import static app.waxwing.store.schema.Tables.DOWNLOAD;
import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Origin;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Reply;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The cases B.20–B.30: disks that are full, small, read-only, gone, or shared with other programs.
class DiskCasesTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("unused"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void begin(Disk disk) {
        rig.close();
        rig = new Rig(folder.resolve("rig"), new FaultServer(), Rig.PATIENT, disk).start();
    }

    private Reason reason(ItemKey key) {
        return rig.row(key).flatMap(Download::reason).orElse(Reason.SLOT);
    }

    /// What its row says it waits for: a hold of one reason has several causes (issue 3).
    private void waitsFor(ItemKey key, Class<? extends Failure> cause) {
        Rig.await(() -> rig.row(key).flatMap(Download::waits).flatMap(Wait::why).filter(cause::isInstance).isPresent(),
                () -> rig.row(key).toString());
    }

    /// A volume of a given size on which nothing warns beforehand.
    private static class QuotaDisk extends WrappedDisk {
        final AtomicLong free = new AtomicLong(Long.MAX_VALUE);
        /// Says that there is space where there is none, as quotas do, until it is met.
        volatile boolean lies;
        volatile String words = "No space left on device";

        @Override
        public long usable(Path at) {
            return lies ? Long.MAX_VALUE : Math.max(0, free.get());
        }

        @Override
        public boolean delete(Path file) throws IOException {
            long size = Math.max(0, size(file));
            boolean gone = super.delete(file);
            if (gone && free.get() != Long.MAX_VALUE) free.addAndGet(size);
            return gone;
        }

        @Override
        public Bytes open(Path file) throws IOException {
            return new WrappedBytes(super.open(file)) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    long more = Math.max(0, position + from.remaining() - size());
                    if (free.get() != Long.MAX_VALUE && free.addAndGet(-more) < 0) {
                        free.addAndGet(more);
                        lies = false;
                        throw new IOException(words);
                    }
                    super.write(from, position);
                }

                @Override
                public void truncate(long length) throws IOException {
                    long less = Math.max(0, size() - length);
                    super.truncate(length);
                    if (free.get() != Long.MAX_VALUE) free.addAndGet(less);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"original", "opus-128"})
    @DisplayName("B.7 B.20 a download whose server never says how long it is leaves free what is to stay free: it waits without a try, gives back "
            + "what it took, and begins again only where it finds more space than before")
    void fullOfUnknownLength(String quality) {
        rig.close();
        int floor = 2_000_000;
        var least = new AtomicLong(Long.MAX_VALUE);
        var looks = new AtomicInteger();
        var disk = new QuotaDisk() {
            @Override
            public long usable(Path at) {
                looks.incrementAndGet();
                least.accumulateAndGet(free.get(), Math::min);
                return super.usable(at);
            }
        };
        rig = new Rig(folder.resolve("rig"), new FaultServer(), new DownloadOptions(floor, 1L << 30, Rig.PATIENT.retry(),
                Rig.PATIENT.connectTimeout(), Rig.PATIENT.readTimeout(), Rig.PATIENT.floorWindow(), 1024, Rig.PATIENT.recheck()), disk)
                .start();
        int size = 16_000_000;
        rig.lasts = java.time.Duration.ofMillis(size / 16);
        ItemKey key = rig.track(1, "endless", -1);
        for (String path : List.of(Rig.path("endless"), Rig.transcode("endless", app.waxwing.base.Quality.of("opus-128").orElseThrow())))
            rig.server.always(path, r -> FaultServer.serve(Rig.version("endless", size), r).inChunks());
        disk.free.set(8_000_000);
        rig.engine.enqueue(List.of(key), Origin.USER, 0, quality).join();
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        waitsFor(key, Failure.DiskFull.class);
        int before = looks.get();
        Rig.await(() -> looks.get() > before + 5, () -> "nobody looks again");
        assertThat(least.get()).isGreaterThan(floor - (1 << 20) - 2 * Filling.BUFFER);
        assertThat(disk.free.get()).isEqualTo(8_000_000);
        assertThat(rig.files()).isEmpty();
        assertThat(rig.server.requests()).hasSize(1);
        assertThat(reason(key)).isEqualTo(Reason.DISK);
        disk.free.set(30_000_000);
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.right(key, size)).isTrue();
    }

    @Test
    @DisplayName("2.10 B.20 on a full disk files fetched ahead make room first, never kept ones; then downloads wait without a try and wake by themselves")
    void full() {
        var disk = new QuotaDisk();
        begin(disk);
        ItemKey kept = rig.offered("kept", 300_000);
        rig.enqueue(kept);
        rig.await(kept, Status.COMPLETED);
        ItemKey ahead = rig.offered("ahead", 300_000);
        rig.engine.enqueue(List.of(ahead), Origin.QUEUE, 0, "original").join();
        rig.await(ahead, Status.COMPLETED);
        disk.free.set(250_000);
        ItemKey first = rig.offered("first", 400_000);
        rig.enqueue(first);
        rig.await(first, Status.COMPLETED);
        assertThat(rig.right(first, 400_000)).isTrue();
        Rig.await(() -> rig.row(ahead).isEmpty(), () -> rig.row(ahead).toString());
        assertThat(rig.row(kept).orElseThrow().path().orElseThrow()).exists();
        ItemKey second = rig.offered("second", 500_000);
        rig.enqueue(second);
        Rig.await(() -> reason(second) == Reason.DISK, () -> rig.row(second).toString());
        int asked = rig.server.requests().size();
        assertThat(rig.row(second).orElseThrow().retryCount()).isZero();
        disk.free.set(600_000);
        assertThat(rig.await(second, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.server.requests()).as("nothing was asked while it waited").hasSize(asked + 1);
        assertThat(rig.right(second, 500_000)).isTrue();
        assertThat(rig.events).noneMatch(e -> e.kind() == DownloadEvent.Kind.FAILED);
    }

    @Test
    @DisplayName("B.20 the disk fills in the middle of a file: what is durable stays, the download waits and goes on there")
    void fillsInTheMiddle() throws IOException {
        var disk = new QuotaDisk();
        disk.lies = true;
        begin(disk);
        disk.free.set(900_000);
        ItemKey key = rig.offered("m", 2_000_000);
        // Half a megabyte, then nothing until it is durable, then more than the disk takes.
        var go = new CountDownLatch(1);
        rig.server.script(Rig.path("m"), r -> FaultServer.serve(Rig.version("m", 2_000_000), r).cut(600_000, false), r -> {
            await(go);
            return FaultServer.serve(Rig.version("m", 2_000_000), r);
        });
        rig.enqueue(key);
        Rig.await(() -> rig.row(key).orElseThrow().bytesDownloaded() == 600_000, () -> rig.row(key).toString());
        go.countDown();
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        Download held = rig.row(key).orElseThrow();
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "still running");
        int asked = rig.server.requests(Rig.path("m")).size();
        long durable = rig.row(key).orElseThrow().bytesDownloaded();
        assertThat(durable).isBetween(600_000L, 900_000L);
        assertThat(Files.size(rig.paths.media().resolve(rig.files().getFirst()))).as("its tail does not keep the disk full")
                .isEqualTo(durable);
        assertThat(disk.free.get()).as("bytes free").isEqualTo(900_000 - durable);
        disk.free.set(3_000_000);
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).as("tries, beside the one that the cut cost")
                .isLessThanOrEqualTo(held.retryCount());
        assertThat(rig.server.requests(Rig.path("m")).get(asked).header("range")).contains("bytes=" + durable + "-");
        assertThat(rig.right(key, 2_000_000)).isTrue();
    }

    @Test
    @DisplayName("B.20 a full disk is one whatever language its system speaks: what is free right after the failure says so")
    void fullInOtherWords() {
        var disk = new QuotaDisk();
        disk.words = "Auf dem Gerät ist kein Speicherplatz mehr verfügbar";
        begin(disk);
        ItemKey key = rig.offered("o", 2_000_000);
        var go = new CountDownLatch(1);
        rig.server.script(Rig.path("o"), r -> {
            await(go);
            return FaultServer.serve(Rig.version("o", 2_000_000), r);
        });
        rig.enqueue(key);
        Rig.await(() -> !rig.server.requests().isEmpty(), () -> rig.row(key).toString());
        disk.free.set(900_000);
        go.countDown();
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        assertThat(rig.row(key).flatMap(Download::waits).orElseThrow().needs()).contains("has not enough room");
        int asked = rig.server.requests().size();
        disk.free.set(3_000_000);
        rig.await(key, Status.COMPLETED);
        assertThat(rig.server.requests()).as("nothing was asked while it waited").hasSize(asked + 1);
        assertThat(rig.right(key, 2_000_000)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("B.20 B.22 a real small volume: full, then read-only, then well again")
    void smallVolume() throws Exception {
        Path mount = Files.createDirectories(app.waxwing.base.AppPaths.under(folder.resolve("rig")).media());
        Assumptions.assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", mount.toString()),
                "a volume can be mounted here (needs root and a kernel that allows it)");
        try {
            begin(new SystemDisk());
            Path filler = mount.resolve("filler");
            Files.write(filler, new byte[18_000_000]);
            ItemKey key = rig.offered("big", 10_000_000);
            rig.enqueue(key);
            Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
            assertThat(rig.server.requests()).isEmpty();
            rig.server.pace(10);
            Files.delete(filler);
            Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > 500_000), () -> rig.row(key).toString());
            try {
                Files.write(filler, new byte[24_000_000]);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("space");
            }
            Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
            rig.server.pace(0);
            Files.delete(filler);
            assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
            assertThat(rig.right(key, 10_000_000)).isTrue();
            assertThat(run("mount", "-o", "remount,ro", mount.toString())).isTrue();
            ItemKey second = rig.offered("second", 5000);
            rig.enqueue(second);
            Rig.await(() -> reason(second) == Reason.DISK, () -> rig.row(second).toString());
            assertThat(run("mount", "-o", "remount,rw", mount.toString())).isTrue();
            assertThat(rig.await(second, Status.COMPLETED).retryCount()).isZero();
        } finally {
            end();
            begin();
            run("umount", mount.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Test
    @DisplayName("B.21 a file too large for its volume is refused before the first byte, by what the volume is")
    void tooLarge() {
        begin(new WrappedDisk() {
            @Override
            public OptionalLong tooLarge(Path at, long size) {
                return size > 50_000 ? OptionalLong.of(50_000) : OptionalLong.empty();
            }
        });
        ItemKey key = rig.offered("large", 50_001);
        rig.enqueue(key);
        Download failed = rig.await(key, Status.FAILED);
        assertThat(failed.error().orElseThrow()).contains("too large").contains("on this disk");
        assertThat(rig.server.requests()).isEmpty();
        ItemKey fits = rig.offered("fits", 50_000);
        rig.enqueue(fits);
        rig.await(fits, Status.COMPLETED);
        assertThat(SystemDisk.largestFile("vfat")).isEqualTo(4294967295L);
        assertThat(SystemDisk.largestFile("FAT32")).isEqualTo(4294967295L);
        assertThat(SystemDisk.largestFile("msdos")).isEqualTo(4294967295L);
        assertThat(List.of("ext4", "NTFS", "apfs", "exfat", "btrfs")).allMatch(t -> SystemDisk.largestFile(t) == Long.MAX_VALUE);
    }

    @Test
    @DisplayName("B.22 a folder that may not be written holds its downloads, found out by making a file; when it may be again, they go on")
    void readOnly() {
        var readOnly = new java.util.concurrent.atomic.AtomicBoolean(true);
        begin(new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                if (readOnly.get() && file.startsWith(rig.paths.media())) {
                    throw new java.nio.file.FileSystemException(file.toString(), null, "Read-only file system");
                }
                return super.open(file);
            }
        });
        ItemKey key = rig.offered("r", 5000);
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        waitsFor(key, Failure.NotWritable.class);
        assertThat(rig.server.requests()).isEmpty();
        readOnly.set(false);
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
    }

    @Test
    @DisplayName("B.23 the media folder is taken away in the middle of a download and brought back: held, not made again, nothing lost")
    void takenAway() throws Exception {
        begin(new SystemDisk());
        ItemKey before = rig.offered("before", 5000);
        rig.enqueue(before);
        rig.await(before, Status.COMPLETED);
        rig.server.pace(30);
        ItemKey key = rig.offered("t", 900_000);
        rig.enqueue(key);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() > 0), () -> "no bytes");
        Path away = folder.resolve("elsewhere");
        Files.move(rig.paths.media(), away);
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        assertThat(rig.row(key).flatMap(Download::waits).orElseThrow().needs()).contains("is not there; connect its drive");
        waitsFor(key, Failure.StoreMissing.class);
        assertThat(rig.paths.media()).doesNotExist();
        assertThat(rig.row(before).orElseThrow().status()).isEqualTo(Status.COMPLETED);
        rig.server.pace(0);
        Files.move(away, rig.paths.media());
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.right(key, 900_000)).isTrue();
        assertThat(rig.right(before, 5000)).isTrue();
    }

    /// Where the drive is pulled out, which is what the touch of it that comes then fails with.
    private enum Pulled {
        WRITE, FORCE, RENAME
    }

    /// A drive that goes at one kind of touch, with what systems say then.
    private final class PulledDisk extends WrappedDisk {
        private final Pulled at;
        private final AtomicBoolean there = new AtomicBoolean(true);

        PulledDisk(Pulled at) {
            this.at = at;
        }

        private void touched(Pulled by) throws IOException {
            if (by == at && there.getAndSet(false)) Files.move(rig.paths.media(), folder.resolve("elsewhere"));
            if (by == at && !Files.exists(rig.paths.media())) throw new IOException("Input/output error");
        }

        @Override
        public Bytes open(Path file) throws IOException {
            if (!file.toString().endsWith("part")) return super.open(file);
            return new WrappedBytes(super.open(file)) {
                @Override
                public void write(ByteBuffer from, long position) throws IOException {
                    touched(Pulled.WRITE);
                    super.write(from, position);
                }

                @Override
                public void force(boolean metadata) throws IOException {
                    touched(Pulled.FORCE);
                    super.force(metadata);
                }
            };
        }

        @Override
        public void move(Path from, Path to) throws IOException {
            if (from.toString().endsWith("part")) touched(Pulled.RENAME);
            super.move(from, to);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("B.23 a drive is pulled out while a transfer writes, forces or renames: the row says that it is away, and goes on when it is back")
    void pulledOut(Pulled at) throws Exception {
        begin(new PulledDisk(at));
        ItemKey key = rig.offered("t", 900_000);
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        assertThat(rig.row(key).flatMap(Download::waits).orElseThrow().needs())
                .isEqualTo("The music folder " + rig.paths.media() + " is not there; connect its drive or choose another folder."
                        + " It goes on by itself once that has changed.");
        Files.move(folder.resolve("elsewhere"), rig.paths.media());
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.right(key, 900_000)).isTrue();
    }

    @Test
    @DisplayName("B.23 B.30 a drive is pulled out while a file with another date is looked at: the file is not said to be missing, and is there when the drive is back")
    void pulledOutWhileLookedAt() throws Exception {
        var armed = new AtomicBoolean();
        var away = new java.util.concurrent.CountDownLatch(1);
        begin(new WrappedDisk() {
            @Override
            public long size(Path file) {
                if (file.toString().contains("Title dated") && armed.getAndSet(false)) {
                    try {
                        Files.move(rig.paths.media(), folder.resolve("elsewhere"));
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    away.countDown();
                }
                return super.size(file);
            }
        });
        ItemKey key = rig.offered("dated", 5000);
        rig.enqueue(key);
        Path file = rig.await(key, Status.COMPLETED).path().orElseThrow();
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(LONG_AGO));
        armed.set(true);
        rig.engine.missingFiles().redated(key);
        assertThat(away.await(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        rig.engine.verify(false).join(); // on the same thread, behind that look
        Files.move(folder.resolve("elsewhere"), rig.paths.media());
        rig.engine.pause(List.of()).join();
        assertThat(rig.qualities("dated")).containsExactly("original");
        assertThat(rig.row(key).orElseThrow().status()).isEqualTo(Status.COMPLETED);
        assertThat(rig.right(key, 5000)).isTrue();
    }

    @Test
    @DisplayName("B.23 an empty folder on the mount point is not taken for the drive")
    void otherFolder() throws Exception {
        begin(new SystemDisk());
        Path away = folder.resolve("elsewhere");
        Files.move(rig.paths.media(), away);
        Files.createDirectories(rig.paths.media());
        ItemKey key = rig.offered("t", 5000);
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        assertThat(rig.files()).isEmpty();
        assertThat(rig.server.requests()).isEmpty();
        Files.delete(rig.paths.media());
        Files.move(away, rig.paths.media());
        rig.await(key, Status.COMPLETED);
    }

    @Test
    @DisplayName("B.26 nothing is written through a link that stands in the media folder")
    void links() throws Exception {
        begin(new SystemDisk());
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createSymbolicLink(rig.paths.media().resolve("Artist"), outside);
        ItemKey key = rig.offered("l", 5000);
        rig.enqueue(key);
        Rig.await(() -> reason(key) == Reason.DISK, () -> rig.row(key).toString());
        assertThat(Rig.files(outside)).isEmpty();
        Files.delete(rig.paths.media().resolve("Artist"));
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, 5000)).isTrue();
        Path victim = Files.writeString(outside.resolve("victim"), "mine");
        Files.createSymbolicLink(rig.paths.media().resolve("Artist/Album/01 Title v.flac"), victim);
        ItemKey named = rig.offered("v", 5000);
        rig.enqueue(named);
        assertThat(rig.await(named, Status.COMPLETED).path().orElseThrow().getFileName().toString()).isEqualTo("01 Title v (2).flac");
        assertThat(victim).hasContent("mine");
    }

    @Test
    @DisplayName("2.4 B.27 a part file that is longer, shorter or gone is brought in line with what is known to be durable; one that is longer than "
            + "the whole file is fetched from its start")
    void partFiles() throws Exception {
        begin(new SystemDisk());
        for (String what : List.of("longer", "shorter", "gone", "muchLonger")) {
            ItemKey key = rig.offered(what, 900_000);
            var version = Version.of(TransferTest.music(900_000, what.hashCode()), LONG_AGO);
            rig.server.script(Rig.path(what), r -> FaultServer.serve(version, r).stall(600_000));
            rig.enqueue(key);
            Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() >= 524_288), () -> "no bytes");
            long id = rig.row(key).orElseThrow().id();
            rig.engine.pause(List.of(id)).join();
            rig.stopped();
            long had = rig.row(key).orElseThrow().bytesDownloaded();
            assertThat(had).isGreaterThanOrEqualTo(524_288);
            Path part = rig.paths.media()
                    .resolve(rig.files().stream().filter(f -> f.endsWith(".part")).findFirst().orElseThrow());
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                switch (what) {
                    case "longer" -> channel.write(ByteBuffer.wrap(new byte[1000]), channel.size());
                    case "muchLonger" -> channel.write(ByteBuffer.wrap(new byte[1000]), 2_000_000);
                    case "shorter" -> channel.truncate(300_000);
                    default -> Files.delete(part);
                }
            }
            int asked = rig.server.requests().size();
            rig.engine.resume(List.of(id)).join();
            rig.await(key, Status.COMPLETED);
            assertThat(rig.right(key, 900_000)).isTrue();
            Optional<String> range = rig.server.requests().get(asked).header("range");
            assertThat(range).as(what).isEqualTo(switch (what) {
                case "shorter" -> Optional.of("bytes=262144-");
                case "gone", "muchLonger" -> Optional.empty(); // longer than the whole file: nothing of it is trusted
                default -> Optional.of("bytes=" + had + "-");
            });
        }
    }

    @Test
    @DisplayName("2.4 B.27 a file that had its name but not its row when the program was killed is whole at the next start: no attempt begins for it, "
            + "though the queue is read before its disk answers")
    void namedAndKilled() {
        var slow = new AtomicBoolean();
        begin(new WrappedDisk() {
            @Override
            public boolean exists(Path file) {
                if (slow.get() && file.toString().contains("killed")) LockSupport.parkNanos(300_000_000);
                return super.exists(file);
            }
        });
        ItemKey key = rig.offered("killed", 5000);
        ItemKey other = rig.offered("other", 5000);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        rig.database.write(Durability.KEPT, Lane.USER, sql -> {
            sql.deleteFrom(MEDIA_FILE).execute();
            return sql.update(DOWNLOAD).set(DOWNLOAD.STATUS, "downloading").setNull(DOWNLOAD.COMPLETED_AT).setNull(DOWNLOAD.SHA256)
                    .set(DOWNLOAD.PART_PATH, DSL.concat(DOWNLOAD.FILE_PATH, ".part")).execute();
        }).join();
        rig.events.clear();
        slow.set(true);
        rig.restart();
        rig.await(key, Status.COMPLETED);
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        assertThat(rig.events).extracting(e -> e.download().key()).containsOnly(other);
        assertThat(rig.server.requests(Rig.path("killed"))).hasSize(1);
        assertThat(rig.right(key, 5000)).isTrue();
    }

    @Test
    @DisplayName("B.28 files around 2 GiB and 4 GiB: ranges, totals and rows are 64 bits wide, and an end that is fetched beyond them is right")
    void large() throws Exception {
        long[] sizes = {(1L << 31) - 1, (1L << 31) + 1, (1L << 32) - 1, (1L << 32) + 1};
        for (long size : sizes) {
            for (long offset : new long[]{1, size - 1}) {
                var asked = new Answers.Asked(offset, java.util.OptionalLong.of(size),
                        new Validators(Optional.of("\"a\""), Optional.empty()),
                        "s", "t");
                var head = new Answers.Head(206, size - offset, true, name -> switch (name) {
                    case "content-range" -> Optional.of("bytes " + offset + "-" + (size - 1) + "/" + size);
                    case "etag" -> Optional.of("\"a\"");
                    default -> Optional.empty();
                });
                assertThat(Answers.judge(asked, head)).isEqualTo(new Verdict.Append(size));
            }
        }
        begin(new SystemDisk());
        for (long size : TestScale.of(1, 4) == 1 ? new long[]{2_000_000} : sizes) tail(size);
    }

    /// The first bytes of a huge file are here already, sparse; its end comes.
    private void tail(long size) throws IOException {
        String id = "h" + size;
        ItemKey key = rig.track(1, id, size);
        byte[] end = TransferTest.music(100_000, size);
        rig.server.script(Rig.path(id), r -> Reply.of(200, new byte[300_000], "Content-Length: " + size, "Last-Modified: "
                + FaultServer.date(LONG_AGO)).stall(300_000), r -> {
                    long from = Long.parseLong(r.header("range").orElseThrow().replaceAll("[^0-9]", ""));
                    return Reply.of(206, Arrays.copyOfRange(end, (int) (from - (size - end.length)), end.length),
                            "Content-Range: bytes " + from + "-" + (size - 1) + "/" + size, "Content-Length: " + (size - from),
                            "Last-Modified: " + FaultServer.date(LONG_AGO));
                });
        rig.enqueue(key);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() >= 262_144), () -> "no bytes");
        long row = rig.row(key).orElseThrow().id();
        rig.engine.pause(List.of(row)).join();
        Rig.await(() -> rig.engine.activity().running().isEmpty() && rig.row(key).orElseThrow().bytesDownloaded() >= 300_000,
                () -> rig.row(key).toString());
        Path part = rig.paths.media().resolve(rig.files().stream().filter(f -> f.endsWith(".part")).findFirst().orElseThrow());
        long here = size - end.length + 7;
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(end, 0, 7), size - end.length);
        }
        rig.database.write(app.waxwing.store.Durability.KEPT, app.waxwing.store.Lane.USER,
                sql -> sql.update(app.waxwing.store.schema.Tables.DOWNLOAD)
                        .set(app.waxwing.store.schema.Tables.DOWNLOAD.BYTES_DOWNLOADED, here)
                        .where(app.waxwing.store.schema.Tables.DOWNLOAD.ID.eq(row)).execute())
                .join();
        rig.engine.resume(List.of(row)).join();
        Download done = rig.await(key, Status.COMPLETED);
        assertThat(rig.server.requests().getLast().header("range")).contains("bytes=" + here + "-");
        Path file = done.path().orElseThrow();
        assertThat(Files.size(file)).isEqualTo(size);
        assertThat(done.size()).hasValue(size);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer last = ByteBuffer.allocate(end.length);
            channel.read(last, size - end.length);
            assertThat(last.array()).isEqualTo(end);
        }
        rig.engine.delete(List.of(row)).join();
        Rig.await(() -> Files.notExists(file), () -> "not deleted");
    }

    @Test
    @DisplayName("B.29 a file that a virus scanner holds open is renamed a moment later; if it stays open only this download waits, without a try")
    void heldOpen() {
        var refuse = new AtomicInteger(3);
        var moves = new AtomicInteger();
        begin(new WrappedDisk() {
            @Override
            public void move(Path from, Path to) throws IOException {
                if (to.toString().contains("scanned")) {
                    moves.incrementAndGet();
                    if (refuse.getAndDecrement() > 0) throw new AccessDeniedException(from.toString());
                }
                super.move(from, to);
            }
        });
        ItemKey key = rig.offered("scanned", 5000);
        rig.enqueue(key);
        assertThat(rig.await(key, Status.COMPLETED).retryCount()).isZero();
        assertThat(moves.get()).isEqualTo(4);
        assertThat(rig.events.stream().filter(e -> e.kind() == DownloadEvent.Kind.STARTED)).as("one attempt").hasSize(1);
        refuse.set(7);
        ItemKey second = rig.offered("scanned2", 5000);
        rig.enqueue(second);
        Rig.await(() -> refuse.get() <= 2 && reason(second) == Reason.DISK, () -> rig.row(second).toString());
        waitsFor(second, Failure.InUse.class);
        ItemKey other = rig.offered("other", 5000);
        rig.enqueue(other);
        rig.await(other, Status.COMPLETED);
        assertThat(rig.await(second, Status.COMPLETED).retryCount()).isZero();
        assertThat(rig.server.requests(Rig.path("scanned2"))).hasSize(1);
    }
}
