package app.waxwing.download;

import static org.assertj.core.api.Assertions.assertThat;

import app.waxwing.account.Accounts.Leftover;
import app.waxwing.account.Accounts.Leftover.Why;
import app.waxwing.base.ItemKey;
import app.waxwing.download.Download.Status;
import app.waxwing.store.Durability;
import app.waxwing.store.Lane;
import app.waxwing.testing.FaultServer;
import app.waxwing.testing.FaultServer.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbandonedFilesTest {
    private static final Instant LONG_AGO = Instant.parse("2024-05-01T10:00:00Z");
    private static final int SIZE = 50_000;
    @TempDir
    Path folder;
    private Rig rig;
    private boolean stuck;
    private final List<ItemKey> music = new ArrayList<>();

    @BeforeEach
    void begin() {
        rig = new Rig(folder.resolve("data"), new FaultServer(), Rig.PATIENT, new WrappedDisk() {
            @Override
            public boolean delete(Path file) throws IOException {
                if (stuck && file.toString().endsWith(".flac")) throw new IOException("Read-only file system");
                return super.delete(file);
            }
        }).start();
        rig.account(2);
        for (int i = 0; i < 4; i++) music.add(kept(1, "t" + i));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    private ItemKey kept(long account, String id) {
        rig.server.file(Rig.path(id), Version.of(TransferTest.music(SIZE, id.hashCode()), LONG_AGO));
        ItemKey key = rig.track(account, id, SIZE);
        rig.enqueue(key);
        rig.await(key, Status.COMPLETED);
        return key;
    }

    private Path media() {
        return rig.paths.media();
    }

    private Path unplugged() {
        return media().resolveSibling("media-away");
    }

    private void unplug() throws IOException {
        Files.move(media(), unplugged());
        Rig.await(() -> known(true), () -> "not seen that it went");
    }

    private void plug() throws IOException {
        Files.move(unplugged(), media());
    }

    private boolean known(boolean missing) {
        return rig.database.readNow(sql -> sql.fetchExists(app.waxwing.store.schema.Tables.MEDIA_FOLDER,
                app.waxwing.store.schema.Tables.MEDIA_FOLDER.IS_MISSING.eq(missing)));
    }

    private long waiting() throws Exception {
        return rig.engine.folders().list().get(60, TimeUnit.SECONDS).getFirst().leaving();
    }

    private void noneWaits() {
        Rig.await(() -> {
            try {
                return waiting() == 0;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }, () -> "still said to wait");
    }

    private List<Leftover> remove(boolean keepFiles) throws Exception {
        List<Leftover> left = rig.engine.leave(1, keepFiles).get(60, TimeUnit.SECONDS);
        sql("DELETE FROM account WHERE id = 1");
        return left;
    }

    private void sql(String statement) {
        rig.database.write(Durability.KEPT, Lane.USER, sql -> sql.execute(statement)).join();
    }

    /// What stands beside the music.
    private String told() throws IOException {
        var text = new StringBuilder();
        for (String name : List.of("manifest.jsonl", KeptFiles.NAME)) {
            Path file = media().resolve(Roots.OWN_FOLDER).resolve(name);
            if (Files.exists(file)) text.append(Files.readString(file));
        }
        return text.toString();
    }

    private String user(long account) {
        return rig.database.readNow(sql -> sql.fetchSingle("SELECT user_id FROM account WHERE id = ?", account).get(0, String.class));
    }

    private void signInAgain() {
        rig.account(1);
        sql("UPDATE account SET signed_in_at = " + rig.time.now().plusSeconds(5).toEpochMilli() + " WHERE id = 1");
        for (ItemKey key : music) rig.track(1, key.id(), SIZE);
        rig.engine.signedIn(1);
    }

    @Test
    @DisplayName("2.14 B.23 an account is removed with its files while their drive is away: that is said, and they are deleted when it is back; others' files stay")
    void deletedWhenTheDriveIsBack() throws Exception {
        kept(2, "other");
        Path own = Files.writeString(media().resolve("Artist").resolve("Album").resolve("01 Mine.flac"), "somebody's own");
        Path replaced = rig.row(music.get(3)).orElseThrow().path().orElseThrow();
        unplug();
        assertThat(remove(false)).containsExactly(new Leftover(media().toString(), 4, Why.AWAY));
        assertThat(waiting()).isEqualTo(4);
        Files.writeString(unplugged().resolve(media().relativize(replaced)), "put there by somebody");
        plug();
        Rig.await(() -> Rig.files(media()).size() == 3, () -> rig.files().toString());
        assertThat(own).hasContent("somebody's own");
        assertThat(replaced).hasContent("put there by somebody");
        assertThat(rig.files()).anyMatch(f -> f.contains("Title other"));
        noneWaits();
        assertThat(rig.engine.verify(false).join().missing()).isEmpty();
    }

    @Test
    @DisplayName("2.14 B.23 what is to be deleted of a removed account is remembered over a restart")
    void rememberedOverARestart() throws Exception {
        String gone = user(1);
        assertThat(told()).contains(gone);
        unplug();
        remove(false);
        rig.restart();
        assertThat(waiting()).isEqualTo(4);
        plug();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
        Rig.await(() -> {
            try {
                return !told().contains(gone) && !told().contains("t1");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, () -> "still said beside the music");
        rig.restart();
        noneWaits(); // the run before may have ended between a file and its row
    }

    @Test
    @DisplayName("2.14 B.33 whoever signs in again before the drive is back keeps his files: they are known again when it is")
    void signedInBefore() throws Exception {
        unplug();
        remove(false);
        signInAgain();
        plug();
        for (ItemKey key : music) rig.await(key, Status.COMPLETED);
        assertThat(rig.files()).hasSize(4);
        assertThat(waiting()).isZero();
        rig.restart();
        assertThat(rig.files()).hasSize(4);
    }

    @Test
    @DisplayName("2.14 B.23 a track that was removed while the drive is away goes when it is back, also when its account is gone by then and its files stay")
    void removedOneByOne() throws Exception {
        unplug();
        rig.engine.delete(List.of(rig.row(music.getFirst()).orElseThrow().id())).join();
        assertThat(remove(true)).containsExactly(new Leftover(media().toString(), 1, Why.AWAY));
        signInAgain();
        plug();
        Rig.await(() -> rig.files().size() == 3, () -> rig.files().toString());
        for (ItemKey key : music.subList(1, 4)) rig.await(key, Status.COMPLETED);
        assertThat(rig.row(music.getFirst())).isEmpty();
    }

    @Test
    @DisplayName("2.14 a track that was removed while the drive is away goes as soon as it is back")
    void removedWhileAway() throws Exception {
        unplug();
        rig.engine.delete(List.of(rig.row(music.getFirst()).orElseThrow().id())).join();
        rig.engine.verify(false).join(); // by then it was tried, in vain
        plug();
        Rig.await(() -> rig.files().size() == 3, () -> rig.files().toString());
    }

    /// A download that was paused in the middle.
    private ItemKey begun(String id) {
        ItemKey key = rig.offered(id, 900_000, r -> FaultServer.serve(Rig.version(id, 900_000), r).stall(600_000));
        rig.enqueue(key);
        Rig.await(() -> rig.engine.activity().running().stream().anyMatch(r -> r.bytes() >= 524_288), () -> "no bytes");
        rig.engine.pause(List.of(rig.row(key).orElseThrow().id())).join();
        rig.stopped();
        assertThat(rig.files()).hasSize(5).anyMatch(f -> f.endsWith(".part"));
        return key;
    }

    @Test
    @DisplayName("2.14 B.23 the part of a download that was removed while the drive is away goes as soon as it is back; what is wished for again meanwhile comes whole")
    void partRemovedWhileAway() throws Exception {
        ItemKey key = begun("begun");
        unplug();
        rig.engine.cancel(List.of(rig.row(key).orElseThrow().id())).join();
        rig.engine.verify(false).join(); // by then it was tried, in vain
        rig.enqueue(key);
        plug();
        rig.await(key, Status.COMPLETED);
        assertThat(rig.right(key, 900_000)).isTrue();
        Rig.await(() -> rig.files().size() == 5 && rig.files().stream().noneMatch(f -> f.endsWith(".part")), () -> rig.files().toString());
        rig.settled();
    }

    @Test
    @DisplayName("2.14 B.23 the part of a removed download goes when its drive is back, also when the program was started again while that was away")
    void partRemovedBeforeTheStart() throws Exception {
        ItemKey key = begun("begun");
        unplug();
        rig.engine.cancel(List.of(rig.row(key).orElseThrow().id())).join();
        rig.restart();
        plug();
        Rig.await(() -> rig.files().size() == 4, () -> rig.files().toString());
        rig.settled();
    }

    @Test
    @DisplayName("2.14 B.22 files that the disk does not let go with their account are named and tried again at the next start")
    void stuck() throws Exception {
        stuck = true;
        assertThat(remove(false)).containsExactly(new Leftover(media().toString(), 4, Why.UNWRITABLE));
        assertThat(rig.files()).hasSize(4);
        stuck = false;
        rig.restart();
        Rig.await(() -> rig.files().isEmpty(), () -> rig.files().toString());
    }

    @Test
    @DisplayName("2.14 with the drive there all files go at once, and nothing is said")
    void atOnce() throws Exception {
        kept(2, "other");
        String gone = user(1);
        String stays = user(2);
        assertThat(told()).contains(gone, stays, "t1");
        assertThat(remove(false)).isEmpty();
        assertThat(rig.files()).hasSize(1).allMatch(f -> f.contains("other"));
        assertThat(told()).as("4.18 nor is it said any longer what was there").contains(stays, "other").doesNotContain(gone, "t1");
        assertThat(new Leftover("/m", 1, Why.AWAY).words())
                .isEqualTo("1 file in /m could not be deleted: the drive is not there. It is deleted when the drive is back.");
    }
}
