package app.waxwing.download;

import static app.waxwing.store.schema.Tables.ACCOUNT;
import static app.waxwing.store.schema.Tables.KEEP_REASON;
import static app.waxwing.store.schema.Tables.MEDIA_FOLDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.waxwing.base.Failure;
import app.waxwing.base.FailureException;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Reason;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    @TempDir
    Path folder;
    private Rig rig;
    private Path other;

    @BeforeEach
    void start() {
        rig = new Rig(folder.resolve("data"));
        rig.start();
        other = folder.resolve("drive").resolve("music");
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey kept(String id) {
        ItemKey key = offered(id);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        return key;
    }

    private ItemKey offered(String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(300_000, id.hashCode()), LONG_AGO));
        return rig.track(1, id, 300_000);
    }

    private Path place(ItemKey key) {
        return rig.row(key).orElseThrow().path().orElseThrow();
    }

    private static void take(Path from, Path to) throws IOException {
        Files.move(from, to);
    }

    @Test
    @DisplayName("0.3 new downloads go to the folder that was chosen; what was kept before stays where it is")
    void another() {
        ItemKey first = kept("a");
        rig.engine.folders().use(other).join();
        ItemKey second = kept("b");
        assertThat(place(first)).startsWith(rig.paths.media()).exists();
        assertThat(place(second)).startsWith(other).exists();
        assertThat(rig.chosen).containsExactly(other);
        assertThat(rig.engine.folders().list().join()).satisfiesExactly(
                f -> assertThat(f).matches(x -> x.isDefault() && x.path().equals(other) && x.files() == 1 && x.bytes() == 300_000),
                f -> assertThat(f).matches(x -> !x.isDefault() && x.path().equals(rig.paths.media()) && x.files() == 1));
        rig.engine.folders().use(rig.paths.media()).join();
        assertThat(place(kept("c"))).startsWith(rig.paths.media());
        assertThat(rig.engine.folders().list().join()).hasSize(2);
    }

    @Test
    @DisplayName("B.25 two folders never hold one name twice: a file can move between them")
    void namesAcrossFolders() {
        rig.server.file(Rig.path("x"), Version.of(TransferTest.music(1000, 1), LONG_AGO));
        rig.server.file(Rig.path("y"), Version.of(TransferTest.music(1000, 2), LONG_AGO));
        ItemKey x = rig.track(1, "x", "Same", 1000);
        ItemKey y = rig.track(1, "y", "SAME", 1000);
        rig.enqueue(x);
        rig.await(x, Status.COMPLETED);
        rig.engine.folders().use(other).join();
        rig.enqueue(y);
        rig.await(y, Status.COMPLETED);
        assertThat(place(y).getFileName().toString()).isEqualTo("01 SAME (2).flac");
    }

    @Test
    @DisplayName("B.23 a drive that went is a state: nothing is made in its place, nothing counts as not downloaded, downloads to it wait and wake")
    void driveAway() throws Exception {
        rig.engine.folders().use(other).join();
        ItemKey here = kept("a");
        Path file = place(here);
        Path away = folder.resolve("away");
        take(other, away);
        Files.createDirectory(other); // the mount point stays, empty
        ItemKey wanted = offered("b");
        rig.enqueue(wanted);
        Rig.await(() -> rig.row(wanted).flatMap(Download::reason).equals(Optional.of(Reason.DISK)), () -> "it waits for the disk");
        Rig.await(() -> rig.engine.folders().list().join().getFirst().missing() && missingRows() == 1, () -> "the folder is missing");
        assertThat(Files.list(other)).as("nothing is made on the mount point").isEmpty();
        assertThat(rig.row(here).orElseThrow()).matches(d -> d.status() == Status.COMPLETED && d.path().equals(Optional.of(file)));
        Files.delete(other);
        take(away, other);
        rig.await(wanted, Status.COMPLETED);
        Rig.await(() -> missingRows() == 0, () -> "the folder is back");
        assertThat(rig.bytes(rig.row(here).orElseThrow())).isEqualTo(TransferTest.music(300_000, "a".hashCode()));
    }

    private int missingRows() {
        return rig.database.readNow(sql -> sql.fetchCount(MEDIA_FOLDER, MEDIA_FOLDER.IS_MISSING.isTrue()));
    }

    @Test
    @DisplayName("B.23 a drive that is away at the start is not made anew either, and verify says nothing of its files")
    void awayAtStart() throws Exception {
        rig.engine.folders().use(other).join();
        ItemKey here = kept("a");
        take(other, folder.resolve("away"));
        rig.media(other);
        rig.restart();
        assertThat(other).doesNotExist();
        DownloadEngine.VerifyReport report = rig.engine.verify(true).join();
        assertThat(report.away()).containsExactly(other.toString());
        assertThat(report.missing()).isEmpty();
        assertThat(report.repaired()).isEmpty();
        take(folder.resolve("away"), other);
        assertThat(rig.engine.verify(false).join()).matches(r -> r.missing().isEmpty() && r.away().isEmpty() && r.checked() == 1);
        assertThat(place(here)).exists();
    }

    @Test
    @DisplayName("0.3 a path changed by hand in the settings orphans nothing: the old folder stays known")
    void settingsByHand() {
        ItemKey first = kept("a");
        rig.media(other);
        rig.restart();
        assertThat(place(first)).startsWith(rig.firstMedia()).exists();
        assertThat(place(kept("b"))).startsWith(other).exists();
    }

    @Test
    @DisplayName("0.3 a music folder that was carried elsewhere by hand is known again by its marker")
    void carried() throws Exception {
        ItemKey first = kept("a");
        Path carried = folder.resolve("carried");
        rig.engine.close();
        take(rig.paths.media(), carried);
        rig.media(carried);
        rig.reopen();
        assertThat(place(first)).startsWith(carried).exists();
        assertThat(rig.engine.folders().list().join()).hasSize(1);
    }

    @Test
    @DisplayName("0.3 the first start after the upgrade finds the folder that the first version used, and makes none in its place")
    void afterTheUpgrade() throws Exception {
        ItemKey first = kept("a");
        for (boolean there : new boolean[]{true, false}) {
            rig.engine.close();
            rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.update(MEDIA_FOLDER).set(MEDIA_FOLDER.PATH, "").execute()).join();
            if (!there) take(rig.paths.media(), folder.resolve("away"));
            rig.reopen();
            assertThat(place(first)).startsWithRaw(rig.paths.media());
            assertThat(Files.exists(rig.paths.media())).isEqualTo(there);
            assertThat(rig.engine.folders().list().join()).singleElement().matches(f -> f.missing() != there && f.files() == 1);
        }
    }

    @Test
    @DisplayName("0.22 a folder that cannot serve is refused with a sentence")
    void refused() {
        kept("a");
        for (Path bad : List.of(rig.paths.media().resolve("inside"), rig.paths.data(), rig.paths.cachedMedia(), Path.of("/"))) {
            assertThatThrownBy(() -> rig.engine.folders().use(bad).join()).as("%s", bad).hasRootCauseInstanceOf(FailureException.class)
                    .satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.Invalid.class));
            assertThatThrownBy(() -> rig.engine.folders().move(bad).join()).as("%s", bad)
                    .satisfies(e -> assertThat(FailureException.of(e)).isInstanceOf(Failure.Invalid.class));
        }
        assertThat(rig.engine.folders().list().join()).hasSize(1);
        Path longest = Path.of("/" + "x".repeat(80));
        assertThat(FolderChoice.complaint(longest, List.of(), true)).as("B.24 Windows")
                .hasValueSatisfying(c -> assertThat(c).contains("too long"));
        assertThat(FolderChoice.complaint(longest, List.of(), false)).isEmpty();
    }

    @Test
    @DisplayName("0.3 verify looks through every folder: adopts by name, length and digest, queues the missing again, deletes nothing of others")
    void verifyEverywhere() throws Exception {
        ItemKey first = kept("a");
        rig.engine.folders().use(other).join();
        ItemKey second = kept("b");
        ItemKey lost = kept("c");
        ItemKey torn = kept("d");
        Path strange = Files.writeString(other.resolve("mine.txt"), "not Waxwing's");
        Path stray = Files.writeString(rig.paths.media().resolve("old.part"), "not Waxwing's either");
        Files.delete(place(lost));
        Files.writeString(place(torn), "bad bytes");
        forget(first);
        forget(second);
        DownloadEngine.VerifyReport look = rig.engine.verify(false).join();
        assertThat(look.missing()).hasSize(1);
        assertThat(look.damaged()).hasSize(1);
        assertThat(look.unknown()).contains("mine.txt", "old.part").hasSize(4);
        DownloadEngine.VerifyReport mended = rig.engine.verify(true).join();
        assertThat(mended.repaired()).hasSize(4);
        rig.await(lost, Status.COMPLETED);
        rig.await(torn, Status.COMPLETED);
        assertThat(rig.engine.verify(false).join()).matches(r -> r.missing().isEmpty() && r.damaged().isEmpty());
        assertThat(place(first)).startsWith(rig.paths.media()).exists();
        assertThat(place(second)).startsWith(other).exists();
        assertThat(strange).hasContent("not Waxwing's");
        assertThat(stray).hasContent("not Waxwing's either");
    }

    @Test
    @DisplayName("B.27 verify knows a file by its finished download where the manifest is gone")
    void verifyWithoutManifest() throws Exception {
        ItemKey first = kept("a");
        forget(first);
        Files.delete(rig.paths.media().resolve(".waxwing").resolve("manifest.jsonl"));
        assertThat(rig.engine.verify(true).join().repaired()).hasSize(1);
        assertThat(rig.engine.verify(false).join()).matches(r -> r.unknown().isEmpty() && r.checked() == 1);
    }

    private void forget(ItemKey key) {
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(app.waxwing.store.schema.Tables.MEDIA_FILE)
                .where(app.waxwing.store.schema.Tables.MEDIA_FILE.ITEM_ID.eq(key.id())).execute()).join();
    }

    @Test
    @DisplayName("0.12 files kept when an account is removed are known again when the same person signs in; cached ones go")
    void accountComesBack() throws Exception {
        ItemKey first = kept("a");
        Path file = place(first);
        ItemKey cached = offered("q");
        rig.engine.enqueue(List.of(cached), Download.Origin.QUEUE, 0, "original").join();
        rig.server.file("/Items/q/File", Version.of(TransferTest.music(300_000, "q".hashCode()), LONG_AGO));
        rig.await(cached, Status.COMPLETED);
        remove(true);
        assertThat(file).exists();
        assertThat(Rig.files(rig.paths.cachedMedia())).isEmpty();
        rig.account(1);
        rig.engine.signedIn(1);
        Rig.await(() -> rig.row(first).filter(d -> d.status() == Status.COMPLETED).isPresent(), () -> "known again");
        assertThat(place(first)).isEqualTo(file);
        assertThat(rig.database.<List<String>>readNow(sql -> sql.select(KEEP_REASON.KIND).from(KEEP_REASON).fetch(KEEP_REASON.KIND)))
                .containsExactly("user");
        assertThat(rig.server.requests().stream().filter(r -> r.path().equals(Rig.path("a")))).as("fetched once").hasSize(1);
    }

    @Test
    @DisplayName("0.12 files not kept go with their account, those of its playlists too; a stranger who signs in finds nothing")
    void accountGoes() throws Exception {
        ItemKey first = kept("a");
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.insertInto(KEEP_REASON).set(KEEP_REASON.ACCOUNT_ID, 1L)
                .set(KEEP_REASON.TRACK_ITEM_ID, "a").set(KEEP_REASON.KIND, "playlist").set(KEEP_REASON.SOURCE_ITEM_ID, "list")
                .set(KEEP_REASON.ADDED_AT, 0L).execute()).join();
        Path file = place(first);
        remove(false);
        assertThat(file).doesNotExist();
        rig.account(2);
        rig.engine.signedIn(2);
        assertThat(rig.engine.verify(false).join()).matches(r -> r.checked() == 0 && r.unknown().isEmpty());
    }

    private void remove(boolean keepFiles) {
        rig.engine.leave(1, keepFiles).join();
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.deleteFrom(ACCOUNT).where(ACCOUNT.ID.eq(1L)).execute()).join();
    }

    @Test
    @DisplayName("0.4 an emptied cache is harmless: kept music plays on, the cache is made anew")
    void cacheVanishes() throws Exception {
        ItemKey first = kept("a");
        try (var walk = Files.walk(rig.paths.cache())) {
            for (Path p : walk.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(p);
        }
        ItemKey cached = offered("q");
        rig.server.file("/Items/q/File", Version.of(TransferTest.music(300_000, "q".hashCode()), LONG_AGO));
        rig.engine.enqueue(List.of(cached), Download.Origin.QUEUE, 0, "original").join();
        rig.await(cached, Status.COMPLETED);
        assertThat(place(first)).exists();
        assertThat(place(cached)).startsWith(rig.paths.cachedMedia()).exists();
    }
}
