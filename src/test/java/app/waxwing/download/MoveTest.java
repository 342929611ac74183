package app.waxwing.download;

import static app.waxwing.store.schema.Tables.MEDIA_FILE;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.base.Failure;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.download.MediaFolders.MoveEnd;
import app.waxwing.testing.ChildJvm;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import app.waxwing.testing.TestScale;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MoveTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 300_000;
    @TempDir
    Path folder;
    private Rig rig;
    private final List<ItemKey> music = new ArrayList<>();

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("unused"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private void start(Disk disk, int tracks) {
        rig.close();
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, disk).start();
        music.clear();
        for (int i = 0; i < tracks; i++) music.add(kept("t" + i));
    }

    private ItemKey kept(String id) {
        ItemKey key = offered(id, SIZE);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        return key;
    }

    private ItemKey offered(String id, int size) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(size, id.hashCode()), LONG_AGO));
        return rig.track(1, id, size);
    }

    private Path other() {
        return folder.resolve("drive").resolve("music");
    }

    /// All of it is whole, in this folder, and nothing of it is anywhere else.
    private void allIn(Path place, Path notIn) throws IOException {
        for (ItemKey key : music) {
            Download row = rig.row(key).orElseThrow();
            assertThat(row.status()).isEqualTo(Status.COMPLETED);
            assertThat(row.path().orElseThrow()).startsWith(place);
            assertThat(rig.bytes(row)).isEqualTo(TransferTest.music(SIZE, key.id().hashCode()));
        }
        assertThat(Rig.files(place)).hasSize(music.size());
        assertThat(Rig.files(notIn)).isEmpty();
        assertThat(rig.engine.folders().list().join()).singleElement().satisfies(f -> assertThat(f.path()).isEqualTo(place));
        assertThat(rig.engine.verify(false).join()).isEqualTo(
                new DownloadEngine.VerifyReport(music.size(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0));
        long recorded = rig.database.readNow(sql -> sql.select(MEDIA_FILE.MODIFIED_AT).from(MEDIA_FILE).limit(1).fetchSingle().value1());
        assertThat(recorded).isEqualTo(Files.getLastModifiedTime(rig.row(music.getFirst()).orElseThrow().path().orElseThrow()).toMillis());
    }

    @Test
    @DisplayName("0.3 2.13 what moved to another folder since a check read its row is not missing, and its row stays")
    void movedSinceTheCheckBegan() throws Exception {
        start(new SystemDisk(), 2);
        var missed = new MissedRows(Rows.of(rig.database));
        var read = rig.database.readNow(sql -> FileRows.select(sql, org.jooq.impl.DSL.noCondition()));
        for (var row : read) assertThat(missed.stands(row).join()).isTrue();
        rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS);
        for (var row : read) {
            assertThat(missed.stands(row).join()).isFalse();
            assertThat(missed.gone(row).join()).isFalse();
        }
        allIn(other(), rig.paths.media());
        for (var row : rig.database.readNow(sql -> FileRows.select(sql, org.jooq.impl.DSL.noCondition())))
            assertThat(missed.gone(row).join()).isTrue();
    }

    @Test
    @DisplayName("0.3 the music moves on one volume: nothing is copied, everything is in the new folder, new downloads go there, the old one is clean")
    void onOneVolume() throws Exception {
        start(new SystemDisk(), 5);
        Object before = Files.readAttributes(rig.row(music.getFirst()).orElseThrow().path().orElseThrow(),
                java.nio.file.attribute.BasicFileAttributes.class).fileKey();
        MoveEnd end = rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS);
        assertThat(end).isEqualTo(new MoveEnd.Done(rig.paths.media(), other(), 5, 5L * SIZE, List.of()));
        assertThat(Files.readAttributes(rig.row(music.getFirst()).orElseThrow().path().orElseThrow(),
                java.nio.file.attribute.BasicFileAttributes.class).fileKey()).isEqualTo(before);
        assertThat(rig.paths.media()).isEmptyDirectory();
        assertThat(rig.chosen).containsExactly(other());
        allIn(other(), rig.paths.media());
        music.add(kept("later"));
        allIn(other(), rig.paths.media());
        rig.media(other());
        rig.restart();
        allIn(other(), rig.firstMedia());
        MoveEnd back = rig.engine.folders().move(rig.firstMedia()).get(60, TimeUnit.SECONDS);
        assertThat(back).isInstanceOf(MoveEnd.Done.class);
        allIn(rig.firstMedia(), other());
    }

    @Test
    @DisplayName("0.3 while the music moves, the files and bytes of its progress grow, and both reach their totals")
    void progress() throws Exception {
        List<MediaFolders.Move> seen = new CopyOnWriteArrayList<>();
        start(new WrappedDisk() {
            @Override
            public void move(Path from, Path to) throws IOException {
                super.move(from, to);
                look();
            }

            @Override
            public void forceFolder(Path at) throws IOException {
                look();
                super.forceFolder(at);
            }

            private void look() {
                rig.engine.folders().moving().filter(m -> m.phase() == MediaFolders.Phase.COPYING && m.allFiles() > 0).ifPresent(seen::add);
            }
        }, 4);
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS)).isInstanceOf(MoveEnd.Done.class);
        assertThat(seen).extracting(MediaFolders.Move::files).isSorted().contains(0L, 1L, 2L, 3L);
        assertThat(seen).extracting(MediaFolders.Move::bytes).isSorted().contains(1L * SIZE, 2L * SIZE, 3L * SIZE);
        assertThat(seen).allSatisfy(m -> {
            assertThat(m.allFiles()).isEqualTo(4);
            assertThat(m.allBytes()).isEqualTo(4L * SIZE);
        });
        assertThat(seen.getLast().files()).isEqualTo(4);
        assertThat(seen.getLast().bytes()).isEqualTo(4L * SIZE);
    }

    @Test
    @DisplayName("0.3 across volumes files are copied, proved and only then removed; what plays from the old place plays on")
    void acrossVolumes() throws Exception {
        start(new WrappedDisk(), 5);
        try (InputStream playing = Files.newInputStream(rig.row(music.getFirst()).orElseThrow().path().orElseThrow())) {
            byte[] start = playing.readNBytes(1000);
            assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS)).isInstanceOf(MoveEnd.Done.class);
            byte[] rest = playing.readAllBytes();
            assertThat(start.length + rest.length).isEqualTo(SIZE);
        }
        allIn(other(), rig.paths.media());
    }

    @Test
    @DisplayName("0.3 B.30 what a move that was given up left in the new folder, and somebody edited there since without another length, is not taken for a copy: "
            + "it stays, and the right file comes beside it")
    void editedCopy() throws Exception {
        start(new WrappedDisk(), 2);
        Path first = rig.row(music.getFirst()).orElseThrow().path().orElseThrow();
        Path left = other().resolve(rig.paths.media().relativize(first));
        Files.createDirectories(left.getParent());
        Files.createDirectories(other().resolve(Roots.OWN_FOLDER));
        Files.copy(rig.paths.media().resolve(Roots.OWN_FOLDER).resolve("manifest.jsonl"),
                other().resolve(Roots.OWN_FOLDER).resolve("manifest.jsonl"));
        byte[] edited = Files.readAllBytes(first);
        edited[1000] ^= 1;
        Files.write(left, edited);
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS)).isInstanceOf(MoveEnd.Done.class);
        for (ItemKey key : music) {
            assertThat(rig.row(key).orElseThrow().path().orElseThrow()).startsWith(other());
            assertThat(rig.bytes(rig.row(key).orElseThrow())).isEqualTo(TransferTest.music(SIZE, key.id().hashCode()));
        }
        assertThat(left).hasBinaryContent(edited);
    }

    @Test
    @DisplayName("0.3 unfinished downloads follow: a paused one keeps its bytes, one that runs goes on in the new folder")
    void unfinishedFollow() throws Exception {
        start(new WrappedDisk(), 2);
        rig.server.hold(600_000); // neither is whole before its time, however busy the machine is
        ItemKey paused = offered("p", 3_000_000);
        ItemKey running = offered("r", 3_000_000);
        Download p = rig.enqueue(paused);
        Rig.await(() -> rig.row(paused).orElseThrow().bytesDownloaded() > 300_000, () -> "some bytes");
        rig.engine.pause(List.of(p.id())).join();
        Rig.await(() -> rig.engine.activity().running().isEmpty(), () -> "paused");
        rig.enqueue(running);
        Rig.await(() -> rig.row(running).orElseThrow().bytesDownloaded() > 100_000, () -> "some bytes");
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS)).isInstanceOf(MoveEnd.Done.class);
        assertThat(Rig.files(rig.paths.media())).isEmpty();
        rig.server.release();
        rig.await(running, Status.COMPLETED);
        int before = rig.server.requests().size();
        rig.engine.resume(List.of(p.id())).join();
        rig.await(paused, Status.COMPLETED);
        assertThat(rig.server.requests().get(before).header("range"))
                .hasValueSatisfying(r -> assertThat(r).as("its bytes are not fetched twice").matches("bytes=[1-9]\\d{4,}-"));
        for (ItemKey key : List.of(paused, running)) {
            Download row = rig.row(key).orElseThrow();
            assertThat(row.path().orElseThrow()).startsWith(other());
            assertThat(rig.bytes(row)).isEqualTo(TransferTest.music(3_000_000, key.id().hashCode()));
        }
        assertThat(rig.engine.folders().list().join()).hasSize(1);
    }

    @Test
    @DisplayName("0.3 2.13 a move that is cancelled leaves everything as it was; while it goes on files are not checked, in plain words")
    void cancelled() throws Exception {
        var disk = new Slow();
        start(disk, 6);
        disk.gate = new CountDownLatch(3);
        CompletableFuture<MoveEnd> move = rig.engine.folders().move(other());
        disk.gate.await(30, TimeUnit.SECONDS);
        assertThat(rig.engine.verify(false)).as("a check meanwhile would call copies strangers").failsWithin(30, TimeUnit.SECONDS)
                .withThrowableThat().havingCause().withMessageContaining("moving to another folder");
        assertThat(rig.engine.folders().moving()).hasValueSatisfying(m -> assertThat(m.allFiles()).isEqualTo(6));
        rig.engine.folders().cancelMove();
        disk.go.countDown();
        assertThat(move.get(60, TimeUnit.SECONDS)).isEqualTo(new MoveEnd.Cancelled(rig.paths.media(), other()));
        allIn(rig.paths.media(), other());
        assertThat(rig.engine.folders().moving()).isEmpty();
        assertThat(rig.chosen).isEmpty();
    }

    /// Stops after some files until it is told to go on.
    private static final class Slow extends WrappedDisk {
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private final CountDownLatch go = new CountDownLatch(1);

        @Override
        public void move(Path from, Path to) throws IOException {
            super.move(from, to);
            if (!from.toString().contains("-move")) return;
            gate.countDown();
            try {
                if (gate.getCount() == 0) go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    @Test
    @DisplayName("0.3 a move counts what came and not what was there; of the old folder nothing of ours stays, though parts were looked for in it")
    void countsWhatCame() throws Exception {
        start(new WrappedDisk(), 3);
        rig.engine.folders().use(other()).get(60, TimeUnit.SECONDS);
        music.add(kept("there"));
        Files.createFile(rig.paths.media().resolve(".waxwing").resolve(LeftOverParts.MARK));
        assertThat(rig.engine.folders().bring(rig.paths.media()).get(60, TimeUnit.SECONDS))
                .isEqualTo(new MoveEnd.Done(rig.paths.media(), other(), 3, 3L * SIZE, List.of()));
        allIn(other(), rig.paths.media());
        assertThat(rig.paths.media()).isEmptyDirectory();
    }

    @Test
    @DisplayName("0.3 the music of a folder that is not the default one comes to that one, and the folder is given up")
    void bringsHome() throws Exception {
        start(new WrappedDisk(), 3);
        rig.engine.folders().use(other()).get(60, TimeUnit.SECONDS);
        music.add(kept("there"));
        rig.engine.folders().use(rig.paths.media()).get(60, TimeUnit.SECONDS);
        assertThat(rig.engine.folders().list().join()).hasSize(2);
        assertThat(rig.engine.folders().bring(rig.paths.media()).handle((r, e) -> app.waxwing.base.FailureException.of(e)).join())
                .as("where new downloads go").isInstanceOf(Failure.Invalid.class);
        assertThat(rig.engine.folders().bring(folder.resolve("nowhere")).handle((r, e) -> app.waxwing.base.FailureException.of(e)).join())
                .isInstanceOf(Failure.NotFound.class);
        assertThat(rig.engine.folders().bring(other()).get(60, TimeUnit.SECONDS))
                .isEqualTo(new MoveEnd.Done(other(), rig.paths.media(), 1, SIZE, List.of()));
        allIn(rig.paths.media(), other());
        assertThat(other()).isEmptyDirectory();
        rig.restart();
        allIn(rig.paths.media(), other());
    }

    @Test
    @DisplayName("0.3 B.23 the new drive goes in the middle: everything stays, the sentence says so, and what was copied goes when the drive is back")
    void newDriveGoes() throws Exception {
        var disk = new Slow();
        start(disk, 6);
        disk.gate = new CountDownLatch(3);
        CompletableFuture<MoveEnd> move = rig.engine.folders().move(other());
        disk.gate.await(30, TimeUnit.SECONDS);
        Path away = other().resolveSibling("music-away");
        Files.move(other(), away);
        Path left = Files.writeString(away.resolve("mine.txt"), "somebody's own");
        disk.go.countDown();
        assertThat(move.get(60, TimeUnit.SECONDS))
                .isEqualTo(new MoveEnd.Failed(rig.paths.media(), other(), new Failure.StoreMissing(other().toString())));
        for (ItemKey key : music) assertThat(rig.row(key).orElseThrow().path().orElseThrow()).startsWith(rig.paths.media()).exists();
        assertThat(Rig.files(away)).as("copies").hasSizeGreaterThan(2);
        Files.move(away, other());
        Rig.await(() -> Rig.files(other()).size() == 1, () -> Rig.files(other()).toString());
        Rig.await(() -> rig.engine.folders().list().join().size() == 1, () -> "the folder is known still");
        assertThat(other().resolve(away.relativize(left))).hasContent("somebody's own");
        Files.delete(other().resolve(away.relativize(left)));
        allIn(rig.paths.media(), other());
    }

    @Test
    @DisplayName("0.3 the old files cannot be removed: that the music is in the new folder is said, and the next start removes them")
    void notCleared() throws Exception {
        boolean[] stuck = {true};
        start(new WrappedDisk() {
            @Override
            public boolean delete(Path file) throws IOException {
                if (stuck[0] && file.startsWith(rig.paths.media()) && file.toString().endsWith(".flac")) {
                    throw new java.nio.file.FileSystemException(file.toString(), null, "Read-only file system");
                }
                return super.delete(file);
            }
        }, 3);
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS)).isEqualTo(new MoveEnd.Uncleared(rig.paths.media(), other(),
                new Failure.Trouble("The folder " + rig.paths.media(), "Read-only file system")));
        for (ItemKey key : music) assertThat(rig.row(key).orElseThrow().path().orElseThrow()).startsWith(other()).exists();
        stuck[0] = false;
        rig.media(other());
        rig.restart();
        Rig.await(() -> rig.engine.folders().list().join().size() == 1, () -> "not cleared");
        allIn(other(), rig.firstMedia());
    }

    @Test
    @DisplayName("0.3 B.20 no space for all of it: nothing is moved, and the sentence says what is needed")
    void noSpace() throws Exception {
        start(new WrappedDisk() {
            @Override
            public long usable(Path folder) throws IOException {
                return folder.equals(other()) ? 2L * SIZE : super.usable(folder);
            }
        }, 4);
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(MoveEnd.Failed.class, f -> assertThat(app.waxwing.base.FailureWords.sentence(f.why()))
                        .startsWith("The disk that holds " + other() + " has not enough room; "));
        allIn(rig.paths.media(), other());
    }

    @Test
    @DisplayName("0.3 B.20 the disk is full in the middle: what was copied is taken back")
    void fullInTheMiddle() throws Exception {
        start(new WrappedDisk() {
            @Override
            public Bytes open(Path file) throws IOException {
                Bytes real = super.open(file);
                if (!file.startsWith(other()) || !file.toString().contains("t3") && !file.toString().contains("t4")) return real;
                return new WrappedBytes(real) {
                    @Override
                    public void write(ByteBuffer from, long position) throws IOException {
                        throw new IOException("No space left on device");
                    }
                };
            }
        }, 6);
        assertThat(rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(MoveEnd.Failed.class, f -> assertThat(f.why()).isInstanceOf(Failure.DiskFull.class));
        allIn(rig.paths.media(), other());
    }

    @Test
    @DisplayName("0.3 the new folder cannot be written: a sentence, and nothing else")
    void notWritable() throws Exception {
        start(new SystemDisk(), 1);
        Path plain = Files.writeString(folder.resolve("plain"), "a file");
        CompletableFuture<MoveEnd> move = rig.engine.folders().move(plain.resolve("music"));
        assertThat(move.handle((r, e) -> app.waxwing.base.FailureException.of(e)).get(60, TimeUnit.SECONDS))
                .isInstanceOf(Failure.Trouble.class);
        assertThat(rig.engine.folders().list().join()).hasSize(1);
        allIn(rig.paths.media(), other());
    }

    @Test
    @DisplayName("0.3 a file that is not what was recorded stays, is named, and keeps its folder known; a stranger's file in the new folder is not touched")
    void damagedStays() throws Exception {
        start(new WrappedDisk(), 3);
        Path damaged = rig.row(music.get(1)).orElseThrow().path().orElseThrow();
        byte[] bytes = Files.readAllBytes(damaged);
        bytes[1000]++;
        Files.write(damaged, bytes);
        Path first = rig.row(music.get(0)).orElseThrow().path().orElseThrow();
        Path taken = other().resolve(rig.paths.media().relativize(first));
        Files.createDirectories(taken.getParent());
        Files.writeString(taken, "somebody's own");
        MoveEnd end = rig.engine.folders().move(other()).get(60, TimeUnit.SECONDS);
        assertThat(end).isInstanceOfSatisfying(MoveEnd.Done.class,
                d -> assertThat(d.left()).containsExactly("Artist/Album/01 Title t1.flac"));
        assertThat(damaged).exists();
        assertThat(taken).hasContent("somebody's own");
        assertThat(rig.row(music.get(0)).orElseThrow().path()).hasValue(taken.resolveSibling("01 Title t0 (2).flac"));
        assertThat(rig.bytes(rig.row(music.get(0)).orElseThrow())).isEqualTo(TransferTest.music(SIZE, "t0".hashCode()));
        assertThat(rig.engine.folders().list().join()).hasSize(2);
        assertThat(rig.engine.verify(true).join().damaged()).hasSize(1);
        rig.await(music.get(1), Status.COMPLETED);
    }

    @Test
    @DisplayName("0.3 0.19 a move whose n-th touch of the disk fails, for every n: every file is whole in one of the two folders, and in the end in one of them only")
    void failAtEveryStep() throws Exception {
        var disk = new FailingDisk();
        start(disk, 2);
        Path from = rig.paths.media();
        Path to = other();
        boolean untouched = false;
        for (int n = 1; !untouched; n++) {
            disk.failAt(n, "the disk says no");
            String run = "failing at touch " + n;
            try {
                rig.engine.folders().move(to).get(60, TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(disk.happened()).as("%s: %s", run, e).isTrue();
            }
            untouched = !disk.happened();
            disk.failAt(Integer.MAX_VALUE, "");
            for (ItemKey key : music) {
                assertThat(rig.bytes(rig.row(key).orElseThrow())).as(run).isEqualTo(TransferTest.music(SIZE, key.id().hashCode()));
            }
            Path standard = rig.engine.folders().list().join().getFirst().path();
            if (rig.database.readNow(sql -> sql.fetchCount(MEDIA_FOLDER, MEDIA_FOLDER.MOVE_TO.isNotNull())) > 0) {
                rig.media(standard);
                rig.restart();
                Rig.await(() -> rig.database.readNow(sql -> sql.fetchCount(MEDIA_FOLDER, MEDIA_FOLDER.MOVE_TO.isNotNull())) == 0
                        && rig.engine.folders().lastMove().isPresent(), () -> run + ": the next start carries on");
            }
            allIn(standard, standard.equals(from) ? to : from);
            if (standard.equals(to)) {
                Path swap = from;
                from = to;
                to = swap;
            }
        }
    }

    @Test
    @DisplayName("0.3 a move killed again and again, in the middle of files, between files, after it counts: the next start carries on, and nothing is lost or doubled")
    void killed() throws Exception {
        start(new SystemDisk(), 4);
        rig.engine.close();
        rig.database.close();
        int killed = 0;
        int[] deaths = java.util.stream.IntStream.rangeClosed(1, TestScale.of(6, 60)).map(n -> 1 + n * 5 % 9).toArray();
        String word = "";
        for (int i = 0; i <= deaths.length && !word.equals("moved"); i++) {
            word = child(i < deaths.length ? deaths[i] : Integer.MAX_VALUE);
            if (word.isEmpty()) killed++;
        }
        assertThat(word).isEqualTo("moved");
        assertThat(killed).isGreaterThanOrEqualTo(4);
        rig.close();
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new SystemDisk());
        rig.engine.close();
        rig.media(other());
        rig.reopen();
        allIn(other(), rig.firstMedia());
    }

    /// @return its word; empty when it died
    private String child(int n) throws Exception {
        Process process = ChildJvm.builder(MoveChild.class.getName(), List.of("-Xmx256m"),
                List.of(rig.paths.data().toString(), rig.firstMedia().toString(), other().toString(), "" + n))
                .redirectErrorStream(true).start();
        try {
            String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            int exit = process.waitFor();
            assertThat(exit).as("%s", out).isIn(0, 137);
            return exit == 0 ? out.strip().lines().toList().getLast() : "";
        } finally {
            process.destroyForcibly().waitFor();
        }
    }
}
